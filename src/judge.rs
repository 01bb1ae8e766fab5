//! The verdict on each block: what evidence decides, and what stands outside the text.

use std::ops::Range;

use crate::mark::{Force, Marks};
use crate::page::{Block, Page};
use crate::span::{Decider, Kind};
use crate::split::Segment;

/// What a block is, and what decided.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// What decided; none for text that nothing spoke against.
    pub by: Option<Decider>,
}

impl Verdict {
    fn detected(kind: Kind, detector: &'static str) -> Self {
        Self { kind, by: Some(Decider::Detector(detector)) }
    }
}

/// The stretch of blocks that holds an article's text: where the sum over paragraphs, less that over short and marked blocks, is largest
/// (maximum subsequence, as in Pasternack and Roth 2009). Empty where nothing is text.
#[must_use]
pub fn text_region(page: &Page, blocks: Range<usize>, marks: &Marks) -> Range<usize> {
    let mut best = (0i64, blocks.start..blocks.start);
    let (mut sum, mut start) = (0i64, blocks.start);
    let mut listed = false;
    for index in blocks {
        if sum <= 0 {
            sum = 0;
            start = index;
        }
        let block = &page.blocks[index];
        listed = block.shape.ends_colon || listed && block.marker.is_some();
        sum += if listed && block.marker.is_some() && !marks.is_debris(index) { 1 } else { weight(block, index, marks) };
        if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}

fn weight(block: &Block, index: usize, marks: &Marks) -> i64 {
    let words = i64::from(block.shape.words);
    match marks.of(index) {
        Some(mark) if mark.kind.is_debris() => {
            if mark.force == Force::Hint { -8 } else { -6 }
        }
        Some(_) => 0,
        None if block.is_prose() => words.min(80),
        None if block.shape.ends_sentence && words >= 4 => words.min(8),
        None if words >= 8 => -2,
        None if block.marker.is_some() => -5,
        None => -4,
    }
}

/// Judges the blocks of one article. `verdicts` is indexed by block.
pub fn judge(page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks, verdicts: &mut [Verdict]) {
    for index in segment.blocks.clone() {
        verdicts[index] = verdict(page, segment, region, index, marks);
    }
}

fn verdict(page: &Page, segment: &Segment, region: &Range<usize>, index: usize, marks: &Marks) -> Verdict {
    let block = &page.blocks[index];
    if segment.title == Some(index) {
        return Verdict::detected(Kind::Title, "headline");
    }
    if let Some(mark) = marks.of(index) {
        let text = region.contains(&index) && mark.force == Force::Hint && (block.is_prose() || mark.kind == Kind::Nav && block.shape.ends_sentence);
        if !text {
            return Verdict { kind: mark.kind, by: Some(mark.by.clone()) };
        }
    }
    let lead = segment.title.is_some_and(|t| index > t && index < region.start) && block.shape.words >= 6;
    if region.contains(&index) && segment.title.is_none_or(|t| index > t) || lead {
        return Verdict { kind: Kind::Body, by: None };
    }
    Verdict::detected(if block.is_prose() { Kind::Other } else { Kind::Nav }, "outside-text")
}
