//! Rows in parts, so that each can be sorted by itself.

use crate::error::Result;
use crate::spill::file::SpillFile;
use crate::spill::room::Room;

/// How many parts there are.
pub(crate) const PARTS: usize = 256;
/// Rows of the first block of a part; later ones are an eighth of what it has.
const FEWEST: usize = 64;
/// Bytes that are held in any case, so that what is written together is not too little.
const HELD: usize = 1 << 20;
/// Rows that are read together.
const READ: usize = 1 << 13;

/// Rows of `W` bytes each in [`PARTS`] parts.
#[derive(Debug)]
pub(crate) struct Parts<const W: usize> {
    room: Room,
    file: Option<SpillFile>,
    parts: Vec<Part<W>>,
    /// Bytes of memory that all parts together have.
    taken: usize,
}

#[derive(Debug, Clone, Default)]
struct Part<const W: usize> {
    /// Where rows stand in the file, and how many.
    spilled: Vec<(u64, usize)>,
    /// Blocks of rows, all but the last one full: none is ever moved.
    held: Vec<Vec<[u8; W]>>,
    len: usize,
}

impl<const W: usize> Part<W> {
    /// Bytes of memory that it has.
    fn taken(&self) -> usize {
        self.held.iter().map(|block| block.capacity() * W).sum()
    }
}

impl<const W: usize> Parts<W> {
    pub(crate) fn new(room: &Room) -> Self {
        let part = Part { spilled: Vec::new(), held: Vec::new(), len: 0 };
        Self { room: room.clone(), file: None, parts: vec![part; PARTS], taken: 0 }
    }

    /// How many rows a part has.
    pub(crate) fn len(&self, part: usize) -> usize {
        self.parts[part].len
    }

    /// Adds a row to a part.
    pub(crate) fn push(&mut self, part: usize, row: [u8; W]) -> Result<()> {
        match self.parts[part].held.last_mut() {
            Some(block) if block.len() < block.capacity() => block.push(row),
            _ => {
                let mut block = self.block(part)?;
                block.push(row);
                self.parts[part].held.push(block);
            }
        }
        self.parts[part].len += 1;
        Ok(())
    }

    /// Another block for a part; where there is no room for one, all that is held goes to the file.
    fn block(&mut self, part: usize) -> Result<Vec<[u8; W]>> {
        let rows = |part: &Part<W>| FEWEST.max(part.held.iter().map(Vec::len).sum::<usize>() / 8);
        let mut block = rows(&self.parts[part]);
        if !self.room.take(block * W) {
            if self.taken >= HELD {
                self.spill()?;
                block = FEWEST;
            }
            self.room.owe(block * W);
        }
        self.taken += block * W;
        Ok(Vec::with_capacity(block))
    }

    fn spill(&mut self) -> Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(self.room.file()?),
        };
        for part in self.parts.iter_mut().filter(|part| !part.held.is_empty()) {
            let held = std::mem::take(&mut part.held);
            part.spilled.push((file.len(), held.iter().map(Vec::len).sum()));
            held.iter().try_for_each(|block| file.write(block.as_flattened()))?;
        }
        self.room.give(std::mem::take(&mut self.taken));
        Ok(())
    }

    /// Gives the rows of a part, in the order in which they were added.
    pub(crate) fn each(&self, part: usize, mut take: impl FnMut(&[u8; W])) -> Result<()> {
        let Part { spilled, held, .. } = &self.parts[part];
        let mut read = Vec::new();
        for (file, &(start, rows)) in
            self.file.iter().flat_map(|file| spilled.iter().map(move |s| (file, s)))
        {
            for from in (0..rows).step_by(READ) {
                read.resize(READ.min(rows - from), [0; W]);
                file.read(read.as_flattened_mut(), start + (from * W) as u64)?;
                read.iter().for_each(&mut take);
            }
        }
        held.iter().flatten().for_each(take);
        Ok(())
    }

    /// Gives what `pick` makes of the rows of a part, by the group that it says, of so many; within a group in the order of the rows. What it
    /// makes nothing of is left out. Beside these where each group begins, and at last the end.
    pub(crate) fn grouped<T: Copy + Default>(
        &self,
        part: usize,
        groups: usize,
        pick: impl Fn(&[u8; W]) -> Option<(usize, T)>,
    ) -> Result<(Vec<T>, Vec<usize>)> {
        let mut begins = vec![0; groups + 2];
        self.each(part, |row| {
            if let Some((group, _)) = pick(row) {
                begins[group + 2] += 1;
            }
        })?;
        (2..groups + 2).for_each(|group| begins[group] += begins[group - 1]);
        let mut picked = vec![T::default(); begins[groups + 1]];
        self.each(part, |row| {
            if let Some((group, row)) = pick(row) {
                picked[begins[group + 1]] = row;
                begins[group + 1] += 1;
            }
        })?;
        begins.truncate(groups + 1);
        Ok((picked, begins))
    }

    /// Forgets a part.
    pub(crate) fn clear(&mut self, part: usize) {
        let held = std::mem::take(&mut self.parts[part]).taken();
        self.taken -= held;
        self.room.give(held);
    }
}

impl<const W: usize> Drop for Parts<W> {
    fn drop(&mut self) {
        self.room.give(self.taken);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_gives_its_rows_in_order_however_little_room_there_is() {
        for room in [0, 3_000_000, u64::MAX] {
            let mut parts = Parts::new(&Room::new(&std::env::temp_dir(), room));
            for n in 0..900_000_u32 {
                parts.push((n % 7) as usize, n.to_le_bytes()).unwrap();
            }
            for part in [0, 3, 6] {
                let mut rows = Vec::new();
                parts.each(part, |row| rows.push(u32::from_le_bytes(*row))).unwrap();
                assert_eq!(rows.len(), parts.len(part));
                assert!(rows.iter().copied().eq((part as u32..900_000).step_by(7)), "{room}");
                let even = |row: &[u8; 4]| {
                    let n = u32::from_le_bytes(*row);
                    n.is_multiple_of(2).then_some(((n % 3) as usize, n))
                };
                let (picked, begins) = parts.grouped(part, 3, even).unwrap();
                for group in 0..3 {
                    let expected = rows.iter().filter(|&n| n % 2 == 0 && n % 3 == group as u32);
                    assert!(picked[begins[group]..begins[group + 1]].iter().eq(expected));
                }
                parts.clear(part);
                assert_eq!(parts.len(part), 0);
            }
        }
    }
}
