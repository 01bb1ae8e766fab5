//! Headings of Markdown that programs wrap, or write within links and behind them.

use crate::span::Span;

/// Columns at which programs wrap lines that they wrap.
const WIDTH: usize = 79;
/// Columns of a line that tells whether lines are wrapped.
const LONG: usize = 55;

/// Where a heading begins on a line behind a link: `[a](/a)## b`.
pub(super) fn heading_behind_link(line: &str) -> Option<usize> {
    let mut links = line.match_indices(")#").map(|(at, _)| at + 1);
    links.find(|&at| marks_of_heading(&line[at..]).is_some())
}

/// The bytes of the marks that a line begins with if they make a heading.
pub(super) fn marks_of_heading(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|&b| b == b'#').count();
    ((1..=6).contains(&marks) && line[marks..].starts_with(' ')).then_some(marks + 1)
}

/// Whether nearly all long lines are as long as wrapped ones are. What has no room on a line stands on it all the same.
pub(super) fn is_wrapped(source: &str) -> bool {
    let columns = |line: &str| line.trim_end().chars().count();
    let may_be_wrapped = |line: &&str| line.split(' ').all(|word| word.len() < WIDTH);
    let long = source.lines().filter(may_be_wrapped).map(columns).filter(|&columns| columns > LONG);
    let (count, within) = long.fold((0, 0), |(count, within), columns| {
        (count + 1, within + usize::from(columns <= WIDTH))
    });
    count > 0 && within * 10 >= count * 8
}

/// Whether a line is a heading that is wrapped: within a link, or the first word of the next line had no room on it, and what follows is blank.
pub(super) fn goes_on(source: &str, line: Span, is_wrapped: bool) -> bool {
    let mut next = source[line.end..].lines();
    let line = line.of(source).trim_end();
    if !line.starts_with('#') {
        return false;
    }
    let Some(rest) = next.next() else { return false };
    let brackets = line.matches('[').count().saturating_sub(line.matches(']').count());
    if brackets > 0 && rest.contains("](") {
        return true;
    }
    let word = rest.split_whitespace().next().unwrap_or_default();
    let is_text =
        rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '"' | '“' | '['));
    is_wrapped
        && is_text
        && line.chars().count() + word.chars().count() >= WIDTH
        && next.next().is_none_or(|line| line.trim().is_empty())
}
