//! From shingles back to texts: what a text must know of each shingle that it holds and others too, in parts by text.

use std::borrow::Cow;
use std::ops::Range;

use crate::compare::held::HeldLists;
use crate::compare::rarity::{HeldShingle, RARITY_CLASSES};
use crate::compare::samples::Samples;
use crate::compare::tables::{Longest, Tables};
use crate::compare::thresholds::Thresholds;
use crate::error::Result;
use crate::spill::{PARTS, Parts, Room};

/// How many of the longest texts that hold a shingle are noted.
pub(crate) const LONGEST: usize = 4;
/// Stands for no text.
const NONE: u32 = u32::MAX;
/// Bytes of a row: a text, a shingle's name, how many texts hold it, and the longest of them.
const ROW: usize = 16 + 4 * LONGEST;

/// Rows of texts, by their ranks. Only texts that stand before a text are noted among the longest of its shingles: no others are proposed to it.
#[derive(Debug)]
pub(super) struct Rows {
    parts: Parts<ROW>,
    /// Texts of each part.
    width: usize,
    texts: usize,
}

impl Rows {
    /// Those of so many different texts of which the samples are given, and the rank of each.
    pub(super) fn join(samples: Samples, ranks: &[u32], texts: usize, room: &Room) -> Result<Self> {
        let width = texts.div_ceil(PARTS).max(1);
        let mut parts = Parts::new(room);
        samples.each_shared(ranks, room, |name, holders| {
            let mut row = [0xff; ROW];
            row[4..12].copy_from_slice(&name.to_le_bytes());
            row[12..16].copy_from_slice(&(holders.len() as u32).to_le_bytes());
            for (place, &text) in holders.iter().enumerate() {
                row[..4].copy_from_slice(&text.to_le_bytes());
                parts.push(text as usize / width, row)?;
                if let Some(longest) = row[16..].as_chunks_mut().0.get_mut(place) {
                    *longest = text.to_le_bytes();
                }
            }
            Ok(())
        })?;
        Ok(Self { parts, width, texts })
    }

    /// Gives the lists of texts, some at a time, in the order of their ranks.
    pub(super) fn each(
        mut self,
        room: &Room,
        mut take: impl FnMut(&OwnLists) -> Result<()>,
    ) -> Result<()> {
        for part in 0..PARTS {
            let [first, end] = [part, part + 1].map(|n| (n * self.width).min(self.texts));
            let slices = self.parts.len(part) * size_of::<Row>() / room.piece() + 1;
            let step = (end - first).div_ceil(slices).max(1);
            for from in (first..end).step_by(step) {
                let texts = from as u32..(from + step).min(end) as u32;
                // The rows of a text come in the order of their names: so they are sorted.
                let groups = texts.len() * RARITY_CLASSES;
                let (rows, begins) = self.parts.grouped(part, groups, |row| {
                    let (text, row) = row_of(row);
                    let group = |nth: usize| nth * RARITY_CLASSES + usize::from(row.0.class());
                    texts.contains(&text).then(|| (group((text - texts.start) as usize), row))
                })?;
                take(&OwnLists::new(texts, rows, &begins))?;
            }
            self.parts.clear(part);
        }
        Ok(())
    }
}

/// A shingle of a text, and the longest texts that hold it.
type Row = (HeldShingle, [u32; LONGEST]);

/// A text, and what is told of it.
fn row_of(row: &[u8; ROW]) -> (u32, Row) {
    let (words, _) = row.as_chunks::<4>();
    let word = |at: usize| u32::from_le_bytes(words[at]);
    let name = u64::from(word(2)) << u32::BITS | u64::from(word(1));
    (word(0), (HeldShingle { name, texts: word(3) as usize }, [4, 5, 6, 7].map(word)))
}

/// The lists of some texts that follow each other.
#[derive(Debug)]
pub(super) struct OwnLists {
    texts: Range<u32>,
    shingles: Vec<HeldShingle>,
    /// Beside each shingle the longest texts that hold it.
    longest: Vec<[u32; LONGEST]>,
    /// Where each text begins; at last the end.
    begins: Vec<usize>,
}

impl OwnLists {
    /// From the rows of texts, and where the rows of each class of rarity of each begin.
    fn new(texts: Range<u32>, rows: Vec<Row>, begins: &[usize]) -> Self {
        let begins = begins.iter().copied().step_by(RARITY_CLASSES).collect();
        let (shingles, longest) = rows.into_iter().unzip();
        Self { texts, shingles, longest, begins }
    }

    /// The texts that these are.
    pub(super) fn texts(&self) -> Range<u32> {
        self.texts.clone()
    }

    /// The shingles that a text holds and others too, ascending.
    pub(super) fn of(&self, text: u32) -> &[HeldShingle] {
        let at = (text - self.texts.start) as usize;
        &self.shingles[self.begins[at]..self.begins[at + 1]]
    }
}

/// The lists of all texts up to some, for which it is known, too, who is longest.
pub(super) struct OwnTables<'l> {
    pub(super) lists: &'l OwnLists,
    pub(super) all: &'l HeldLists,
}

impl Tables for OwnTables<'_> {
    type Text = u32;

    fn letters(&self, text: u32) -> u32 {
        self.all.letters(text)
    }

    fn held(&self, text: u32) -> Cow<'_, [HeldShingle]> {
        let is_here = self.lists.texts.contains(&text);
        if is_here { self.lists.of(text).into() } else { self.all.held(text) }
    }

    fn discount(&self, text: u32, thresholds: &Thresholds) -> f32 {
        self.all.discount(text, thresholds)
    }
}

impl Longest for OwnTables<'_> {
    fn longest(&self, text: u32, shingle: usize) -> Cow<'_, [u32]> {
        let at = self.lists.begins[(text - self.lists.texts.start) as usize] + shingle;
        let longest = &self.lists.longest[at];
        let noted = longest.iter().take_while(|&&text| text != NONE).count();
        longest[..noted].into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_knows_the_shingles_that_it_shares_the_rare_ones_first_and_who_is_longer() {
        let [a, b, c, alone] = [7, 1 << 40, u64::MAX, 99];
        let texts: [&[u64]; 6] = [&[c, a, a, b], &[alone, alone], &[b, c], &[c], &[c], &[c]];
        for bytes in [0, u64::MAX] {
            let room = Room::new(&std::env::temp_dir(), bytes);
            let mut samples = Samples::new(&room);
            (0..).zip(texts).for_each(|(text, sample)| samples.push(text, sample).unwrap());
            let rows = Rows::join(samples, &[0, 1, 2, 3, 4, 5], 6, &room).unwrap();
            let all = HeldLists::new(vec![100; 6], &room);
            let mut found = Vec::new();
            rows.each(&room, |lists| {
                let tables = OwnTables { lists, all: &all };
                for text in lists.texts() {
                    let row = |(number, shingle): (usize, &HeldShingle)| {
                        (shingle.name, shingle.texts, tables.longest(text, number).to_vec())
                    };
                    found.push(tables.held(text).iter().enumerate().map(row).collect::<Vec<_>>());
                }
                Ok(())
            })
            .unwrap();
            let expected = [
                vec![(b, 2, vec![]), (c, 5, vec![])],
                vec![],
                vec![(b, 2, vec![0]), (c, 5, vec![0])],
                vec![(c, 5, vec![0, 2])],
                vec![(c, 5, vec![0, 2, 3])],
                vec![(c, 5, vec![0, 2, 3, 4])],
            ];
            assert_eq!(found, expected, "{bytes}");
        }
    }
}
