//! Lists of numbers, flat in memory: those that are made beforehand are used as they stand in the program, and nothing is read at the start.

use std::borrow::Cow;
use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// Bytes of a number.
const NUMBER: usize = 4;

/// Lists of numbers by byte string, of which only fingerprints are kept: now and then a string is given the list of another, or two have one list.
#[derive(Debug, Default, Clone)]
pub(super) struct Keys {
    /// The slots: a fingerprint, and one more than the number of a list; 0 in those that are free.
    slots: Cow<'static, [u8]>,
    lists: Lists,
}

/// Lists of numbers by number.
#[derive(Debug, Default, Clone)]
pub(super) struct Lists {
    /// How many lists there are, the place of each, and of the end; then the lists.
    bytes: Cow<'static, [u8]>,
}

impl Keys {
    /// The table of these numbers.
    pub(super) fn new(numbers: impl IntoIterator<Item = (Vec<u8>, u32)>) -> Keys {
        let mut lists = BTreeMap::<Vec<u8>, Vec<u32>>::new();
        for (key, number) in numbers {
            lists.entry(key).or_default().push(number);
        }
        // Half of the slots are free, so that most keys that are not there are told so by the first.
        let count = 2 * lists.len();
        let mut slots = vec![[0, 0]; count];
        let mut of_slots: Vec<Vec<u32>> = Vec::new();
        for (key, list) in lists {
            let (mut slot, fingerprint) = slot_of(&key, count);
            while slots[slot][1] != 0 && slots[slot][0] != fingerprint as usize {
                slot = (slot + 1) % count;
            }
            match slots[slot][1] {
                0 => {
                    of_slots.push(list);
                    slots[slot] = [fingerprint as usize, of_slots.len()];
                }
                same => of_slots[same - 1].extend(list),
            }
        }
        let mut bytes = Vec::new();
        put(&mut bytes, slots.into_iter().flatten());
        Keys { slots: bytes.into(), lists: Lists::new(of_slots.iter().map(Vec::as_slice)) }
    }

    /// The numbers of `key`.
    pub(super) fn get(&self, key: &[u8]) -> impl Iterator<Item = u32> {
        self.list_of(key).into_iter().flat_map(|list| self.lists.get(list))
    }

    fn list_of(&self, key: &[u8]) -> Option<usize> {
        let slots = self.slots.as_chunks::<{ 2 * NUMBER }>().0;
        let (mut at, fingerprint) = slot_of(key, slots.len());
        loop {
            let slot = u64::from_le_bytes(*slots.get(at)?);
            let (known, list) = (slot as u32, (slot >> 32) as usize);
            if list == 0 || known == fingerprint {
                return list.checked_sub(1);
            }
            at = if at + 1 < slots.len() { at + 1 } else { 0 };
        }
    }

    /// The bytes that [`Self::of_bytes`] takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> [&[u8]; 2] {
        [&self.slots, self.lists.bytes()]
    }

    /// A table that was made beforehand.
    pub(super) fn of_bytes([slots, lists]: [&'static [u8]; 2]) -> Keys {
        Keys { slots: slots.into(), lists: Lists::of_bytes(lists) }
    }
}

impl Lists {
    /// These lists, each by its place among them.
    pub(super) fn new<'l>(lists: impl ExactSizeIterator<Item = &'l [u32]>) -> Lists {
        let mut place = NUMBER * (2 + lists.len());
        let (mut bytes, mut values) = (Vec::new(), Vec::new());
        put(&mut bytes, [lists.len()]);
        for list in lists {
            put(&mut bytes, [place]);
            put(&mut values, list.iter().map(|&value| value as usize));
            place += NUMBER * list.len();
        }
        put(&mut bytes, [place]);
        bytes.extend(values);
        Lists { bytes: bytes.into() }
    }

    /// List number `index`; empty where there is none.
    pub(super) fn get(&self, index: usize) -> impl Iterator<Item = u32> {
        let place = |index| number(&self.bytes, NUMBER * (1 + index));
        let range = place(index).zip(place(index + 1));
        numbers(range.and_then(|(from, to)| self.bytes.get(from..to)).unwrap_or_default())
    }

    /// The bytes that [`Self::of_bytes`] takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Lists that were made beforehand.
    pub(super) fn of_bytes(bytes: &'static [u8]) -> Lists {
        Lists { bytes: bytes.into() }
    }
}

/// The slot at which the search for a key begins, and its fingerprint.
fn slot_of(key: &[u8], slots: usize) -> (usize, u32) {
    let hash = xxh3_64(key);
    ((((hash >> 32) * slots as u64) >> 32) as usize, hash as u32)
}

/// Writes numbers; each fits in 32 bits, as the packs that they stand for are far smaller.
pub(super) fn put(bytes: &mut Vec<u8>, numbers: impl IntoIterator<Item = usize>) {
    numbers.into_iter().for_each(|number| bytes.extend((number as u32).to_le_bytes()));
}

/// The numbers that stand in `bytes`.
pub(super) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_gives_its_numbers_and_no_other() {
        let all: Vec<(Vec<u8>, u32)> =
            (0..2000).map(|n| ((n / 2).to_string().into_bytes(), n)).collect();
        let table = Keys::new(all.iter().cloned());
        for (key, number) in &all {
            let found: Vec<u32> = table.get(key).collect();
            assert_eq!(found, [number & !1, number | 1]);
        }
        for other in ["", "1000", "-1", "0000000"] {
            assert_eq!(table.get(other.as_bytes()).count(), 0, "{other}");
        }
        assert_eq!(Keys::default().get(b"1").count(), 0);
        assert_eq!(Keys::new([]).get(b"1").count(), 0);
    }

    #[test]
    fn lists_keep_their_borders() {
        let lists = Lists::new([&[1, 2][..], &[], &[3]].into_iter());
        let all: Vec<Vec<u32>> = (0..4).map(|index| lists.get(index).collect()).collect();
        assert_eq!(all, [vec![1, 2], vec![], vec![3], vec![]]);
    }
}
