//! The sets of lines at which a page may part: lines of one form, and where from each of them the article begins.

use rustc_hash::FxHashMap;

use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::forms::{Family, Form, forms_of};
use crate::clean::split::lines::Lines;
use crate::clean::split::numbers::counts;

/// Sets that a page has at most.
pub(super) const MOST: usize = 40;
/// Sets of one family, at most.
const MOST_OF_FAMILY: usize = 8;
/// How deep the valleys of cohesion are, one set for each.
const DEPTHS: [f32; 3] = [0.05, 0.1, 0.2];

/// Where an article begins, seen from the line that tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Offset {
    /// At the line.
    At,
    /// At the first line that no blank line parts from it.
    Group,
    /// At the headline above.
    Headline,
    /// Right below the text before.
    Top,
    /// Below the line.
    After,
    /// Below the lines that no blank line parts from it.
    AfterGroup,
}

impl Offset {
    /// All, in order.
    pub(crate) const ALL: [Offset; 6] = [
        Offset::At,
        Offset::Group,
        Offset::Headline,
        Offset::Top,
        Offset::After,
        Offset::AfterGroup,
    ];

    fn place(self, lines: &Lines, line: usize) -> usize {
        /// Lines between a line and the headline above it, or the end of its group, at most.
        const REACH: usize = 4;
        match self {
            Offset::At => line,
            Offset::Group => lines.group[line],
            Offset::Headline => {
                let from = lines.top[line].max(line.saturating_sub(REACH));
                let is_headline = |&i: &usize| lines.is_headline(i) && lines.dated[i].is_none();
                (from..line).rev().find(is_headline).map_or(line, |i| lines.group[i])
            }
            Offset::Top => lines.top[line],
            Offset::After => line + 1,
            Offset::AfterGroup => {
                let end = lines.len().min(line + 1 + REACH);
                let opens = |&i: &usize| lines.page.blocks[i].gap > 0;
                (line + 1..end).find(opens).unwrap_or(line + 1)
            }
        }
    }
}

/// A set of places at which a page may part.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) family: Family,
    pub(super) offset: Offset,
    /// The first block of each article but one that begins above all of them, rising.
    pub(super) starts: Vec<usize>,
    /// Lines of the form, those without a text of their own too.
    pub(super) members: usize,
    prior: f32,
}

impl Candidate {
    /// The page as one article.
    pub(super) fn whole() -> Self {
        Self {
            family: Family::Whole,
            offset: Offset::At,
            starts: Vec::new(),
            members: 0,
            prior: 0.0,
        }
    }

    /// The set that the rules find.
    pub(super) fn of_rules(starts: Vec<usize>) -> Self {
        let members = starts.len();
        Self { family: Family::Rules, offset: Offset::At, starts, members, prior: 0.0 }
    }

    /// The parts of a page with `end` blocks from the first start on.
    pub(super) fn parts(&self, end: usize) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.starts.iter().skip(1).copied().chain([end]);
        self.starts.iter().copied().zip(ends)
    }

    /// The set at `offset` from these lines; none where it leaves fewer than two texts.
    fn at(lines: &Lines, family: Family, offset: Offset, members: &[usize]) -> Option<Self> {
        let mut places: Vec<usize> =
            members.iter().map(|&line| offset.place(lines, line)).collect();
        places.sort_unstable();
        places.dedup();
        let mut starts = Vec::with_capacity(places.len());
        let mut end = lines.len();
        for start in places.into_iter().rev().filter(|&start| start < lines.len()) {
            if lines.words.within(start..end) > 0 {
                starts.push(start);
                end = start;
            }
        }
        starts.reverse();
        let first = *starts.first()?;
        if lines.words.within(0..first) == 0 && starts.len() < 2 {
            return None;
        }
        let mut set = Self { family, offset, starts, members: members.len(), prior: 0.0 };
        set.prior = set.promise(lines);
        Some(set)
    }

    /// How much a set promises at a glance: many texts, none of them too short, none that holds nearly all.
    fn promise(&self, lines: &Lines) -> f32 {
        /// Words of a text that can stand alone.
        const WORDS: u32 = 20;
        let above = lines.words.within(0..self.starts[0]);
        let all = lines.all_words().max(1) as f32;
        let sizes = self.parts(lines.len()).map(|(start, end)| lines.words.within(start..end));
        let (mut long, mut largest) = (0, above);
        for size in sizes {
            long += usize::from(size >= WORDS);
            largest = largest.max(size);
        }
        let parts = self.starts.len() as f32;
        let share = long as f32 / parts;
        let kept = parts / self.members.max(1) as f32;
        (1.0 + parts.min(40.0)).ln() * share * share * (1.05 - largest as f32 / all) * (0.5 + kept)
    }
}

