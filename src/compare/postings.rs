//! Which texts hold which sampled shingles: from a shingle to its texts, and from a text to its shingles.

use crate::compare::grow::grow;
use crate::compare::weight::Weights;

/// The shingles are sorted in so many parts, one after the other, so that few of them are in memory twice.
const PARTS: u32 = 8;
/// A shingle in no more texts than this is rare.
pub(super) const RARE: usize = 16;
/// Shingles are numbered by how many texts hold them: those with up to the first of these, then those with up to the next.
const RARITIES: [usize; 7] = [2, 3, 5, 8, RARE, 64, usize::MAX];

/// The texts that hold each sampled shingle of several texts. Texts are named by their rank, shingles by their number here.
#[derive(Debug)]
pub(super) struct PostingLists {
    /// The texts of one shingle after those of the other, ascending.
    texts: Vec<u32>,
    /// Where in `texts` each shingle begins; at last the end.
    shingles: Vec<u32>,
    weights: Weights,
}

impl PostingLists {
    /// Those of texts of which rank and sample are given, in any order.
    pub(super) fn new<'s>(
        samples: &(impl Iterator<Item = (u32, &'s [u32])> + Clone),
        few_texts: usize,
    ) -> Self {
        let mut holders =
            Self { texts: Vec::new(), shingles: vec![0], weights: Weights::new(few_texts) };
        let mut postings = Vec::new();
        for part in 0..PARTS {
            postings_of(part, samples.clone(), &mut postings);
            postings.sort_unstable();
            postings.dedup();
            postings
                .chunk_by(|a, b| a >> 32 == b >> 32)
                .filter(|same| same.len() > 1)
                .for_each(|same| holders.add(same));
        }
        holders
    }

    /// Adds a shingle by its postings.
    fn add(&mut self, postings: &[u64]) {
        grow(&mut self.texts, postings.len());
        self.texts.extend(postings.iter().map(|&posting| posting as u32));
        grow(&mut self.shingles, 1);
        self.shingles
            .push(u32::try_from(self.texts.len()).expect("fewer than 2^32 shared shingles"));
        self.weights.note((postings[0] >> 32) as u32, postings.len());
    }
}

/// Puts the postings of one part of all shingles into `postings`: a shingle and the rank of a text that holds it, in one number that sorts by shingle.
fn postings_of<'s>(
    part: u32,
    samples: impl Iterator<Item = (u32, &'s [u32])>,
    postings: &mut Vec<u64>,
) {
    let mut len = 0;
    for (rank, sample) in samples {
        if postings.len() < len + sample.len() {
            grow(postings, len + sample.len() - postings.len());
            postings.resize(postings.capacity(), 0);
        }
        for &shingle in sample {
            // Written always and kept sometimes, as a branch here would cost more.
            postings[len] = u64::from(shingle) << 32 | u64::from(rank);
            len += usize::from(shingle >> (32 - PARTS.ilog2()) == part);
        }
    }
    postings.truncate(len);
}

/// What two texts share of their samples.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shared {
    /// How many shingles.
    pub(super) shingles: usize,
    /// What these weigh.
    pub(super) weight: f32,
}

/// Which texts hold which shingles, and which shingles a text holds that others hold too. The lower the number of a shingle the rarer it is.
#[derive(Debug)]
pub(super) struct ShingleIndex {
    holders: PostingLists,
    /// Where the texts of each shingle begin and end.
    places: Vec<[u32; 2]>,
    /// The shingles of each text, ascending.
    held: Vec<u32>,
    /// Where in `held` each text begins; at last the end.
    texts: Vec<u32>,
    discounts: Vec<f32>,
}

