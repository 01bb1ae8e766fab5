//! Pieces of bytes, one behind the other, each found by where it stands.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::spill::file::SpillFile;
use crate::spill::room::Room;

/// Bytes that are written together.
const BUFFER: usize = 1 << 18;

/// Bytes that are added at the end and read anywhere.
#[derive(Debug)]
pub(crate) struct Store {
    room: Room,
    /// Where the first bytes are, if not in memory.
    file: Option<SpillFile>,
    /// Those behind them.
    held: Vec<u8>,
    /// What went wrong where nobody could be told.
    fault: Mutex<Option<Error>>,
}

impl Store {
    pub(crate) fn new(room: &Room) -> Self {
        Self { room: room.clone(), file: None, held: Vec::new(), fault: Mutex::default() }
    }

    pub(crate) fn len(&self) -> u64 {
        self.in_file() + self.held.len() as u64
    }

    fn in_file(&self) -> u64 {
        self.file.as_ref().map_or(0, SpillFile::len)
    }

    /// Adds a piece, in two halves: what is added by one call is read by one.
    pub(crate) fn push(&mut self, piece: &[u8], rest: &[u8]) -> Result<()> {
        let bytes = piece.len() + rest.len();
        if self.held.capacity() - self.held.len() < bytes {
            self.make_room(bytes)?;
        }
        self.held.extend_from_slice(piece);
        self.held.extend_from_slice(rest);
        Ok(())
    }

    /// Makes room for a piece, in steps of an eighth: doubling would leave up to half of the memory unused.
    fn make_room(&mut self, bytes: usize) -> Result<()> {
        let more = bytes.max(self.held.len() / 8 + 1024);
        if self.file.is_none() && self.room.take(more) {
            let before = self.held.capacity();
            self.held.reserve_exact(more);
            self.room.give(more.saturating_sub(self.held.capacity() - before));
            return Ok(());
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(self.room.file()?),
        };
        file.write(&self.held)?;
        self.room.give(self.held.capacity());
        self.held = Vec::with_capacity(bytes.max(BUFFER));
        self.room.owe(self.held.capacity());
        Ok(())
    }

    /// A piece, or several; nothing where it cannot be read again, which [`Self::check`] tells.
    pub(crate) fn get(&self, range: Range<u64>) -> Cow<'_, [u8]> {
        let (in_file, len) = (self.in_file(), (range.end - range.start) as usize);
        match &self.file {
            Some(file) if range.start < in_file => {
                let mut bytes = vec![0; len];
                match file.read(&mut bytes, range.start) {
                    Ok(()) => bytes.into(),
                    Err(error) => {
                        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        Cow::Borrowed(&[])
                    }
                }
            }
            _ => self.held[(range.start - in_file) as usize..][..len].into(),
        }
    }

    /// Gives all of it, in the order in which it was added; every piece has so many bytes.
    pub(crate) fn each<const W: usize>(&self, mut take: impl FnMut(&[u8; W])) -> Result<()> {
        let whole = (BUFFER / W * W) as u64;
        let mut at = 0;
        while at < self.len() {
            let end = if at < self.in_file() { self.in_file() } else { self.len() };
            let range = at..(at + whole).min(end);
            at = range.end;
            self.get(range).as_chunks().0.iter().for_each(&mut take);
        }
        self.check()
    }

    /// Whether all could be read so far.
    ///
    /// # Errors
    /// What was in the way of what could not.
    pub(crate) fn check(&self) -> Result<()> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.room.give(self.held.capacity());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_the_same_however_little_room_there_is() {
        for room in [0, 5_000, 1 << 20, u64::MAX] {
            let mut store = Store::new(&Room::new(&std::env::temp_dir(), room));
            let mut starts = vec![0];
            for n in 0..60_000_u32 {
                let piece = &n.to_le_bytes()[..(n % 5) as usize];
                store.push(&piece[..piece.len() / 2], &piece[piece.len() / 2..]).unwrap();
                starts.push(store.len());
            }
            for n in [0, 1, 2, 4, 1_999, 30_003, 59_999_u32] {
                let [start, end] = [0, 1].map(|next| starts[n as usize + next]);
                assert_eq!(*store.get(start..end), n.to_le_bytes()[..(n % 5) as usize], "{room}");
            }
            store.check().unwrap();
        }
    }

    #[test]
    fn pieces_of_one_size_come_in_their_order() {
        for room in [0, 100_000, u64::MAX] {
            let mut store = Store::new(&Room::new(&std::env::temp_dir(), room));
            (0..200_000_u32).for_each(|n| store.push(&n.to_le_bytes(), &[]).unwrap());
            let mut next = 0;
            store
                .each(|piece: &[u8; 4]| {
                    assert_eq!(u32::from_le_bytes(*piece), next);
                    next += 1;
                })
                .unwrap();
            assert_eq!(next, 200_000, "{room}");
        }
    }
}
