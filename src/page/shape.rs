//! What one scan over the characters of a block tells.

use std::sync::LazyLock;

use crate::text::chars::{
    is_closer, is_mark, is_quote, is_space, is_stop, is_unspaced, is_unstopped, quarters_of_word,
};

/// What one scan over a block's characters tells about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct BlockStats {
    /// Characters, white space squeezed.
    pub chars: u32,
    /// Words; in a script without spaces, as many as its characters make up in the mean.
    pub words: u32,
    /// Letters.
    pub letters: u32,
    /// Upper-case letters.
    pub upper: u32,
    /// Digits of any script.
    pub digits: u32,
    /// Words that begin in upper case.
    pub capitalised: u32,
    /// Commas.
    pub commas: u32,
    /// Full stops, question and exclamation marks that end a sentence.
    pub stops: u32,
    /// Characters that are neither letters, digits, white space nor ordinary punctuation.
    pub symbols: u32,
    /// Whether the last character, closing quotes and brackets aside, ends a sentence.
    pub ends_sentence: bool,
    /// Whether the last character is a colon.
    pub ends_colon: bool,
    /// Whether the first letter is in lower case.
    pub starts_lower: bool,
    /// Whether it begins with a quotation mark.
    pub starts_quote: bool,
}

/// Words of the shortest block that ends as a sentence does where the script marks no end.
const UNSTOPPED_WORDS: u32 = 12;

/// What a character is to the measures of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Space,
    Upper,
    Lower,
    /// A letter without case.
    Letter,
    /// A letter of a script without spaces.
    Unspaced,
    /// Stands within a word and is no letter.
    Mark,
    Digit,
    Comma,
    /// Ends a sentence wherever it stands.
    FullStop,
    Punctuation,
    Symbol,
}

impl Class {
    pub(crate) fn of(c: char) -> Class {
        match c {
            c if is_space(c) => Class::Space,
            c if c.is_uppercase() && c.is_alphabetic() => Class::Upper,
            c if c.is_lowercase() && c.is_alphabetic() => Class::Lower,
            c if c.is_alphabetic() && is_unspaced(c) => Class::Unspaced,
            c if c.is_alphabetic() => Class::Letter,
            c if c.is_numeric() => Class::Digit,
            c if is_mark(c) => Class::Mark,
            ',' | '،' | '、' | '，' => Class::Comma,
            '。' | '！' | '？' | '।' | '॥' | '။' | '។' => Class::FullStop,
            c if is_stop(c)
                || is_closer(c)
                || is_quote(c)
                || matches!(c, '-' | '(' | ':' | ';' | '–' | '—' | '：' | '（') =>
            {
                Class::Punctuation
            }
            _ => Class::Symbol,
        }
    }
}

/// The classes of the ASCII characters.
pub(crate) static ASCII: LazyLock<[Class; 128]> =
    LazyLock::new(|| std::array::from_fn(|code| Class::of(code as u8 as char)));

impl BlockStats {
    /// Measures `text` in one scan.
    pub(crate) fn of(text: &str) -> BlockStats {
        let ascii = &*ASCII;
        let mut s = BlockStats::default();
        let mut quarters = 0;
        let (mut in_word, mut gap, mut first_letter_seen) = (false, false, false);
        let mut before = '\0';
        s.starts_quote = text.chars().next().is_some_and(is_quote);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let class = ascii.get(c as usize).copied().unwrap_or_else(|| Class::of(c));
            if class == Class::Space {
                gap = true;
                in_word = false;
                s.stops += u32::from(is_stop(before));
                before = ' ';
                continue;
            }
            s.chars += 1 + u32::from(gap);
            gap = false;
            match class {
                Class::Upper | Class::Lower | Class::Letter | Class::Unspaced => {
                    s.letters += 1;
                    s.upper += u32::from(class == Class::Upper);
                    if !first_letter_seen {
                        first_letter_seen = true;
                        s.starts_lower = class == Class::Lower;
                    }
                    if class == Class::Unspaced {
                        quarters += quarters_of_word(c);
                        in_word = false;
                    } else if !in_word {
                        s.words += 1;
                        s.capitalised += u32::from(class == Class::Upper);
                        in_word = true;
                    }
                    let rest = chars.as_str();
                    let run = &rest[..ascii_letters(rest)];
                    if !run.is_empty() && class != Class::Unspaced {
                        chars = rest[run.len()..].chars();
                        s.chars += run.len() as u32;
                        s.letters += run.len() as u32;
                        s.upper += run.bytes().filter(u8::is_ascii_uppercase).count() as u32;
                        before = 'a';
                        continue;
                    }
                }
                Class::Digit => {
                    s.digits += 1;
                    s.words += u32::from(!in_word);
                    in_word = true;
                }
                Class::Mark => {}
                _ => {
                    s.commas += u32::from(class == Class::Comma);
                    s.stops += u32::from(class == Class::FullStop);
                    s.symbols += u32::from(class == Class::Symbol);
                    in_word &= matches!(c, '\'' | '’' | '-' | '.');
                    if is_closer(c) && (is_stop(before) || is_unstopped(before)) {
                        continue;
                    }
                }
            }
            before = c;
        }
        s.words += quarters / 4;
        let is_clause = is_unstopped(before) && s.words >= UNSTOPPED_WORDS;
        s.ends_sentence = is_stop(before) || is_clause;
        s.stops += u32::from(is_clause);
        s.stops += u32::from(s.ends_sentence && before.is_ascii() || before == '…');
        s.ends_sentence |= ends_in_credit(text) || ends_in_note(text);
        s.ends_colon = matches!(before, ':' | '：');
        s
    }
}

