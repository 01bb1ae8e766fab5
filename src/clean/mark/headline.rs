//! Where the headline stands again.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::REPEATED_HEADLINE;
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::text::alike::same_text;

adjustable! {
    /// What a headline that stands again looks like.
    RepeatThresholds {
        /// Bytes of folded text of the shortest headline that is looked for.
        least_bytes: usize = 8,
        /// Bytes of folded text of the shortest headline that may have text run on to it.
        glued_bytes: usize = 24,
        /// Blocks from the headline among which a repetition may have text run on to it.
        near: usize = 8,
        /// Words of the longest repetition with text run on to it.
        glued_words: u32 = 60,
        /// Bytes of folded text before a repetition above the headline: fewer than this.
        prefix_bytes: usize = 60,
        /// Repetitions apart by a few letters from which on they are text, where they hold more than half of all: paragraphs alike but for a number.
        refrain: usize = 3,
    }
}

/// Marks the places where the headline of an article stands again: alone, with the site's name, or with a picture's text glued on. Where
/// many of them hold most of the page, they are its paragraphs.
pub(super) fn mark_repeats(
    page: &Page,
    segment: &Segment,
    title: usize,
    marks: &mut Marks,
    thresholds: &RepeatThresholds,
) {
    let folded = page.folded(title);
    let mut found = Vec::new();
    for index in segment.blocks.clone() {
        let other = page.folded(index);
        if index == title || folded.len() < thresholds.least_bytes {
            continue;
        }
        let glued = folded.len() >= thresholds.glued_bytes
            && index.abs_diff(title) <= thresholds.near
            && other.len() > folded.len()
            && other.starts_with(folded)
            && page.blocks[index].shape.words <= thresholds.glued_words;
        let suffixed = index < title
            && other.len() > folded.len()
            && other.ends_with(folded)
            && other.len() < folded.len() + thresholds.prefix_bytes;
        let is_alike = same_text(folded, other);
        if is_alike || glued || suffixed {
            found.push((index, is_alike && other != folded));
        }
    }
    let words = |blocks: &mut dyn Iterator<Item = usize>| -> u32 {
        blocks.map(|index| page.blocks[index].shape.words).sum()
    };
    let alike = || found.iter().filter(|(_, is_alike)| *is_alike).map(|&(index, _)| index);
    let are_paragraphs = alike().count() >= thresholds.refrain
        && words(&mut alike()) * 2 > words(&mut segment.blocks.clone());
    found.retain(|&(_, is_alike)| !(are_paragraphs && is_alike));
    found.into_iter().for_each(|(index, _)| marks.detect(index, &REPEATED_HEADLINE));
}
