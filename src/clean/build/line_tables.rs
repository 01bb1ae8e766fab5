//! Tables that lines of text make, and the rules between their rows.

use std::ops::Range;

use crate::guard::look;
use crate::page::{CellPlace, Page};
use crate::span::Span;

/// Lines of the smallest table.
const LINES: usize = 2;

/// A table that lines make.
pub(super) struct LineTable {
    pub(super) blocks: Range<usize>,
    /// Its rows, without the rules between them.
    pub(super) rows: Vec<Vec<CellPlace>>,
    /// Whether rules of signs stand between its rows.
    pub(super) is_drawn: bool,
}

/// The tables of a page: lines that may be rows, with as many cells as those next to them, parted by tabs or by `|`.
pub(super) fn line_tables(page: &Page, may_be_row: impl Fn(usize) -> bool) -> Vec<LineTable> {
    let cells = |index: usize| {
        look();
        if may_be_row(index) { cells_of(page, index) } else { Vec::new() }
    };
    let rows: Vec<Vec<CellPlace>> = (0..page.blocks.len()).map(cells).collect();
    let mut tables = Vec::new();
    let mut end = 0;
    for run in rows.chunk_by(|a, b| a.len() == b.len()) {
        let blocks = end..end + run.len();
        end = blocks.end;
        if run[0].len() < 2 || run.len() < LINES {
            continue;
        }
        let is_ruled =
            |row: &&Vec<CellPlace>| row.iter().all(|cell| is_rule(cell.text.of(page.text).trim()));
        let mut rows: Vec<Vec<CellPlace>> =
            run.iter().filter(|row| !is_ruled(row)).cloned().collect();
        let count = rows.len();
        let Some(head) = rows.first_mut() else { continue };
        let first = run.iter().take_while(|row| is_ruled(row)).count();
        // Where each row stands between rules, a double one is below the head.
        let inner = run[first..].iter().filter(is_ruled).count();
        let below = run.get(first + 1).filter(|row| is_ruled(row));
        let is_double = |row: &Vec<CellPlace>| row[0].text.of(page.text).contains(['=', '═']);
        if below.is_some_and(|row| inner < count.max(2) || is_double(row)) {
            head.iter_mut().for_each(|cell| cell.is_header = true);
        }
        tables.push(LineTable { blocks, rows, is_drawn: inner > 0 });
    }
    tables
}

/// The cells of a line with tabs, or with `|` and spaces around it; none of another line.
fn cells_of(page: &Page, index: usize) -> Vec<CellPlace> {
    let span = page.blocks[index].span;
    let text = span.of(page.text);
    let cell = |start: usize, end: usize| CellPlace {
        text: Span::new(span.start + start, span.start + end),
        is_header: false,
        colspan: 1,
        rowspan: 1,
    };
    let is_border = text.len() > 2 && text.starts_with('+') && text.ends_with('+') && is_rule(text);
    let (sign, is_framed) = if text.contains('\t') {
        ('\t', false)
    } else if is_border {
        ('+', true)
    } else if page.blocks[index].is_prose() && !text.starts_with('|') {
        return Vec::new();
    } else {
        ('|', text.starts_with('|') && text.ends_with('|') && text.len() > 1)
    };
    let is_border = |at: &usize| {
        sign == '\t' || is_framed || text[..*at].ends_with(' ') && text[at + 1..].starts_with(' ')
    };
    let mut cells = Vec::new();
    let mut start = usize::from(is_framed);
    let ends = if is_framed { text.len() - 1 } else { text.len() };
    let inner = text.get(start..ends).unwrap_or_default();
    for at in
        inner.match_indices(sign).map(|(at, _)| at + start).filter(is_border).collect::<Vec<_>>()
    {
        cells.push(cell(start, at));
        start = at + sign.len_utf8();
    }
    cells.push(cell(start, ends));
    cells
}

/// Whether a text is a rule between the rows of a table.
fn is_rule(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b"-=:+".contains(&b))
}
