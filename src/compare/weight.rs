//! What a shingle weighs: little where many texts hold it, as boilerplate and set phrases do (the idea of inverse document
//! frequency, Spärck Jones 1972).

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::compare::fingerprint::{is_sampled, level, name, phrase_at};
use crate::compare::rarity::HeldShingle;
use crate::compare::shingle::{PHRASE, WIDTH, shingles as all_shingles};
use crate::compare::thresholds::Thresholds;

/// What no more texts than this hold is not noted: a passage and its copies.
const NOTED: usize = 3;

/// So many phrases tell how common it is what two texts share; fewer tell it worse than shingles.
const FEWEST_PHRASES: u32 = 8;

/// The weights of the shingles that stand in many texts; all others weigh 1. Of a text only its own sampled shingles are asked for.
#[derive(Debug, Default)]
pub struct Weights {
    /// How many texts hold a shingle, where it is more than [`NOTED`].
    texts: FxHashMap<u64, u32>,
    /// Whether phrases are noted as shingles are.
    phrases: bool,
}

impl Weights {
    /// Those of the shingles that a text holds and others too.
    #[must_use]
    pub fn of(held: &[HeldShingle]) -> Self {
        let noted = held.iter().filter(|shingle| shingle.texts > NOTED).count();
        let mut weights = Self { phrases: true, ..Self::default() };
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

/// What is known of the weights in a stretch of letters.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    sum: f32,
    places: u32,
}

impl Known {
    fn add(&mut self, weight: f32) {
        self.sum += weight;
        self.places += 1;
    }

    /// The mean; what is not known weighs fully.
    fn mean(self) -> f32 {
        if self.places > 0 { self.sum / self.places as f32 } else { 1.0 }
    }
}

/// What the letters of a text weigh next to those of a text that it may be folded into.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// Those that stand in it alone; a passage of them less where other texts too have it.
    pub(super) own: f32,
    /// Those that both have; the less the more texts have them, so that the names and numbers of a template count as what they are. Phrases tell
    /// that where they are known: the more texts there are, the more have any shingle by chance.
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
        let level = level(letters.len());
        let mut gaps = own.iter().cloned().peekable();
        let (mut lost, mut in_gap) = (0.0f32, Known::default());
        let (mut shingles, mut phrases) = (Known::default(), Known::default());
        let lost_by = |gap: Range<usize>, known: Known| {
            gap.len() as f32 * if gap.len() >= thresholds.passage { known.mean() } else { 1.0 }
        };
        for (at, shingle) in all_shingles(letters).enumerate() {
            while let Some(gap) = gaps.next_if(|gap| gap.end <= at) {
                lost += lost_by(gap, std::mem::take(&mut in_gap));
            }
            if !is_sampled(shingle, level) {
                continue;
            }
            let shared = |name, few| weights.beyond(name, few).max(thresholds.template_weight);
            let own_from = match gaps.peek() {
                Some(gap) if gap.start <= at && at + WIDTH <= gap.end => {
                    in_gap.add(weights.beyond(name(shingle), thresholds.few_elsewhere));
                    continue;
                }
                gap => gap.map_or(letters.len(), |gap| gap.start),
            };
            if at + WIDTH <= own_from {
                shingles.add(shared(name(shingle), thresholds.few_shared));
            }
            if weights.phrases && at + PHRASE <= own_from {
                let phrase = phrase_at(letters, at, shingle);
                let phrase = phrase.map(|phrase| shared(phrase, thresholds.few_phrases));
                phrase.into_iter().for_each(|phrase| phrases.add(phrase));
            }
        }
        for gap in gaps {
            lost += lost_by(gap, std::mem::take(&mut in_gap));
        }
        let own: usize = own.iter().map(ExactSizeIterator::len).sum();
        let are_known = phrases.places >= FEWEST_PHRASES;
        let shared = if are_known { phrases } else { shingles };
        Self { own: lost, shared: (letters.len() - own) as f32 * shared.mean() }
    }

    /// The share of the text that is lost, 0 to 1.
    pub(super) fn lost(&self) -> f32 {
        self.own / (self.own + self.shared).max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of no language, all of which others hold too: so many texts each shingle, and so many each phrase.
    fn shared_by(shingle_texts: usize, phrase_texts: usize) -> f32 {
        let letters: Vec<u8> =
            (0..600u32).map(|n| (n * n * 7919 % 9973 % 26) as u8 + b'a').collect();
        let mut held = Vec::new();
        for (at, shingle) in all_shingles(&letters).enumerate() {
            held.push(HeldShingle { name: name(shingle), texts: shingle_texts });
            let phrase = phrase_at(&letters, at, shingle);
            held.extend(phrase.map(|name| HeldShingle { name, texts: phrase_texts }));
        }
        let weights = Weights::of(&held);
        let own = 300..340;
        Weighed::of(&[own], &letters, &weights, &Thresholds::default()).shared / 560.0
    }

    #[test]
    fn what_two_texts_share_is_as_common_as_its_phrases() {
        assert_eq!(shared_by(1000, 2), 1.0, "each shingle is common by chance");
        assert_eq!(shared_by(20, 20), 0.25, "a form");
        assert_eq!(shared_by(8, 8), 0.5);
    }

    #[test]
    fn where_no_phrases_are_known_shingles_tell() {
        let letters = b"wherethetextisshortenough".as_slice();
        let held = all_shingles(letters).map(|h| HeldShingle { name: name(h), texts: 10 });
        let weights = Weights::of(&held.collect::<Vec<_>>());
        let weighed = Weighed::of(&[], letters, &weights, &Thresholds::default());
        assert_eq!((weighed.own, weighed.shared), (0.0, 12.5));
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let weights = Weights::of(&[HeldShingle { name: 7, texts: 32 }]);
        assert_eq!((weights.beyond(7, 8.0), weights.beyond(8, 8.0)), (0.25, 1.0));
    }
}
