//! The words that open bylines, part the names in them, and close them, in all languages.

use std::ops::Range;
use std::sync::LazyLock;

use crate::languages::{FirstWords, any_of, words_of};
use crate::text::pattern::Pattern;

/// Words that open a byline.
static OPENING: LazyLock<Pattern> = LazyLock::new(|| {
    let words = any_of(|language| language.bylines.opening);
    Pattern::new(format!(r"(?i)^\W*(?:{words})(?:\s*[:：|]\s*|\s+)"))
});

/// Words that open the names behind a day, with its time, zone and day of the week between.
pub(super) static BEHIND_DAY: LazyLock<Pattern> = LazyLock::new(|| {
    let words = any_of(|language| language.bylines.opening);
    Pattern::new(format!(
        r"(?i)^[^\pL]*(?:\pL{{1,5}}\b[^\pL]+){{0,3}}?(?:{words})(?:\s*[:：|]\s*|\s+)"
    ))
});

/// The first words of those, each of which begins with a letter.
static OPENING_WORDS: LazyLock<FirstWords> =
    LazyLock::new(|| FirstWords::of(words_of(|language| language.bylines.opening)));

/// Where the names end: a role, a date word, a rule between parts.
static CLOSING: LazyLock<Pattern> = LazyLock::new(|| {
    let words = any_of(|language| language.bylines.closing);
    Pattern::new(format!(r"(?i)\s*(?:[|•·–—@]|\s-\s|,?\s+(?:{words})\s|\d|\s\().*$"))
});

static CLOSING_WORDS: LazyLock<FirstWords> =
    LazyLock::new(|| FirstWords::of(words_of(|language| language.bylines.closing)));

pub(super) static BETWEEN: LazyLock<Pattern> = LazyLock::new(|| {
    let words = any_of(|language| language.bylines.conjunction);
    Pattern::new(format!(r"(?i)\s*(?:,?\s(?:{words})\s|,|;|&)\s*"))
});

pub(super) static BETWEEN_WORDS: LazyLock<FirstWords> =
    LazyLock::new(|| FirstWords::of(words_of(|language| language.bylines.conjunction)));

/// Where the names of a list end.
pub(super) fn closing_of(list: &str) -> Option<Range<usize>> {
    let is_sign =
        |c: char| matches!(c, '|' | '•' | '·' | '–' | '—' | '@' | '-' | '(') || c.is_ascii_digit();
    let may_close = list.contains(is_sign) || CLOSING_WORDS.may_stand_in(list);
    may_close.then(|| CLOSING.find(list)).flatten()
}

/// Where the words end that open a byline.
pub(super) fn opening_of(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start_matches(|c: char| !regex_syntax::is_word_character(c));
    let first = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    // Of a word that goes on with a letter beyond ASCII nothing is known.
    let is_ascii = rest.as_bytes().get(first).is_none_or(u8::is_ascii);
    let may_open = !is_ascii || OPENING_WORDS.has(&rest.as_bytes()[..first]);
    may_open.then(|| OPENING.find(line)).flatten()
}

/// A byline up to a role, a date word, or a rule between its parts.
pub(crate) fn without_closing(line: &str) -> &str {
    closing_of(line).map_or(line, |closing| &line[..closing.start]).trim()
}

/// A byline without the words that open it.
pub(crate) fn without_opening(line: &str) -> &str {
    opening_of(line).map_or(line, |opening| &line[opening.end..])
}

/// Whether a line is but the words that open a byline.
pub(crate) fn is_opening(line: &str) -> bool {
    let own = line.trim();
    line.len() < 40 && opening_of(&format!("{own} ")).is_some_and(|opening| opening.end > own.len())
}
