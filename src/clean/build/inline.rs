//! Links, emphasis, code and formulas within a paragraph or a cell.

use crate::html::outline::Mark;
use crate::page::Page;
use crate::span::Span;
use crate::structure::InlineSpan;

/// Text that is put together of stretches of a page, its white space squeezed, with what was marked of them.
#[derive(Debug, Default)]
pub(super) struct Squeezed {
    pub(super) text: String,
    pub(super) spans: Vec<InlineSpan>,
}

impl Squeezed {
    /// Adds a stretch of a page; `marks` are those that may reach into it.
    pub(super) fn push<'m>(
        &mut self,
        page: &Page,
        piece: Span,
        marks: impl Iterator<Item = &'m Mark>,
    ) {
        let mut start = None;
        for word in piece.of(page.text).split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            start.get_or_insert(self.text.len());
            self.text.push_str(word);
        }
        // Where more than one white space was squeezed the places within are not those of the page.
        let Some(start) = start.filter(|start| self.text.len() - start == piece.len()) else {
            return;
        };
        for mark in marks {
            let from = mark.text.start.max(piece.start);
            let end = mark.text.end.min(piece.end);
            let Some(text) = page.text.get(from..end) else { continue };
            let inner = text.trim();
            if inner.is_empty() {
                continue;
            }
            let from = start + from - piece.start + (text.len() - text.trim_start().len());
            let range = Span::new(from, from + inner.len());
            self.spans.push(InlineSpan { role: mark.role.clone(), paragraph: 0, range });
        }
    }
}

/// The marks of a page that reach into one stretch after another, which are asked for in order.
#[derive(Debug)]
pub(super) struct Reaching<'m> {
    rest: &'m [Mark],
    open: Vec<&'m Mark>,
}

impl<'m> Reaching<'m> {
    /// Of marks in the order of their starts.
    pub(super) fn of(marks: &'m [Mark]) -> Self {
        Self { rest: marks, open: Vec::new() }
    }

    /// Those that reach into this stretch.
    pub(super) fn reaching(&mut self, stretch: Span) -> impl Iterator<Item = &'m Mark> {
        self.open.retain(|mark| mark.text.end > stretch.start);
        let begun = self.rest.partition_point(|mark| mark.text.start < stretch.end);
        let (next, rest) = self.rest.split_at(begun);
        self.open.extend(next.iter().filter(|mark| mark.text.end > stretch.start));
        self.rest = rest;
        let end = stretch.end;
        self.open.iter().copied().filter(move |mark| mark.text.start < end)
    }
}
