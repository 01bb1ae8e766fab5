//! What follows the end of an article: comment forms, readers' comments, link lists.

use crate::adjustable::adjustable;
use crate::clean::mark::marks::Marks;
use crate::clean::mark::markup::is_sentence_below;
use crate::clean::mark::recurring::closing_items;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::html::DomFeatures;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// Where an article may end.
    TailThresholds {
        /// Percent of an article's words in paragraphs that stand before its end, at least.
        before: u32 = 40,
        /// Blocks before and after a line that may end the text, among which the paragraphs next to it are looked for.
        near: usize = 4,
        /// Paragraphs behind it, at least, where nothing but their length tells that the text goes on.
        paragraphs: usize = 2,
        /// Characters of them in the mean, at least.
        chars: u32 = 200,
        /// Texts with such a line of one form below each, from which on it closes items and not the page.
        items: usize = 3,
    }
}

/// Marks all that follows a line after which nothing of the article comes, where most of the text stands before it and it is no button amid the
/// text.
pub(super) fn mark_tail(
    page: &Page,
    evidence: Option<&[DomFeatures]>,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &TailThresholds,
) {
    let amid: Vec<usize> =
        marks.ends().iter().copied().filter(|end| segment.blocks.contains(end)).collect();
    let closes_item = closing_items(page, marks, &amid, thresholds.items);
    let goes_on = |end: &usize| {
        closes_item.binary_search(end).is_ok()
            || goes_on(page, evidence, segment, marks, *end, thresholds)
    };
    let gone: Vec<usize> = amid.iter().copied().filter(goes_on).collect();
    marks.ends.retain(|end| gone.binary_search(end).is_err());
    let words =
        |index: usize| if marks.is_text(page, index) { page.blocks[index].shape.words } else { 0 };
    let all: u32 = segment.blocks.clone().map(words).sum();
    let mut before = 0;
    let mut ends =
        marks.ends().iter().copied().skip_while(|&e| e < segment.blocks.start).peekable();
    let end = segment.blocks.clone().find(|&index| {
        let is_end = ends.next_if_eq(&index).is_some();
        before += words(index);
        is_end && all > 0 && before * 100 >= all * thresholds.before
    });
    let Some(end) = end else { return };
    let Some(mark) = marks.of(end).cloned() else { return };
    for index in end + 1..segment.blocks.end {
        marks.add(index, mark.kind, mark.by.clone(), Strength::Strong);
    }
}

/// Whether the text goes on behind a line that ends articles elsewhere: paragraphs of one element stand on both sides, or long paragraphs behind
/// it and no sign of readers, such as a name or a day.
fn goes_on(
    page: &Page,
    evidence: Option<&[DomFeatures]>,
    segment: &Segment,
    marks: &Marks,
    end: usize,
    t: &TailThresholds,
) -> bool {
    let blocks = &segment.blocks;
    let is_text = |index: &usize| marks.is_text(page, *index);
    let before = (blocks.start..end).rev().take(t.near).find(is_text);
    let after = (end + 1..blocks.end).take(t.near).find(is_text);
    // A text may close with a sentence of its own below such a line.
    let closes = |before: usize| {
        evidence.zip((end + 1..blocks.end).next()).is_some_and(|(evidence, below)| {
            let holds = |index: usize| evidence[index].holder == evidence[before].holder;
            holds(end) && !marks.is_debris(below) && is_sentence_below(page, evidence, end, below)
        })
    };
    if before.is_some_and(closes) {
        return true;
    }
    let Some((before, after)) = before.zip(after) else { return false };
    if let Some(evidence) = evidence {
        return evidence[before].holder == evidence[after].holder;
    }
    let is_of_readers = |index: usize| {
        matches!(
            marks.kind(index),
            Some(Kind::Comments | Kind::Meta | Kind::Related | Kind::Teaser)
        )
    };
    let behind: Vec<usize> = (end + 1..blocks.end).filter(is_text).collect();
    let chars: u32 = behind.iter().map(|&index| page.blocks[index].shape.chars).sum();
    behind.len() >= t.paragraphs
        && chars >= t.chars * behind.len() as u32
        && !(end + 1..blocks.end).any(is_of_readers)
}
