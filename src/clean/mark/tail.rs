//! What follows the end of an article: comment forms, readers' comments, link lists.

use crate::adjustable::adjustable;
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::page::Page;

adjustable! {
    /// Where an article may end.
    TailThresholds {
        /// Percent of an article's words in paragraphs that stand before its end, at least.
        before: u32 = 40,
    }
}

/// Marks all that follows a line after which nothing of the article comes, where most of the text stands before it.
pub(super) fn mark_tail(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &TailThresholds,
) {
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
