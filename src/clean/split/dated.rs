//! Days in lines, and headlines that stand beside them.

use crate::bylines;
use crate::dates;
use crate::page::Page;
use crate::text::chars::is_unspaced;

/// Characters of the longest line that is looked at for its form.
pub(super) const LONGEST: u32 = 160;
/// Bytes at the head of a longer block that are looked at for a date or a number.
const HEAD: usize = 64;
/// Words of the shortest headline beside a day.
const WORDS: usize = 3;
/// Words from which on what stands beside a day is no name.
const NO_NAME: usize = 5;

/// A date in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dated {
    /// Where it begins, in bytes of the line.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
}

/// The first day of a line, and of the head of a paragraph.
pub(super) fn first_date(page: &Page, index: usize) -> Option<Dated> {
    let block = &page.blocks[index];
    if block.shape.digits == 0 {
        return None;
    }
    let text = page.text_of(index);
    let is_line = !block.is_prose() && block.shape.chars <= LONGEST;
    let looked_at = if is_line { text } else { head_of(text) };
    if !looked_at.bytes().any(|b| b.is_ascii_digit()) && looked_at.is_ascii() {
        return None;
    }
    let place = |day: &dates::Found| Dated { start: day.start, end: day.end };
    match is_line {
        true => page.days(index).first().map(place),
        false => {
            let found = dates::find(looked_at, dates::Order::DayFirst);
            found.first().filter(|first| first.start <= 2).map(place)
        }
    }
}

/// Whether a line with this day in it is a headline besides.
pub(super) fn is_headline_with_day(line: &str, day: Dated) -> bool {
    let beside = [&line[..day.start], &line[day.end..]];
    let is_sign = |c: char| !c.is_alphanumeric();
    let words = |text: &str| {
        let unspaced = text.chars().filter(|&c| is_unspaced(c)).count();
        text.split_whitespace().filter(|word| !word.chars().all(is_sign)).count() + unspaced / 2
    };
    // Beside a headline the day stands first or last.
    let said: usize = beside.iter().map(|text| words(text)).sum();
    let is_name = || bylines::is_byline(line, true) || bylines::name_beside_day(line).is_some();
    let behind = beside[1].trim_start_matches(is_sign);
    let is_named = bylines::without_opening(behind) != behind;
    beside.iter().any(|text| text.chars().all(is_sign))
        && said >= WORDS
        && !is_named
        && (said >= NO_NAME || !is_name())
}

/// The first [`HEAD`] bytes of a text, or a little less where a character would be cut.
pub(super) fn head_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(HEAD)]
}
