//! Fingerprints: what of a text is enough to propose the texts that it may be a copy of.

use crate::compare::shingle::{phrase, shingles};
use crate::text::letters::NormalizedText;

/// A sampled shingle whose hash has none of these bits shows the phrase that it begins, too: one in four. They do not decide on sampling.
const NO_PHRASE: u64 = 3 << 9;
/// The bit of a name that tells phrases from shingles; it decides on sampling in texts of half a thousand million letters alone.
const PHRASE: u64 = 1 << 23;

/// Shingles are sampled so that fewer than this many are expected in a text.
pub(super) const SAMPLE: usize = 64;

/// The hash of a text, and a sample of its shingles: those whose hash is divisible by a power of two that grows with the length
/// (modulo sketches: Broder 1997; FracMinHash: Irber et al. 2022). Unlike the samples of MinHash these show a short text within a long one.
/// One in four of them shows the phrase that it begins, too: twenty letters, which few texts have in common by chance however many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    pub(crate) exact: u128,
    pub(super) letters: u32,
    pub(super) sample: Vec<u64>,
}

impl Fingerprint {
    /// The fingerprint of a text whose letters were read.
    #[must_use]
    pub fn new(letters: &NormalizedText) -> Self {
        let bytes = letters.bytes();
        let level = level(bytes.len());
        let mut sample = Vec::with_capacity(2 * SAMPLE);
        for (at, shingle) in shingles(bytes).enumerate() {
            if is_sampled(shingle, level) {
                sample.push(name(shingle));
                sample.extend(phrase_at(bytes, at, shingle));
            }
        }
        Self {
            exact: letters.hash(),
            letters: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            sample,
        }
    }

    /// The hash that all texts with the same letters have (128 bit, xxh3).
    #[must_use]
    pub fn exact(&self) -> u128 {
        self.exact
    }

    /// How many letters the text has.
    #[must_use]
    pub fn letters(&self) -> u32 {
        self.letters
    }

    /// The names of its sampled shingles, in the order of the text, each before the phrase that it begins if that is sampled; what stands in it twice is named
    /// twice.
    #[must_use]
    pub fn sample(&self) -> &[u64] {
        &self.sample
    }
}

/// One in two to the power of this many shingles is sampled in a text of so many letters.
pub(super) fn level(letters: usize) -> u32 {
    (letters / SAMPLE).checked_ilog2().map_or(0, |log| log + 1)
}

/// Whether a shingle is sampled at this level; what is sampled at a level is so at all lower levels.
pub(super) fn is_sampled(shingle: u64, level: u32) -> bool {
    (shingle >> 32) & ((1 << level) - 1) == 0
}

/// The name of a shingle in tables: all of its hash, so that no chance makes texts meet. The half that does not decide on sampling comes first,
/// so names of texts of any length are spread alike.
pub(super) fn name(shingle: u64) -> u64 {
    shingle.rotate_left(32) & !PHRASE
}

/// The name of the phrase that a sampled shingle begins, if it is sampled too.
pub(super) fn phrase_at(letters: &[u8], at: usize, shingle: u64) -> Option<u64> {
    let phrase = if shingle & NO_PHRASE == 0 { phrase(letters, at, shingle) } else { None };
    phrase.map(|phrase| phrase | PHRASE)
}

/// Whether a name is that of a phrase.
pub(super) fn is_phrase(name: u64) -> bool {
    name & PHRASE != 0
}
