//! Runs of sorted rows in files, merged as they are read. A row stands behind its length.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::error::Result;
use crate::spill::file::SpillFile;

/// Bytes of a run that are read or written together.
pub(super) const BUFFER: usize = 1 << 16;
/// Bytes before a row that say how long it is.
const LENGTH: usize = 4;

/// Adds a row, of fewer than 2^32 bytes, to what is written of a run.
pub(super) fn add_row(run: &mut Vec<u8>, row: &[u8]) {
    run.extend((row.len() as u32).to_le_bytes());
    run.extend_from_slice(row);
}

/// A run that is being read.
#[derive(Debug)]
pub(crate) struct Run<F> {
    file: F,
    /// What of it was not read yet.
    left: Range<u64>,
    /// What was read last, and how much of that was given.
    read: Vec<u8>,
    from: usize,
}

impl<F: Borrow<SpillFile>> Run<F> {
    /// The rows in this range of a file.
    pub(super) fn new(file: F, range: Range<u64>) -> Self {
        Self { file, left: range, read: Vec::new(), from: 0 }
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if !self.has(LENGTH)? {
            return Ok(None);
        }
        let Some(head) = self.read[self.from..].first_chunk::<LENGTH>() else { return Ok(None) };
        let len = u32::from_le_bytes(*head) as usize;
        if !self.has(LENGTH + len)? {
            return Err(self.file.borrow().damaged());
        }
        let row = self.read[self.from + LENGTH..][..len].to_vec();
        self.from += LENGTH + len;
        Ok(Some(row))
    }

    /// Whether so many bytes follow, which then are read.
    fn has(&mut self, bytes: usize) -> Result<bool> {
        let held = self.read.len() - self.from;
        let left = self.left.end.saturating_sub(self.left.start);
        if held < bytes && left > 0 {
            self.read.drain(..self.from);
            self.from = 0;
            let more = (bytes.max(BUFFER) as u64).min(left) as usize;
            self.read.resize(held + more, 0);
            self.file.borrow().read(&mut self.read[held..], self.left.start)?;
            self.left.start += more as u64;
        }
        Ok(self.read.len() - self.from >= bytes)
    }
}

/// The rows of several runs, sorted.
#[derive(Debug)]
pub(crate) struct Merged<F> {
    runs: Vec<Run<F>>,
    /// The next row of each run, and which that is.
    heads: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
}

impl<F: Borrow<SpillFile>> Merged<F> {
    pub(crate) fn new(mut runs: Vec<Run<F>>) -> Result<Self> {
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next()?.map(|row| Reverse((row, number))));
        }
        Ok(Self { runs, heads })
    }
}

impl<F: Borrow<SpillFile>> Iterator for Merged<F> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((row, number)) = self.heads.pop()?;
        match self.runs[number].next() {
            Ok(next) => self.heads.extend(next.map(|row| Reverse((row, number)))),
            Err(error) => return Some(Err(error)),
        }
        Some(Ok(row))
    }
}
