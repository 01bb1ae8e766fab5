//! The letters and digits of a text: the form in which texts are compared.
//!
//! White space, punctuation, case, accents and the width or script of digits do not tell two copies of a text apart; and scans
//! break words or join them. So a text is taken as one run of its letters and digits, without borders between words, which also
//! suits scripts that write none.

use std::ops::Range;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use xxhash_rust::xxh3::xxh3_128_with_seed;

use crate::guard::look;

/// A text's letters and digits, folded. Meant to be used again for the next text: it keeps its memory.
#[derive(Debug, Default)]
pub struct NormalizedText {
    /// The letters, and room for more.
    bytes: Vec<u8>,
    len: usize,
    /// What `bytes` does not show: the characters beyond ASCII, and where digits were parted.
    beyond: u64,
    /// Whether something was skipped after the last letter.
    skipped: bool,
    /// Where the letters after the last character beyond ASCII begin.
    ascii_from: usize,
    /// The letters of lines that quote another text.
    quoted: Vec<Range<usize>>,
}

/// An odd number whose bits look random (the golden ratio's).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// Initials before the `>` of a quoted line, with it.
const INITIALS: usize = 4;

/// Bytes that are looked at together.
const STEP: usize = 32;

/// The zeros of scripts with decimal digits of their own.
const ZEROS: [u32; 21] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66,
    0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10,
];

impl NormalizedText {
    /// Takes the letters of `text` in place of those of the text before.
    pub fn read(&mut self, text: &str) {
        look();
        (self.len, self.beyond, self.skipped, self.ascii_from) = (0, 0, false, 0);
        self.quoted.clear();
        self.make_room(text.len() + STEP);
        self.read_on(text);
    }

    /// Reads a text as [`Self::read`] does, and notes which letters stand in lines that quote.
    pub fn read_with_quotes(&mut self, text: &str) {
        if !has_quotes(text) {
            return self.read(text);
        }
        self.read("");
        for line in text.split_inclusive('\n') {
            let start = self.len;
            self.read_on(line);
            if is_quoted(line) {
                match self.quoted.last_mut().filter(|last| last.end == start) {
                    Some(last) => last.end = self.len,
                    None => self.quoted.push(start..self.len),
                }
            }
        }
    }

