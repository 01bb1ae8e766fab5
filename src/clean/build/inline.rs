//! Links, emphasis, code and formulas within a paragraph or a cell.

use crate::html::shown::outline::Mark;
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
        let mut marks = marks.peekable();
        let is_marked = marks.peek().is_some();
        // Where each word stands, in the page and in the text.
        let mut words: Vec<(usize, usize, usize)> = Vec::new();
        let stretch = piece.of(page.text);
        self.text.reserve(stretch.len() + 1);
        if !is_marked && is_squeezed(stretch) {
            if !self.text.is_empty() && !stretch.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(stretch);
            return;
        }
        for word in stretch.split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            if is_marked {
                let start = piece.start + (word.as_ptr() as usize - stretch.as_ptr() as usize);
                words.push((start, self.text.len(), word.len()));
            }
            self.text.push_str(word);
        }
        for mark in marks {
            let first = words.partition_point(|(start, _, len)| start + len <= mark.text.start);
            let end = words.partition_point(|(start, ..)| *start < mark.text.end);
            let (Some(&(start, from, _)), Some(&(last, to, len))) =
                (words.get(first), end.checked_sub(1).and_then(|last| words.get(last)))
            else {
                continue;
            };
            let from = from + mark.text.start.saturating_sub(start);
            let to = to + len.min(mark.text.end - last);
            if from < to {
                let range = Span::new(from, to);
                self.spans.push(InlineSpan { role: mark.role.clone(), paragraph: 0, range });
            }
        }
    }
}

/// Whether the white space of a text is but single spaces between words.
fn is_squeezed(text: &str) -> bool {
    let mut is_behind_space = true;
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || is_behind_space) {
            return false;
        }
        is_behind_space = c == ' ';
    }
    !is_behind_space || text.is_empty()
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
