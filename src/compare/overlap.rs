//! How much of two texts is the same: the decision on what was proposed.

use crate::article::Relation;
use crate::compare::fingerprint::{is_sampled, level, name};
use crate::compare::shingle::shingles;
use crate::compare::threshold::Thresholds;
use crate::compare::weight::Weights;
use crate::text::letters::Letters;

/// Shingles of an anchor that are compared; of a longer text a sample of about so many is.
const COMPARED: usize = 1 << 9;

/// Shingles of an anchor that are held at most, for a text far shorter than it.
const HELD: usize = 1 << 17;

/// How much of an anchor and of another text is the same, in shingles that weigh less the more texts hold them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Overlap {
    /// The share of the other text that stands in the anchor, 0 to 1.
    pub(super) of_text: f32,
    /// The share of the anchor that stands in the other text, 0 to 1.
    pub(super) of_anchor: f32,
    /// How many of those that were compared do.
    pub(super) sampled: u32,
}

impl Overlap {
    /// The share of the text of which more is shared.
    pub(super) fn larger(&self) -> f32 {
        self.of_text.max(self.of_anchor)
    }

    /// What it makes of two texts that are copies, and how similar they are.
    pub(super) fn relation(&self, thresholds: &Thresholds) -> (Relation, f32) {
        let (larger, smaller) = (self.larger(), self.of_text.min(self.of_anchor));
        if smaller >= thresholds.near * larger {
            (Relation::Near, 2.0 * larger * smaller / (larger + smaller))
        } else {
            (Relation::Contained, larger)
        }
    }
}

/// A shingle of the anchor.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    /// Its name; 0 where the cell is free.
    name: u32,
    weight: f32,
    /// The number of the text that was the last to show it.
    seen: u32,
}

/// The shingles of one text, with which others are compared. Open addressing in one run of memory that is used again.
#[derive(Debug, Default)]
pub(crate) struct Anchor {
    thresholds: Thresholds,
    cells: Vec<Cell>,
    mask: usize,
    letters: Vec<u8>,
    level: u32,
    weight: f32,
    texts: u32,
    /// Room for the shingles of a text.
    shingles: Weighed,
}

impl Anchor {
    /// No text yet.
    pub(super) fn new(thresholds: Thresholds) -> Self {
        Self { thresholds, ..Self::default() }
    }

    /// By what others are compared with it.
    pub(super) fn thresholds(&self) -> &Thresholds {
        &self.thresholds
    }

    /// Takes the shingles of `letters` in place of those of the anchor before.
    pub(super) fn set(&mut self, letters: &Letters, weights: &Weights) {
        self.letters.clear();
        self.letters.extend_from_slice(letters.bytes());
        self.sample(level_of(self.letters.len()), weights);
    }

    /// Takes the shingles of its letters that are sampled at `level`.
    fn sample(&mut self, level: u32, weights: &Weights) {
        let mut shingles = std::mem::take(&mut self.shingles);
        shingles.read(&self.letters, level, weights);
        self.level = level;
        self.mask = (2 * shingles.all.len() + 2).next_power_of_two() - 1;
        self.cells.clear();
        self.cells.resize(self.mask + 1, Cell::default());
        (self.weight, self.texts) = (0.0, 0);
        for &(name, weight) in &shingles.all {
            let at = self.find(name);
            if self.cells[at].name == 0 {
                self.cells[at] = Cell { name, weight, seen: 0 };
                self.weight += weight;
            }
        }
        self.shingles = shingles;
    }

    /// How many letters it has.
    pub(super) fn letters(&self) -> u32 {
        self.letters.len() as u32
    }

    /// Compares a text with the anchor; by more shingles than are sampled for the anchor's length where the text is so short that few of them are its.
    pub(super) fn overlap(&mut self, letters: &Letters, weights: &Weights) -> Overlap {
        let level = level_of(self.letters.len());
        let overlap = self.overlap_at(level, letters, weights);
        let expected = letters.bytes().len() >> level;
        if level == 0 || expected >= self.thresholds.few_shingles {
            return overlap;
        }
        let finest = (self.letters.len() / HELD).checked_ilog2().map_or(0, |log| log + 1);
        self.overlap_at(level.min(level_of(letters.bytes().len()).max(finest)), letters, weights)
    }

