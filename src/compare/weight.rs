//! What a shingle weighs: little where many texts hold it, as boilerplate and set phrases do (the idea of inverse document
//! frequency, Spärck Jones 1972).

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::compare::fingerprint::{is_sampled, level, name};
use crate::compare::rarity::HeldShingle;
use crate::compare::shingle::{WIDTH, shingles};
use crate::compare::thresholds::Thresholds;

/// What no more texts than this hold is not noted: a passage and its copies.
const NOTED: usize = 3;

/// The weights of the shingles that stand in many texts; all others weigh 1. Of a text only its own sampled shingles are asked for.
#[derive(Debug, Default)]
pub struct Weights {
    /// How many texts hold a shingle, where it is more than [`NOTED`].
    texts: FxHashMap<u64, u32>,
}

impl Weights {
    /// Those of the shingles that a text holds and others too.
    #[must_use]
    pub fn of(held: &[HeldShingle]) -> Self {
        let noted = held.iter().filter(|shingle| shingle.texts > NOTED).count();
        let mut weights = Self::default();
        weights.texts.reserve(noted);
        held.iter().for_each(|shingle| weights.note(shingle.name, shingle.texts));
        weights
    }

    /// Notes that a shingle stands in so many different texts.
    pub(super) fn note(&mut self, shingle: u64, texts: usize) {
        if texts > NOTED {
            self.texts.insert(shingle, u32::try_from(texts).unwrap_or(u32::MAX));
        }
    }

    /// How many texts hold a shingle, where they are more than [`NOTED`]; otherwise 0.
    pub(super) fn texts(&self, shingle: u64) -> usize {
        self.texts.get(&shingle).map_or(0, |&texts| texts as usize)
    }

    /// The ratio of `few` texts to those that hold a shingle, up to 1.
    pub(super) fn beyond(&self, shingle: u64, few: f32) -> f32 {
        self.texts.get(&shingle).map_or(1.0, |&texts| (few / texts as f32).min(1.0))
    }
}

/// The weight of a shingle that stands in so many different texts, above 0 and up to 1; in up to `few` it weighs fully.
pub(super) fn weight_of(texts: usize, few: usize) -> f32 {
    if texts > few { (few as f32 / texts as f32).sqrt() } else { 1.0 }
}

/// What the letters of a text weigh next to those of a text that it may be folded into.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// Those that stand in it alone; a passage of them less where other texts too have it.
    pub(super) own: f32,
    /// Those that both have; the less the more texts have them, so that the names and numbers of a template count as what they are.
    pub(super) shared: f32,
}

impl Weighed {
    /// From the letters of a text and the stretches of them that are its own, in order.
    pub(super) fn of(
        own: &[Range<usize>],
        letters: &[u8],
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> Self {
        let known = level(letters.len());
        let mut gaps = own.iter().cloned().peekable();
        let (mut lost, mut shared, mut shared_known) = (0.0f32, 0.0f32, 0u32);
        let (mut in_gap, mut gap_known) = (0.0f32, 0u32);
        let close = |gap: &Range<usize>, sum: f32, known: u32| {
            let weight =
                if known > 0 && gap.len() >= thresholds.passage { sum / known as f32 } else { 1.0 };
            gap.len() as f32 * weight
        };
        for (at, shingle) in shingles(letters).enumerate() {
            while let Some(gap) = gaps.next_if(|gap| gap.end <= at) {
                lost += close(&gap, in_gap, gap_known);
                (in_gap, gap_known) = (0.0, 0);
            }
            if !is_sampled(shingle, known) {
                continue;
            }
            match gaps.peek() {
                Some(gap) if gap.start <= at && at + WIDTH <= gap.end => {
                    in_gap += weights.beyond(name(shingle), thresholds.few_elsewhere);
                    gap_known += 1;
                }
                Some(gap) if gap.start < at + WIDTH => {}
                _ => {
                    shared += weights
                        .beyond(name(shingle), thresholds.few_shared)
                        .max(thresholds.template_weight);
                    shared_known += 1;
                }
            }
        }
        for gap in gaps {
            lost += close(&gap, in_gap, gap_known);
            (in_gap, gap_known) = (0.0, 0);
        }
        let own: usize = own.iter().map(ExactSizeIterator::len).sum();
        Self { own: lost, shared: close(&(own..letters.len()), shared, shared_known) }
    }

    /// The share of the text that is lost, 0 to 1.
    pub(super) fn lost(&self) -> f32 {
        self.own / (self.own + self.shared).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let weights = Weights::of(&[HeldShingle { name: 7, texts: 32 }]);
        assert_eq!((weights.beyond(7, 8.0), weights.beyond(8, 8.0)), (0.25, 1.0));
    }
}
