//! What a shingle weighs: little where many texts hold it, as boilerplate and set phrases do (the idea of inverse document
//! frequency, Spärck Jones 1972).

use rustc_hash::FxHashMap;

/// As many texts as a story is often copied; a shingle in no more texts than this weighs fully.
const FEW: usize = 8;

/// The weight of a shingle that stands in so many different texts, above 0 and up to 1.
pub(super) fn weight(texts: usize) -> f32 {
    if texts > FEW { (FEW as f32 / texts as f32).sqrt() } else { 1.0 }
}

/// The weights of the shingles that stand in many texts; all others weigh 1.
#[derive(Debug, Default)]
pub(super) struct Weights {
    common: FxHashMap<u32, f32>,
}

impl Weights {
    /// Notes that a shingle stands in so many different texts.
    pub(super) fn note(&mut self, shingle: u32, texts: usize) {
        if texts > FEW {
            self.common.insert(shingle, weight(texts));
        }
    }

    /// The weight of a shingle, above 0 and up to 1.
    pub(super) fn of(&self, shingle: u32) -> f32 {
        self.common.get(&shingle).copied().unwrap_or(1.0)
    }
}
