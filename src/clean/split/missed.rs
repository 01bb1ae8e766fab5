//! Lines that begin as the first lines of the articles of a set do, and that the set missed: a headline that reads as a sentence, a day of another form.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::split::candidates::Candidate;
use crate::clean::split::lines::{Lines, Sums};
use crate::page::Block;
use crate::text::chars::is_mark;

/// Of so many articles of a set one at most may be missed.
const FOR_ONE: usize = 3;
/// Signs and numbers that a line is told by, at most.
const LONGEST: usize = 24;
/// Words of the longest line of a text, at least.
const WORDS_OF_TEXT: u32 = 8;
/// Letters of a word before a number that belongs to it, at most.
const WORD: usize = 6;

/// What a line begins with before its first letter, or behind a short word with a number: runs of digits are one sign, pictures too.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
struct Sign {
    form: String,
    numbers: Vec<u32>,
    pictures: usize,
}

impl Sign {
    fn of(line: &str) -> Self {
        let mut sign = Self::default();
        let mut was = ' ';
        let (mut letters, mut before_letters) = (0, None);
        for c in line.chars().filter(|&c| !is_mark(c)).take(LONGEST) {
            let kind = match c {
                '0'..='9' => '0',
                _ if c.is_alphabetic() => {
                    before_letters.get_or_insert(sign.form.len());
                    letters += 1;
                    if !sign.numbers.is_empty() || letters > WORD {
                        break;
                    }
                    c
                }
                _ if c.is_numeric() || c.is_ascii() => c,
                _ if c.is_whitespace() => ' ',
                _ => '◆',
            };
            if kind == '0' {
                let digit = c.to_digit(10).unwrap_or(0);
                match sign.numbers.last_mut().filter(|_| was == '0') {
                    Some(number) => *number = number.saturating_mul(10).saturating_add(digit),
                    None => sign.numbers.push(digit),
                }
            }
            if kind != was || !matches!(kind, '0' | '◆' | ' ') {
                sign.form.push(kind);
                sign.pictures += usize::from(kind == '◆');
            }
            was = kind;
        }
        if let Some(end) = before_letters.filter(|_| sign.numbers.is_empty()) {
            sign.form.truncate(end);
        }
        sign.form.truncate(sign.form.trim_end().len());
        sign
    }

    /// Whether it tells of a line among others: a count, a day or an hour, a picture with more.
    fn is_telling(&self) -> bool {
        !self.numbers.is_empty() && self.form.len() > 1
            || self.pictures > 0 && self.form.chars().count() > 1
    }
}

/// The set with the lines that it missed.
pub(super) fn complete(lines: &Lines, mut set: Candidate) -> Candidate {
    let missed = missed(lines, &set.starts);
    set.starts.extend(missed);
    set.starts.sort_unstable();
    set
}

fn missed(lines: &Lines, starts: &[usize]) -> Vec<usize> {
    let sign = |at: usize| Sign::of(lines.page.text_of(at));
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    for &start in starts {
        let own = sign(start);
        if own.is_telling() {
            *counts.entry(own.form).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    let Some((form, _)) = most.filter(|&(_, count)| count * 4 >= starts.len() * 3 && count > 2)
    else {
        return Vec::new();
    };
    let (Some(&first), Some(&last)) = (starts.first(), starts.last()) else { return Vec::new() };
    let numbers: FxHashMap<usize, Sign> = starts.iter().map(|&at| (at, sign(at))).collect();
    // A text of names and numbers is no paragraph, and a text all the same.
    let is_long = |block: &Block| u32::from(block.shape.words >= WORDS_OF_TEXT);
    let long = Sums::of(lines.page.blocks.iter().map(is_long));
    let holds_text = |part: Range<usize>| long.within(part.start + 1..part.end) > 0;
    let is_missed = |&at: &usize| {
        let next = starts.partition_point(|&start| start <= at);
        let (above, below) = (starts[next - 1], starts.get(next).copied().unwrap_or(lines.len()));
        if above == at || !lines.is_near_text[at] {
            return false;
        }
        let own = sign(at);
        let fills = match (&own.numbers[..], &numbers[&above].numbers[..]) {
            // A single number counts, and fills a gap.
            ([own], [before]) => {
                let after = numbers.get(&below).and_then(|sign| sign.numbers.first());
                *own == before.saturating_add(1)
                    && after.is_none_or(|&after| after == own.saturating_add(1))
            }
            ([_], _) => false,
            _ => true,
        };
        own.form == form && fills && holds_text(above..at) && holds_text(at..below)
    };
    let missed: Vec<usize> = (first..lines.len().min(last + 1)).filter(is_missed).collect();
    if missed.len() * FOR_ONE <= starts.len() { missed } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::Marks;
    use crate::page::Page;

    const TEXT: &str = "The keeper of the lock has asked the council for a second boat, since the first one leaks.";

    /// Which of the headlines begin an article, where a set knows all but the third.
    fn completed(heads: &[&str]) -> Vec<usize> {
        let text: String = heads.iter().map(|head| format!("{head}\n\n{TEXT}\n\n")).collect();
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let lines = Lines::of(&page, &marks);
        let starts = (0..heads.len()).filter(|&at| at != 2).map(|at| at * 2).collect();
        complete(&lines, Candidate::of_rules(starts)).starts.iter().map(|at| at / 2).collect()
    }

    #[test]
    fn a_line_that_fills_the_gap_in_a_count_begins_an_article() {
        let heads =
            ["1. Lock", "2. Mill", "3. The sluice stood open until noon.", "4. Bread", "5. Boats"];
        assert_eq!(completed(&heads), [0, 1, 2, 3, 4]);
        let heads =
            ["1. Lock", "2. Mill", "9. The sluice stood open until noon.", "3. Bread", "4. Boats"];
        assert_eq!(completed(&heads), [0, 1, 3, 4]);
    }

    #[test]
    fn a_day_of_the_same_form_begins_an_article_and_another_line_none() {
        let heads = |third| {
            [
                "[2031-05-03] Lock",
                "[2031-05-04] Mill",
                third,
                "[2031-05-06] Bread",
                "[2031-05-09] Boats",
            ]
        };
        assert_eq!(completed(&heads("[2031-05-05] Who opened the sluice?")), [0, 1, 2, 3, 4]);
        assert_eq!(completed(&heads("Who opened the sluice?")), [0, 1, 3, 4]);
    }

    #[test]
    fn what_a_line_begins_with_is_signs_numbers_and_a_short_word_before_these() {
        assert_eq!(Sign::of("Nr. 12: Lock").form, "Nr. 0:");
        assert_eq!(Sign::of("[2031-05-03] Lock").numbers, [2031, 5, 3]);
        assert_eq!(Sign::of("📈 **Lock**").form, "◆ **");
        assert!(!Sign::of("Lock and mill").is_telling());
    }
}