    /// Reads what follows.
    fn read_on(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            let (ascii, after) = rest.split_at(ascii_len(rest.as_bytes()));
            self.read_ascii(ascii.as_bytes());
            let mut chars = after.chars();
            if let Some(c) = chars.next() {
                self.read_char(c);
            }
            rest = chars.as_str();
        }
    }

    /// Takes the letters of another text.
    pub(crate) fn copy(&mut self, other: &NormalizedText) {
        self.bytes.clear();
        self.bytes.extend_from_slice(other.bytes());
        self.quoted.clone_from(&other.quoted);
        self.len = other.len;
    }

    /// Grows to hold so many more letters.
    fn make_room(&mut self, more: usize) {
        if self.bytes.len() < self.len + more {
            self.bytes.resize(self.len + 2 * more, 0);
        }
    }

    fn push(&mut self, letter: u8) {
        self.make_room(1);
        self.bytes[self.len] = letter;
        self.len += 1;
    }

    fn read_ascii(&mut self, ascii: &[u8]) {
        self.make_room(ascii.len() + STEP);
        let (steps, rest) = ascii.as_chunks::<STEP>();
        for step in steps {
            if has_digit(step) && may_part_digits(step, self.skipped) {
                self.read_any(step);
            } else {
                self.read_step(step);
            }
        }
        self.read_any(rest);
    }

    /// Reads ASCII in which no digits are parted: what most text is made of, in a form that compiles to few instructions.
    fn read_step(&mut self, step: &[u8; STEP]) {
        let mut folded = [0; STEP];
        for (folded, b) in folded.iter_mut().zip(step) {
            *folded = if b.is_ascii_alphanumeric() { b | 0x20 } else { 0 };
        }
        let letters = &mut self.bytes[self.len..][..STEP];
        let mut kept = 0;
        for b in folded {
            letters[kept % STEP] = b;
            kept += usize::from(b != 0);
        }
        self.len += kept;
        self.skipped = folded[STEP - 1] == 0;
    }

    /// Reads any ASCII.
    fn read_any(&mut self, ascii: &[u8]) {
        for &b in ascii {
            if b.is_ascii_digit() & self.skipped {
                self.part_digits();
            }
            self.bytes[self.len] = b.to_ascii_lowercase();
            self.skipped = !b.is_ascii_alphanumeric();
            self.len += usize::from(!self.skipped);
        }
    }

    /// Notes that a digit is parted from what stands before it, if that is a digit.
    fn part_digits(&mut self) {
        let before = &self.bytes[self.ascii_from..self.len];
        if before.last().is_some_and(u8::is_ascii_digit) {
            self.beyond = (self.beyond ^ before.len() as u64).wrapping_mul(MIX);
        }
    }

    fn read_char(&mut self, c: char) {
        if c.is_alphanumeric() {
            decompose_compatible(c, |part| part.to_lowercase().for_each(|c| self.read_folded(c)));
        } else if !is_combining_mark(c) {
            self.skipped = true;
        }
    }

    fn read_folded(&mut self, c: char) {
        let code = u32::from(c);
        if let Some(digit) = digit(code) {
            if self.skipped {
                self.part_digits();
            }
            self.push(b'0' + digit);
        } else if c.is_ascii_alphabetic() {
            self.push(c as u8);
        } else if c.is_alphanumeric() && !is_combining_mark(c) {
            if is_ideograph(code) {
                self.push((code >> 8) as u8);
            }
            self.push(code as u8);
            self.beyond = (self.beyond ^ u64::from(code)).wrapping_mul(MIX);
            self.ascii_from = self.len;
        } else {
            self.skipped |= !is_combining_mark(c);
            return;
        }
        self.skipped = false;
    }

    /// The letters: one byte each, two for an ideograph. Different characters may share a byte.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Reads a text as [`Self::read`] does, and tells for each letter where the character that it is of begins in the text.
    pub(crate) fn read_with_places(&mut self, text: &str) -> Vec<usize> {
        self.read("");
        let mut places = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            self.read_on(&text[at..at + c.len_utf8()]);
            places.resize(self.len, at);
        }
        places
    }

    /// The stretches of letters that stand in lines which quote another text, as mails do, in order.
    pub(crate) fn quoted(&self) -> &[Range<usize>] {
        &self.quoted
    }

    /// A hash (128 bit, xxh3) that two texts share if they have the same letters and digits in the same order, digits being parted at the same places.
    #[must_use]
    pub fn hash(&self) -> u128 {
        xxh3_128_with_seed(self.bytes(), self.beyond)
    }
}

/// Whether a line quotes: `>` before it, perhaps behind the initials of whoever is quoted.
fn is_quoted(line: &str) -> bool {
    let start = line.trim_start();
    start
        .trim_start_matches(|c: char| c.is_ascii_uppercase())
        .strip_prefix('>')
        .is_some_and(|rest| start.len() - rest.len() <= INITIALS)
}

/// Whether any line of a text quotes.
fn has_quotes(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'>', bytes).any(|at| {
        let may_precede = |b: &&u8| matches!(b, b' ' | b'\t' | b'A'..=b'Z');
        let start = at - bytes[..at].iter().rev().take_while(may_precede).count();
        bytes[..start].last().is_none_or(|&b| b == b'\n') && is_quoted(&text[start..])
    })
}

fn has_digit(step: &[u8; STEP]) -> bool {
    step.iter().fold(0, |digits, b| digits | u8::from(b.is_ascii_digit())) != 0
}