/// Whether a sentence stands at the end of a text, and in brackets behind it the initials of its author or a day: `… went back to work. (mk)`. The
/// name of an agency alone stands behind captions.
fn ends_in_credit(text: &str) -> bool {
    /// Bytes of the longest credit.
    const LONGEST: usize = 48;
    /// Letters of the longest initials.
    const INITIALS: usize = 4;
    let text = text.trim_end();
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    let parts = [('(', ')'), ('[', ']'), ('（', '）')]
        .into_iter()
        .find_map(|(open, close)| tail.strip_suffix(close)?.rsplit_once(open));
    parts.is_some_and(|(sentence, credit)| {
        let are_initials = (2..=INITIALS).contains(&credit.len())
            && credit.bytes().all(|b| b.is_ascii_lowercase());
        let is_dated = || {
            credit.contains(|c: char| c.is_ascii_digit()) && credit.contains(char::is_alphabetic)
        };
        sentence.trim_end().ends_with(is_stop) && (are_initials || is_dated())
    })
}

/// Whether a sentence stands at the end of a text, and behind it the marks of footnotes: `… went back to work.[5][a]`, `… to work.¹`.
fn ends_in_note(text: &str) -> bool {
    let mut rest = text.trim_end();
    while let Some(before) = before_note(rest) {
        rest = before;
    }
    rest.len() < text.trim_end().len() && rest.trim_end_matches(is_closer).ends_with(is_stop)
}

/// What stands before the mark of a footnote at the end of a text: a number or a letter in brackets, a word in square brackets right behind the
/// stop (`.[citation needed]`), a raised number, a star or a dagger, and the page behind a mark (`[5]: 12`).
fn before_note(text: &str) -> Option<&str> {
    /// Bytes of the longest note in words, and digits of the longest number.
    const LONGEST: usize = 32;
    const DIGITS: usize = 3;
    let is_number =
        |note: &str| (1..=DIGITS).contains(&note.len()) && note.bytes().all(|b| b.is_ascii_digit());
    let last = text.chars().next_back()?;
    match last {
        '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '*' | '†' | '‡' => {
            Some(text[..text.len() - last.len_utf8()].trim_end())
        }
        ']' | ')' => {
            let open = if last == ']' { '[' } else { '(' };
            let tail = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
            let place = tail + text[tail..].rfind(open)?;
            let (before, note) = (&text[..place], text[place + 1..text.len() - 1].trim());
            let is_letter = note.len() == 1 && note.bytes().all(|b| b.is_ascii_lowercase());
            let is_attached = || before.ends_with(['.', '”', '"', ']']) && !before.ends_with("...");
            let are_words = || note.contains(' ') || note.ends_with('?');
            let is_note = match last {
                ']' => is_number(note) || is_letter || are_words() && is_attached(),
                // A number in round brackets behind a question or a cut sentence counts its answers.
                _ => is_number(note) && before.trim_end().ends_with('.'),
            };
            is_note.then(|| before.trim_end())
        }
        last if last.is_ascii_digit() => {
            let page = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '–');
            let marked = page.trim_end().strip_suffix(':')?;
            (text.len() - page.len() <= 2 * DIGITS + 3 && marked.ends_with(']')).then_some(marked)
        }
        _ => None,
    }
}

/// How many ASCII letters `text` begins with.
pub(crate) fn ascii_letters(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_footnotes_behind_a_sentence_end_it() {
        for (text, ends) in [
            ("The crews went back to work.[5]", true),
            ("The crews went back to work. [5][12]", true),
            ("The crews went back to work.”[a]", true),
            ("The crews went back to work.[citation needed]", true),
            ("The crews went back to work.[3]: 45–46", true),
            ("The crews went back to work.¹ ²", true),
            ("The crews went back to work. (5)", true),
            ("The crews went back to work. [read more]", false),
            ("The crews went back to…[Read more]", false),
            ("Was the harbour master to blame? (12)", false),
            ("Crews went back [5]", false),
            ("Results, 1–3 (5)", false),
            ("Prices from 5*", false),
            ("[5]", false),
        ] {
            assert_eq!(BlockStats::of(text).ends_sentence, ends, "{text}");
        }
    }

    #[test]
    fn a_credit_in_brackets_behind_a_sentence_ends_it() {
        for (text, ends) in [
            ("The crews went back to work. (mk)", true),
            ("The crews went back to work. [Harbour Post, 3 March]", true),
            ("乗組員は新しい時刻表を受け入れた。（3月5日、北海通信）", true),
            ("The crews went back to work (at last)", false),
            ("The crews went back to work. (Harbour Post)", false),
            ("The crews went back. Nobody knew (not even the union", false),
        ] {
            assert_eq!(BlockStats::of(text).ends_sentence, ends, "{text}");
        }
    }
}
