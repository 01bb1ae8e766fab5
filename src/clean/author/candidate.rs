//! What may name the authors of an article: a part of a line by the headline, or above or below the text, between signs, numbers and days.

use std::ops::Range;

use crate::bylines::{account_of, is_opening, names_of, without_opening};
use crate::clean::judge::Verdict;
use crate::clean::segment::Segment;
use crate::dates;
use crate::guard::look;
use crate::page::Page;
use crate::span::Kind;

/// Blocks above and below the headline in which names are looked for, above and below the first block of the text, and below its last.
const ABOVE_TITLE: usize = 12;
const BELOW_TITLE: usize = 25;
const ABOVE_TEXT: usize = 25;
const BELOW_TEXT: usize = 12;
const PAST_END: usize = 15;
/// Words and characters of the longest line that is looked at part by part; of a longer one its first words alone may be a name.
const WORDS: u32 = 24;
const CHARS: u32 = 300;
/// Parts of a line that are looked at.
const PARTS: usize = 12;
/// Bytes of a longer line that are looked at.
const HEAD: usize = 120;
/// How a name was taken from its part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it.
    Whole,
    /// What stands before the first comma.
    First,
    /// Its first two words.
    Two,
    /// The name that a paragraph about somebody begins with.
    About,
}

/// Names that may be those of the authors.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// The block whose line it stands in.
    pub(super) block: usize,
    /// The names, one or several.
    pub(super) names: Vec<String>,
    /// How they were taken from the line.
    pub(super) form: Form,
    /// Which part of its line it is, from 0, and how many parts that has.
    pub(super) part: usize,
    /// See `part`.
    pub(super) parts: usize,
    /// Whether a word that opens a byline stands right before.
    pub(super) is_opened: bool,
    /// The sign before it.
    pub(super) sign: Option<char>,
}

impl Candidate {
    /// The first of the names.
    pub(super) fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// Where the text of an article stands, and what is looked at around it.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The block of the headline.
    pub(super) title: Option<usize>,
    /// The first block of the text.
    pub(super) first: usize,
    /// Its last block.
    pub(super) last: usize,
    /// The blocks of the article.
    pub(super) blocks: Range<usize>,
}

impl Places {
    /// None where the article has no text.
    pub(super) fn of(page: &Page, segment: &Segment, verdicts: &[Verdict]) -> Option<Self> {
        let is_text = |&i: &usize| verdicts[i].kind == Kind::Body && page.blocks[i].is_prose();
        let blocks = segment.blocks.clone();
        let first = blocks.clone().find(is_text)?;
        let last = blocks.clone().rev().find(is_text).unwrap_or(first);
        let is_title = |i: &usize| verdicts[*i].kind == Kind::Title;
        Some(Self { title: segment.title.filter(is_title), first, last, blocks })
    }

    /// The blocks in which names are looked for, in order.
    fn looked_at(&self) -> impl Iterator<Item = usize> {
        let Range { start, end } = self.blocks;
        let around = |at: usize, above: usize, below: usize| {
            start.max(at.saturating_sub(above))..end.min(at + below)
        };
        let title = self.title.map_or(start..start, |at| around(at, ABOVE_TITLE, BELOW_TITLE));
        let first = around(self.first, ABOVE_TEXT, BELOW_TEXT);
        let first = first.start.max(title.end)..first.end.max(title.end);
        let last = around(self.last + 1, 0, PAST_END);
        title.chain(first.clone()).chain(last.start.max(first.end)..last.end)
    }
}

/// The candidates around the text of an article, in the order of the page.
pub(super) fn candidates(page: &Page, places: &Places, verdicts: &[Verdict]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let is_known = |kind: Kind| matches!(kind, Kind::Title | Kind::Duptitle | Kind::Alt);
    for block in places.looked_at().filter(|&i| !is_known(verdicts[i].kind)) {
        look();
        let shape = &page.blocks[block].shape;
        let from = found.len();
        let mut push = |candidate: Candidate| {
            if found[from..].iter().all(|other| other.names != candidate.names) {
                found.push(candidate);
            }
        };
        let is_line = shape.words <= WORDS && shape.chars <= CHARS;
        let is_text = verdicts[block].kind == Kind::Body && page.blocks[block].is_prose();
        if is_line && !is_text {
            let is_below = block > places.blocks.start && opens_byline(page, block - 1);
            of_line(block, &page.plain_text_of(block), is_below, &mut push);
        }
        if verdicts[block].kind != Kind::Body {
            let text = page.text_of(block);
            if let Some(name) = name_at_head(&text[..text.floor_char_boundary(HEAD)]) {
                push(Candidate {
                    block,
                    names: vec![name.split_whitespace().collect::<Vec<_>>().join(" ")],
                    form: Form::About,
                    part: 0,
                    parts: 1,
                    is_opened: false,
                    sign: None,
                });
            }
        }
    }
    found
}

