//! Strings in scripts: where they stand, and what their escapes mean.

use std::ops::Range;

use memchr::memmem;

use crate::span::Span;

/// The strings in double quotes in a script, without their quotes.
pub(in crate::html) fn strings_in(script: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + memchr::memchr(b'"', &script.as_bytes()[from..])? + 1;
        let end = string_end(script, start)?;
        from = end + 1;
        Some(start..end)
    })
}

/// Where the string ends that begins at `start`.
pub(in crate::html) fn string_end(script: &str, start: usize) -> Option<usize> {
    let bytes = script.as_bytes();
    let mut end = start;
    loop {
        end += memchr::memchr2(b'"', b'\\', &bytes[end..])?;
        if bytes[end] == b'"' {
            return Some(end);
        }
        end = (end + 2).min(bytes.len());
    }
}

/// The values of `articleBody` in a script, without their quotes, as far as they are strings.
pub(in crate::html) fn texts_in(script: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = script.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let name = memmem::find(&bytes[from..], b"\"articleBody\"")?;
            from += name + b"\"articleBody\"".len();
            let rest = &script[from..];
            let Some(value) = rest.trim_start().strip_prefix(':').map(str::trim_start) else {
                continue;
            };
            let Some(text) = value.strip_prefix('"') else { continue };
            let start = script.len() - text.len();
            let end = string_end(script, start)?;
            from = end + 1;
            return Some(start..end);
        }
    })
}

/// The parts of a JSON string: an escape with what it means, or a stretch that is what it says.
pub(in crate::html) fn unescaped(source: &str, string: Span) -> Vec<(Span, Option<char>)> {
    let mut parts = Vec::new();
    let mut at = string.start;
    while at < string.end {
        let rest = &source[at..string.end];
        let plain = rest.find(['\\', '<']).unwrap_or(rest.len());
        if plain > 0 {
            parts.push((Span::new(at, at + plain), None));
            at += plain;
            continue;
        }
        let (meant, length) = if rest.starts_with('<') { ('<', 1) } else { escape(rest) };
        parts.push((Span::new(at, at + length), Some(meant)));
        at += length;
    }
    parts
}

/// What an escape at the beginning of `text` means, and its length in bytes.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    if let Some(first) = unit(0) {
        let units = [first, unit(6).unwrap_or(0)];
        let meant = char::decode_utf16(units).next().and_then(Result::ok);
        let length = if meant.is_some_and(|c| c.len_utf16() == 2) { 12 } else { 6 };
        return (meant.unwrap_or(char::REPLACEMENT_CHARACTER), length);
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (_, Some('n')) => ('\n', 2),
        (_, Some('r')) => ('\r', 2),
        (_, Some('t' | 'b' | 'f')) => (' ', 2),
        (_, Some(c)) => (c, 1 + c.len_utf8()),
        (_, None) => (' ', 1),
    }
}
