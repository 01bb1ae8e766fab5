//! Whether the parts of a page look like those of one text: the questions of an interview, the hours or days of a report, sections under short
//! headings below an opening, or under headings that markup marks as such.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::clean::split::candidates::Candidate;
use crate::clean::split::forms::Family;
use crate::clean::split::lines::Lines;
use crate::languages::words_of;
use crate::page::{Page, underline};
use crate::span::Kind;

/// Names of the days of the week.
static WEEKDAYS: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| words_of(|language| language.dates.weekday).into_iter().collect());

/// Words of the longest heading of a section.
const HEADING: u32 = 3;

/// Whether most parts of a set begin as the parts of one text do.
pub(super) fn are_sections(lines: &Lines, set: &Candidate) -> bool {
    let heads: Vec<usize> = set.parts(lines.len()).map(|(start, _)| start).collect();
    let most = |least: usize, holds: &dyn Fn(usize) -> bool| {
        let held = heads.iter().filter(|&&at| holds(at)).count();
        held >= least && held * 4 >= (heads.len() - 1) * 3
    };
    if heads.is_empty() || set.ways.has_family(Family::Rules) {
        return false;
    }
    let title = (0..lines.len()).find_map(|at| rule_below(lines.page, at));
    let is_below_title = |at| rule_below(lines.page, at).is_some_and(|own| Some(own) != title);
    most(2, &|at| is_question(lines, at))
        || most(2, &|at| is_marked(lines, at) || is_below_title(at))
        || most(3, &|at| is_moment_line(lines, at))
        || is_opened(lines, set, &is_heading) && most(3, &|at| is_heading(lines, at))
        || is_opened(lines, set, &is_counted_line) && most(3, &|at| is_counted_line(lines, at))
}

/// Whether marks say that a line is the heading of a section.
fn is_marked(lines: &Lines, at: usize) -> bool {
    lines.page.marked_heading(at).is_some_and(|heading| heading.level > 1)
}

/// The sign of the rule that underlines a line, and whether the same stands above it.
fn rule_below(page: &Page, at: usize) -> Option<(char, bool)> {
    let below = page.blocks.get(at + 1).filter(|below| below.gap == 0)?;
    let rule = below.span.of(page.text);
    let sign = underline(page.text_of(at), rule)?;
    let is_framed = page.blocks[at].gap == 0 && at > 0 && page.text_of(at - 1) == rule;
    Some((sign, is_framed))
}

/// Whether a headline and an opening stand above the first section.
fn is_opened(lines: &Lines, set: &Candidate, is_head: &dyn Fn(&Lines, usize) -> bool) -> bool {
    let Some(first) = set.starts.iter().copied().find(|&at| is_head(lines, at)) else {
        return false;
    };
    let title = lines.headline(0, first);
    let above = set.starts.partition_point(|&at| at < first);
    let is_named = |title: usize| lines.page.blocks[title].shape.words > HEADING;
    above <= 1 && title.is_some_and(|title| is_named(title) && lines.words.within(title..first) > 0)
}

/// Whether a line asks.
pub(super) fn is_question(lines: &Lines, at: usize) -> bool {
    let text = lines.page.text_of(at);
    is_line(lines, at) && text.trim_end_matches(['*', '_']).ends_with(['?', '？', '؟'])
}

/// Whether a line is but an hour or a day of the week.
pub(super) fn is_moment_line(lines: &Lines, at: usize) -> bool {
    is_line(lines, at) && is_moment(lines.page.folded(at))
}

/// Whether a line of few words stands alone above a text.
pub(super) fn is_heading(lines: &Lines, at: usize) -> bool {
    is_line(lines, at)
        && (1..=HEADING).contains(&lines.page.blocks[at].shape.words)
        && lines.page.blocks[at].shape.digits == 0
        && lines.dated[at].is_none()
        && lines.next_text[at] == at + 1
}

/// Whether a line is but a word and its number: `Step 3`, `Kapitel IV`.
fn is_counted_line(lines: &Lines, at: usize) -> bool {
    is_line(lines, at) && is_counted(lines.page.folded(at))
}

fn is_line(lines: &Lines, at: usize) -> bool {
    lines.is_line(at) && lines.marks.kind(at) != Some(Kind::Meta)
}

/// Whether a folded line is but an hour or a day of the week: `6.40 pm`, `Monday`.
fn is_moment(folded: &str) -> bool {
    /// Words beside the number of an hour.
    const BESIDE: [&str; 9] = ["am", "pm", "uhr", "h", "a", "p", "m", "noon", "midnight"];
    let words = || folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_hour = |word: &str| {
        let number = word.trim_end_matches(['h', 'a', 'p', 'm']);
        word.starts_with(|c: char| c.is_ascii_digit())
            && number.len() <= 5
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'h')
    };
    let is_day = |word: &str| WEEKDAYS.contains(word);
    let is_told = |word: &str| is_hour(word) || is_day(word) || BESIDE.contains(&word);
    // A number alone may count anything.
    let is_alone = |word: &str| words().count() == 1 && word.bytes().all(|b| b.is_ascii_digit());
    let tells =
        |word: &str| is_hour(word) && !is_alone(word) || word.chars().count() > 3 && is_day(word);
    words().all(is_told) && words().count() <= 4 && words().any(tells)
}

/// Whether a folded line is but a word and its number, in digits or as the Romans wrote it.
fn is_counted(folded: &str) -> bool {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (Some(word), Some(number), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is_number = |word: &str| {
        word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
            || word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
    };
    word.chars().all(char::is_alphabetic) && !is_number(word) && is_number(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_of_the_week_are_moments() {
        for line in [
            "6.40 pm",
            "07:12",
            "8.15 p.m.",
            "18 uhr",
            "21h05",
            "monday",
            "donnerstag",
            "tuesday, 9 am",
        ] {
            assert!(is_moment(line), "{line}");
        }
        for line in ["3 may 2031", "monday club", "the ferry", "2031", "12", "sun"] {
            assert!(!is_moment(line), "{line}");
        }
    }

    #[test]
    fn a_word_and_its_number_are_counted() {
        for line in ["step 3", "kapitel iv", "tip #12", "глава 2:"] {
            assert!(is_counted(line), "{line}");
        }
        for line in ["step", "3", "may 2031", "story of day 3", "ii iv"] {
            assert!(!is_counted(line), "{line}");
        }
    }
}
