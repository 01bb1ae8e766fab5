//! Shingles: all runs of eight letters of a text, overlapping (Broder 1997, there of words).
//!
//! Eight letters span a word and a half: long enough that unrelated texts share few of the rarer ones, short enough that with
//! one letter in sixteen misread more than half of them survive. A run of eight bytes is a number already; spreading its bits makes it a hash.

/// Letters (bytes of [`Letters`](super::Letters)) in a shingle.
pub const WIDTH: usize = 8;

/// The hashes of the shingles of `letters`, in order; none where there are fewer letters than [`WIDTH`].
pub fn shingles(letters: &[u8]) -> impl Iterator<Item = u64> + '_ {
    letters.array_windows::<WIDTH>().map(|window| spread(u64::from_le_bytes(*window)))
}

/// A bijection of 64-bit numbers under which every bit depends on all bits (Steele, Lea and Flood 2014, constants of Stafford).
fn spread(shingle: u64) -> u64 {
    let x = (shingle ^ shingle >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}
