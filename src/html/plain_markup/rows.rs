//! The rows of tables that are drawn with lines, or written as lists or with commas.

use crate::html::plain_markup::lines::{Line, trimmed};
use crate::span::Span;

/// The rows of a table that is drawn with `+---+` and `|`: a line may hold one of the lines of its cells.
pub(super) fn of_grid(lines: &[Line], source: &str) -> Vec<Vec<Vec<Span>>> {
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    let mut is_new = true;
    for line in lines {
        if line.of(source).starts_with('+') {
            is_new = true;
            continue;
        }
        let cells = between_bars(line, source);
        if std::mem::take(&mut is_new) {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { continue };
        row.resize(row.len().max(cells.len()), Vec::new());
        for (cell, part) in row.iter_mut().zip(cells) {
            cell.extend(Some(part).filter(|part| !part.is_empty()));
        }
    }
    rows
}

/// The stretches between the bars of a line, without the white space around them.
pub(super) fn between_bars(line: &Line, source: &str) -> Vec<Span> {
    let text = line.of(source);
    let bars: Vec<usize> = memchr::memchr_iter(b'|', text.as_bytes()).collect();
    let end = if text.ends_with('|') { None } else { Some(text.len()) };
    let ends = bars.iter().copied().skip(1).chain(end);
    let cell = |(from, to): (&usize, usize)| {
        trimmed(Span::new(line.span.start + from + 1, line.span.start + to), source)
    };
    bars.iter().zip(ends).map(cell).collect()
}

/// The rows of a table whose columns stand below runs of `=`; a line without a first cell goes on with the row above.
pub(super) fn of_runs(lines: &[Line], border: &Line, source: &str) -> Vec<Vec<Vec<Span>>> {
    let starts = columns_of(border.of(source));
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    for line in lines {
        let text = line.of(source);
        if line.is_blank() || is_border(text) {
            continue;
        }
        let offset = line.indent.saturating_sub(border.indent);
        let place = |column: usize| text.floor_char_boundary(column.saturating_sub(offset));
        let ends = starts.iter().skip(1).map(|&start| place(start)).chain([text.len()]);
        let cells: Vec<Span> = starts
            .iter()
            .zip(ends)
            .map(|(&start, end)| {
                let start = line.span.start + place(start);
                trimmed(Span::new(start, (line.span.start + end).max(start)), source)
            })
            .collect();
        let goes_on = cells.first().is_some_and(|cell| cell.is_empty());
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => {
                for (cell, part) in row.iter_mut().zip(cells) {
                    cell.extend(Some(part).filter(|part| !part.is_empty()));
                }
            }
            None => rows.push(cells.into_iter().map(|cell| vec![cell]).collect()),
        }
    }
    rows
}

/// The cells of a row with commas between them, which may stand in quotes.
pub(super) fn of_commas(row: Span, source: &str) -> Vec<Vec<Span>> {
    let text = row.of(source);
    let (mut cells, mut start, mut is_quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices().chain([(text.len(), ',')]) {
        is_quoted ^= c == '"';
        if c == ',' && (!is_quoted || at == text.len()) {
            let cell = &text[start..at];
            let lead = cell.len() - cell.trim_start_matches([' ', '"']).len();
            let bare = cell[lead..].trim_end_matches([' ', '"']);
            let from = row.start + start + lead;
            cells.push(vec![Span::new(from, from + bare.len())]);
            start = at + 1;
        }
    }
    cells
}

/// The rows of a table that is written as a list of lists.
pub(super) fn of_list(lines: &[Line], source: &str) -> Vec<Vec<Vec<Span>>> {
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let text = line.of(source);
        let cell = match text.strip_prefix("* -") {
            Some(_) => {
                rows.push(Vec::new());
                line.behind(3, source)
            }
            None if text.starts_with("- ") || text == "-" => line.behind(1, source),
            None => {
                let last = rows.last_mut().and_then(|row| row.last_mut());
                last.into_iter().for_each(|cell| cell.push(line.span));
                continue;
            }
        };
        rows.last_mut().into_iter().for_each(|row| row.push(vec![cell]));
    }
    rows
}

/// Whether a line is one of runs of `=` with spaces between them, or of `-` below a cell that spans several.
pub(super) fn is_border(line: &str) -> bool {
    let is_run = |run: &str| {
        run.len() > 1 && (run.bytes().all(|b| b == b'=') || run.bytes().all(|b| b == b'-'))
    };
    line.contains(' ') && line.split_whitespace().all(is_run)
}

fn columns_of(border: &str) -> Vec<usize> {
    let begins =
        |&(at, b): &(usize, u8)| b != b' ' && (at == 0 || border.as_bytes()[at - 1] == b' ');
    border.bytes().enumerate().filter(begins).map(|(at, _)| at).collect()
}
