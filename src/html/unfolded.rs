//! A source with what it holds in an attribute or a script written out, and the way back.

use std::ops::Range;

use crate::html::shown::rendered::Piece;
use crate::span::Span;

/// A source in which what it holds in an attribute or a script is written out.
#[derive(Debug, Default)]
pub(super) struct Unfolded {
    /// What is read in place of the source. Tags that stand in no run were added.
    pub(super) text: String,
    runs: Vec<Run>,
}

/// A stretch of the unfolded text with its place in the source.
#[derive(Debug, Clone, Copy)]
struct Run {
    text: Span,
    source: Span,
}

impl Unfolded {
    /// Moves the pieces of a page that was read from the unfolded text to the source.
    pub(super) fn to_source(&self, pieces: Vec<Piece>) -> Vec<Piece> {
        let mut moved = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let from = self.runs.partition_point(|run| run.text.end <= piece.source.start);
            let runs = self.runs[from..].iter().take_while(|run| run.text.start < piece.source.end);
            if piece.is_even() {
                moved.extend(runs.enumerate().map(|(number, run)| run.part_of(piece, number > 0)));
            } else {
                let places = runs.map(|run| run.place_of(piece.source));
                let source = places.reduce(|a, b| Span::new(a.start, b.end));
                moved.extend(source.map(|source| Piece { source, ..piece }));
            }
        }
        moved
    }

    /// Adds a stretch of the source.
    pub(super) fn copy(&mut self, source: &str, span: Span) {
        let end = self.text.len();
        match self.runs.last_mut() {
            _ if span.is_empty() => {}
            Some(last)
                if last.is_even() && last.text.end == end && last.source.end == span.start =>
            {
                self.text.push_str(span.of(source));
                (last.text.end, last.source.end) = (self.text.len(), span.end);
            }
            _ => self.push(span.of(source), span),
        }
    }

    /// Adds a stretch of the text of another, which was made of the same source.
    pub(super) fn append(&mut self, other: &Unfolded, text: Range<usize>) {
        let from = other.runs.partition_point(|run| run.text.end <= text.start);
        for run in other.runs[from..].iter().take_while(|run| run.text.start < text.end) {
            let part = Span::new(run.text.start.max(text.start), run.text.end.min(text.end));
            self.push(part.of(&other.text), run.place_of(part));
        }
    }

    /// Adds what a stretch of the source means.
    pub(super) fn push(&mut self, text: &str, source: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.runs.push(Run { text: Span::new(start, self.text.len()), source });
    }
}

impl Run {
    fn is_even(&self) -> bool {
        self.text.len() == self.source.len()
    }

    /// Where a stretch of the unfolded text stands in the source, as far as it lies in this run.
    fn place_of(&self, text: Span) -> Span {
        if !self.is_even() {
            return self.source;
        }
        let start = self.source.start + text.start.saturating_sub(self.text.start);
        Span::new(start, self.source.end - self.text.end.saturating_sub(text.end))
    }

    /// The part of a piece that lies in this run.
    fn part_of(&self, piece: Piece, goes_on: bool) -> Piece {
        let start = self.text.start.max(piece.source.start);
        let end = self.text.end.min(piece.source.end);
        let shift = |at: usize| piece.text.start + (at - piece.source.start);
        Piece {
            text: Span::new(shift(start), shift(end)),
            source: self.place_of(piece.source),
            apart: piece.apart && !goes_on,
        }
    }
}
