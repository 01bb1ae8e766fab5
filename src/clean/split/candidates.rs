//! The sets of lines at which a page may part: lines of one form, and where from each of them the article begins.

use rustc_hash::FxHashMap;

use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::forms::{Family, Form, forms_of};
use crate::clean::split::lines::Lines;
use crate::clean::split::numbers::counts;
use crate::clean::split::ways::{Offset, Ways};

/// Sets that a page has at most.
pub(super) const MOST: usize = 40;
/// Sets of one family, at most.
const MOST_OF_FAMILY: usize = 8;
/// How deep the valleys of cohesion are, one set for each.
const DEPTHS: [f32; 3] = [0.05, 0.1, 0.2];

/// A set of places at which a page may part.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// How it was found first.
    pub(super) family: Family,
    /// All the ways in which it was found, a bit for each family and each offset.
    pub(super) ways: Ways,
    /// The first block of each article but one that begins above all of them, rising.
    pub(super) starts: Vec<usize>,
    /// Lines of the form, those without a text of their own too.
    pub(super) members: usize,
    prior: f32,
}

impl Candidate {
    /// The page as one article.
    pub(super) fn whole() -> Self {
        Self::found(Family::Whole, Offset::At, Vec::new(), 0)
    }

    /// The set that the rules find.
    pub(super) fn of_rules(starts: Vec<usize>) -> Self {
        let members = starts.len();
        Self::found(Family::Rules, Offset::At, starts, members)
    }

    fn found(family: Family, offset: Offset, starts: Vec<usize>, members: usize) -> Self {
        Self { family, ways: Ways::of(family, offset), starts, members, prior: 0.0 }
    }

