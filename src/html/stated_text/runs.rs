//! Runs of words, by which two texts are compared.

use rustc_hash::FxHashSet;

use crate::text::fold;
use crate::text::words::hash_words;

/// Words in a row that are looked for.
pub(crate) const RUN: usize = 4;

/// The runs of words of a text.
pub(crate) type Runs = FxHashSet<u64>;

pub(in crate::html) fn words_of(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    hash_words(&fold(text), &mut words);
    words
}

/// The runs of words, hashed.
pub(in crate::html) fn runs_of(words: &[u32]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN).map(|run| {
        run.iter().fold(0, |hash: u64, &word| {
            (hash.rotate_left(17) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}

/// The part of `words` that stands in a run among `runs`, 0 to 1.
pub(in crate::html) fn part_in(runs: &Runs, words: &[u32]) -> f64 {
    let mut covered = 0;
    let mut end = 0;
    for (at, run) in runs_of(words).enumerate() {
        if runs.contains(&run) {
            covered += at + RUN - end.max(at);
            end = at + RUN;
        }
    }
    covered as f64 / words.len().max(1) as f64
}
