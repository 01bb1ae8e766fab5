//! What a line begins or ends with that lines of one form have in common: a lead, a sign, a label, a credit.

use std::fmt::Write;

/// The sign between a headline and its text in one paragraph: `Ferry strike is over – The crews …`.
pub(super) fn led_by(text: &str) -> Option<&str> {
    /// Bytes of the longest headline.
    const LONGEST: usize = 160;
    /// Words of the longest headline.
    const WORDS: usize = 16;
    const SIGNS: [&str; 6] = [" – ", " — ", " - ", ": ", "：", " | "];
    let head = &text[..text.floor_char_boundary(LONGEST)];
    for (place, c) in head.char_indices() {
        match c {
            '.' | ',' | '，' | '。' | '!' | '?' => return None,
            ' ' | ':' | '：' => {}
            _ => continue,
        }
        if let Some(sign) = SIGNS.iter().find(|sign| head[place..].starts_with(**sign)) {
            let words = head[..place].split_whitespace().count();
            return (1..=WORDS).contains(&words).then(|| sign.trim());
        }
    }
    None
}

/// What a headline may stand in at the head of its text.
pub(super) const BRACKETS: &str = "【〔［[〈《「『<*_(（";

/// Whether a text begins with a sentence of one to three words that are names: `Holm. The crews …`.
pub(super) fn names_first(text: &str) -> bool {
    /// Bytes of the longest name.
    const LONGEST: usize = 40;
    let head = &text[..text.floor_char_boundary(LONGEST)];
    let Some(end) = head.as_bytes().array_windows().position(|pair| pair == b". ") else {
        return false;
    };
    let name = &head[..end];
    (1..=3).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// What stands in a form for any picture.
pub(super) const PICTURE: char = '☺';

/// Whether a character is a picture, an arrow, a box or the like, or belongs to one.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f000}'..='\u{1faff}')
}

pub(super) fn begin_of(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

/// The sign of a credit at the end of a paragraph: the bracket around it, or the dash before a name.
pub(super) fn credit_of(text: &str) -> Option<char> {
    /// Bytes of the longest credit.
    const LONGEST: usize = 48;
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST))..];
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('/', '/')] {
        let inner = tail.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        if inner.is_some_and(|(_, inner)| inner.chars().any(char::is_alphabetic)) {
            return Some(open);
        }
    }
    let (_, name) = tail.rsplit_once(['—', '–'])?;
    let is_name = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    (is_name && !name.trim().is_empty() && !name.ends_with(['.', '!', '?'])).then_some('—')
}

/// The first word of a paragraph where it is a label: `Q:`, `Ask:`; with digits free.
pub(super) fn label_of(head: &str) -> Option<String> {
    let first = head.split_whitespace().next()?;
    (first.ends_with([':', '：']) && first.len() < 20)
        .then(|| without_digits(&first.to_lowercase()))
}

pub(super) fn begins_in_capitals(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && first.chars().all(|c| !c.is_lowercase())
        && first.chars().any(char::is_uppercase)
}

/// A text with each run of digits as one `0`.
pub(super) fn without_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_numeric() {
            let _ = out.write_char(c);
        } else if !out.ends_with('0') {
            out.push('0');
        }
    }
    out
}
