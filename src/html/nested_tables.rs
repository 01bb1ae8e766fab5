//! Tables of Markdown that stand in the cell of another, as programs write pages that tables lay out: all of them in one line.

/// Bytes from which on a row is no row of data.
const LONG_ROW: usize = 400;

/// Whether a row of a table has tables in its cells, as programs write those that lay out a page: the line below the head of one stands in it.
pub(super) fn holds_tables(line: &str) -> bool {
    let is_long = line.starts_with("| |") || line.starts_with('|') && line.len() > LONG_ROW;
    is_long && line.contains("| | --- |") && cells_of(line).next().is_some()
}

/// The cells of a row, and of the tables in these, that hold more than the line below a head.
pub(super) fn cells_of(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim_end();
    let cells = std::iter::from_fn(move || {
        let is_border = |&at: &usize| !rest[..at].ends_with('\\');
        let border = rest.match_indices("| ").map(|(at, _)| at).find(is_border);
        let (cell, behind) = match border {
            Some(at) => (&rest[..at], &rest[at + 2..]),
            None => (rest, ""),
        };
        (!rest.is_empty()).then(|| {
            rest = behind;
            cell.trim_end_matches(['|', ' ']).trim()
        })
    });
    cells.filter(|cell| cell.contains(|c: char| !matches!(c, '-' | ':' | '|')))
}
