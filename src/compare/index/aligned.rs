//! A text next to the digest of another: what of the text stands nowhere in the other, told by which of its shingles the other has.
//!
//! A digest holds a sample of shingles and takes a few of all others for its own, up to one in sixteen. So the text is first parted into stretches
//! that the other has and stretches that it has not, by what is more likely (Viterbi 1967). Within the former, a letter that differs takes
//! eight shingles with it: what lies between two that are there is the text's own, but for the seven that reach over its edges.

use std::ops::Range;

use crate::compare::gap::{join, whole_number};
use crate::compare::index::digest::{Digest, keys};
use crate::compare::shingle::WIDTH;
use crate::text::letters::NormalizedText;

/// What it costs, in bits of surprise, to see a shingle, and to see none, in a stretch that the other text has.
const IN_SHARED: [f32; 2] = [0.5, 1.7];
/// What it costs to pass from one kind of stretch to the other, and how much more where more shingles are sampled.
const PASSING: [f32; 2] = [4.0, 14.0];
/// Letters of a misreading, at most.
const MISREAD: usize = 2;
/// Shingles in a row that are no chance, where all are sampled; where few are, one is enough.
const IN_A_ROW: f32 = 2.0;

/// All shingles of a text.
#[derive(Debug)]
pub(super) struct Probe<'t> {
    pub(super) letters: &'t NormalizedText,
    keys: Vec<u64>,
}

/// What two texts do not share.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Aligned {
    /// The letters of the text that stand nowhere in the other.
    pub(super) own: Vec<Range<usize>>,
    /// How many letters of the other stand nowhere in the text.
    pub(super) of_other: f32,
    /// Shingles of the text that would be sampled in the other,
    pub(super) sampled: usize,
    /// and those of them that it has.
    pub(super) seen: usize,
}

/// A sampled shingle of the text.
#[derive(Debug, Clone, Copy)]
struct Sample {
    at: usize,
    key: u64,
    /// Whether the other text has it.
    is_there: bool,
}

impl<'t> Probe<'t> {
    pub(super) fn new(letters: &'t NormalizedText) -> Self {
        Self { letters, keys: keys(letters) }
    }

    /// Aligns the text with another; None where the digest is damaged or too little is sampled.
    pub(super) fn align(&self, other: &Digest) -> Option<Aligned> {
        let (rate, filter) = (other.rate(), other.filter()?);
        let sample = |(at, &key): (usize, &u64)| {
            rate.takes(key).then(|| Sample { at, key, is_there: filter.has(key) })
        };
        let mut samples: Vec<Sample> = self.keys.iter().enumerate().filter_map(sample).collect();
        if samples.is_empty() {
            return None;
        }
        settle(&mut samples, rate.share(), filter.chance());
        drop_runs(&mut samples, (IN_A_ROW * rate.share()).max(1.0) as usize);
        let mut aligned = Aligned::default();
        let mut missing_at_edges = 0.0;
        let mut before: Option<usize> = None;
        let mut absent: Option<(usize, usize)> = None;
        for sample in &samples {
            if !sample.is_there {
                absent = Some((absent.map_or(sample.at, |(first, _)| first), sample.at));
                continue;
            }
            if let Some(absent) = absent.take() {
                missing_at_edges += self.part(before, absent, Some(sample.at), &mut aligned.own);
            }
            before = Some(sample.at);
        }
        if let Some(absent) = absent {
            missing_at_edges += self.part(before, absent, None, &mut aligned.own);
        }
        join(&mut aligned.own);
        aligned.sampled = samples.len();
        aligned.seen = samples.iter().filter(|sample| sample.is_there).count();
        let mut there: Vec<u64> = samples.iter().filter(|s| s.is_there).map(|s| s.key).collect();
        there.sort_unstable();
        there.dedup();
        let missing = (other.keys as f32 - there.len() as f32).max(0.0) / rate.share();
        aligned.own.retain(|own| !own.is_empty());
        aligned.of_other = (missing - missing_at_edges).max(0.0);
        Some(aligned)
    }

