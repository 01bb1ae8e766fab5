//! Sorted runs, merged as they are read (external merge sort: Knuth 1973).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::error::Result;
use crate::spill::file::SpillFile;
use crate::spill::room::Room;

/// Bytes of a run that are read together, and that are held before anything is spilled.
const BUFFER: usize = 1 << 16;
/// Bytes before a row that say how long it is.
const LENGTH: usize = 4;

/// Takes rows of bytes and gives them back sorted.
#[derive(Debug)]
pub(crate) struct Sorter {
    room: Room,
    file: Option<SpillFile>,
    /// Where each run stands in the file: start and end.
    runs: Vec<(u64, u64)>,
    held: Vec<u8>,
    /// Where each row that is held stands, and how long it is.
    rows: Vec<(usize, u32)>,
    taken: usize,
}

impl Sorter {
    pub(crate) fn new(room: &Room) -> Self {
        Self {
            room: room.clone(),
            file: None,
            runs: Vec::new(),
            held: Vec::new(),
            rows: Vec::new(),
            taken: 0,
        }
    }

    /// Adds a row, of fewer than 2^32 bytes.
    pub(crate) fn push(&mut self, row: &[u8]) -> Result<()> {
        let needed =
            self.held.len() + row.len() + size_of::<(usize, u32)>() * (self.rows.len() + 1);
        if needed > self.taken {
            let more = (needed - self.taken).max(self.taken / 8 + BUFFER);
            if self.taken > 0 && !self.room.take(more) {
                self.spill()?;
            } else {
                if self.taken == 0 {
                    self.room.owe(more);
                }
                self.taken += more;
            }
        }
        self.rows.push((self.held.len(), row.len() as u32));
        self.held.extend_from_slice(row);
        Ok(())
    }

    fn sort(&mut self) {
        let held = &self.held;
        let row = |&(start, len): &(usize, u32)| &held[start..][..len as usize];
        self.rows.sort_unstable_by(|a, b| row(a).cmp(row(b)));
    }

    /// Writes what is held as a run.
    fn spill(&mut self) -> Result<()> {
        self.sort();
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(self.room.file()?),
        };
        let (start, mut out) = (file.len(), Vec::with_capacity(2 * BUFFER));
        for &(at, len) in &self.rows {
            out.extend(len.to_le_bytes());
            out.extend_from_slice(&self.held[at..][..len as usize]);
            if out.len() >= BUFFER {
                file.write(&out)?;
                out.clear();
            }
        }
        file.write(&out)?;
        self.runs.push((start, file.len()));
        self.held.clear();
        self.rows.clear();
        Ok(())
    }

    /// Gives all rows, sorted.
    pub(crate) fn each(mut self, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        if self.runs.is_empty() {
            self.sort();
            return self
                .rows
                .iter()
                .try_for_each(|&(at, len)| take(&self.held[at..][..len as usize]));
        }
        self.spill()?;
        self.held = Vec::new();
        self.rows = Vec::new();
        let Some(file) = &self.file else { return Ok(()) };
        let mut runs: Vec<Run> =
            self.runs.iter().map(|&(at, end)| Run { at, end, read: Vec::new(), from: 0 }).collect();
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next(file)?.map(|row| Reverse((row, number))));
        }
        while let Some(Reverse((row, number))) = heads.pop() {
            take(&row)?;
            heads.extend(runs[number].next(file)?.map(|row| Reverse((row, number))));
        }
        Ok(())
    }
}

impl Drop for Sorter {
    fn drop(&mut self) {
        self.room.give(self.taken);
    }
}

/// A run that is being read.
struct Run {
    /// What of it was not read yet.
    at: u64,
    end: u64,
    /// What was read last, and how much of that was given.
    read: Vec<u8>,
    from: usize,
}

impl Run {
    fn next(&mut self, file: &SpillFile) -> Result<Option<Vec<u8>>> {
        if !self.has(LENGTH, file)? {
            return Ok(None);
        }
        let Some(head) = self.read[self.from..].first_chunk::<LENGTH>() else { return Ok(None) };
        let len = u32::from_le_bytes(*head) as usize;
        self.has(LENGTH + len, file)?;
        let row = self.read[self.from + LENGTH..][..len].to_vec();
        self.from += LENGTH + len;
        Ok(Some(row))
    }

    /// Whether so many bytes follow, which then are read.
    fn has(&mut self, bytes: usize, file: &SpillFile) -> Result<bool> {
        let held = self.read.len() - self.from;
        if held < bytes && self.at < self.end {
            self.read.drain(..self.from);
            self.from = 0;
            let more = (bytes.max(BUFFER) as u64).min(self.end - self.at) as usize;
            self.read.resize(held + more, 0);
            file.read(&mut self.read[held..], self.at)?;
            self.at += more as u64;
        }
        Ok(self.read.len() - self.from >= bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_sorted_however_little_room_there_is() {
        let mut state = 7u64;
        let mut draw = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[..1 + (state >> 61) as usize].to_vec()
        };
        let mut rows: Vec<Vec<u8>> = (0..30_000).map(|_| draw()).collect();
        rows.push(vec![7; 3 * BUFFER]);
        let mut sorted = rows.clone();
        sorted.sort();
        for room in [0, 300_000, u64::MAX] {
            let mut sorter = Sorter::new(&Room::new(&std::env::temp_dir(), room));
            rows.iter().for_each(|row| sorter.push(row).unwrap());
            assert_eq!(sorter.runs.is_empty(), room == u64::MAX, "{room}");
            let mut given = Vec::new();
            sorter
                .each(|row| {
                    given.push(row.to_vec());
                    Ok(())
                })
                .unwrap();
            assert!(given == sorted, "{room}");
        }
    }
}
