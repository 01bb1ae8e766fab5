//! A part of the index that is written once and never changed: articles, and which of them hold a name.
//!
//! One after the other: what is kept of each article; where each begins; the articles that hold each name, in buckets of some fifty; where
//! each bucket begins; and the numbers of articles in older parts whose place another has taken. What is looked up is read from the file.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};

use xxhash_rust::xxh3::Xxh3Default;

use crate::compare::index::bits::{BitReader, bits_of};
use crate::guard::look;

/// Bits of a name: with fewer, chance would make texts of many millions meet.
pub(super) const NAME: u32 = 40;
/// Articles under one name that are kept; one of so many proposes none.
pub(super) const MOST_HOLDERS: usize = 64;
/// Bytes of a place in a part.
pub(super) const PLACE: u64 = 5;
/// Postings of a bucket, on average.
const BUCKET: u64 = 48;
/// The longest stretch that is read at once; longer ones are damage.
const LONGEST: u64 = 1 << 24;

/// Bytes that are read at once where a part is read from its start to its end.
const READ_AT_ONCE: u64 = 1 << 20;

/// Where a part stands and what it holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) at: u64,
    /// Numbers of its articles: from this one on,
    pub(super) first: u64,
    /// up to this one, which is not in it.
    pub(super) end: u64,
    /// How many of the numbers are articles; the others were replaced.
    pub(super) articles: u64,
    /// Pairs of a name and an article that were expected when it was written: these decide on the buckets.
    pub(super) postings: u64,
    /// Bytes of what is kept of the articles.
    pub(super) records: u64,
    /// Bytes of the buckets.
    pub(super) lists: u64,
    /// How many older articles it says are replaced.
    pub(super) removed: u64,
    /// A hash of all its bytes.
    pub(super) sum: u64,
}

impl Segment {
    /// Numbers that tell of a part.
    pub(super) const FIELDS: usize = 9;

    pub(super) fn fields(&self) -> [u64; Self::FIELDS] {
        let Self { at, first, end, articles, postings, records, lists, removed, sum } = *self;
        [at, first, end, articles, postings, records, lists, removed, sum]
    }

    pub(super) fn from_fields(fields: [u64; Self::FIELDS]) -> Self {
        let [at, first, end, articles, postings, records, lists, removed, sum] = fields;
        Self { at, first, end, articles, postings, records, lists, removed, sum }
    }

    pub(super) fn buckets(&self) -> u64 {
        self.postings / BUCKET + 1
    }

    pub(super) fn places_at(&self) -> u64 {
        self.at + self.records
    }

    pub(super) fn lists_at(&self) -> u64 {
        self.places_at() + PLACE * (self.end - self.first + 1)
    }

    pub(super) fn buckets_at(&self) -> u64 {
        self.lists_at() + self.lists
    }

    pub(super) fn removed_at(&self) -> u64 {
        self.buckets_at() + PLACE * (self.buckets() + 1)
    }

    /// Bytes of the whole part.
    pub(super) fn len(&self) -> u64 {
        self.removed_at() + 8 * self.removed - self.at
    }

    /// Whether it stands within a file of so many bytes, behind those before `start`, whatever its numbers are.
    pub(super) fn is_within(&self, start: u64, bytes: u64) -> bool {
        let Self { at, first, end, records, lists, removed, .. } = *self;
        let numbers = end.checked_sub(first).is_some_and(|numbers| numbers <= bytes);
        let is_small =
            [at, records, lists, removed, self.postings / BUCKET].iter().all(|&n| n <= bytes);
        // None of them is larger than a file can be, so that their sum is a number.
        numbers && is_small && bytes < 1 << 56 && at >= start && at + self.len() <= bytes
    }

    /// Whether its bytes are those that were written.
    pub(super) fn is_whole(&self, file: &File) -> Result<bool> {
        let mut hash = Xxh3Default::new();
        let mut bytes = vec![0; READ_AT_ONCE.min(self.len()) as usize];
        let (mut at, end) = (self.at, self.at + self.len());
        while at < end {
            look();
            let part = &mut bytes[..READ_AT_ONCE.min(end - at) as usize];
            read_at(file, at, part)?;
            hash.update(part);
            at += part.len() as u64;
        }
        Ok(hash.digest() == self.sum)
    }

    /// The bucket of a name.
    pub(super) fn bucket_of(&self, name: u64) -> u64 {
        ((u128::from(name) * u128::from(self.buckets())) >> NAME) as u64
    }

