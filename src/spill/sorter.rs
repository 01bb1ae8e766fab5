//! Rows in, sorted rows out, through runs on disk where memory is short (external merge sort: Knuth 1973).

use rayon::prelude::*;

use crate::error::Result;
use crate::spill::file::SpillFile;
use crate::spill::merge::{BUFFER, Merged, Run, add_row};
use crate::spill::room::Room;

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
        self.rows.par_sort_unstable_by(|a, b| row(a).cmp(row(b)));
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
            add_row(&mut out, &self.held[at..][..len as usize]);
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
        let runs = self.runs.iter().map(|&(at, end)| Run::new(file, at..end)).collect();
        Merged::new(runs)?.try_for_each(|row| take(&row?))?;
        Ok(())
    }
}

impl Drop for Sorter {
    fn drop(&mut self) {
        self.room.give(self.taken);
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