/// Whether digits may be parted in a step of ASCII, after something that was `skipped` or not: whether a digit stands behind what is
/// neither letter nor digit, and that not behind a letter.
fn may_part_digits(step: &[u8; STEP], skipped: bool) -> bool {
    const LETTER: u8 = 1;
    const DIGIT: u8 = 2;
    let mut kinds = [0; STEP + 2];
    kinds[1] = if skipped { 0 } else { DIGIT };
    for (kind, b) in kinds[2..].iter_mut().zip(step) {
        *kind = LETTER * u8::from(b.is_ascii_alphabetic()) + DIGIT * u8::from(b.is_ascii_digit());
    }
    let mut parted = 0;
    for at in 0..STEP {
        let [before, between, is_digit] = [kinds[at] % DIGIT, kinds[at + 1], kinds[at + 2] / DIGIT];
        parted |= is_digit * u8::from(before + between == 0);
    }
    parted != 0
}

/// The bytes before the first one beyond ASCII.
fn ascii_len(bytes: &[u8]) -> usize {
    let steps = bytes.chunks_exact(STEP).take_while(|chunk| chunk.is_ascii()).count();
    let rest = &bytes[steps * STEP..];
    steps * STEP + rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len())
}

fn digit(code: u32) -> Option<u8> {
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// Whether a character stands for a syllable or a word: kana, Han, Hangul and what lies between and beyond.
fn is_ideograph(code: u32) -> bool {
    code >= 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> NormalizedText {
        let mut letters = NormalizedText::default();
        letters.read(text);
        letters
    }

    fn same(a: &str, b: &str) -> bool {
        letters(a).hash() == letters(b).hash()
    }

    #[test]
    fn letters_and_digits_stay_the_rest_goes() {
        assert_eq!(
            letters("  “It’s\u{a0}late” —\nSAID the Clerk, 12 times…").bytes(),
            b"itslatesaidtheclerk12times"
        );
    }

    #[test]
    fn space_case_quotes_dashes_accents_and_forms_of_digits_do_not_tell_texts_apart() {
        assert!(same("It's  a twenty-one\ngun salute", "IT’S a twenty–one gun salute"));
        assert!(same("Cafe\u{301} au lait", "Café au lait"));
        assert!(same("１２ ٤٥", "12 45"));
        assert!(same("Ａｂｃ ﬁn", "abc fin"));
    }

    #[test]
    fn other_letters_and_other_numbers_do() {
        assert!(!same("абв", "012"), "letters that share a byte");
        assert!(!same("1.5 tons", "15 tons"), "digits that are parted");
        assert!(!same("a 1 - 5", "a 15"));
        assert!(!same("½ ton", "12 ton"));
        assert!(!same("漢字", "漢子"));
    }

    #[test]
    fn white_space_does_not_matter_wherever_it_stands() {
        let text = "In 2031 some 1,5 tons of salt – or 15 sacks, as the clerk of the port wrote on 3.12. – went to the café";
        for gap in 1..40 {
            let wide = text.replace(' ', &" ".repeat(gap));
            assert!(same(text, &wide) && same(text, &(" ".repeat(gap) + text)));
            assert!(!same(text, &wide.replace("1,5", "15")));
        }
    }

    #[test]
    fn quoted_lines_are_known_by_their_mark() {
        let mut read = NormalizedText::default();
        read.read_with_quotes("She wrote:\n> no <b>bold</b> words\n  JB> at all\n5 > 3, says he\n");
        let quoted: Vec<_> = read
            .quoted()
            .iter()
            .map(|r| String::from_utf8_lossy(&read.bytes()[r.clone()]))
            .collect();
        assert_eq!(quoted, ["nobboldbwordsjbatall"]);
        read.read_with_quotes("a <PWJ> b\nc -> d");
        assert!(read.quoted().is_empty());
        assert_eq!(letters("a\n> b").hash(), letters("a b").hash());
    }

    #[test]
    fn each_letter_knows_where_its_character_begins() {
        let text = "É – 漢x";
        let mut letters = NormalizedText::default();
        let places = letters.read_with_places(text);
        assert_eq!(places, [0, 7, 7, 10]);
        assert_eq!(letters.hash(), self::letters(text).hash());
    }
}
