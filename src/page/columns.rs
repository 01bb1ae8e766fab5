//! Columns: text browsers print the cells of a page's layout side by side, so that a line holds running text and, beyond a gutter, a menu.

use std::collections::BTreeMap;

use memchr::memmem;

use crate::page::line::{Line, columns};
use crate::span::Span;
use crate::text::chars::{is_closer, is_space};

/// Spaces of the narrowest gap between two columns.
const GAP: usize = 3;
/// Lines that hold text on both sides of a gutter, at least.
const TWO_SIDED: usize = 4;
/// Columns of a line that is filled with running text, at least.
const FILLED: usize = 30;
/// Lines of running text that go on in the next, at least.
const GO_ON: usize = 3;
/// Filled lines of the running text for each that stands beside it, at least.
const FILLED_BESIDE: usize = 4;
/// Columns of a line in which gutters are looked for.
const WIDEST: usize = 400;
/// Gutters that are tried at most: a bound on the work. What one parts makes others plain.
const GUTTERS: usize = 8;

/// Where the columns beside running text stand, in order. Leaves in `lines` what stands in the column of that text; lines without such are blank.
pub(super) fn columns_beside(text: &str, lines: &mut [Line]) -> Vec<Span> {
    let mut beside = Vec::new();
    let mut tried = Vec::new();
    for _ in 0..GUTTERS {
        let starts = starts_of_columns(text, lines);
        let likely = starts.into_iter().filter(|(start, _)| !tried.contains(start));
        let Some((start, _)) = likely.max_by_key(|&(start, lines)| (lines, start)) else { break };
        tried.push(start);
        let found = beside.len();
        cut_at(text, lines, start, &mut beside);
        if beside.len() > found {
            tried.clear();
        }
    }
    beside.sort_unstable_by_key(|span| span.start);
    beside
}

/// For each column in which a part of a line begins behind a gap the number of such lines, where there are several.
fn starts_of_columns(text: &str, lines: &[Line]) -> BTreeMap<usize, usize> {
    let mut starts = BTreeMap::new();
    let gap = memmem::Finder::new("   ");
    for line in lines.iter().filter(|line| line.width > FILLED) {
        let body = line.span.of(text);
        let (mut from, mut column) = (0, line.indent);
        while column < WIDEST
            && let Some(at) = gap.find(&body.as_bytes()[from..])
        {
            let after = body[from + at..].trim_start_matches(is_space);
            column += columns(&body[from..body.len() - after.len()]);
            from = body.len() - after.len();
            *starts.entry(column).or_default() += 1;
        }
    }
    starts.retain(|start, lines| *start < WIDEST && *lines >= TWO_SIDED);
    starts
}

/// Takes apart the stretches of lines that leave a gutter before the column `start`.
fn cut_at(text: &str, lines: &mut [Line], start: usize, beside: &mut Vec<Span>) {
    let sides: Vec<Option<[Span; 2]>> =
        lines.iter().map(|line| sides_of(text, line, start)).collect();
    let mut at = 0;
    for stretch in sides.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let lines = &mut lines[at..at + stretch.len()];
        at += stretch.len();
        let sides: Vec<[Span; 2]> = stretch.iter().flatten().copied().collect();
        let is_two_sided = |sides: &[Span; 2]| sides.iter().all(|side| !side.is_empty());
        let Some(first) = sides.iter().position(is_two_sided) else { continue };
        let last = sides.iter().rposition(is_two_sided).unwrap_or(first);
        let sides = &sides[first..=last];
        if sides.iter().filter(|sides| is_two_sided(sides)).count() < TWO_SIDED {
            continue;
        }
        let Some(running) = running_side(text, sides) else { continue };
        for (line, sides) in lines[first..=last].iter_mut().zip(sides) {
            let [text_side, other] = [sides[running], sides[1 - running]];
            if !other.is_empty() {
                beside.push(other);
                *line = line.part(text, text_side);
            }
        }
    }
}

