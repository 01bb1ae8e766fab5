//! What follows the end of an article: comment forms, readers' comments, link lists.

use super::{Force, Marks};
use crate::page::Page;
use crate::split::Segment;

/// Marks all that follows a line after which nothing of the article comes, where most of the text stands before it.
pub(super) fn mark_tail(page: &Page, segment: &Segment, marks: &mut Marks) {
    let words = |range: std::ops::Range<usize>, marks: &Marks| -> u32 {
        range.filter(|&i| page.blocks[i].is_prose() && !marks.is_debris(i)).map(|i| page.blocks[i].shape.words).sum()
    };
    let ends: Vec<usize> = marks.ends().iter().copied().filter(|e| segment.blocks.contains(e)).collect();
    let all = words(segment.blocks.clone(), marks);
    let Some(end) = ends.into_iter().find(|&e| words(segment.blocks.start..e, marks) * 5 >= all * 2 && all > 0) else { return };
    let Some(mark) = marks.of(end).cloned() else { return };
    for index in end + 1..segment.blocks.end {
        marks.add(index, mark.kind, mark.by.clone(), Force::Strong);
    }
}
