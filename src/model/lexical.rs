//! What the words of short blocks say: hashed words and pairs of words, each with a learned weight. `training/lexical.py` is the other side.

use std::ops::Range;

use crate::page::Page;

/// Blocks with more words get no score.
const SHORT: usize = 14;
const OFFSETS: [isize; 5] = [-3, -2, -1, 1, 2];
const NEAR: usize = 10;
const WIDE: usize = 20;

/// Names of the columns that [`add_windows`] fills.
pub(super) const COLUMNS: [&str; 10] =
    ["words", "words@-3", "words@-2", "words@-1", "words@1", "words@2", "words-10", "words+10", "least_words-20", "least_words+20"];

/// The score of each block in `blocks`: below zero where its words are those of debris.
pub(super) fn scores(page: &Page, blocks: Range<usize>, weights: &[f32]) -> Vec<f32> {
    blocks.map(|index| score(page.words(index), weights)).collect()
}

fn score(words: &[u32], weights: &[f32]) -> f32 {
    if words.len() > SHORT || weights.is_empty() {
        return 0.0;
    }
    let weight = |hash: u32| weights[hash as usize % weights.len()];
    let pairs = words.windows(2).map(|pair| weight(pair[0].wrapping_mul(31).wrapping_add(pair[1])));
    words.iter().map(|&word| weight(word)).chain(pairs).sum()
}

/// Fills `row` for block `at`: its score, its neighbours', the sums over the blocks before and after, the least of them.
pub(super) fn add_windows(scores: &[f32], at: usize, row: &mut [f32]) {
    row[0] = scores[at];
    for (column, offset) in OFFSETS.into_iter().enumerate() {
        row[1 + column] = at.checked_add_signed(offset).and_then(|n| scores.get(n)).copied().unwrap_or(0.0);
    }
    let before = &scores[at.saturating_sub(WIDE)..at];
    let after = &scores[at + 1..(at + 1 + WIDE).min(scores.len())];
    row[6] = before[before.len().saturating_sub(NEAR)..].iter().sum();
    row[7] = after[..after.len().min(NEAR)].iter().sum();
    let least = |scores: &[f32]| scores.iter().copied().reduce(f32::min).unwrap_or(0.0);
    row[8] = least(before);
    row[9] = least(after);
}
