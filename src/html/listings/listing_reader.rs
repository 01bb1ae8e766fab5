//! An element read as a listing: its lines, whatever makes them.

use crate::html::listings::line_numbers::{
    Line, Number, Part, are_numbered, names, names_number, number_of, take_gutter,
};
use crate::html::markup::attributes::attributes;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::span::Span;

/// Tokens from the start of an element within which its first line begins, where it is no `pre` and no table; and elements like it that stand in it.
const NEAR: usize = 8;
const DEEPEST: usize = 3;

/// What an element turned out to be.
#[derive(Debug)]
pub(in crate::html) enum Read {
    /// A listing that is to be written out.
    Listing { lines: Vec<Line>, end: usize },
    /// A listing as `pre` has it.
    Plain { end: usize },
    /// No listing.
    Nothing,
    /// It goes on to the end of the page.
    Unclosed,
}

/// Reads an element as a listing.
pub(in crate::html) struct Reading<'s> {
    source: &'s str,
    lines: Vec<Line>,
    line: Line,
    /// `pre` that are open: within these line breaks are some.
    pre: usize,
    /// Elements that were opened since the line began, nothing else before them; for each whether it says to hold the number of a line.
    fresh: Vec<bool>,
    /// Tables and cells that are open.
    tables: usize,
    cells: usize,
    /// Lines that stood above the row that is open.
    above: usize,
    /// Cells of that row that hold more than a number.
    texts: usize,
    /// Whether the cell that is open is one of them.
    is_text: bool,
    /// Whether an element has just ended the line.
    is_broken: bool,
    /// Whether lines were made by rows or items.
    is_laid_out: bool,
    /// Whether a name says that a cell holds code, and an attribute which line it is.
    names_code: bool,
    states_number: bool,
    /// Whether something stands in it that no listing holds.
    is_other: bool,
}

impl<'s> Reading<'s> {
    /// Reads the element of a kind that begins at a place in the source.
    pub(in crate::html) fn run(source: &'s str, start: usize, kind: Tag) -> Read {
        let mut reading = Self {
            source,
            lines: Vec::new(),
            line: Line::default(),
            pre: 0,
            fresh: Vec::new(),
            tables: 0,
            cells: 0,
            above: 0,
            texts: 0,
            is_text: false,
            is_broken: false,
            is_laid_out: false,
            names_code: false,
            states_number: false,
            is_other: false,
        };
        let mut scanner = Scanner::new(source);
        scanner.go_to(start);
        let (mut depth, mut tokens) = (0, 0);
        loop {
            let at = scanner.at();
            let Some(token) = scanner.next() else { break };
            tokens += 1;
            match token {
                Token::Text(span) => reading.text(span),
                Token::Start { name, attributes, closes_itself } => {
                    let (tag, display) = Tag::of(name);
                    if display == Display::Raw || tag == Tag::Table && kind != Tag::Pre && depth > 0
                    {
                        return Read::Nothing;
                    }
                    depth += usize::from(tag == kind);
                    let is_empty = closes_itself && display == Display::Inline;
                    reading.start(tag, display, attributes, Span::new(at, scanner.at()));
                    if is_empty {
                        reading.fresh.pop();
                    }
                }
                Token::End { name } => {
                    let (tag, display) = Tag::of(name);
                    reading.end(tag, display, Span::new(at, scanner.at()));
                    if tag == kind {
                        depth -= 1;
                        if depth == 0 {
                            return reading.finish(kind, scanner.at());
                        }
                    }
                }
                Token::Other => {}
            }
            let is_none = reading.is_other
                || kind == Tag::Div && (depth > DEEPEST || !reading.is_numbered_so_far(tokens));
            if is_none {
                return Read::Nothing;
            }
        }
        if kind == Tag::Div { Read::Nothing } else { Read::Unclosed }
    }

    /// Whether each line so far begins with an element that says to hold its number.
    fn is_numbered_so_far(&self, tokens: usize) -> bool {
        let is_named = |line: &Line| line.number.is_some_and(|number| number.is_named);
        let first = self.lines.iter().chain([&self.line]).find(|line| line.holds_any());
        first.map_or(tokens <= NEAR, is_named)
            && self.lines.last().is_none_or(|last| !last.has_text || is_named(last))
    }

