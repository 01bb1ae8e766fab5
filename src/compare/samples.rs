//! The sampled shingles of many texts, in parts by their names, so that each part can be sorted and given back by itself.

use crate::compare::grow::grow;

/// How many parts there are: few shingles are in memory twice where one after the other is sorted.
const PARTS: u32 = 16;

/// The samples of texts. Texts are numbered in the order in which they come.
#[derive(Debug)]
pub(super) struct Samples {
    parts: Vec<Part>,
}

/// The shingles whose names begin with the same bits.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Those of one text after those of the other.
    names: Vec<u64>,
    /// How many each text has. Of 32 to 64 in all no text has so many in one part that they could not be counted here.
    counts: Vec<u8>,
}

impl Default for Samples {
    fn default() -> Self {
        Self { parts: (0..PARTS).map(|_| Part::default()).collect() }
    }
}

impl Samples {
    /// Adds the sample of the next text, each shingle once.
    pub(super) fn push(&mut self, sample: &[u64]) {
        for part in &mut self.parts {
            grow(&mut part.counts, 1);
            part.counts.push(0);
        }
        for &name in sample {
            self.parts[(name >> (u64::BITS - PARTS.ilog2())) as usize].push(name);
        }
    }

    /// The parts in the order of names.
    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.parts.into_iter()
    }
}

impl Part {
    fn push(&mut self, name: u64) {
        let Some(count) = self.counts.last_mut().filter(|count| **count < u8::MAX) else { return };
        if !self.names[self.names.len() - usize::from(*count)..].contains(&name) {
            *count += 1;
            grow(&mut self.names, 1);
            self.names.push(name);
        }
    }

    /// How many shingles there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The shingles of each text.
    pub(super) fn texts(&self) -> impl Iterator<Item = &[u64]> {
        let mut rest = self.names.as_slice();
        self.counts.iter().map(move |&count| rest.split_off(..count.into()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_each_shingle_of_a_text_once_and_follow_each_other() {
        let mut samples = Samples::default();
        let high = u64::MAX - 7;
        [&[high, 3, 3, 9][..], &[], &[3]].iter().for_each(|sample| samples.push(sample));
        let parts: Vec<Vec<Vec<u64>>> = samples
            .into_parts()
            .filter(|part| part.len() > 0)
            .map(|part| part.texts().map(<[u64]>::to_vec).collect())
            .collect();
        assert_eq!(parts, [[vec![3, 9], vec![], vec![3]], [vec![high], vec![], vec![]]]);
    }
}
