//! Which texts hold which sampled shingles: from a shingle to its texts, and from a text to its shingles.

use std::borrow::Cow;

use crate::compare::grow::grow;
use crate::compare::rarity::{CLASSES, rarity};
use crate::compare::samples::Samples;
use crate::compare::tables::Tables;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;

/// A sampled shingle, and below it the rank of a text that holds it, in one number that sorts by both.
type Posting = u128;

fn posting(shingle: u64, text: u32) -> Posting {
    u128::from(shingle) << u32::BITS | u128::from(text)
}

fn shingle_of(posting: Posting) -> u64 {
    (posting >> u32::BITS) as u64
}

/// The texts that hold each sampled shingle of several texts. Texts are named by their rank, shingles by their number here.
#[derive(Debug)]
pub(super) struct PostingLists {
    /// The texts of one shingle after those of the other, ascending.
    texts: Vec<u32>,
    /// Where in `texts` each shingle begins; at last the end.
    shingles: Vec<u64>,
    weights: Weights,
}

impl PostingLists {
    /// Those of texts of which the samples are given, and the rank of each that counts.
    pub(super) fn new(samples: Samples, ranks: &[Option<u32>], few_texts: usize) -> Self {
        let mut holders =
            Self { texts: Vec::new(), shingles: vec![0], weights: Weights::new(few_texts) };
        let mut postings = Vec::new();
        for part in samples.into_parts() {
            postings.clear();
            postings.reserve_exact(part.len());
            for (&rank, sample) in ranks.iter().zip(part.texts()) {
                let Some(rank) = rank else { continue };
                postings.extend(sample.iter().map(|&shingle| posting(shingle, rank)));
            }
            drop(part);
            postings.sort_unstable();
            postings
                .chunk_by(|&a, &b| shingle_of(a) == shingle_of(b))
                .filter(|same| same.len() > 1)
                .for_each(|same| holders.add(same));
        }
        holders
    }

    /// Adds a shingle by its postings. Beyond 2^32 shared shingles the others propose nothing, and weigh nothing less.
    fn add(&mut self, postings: &[Posting]) {
        if u32::try_from(self.shingles.len()).is_err() {
            return;
        }
        grow(&mut self.texts, postings.len());
        self.texts.extend(postings.iter().map(|&posting| posting as u32));
        grow(&mut self.shingles, 1);
        self.shingles.push(self.texts.len() as u64);
        self.weights.note(shingle_of(postings[0]), postings.len());
    }
}

/// Where the texts of a shingle begin, and how many there are.
type Place = (u64, u32);

/// Which texts hold which shingles, and which shingles a text holds that others hold too. The lower the number of a shingle the rarer it is.
#[derive(Debug)]
pub(super) struct ShingleIndex<'t> {
    /// How many letters each text has.
    letters: &'t [u32],
    holders: PostingLists,
    places: Vec<Place>,
    /// The shingles of each text, ascending.
    held: Vec<u32>,
    /// Where in `held` each text begins; at last the end.
    texts: Vec<u64>,
    discounts: Vec<f32>,
}

impl<'t> ShingleIndex<'t> {
    /// From the holders among texts of so many letters each.
    pub(super) fn new(mut holders: PostingLists, letters: &'t [u32]) -> Self {
        let texts = letters.len();
        let mut begin = vec![0u64; texts + 2];
        holders.texts.iter().for_each(|&text| begin[text as usize + 2] += 1);
        (0..texts).for_each(|text| begin[text + 2] += begin[text + 1]);
        let places = by_rarity(&std::mem::take(&mut holders.shingles));
        let (mut held, mut discounts) = (vec![0; holders.texts.len()], vec![0.0; texts]);
        for (shingle, &(from, count)) in places.iter().enumerate() {
            let discount = 1.0 - holders.weights.of_common(count as usize);
            for &text in &holders.texts[from as usize..][..count as usize] {
                discounts[text as usize] += discount;
                let next = &mut begin[text as usize + 1];
                held[*next as usize] = shingle as u32;
                *next += 1;
            }
        }
        Self { letters, holders, places, held, texts: begin, discounts }
    }

    /// What the shingles weigh, when nothing else is needed any more.
    pub(super) fn into_weights(self) -> Weights {
        self.holders.weights
    }

    /// What the shingles weigh.
    pub(super) fn weights(&self) -> &Weights {
        &self.holders.weights
    }
}

impl Tables for ShingleIndex<'_> {
    type Text = u32;
    type Shingle = u32;

    fn letters(&self, text: u32) -> u32 {
        self.letters[text as usize]
    }

    fn held(&self, text: u32) -> Cow<'_, [u32]> {
        let [from, to] = [text, text + 1].map(|text| self.texts[text as usize] as usize);
        Cow::Borrowed(&self.held[from..to])
    }

    fn texts(&self, shingle: u32) -> usize {
        self.places[shingle as usize].1 as usize
    }

    fn longest(&self, shingle: u32) -> Cow<'_, [u32]> {
        let (from, count) = self.places[shingle as usize];
        Cow::Borrowed(&self.holders.texts[from as usize..][..count as usize])
    }

    fn discount(&self, text: u32, _: &Thresholds) -> f32 {
        self.discounts[text as usize]
    }
}

/// The places of shingles, of which it is given where each begins, by their rarity.
fn by_rarity(shingles: &[u64]) -> Vec<Place> {
    let rarity = |[from, to]: [u64; 2]| rarity((to - from) as usize);
    let mut next = [0; CLASSES + 1];
    shingles.array_windows().for_each(|&place| next[rarity(place) + 1] += 1);
    (0..CLASSES).for_each(|rarity| next[rarity + 1] += next[rarity]);
    let mut places = vec![(0, 0); shingles.len() - 1];
    for &[from, to] in shingles.array_windows() {
        let next = &mut next[rarity([from, to])];
        places[*next] = (from, (to - from) as u32);
        *next += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::propose::{Shared, shared};

    fn lists(texts: &[&[u64]]) -> PostingLists {
        let mut samples = Samples::default();
        texts.iter().for_each(|text| samples.push(text));
        let ranks: Vec<_> = (0..texts.len() as u32).map(Some).collect();
        PostingLists::new(samples, &ranks, 8)
    }

    #[test]
    fn shingles_of_one_text_alone_are_left_out() {
        let [a, b, c, alone] = [7, 1 << 40, u64::MAX, 99];
        let letters = [100; 4];
        let postings =
            ShingleIndex::new(lists(&[&[c, a, a, b], &[alone, alone], &[b, c], &[c]]), &letters);
        assert_eq!([0, 1].map(|shingle| postings.longest(shingle)), [&[0, 2][..], &[0, 2, 3]]);
        assert_eq!([0, 1, 3].map(|text| postings.held(text)), [&[0, 1][..], &[][..], &[1][..]]);
        assert_eq!(
            [(0, 2), (2, 3), (0, 1)].map(|(a, b)| shared(&postings, a, b, 8).shingles),
            [2, 1, 0]
        );
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let letters = [100; 32];
        let postings = ShingleIndex::new(lists(&[&[7][..]; 32]), &letters);
        assert_eq!(
            (postings.weights().beyond(7, 8.0), postings.weights().beyond(8, 8.0)),
            (0.25, 1.0)
        );
        assert_eq!(
            (shared(&postings, 0, 1, 8), postings.discount(0, &Thresholds::default())),
            (Shared { shingles: 1, weight: 0.5 }, 0.5)
        );
    }
}
