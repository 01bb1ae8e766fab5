//! The lines of a text, each with its place and how far it is set in.

use crate::span::Span;

/// A line without the white space around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) indent: usize,
}

impl Line {
    pub(super) fn of<'s>(&self, source: &'s str) -> &'s str {
        self.span.of(source)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.span.is_empty()
    }

    /// What stands behind so many bytes.
    pub(super) fn behind(&self, bytes: usize, source: &str) -> Span {
        trimmed(Span::new((self.span.start + bytes).min(self.span.end), self.span.end), source)
    }
}

/// The lines of a text.
pub(super) fn lines_of(source: &str) -> Vec<Line> {
    let mut start = 0;
    let line = |line: &str| {
        let from = start;
        start += line.len();
        let text = line.trim_end();
        let indent = text.len() - text.trim_start().len();
        Line { span: Span::new(from + indent, from + text.len()), indent }
    };
    source.split_inclusive('\n').map(line).collect()
}

/// A stretch without the white space around it.
pub(super) fn trimmed(span: Span, source: &str) -> Span {
    let text = span.of(source);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}