    fn overlap_at(&mut self, level: u32, letters: &Letters, weights: &Weights) -> Overlap {
        if level != self.level {
            self.sample(level, weights);
        }
        self.texts += 1;
        let (mut text, mut text_shared, mut anchor_shared, mut shared) = (0.0, 0.0, 0.0, 0);
        let mut shingles = std::mem::take(&mut self.shingles);
        shingles.read(letters.bytes(), self.level, weights);
        for &(name, weight) in &shingles.all {
            text += weight;
            let at = self.find(name);
            let cell = &mut self.cells[at];
            if cell.name != 0 {
                text_shared += weight;
                shared += 1;
                if cell.seen != self.texts {
                    cell.seen = self.texts;
                    anchor_shared += cell.weight;
                }
            }
        }
        self.shingles = shingles;
        let share = |part: f32, whole: f32| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        Overlap {
            of_text: share(text_shared, text),
            of_anchor: share(anchor_shared, self.weight),
            sampled: shared,
        }
    }

    /// The cell of a shingle, or the free one where it belongs.
    fn find(&self, name: u32) -> usize {
        let mut at = name as usize & self.mask;
        while self.cells[at].name != name && self.cells[at].name != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }
}

/// The level at which about [`COMPARED`] shingles of so many letters are sampled.
fn level_of(letters: usize) -> u32 {
    (letters / COMPARED).checked_ilog2().map_or(0, |log| log + 1)
}

/// The shingles of a text at a level, in order, with their weights. Meant to be used again for the next text.
#[derive(Debug, Default)]
struct Weighed {
    all: Vec<(u32, f32)>,
    /// Room for the hashes.
    hashes: Vec<u64>,
}

impl Weighed {
    /// Takes those of `letters` in place of those of the text before. A passage that came from elsewhere shows in several sampled shingles, so each
    /// shingle weighs as much as the last one before it whose frequency is known.
    fn read(&mut self, letters: &[u8], at: u32, weights: &Weights) {
        let mut kept = 0;
        for shingle in shingles(letters) {
            if kept == self.hashes.len() {
                self.hashes.resize(2 * kept + COMPARED, 0);
            }
            // Written always and kept sometimes: which shingles are sampled cannot be foretold, and a branch would cost more.
            self.hashes[kept] = shingle;
            kept += usize::from(is_sampled(shingle, at));
        }
        let (known, mut weight) = (level(letters.len()), 1.0);
        self.all.clear();
        self.all.extend(self.hashes[..kept].iter().map(|&shingle| {
            if is_sampled(shingle, known) {
                weight = weights.of(name(shingle));
            }
            (name(shingle).max(1), weight)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of eight letters, the same at every run.
    fn words(seed: u64) -> impl Iterator<Item = String> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        std::iter::repeat_with(move || {
            let letter = |_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + ((state >> 33) % 26) as u8)
            };
            (0..8).map(letter).collect()
        })
    }

    fn letters(words: impl Iterator<Item = String>) -> Letters {
        let mut letters = Letters::default();
        letters.read(&words.collect::<Vec<_>>().join(" "));
        letters
    }

    /// Such a text takes a second to make, and once filled the table to the last cell.
    #[test]
    fn a_text_of_which_every_word_is_sampled_can_be_compared() {
        let is_sampled_word =
            |word: &String| shingles(word.as_bytes()).all(|shingle| is_sampled(shingle, 5));
        let text = letters(words(1).filter(is_sampled_word).take(1020));
        let weights = Weights::new(8);
        let mut anchor = Anchor::default();
        anchor.set(&text, &weights);
        assert!(anchor.overlap(&text, &weights).of_anchor > 0.99);
    }
}
