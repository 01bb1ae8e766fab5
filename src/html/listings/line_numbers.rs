//! The numbers of the lines of a listing, told from what is code.

use crate::html::markup::attributes::attributes;
use crate::html::markup::hints::words;
use crate::span::Span;

/// Lines of the shortest listing whose numbers no name says to be such.
const LINES: usize = 3;
/// Digits of the longest number of a line.
const DIGITS: usize = 6;
/// White space as character references.
const SPACES: [&str; 3] = ["&nbsp;", "&#160;", "&#xa0;"];

/// A line of a listing.
#[derive(Debug, Default)]
pub(in crate::html) struct Line {
    /// In order.
    pub(in crate::html) parts: Vec<Part>,
    /// The number that an element at its start holds.
    pub(in crate::html) number: Option<Number>,
    pub(in crate::html) has_text: bool,
    /// Whether an element made it: the next one begins a line even if nothing stands in this.
    pub(in crate::html) is_begun: bool,
}

/// A part of a line.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) enum Part {
    /// A tag of an element within the line, in the source.
    Tag(Span),
    /// Text of the source.
    Text(Span),
    /// White space where the source breaks a line that is none.
    Space,
}

/// The number that a line begins with.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct Number {
    pub(in crate::html) value: usize,
    /// Which of the parts it is.
    pub(in crate::html) part: usize,
    /// Whether names say that it is the number of a line.
    pub(in crate::html) is_named: bool,
}

impl Line {
    pub(in crate::html) fn holds_any(&self) -> bool {
        self.has_text || self.number.is_some()
    }

    fn texts<'a>(&'a self, source: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts.iter().filter_map(move |part| match part {
            Part::Text(span) => Some(span.of(source)),
            _ => None,
        })
    }

    /// The number that is all of it.
    fn only_number(&self, source: &str) -> Option<usize> {
        let mut texts = self.texts(source).filter(|text| !text.trim().is_empty());
        let number = number_of(texts.next()?)?;
        texts.next().is_none().then_some(number)
    }

    /// The first character of what stands behind its number.
    fn first(&self, source: &str) -> Option<char> {
        let behind = self.texts(source).skip(1);
        behind.flat_map(str::chars).find(|c| !c.is_whitespace())
    }

    pub(in crate::html) fn drop_number(&mut self) {
        if let Some(number) = self.number.take() {
            self.parts.remove(number.part);
        }
    }
}

/// Takes away the lines of numbers that stand above or beside the others, one for each.
pub(in crate::html) fn take_gutter(source: &str, lines: &mut Vec<Line>) -> bool {
    let is_blank = |line: &Line| !line.holds_any();
    let begin = lines.iter().take_while(|line| is_blank(line)).count();
    let Some(first) = lines.get(begin).and_then(|line| line.only_number(source)) else {
        return false;
    };
    let mut count = 0;
    let mut numbers_end = begin;
    for (at, line) in lines.iter().enumerate().skip(begin) {
        match line.only_number(source) {
            Some(number) if number == first + count => count += 1,
            None if is_blank(line) => continue,
            _ => break,
        }
        numbers_end = at + 1;
    }
    let rest = &lines[numbers_end..];
    let filled = rest.iter().filter(|line| line.has_text).count();
    let is_beside = count >= 2 && filled > 0 && (filled..=rest.len() + 1).contains(&count);
    if is_beside {
        lines.drain(..numbers_end);
    }
    is_beside
}

/// Whether each line begins with an element that holds its number.
pub(in crate::html) fn are_numbered(source: &str, lines: &[Line]) -> bool {
    let lines: Vec<&Line> = lines.iter().filter(|line| line.holds_any()).collect();
    let mut numbers = lines.iter().map(|line| line.number);
    let Some(Some(first)) = numbers.next() else { return false };
    let is_next = |(at, number): (usize, Option<Number>)| {
        number.is_some_and(|number| number.value == first.value + at)
    };
    if !(1..).zip(numbers).all(is_next) || !lines.iter().any(|line| line.has_text) {
        return false;
    }
    // Numbers that the same sign follows on each line are data, as `1, 4`.
    let mut signs = lines.iter().map(|line| line.first(source));
    let sign = signs.next().flatten();
    let is_data =
        sign.is_some_and(|sign| !sign.is_alphanumeric()) && signs.all(|other| other == sign);
    first.is_named || lines.len() >= LINES && !is_data
}

/// The number that a text is, white space around it left out.
pub(in crate::html) fn number_of(text: &str) -> Option<usize> {
    let mut text = text.trim();
    while let Some(rest) = SPACES.iter().find_map(|space| {
        text.strip_suffix(space).or_else(|| text.strip_prefix(space)).map(str::trim)
    }) {
        text = rest;
    }
    let is_number = text.len() <= DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The words of the names that an element has.
pub(in crate::html) fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &str| ["class", "id"].iter().any(|known| name.eq_ignore_ascii_case(known));
    attributes(text).filter(move |a| is_name(a.name)).flat_map(|a| words(a.value))
}

/// Whether names say that an element holds the number of a line.
pub(in crate::html) fn names_number(text: &str) -> bool {
    const NAMES: [&str; 9] = [
        "ln",
        "lnt",
        "lnum",
        "lineno",
        "linenos",
        "linenum",
        "linenumber",
        "linenumbers",
        "gutter",
    ];
    const PARTS: [&str; 4] = ["no", "num", "number", "numbers"];
    let is = |known: &[&str], name: &str| known.iter().any(|k| name.eq_ignore_ascii_case(k));
    let (mut line, mut number) = (false, false);
    for name in names(text) {
        if is(&NAMES, name) {
            return true;
        }
        line |= name.eq_ignore_ascii_case("line");
        number |= is(&PARTS, name);
    }
    line && number
}