/// Whether a line is but the words that open a byline.
fn opens_byline(page: &Page, block: usize) -> bool {
    page.blocks[block].shape.chars <= CHARS && is_opening(&page.plain_text_of(block))
}

/// The candidates of a line; `is_below` says whether the line above it opens a byline.
fn of_line(block: usize, line: &str, is_below: bool, each: &mut impl FnMut(Candidate)) {
    let parts = parts_of(line);
    let mut is_opened = is_below;
    for (part, &(ref range, sign)) in parts.iter().enumerate().take(PARTS) {
        let text = line[range.clone()].trim();
        if is_opening(text) {
            is_opened = true;
            continue;
        }
        let rest = without_opening(text);
        let opens = rest.len() < text.len();
        let own = is_opened || opens;
        let mut push = |names: Vec<String>, form| {
            let candidate =
                Candidate { block, names, form, part, parts: parts.len(), is_opened: own, sign };
            if !candidate.names.is_empty() {
                each(candidate);
            }
        };
        let names = names_of(rest);
        let account = account_of(rest).filter(|_| own && names.is_empty());
        push(account.map_or(names, |account| vec![account.to_owned()]), Form::Whole);
        if let Some((first, _)) = rest.split_once(',') {
            push(names_of(first), Form::First);
        }
        let mut words = rest.split_whitespace();
        if let (Some(first), Some(second), Some(_)) = (words.next(), words.next(), words.next()) {
            push(names_of(&format!("{first} {second}")), Form::Two);
        }
        is_opened = false;
    }
}

/// The parts of a line between signs, numbers and days, each with the sign before it.
fn parts_of(line: &str) -> Vec<(Range<usize>, Option<char>)> {
    let days = dates::find(line, dates::Order::DayFirst);
    let mut days = days.iter().peekable();
    let mut parts = Vec::new();
    let (mut start, mut sign) = (0, None);
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while days.next_if(|day| day.end <= at).is_some() {}
        let in_day = days.peek().is_some_and(|day| day.start <= at);
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let is_dash = c == '-' && before == ' ' && next == ' ';
        if in_day || c.is_numeric() || is_dash || is_sign(c) {
            if !line[start..at].trim().is_empty() {
                parts.push((start..at, sign));
            }
            start = at + c.len_utf8();
            sign = Some(c);
        }
        before = c;
    }
    if !line[start..].trim().is_empty() {
        parts.push((start..line.len(), sign));
    }
    parts
}

/// Whether a character parts a name from what stands beside it in a line.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '|' | '/'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '<'
            | '>'
            | ':'
            | ';'
            | '@'
            | '#'
            | '+'
            | '='
            | '*'
            | '_'
            | '~'
    ) || matches!(c, '\t' | '\n' | '\r')
        || matches!(c, '•' | '·' | '–' | '—' | '●' | '∙' | '›' | '»' | '：' | '✍' | '，' | '、')
}

/// The name of two to four words that a text begins with, before a word in small letters: `Mara Quill is the harbour master`.
fn name_at_head(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut words = 0;
    for word in text.split(' ') {
        let is_capital = word.starts_with(char::is_uppercase);
        if !is_capital {
            let opens = word.starts_with(char::is_lowercase) || words > 0 && word.starts_with('(');
            return ((2..=4).contains(&words) && opens).then(|| text[..end].trim_end_matches(','));
        }
        words += 1;
        end += word.len() + usize::from(words > 1);
        if word.ends_with(',') && words >= 2 {
            return (words <= 4).then(|| text[..end].trim_end_matches(','));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        let mut found = Vec::new();
        of_line(0, line, false, &mut |candidate| found.push(candidate.names.join("; ")));
        found
    }

    #[test]
    fn names_stand_between_signs_numbers_and_days() {
        assert_eq!(names("12 May 2031 | Mara Quill | 4 min"), ["Mara Quill"]);
        assert_eq!(
            names("Written by: Mara Quill and Tobias Fenn"),
            ["Mara Quill; Tobias Fenn", "Mara Quill"]
        );
        assert_eq!(names("Mara Quill Harbour Reporter")[1], "Mara Quill");
        assert_eq!(names("by halyard"), ["halyard"]);
        assert_eq!(names("14 boats"), [""; 0]);
        assert_eq!(names("By halyard ..."), ["halyard"]);
        assert!(names(&"A1B2C3".repeat(40)).len() <= PARTS);
    }

    #[test]
    fn a_paragraph_about_somebody_begins_with_the_name() {
        assert_eq!(name_at_head("Mara Quill is the master of the harbour."), Some("Mara Quill"));
        assert_eq!(name_at_head("Mara Quill, who sailed, writes."), Some("Mara Quill"));
        assert_eq!(name_at_head("The ferry sails again."), None);
        assert_eq!(name_at_head("Mara Quill"), None);
    }
}
