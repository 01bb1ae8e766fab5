//! What may come out of a dump, counted over all its layers and archives against the size of the outermost file: a few kilobytes that hold a
//! zip within a zip, or gzip within gzip, end like any other input that unpacks to far more than text does.

use std::io::{Read, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::error::Unreadable;
use crate::read::limits::Limits;

/// Bytes of the outermost file for each record, failure and member, where they are many. Without a compression none takes less.
const BYTES_OF_A_PIECE: u64 = 2;

/// The budget of a dump.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    /// Bytes of the outermost file, as far as they are known.
    packed: AtomicU64,
    /// Bytes that came out of compressions, each counted by itself.
    unpacked: AtomicU64,
    /// Records, failures and members.
    pieces: AtomicU64,
}

impl Budget {
    /// The budget of a file of so many bytes, or of a stream whose bytes are counted as they come.
    pub(super) fn new(limits: Limits, packed: u64) -> Self {
        let [packed, unpacked, pieces] = [packed, 0, 0].map(AtomicU64::new);
        Self { limits, packed, unpacked, pieces }
    }

    /// Counts bytes that come out of a compression.
    ///
    /// # Errors
    /// Where they are too many.
    pub(super) fn unpack(&self, bytes: u64) -> Result<()> {
        self.unpacked.fetch_add(bytes, Relaxed);
        self.check().map_err(std::io::Error::other)
    }

    /// Counts records, failures or members.
    ///
    /// # Errors
    /// Where they are too many.
    pub(super) fn pieces(&self, pieces: u64) -> std::result::Result<(), Unreadable> {
        self.pieces.fetch_add(pieces, Relaxed);
        self.check()
    }

    /// Whether more came out than may.
    pub(super) fn is_spent(&self) -> bool {
        self.check().is_err()
    }

    /// # Errors
    /// Where more came out than may.
    fn check(&self) -> std::result::Result<(), Unreadable> {
        let [packed, unpacked, pieces] =
            [&self.packed, &self.unpacked, &self.pieces].map(|count| count.load(Relaxed));
        let Limits { unpacked: harmless, ratio, members, .. } = self.limits;
        if unpacked > harmless && unpacked > packed.saturating_mul(ratio) {
            Err(Unreadable::Bomb { ratio, harmless })
        } else if pieces > members && pieces > packed / BYTES_OF_A_PIECE {
            Err(Unreadable::TooManyMembers { limit: members })
        } else {
            Ok(())
        }
    }
}

/// What is read within a budget: each item is a piece. Where more came out than may, that is the last item, in the place of the one that it broke.
pub(super) struct Within<I, F> {
    pub(super) budget: Arc<Budget>,
    pub(super) items: Option<I>,
    /// Makes an item of the reason why there are no more.
    pub(super) refused: F,
}

impl<I: Iterator, F: FnMut(Unreadable) -> I::Item> Iterator for Within<I, F> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.as_mut()?.next();
        let pieces = u64::from(item.is_some());
        match self.budget.pieces(pieces) {
            Ok(()) => item,
            Err(reason) => {
                self.items = None;
                Some((self.refused)(reason))
            }
        }
    }
}

/// The outermost bytes of a dump whose size is not known before it is read.
pub(super) struct Stream<R> {
    pub(super) inner: R,
    pub(super) budget: Arc<Budget>,
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(out)?;
        self.budget.packed.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// What comes out of a compression.
pub(super) struct Unpacked<R> {
    pub(super) inner: R,
    pub(super) budget: Arc<Budget>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(out)?;
        self.budget.unpack(read as u64)?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(packed: u64) -> Budget {
        Budget::new(Limits { unpacked: 1000, ratio: 10, members: 5, ..Limits::default() }, packed)
    }

    #[test]
    fn what_is_small_or_hardly_packed_is_no_bomb() {
        let (small, large) = (budget(1), budget(200));
        assert!(small.unpack(1000).is_ok() && small.unpack(1).is_err() && small.unpack(0).is_err());
        assert!(large.unpack(2000).is_ok() && large.unpack(1).is_err());
    }

    #[test]
    fn many_pieces_need_bytes() {
        let (small, large) = (budget(1), budget(20));
        assert!(small.pieces(5).is_ok() && small.pieces(1).is_err());
        assert!(large.pieces(10).is_ok() && large.pieces(1).is_err());
    }

    #[test]
    fn the_last_item_says_why_there_are_no_more() {
        let stream = Within {
            budget: Arc::new(budget(0)),
            items: Some(0..),
            refused: |reason| panic!("{reason}"),
        };
        assert_eq!(stream.take(5).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
        let stream =
            Within { budget: Arc::new(budget(0)), items: Some(0..), refused: |_| i32::MAX };
        assert_eq!(stream.collect::<Vec<_>>(), [0, 1, 2, 3, 4, i32::MAX]);
    }
}
