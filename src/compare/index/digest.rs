//! What the index keeps of an article: not its text, but a sample of its shingles that tells how much of another text it has.

use crate::compare::fingerprint::{is_sampled, level, name};
use crate::compare::index::filter::{Filter, build};
use crate::compare::index::segment::NAME;
use crate::compare::shingle::shingles;
use crate::text::letters::NormalizedText;

/// Shingles of a text that are sampled, as far as it has so many.
const SAMPLED: u64 = 480;
/// What tells the shingles of quoted lines from those that the text says itself.
const QUOTED: u64 = 0x9fb2_1c65_1e98_df25;

/// An odd number whose bits look random (the golden ratio's).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// All shingles of a text, in order, as keys: a hash of the eight letters, those that look alike taken for one, and another one where they stand
/// in a quoted line.
pub(super) fn keys(text: &NormalizedText) -> Vec<u64> {
    let mut quoted = text.quoted().iter().peekable();
    let letters: Vec<u8> = text.bytes().iter().map(|&letter| lookalike(letter)).collect();
    shingles(&letters)
        .enumerate()
        .map(|(at, shingle)| {
            while quoted.next_if(|range| range.end <= at).is_some() {}
            let is_quoted = quoted.peek().is_some_and(|range| range.contains(&at));
            let key = if is_quoted { shingle ^ QUOTED } else { shingle };
            key.wrapping_mul(MIX).rotate_left(32)
        })
        .collect()
}

/// One letter for all that scans take for each other. No two digits look alike.
fn lookalike(letter: u8) -> u8 {
    match letter {
        b'0' => b'o',
        b'1' | b'i' => b'l',
        b'5' => b's',
        b'8' | b'h' => b'b',
        b'9' | b'q' => b'g',
        b'c' => b'e',
        b'u' => b'n',
        other => other,
    }
}

/// The names under which a text is found in the index.
#[derive(Debug)]
pub(super) struct Names {
    /// The one that all texts with the same letters have.
    pub(super) exact: u64,
    /// The whole names of its sampled shingles, once each; under what they are found see [`short`].
    pub(super) sample: Vec<u64>,
}

impl Names {
    pub(super) fn of(letters: &NormalizedText) -> Self {
        let level = level(letters.bytes().len());
        let mut sample: Vec<u64> =
            shingles(letters.bytes()).filter(|&h| is_sampled(h, level)).map(name).collect();
        sample.sort_unstable();
        sample.dedup();
        Self { exact: letters.hash() as u64 >> (u64::BITS - NAME), sample }
    }

    /// The names of the shingles of a text that come first by their hash, at most so many: of a paragraph and another that is like it most
    /// often the same (the bottom sketch of Broder 1997).
    pub(super) fn lowest(letters: &NormalizedText, count: usize) -> Vec<u64> {
        let mut all: Vec<u64> = shingles(letters.bytes()).collect();
        // Names must not show which shingles these are, or all would be put in a few buckets.
        all.sort_unstable_by_key(|shingle| shingle.wrapping_mul(MIX));
        all.dedup();
        all.into_iter().take(count).map(name).collect()
    }

    pub(super) fn all(self) -> impl Iterator<Item = u64> {
        self.sample.into_iter().map(short).chain([self.exact])
    }
}

/// The part of a shingle's name under which the index finds it: bits that do not decide on sampling.
pub(super) fn short(name: u64) -> u64 {
    name >> 32 | (name & u64::from(u32::MAX)) >> (u64::BITS - NAME) << 32
}

/// Which keys are sampled in a text: what is sampled in one is so in all shorter ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rate {
    below: u64,
}

impl Rate {
    /// That of a text of so many letters.
    pub(super) fn of(letters: u32) -> Self {
        Self { below: ((SAMPLED << 32) / u64::from(letters).max(1)).min(1 << 32) }
    }

    pub(super) fn takes(self, key: u64) -> bool {
        key >> 32 < self.below
    }

    /// The share of shingles that are sampled, above 0 and up to 1.
    pub(super) fn share(self) -> f32 {
        self.below as f32 / (1u64 << 32) as f32
    }
}

/// What is kept of an article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Digest<'b> {
    pub(super) id: String,
    /// A part of the hash that equal texts share, which the name under which they meet does not show.
    pub(super) exact: u32,
    /// Bytes of the text.
    pub(super) bytes: u32,
    pub(super) letters: u32,
    /// The headline of a short text, which is told from others by it.
    pub(super) title: Option<String>,
    /// Different shingles that were sampled.
    pub(super) keys: u32,
    filter: std::borrow::Cow<'b, [u8]>,
}

