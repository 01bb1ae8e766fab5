//! What a shingle weighs: little where many texts hold it, as boilerplate and set phrases do (the idea of inverse document
//! frequency, Spärck Jones 1972).

use rustc_hash::FxHashMap;

/// The weights of the shingles that stand in many texts; all others weigh 1.
#[derive(Debug)]
pub(crate) struct Weights {
    common: FxHashMap<u32, f32>,
    few: usize,
}

impl Weights {
    /// None yet; shingles in up to `few` texts will weigh fully.
    pub(super) fn new(few: usize) -> Self {
        Self { common: FxHashMap::default(), few }
    }

    /// Notes that a shingle stands in so many different texts.
    pub(super) fn note(&mut self, shingle: u32, texts: usize) {
        if texts > self.few {
            self.common.insert(shingle, self.of_common(texts));
        }
    }

    /// The weight of a shingle that stands in so many different texts, above 0 and up to 1.
    pub(super) fn of_common(&self, texts: usize) -> f32 {
        if texts > self.few { (self.few as f32 / texts as f32).sqrt() } else { 1.0 }
    }

    /// The weight of a shingle, above 0 and up to 1.
    pub(super) fn of(&self, shingle: u32) -> f32 {
        self.common.get(&shingle).copied().unwrap_or(1.0)
    }
}
