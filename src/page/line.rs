//! Lines: where each stands, how far it is indented, which list marker it carries.

use crate::guard::look;
use crate::text::chars::{is_space, line_end};
use unicode_width::UnicodeWidthChar;

use crate::span::Span;

/// The mark a list item begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `•`, `*`, `-`, `+` and the like.
    Bullet,
    /// `1.`, `12)`.
    Number,
}

/// One line of a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// The line without the white space around it; empty for a blank line.
    pub span: Span,
    /// Columns of white space before it.
    pub indent: usize,
    /// Columns of its text (wide characters take two).
    pub width: usize,
    /// Columns of its first word.
    pub first_word: usize,
    /// The list marker it begins with.
    pub marker: Option<Marker>,
    /// Bytes of the marker and the white space after it, or of a star that is glued to the text.
    pub marker_len: usize,
}

impl Line {
    /// Whether it holds nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.span.is_empty()
    }

    /// The lines of `text`, the white space at their ends left out. A byte order mark counts as white space.
    pub(crate) fn all(text: &str) -> Vec<Line> {
        let mut lines = Vec::with_capacity(text.len() / 60 + 1);
        let mut start = 0;
        for end in memchr::memchr_iter(line_end(text), text.as_bytes()).chain([text.len()]) {
            look();
            lines.push(Line::new(text, start, end));
            start = end + 1;
        }
        lines
    }

    fn new(text: &str, start: usize, end: usize) -> Line {
        let raw = &text[start..end];
        let body = raw.trim_start_matches(is_space);
        let indent_bytes = raw.len() - body.len();
        let body = body.trim_end_matches(is_space);
        let from = start + indent_bytes;
        Line::of_span(text, Span::new(from, from + body.len()), columns(&raw[..indent_bytes]))
    }

    fn of_span(text: &str, span: Span, indent: usize) -> Line {
        let body = span.of(text);
        let (marker, marker_len) = marker_of(body);
        Line {
            span,
            indent,
            width: columns(body),
            first_word: columns(body.split(is_space).next().unwrap_or("")),
            marker,
            marker_len,
        }
    }
}

/// Whether a line begins as one that a mail quotes. A mail box writes the same mark before the word "From" where a line begins with it.
pub(crate) fn is_quoted(line: &str) -> bool {
    let text = line.trim_start_matches('>');
    text.len() < line.len() && !text.starts_with("From ")
}

/// Columns that a text takes up.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len() + 3 * memchr::memchr_iter(b'\t', text.as_bytes()).count();
    }
    let columns = |c: char| match c {
        '\t' => 4,
        ' '..='~' => 1,
        _ => c.width().unwrap_or(0),
    };
    text.chars().map(columns).sum()
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '◦'
            | '▪'
            | '‣'
            | '·'
            | '*'
            | '+'
            | '-'
            | '–'
            | '—'
            | '○'
            | '●'
            | '■'
            | '□'
            | '►'
            | '▶'
            | '▸'
            | '»'
            | '›'
            | '>'
            | '✇'
            | '→'
            | '⇒'
            | '¶'
    )
}

fn marker_of(body: &str) -> (Option<Marker>, usize) {
    let Some(first) = body.chars().next() else { return (None, 0) };
    let after = |used: usize| {
        let rest = body.get(used..)?;
        let gap = rest.len() - rest.trim_start_matches(is_space).len();
        (gap > 0 || rest.is_empty()).then_some(used + gap)
    };
    if let Some(len) = after(first.len_utf8()).filter(|_| is_bullet(first)) {
        return (Some(Marker::Bullet), len);
    }
    if matches!(first, '•' | '▪' | '✇' | '►' | '▶') {
        return (Some(Marker::Bullet), first.len_utf8());
    }
    if first == '*' && body[1..].starts_with(char::is_alphanumeric) && !body.ends_with('*') {
        return (None, 1);
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let numbered =
        (1..=3).contains(&digits) && matches!(body.as_bytes().get(digits), Some(b'.' | b')'));
    match after((digits + 1).min(body.len())).filter(|_| numbered) {
        Some(len) => (Some(Marker::Number), len),
        None => (None, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_knows_its_place_indent_and_marker() {
        let text = "Head\r\n   * item one\n\u{a0}\n12. twelve\n-dash";
        let lines = Line::all(text);
        let seen: Vec<_> = lines.iter().map(|l| (l.span.of(text), l.indent, l.marker)).collect();
        assert_eq!(
            seen,
            [
                ("Head", 0, None),
                ("* item one", 3, Some(Marker::Bullet)),
                ("", 1, None),
                ("12. twelve", 0, Some(Marker::Number)),
                ("-dash", 0, None)
            ]
        );
    }

    #[test]
    fn a_mark_before_the_word_from_quotes_nothing() {
        assert!(is_quoted("> The quay") && is_quoted(">> The quay") && is_quoted(">"));
        assert!(!is_quoted("The quay") && !is_quoted(">From the quay") && !is_quoted(">>From it"));
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(Line::all("日本語")[0].width, 6);
    }
}
