//! What is written of a text, as Markdown.

use crate::html::plain_markup::inline::{Marks, inline};
use crate::html::plain_markup::lines::Line;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// The Markdown of a text, as far as it is written.
pub(super) struct Sheet<'s> {
    pub(super) source: &'s str,
    pub(super) out: Unfolded,
    marks: Marks,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(source: &'s str, marks: Marks) -> Self {
        let mut out = Unfolded::default();
        out.text.reserve(source.len() + source.len() / 8);
        Self { source, out, marks }
    }

    /// Writes what the text says of itself as Markdown has it in front.
    pub(super) fn front(&mut self, fields: &[(&str, String)]) {
        if fields.is_empty() {
            return;
        }
        self.mark("---\n");
        for (name, value) in fields {
            let value = value.replace('\\', "").replace('"', "'");
            self.mark(&format!("{name}: \"{value}\"\n"));
        }
        self.mark("---\n\n");
    }

    /// Adds marks of Markdown.
    pub(super) fn mark(&mut self, mark: &str) {
        self.out.text.push_str(mark);
    }

    /// Adds a stretch of the source as it stands.
    pub(super) fn copy(&mut self, span: Span) {
        self.out.copy(self.source, span);
    }

    /// Adds running text.
    pub(super) fn text(&mut self, span: Span) {
        inline(&mut self.out, self.source, span, self.marks);
    }

    /// Adds a line of running text behind marks of Markdown.
    pub(super) fn line(&mut self, before: &str, span: Span) {
        self.mark(before);
        self.text(span);
        self.mark("\n");
    }

    pub(super) fn heading(&mut self, level: usize, span: Span) {
        self.mark("\n");
        self.line(&format!("{} ", "#".repeat(level.clamp(1, 6))), span);
        self.mark("\n");
    }

    /// Adds a paragraph of its own.
    pub(super) fn paragraph(&mut self, before: &str, span: Span) {
        if !span.is_empty() {
            self.mark("\n");
            self.line(before, span);
            self.mark("\n");
        }
    }

    /// Adds lines as code in a language, where one is named, without what all of them are set in.
    pub(super) fn code(&mut self, lines: &[Line], language: &str, before: &str) {
        let is_blank = |line: &&Line| line.is_blank();
        let first = lines.iter().take_while(is_blank).count();
        let last = lines.len() - lines.iter().rev().take_while(is_blank).count();
        let Some(lines) = lines.get(first..last).filter(|lines| !lines.is_empty()) else { return };
        let indent = lines.iter().filter(|line| !line.is_blank()).map(|line| line.indent).min();
        let indent = indent.unwrap_or(0);
        let ticks = lines
            .iter()
            .map(|line| line.of(self.source).bytes().take_while(|&b| b == b'`').count());
        let fence = "`".repeat(ticks.max().unwrap_or(0).max(2) + 1);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '#' | '_');
        let language = if language.chars().all(is_name) { language } else { "" };
        self.mark(&format!("\n{before}{fence}{language}\n"));
        for line in lines {
            self.mark(before);
            let set_in = line.indent.saturating_sub(indent);
            self.copy(Span::new(line.span.start - set_in, line.span.end));
            self.mark("\n");
        }
        self.mark(&format!("{before}{fence}\n\n"));
    }

    /// Adds a table, whose cells may stand on several lines each.
    pub(super) fn table(&mut self, rows: &[Vec<Vec<Span>>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        self.mark("\n");
        for (number, row) in rows.iter().enumerate() {
            self.mark("|");
            for column in 0..columns {
                self.mark(" ");
                for (part, span) in row.get(column).into_iter().flatten().enumerate() {
                    self.mark(if part > 0 { " " } else { "" });
                    self.cell(*span);
                }
                self.mark(" |");
            }
            self.mark("\n");
            if number == 0 {
                self.mark(&format!("|{}\n", " --- |".repeat(columns)));
            }
        }
        self.mark("\n");
    }

    /// Adds the text of a cell, in which a bar is text.
    fn cell(&mut self, span: Span) {
        let mut at = span.start;
        for bar in memchr::memchr_iter(b'|', span.of(self.source).as_bytes()) {
            let bar = span.start + bar;
            self.text(Span::new(at, bar));
            self.mark("\\");
            self.copy(Span::new(bar, bar + 1));
            at = bar + 1;
        }
        self.text(Span::new(at, span.end));
    }
}
