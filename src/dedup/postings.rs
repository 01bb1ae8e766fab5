//! Which texts hold which sampled shingles: from a shingle to its texts, and from a text to its shingles.

use rayon::prelude::*;

use super::weight::Weights;

/// Shingles that are sorted together, about.
const SORTED_TOGETHER: usize = 32;

/// The sampled shingles that several texts hold. Texts are named by their rank, shingles by their number here.
#[derive(Debug)]
pub(super) struct Postings {
    /// A shingle and the rank of a text that holds it, in one number that sorts by shingle.
    postings: Vec<u64>,
    /// Where in `postings` each shingle begins; at last the end.
    shingles: Vec<u32>,
    /// The shingles of each text, ascending.
    held: Vec<u32>,
    /// Where in `held` each text begins; at last the end.
    texts: Vec<u32>,
}

impl Postings {
    /// From what [`postings`] gave for so many texts.
    pub(super) fn new(mut postings: Vec<u64>, texts: usize) -> Self {
        postings.dedup();
        let is_same = |a: &u64, b: &u64| a >> 32 == b >> 32;
        let (mut shingles, mut kept) = (vec![0], 0);
        let mut at = 0;
        while at < postings.len() {
            let len = postings[at..].iter().take_while(|posting| is_same(posting, &postings[at])).count();
            if len > 1 {
                postings.copy_within(at..at + len, kept);
                kept += len;
                shingles.push(u32::try_from(kept).expect("fewer than 2^32 shared shingles"));
            }
            at += len;
        }
        postings.truncate(kept);
        postings.shrink_to_fit();
        let mut begin = vec![0u32; texts + 1];
        postings.iter().for_each(|&posting| begin[posting as u32 as usize + 1] += 1);
        (0..texts).for_each(|text| begin[text + 1] += begin[text]);
        let (mut next, mut held) = (begin.clone(), vec![0; kept]);
        for (shingle, bounds) in shingles.array_windows().enumerate() {
            let [from, to] = bounds.map(|at| at as usize);
            for &posting in &postings[from..to] {
                let next = &mut next[posting as u32 as usize];
                held[*next as usize] = shingle as u32;
                *next += 1;
            }
        }
        Self { postings, shingles, held, texts: begin }
    }

    /// The texts that hold a shingle, at least two, the longest first.
    pub(super) fn texts(&self, shingle: u32) -> impl ExactSizeIterator<Item = u32> + '_ {
        let [from, to] = [shingle, shingle + 1].map(|shingle| self.shingles[shingle as usize] as usize);
        self.postings[from..to].iter().map(|&posting| posting as u32)
    }

    /// The shingles that a text holds and others too, ascending.
    pub(super) fn held(&self, text: u32) -> &[u32] {
        let [from, to] = [text, text + 1].map(|text| self.texts[text as usize] as usize);
        &self.held[from..to]
    }

    /// How many shingles two texts share.
    pub(super) fn shared(&self, a: u32, b: u32) -> usize {
        let (a, b) = (self.held(a), self.held(b));
        let (mut at_a, mut at_b, mut shared) = (0, 0, 0);
        while at_a < a.len() && at_b < b.len() {
            let (of_a, of_b) = (a[at_a], b[at_b]);
            shared += usize::from(of_a == of_b);
            at_a += usize::from(of_a <= of_b);
            at_b += usize::from(of_b <= of_a);
        }
        shared
    }

    /// What the shingles weigh.
    pub(super) fn weights(&self) -> Weights {
        let mut weights = Weights::default();
        for bounds in self.shingles.array_windows() {
            let [from, to] = bounds.map(|at| at as usize);
            weights.note((self.postings[from] >> 32) as u32, to - from);
        }
        weights
    }
}

/// The postings, sorted, of texts whose samples are given by rank, without most of the shingles that stand in one text alone.
pub(super) fn postings<'s>(samples: &(impl Iterator<Item = &'s [u32]> + Clone)) -> Vec<u64> {
    let seen = Seen::new(samples.clone());
    let shared = || samples.clone().enumerate().flat_map(|(rank, sample)| sample.iter().filter(|&&shingle| seen.again(shingle)).map(move |&s| (s, rank)));
    let all = shared().count();
    let bits = (all / SORTED_TOGETHER).max(2).ilog2().min(20);
    let part = |shingle: u32| (shingle >> (32 - bits)) as usize;
    let mut ends = vec![0; 1 << bits];
    shared().for_each(|(shingle, _)| ends[part(shingle)] += 1);
    let mut parts: Vec<usize> = Vec::with_capacity(ends.len());
    let mut from = 0;
    for end in &mut ends {
        parts.push(*end);
        from += std::mem::replace(end, from);
    }
    let mut postings = vec![0; all];
    for (shingle, rank) in shared() {
        let end = &mut ends[part(shingle)];
        postings[*end] = u64::from(shingle) << 32 | rank as u64;
        *end += 1;
    }
    let mut rest = &mut postings[..];
    let parts: Vec<&mut [u64]> = parts.into_iter().filter_map(|len| rest.split_off_mut(..len)).collect();
    parts.into_par_iter().for_each(<[u64]>::sort_unstable);
    postings
}

/// Which shingles were seen more than once, with some others (Bloom 1970): a shingle that is alone need not be sorted.
struct Seen {
    again: Vec<u64>,
    bits: u32,
}

impl Seen {
    fn new<'s>(samples: impl Iterator<Item = &'s [u32]> + Clone) -> Self {
        let all: usize = samples.clone().map(<[u32]>::len).sum();
        let bits = (8 * all).max(64).ilog2().min(32);
        let mut once = vec![0u64; 1 << (bits - 6)];
        let mut seen = Self { again: once.clone(), bits };
        for &shingle in samples.flatten() {
            let (word, bit) = seen.place(shingle);
            seen.again[word] |= once[word] & bit;
            once[word] |= bit;
        }
        seen
    }

    fn again(&self, shingle: u32) -> bool {
        let (word, bit) = self.place(shingle);
        self.again[word] & bit != 0
    }

    fn place(&self, shingle: u32) -> (usize, u64) {
        let place = shingle >> (32 - self.bits);
        ((place >> 6) as usize, 1 << (place & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held_by(samples: &[&[u32]]) -> Postings {
        Postings::new(postings(&samples.iter().copied()), samples.len())
    }

    #[test]
    fn shingles_of_one_text_alone_are_left_out() {
        let [a, b, c, alone] = [7, 1 << 20, u32::MAX, 99];
        let postings = held_by(&[&[c, a, a, b], &[alone], &[b, c], &[c]]);
        assert_eq!([0, 1].map(|shingle| postings.texts(shingle).collect::<Vec<_>>()), [vec![0, 2], vec![0, 2, 3]]);
        assert_eq!((postings.held(0), postings.held(1), postings.held(3)), (&[0, 1][..], &[][..], &[1][..]));
        assert_eq!((postings.shared(0, 2), postings.shared(2, 3), postings.shared(0, 1)), (2, 1, 0));
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let weights = held_by(&[&[7][..]; 32]).weights();
        assert_eq!((weights.of(7), weights.of(8)), (0.5, 1.0));
    }
}
