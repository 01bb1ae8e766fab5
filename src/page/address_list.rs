//! Lists of addresses, as text browsers print them below a page: the numbers of its links with where they lead.

use std::ops::Range;

use crate::page::line::{Line, Marker};
use crate::span::Span;

/// Numbers that are left out between two addresses of a list at most.
const LEFT_OUT: u32 = 64;

/// Lines that hold only addresses, with numbers that rise or each with a bullet.
#[derive(Debug)]
pub(super) struct AddressList {
    /// From the line of its head on.
    pub(super) lines: Range<usize>,
    /// The numbers of its first and its last address; None where they have bullets.
    numbers: Option<(u32, u32)>,
    pub(super) addresses: usize,
    /// Whether the text of a link stands in a line above its address, as elinks prints it.
    pub(super) is_labelled: bool,
}

impl AddressList {
    pub(super) fn all(text: &str, lines: &[Line]) -> Vec<Self> {
        let mut found = Vec::new();
        let mut open: Option<Self> = None;
        let mut at = 0;
        while at < lines.len() {
            let Some(entry) = Entry::at(text, lines, at) else {
                at += 1;
                continue;
            };
            if !open.as_ref().is_some_and(|list| list.goes_on(lines, at, &entry)) {
                found.extend(open.take());
            }
            let list = open.get_or_insert_with(|| Self {
                lines: head_above(text, lines, at)..at,
                numbers: entry.number.map(|number| (number, number)),
                addresses: 0,
                is_labelled: false,
            });
            at += entry.lines;
            list.lines.end = at;
            list.numbers = list.numbers.zip(entry.number).map(|((first, _), last)| (first, last));
            list.addresses += 1;
            list.is_labelled |= entry.lines > 1;
        }
        found.extend(open);
        found
    }

    /// Whether an address at line `at` is the next of the list. Between those with numbers a line such as `Hidden links:` may stand; numbers
    /// may be left out, as controls of forms have numbers too.
    fn goes_on(&self, lines: &[Line], at: usize, entry: &Entry) -> bool {
        let strays = lines[self.lines.end..at].iter().filter(|line| !line.is_blank()).count();
        match (self.numbers, entry.number) {
            (Some((_, last)), Some(number)) => {
                strays <= 1 && number > last && number - last <= LEFT_OUT
            }
            (None, None) => strays == 0,
            _ => false,
        }
    }

    /// The first mark of each of its numbers in a stretch of the text, in order.
    pub(super) fn marks_in(&self, text: &str, range: Range<usize>) -> Vec<Span> {
        let Some((first, last)) = self.numbers else { return Vec::new() };
        let mut is_found = vec![false; (last - first) as usize + 1];
        let brackets = memchr::memchr_iter(b'[', &text.as_bytes()[range.clone()]);
        let marks = brackets.filter_map(|at| {
            let start = range.start + at;
            let (number, length) = digits(&text[start + 1..range.end])?;
            let end = start + 1 + length;
            if text.as_bytes().get(end) != Some(&b']') {
                return None;
            }
            let place = is_found.get_mut(number.checked_sub(first)? as usize)?;
            (!std::mem::replace(place, true)).then(|| Span::new(start, end + 1))
        });
        marks.collect()
    }
}

/// An address in a list.
#[derive(Debug)]
struct Entry {
    number: Option<u32>,
    /// Lines that it takes up: one, or two where the text of the link stands above.
    lines: usize,
}

impl Entry {
    fn at(text: &str, lines: &[Line], at: usize) -> Option<Self> {
        let line = &lines[at];
        let body = line.span.of(text);
        if line.marker == Some(Marker::Bullet) {
            return is_address(&body[line.marker_len..]).then_some(Self { number: None, lines: 1 });
        }
        let (number, length) = digits(body)?;
        let label = body[length..].strip_prefix(". ")?;
        let is_below = || {
            let below = lines.get(at + 1)?;
            Some(below.indent > 0 && is_address(below.span.of(text)))
        };
        let number = Some(number);
        if is_address(label.trim_start()) {
            Some(Self { number, lines: 1 })
        } else {
            is_below().unwrap_or(false).then_some(Self { number, lines: 2 })
        }
    }
}

/// The number that `text` begins with, and its length.
fn digits(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, length))
}

/// Whether a text is nothing but an address.
fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    match scheme {
        "javascript" | "mailto" => !rest.is_empty(),
        "tel" | "data" | "about" | "sms" => is_word(rest),
        _ => {
            scheme.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with("//")
                && is_word(rest)
        }
    }
}

/// The first of the lines `References` and `Visible links:` above the list at line `at`; `at` where there is none.
fn head_above(text: &str, lines: &[Line], at: usize) -> usize {
    const WORDS: usize = 3;
    let mut head = at;
    for line in (at.saturating_sub(2 * 2)..at).rev().filter(|&line| !lines[line].is_blank()) {
        let shown = lines[line].span.of(text);
        let is_head = shown.split_whitespace().count() <= WORDS
            && !shown.contains(|c: char| c.is_ascii_digit() || ".!?[".contains(c));
        if !is_head || head < at && !lines[head].span.of(text).ends_with(':') {
            break;
        }
        head = line;
    }
    let is_apart = head == 0 || lines[head - 1].is_blank();
    if is_apart { head } else { at }
}
