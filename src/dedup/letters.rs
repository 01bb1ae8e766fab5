//! The letters and digits of a text: the form in which texts are compared.
//!
//! White space, punctuation, case, accents and the width or script of digits do not tell two copies of a text apart; and scans
//! break words or join them. So a text is taken as one run of its letters and digits, without borders between words, which also
//! suits scripts that write none.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};
use xxhash_rust::xxh3::xxh3_128_with_seed;

/// A text's letters and digits, folded. Meant to be used again for the next text: it keeps its memory.
#[derive(Debug, Default)]
pub struct Letters {
    bytes: Vec<u8>,
    /// What `bytes` does not show: the characters beyond ASCII, and where digits were parted.
    beyond: u64,
}

const DIGIT: u8 = 1;
const SKIP: u8 = 2;
const LETTER: u8 = 3;
/// The classes of three characters in a row: a digit, something skipped, a digit.
const PARTED_DIGITS: u8 = DIGIT << 4 | SKIP << 2 | DIGIT;

/// An odd number whose bits look random (the golden ratio's).
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// For every ASCII byte its folded form, 0 where it is skipped, and its class.
const ASCII: [(u8, u8); 128] = {
    let mut table = [(0, SKIP); 128];
    let mut b = 0u8;
    while b < 128 {
        if b.is_ascii_digit() {
            table[b as usize] = (b, DIGIT);
        } else if b.is_ascii_alphabetic() {
            table[b as usize] = (b.to_ascii_lowercase(), LETTER);
        }
        b += 1;
    }
    table
};

/// The zeros of scripts with decimal digits of their own.
const ZEROS: [u32; 20] =
    [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10];

impl Letters {
    /// Takes the letters of `text` in place of those of the text before.
    pub fn read(&mut self, text: &str) {
        self.bytes.clear();
        self.bytes.reserve(text.len());
        self.beyond = 0;
        let mut classes = 0;
        let mut rest = text;
        while !rest.is_empty() {
            let run = rest.bytes().position(|b| b >= 0x80).unwrap_or(rest.len());
            let (ascii, after) = rest.split_at(run);
            classes = self.read_ascii(ascii.as_bytes(), classes);
            let mut chars = after.chars();
            while let Some(c) = chars.next() {
                classes = self.read_char(c, classes);
                if chars.as_str().bytes().next().is_none_or(|b| b < 0x80) {
                    break;
                }
            }
            rest = chars.as_str();
        }
    }

    fn read_ascii(&mut self, ascii: &[u8], mut classes: u8) -> u8 {
        let start = self.bytes.len();
        self.bytes.resize(start + ascii.len(), 0);
        let out = &mut self.bytes[start..];
        let mut kept = 0;
        for &b in ascii {
            let (folded, class) = ASCII[usize::from(b & 0x7f)];
            out[kept] = folded;
            kept += usize::from(folded != 0);
            classes = follow(classes, class);
            if classes & 0x3f == PARTED_DIGITS {
                self.beyond = (self.beyond ^ (start + kept) as u64).wrapping_mul(MIX);
            }
        }
        self.bytes.truncate(start + kept);
        classes
    }

    fn read_char(&mut self, c: char, mut classes: u8) -> u8 {
        let mut folded = |c: char| {
            if c.is_ascii() {
                let (folded, class) = ASCII[c as usize];
                if folded != 0 {
                    self.bytes.push(folded);
                }
                classes = follow(classes, class);
            } else if let Some(digit) = digit(c) {
                self.bytes.push(b'0' + digit);
                classes = follow(classes, DIGIT);
            } else if c.is_alphanumeric() && !is_combining_mark(c) {
                let code = u32::from(c);
                if is_ideograph(code) {
                    self.bytes.push((code >> 8) as u8);
                }
                self.bytes.push(code as u8);
                self.beyond = (self.beyond ^ u64::from(code)).wrapping_mul(MIX);
                classes = follow(classes, LETTER);
            } else {
                classes = follow(classes, SKIP);
            }
        };
        if c.is_alphanumeric() {
            decompose_compatible(c, |part| part.to_lowercase().for_each(&mut folded));
        } else if !is_combining_mark(c) {
            folded(c);
        }
        classes
    }

    /// The letters: one byte each, two for an ideograph. Different characters may share a byte.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A hash (128 bit, xxh3) that two texts share if they have the same letters and digits in the same order, digits being parted at the same places.
    #[must_use]
    pub fn hash(&self) -> u128 {
        xxh3_128_with_seed(&self.bytes, self.beyond)
    }
}

/// `classes` after one more character; characters that are skipped count once in a row.
fn follow(classes: u8, class: u8) -> u8 {
    if class == SKIP && classes & 3 == SKIP { classes } else { classes << 2 | class }
}

fn digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// Whether a character stands for a syllable or a word: kana, Han, Hangul and what lies between and beyond.
fn is_ideograph(code: u32) -> bool {
    code >= 0x2e80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Letters {
        let mut letters = Letters::default();
        letters.read(text);
        letters
    }

    fn same(a: &str, b: &str) -> bool {
        letters(a).hash() == letters(b).hash()
    }

    #[test]
    fn letters_and_digits_stay_the_rest_goes() {
        assert_eq!(letters("  “It’s\u{a0}late” —\nSAID the Clerk, 12 times…").bytes(), b"itslatesaidtheclerk12times");
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
        assert!(!same("漢字", "漢子"));
    }
}
