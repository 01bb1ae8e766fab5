//! The sampled shingles of many texts, in parts by their names, so that each part can be sorted and given back by itself.

use crate::error::Result;
use crate::spill::{PARTS, Parts, Room};

/// Bytes of a row: a shingle's name, and the number of a text that holds it.
const ROW: usize = 12;
/// Rows of a group that is sorted by itself, on average: names are spread evenly, so that sorting takes no longer the more there are.
const IN_GROUP: usize = 16;

/// The samples of texts. Texts are numbered in the order in which they come.
#[derive(Debug)]
pub(super) struct Samples {
    parts: Parts<ROW>,
}

impl Samples {
    pub(super) fn new(room: &Room) -> Self {
        Self { parts: Parts::new(room) }
    }

    /// Adds the sample of a text.
    pub(super) fn push(&mut self, text: u32, sample: &[u64]) -> Result<()> {
        for &name in sample {
            let mut row = [0; ROW];
            row[..8].copy_from_slice(&name.to_le_bytes());
            row[8..].copy_from_slice(&text.to_le_bytes());
            self.parts.push(nth_of(name, PARTS), row)?;
        }
        Ok(())
    }

    /// Gives for each shingle that several ranks hold its name and these, ascending. Shingles come in the order of their names. `ranks` has the
    /// rank of each text; texts of one rank are the same.
    pub(super) fn each_shared(
        mut self,
        ranks: &[u32],
        room: &Room,
        mut take: impl FnMut(u64, &[u32]) -> Result<()>,
    ) -> Result<()> {
        let mut holders = Vec::new();
        for part in 0..PARTS {
            let rows = self.parts.len(part);
            let slices = rows * size_of::<Posting>() / room.piece() + 1;
            let groups = (rows / slices / IN_GROUP).max(1);
            for slice in 0..slices {
                let (mut postings, begins) = self.parts.grouped(part, groups, |row| {
                    let posting = Posting::of(row, ranks);
                    let group = nth_of(below(posting.name), slices * groups);
                    (group / groups == slice).then_some((group % groups, posting))
                })?;
                for &[from, to] in begins.array_windows() {
                    let group = &mut postings[from..to];
                    group.sort_unstable();
                    for same in group.chunk_by(|a, b| a.name == b.name) {
                        holders.clear();
                        holders.extend(same.iter().map(|posting| posting.rank));
                        holders.dedup();
                        if holders.len() > 1 {
                            take(same[0].name, &holders)?;
                        }
                    }
                }
            }
            self.parts.clear(part);
        }
        Ok(())
    }
}

/// A shingle, and the rank of a text that holds it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    name: u64,
    rank: u32,
}

impl Posting {
    fn of(row: &[u8; ROW], ranks: &[u32]) -> Self {
        let (words, _) = row.as_chunks::<4>();
        let [low, high, text] = [0, 1, 2].map(|at| u32::from_le_bytes(words[at]));
        Self { name: u64::from(high) << u32::BITS | u64::from(low), rank: ranks[text as usize] }
    }
}

/// Which of so many equal stretches of all names one stands in.
pub(crate) fn nth_of(name: u64, stretches: usize) -> usize {
    ((u128::from(name) * stretches as u128) >> u64::BITS) as usize
}

/// What of a name tells it from others of its part, in their order.
fn below(name: u64) -> u64 {
    name << PARTS.ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_of_several_texts_come_in_the_order_of_their_names() {
        let [high, middle] = [u64::MAX - 7, u64::MAX / 3];
        for bytes in [0, u64::MAX] {
            let room = Room::new(&std::env::temp_dir(), bytes);
            let mut samples = Samples::new(&room);
            let texts = [&[high, 3, 3, 9][..], &[middle], &[3, middle], &[9, 3, high], &[12]];
            (0..).zip(texts).for_each(|(text, sample)| samples.push(text, sample).unwrap());
            // Enough of one part that it must be sorted in slices.
            (0..40_000).for_each(|name| samples.push(4, &[name << 30]).unwrap());
            let mut shared = Vec::new();
            samples
                .each_shared(&[0, 1, 2, 0, 3], &room, |name, same| {
                    shared.push((name, same.to_vec()));
                    Ok(())
                })
                .unwrap();
            assert_eq!(shared, [(3, vec![0, 2]), (middle, vec![1, 2])], "{bytes}");
        }
    }
}
