//! Sets of characters, and of the bytes that a text may go on with.

use regex_syntax::hir::Class;

/// A set of characters.
#[derive(Debug)]
pub(super) struct Set {
    ascii: u128,
    others: Box<[(char, char)]>,
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
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bytes([u128; 2], bool);

impl Bytes {
    /// All bytes, and the end.
    pub(super) const ALL: Bytes = Bytes([u128::MAX; 2], true);

    pub(super) fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 7)] |= 1 << (byte & 127);
    }

    pub(super) fn add_set(&mut self, set: &Set) {
        self.0[0] |= set.ascii;
        for &(start, end) in &set.others {
            let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            (first(start)..=first(end)).for_each(|byte| self.add(byte));
        }
    }

    /// Its bytes, and 256 for the end of a text, in order.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        let Bytes([low, high], end) = self;
        let high = bits(high).map(|bit| bit + 128);
        bits(low).chain(high).chain(end.then_some(256))
    }

    pub(super) fn has(&self, byte: Option<u8>) -> bool {
        byte.map_or(self.1, |byte| self.0[usize::from(byte >> 7)] >> (byte & 127) & 1 == 1)
    }
}

/// The places of the bits of a set, from the lowest.
fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        (bit < u128::BITS).then(|| {
            set &= set - 1;
            bit as usize
        })
    })
}
