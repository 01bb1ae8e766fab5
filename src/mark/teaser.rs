//! Bare headlines of other stories among the paragraphs, told from subheadings by what they talk about and where they stand.

use rustc_hash::FxHashMap;

use super::{Force, Marks};
use crate::page::{Block, Page};
use crate::span::Kind;
use crate::split::Segment;

/// Marks headlines of other stories between the paragraphs of an article.
pub(super) fn mark_teasers(page: &Page, segment: &Segment, marks: &mut Marks) {
    let Some(text) = text_range(page, segment, marks) else { return };
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for index in text.clone().filter(|&i| page.blocks[i].is_prose() && !marks.is_debris(i)) {
        for &word in page.words(index) {
            *counts.entry(word).or_default() += 1;
        }
    }
    for index in text {
        let block = &page.blocks[index];
        if !is_candidate(block) || marks.of(index).is_some() || Some(index) == segment.title {
            continue;
        }
        let stacked = [index.wrapping_sub(1), index + 1]
            .into_iter()
            .any(|other| segment.blocks.contains(&other) && is_candidate(&page.blocks[other]) && Some(other) != segment.title && page.blocks[other].shape.words >= 5);
        let (words, foreign) = foreign_words(page, index, &counts);
        let title_case = block.shape.words >= 5 && block.shape.capitalised * 10 >= block.shape.words * 7;
        let share = foreign * 100 / words.max(1);
        let limit = if stacked { 25 } else if title_case { 40 } else { 55 };
        if words >= 5 && share >= limit {
            marks.detect(index, Kind::Teaser, "bare-teaser", Force::Strong);
        }
    }
}

/// From the first to the last paragraph.
fn text_range(page: &Page, segment: &Segment, marks: &Marks) -> Option<std::ops::Range<usize>> {
    let mut prose = segment.blocks.clone().filter(|&i| page.blocks[i].is_prose() && !marks.is_debris(i));
    let first = prose.next()?;
    Some(first..prose.next_back()?)
}

fn is_candidate(block: &Block) -> bool {
    let ends_flat = !block.shape.ends_sentence || block.shape.stops <= 1 && block.shape.words <= 14;
    block.is_headline_like() && !block.is_prose() && block.marker.is_none() && ends_flat && !block.shape.starts_lower && !block.shape.starts_quote
}

/// How many words a block has, and how many of them stand nowhere in the article's text.
fn foreign_words(page: &Page, index: usize, counts: &FxHashMap<u32, u32>) -> (usize, usize) {
    let words = page.words(index);
    (words.len(), words.iter().filter(|w| !counts.contains_key(w)).count())
}
