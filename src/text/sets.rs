//! Sets of characters, and of the bytes that a text may go on with.

use regex_syntax::hir::Class;

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Set {
    pub(super) ascii: u128,
    pub(super) others: Box<[(char, char)]>,
}

impl Set {
    /// The characters of a class; None where it is one of bytes that are no characters.
    pub(super) fn of(class: &Class) -> Option<Set> {
        let (mut ascii, mut others) = (0, Vec::new());
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class.iter().map(|r| (r.start(), r.end())).collect(),
            Class::Bytes(class) if class.is_ascii() => {
                class.iter().map(|r| (r.start().into(), r.end().into())).collect()
            }
            Class::Bytes(_) => return None,
        };
        for (start, end) in ranges {
            (u32::from(start)..=u32::from(end).min(127)).for_each(|code| ascii |= 1 << code);
            if !end.is_ascii() {
                others.push((start.max('\u{80}'), end));
            }
        }
        Some(Set { ascii, others: others.into() })
    }

    /// How long the character at the head of `text` is, if it is one of these.
    pub(super) fn take(&self, text: &str, at: usize) -> Option<usize> {
        let &byte = text.as_bytes().get(at)?;
        if byte.is_ascii() {
            return (self.ascii >> byte & 1 == 1).then_some(1);
        }
        let c = text.get(at..)?.chars().next()?;
        let place = self.others.partition_point(|&(_, end)| end < c);
        self.others.get(place).is_some_and(|&(start, _)| start <= c).then(|| c.len_utf8())
    }

    /// Where those end that stand from `at` on, `most` at most, and how many they are.
    pub(super) fn run(&self, text: &str, mut at: usize, most: u32) -> (usize, u32) {
        let mut count = 0;
        while count < most
            && let Some(len) = self.take(text, at)
        {
            at += len;
            count += 1;
        }
        (at, count)
    }
}

/// A set of bytes; the end of a text may be in it, too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bytes {
    pub(super) bits: [u64; 4],
    pub(super) end: bool,
}

impl Bytes {
    /// All bytes, and the end.
    pub(super) const ALL: Bytes = Bytes { bits: [u64::MAX; 4], end: true };

    pub(super) fn add(&mut self, byte: u8) {
        self.bits[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    pub(super) fn add_end(&mut self) {
        self.end = true;
    }

    pub(super) fn add_set(&mut self, set: &Set) {
        self.bits[0] |= set.ascii as u64;
        self.bits[1] |= (set.ascii >> 64) as u64;
        for &(start, end) in &set.others {
            let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            (first(start)..=first(end)).for_each(|byte| self.add(byte));
        }
    }

    /// Its bytes, and 256 for the end of a text, in order.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        let of_bits = |(at, bits)| ones(bits).map(move |bit| 64 * at + bit);
        self.bits.into_iter().enumerate().flat_map(of_bits).chain(self.end.then_some(256))
    }

    pub(super) fn has(&self, byte: Option<u8>) -> bool {
        byte.map_or(self.end, |byte| self.has_byte(byte))
    }

    pub(super) fn has_byte(&self, byte: u8) -> bool {
        self.bits[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

/// The places of the bits that are set, from the lowest.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.trailing_zeros();
        (bit < u64::BITS).then(|| {
            bits &= bits - 1;
            bit as usize
        })
    })
}