    /// The parts of a page with `end` blocks from the first start on.
    pub(super) fn parts(&self, end: usize) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.starts.iter().skip(1).copied().chain([end]);
        self.starts.iter().copied().zip(ends)
    }

    /// The set at `offset` from these lines; none where it leaves fewer than two texts.
    fn at(lines: &Lines, family: Family, offset: Offset, members: &[usize]) -> Option<Self> {
        let mut places: Vec<usize> =
            members.iter().map(|&line| lines.below_signature(offset.place(lines, line))).collect();
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
        let mut set = Self::found(family, offset, starts, members.len());
        set.prior = set.promise(lines);
        Some(set)
    }

    /// How much a set promises at a glance: many texts, none of them too short or cut short, none that holds nearly all.
    fn promise(&self, lines: &Lines) -> f32 {
        /// Words of a text that can stand alone.
        const WORDS: u32 = 20;
        let above = lines.words.within(0..self.starts[0]);
        let all = lines.all_words().max(1) as f32;
        let (mut long, mut largest) = (0, above);
        for (start, end) in self.parts(lines.len()) {
            long += usize::from(lines.finished.within(start..end) >= WORDS);
            largest = largest.max(lines.words.within(start..end));
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
    add(Family::Contents, &[Offset::At, Offset::Group, Offset::Top], lines.named());
    add(Family::Separator, &[Offset::After], lines.marks.separators());
    for depth in DEPTHS {
        let valleys = cohesion.valleys(depth);
        add(Family::Cohesion, &[Offset::At, Offset::Top], &valleys);
    }
    let mut sets = vec![Candidate::whole()];
    if !rules.is_empty() {
        sets.push(Candidate::of_rules(rules));
    }
    found.sort_by(|a, b| b.prior.total_cmp(&a.prior));
    let mut of_family: FxHashMap<Family, usize> = FxHashMap::default();
    let mut place_of: FxHashMap<Vec<usize>, usize> = FxHashMap::default();
    place_of.extend(sets.iter().enumerate().skip(1).map(|(at, set)| (set.starts.clone(), at)));
    for set in found.into_iter().filter(|set| set.prior > 0.0) {
        if let Some(&at) = place_of.get(&set.starts) {
            sets[at].ways.add(set.ways);
            continue;
        }
        let taken = of_family.entry(set.family).or_default();
        if sets.len() < MOST && *taken < MOST_OF_FAMILY {
            *taken += 1;
            place_of.insert(set.starts.clone(), sets.len());
            sets.push(set);
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
        Family::FormFeed | Family::Gap | Family::Capitals | Family::Bullet | Family::Text => {
            &[Offset::At]
        }
        Family::Credit => &[Offset::After],
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::Marks;
    use crate::page::Page;

    const TEXTS: [&str; 3] = [
        "The crews of the night ferry went back to work on Monday, nine days after they had left the ships in port.",
        "A baker in the old town found a letter of 1790 in the wall behind his oven, and gave it to the museum.",
        "Pupils of the island school counted four hundred eels under the mill in one night with a lamp and a sieve.",
    ];

    /// The first words of the parts of each set that a family gives.
    fn parts_of(text: &str, family: Family) -> Vec<Vec<String>> {
        let page = Page::new(text);
        let marks = Marks::new(page.blocks.len());
        let lines = Lines::of(&page, &marks);
        let sets = candidates(&lines, &Cohesion::of(&lines), Vec::new());
        let words = |&start: &usize| {
            page.text_of(start).split_whitespace().take(2).collect::<Vec<_>>().join(" ")
        };
        let of_family = sets.iter().filter(|set| set.ways.has_family(family));
        of_family.map(|set| set.starts.iter().map(words).collect()).collect()
    }

    /// Each text with what `head` and `foot` say stands above and below it.
    fn page(head: impl Fn(usize) -> String, foot: impl Fn(usize) -> String) -> String {
        let parts = (0..3).map(|i| format!("{}\n\n{}\n\n{}", head(i), TEXTS[i], foot(i)));
        parts.collect::<Vec<_>>().join("\n\n")
    }

    #[test]
    fn no_split_is_the_first_set_of_any_page() {
        for text in ["", "One line", TEXTS[0]] {
            let page = Page::new(text);
            let marks = Marks::new(page.blocks.len());
            let lines = Lines::of(&page, &marks);
            let sets = candidates(&lines, &Cohesion::of(&lines), Vec::new());
            assert_eq!((sets[0].family, sets[0].starts.len()), (Family::Whole, 0));
        }
    }

    #[test]
    fn sections_names_and_dates_may_differ_in_one_form() {
        let tags = [
            "[Ropes] Sent 6 May 2031 by Jorun",
            "[Water] Sent 5 May 2031 by Marten",
            "[Air] Sent 2 May 2031 by Ole",
        ];
        let text = page(|i| tags[i].into(), |_| String::new());
        assert!(parts_of(&text, Family::Shape).contains(&vec![
            "[Ropes] Sent".into(),
            "[Water] Sent".into(),
            "[Air] Sent".into()
        ]));
    }

    #[test]
    fn roman_numbers_count_too() {
        let text = page(|i| ["I.", "II.", "III."][i].into(), |_| String::new());
        assert!(parts_of(&text, Family::Number).contains(&vec![
            "I.".into(),
            "II.".into(),
            "III.".into()
        ]));
    }

    #[test]
    fn an_article_begins_below_the_signature_of_the_last() {
        let names = ["Tilda Marsh", "Gunnar Sletten", "Dorthe Klippe"];
        let text = page(|_| String::new(), |i| names[i].into());
        assert!(
            parts_of(&text, Family::Signature)
                .contains(&vec!["A baker".into(), "Pupils of".into()])
        );
    }

    #[test]
    fn a_list_of_contents_names_the_headlines() {
        let heads = ["Ferry strike is over", "Baker finds old letter", "Eels counted at mill"];
        let text =
            format!("{}\n\n{}", heads.join("\n"), page(|i| heads[i].into(), |_| "More".into()));
        let found = parts_of(&text, Family::Contents);
        assert!(found.contains(&vec![
            "Ferry strike".into(),
            "Baker finds".into(),
            "Eels counted".into()
        ]));
    }

    #[test]
    fn entries_that_begin_alike_name_each_their_own_headline() {
        let heads = [
            "港口委员会宣布新码头重新开放",
            "港口委员会宣布新码头暂停收费",
            "面包师在墙里发现旧信",
        ];
        let text = format!(
            "1. {}\n\n{}",
            heads.join("\n2. "),
            page(|i| heads[i].into(), |_| "More".into())
        );
        let found = parts_of(&text, Family::Contents);
        assert!(found.contains(&heads.map(str::to_string).to_vec()), "{found:?}");
    }

    #[test]
    fn paragraphs_with_bullets_may_be_articles() {
        let text = TEXTS.map(|text| format!("• {text}")).join("\n");
        let begin = |word: &str| format!("• {word}");
        assert!(
            parts_of(&text, Family::Bullet).contains(&["The", "A", "Pupils"].map(begin).to_vec())
        );
    }

    #[test]
    fn paragraphs_that_begin_alike_may_be_articles() {
        for leads in [
            ["🚢 ", "🥖 ", "🐟 "],
            ["【Sea】", "【Town】", "【Isle】"],
            ["Holm. ", "Vik. ", "Sund. "],
        ] {
            let text = (0..3).map(|i| format!("{}{}", leads[i], TEXTS[i])).collect::<Vec<_>>();
            let text = format!("{}\n\n{}", "A line of welcome.", text.join("\n\n"));
            assert!(parts_of(&text, Family::Lead).iter().any(|parts| parts.len() == 3), "{text}");
            assert!(parts_of(&text, Family::Text).iter().any(|parts| parts.len() == 3), "{text}");
        }
    }

    #[test]
    fn form_feeds_part_pages() {
        let text = TEXTS.join("\n\u{c}\n");
        assert_eq!(parts_of(&text, Family::FormFeed), [["A baker", "Pupils of"]]);
    }

    #[test]
    fn there_are_never_more_sets_than_may_be() {
        let text = page(
            |i| format!("{}. Headline number {i} here\n1 May 203{i}\nBy Ida Holm", i + 1),
            |_| "Reply\n* * *".into(),
        );
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let lines = Lines::of(&page, &marks);
        let sets = candidates(&lines, &Cohesion::of(&lines), Vec::new());
        assert!(sets.len() <= MOST);
        assert!(sets.iter().skip(1).all(|set| set.starts.windows(2).all(|pair| pair[0] < pair[1])));
    }
}
