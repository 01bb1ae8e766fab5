//! The stretch of an article's blocks that holds its text: where a sum over the blocks is largest (maximum subsequence, as in Pasternack and
//! Roth 2009).

use std::ops::{AddAssign, Range};

use crate::adjustable::adjustable;
use crate::clean::mark::{Marks, Strength};
use crate::clean::model::Prediction;
use crate::page::{Block, Page};

adjustable! {
    /// What each block adds to the sums, and takes off.
    RegionThresholds {
        /// A paragraph adds its words, but no more than this.
        prose_most: i64 = 80,
        /// Words of the shortest other block that adds where it ends as a sentence does.
        sentence_words: u32 = 4,
        /// Such a block adds its words, but no more than this.
        sentence_most: i64 = 8,
        /// An item of a list that a colon opens adds this.
        listed: i64 = 1,
        /// A block hinted to be debris takes off this.
        hinted: i64 = 8,
        /// Other debris takes off this.
        debris: i64 = 6,
        /// Words of the shortest other block that is long.
        long_words: u32 = 8,
        /// A long block takes off this.
        long: i64 = 2,
        /// A block with a list marker takes off this.
        marked: i64 = 5,
        /// Any other block takes off this.
        other: i64 = 4,
        /// Log-odds of the model count no more than this, so that no block outweighs all others.
        certain: f32 = 4.0,
        /// Characters of a block count no more than this, for the same reason.
        longest: u32 = 1500,
    }
}

/// The stretch with the largest sum of weights, of equals the first; empty where none is above nothing.
fn best_stretch<W>(blocks: Range<usize>, weights: impl Iterator<Item = W>) -> Range<usize>
where
    W: Copy + Default + PartialOrd + AddAssign,
{
    let nothing = W::default();
    let mut best = (nothing, blocks.start..blocks.start);
    let (mut sum, mut start) = (nothing, blocks.start);
    for (index, weight) in blocks.zip(weights) {
        if sum <= nothing {
            (sum, start) = (nothing, index);
        }
        sum += weight;
        if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}

/// Where an article's text stands by its paragraphs, less short and marked blocks. Empty where nothing is text.
#[must_use]
pub(crate) fn text_region(
    page: &Page,
    blocks: Range<usize>,
    marks: &Marks,
    thresholds: &RegionThresholds,
) -> Range<usize> {
    let mut listed = false;
    let weights = blocks.clone().map(|index| {
        let block = &page.blocks[index];
        listed = block.shape.ends_colon || listed && block.marker.is_some();
        if listed && block.marker.is_some() && !marks.is_debris(index) {
            thresholds.listed
        } else {
            weight(block, index, marks, thresholds)
        }
    });
    best_stretch(blocks, weights)
}

fn weight(block: &Block, index: usize, marks: &Marks, t: &RegionThresholds) -> i64 {
    let words = block.shape.words;
    match marks.of(index) {
        Some(mark) if mark.kind.is_debris() && mark.strength == Strength::Hint => -t.hinted,
        Some(mark) if mark.kind.is_debris() => -t.debris,
        Some(_) => 0,
        None if block.is_prose() => i64::from(words).min(t.prose_most),
        None if block.shape.ends_sentence && words >= t.sentence_words => {
            i64::from(words).min(t.sentence_most)
        }
        None if words >= t.long_words => -t.long,
        None if block.marker.is_some() => -t.marked,
        None => -t.other,
    }
}

/// Where an article's text stands by the model: the sum is over its log-odds less those of `least`, the probability at which a block is kept, by
/// the characters. Empty where nothing is text.
#[must_use]
pub(crate) fn likely_region(
    page: &Page,
    blocks: Range<usize>,
    predictions: &[Prediction],
    least: f32,
    thresholds: &RegionThresholds,
) -> Range<usize> {
    let certain = thresholds.certain.abs();
    let log_odds =
        |probability: f32| (probability / (1.0 - probability)).ln().clamp(-certain, certain);
    let least = log_odds(least);
    let weights = page.blocks[blocks.clone()].iter().zip(predictions).map(|(block, prediction)| {
        block.shape.chars.min(thresholds.longest) as f32
            * (log_odds(prediction.probability) - least)
    });
    best_stretch(blocks, weights)
}

#[cfg(test)]
mod tests {
    use crate::clean::region::best_stretch;

    #[test]
    fn the_first_of_the_largest_sums_is_the_stretch() {
        assert_eq!(best_stretch(3..9, [-1, 2, -1, 4, -9, 5].into_iter()), 4..7);
        assert_eq!(best_stretch(0..4, [0.5, 0.5, -2.0, 1.5].into_iter()), 3..4);
    }

    #[test]
    fn there_is_none_where_nothing_adds() {
        assert_eq!(best_stretch(2..4, [-1, 0].into_iter()), 2..2);
    }
}