    /// The lowest name of a bucket.
    pub(super) fn lowest_of(&self, bucket: u64) -> u64 {
        (u128::from(bucket) << NAME).div_ceil(u128::from(self.buckets())) as u64
    }

    /// Bits by which a name differs from the one before, but for a few.
    pub(super) fn gap_bits(&self) -> u32 {
        NAME.saturating_sub(bits_of(self.postings + 1))
    }

    /// Bits of a number in this part.
    pub(super) fn number_bits(&self) -> u32 {
        bits_of(self.end - self.first)
    }

    /// What is kept of an article of this part; empty where it was replaced.
    pub(super) fn record(&self, file: &File, number: u64) -> Result<Vec<u8>> {
        let [from, to] = places(file, self.places_at(), number - self.first)?;
        read(file, self.at + from, to.checked_sub(from).ok_or_else(damaged)?)
    }

    /// Adds the numbers of the articles that hold a name.
    pub(super) fn holders(&self, file: &File, name: u64, into: &mut Vec<u64>) -> Result<()> {
        let bucket = self.bucket_of(name);
        let [from, to] = places(file, self.buckets_at(), bucket)?;
        let bytes = read(file, self.lists_at() + from, to.checked_sub(from).ok_or_else(damaged)?)?;
        let same = self.postings_of(bucket, &bytes).skip_while(|&(other, _)| other < name);
        into.extend(same.take_while(|&(other, _)| other == name).map(|(_, number)| number));
        Ok(())
    }

    /// The names of a bucket with their articles, ascending.
    pub(super) fn postings_of<'b>(
        &self,
        bucket: u64,
        bytes: &'b [u8],
    ) -> impl Iterator<Item = (u64, u64)> + use<'b> {
        let (mut bits, mut name) = (BitReader::new(bytes), self.lowest_of(bucket));
        let (gap, number, first) = (self.gap_bits(), self.number_bits(), self.first);
        let count = bits.read_rice(COUNT).unwrap_or(0);
        (0..count).map_while(move |_| {
            name = name.checked_add(bits.read_rice(gap)?)?;
            Some((name, first + bits.read(number)?))
        })
    }

    /// The older articles that are replaced by those of this part, ascending.
    pub(super) fn removed(&self, file: &File) -> Result<Vec<u64>> {
        let mut bytes = vec![0; 8 * self.removed as usize];
        read_at(file, self.removed_at(), &mut bytes)?;
        Ok(bytes.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number)).collect())
    }

    /// Whether an older article has been replaced by one of this part.
    pub(super) fn has_removed(&self, file: &File, number: u64) -> Result<bool> {
        let (mut from, mut to) = (0, self.removed);
        while from < to {
            let middle = from.midpoint(to);
            let mut bytes = [0; 8];
            read_at(file, self.removed_at() + 8 * middle, &mut bytes)?;
            match u64::from_le_bytes(bytes) {
                found if found == number => return Ok(true),
                found if found < number => from = middle + 1,
                _ => to = middle,
            }
        }
        Ok(false)
    }
}

/// Bits of the number of postings of a bucket, but for a few.
pub(super) const COUNT: u32 = 6;

/// The place at an ordinal, and the next one.
fn places(file: &File, at: u64, ordinal: u64) -> Result<[u64; 2]> {
    let mut bytes = [0; 2 * PLACE as usize];
    read_at(file, at + PLACE * ordinal, &mut bytes)?;
    let (places, _) = bytes.as_chunks::<{ PLACE as usize }>();
    Ok([place(places[0]), place(places[1])])
}

/// A place from its bytes.
pub(super) fn place(bytes: [u8; PLACE as usize]) -> u64 {
    let mut whole = [0; 8];
    whole[..bytes.len()].copy_from_slice(&bytes);
    u64::from_le_bytes(whole)
}

fn read(file: &File, at: u64, len: u64) -> Result<Vec<u8>> {
    if len > LONGEST {
        return Err(damaged());
    }
    let mut bytes = vec![0; len as usize];
    read_at(file, at, &mut bytes)?;
    Ok(bytes)
}

/// Reads what stands at a place of a file.
pub(super) fn read_at(mut file: &File, at: u64, into: &mut [u8]) -> Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(into)
}

/// What is said of such a file.
pub(super) const DAMAGED: &str =
    "is damaged; write it anew with `dechaff index rebuild`, or delete it and begin a new one";

/// What a file is that does not hold what it says.
pub(super) fn damaged() -> Error {
    Error::new(ErrorKind::InvalidData, DAMAGED)
}
