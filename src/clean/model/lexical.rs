//! What the words of a block say: hashed words, each with learned weights. `training/lexical.py` is the other side.
//!
//! Three weights for each word: in a short block for text against debris, in a short block for the end of the text (words such as stand
//! over comments and lists of other stories), and in a long block for text against debris (comments and teasers are running text too).

use std::ops::Range;

use crate::clean::model::dates::SOME_TEXT;
use crate::clean::model::range::{Column, TEXT, bound};
use crate::page::Page;

/// Words of the longest short block. In these pairs of words count too.
const SHORT: usize = 14;
/// Words of a long block that count.
const LONG: usize = 40;
const OFFSETS: [isize; 5] = [-3, -2, -1, 1, 2];
const NEAR: usize = 10;
const WIDE: usize = 20;
/// Blocks over which the scores of long blocks are averaged.
const REACHES: [usize; 2] = [8, 30];
/// How far the line that most looks like an end is told, in blocks.
const FAR: f32 = 60.0;

/// The greatest score of one block, and the greatest sum over several, for or against.
const ONE: f32 = 16.0;
const MANY: f32 = 64.0;

/// The columns that [`Words::fill`] fills.
pub(super) const COLUMNS: [Column; 22] = [
    Column::between("keep", -ONE, ONE),
    Column::between("keep@-3", -ONE, ONE),
    Column::between("keep@-2", -ONE, ONE),
    Column::between("keep@-1", -ONE, ONE),
    Column::between("keep@1", -ONE, ONE),
    Column::between("keep@2", -ONE, ONE),
    Column::between("keep-10", -MANY, MANY),
    Column::between("keep+10", -MANY, MANY),
    Column::between("least_keep-20", -ONE, ONE),
    Column::between("least_keep+20", -ONE, ONE),
    Column::between("end", -ONE, ONE),
    Column::to("end_best-", ONE),
    Column::to("to_end_best", FAR),
    Column::to("end_sum-", MANY),
    Column::to("end_chars", TEXT),
    Column::to("end_best+", ONE),
    Column::to("end_sum+", MANY),
    Column::between("long", -ONE, ONE),
    Column::between("long-8", -ONE, ONE),
    Column::between("long+8", -ONE, ONE),
    Column::between("long-30", -ONE, ONE),
    Column::between("long+30", -ONE, ONE),
];
/// Where the columns of the end and those of long blocks begin.
const ENDS: usize = 10;
const LONGS: usize = 17;

/// The scores of the blocks of an article.
#[derive(Debug)]
pub(super) struct Words {
    own: Vec<f32>,
    /// The columns of the end, of each block.
    ends: Vec<[f32; LONGS - ENDS]>,
    long: Vec<f32>,
    /// Sums over the long blocks before each: their scores, how many.
    sums: Vec<(f32, f32)>,
}

impl Words {
    /// Scores `blocks` by the model's weights: three tables of one size. `text_before` has the characters of text before each block.
    pub(super) fn new(
        page: &Page,
        blocks: Range<usize>,
        weights: &[f32],
        text_before: &[f32],
    ) -> Words {
        let (keep, rest) = weights.split_at(weights.len() / 3);
        let (end, long) = rest.split_at(rest.len() / 2);
        let own = blocks.clone().map(|index| score(page.words(index), keep)).collect();
        let end: Vec<f32> = blocks.clone().map(|index| score(page.words(index), end)).collect();
        let long: Vec<f32> = blocks.map(|index| long_score(page.words(index), long)).collect();
        let mut sum = (0.0, 0.0);
        let mut sums = Vec::with_capacity(long.len() + 1);
        sums.push(sum);
        for &score in &long {
            sum = (sum.0 + score, sum.1 + f32::from(u8::from(score != 0.0)));
            sums.push(sum);
        }
        Words { own, ends: ends(&end, text_before), long, sums }
    }

    /// Fills `row` for block `at`.
    pub(super) fn fill(&self, at: usize, row: &mut [f32]) {
        let scores = &self.own;
        row[0] = scores[at];
        for (column, offset) in OFFSETS.into_iter().enumerate() {
            row[1 + column] =
                at.checked_add_signed(offset).and_then(|n| scores.get(n)).copied().unwrap_or(0.0);
        }
        let before = &scores[at.saturating_sub(WIDE)..at];
        let after = &scores[at + 1..(at + 1 + WIDE).min(scores.len())];
        row[6] = before[before.len().saturating_sub(NEAR)..].iter().sum();
        row[7] = after[..after.len().min(NEAR)].iter().sum();
        let least = |scores: &[f32]| scores.iter().copied().reduce(f32::min).unwrap_or(0.0);
        row[8] = least(before);
        row[9] = least(after);
        row[ENDS..LONGS].copy_from_slice(&self.ends[at]);
        row[LONGS] = self.long[at];
        for (reach, columns) in REACHES.into_iter().zip(row[LONGS + 1..].chunks_exact_mut(2)) {
            columns[0] = self.mean(at.saturating_sub(reach), at + 1);
            columns[1] = self.mean(at, (at + reach + 1).min(scores.len()));
        }
        bound(&COLUMNS, row);
    }

    fn mean(&self, from: usize, to: usize) -> f32 {
        (self.sums[to].0 - self.sums[from].0) / (self.sums[to].1 - self.sums[from].1).max(1.0)
    }
}

/// The score of a short block: below zero where its words are those of debris, or above zero where they are those of an end.
fn score(words: &[u32], weights: &[f32]) -> f32 {
    if words.len() > SHORT || weights.is_empty() {
        return 0.0;
    }
    let weight = |hash: u32| weights[hash as usize % weights.len()];
    let pairs = words.windows(2).map(|pair| weight(pair[0].wrapping_mul(31).wrapping_add(pair[1])));
    words.iter().map(|&word| weight(word)).chain(pairs).sum()
}

/// The score of a long block, by its first words.
fn long_score(words: &[u32], weights: &[f32]) -> f32 {
    if words.len() <= SHORT || weights.is_empty() {
        return 0.0;
    }
    let words = &words[..words.len().min(LONG)];
    words.iter().map(|&word| weights[word as usize % weights.len()]).sum::<f32>()
        / (words.len() as f32).sqrt()
}

/// Where the text may have ended, for each block: its score, the best up to it and how far that is, the sum up to it, the characters of
/// text since the best, and the best and the sum after it. Only what stands after some text counts.
fn ends(scores: &[f32], text_before: &[f32]) -> Vec<[f32; LONGS - ENDS]> {
    let counted = |at: usize| if text_before[at] > SOME_TEXT { scores[at].max(0.0) } else { 0.0 };
    let total: f32 = (0..scores.len()).map(counted).sum();
    let mut rows = vec![[0.0; LONGS - ENDS]; scores.len()];
    let (mut best, mut distance, mut sum, mut text) = (0.0, FAR, 0.0, 0.0);
    for (at, row) in rows.iter_mut().enumerate() {
        let score = counted(at);
        if score > 0.0 && score >= best {
            (best, distance, text) = (score, 0.0, text_before[at]);
        }
        sum += score;
        *row = [
            scores[at],
            best,
            distance,
            sum,
            (1.0 + text_before[at] - text).ln(),
            0.0,
            total - sum,
        ];
        distance = (distance + 1.0).min(FAR);
    }
    let mut best = 0.0;
    for (at, row) in rows.iter_mut().enumerate().rev() {
        row[5] = best;
        best = counted(at).max(best);
    }
    rows
}