/// The sets of a page, "no split" and that of the rules first, at most [`MOST`].
pub(super) fn candidates(lines: &Lines, cohesion: &Cohesion, rules: Vec<usize>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut add = |family: Family, offsets: &[Offset], members: &[usize]| {
        if members.len() < 2 && !(members.len() == 1 && parts_alone(family)) {
            return;
        }
        found.extend(offsets.iter().filter_map(|&o| Candidate::at(lines, family, o, members)));
    };
    for ((family, _), members) in grouped(lines) {
        add(family, offsets_of(family), &members);
    }
    for count in counts(lines) {
        add(
            Family::Number,
            &[Offset::At, Offset::Group, Offset::Headline, Offset::Top],
            &count.members,
        );
    }
    add(Family::Contents, &[Offset::At, Offset::Group, Offset::Top], &named_by_contents(lines));
    add(Family::Separator, &[Offset::After], lines.marks.separators());
    for depth in DEPTHS {
        let valleys = cohesion.valleys(depth);
        add(Family::Cohesion, &[Offset::At, Offset::Top], &valleys);
    }
    let mut sets = vec![Candidate::whole()];
    if !rules.is_empty() {
        sets.push(Candidate::of_rules(rules));
    }
    let all: Vec<usize> = (0..found.len()).collect();
    let mut order = all;
    order.sort_by(|&a, &b| found[b].prior.total_cmp(&found[a].prior).then(a.cmp(&b)));
    let mut of_family: FxHashMap<Family, usize> = FxHashMap::default();
    for at in order {
        let set = &found[at];
        let taken = of_family.entry(set.family).or_default();
        if sets.len() < MOST
            && *taken < MOST_OF_FAMILY
            && set.prior > 0.0
            && sets.iter().skip(1).all(|other| other.starts != set.starts)
        {
            *taken += 1;
            sets.push(set.clone());
        }
    }
    sets
}

/// Whether one line of a family parts a page.
fn parts_alone(family: Family) -> bool {
    matches!(family, Family::Symbols | Family::Separator | Family::FormFeed | Family::Gap)
}

fn offsets_of(family: Family) -> &'static [Offset] {
    match family {
        Family::Symbols => &[Offset::After],
        Family::Signature => &[Offset::After, Offset::AfterGroup],
        Family::Headline => &[Offset::At, Offset::Group, Offset::Top],
        Family::FormFeed | Family::Gap | Family::Capitals => &[Offset::At],
        Family::Date => &[Offset::At, Offset::Group, Offset::Headline, Offset::Top, Offset::After],
        _ => &[Offset::At, Offset::Group, Offset::Headline, Offset::Top, Offset::After],
    }
}

/// The lines of each form, the forms in order.
fn grouped(lines: &Lines) -> Vec<(Form, Vec<usize>)> {
    let mut of_form: Vec<(Form, usize)> = Vec::with_capacity(lines.len() * 6);
    for index in 0..lines.len() {
        forms_of(lines, index, |form| of_form.push((form, index)));
    }
    of_form.sort_unstable();
    let groups = of_form.chunk_by(|a, b| a.0 == b.0);
    groups.map(|same| (same[0].0, same.iter().map(|&(_, index)| index).collect())).collect()
}

/// Lines and paragraphs that begin as the entries of a list of contents above them: lines that stand together with no text between them.
fn named_by_contents(lines: &Lines) -> Vec<usize> {
    /// Words that an entry and its headline have in common.
    const WORDS: usize = 4;
    let mut first: FxHashMap<&[u32], usize> = FxHashMap::default();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut is_paired = vec![false; lines.len()];
    for index in 0..lines.len() {
        let words = lines.page.words(index);
        let key = &words[..words.len().min(WORDS)];
        if key.len() < 2 || lines.page.blocks[index].is_prose() && key.len() < WORDS {
            continue;
        }
        match first.get(key) {
            Some(&entry) if !is_paired[entry] => {
                is_paired[entry] = true;
                pairs.push((entry, index));
            }
            Some(_) => {}
            None if lines.is_line(index) => {
                first.insert(key, index);
            }
            None => {}
        }
    }
    pairs.sort_unstable();
    let together = |a: &(usize, usize), b: &(usize, usize)| lines.words.within(a.0..b.0) == 0;
    let best = pairs
        .chunk_by(together)
        .filter(|list| list.len() >= 2 && list[0].1 > list[list.len() - 1].0)
        .max_by_key(|list| list.len());
    let mut named: Vec<usize> = best.unwrap_or_default().iter().map(|&(_, named)| named).collect();
    named.sort_unstable();
    named
}
