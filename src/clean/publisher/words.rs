//! The words of a line that may name a publisher.

use std::cell::OnceCell;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::clean::split::is_common_word;
use crate::text::chars::is_mark;

/// Words of the longest part of a line that may be a name.
pub(super) const PART: usize = 12;
/// Letters of the shortest word of which it is known whether it is common.
const LETTERS: usize = 4;

/// A word of a line.
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The hash of its letters in small.
    pub(super) hash: u64,
    /// Whether it begins with a capital or a digit, is of a script without capitals, or holds a stop as addresses do.
    pub(super) is_capital: bool,
    own: OnceCell<bool>,
}

impl Word<'_> {
    /// Whether it is none of the commonest words of a language, nor as short as they are, but for short forms in capitals.
    pub(super) fn is_own(&self) -> bool {
        let is_long = || self.text.chars().nth(LETTERS - 1).is_some();
        *self
            .own
            .get_or_init(|| !is_common_word(self.text) && (is_long() || is_in_capitals(self.text)))
    }
}

/// The words of a text, `most` at most, without the signs around each.
pub(super) fn words_of(text: &str, most: usize) -> Vec<Word<'_>> {
    let is_sign = |c: char| !c.is_alphanumeric() && !is_mark(c);
    let mut words = Vec::with_capacity(PART + 1);
    for word in text.split_whitespace() {
        if words.len() == most {
            break;
        }
        let own = word.trim_start_matches(is_sign);
        let own = own.trim_end_matches(|c| is_sign(c) && c != '+');
        if let Some(first) = own.chars().next() {
            let start = own.as_ptr().addr() - text.as_ptr().addr();
            words.push(Word {
                text: own,
                start,
                end: start + own.len(),
                hash: in_small(own),
                is_capital: !first.is_lowercase() || own.contains('.'),
                own: OnceCell::new(),
            });
        }
    }
    words
}

/// The hash of several words, from that of all but the last and that of the last.
pub(super) fn joined(words: u64, last: u64) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(words);
    hasher.write_u64(last);
    hasher.finish()
}

/// Whether all letters with a case are capitals.
pub(super) fn is_in_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
}

/// The hash of a text in small letters.
pub(super) fn in_small(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for c in text.chars() {
        if c.is_ascii() {
            hasher.write_u32(c.to_ascii_lowercase().into());
        } else {
            c.to_lowercase().for_each(|c| hasher.write_u32(c.into()));
        }
    }
    hasher.finish()
}