    fn start(&mut self, tag: Tag, display: Display, text: &str, span: Span) {
        let states = |name: &str| attributes(text).any(|a| a.name.eq_ignore_ascii_case(name));
        match tag {
            Tag::Row | Tag::Li => {
                self.is_laid_out = true;
                if self.line.is_begun || self.line.holds_any() {
                    self.break_line();
                }
                self.line.is_begun = true;
                (self.above, self.texts) = (self.lines.len(), 0);
            }
            Tag::Td => {
                if self.lines.len() > self.above && self.line.holds_any() {
                    self.break_line();
                }
                self.cells += 1;
                self.is_text = false;
                self.names_code |= names(text).any(|name| name.eq_ignore_ascii_case("code"));
                self.states_number |= states("data-line-number");
                self.fresh.push(names_number(text));
            }
            Tag::Table => self.tables += 1,
            Tag::Pre => self.pre += 1,
            Tag::Div if self.line.holds_any() => self.break_by_element(),
            Tag::Br => self.break_line(),
            _ if display == Display::Inline => {
                self.fresh.push(names_number(text));
                self.line.parts.push(Part::Tag(span));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag, display: Display, span: Span) {
        match tag {
            Tag::Pre => self.pre = self.pre.saturating_sub(1),
            Tag::Table => self.tables = self.tables.saturating_sub(1),
            Tag::Td => {
                self.cells = self.cells.saturating_sub(1);
                self.fresh.pop();
            }
            Tag::Div if self.line.holds_any() => self.break_by_element(),
            _ if display == Display::Inline => {
                self.fresh.pop();
                self.line.parts.push(Part::Tag(span));
            }
            _ => {}
        }
    }

    fn text(&mut self, span: Span) {
        if self.tables > 0 && self.cells == 0 {
            self.is_other |= !span.of(self.source).trim().is_empty();
            return;
        }
        let mut at = span.start;
        for (number, text) in span.of(self.source).split('\n').enumerate() {
            let span = Span::new(at, at + text.len());
            at = span.end + 1;
            let is_blank = text.trim().is_empty();
            if number > 0 && self.pre > 0 {
                if !std::mem::take(&mut self.is_broken) {
                    self.break_line();
                }
            } else if number > 0 && self.line.has_text && !is_blank {
                self.line.parts.push(Part::Space);
            }
            if text.is_empty() || self.pre == 0 && is_blank && !self.line.holds_any() {
                continue;
            }
            let number = number_of(text).filter(|_| !self.line.holds_any());
            match number.zip(self.fresh.last()) {
                Some((value, _)) => {
                    let is_named = self.fresh.contains(&true);
                    let part = self.line.parts.len();
                    self.line.number = Some(Number { value, part, is_named });
                }
                None if !is_blank => {
                    self.line.has_text = true;
                    self.texts += usize::from(self.cells > 0 && !self.is_text);
                    self.is_text = true;
                    self.is_other |= self.tables > 0 && self.texts > 2;
                }
                None => {}
            }
            self.line.parts.push(Part::Text(span));
            self.is_broken = false;
        }
    }

    fn break_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.fresh.clear();
    }

    fn break_by_element(&mut self) {
        self.break_line();
        self.is_broken = true;
    }

    fn finish(mut self, kind: Tag, end: usize) -> Read {
        self.break_line();
        let mut lines = self.lines;
        let has_gutter = take_gutter(self.source, &mut lines);
        let is_numbered = has_gutter || are_numbered(self.source, &lines);
        let is_listing = match kind {
            Tag::Pre => is_numbered || self.is_laid_out,
            Tag::Table => is_numbered && self.names_code || self.states_number,
            _ => is_numbered,
        };
        if !is_listing {
            return if kind == Tag::Pre { Read::Plain { end } } else { Read::Nothing };
        }
        if is_numbered && !has_gutter {
            lines.iter_mut().for_each(Line::drop_number);
        }
        Read::Listing { lines, end }
    }
}
