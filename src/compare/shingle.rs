//! Shingles: all runs of eight letters of a text, overlapping (Broder 1997, there of words).
//!
//! Eight letters span a word and a half: long enough that unrelated texts share few of the rarer ones, short enough that with
//! one letter in sixteen misread more than half of them survive. A run of eight bytes is a number already; spreading its bits makes it a hash.

/// Letters (bytes of [`NormalizedText`](crate::NormalizedText)) in a shingle.
pub(crate) const WIDTH: usize = 8;

/// The hashes of the shingles of `letters`, in order; none where there are fewer letters than [`WIDTH`].
pub(crate) fn shingles(letters: &[u8]) -> impl Iterator<Item = u64> + '_ {
    letters.array_windows::<WIDTH>().map(|window| spread(u64::from_le_bytes(*window)))
}

/// Letters of a phrase, some four words.
pub(crate) const PHRASE: usize = 20;

/// The hash of the phrase that begins with a shingle, if the text goes on so far.
pub(crate) fn phrase(letters: &[u8], at: usize, shingle: u64) -> Option<u64> {
    let rest = letters.get(at + WIDTH..at + PHRASE)?;
    let [next, last] =
        [rest.first_chunk()?, rest.last_chunk()?].map(|run| u64::from_le_bytes(*run));
    Some(spread(spread(shingle.rotate_left(21) ^ next).rotate_left(21) ^ last))
}

/// A hash of which every bit depends on all bits: the folded multiplication of wyhash (Wang Yi 2019).
fn spread(shingle: u64) -> u64 {
    let product =
        u128::from(shingle ^ 0xa076_1d64_78bd_642f) * u128::from(0xe703_7ed1_a0b4_28db_u64);
    (product >> 64) as u64 ^ product as u64
}