/// What stands in a line before column `start` and from it on; None where no gutter parts the two.
fn sides_of(text: &str, line: &Line, start: usize) -> Option<[Span; 2]> {
    let Span { start: from, end } = line.span;
    let none = |at| Span::new(at, at);
    if line.indent >= start {
        return Some([none(from), line.span]);
    }
    if line.indent + line.width <= start {
        return Some([line.span, none(end)]);
    }
    let body = line.span.of(text);
    let at = place_of_column(body, start - line.indent);
    let before = body[..at].trim_end_matches(is_space);
    let behind = body[at..].trim_start_matches(is_space);
    let is_gutter = line.indent + columns(before) + GAP <= start;
    is_gutter.then(|| [Span::new(from, from + before.len()), Span::new(end - behind.len(), end)])
}

/// Where the first character at or behind a column stands; the end of a text that does not reach it.
fn place_of_column(text: &str, column: usize) -> usize {
    let head = text.as_bytes().get(..column);
    if head.is_some_and(|head| head.is_ascii() && !head.contains(&b'\t')) {
        return column;
    }
    let mut taken = 0;
    let mut places = text.char_indices();
    let found = places.find(|&(_, c)| {
        let is_there = taken >= column;
        taken += columns(c.encode_utf8(&mut [0; 4]));
        is_there
    });
    found.map_or(text.len(), |(at, _)| at)
}

/// Which side of a gutter is running text, where the other is none.
fn running_side(text: &str, sides: &[[Span; 2]]) -> Option<usize> {
    let filled =
        |side: usize| sides.iter().filter(|sides| columns(sides[side].of(text)) >= FILLED).count();
    let running = usize::from(filled(1) > filled(0));
    let goes_on = |pair: &&[[Span; 2]]| {
        let [line, next] = [pair[0][running].of(text), pair[1][running].of(text)];
        let last = line.trim_end_matches(is_closer).chars().next_back();
        let first = next.chars().find(|c| c.is_alphanumeric());
        columns(line) >= FILLED
            && last.is_some_and(|c| c.is_alphanumeric() || ",-".contains(c))
            && first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
    };
    let flows = sides.windows(2).filter(goes_on).count();
    let all = filled(running);
    (flows >= GO_ON && flows * 3 >= all && filled(1 - running) * FILLED_BESIDE <= all)
        .then_some(running)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of the running text, and what stands beside.
    fn taken_apart(text: &str) -> (Vec<&str>, Vec<&str>) {
        let mut lines = Line::all(text);
        let beside = columns_beside(text, &mut lines);
        let lines = lines.iter().filter(|line| !line.is_blank()).map(|line| line.span.of(text));
        (lines.collect(), beside.iter().map(|span| span.of(text)).collect())
    }

    const LAID_OUT: &str = "
 Home        The harbour board met on Tuesday to hear what the         Weather
 Harbour     engineers had found below the old quay, where the         Rain, 12 degrees
 Letters     piles had been driven in the year of the great
             flood and had stood in salt water ever since.             Ferries
                                                                       Late boat at ten
 Contact     Nobody was surprised by the news that half of them        Tides
             were gone, but the price of mending them made the         High at noon
             room fall silent for a while.
";

    #[test]
    fn what_stands_beside_running_text_is_told_apart() {
        let (lines, beside) = taken_apart(LAID_OUT);
        assert_eq!(lines.len(), 7);
        assert!(lines[0].starts_with("The harbour") && lines[0].ends_with("what the"));
        assert_eq!(lines[3], "flood and had stood in salt water ever since.");
        assert_eq!(beside.len(), 10, "{beside:?}");
        assert_eq!(beside[..3], ["Home", "Weather", "Harbour"]);
    }

    #[test]
    fn tables_and_two_texts_side_by_side_stay() {
        let table = "\
Copper bridge over the meadow brook      open     12
Old quay with the harbour office         shut     14
Lantern steps behind the granite mill    open     16
Velvet island and its walnut orchard     open     18
Saddle lane between ladder and barrel    shut     20
";
        let two = "\
The harbour board met on Tuesday to      a second time in that week, and
hear what the engineers had found,       nobody was surprised by the news
below the old quay, where the piles      that half of the piles were gone
had been driven in the year of the       but the price of mending them
great flood and had stood in salt        made the room fall silent again
water ever since the flood came by       for a while until the clerk rose
";
        for text in [table, two] {
            assert_eq!(taken_apart(text), (text.lines().collect(), vec![]));
        }
    }
}
