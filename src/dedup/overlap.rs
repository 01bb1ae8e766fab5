//! How much of two texts is the same: the decision on what was proposed.

use super::fingerprint::{is_sampled, level, name};
use super::index::Relation;
use super::letters::Letters;
use super::shingle::shingles;
use super::weight::Weights;

/// Shingles of an anchor that are compared; of a longer text a sample of about so many is.
const COMPARED: usize = 1 << 14;

/// Copies are near, not contained, if the smaller share is at least this part of the larger.
const NEAR: f32 = 0.7;

/// How much of an anchor and of another text is the same, in shingles that weigh less the more texts hold them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Overlap {
    /// The share of the other text that stands in the anchor, 0 to 1.
    pub(super) of_text: f32,
    /// The share of the anchor that stands in the other text, 0 to 1.
    pub(super) of_anchor: f32,
    /// Shingles of the other text that stand in the anchor.
    pub(super) shared: u32,
}

impl Overlap {
    /// The share of the text of which more is shared.
    pub(super) fn larger(&self) -> f32 {
        self.of_text.max(self.of_anchor)
    }

    /// What it makes of two texts that are copies, and how similar they are.
    pub(super) fn relation(&self) -> (Relation, f32) {
        let (larger, smaller) = (self.larger(), self.of_text.min(self.of_anchor));
        if smaller >= NEAR * larger { (Relation::Near, 2.0 * larger * smaller / (larger + smaller)) } else { (Relation::Contained, larger) }
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
pub(super) struct Anchor {
    cells: Vec<Cell>,
    mask: usize,
    level: u32,
    weight: f32,
    texts: u32,
}

impl Anchor {
    /// Takes the shingles of `letters` in place of those of the anchor before.
    pub(super) fn set(&mut self, letters: &Letters, weights: &Weights) {
        let letters = letters.bytes();
        self.level = (letters.len() / COMPARED).checked_ilog2().map_or(0, |log| log + 1);
        self.mask = (2 * (letters.len() >> self.level) + 2).next_power_of_two() - 1;
        self.cells.clear();
        self.cells.resize(self.mask + 1, Cell::default());
        (self.weight, self.texts) = (0.0, 0);
        for (name, weight) in weighed(letters, self.level, weights) {
            let at = self.find(name);
            if self.cells[at].name == 0 {
                self.cells[at] = Cell { name, weight, seen: 0 };
                self.weight += weight;
            }
        }
    }

    /// Compares a text with the anchor.
    pub(super) fn overlap(&mut self, letters: &Letters, weights: &Weights) -> Overlap {
        self.texts += 1;
        let (mut text, mut text_shared, mut anchor_shared, mut shared) = (0.0, 0.0, 0.0, 0);
        for (name, weight) in weighed(letters.bytes(), self.level, weights) {
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
        let share = |part: f32, whole: f32| if whole > 0.0 { (part / whole).min(1.0) } else { 0.0 };
        Overlap { of_text: share(text_shared, text), of_anchor: share(anchor_shared, self.weight), shared: shared << self.level }
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

/// The shingles at a level with their weights. A passage that came from elsewhere shows in several sampled shingles, so each
/// shingle weighs as much as the last one before it whose frequency is known.
fn weighed<'a>(letters: &'a [u8], at: u32, weights: &'a Weights) -> impl Iterator<Item = (u32, f32)> + 'a {
    let known = level(letters.len());
    let mut weight = 1.0;
    shingles(letters).filter_map(move |shingle| {
        if is_sampled(shingle, known) {
            weight = weights.of(name(shingle));
        }
        is_sampled(shingle, at).then_some((name(shingle).max(1), weight))
    })
}