impl ShingleIndex {
    /// From the holders among so many texts.
    pub(super) fn new(holders: PostingLists, texts: usize) -> Self {
        let mut begin = vec![0u32; texts + 2];
        holders.texts.iter().for_each(|&text| begin[text as usize + 2] += 1);
        (0..texts).for_each(|text| begin[text + 2] += begin[text + 1]);
        let places = by_rarity(&holders.shingles);
        let (mut held, mut discounts) = (vec![0; holders.texts.len()], vec![0.0; texts]);
        for (shingle, [from, to]) in
            places.iter().map(|place| place.map(|at| at as usize)).enumerate()
        {
            let discount = 1.0 - holders.weights.of_common(to - from);
            for &text in &holders.texts[from..to] {
                discounts[text as usize] += discount;
                let next = &mut begin[text as usize + 1];
                held[*next as usize] = shingle as u32;
                *next += 1;
            }
        }
        Self { holders, places, held, texts: begin, discounts }
    }

    /// The texts that hold a shingle, at least two, the longest first.
    pub(super) fn texts(&self, shingle: u32) -> &[u32] {
        let [from, to] = self.places[shingle as usize].map(|at| at as usize);
        &self.holders.texts[from..to]
    }

    /// The shingles that a text holds and others too, ascending.
    pub(super) fn held(&self, text: u32) -> &[u32] {
        let [from, to] = [text, text + 1].map(|text| self.texts[text as usize] as usize);
        &self.held[from..to]
    }

    /// What two texts share.
    pub(super) fn shared(&self, a: u32, b: u32) -> Shared {
        let (a, b) = (self.held(a), self.held(b));
        let (mut at_a, mut at_b, mut shared) = (0, 0, Shared::default());
        while at_a < a.len() && at_b < b.len() {
            let (of_a, of_b) = (a[at_a], b[at_b]);
            if of_a == of_b {
                shared.shingles += 1;
                shared.weight += self.weight(of_a);
            }
            at_a += usize::from(of_a <= of_b);
            at_b += usize::from(of_b <= of_a);
        }
        shared
    }

    /// By how much less the shingles of a text weigh, for being common, than their number.
    pub(super) fn discount(&self, text: u32) -> f32 {
        self.discounts[text as usize]
    }

    fn weight(&self, shingle: u32) -> f32 {
        self.weights().of_common(self.texts(shingle).len())
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

/// The places of shingles, of which it is given where each begins, by their rarity.
fn by_rarity(shingles: &[u32]) -> Vec<[u32; 2]> {
    let rarity =
        |[from, to]: [u32; 2]| RARITIES.partition_point(|&most| most < (to - from) as usize);
    let mut next = [0; RARITIES.len() + 1];
    shingles.array_windows().for_each(|&place| next[rarity(place) + 1] += 1);
    (0..RARITIES.len()).for_each(|rarity| next[rarity + 1] += next[rarity]);
    let mut places = vec![[0; 2]; shingles.len() - 1];
    for &place in shingles.array_windows() {
        let next = &mut next[rarity(place)];
        places[*next] = place;
        *next += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_by(samples: &[&[u32]]) -> ShingleIndex {
        ShingleIndex::new(PostingLists::new(&(0..).zip(samples.iter().copied()), 8), samples.len())
    }

    #[test]
    fn shingles_of_one_text_alone_are_left_out() {
        let [a, b, c, alone] = [7, 1 << 20, u32::MAX, 99];
        let postings = held_by(&[&[c, a, a, b], &[alone, alone], &[b, c], &[c]]);
        assert_eq!([0, 1].map(|shingle| postings.texts(shingle)), [&[0, 2][..], &[0, 2, 3]]);
        assert_eq!(
            (postings.held(0), postings.held(1), postings.held(3)),
            (&[0, 1][..], &[][..], &[1][..])
        );
        assert_eq!(
            [(0, 2), (2, 3), (0, 1)].map(|(a, b)| postings.shared(a, b).shingles),
            [2, 1, 0]
        );
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let postings = held_by(&[&[7][..]; 32]);
        assert_eq!(
            (postings.weights().beyond(7, 8.0), postings.weights().beyond(8, 8.0)),
            (0.25, 1.0)
        );
        assert_eq!(
            (postings.shared(0, 1), postings.discount(0)),
            (Shared { shingles: 1, weight: 0.5 }, 0.5)
        );
    }
}
