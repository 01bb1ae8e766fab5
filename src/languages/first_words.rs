//! The words that phrases begin with, by which most texts are known to hold none of them.

use rustc_hash::FxHashSet;

/// The first runs of ASCII letters of phrases, whatever their case.
#[derive(Debug)]
pub(crate) struct FirstWords {
    hashes: FxHashSet<u32>,
    /// Which first letters and lengths they have, by [`form`].
    forms: [bool; FORMS],
}

/// Forms of words that are told apart before a word is looked up.
const FORMS: usize = 1 << 10;

impl FirstWords {
    /// Those of phrases, each of which has such a run or a letter beyond ASCII.
    pub(crate) fn of<T: AsRef<str>>(phrases: impl IntoIterator<Item = T>) -> Self {
        let first = |phrase: T| {
            let phrase = phrase.as_ref();
            let run = runs_of_letters(phrase).next();
            debug_assert!(run.is_some() || has_other_letters(phrase), "{phrase}");
            run.map(|run| (form(run), hash(run)))
        };
        let mut forms = [false; FORMS];
        let words = phrases.into_iter().filter_map(first);
        let hashes = words.map(|(form, hash)| {
            forms[form] = true;
            hash
        });
        let hashes = hashes.collect();
        Self { hashes, forms }
    }

    /// Whether one of the phrases may begin with a run of ASCII letters.
    pub(crate) fn has(&self, run: &[u8]) -> bool {
        self.forms[form(run)] && self.hashes.contains(&hash(run))
    }

    /// Whether one of the phrases may stand in a text, between other characters than letters.
    pub(crate) fn may_stand_in(&self, text: &str) -> bool {
        has_other_letters(text) || runs_of_letters(text).any(|run| self.has(run))
    }
}

/// Whether a text has letters, marks or digits beyond ASCII.
pub(crate) fn has_other_letters(text: &str) -> bool {
    let is_sign = |c| {
        matches!(c, '\0'..='\u{a9}' | '\u{ab}'..='\u{b1}' | '\u{b4}' | '\u{b6}'..='\u{b8}' | '\u{bb}' | '\u{bf}'
            | '\u{2000}'..='\u{2063}' | '\u{20ac}' | '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2775}' | '\u{2794}'..='\u{2bff}')
    };
    !text.is_ascii() && !text.chars().all(is_sign)
}

/// The runs of ASCII letters of a text.
fn runs_of_letters(text: &str) -> impl Iterator<Item = &[u8]> {
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    runs.filter(|run| !run.is_empty())
}

/// The first letter of a word whatever its case, and its length.
fn form(word: &[u8]) -> usize {
    let first = word.first().map_or(0, |letter| usize::from(letter & 0x1f));
    first | word.len().min(0x1f) << 5
}

/// The hash of a word whatever its case.
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0, |hash: u32, byte| {
        (hash.rotate_left(5) ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x9e37_79b1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_no_phrase_without_its_first_word() {
        let words = FirstWords::of(["vor", "il y a", "před"]);
        for text in ["Vor 3 Tagen", "(il y a 3 jours)", "před 3 dny", "3 días"] {
            assert!(words.may_stand_in(text), "{text}");
        }
        for text in ["", "davor – 3 Tage", "“quay” • ilya"] {
            assert!(!words.may_stand_in(text), "{text}");
        }
    }

    #[test]
    fn signs_are_no_letters() {
        let is_letter = |c: char| c.is_alphanumeric() || regex_syntax::is_word_character(c);
        let is_join =
            |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' | '\u{2054}');
        for c in ('\u{80}'..='\u{ffff}').filter(|&c| !has_other_letters(&c.to_string())) {
            assert!(!is_letter(c) || is_join(c), "{c:?}");
        }
    }
}
