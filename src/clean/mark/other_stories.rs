//! Other stories below the article of a page of HTML: headings that are links, each with the beginning of its story.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::OTHER_STORIES;
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::html::DomFeatures;
use crate::page::Page;

adjustable! {
    /// What a row of other stories has.
    OtherStoryThresholds {
        /// Stories in a row, at least.
        stories: usize = 3,
        /// Part of a heading that stands in links, 0 to 1, at least.
        linked: f32 = 0.9,
        /// Blocks from one heading to the next, at most.
        blocks: usize = 5,
        /// Characters of the beginning of a story, at most.
        chars: u32 = 400,
        /// Characters of paragraphs between the headline and the first of them, at least.
        text: u32 = 150,
    }
}

/// Marks rows of linked headings, each with no more than a few lines below it, that stand below the article and beside the element that
/// holds it.
pub(super) fn mark_other_stories(
    page: &Page,
    evidence: &[DomFeatures],
    segment: &Segment,
    marks: &mut Marks,
    t: &OtherStoryThresholds,
) {
    let blocks = segment.blocks.clone();
    let is_head = |index: &usize| {
        let block = &evidence[*index];
        block.heading > 0 && block.linked >= t.linked && block.is_beside_story()
    };
    let heads: Vec<usize> = blocks.clone().filter(is_head).collect();
    let begins = |from: usize, to: usize| {
        let chars: u32 = (from + 1..to).map(|index| page.blocks[index].shape.chars).sum();
        to - from <= t.blocks && chars <= t.chars
    };
    let is_row =
        |a: &usize, b: &usize| evidence[*a].heading == evidence[*b].heading && begins(*a, *b);
    let Some(title) = segment.title else { return };
    let (mut above, mut counted) = (0, title + 1);
    for row in heads.chunk_by(is_row).filter(|row| row.len() >= t.stories) {
        let is_text =
            |index: &usize| marks.is_text(page, *index) && evidence[*index].linked < t.linked;
        let text = (counted..row[0]).filter(is_text).map(|index| page.blocks[index].shape.chars);
        above += text.sum::<u32>();
        counted = counted.max(row[0]);
        if above < t.text {
            continue;
        }
        let [.., last] = row else { continue };
        let end = (last + 1..blocks.end)
            .take_while(|&index| index - last < t.blocks && evidence[index].is_beside_story())
            .take_while(|&index| evidence[index].heading == 0 && begins(*last, index + 1))
            .last();
        for index in row[0]..end.unwrap_or(*last) + 1 {
            marks.detect(index, &OTHER_STORIES);
        }
    }
}
