//! What stands around the articles of a set: their signatures, what the name and the foot of the whole are.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::clean::segment::Segment;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::quantile;
use crate::clean::split::signature::signed_by;
use crate::span::Kind;

/// Tells the lines below the texts that name their authors, where those of most articles do.
pub(super) fn sign(lines: &Lines, segments: &mut [Segment]) {
    let signature = |segment: &Segment| {
        let last = segment.blocks.clone().rev().find(|&at| lines.page.blocks[at].is_prose())?;
        let below = Some(last + 1).filter(|below| segment.blocks.contains(below))?;
        let is_name = lines.page.blocks[below].shape.digits == 0
            && lines.marks.of(below).is_none()
            && signed_by(lines.page.text_of(below)).is_some();
        let is_headed = segment.title.is_none_or(|title| title + 1 == lines.next_text[title]);
        (is_name && is_headed).then_some(below)
    };
    let signed: Vec<Option<usize>> = segments.iter().map(signature).collect();
    if signed.iter().flatten().count() * 2 > segments.len() {
        segments.iter_mut().zip(signed).for_each(|(segment, signed)| segment.signature = signed);
    }
}

/// What the head of an article looks like.
#[derive(Debug, PartialEq, Eq, Hash)]
struct HeadShape<'a> {
    /// Lines from its headline to its text.
    height: usize,
    /// Lines about it above its headline, and below.
    about: (usize, usize),
    /// What stands before the first letter or number of its headline.
    sign: &'a str,
}

impl<'a> HeadShape<'a> {
    /// The head of the article that begins at `start` with this headline.
    fn of(lines: &'a Lines, start: usize, title: usize) -> Self {
        let text = lines.next_text[title];
        let is_about =
            |&i: &usize| lines.dated[i].is_some() || lines.marks.kind(i) == Some(Kind::Meta);
        let above = (start..title).rev().take_while(is_about).count();
        let below = (title + 1..text).filter(is_about).count();
        let line = lines.page.text_of(title);
        let sign = line.find(char::is_alphanumeric).map_or("", |end| &line[..end]);
        Self { height: text - title, about: (above, below), sign }
    }

    /// Whether it says more than that a line stands above a text.
    fn is_telling(&self) -> bool {
        self.about != (0, 0) || !self.sign.is_empty()
    }
}

/// Finds the article right above the first one that is too short to be known by its words: its head is as those of others.
pub(super) fn find_first(lines: &Lines, segments: &mut Vec<Segment>) {
    /// Of so many articles one at least has the same head.
    const ONE_OF: usize = 4;
    let [above, others @ ..] = &segments[..] else { return };
    let Range { start: top, end } = above.blocks;
    if !above.is_around || lines.words.within(top..end) == 0 {
        return;
    }
    let titled = others.iter().filter_map(|own| Some((own.blocks.start, own.title?)));
    let mut alike: FxHashMap<HeadShape, usize> = FxHashMap::default();
    for (start, title) in titled {
        *alike.entry(HeadShape::of(lines, start, title)).or_default() += 1;
    }
    let least = (others.len() / ONE_OF).max(2);
    let is_as_others = |&title: &usize| {
        if !lines.is_title[title] {
            return false;
        }
        let head = HeadShape::of(lines, top, title);
        lines.next_text[title] < end
            && head.is_telling()
            && alike.get(&head).is_some_and(|&count| count >= least)
    };
    let Some(title) = (top..end).rev().find(is_as_others) else { return };
    let begin = title - HeadShape::of(lines, top, title).about.0;
    let first =
        Segment { blocks: begin..end, title: Some(title), is_item: true, ..Segment::default() };
    segments[0].blocks.end = begin;
    segments.insert(1, first);
    if begin == top {
        segments.remove(0);
    }
}

/// Takes from the articles the headline that most of them have, the name of where they were printed, where the next line of each that looks like a
/// headline is one of its own.
pub(super) fn leave_common_headline(lines: &Lines, segments: &mut [Segment]) {
    let folded = |title: usize| lines.page.folded(title);
    let mut titles: Vec<&str> = segments.iter().filter_map(|own| own.title).map(folded).collect();
    titles.sort_unstable();
    let Some(most) = titles.chunk_by(|a, b| a == b).max_by_key(|same| same.len()) else { return };
    let name = most[0];
    let has_name = |own: &Segment| own.title.is_some_and(|title| folded(title) == name);
    let named = segments.iter().filter(|own| has_name(own));
    let below: Vec<Option<usize>> =
        named.map(|own| lines.headline(own.title? + 1, own.blocks.end)).collect();
    let own: FxHashSet<&str> = below.iter().flatten().map(|&title| folded(title)).collect();
    if below.len() < 2 || below.len() * 2 <= segments.len() || own.len() < below.len() {
        return;
    }
    let named = segments.iter_mut().filter(|own| has_name(own));
    named.zip(below).for_each(|(segment, title)| segment.title = title);
}

/// Leaves above the first article what the heads of the others do not have: the name of the whole, and a word of welcome.
pub(super) fn leave_masthead(lines: &Lines, segments: &mut [Segment]) {
    let head = |segment: &Segment| lines.next_text[segment.blocks.start] - segment.blocks.start;
    let [first, others @ ..] = segments else { return };
    let Some(most) = others.iter().map(head).max().filter(|_| others.len() > 1) else { return };
    let begin = first.blocks.start + head(first).saturating_sub(most);
    let Range { start, end } = first.blocks;
    let is_apart = begin > start && begin < end && lines.page.blocks[begin].gap > 0;
    let title = lines.headline(begin, end);
    // Letters have their writers' names below, and often no headline.
    let is_letter = most == 0 && first.signature.is_some();
    if is_apart && (title.is_some() || is_letter) {
        first.blocks.start = begin;
        first.title = title;
    }
}

/// Leaves below the last article what closes the whole: a last stretch without a headline where the others have one, and shorter than they are.
pub(super) fn leave_foot(lines: &Lines, segments: &mut [Segment]) {
    let words = |segment: &Segment| lines.words.within(segment.blocks.clone()) as f32;
    let [others @ .., last] = segments else { return };
    let sizes: Vec<f32> = others.iter().map(words).collect();
    let titled = others.iter().filter(|segment| segment.title.is_some()).count();
    let is_untitled = last.title.is_none() && titled * 4 >= others.len() * 3;
    let is_short = words(last) < quantile(&sizes, 0.5);
    if others.len() > 1 && is_untitled && is_short && last.signature.is_none() {
        last.leave();
    }
}
