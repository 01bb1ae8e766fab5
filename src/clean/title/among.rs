//! What the candidates for a headline are among each other.

use std::cmp::Ordering;

use crate::clean::model::range::Column;

/// Candidates from which on more of them say nothing more.
const SOME: f32 = 150.0;
/// Bytes of the shortest folded text that is looked for in another.
const COMPARED: usize = 12;

/// Words from which on a candidate has the length of a headline.
const FULL: u32 = 4;
/// Candidates that each is compared with one by one.
const LOOKED_AT: usize = 60;

/// The features of a candidate among the others.
pub(super) const COLUMNS: [Column; 11] = [
    Column::to("candidates", SOME),
    Column::to("candidates_above", SOME),
    Column::to("candidates_below", SOME),
    Column::to("uses_rank", SOME),
    Column::share("uses_behind"),
    Column::to("words_rank", SOME),
    Column::share("begins_another"),
    Column::share("ends_another"),
    Column::share("holds_another"),
    Column::to("better_above", SOME),
    Column::to("better_below", SOME),
];

/// What of a candidate is compared with that of others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Compared<'a> {
    /// Its first block.
    pub(super) block: usize,
    /// Its folded text.
    pub(super) folded: &'a str,
    /// The share of its words that the text uses often, 0 to 1.
    pub(super) uses: f32,
    /// Its words.
    pub(super) words: u32,
}

/// The features of each candidate among the others; `text` is the block at which the text begins.
pub(super) fn among(candidates: &[Compared], text: usize) -> Vec<[f32; COLUMNS.len()]> {
    let above_text = candidates.partition_point(|candidate| candidate.block < text);
    let best = candidates.iter().map(|candidate| candidate.uses).fold(0.0, f32::max);
    let uses = ranks(candidates, |a, b| b.uses.total_cmp(&a.uses));
    let words = ranks(candidates, |a, b| b.words.cmp(&a.words));
    let forwards = parts(candidates, |a, b| a.cmp(b), |long, part| long.starts_with(part));
    let backwards = |a: &str, b: &str| a.bytes().rev().cmp(b.bytes().rev());
    let backwards = parts(candidates, backwards, |long, part| long.ends_with(part));
    let row = |(at, candidate): (usize, &Compared)| {
        [
            candidates.len() as f32,
            at as f32,
            above_text.saturating_sub(at + 1) as f32,
            uses[at] as f32,
            best - candidate.uses,
            words[at] as f32,
            forwards[at].share,
            backwards[at].share,
            forwards[at].holds.max(backwards[at].holds),
            better(&candidates[..at], candidate) as f32,
            better(&candidates[at + 1..], candidate) as f32,
        ]
    };
    candidates.iter().enumerate().map(row).collect()
}

/// How many of `others` are other texts, as long, with as large a share of words that the text uses.
fn better(others: &[Compared], candidate: &Compared) -> usize {
    let is_better = |other: &&Compared| {
        other.uses >= candidate.uses
            && other.words.min(FULL) >= candidate.words.min(FULL)
            && other.folded != candidate.folded
    };
    others.iter().take(LOOKED_AT).filter(is_better).count()
}

/// How many candidates come before each in an order; of equals none does.
fn ranks(candidates: &[Compared], order: impl Fn(&Compared, &Compared) -> Ordering) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..candidates.len()).collect();
    sorted.sort_by(|&a, &b| order(&candidates[a], &candidates[b]));
    let mut ranks = vec![0; candidates.len()];
    let mut rank = 0;
    for (place, pair) in sorted.windows(2).enumerate() {
        if order(&candidates[pair[0]], &candidates[pair[1]]) != Ordering::Equal {
            rank = place + 1;
        }
        ranks[pair[1]] = rank;
    }
    ranks
}

/// How far a candidate is a part of another, and holds one.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    /// The part that it is of the shortest longer one, 0 to 1; 0 where it is of none.
    share: f32,
    /// The part of it that the longest shorter one is.
    holds: f32,
}

/// Which candidates are parts of others at their one end. In `order` those with a part in common there stand side by side.
fn parts(
    candidates: &[Compared],
    order: impl Fn(&str, &str) -> Ordering,
    is_part: impl Fn(&str, &str) -> bool,
) -> Vec<Part> {
    let folded = |at: usize| candidates[at].folded;
    let mut sorted: Vec<usize> = (0..candidates.len()).collect();
    sorted.sort_by(|&a, &b| order(folded(a), folded(b)));
    let mut parts = vec![Part::default(); candidates.len()];
    let same: Vec<&[usize]> = sorted.chunk_by(|&a, &b| folded(a) == folded(b)).collect();
    for pair in same.windows(2) {
        let (part, long) = (folded(pair[0][0]), folded(pair[1][0]));
        if part.len() >= COMPARED && is_part(long, part) {
            let share = part.len() as f32 / long.len() as f32;
            pair[0].iter().for_each(|&at| parts[at].share = share);
            pair[1].iter().for_each(|&at| parts[at].holds = share);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feature of candidates, each with its folded text and the share of its words that the text uses; the text begins at block 2.
    fn column(name: &str, candidates: &[(&str, f32)]) -> Vec<f32> {
        let words = |folded: &str| folded.split(' ').count() as u32;
        let compared =
            |(block, &(folded, uses))| Compared { block, folded, uses, words: words(folded) };
        let compared: Vec<Compared> = candidates.iter().enumerate().map(compared).collect();
        let at = COLUMNS.iter().position(|column| column.name == name).unwrap();
        among(&compared, 2).iter().map(|row| row[at]).collect()
    }

    #[test]
    fn a_line_that_another_begins_or_ends_with_is_a_part_of_it() {
        let lines =
            [("ferry in port", 0.0), ("ferry in port again", 0.0), ("our ferry in port", 0.0)];
        assert_eq!(column("begins_another", &lines), [13.0 / 19.0, 0.0, 0.0]);
        assert_eq!(column("ends_another", &lines), [13.0 / 17.0, 0.0, 0.0]);
        assert_eq!(column("holds_another", &lines), [0.0, 13.0 / 19.0, 13.0 / 17.0]);
    }

    #[test]
    fn short_lines_are_parts_of_none() {
        assert_eq!(column("begins_another", &[("ferry", 0.0), ("ferry in port", 0.0)]), [0.0, 0.0]);
    }

    #[test]
    fn candidates_are_ranked_by_the_words_that_the_text_uses() {
        let lines = [("one", 0.2), ("two", 0.9), ("three", 0.9)];
        assert_eq!(column("uses_rank", &lines), [2.0, 0.0, 0.0]);
        assert_eq!(column("uses_behind", &lines), [0.9 - 0.2, 0.0, 0.0]);
        assert_eq!(column("better_below", &lines), [2.0, 1.0, 0.0]);
        assert_eq!(column("candidates_below", &lines), [1.0, 0.0, 0.0]);
    }
}
