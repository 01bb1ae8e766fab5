//! What a shingle weighs: little where many texts hold it, as boilerplate and set phrases do (the idea of inverse document
//! frequency, Spärck Jones 1972).

use rustc_hash::FxHashMap;

/// What no more texts than this hold is not noted: a passage and its copies.
const NOTED: usize = 3;

/// The weights of the shingles that stand in many texts; all others weigh 1.
#[derive(Debug)]
pub(crate) struct Weights {
    /// How many texts hold a shingle, where it is more than [`NOTED`].
    texts: FxHashMap<u32, u32>,
    few: usize,
}

impl Weights {
    /// None yet; shingles in up to `few` texts will weigh fully.
    pub(super) fn new(few: usize) -> Self {
        Self { texts: FxHashMap::default(), few }
    }

    /// Notes that a shingle stands in so many different texts.
    pub(super) fn note(&mut self, shingle: u32, texts: usize) {
        if texts > NOTED {
            self.texts.insert(shingle, u32::try_from(texts).unwrap_or(u32::MAX));
        }
    }

    /// The weight of a shingle that stands in so many different texts, above 0 and up to 1.
    pub(super) fn of_common(&self, texts: usize) -> f32 {
        if texts > self.few { (self.few as f32 / texts as f32).sqrt() } else { 1.0 }
    }

    /// The ratio of `few` texts to those that hold a shingle, up to 1.
    pub(super) fn beyond(&self, shingle: u32, few: f32) -> f32 {
        self.texts.get(&shingle).map_or(1.0, |&texts| (few / texts as f32).min(1.0))
    }
}