impl<'b> Digest<'b> {
    /// That of a text whose letters were read.
    pub(super) fn new(
        id: &str,
        title: Option<&str>,
        bytes: usize,
        letters: &NormalizedText,
    ) -> Self {
        let count = u32::try_from(letters.bytes().len()).unwrap_or(u32::MAX);
        let rate = Rate::of(count);
        let mut sampled: Vec<u64> =
            keys(letters).into_iter().filter(|&key| rate.takes(key)).collect();
        sampled.sort_unstable();
        sampled.dedup();
        Self {
            id: id.into(),
            exact: letters.hash() as u32,
            bytes: u32::try_from(bytes).unwrap_or(u32::MAX),
            letters: count,
            title: title.map(Into::into),
            keys: sampled.len() as u32,
            filter: build(&sampled).into(),
        }
    }

    /// As bytes.
    pub(super) fn pack(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + self.filter.len());
        match u128::from_str_radix(&self.id, 16) {
            Ok(id) if format!("{id:032x}") == self.id => {
                out.push(u8::from(self.title.is_some()));
                out.extend(id.to_le_bytes());
            }
            _ => {
                out.push(u8::from(self.title.is_some()) | 2);
                push_text(&self.id, &mut out);
            }
        }
        out.extend(self.exact.to_le_bytes());
        [self.bytes, self.letters, self.keys].into_iter().for_each(|n| push_number(n, &mut out));
        if let Some(title) = &self.title {
            push_text(title, &mut out);
        }
        out.extend_from_slice(&self.filter);
        out
    }

    /// From its bytes; None where these are damaged.
    pub(super) fn unpack(mut rest: &'b [u8]) -> Option<Self> {
        let &flags = rest.split_off_first()?;
        let id = match flags & 2 {
            0 => format!("{:032x}", u128::from_le_bytes(*take(&mut rest)?)),
            _ => take_text(&mut rest)?,
        };
        let exact = u32::from_le_bytes(*take(&mut rest)?);
        let [bytes, letters, keys] =
            [take_number(&mut rest)?, take_number(&mut rest)?, take_number(&mut rest)?];
        let title = if flags & 1 == 1 { Some(take_text(&mut rest)?) } else { None };
        Filter::read(rest, keys as usize)?;
        Some(Self { id, exact, bytes, letters, title, keys, filter: rest.into() })
    }

    /// Which shingles were sampled.
    pub(super) fn rate(&self) -> Rate {
        Rate::of(self.letters)
    }

    /// The sampled shingles.
    pub(super) fn filter(&self) -> Option<Filter<'_>> {
        Filter::read(&self.filter, self.keys as usize)
    }
}

fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push_number(text.len() as u32, out);
    out.extend_from_slice(text.as_bytes());
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(first)
}

fn take_number(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in (0..32).step_by(7) {
        let &byte = rest.split_off_first()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let len = take_number(rest)? as usize;
    String::from_utf8(rest.split_off(..len)?.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> NormalizedText {
        let mut letters = NormalizedText::default();
        letters.read_with_quotes(text);
        letters
    }

    #[test]
    fn a_digest_is_packed_and_unpacked() {
        let text = "The old quay was opened again on Monday, two weeks after the storm.";
        for (id, title) in
            [("0123456789abcdef0123456789abcdef", None), ("quay-7", Some("Quay opens"))]
        {
            let digest = Digest::new(id, title, text.len(), &read(text));
            let packed = digest.pack();
            assert_eq!(Digest::unpack(&packed).as_ref(), Some(&digest));
            assert!((0..packed.len()).all(|len| Digest::unpack(&packed[..len]).is_none()));
        }
    }

    #[test]
    fn what_scans_take_for_each_other_is_the_same_and_no_digits_are() {
        let of = |text: &str| keys(&read(text));
        assert_eq!(of("The mills of Leith were closed."), of("Tbe m1lls 0f Leith were cl0sed."));
        let years: Vec<Vec<u64>> = (0..10).map(|n| of(&format!("in the year 2{n}"))).collect();
        assert!((0..10).all(|n| years.iter().filter(|keys| **keys == years[n]).count() == 1));
    }

    #[test]
    fn what_a_text_quotes_is_not_what_it_says() {
        let [said, quoted] =
            ["The quay is open again.", "> The quay is open again."].map(|text| keys(&read(text)));
        assert_eq!(said.len(), quoted.len());
        assert!(said.iter().zip(&quoted).all(|(a, b)| a != b));
    }

    #[test]
    fn a_longer_text_is_sampled_more_thinly() {
        let [short, long] = [400, 4800].map(Rate::of);
        assert_eq!((short.share(), long.share()), (1.0, 0.1));
        assert!((0..1000u64).map(|n| n << 54).all(|key| short.takes(key) || !long.takes(key)));
    }
}
