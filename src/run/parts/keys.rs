//! What passes between parts: rows of bytes that sort as what they say does. Texts, documents and shingles go by keys, never by numbers of one process.

use crate::compare::fingerprint::Fingerprint;
use crate::compare::rarity::HeldShingle;
use crate::compare::samples::nth_of;
use crate::error::{Error, Result};

/// The folder in the output where parts leave what others need.
pub(crate) const WORK: &str = ".dechaff.parts";

/// Bytes of a [`Rank`].
pub(crate) const RANK: usize = 20;

/// A text: its letters, the most first, then their hash. Texts sort by it, and equal texts have one.
pub(crate) type Rank = [u8; RANK];

pub(crate) fn rank_of(fingerprint: &Fingerprint) -> Rank {
    let mut rank = [0; RANK];
    rank[..4].copy_from_slice(&(!fingerprint.letters()).to_be_bytes());
    rank[4..].copy_from_slice(&fingerprint.exact().to_be_bytes());
    rank
}

/// How many letters a text has.
pub(crate) fn letters_of(rank: &Rank) -> u32 {
    !rank.first_chunk().map_or(0, |letters| u32::from_be_bytes(*letters))
}

/// The hash of a text.
pub(crate) fn exact_of(rank: &Rank) -> u128 {
    rank.last_chunk().map_or(0, |exact| u128::from_be_bytes(*exact))
}

/// Which of so many parts a text belongs to.
pub(crate) fn part_of_text(rank: &Rank, parts: usize) -> usize {
    nth_of((exact_of(rank) >> u64::BITS) as u64, parts)
}

/// Bytes of a [`Doc`].
const DOC: usize = 20;

/// A document: the number of its file, and where it stands in what the part that read that file keeps. Documents sort as they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Doc {
    pub(crate) source: u32,
    pub(crate) at: u64,
    pub(crate) len: u64,
}

impl Doc {
    /// Bytes of one.
    pub(crate) const BYTES: usize = DOC;

    pub(crate) fn to_bytes(self) -> [u8; DOC] {
        let mut bytes = [0; DOC];
        bytes[..4].copy_from_slice(&self.source.to_be_bytes());
        bytes[4..12].copy_from_slice(&self.at.to_be_bytes());
        bytes[12..].copy_from_slice(&self.len.to_be_bytes());
        bytes
    }

    /// Takes one off a row.
    pub(crate) fn take(row: &mut &[u8]) -> Result<Self> {
        let source = u32::from_be_bytes(take(row)?);
        Ok(Self { source, at: take_number(row)?, len: take_number(row)? })
    }

    /// All that a row holds.
    pub(crate) fn all(mut row: &[u8]) -> Result<Vec<Self>> {
        let mut all = Vec::with_capacity(row.len() / DOC);
        while !row.is_empty() {
            all.push(Self::take(&mut row)?);
        }
        Ok(all)
    }
}

/// Takes bytes off the start of a row.
pub(crate) fn take<const N: usize>(row: &mut &[u8]) -> Result<[u8; N]> {
    let (first, rest) = row.split_first_chunk().ok_or_else(damaged)?;
    *row = rest;
    Ok(*first)
}

pub(crate) fn take_number(row: &mut &[u8]) -> Result<u64> {
    take(row).map(u64::from_be_bytes)
}

/// All texts that a row holds.
pub(crate) fn ranks_of(row: &[u8]) -> Vec<Rank> {
    row.as_chunks().0.to_vec()
}

/// Adds a shingle that a text holds to a row.
pub(crate) fn add_shingle(row: &mut Vec<u8>, shingle: HeldShingle) {
    row.extend(shingle.name.to_be_bytes());
    row.extend(u32::try_from(shingle.texts).unwrap_or(u32::MAX).to_be_bytes());
}

/// Takes a shingle off a row.
pub(crate) fn take_shingle(row: &mut &[u8]) -> Result<HeldShingle> {
    let name = take_number(row)?;
    Ok(HeldShingle { name, texts: u32::from_be_bytes(take(row)?) as usize })
}

/// A row that cannot have been written.
pub(crate) fn damaged() -> Error {
    Error::damaged(WORK)
}