    /// What of a stretch without shingles that the other text has is own: between the shingles at `before` and `after`, which it has, where
    /// those from `absent.0` to `absent.1` are missing. Gives the shingles that the other text misses for nothing that is its own.
    fn part(
        &self,
        before: Option<usize>,
        absent: (usize, usize),
        after: Option<usize>,
        own: &mut Vec<Range<usize>>,
    ) -> f32 {
        let letters = self.letters.bytes();
        // Between two sampled shingles the stretch may begin anywhere: half way on average.
        let start = before.map_or(0, |before| (before + 1 + absent.0) / 2 + WIDTH - 1);
        let end = after.map_or(letters.len(), |after| (absent.1 + after - 1).div_ceil(2) + 1);
        let open = before.map_or(0, |before| before + WIDTH)..after.unwrap_or(letters.len());
        let is_inner = before.is_some() && after.is_some();
        let at_edges = if is_inner { (WIDTH - 1) as f32 } else { 0.0 };
        if end > start + MISREAD || !is_inner {
            own.push(whole_number(letters, start.min(end)..end));
            return at_edges;
        }
        // Another number is no misreading.
        let digits = |at: &usize| letters[*at].is_ascii_digit();
        if let Some(first) = open.clone().find(digits) {
            own.push(whole_number(letters, first..open.rev().find(digits).unwrap_or(first) + 1));
            return at_edges;
        }
        at_edges + end.saturating_sub(start) as f32
    }
}

/// Takes what lies in stretches that the other text has not for absent, though some by `chance` seems to be there.
fn settle(samples: &mut [Sample], rate: f32, chance: f32) {
    let passing = PASSING[0] + PASSING[1] * rate;
    let in_own = [-chance.log2(), -(1.0 - chance).log2()];
    let mut costs = [0.0f32; 2];
    let mut from: Vec<[bool; 2]> = Vec::with_capacity(samples.len());
    for sample in samples.iter() {
        let seen = usize::from(!sample.is_there);
        let [shared, own] = costs;
        from.push([own + passing < shared, shared + passing >= own]);
        costs =
            [shared.min(own + passing) + IN_SHARED[seen], own.min(shared + passing) + in_own[seen]];
    }
    let mut is_own = costs[1] < costs[0];
    for (sample, from) in samples.iter_mut().zip(from).rev() {
        sample.is_there &= !is_own;
        is_own = from[usize::from(is_own)];
    }
}

/// Takes fewer than `least` shingles in a row that seem to be there for chance.
fn drop_runs(samples: &mut [Sample], least: usize) {
    for run in samples.chunk_by_mut(|a, b| a.is_there == b.is_there) {
        let is_chance = run.len() < least;
        run.iter_mut().for_each(|sample| sample.is_there &= !is_chance);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUAY: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall. Crews from three towns had worked through both weekends.";
    const MILL: &str = "The paper mill at Tarn Bridge has hired forty people for a second shift, the first new hands it has taken on in eleven years.";

    fn read(text: &str) -> NormalizedText {
        let mut letters = NormalizedText::default();
        letters.read_with_quotes(text);
        letters
    }

    /// What of `text` stands nowhere in `other`, and how many letters of that stand nowhere in `text`.
    fn own(text: &str, other: &str) -> (Vec<String>, f32) {
        let (letters, digest) = (read(text), Digest::new("", None, other.len(), &read(other)));
        let Aligned { own, of_other, .. } = Probe::new(&letters).align(&digest).unwrap();
        let words =
            own.into_iter().map(|own| String::from_utf8_lossy(&letters.bytes()[own]).into());
        (words.collect(), of_other)
    }

    #[test]
    fn a_misread_letter_is_no_loss_and_another_word_or_number_is() {
        assert_eq!(own(QUAY, QUAY), (vec![], 0.0));
        assert_eq!(own(&QUAY.replace("railings", "railinqs"), QUAY), (vec![], 0.0));
        let scanned = QUAY.replace('o', "0").replace('l', "1").replace("ha", "ba");
        assert_eq!(own(&scanned, QUAY), (vec![], 0.0));
        let twelve = QUAY.replace("three towns", "12 villages");
        assert_eq!(own(&twelve, QUAY).0, ["12village"]);
        let [one, other] =
            [1931, 1934].map(|year| QUAY.replace("Monday", &format!("1 May {year}")));
        assert_eq!(own(&one, &other).0, ["1931"]);
    }

    #[test]
    fn what_only_the_other_text_has_is_counted() {
        let both = format!("{QUAY} {MILL}");
        let mill = read(MILL).bytes().len() as f32;
        let (own_of_quay, missing) = own(QUAY, &both);
        assert_eq!(own_of_quay, [""; 0]);
        assert!((missing - mill).abs() < 8.0, "{missing} of {mill}");
        let (own_of_both, missing) = own(&both, QUAY);
        assert_eq!((own_of_both.len(), missing), (1, 0.0));
        assert!(own_of_both[0].contains("papermillattarnbridge"));
    }

    #[test]
    fn of_another_text_nothing_is_there() {
        let (own, missing) = own(MILL, QUAY);
        assert_eq!(own.concat().len(), read(MILL).bytes().len());
        assert!(missing > 0.9 * read(QUAY).bytes().len() as f32, "{missing}");
    }
}
