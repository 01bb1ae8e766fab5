//! A table as GitHub writes it: its first row is its head, and a cell that takes up several columns or rows is followed by empty ones.

use crate::structure::TableCell;
use crate::write::markdown::inline::{Place, inline};

/// Columns of the widest table: what is wider is cut into cells that take up one.
const MOST_COLUMNS: usize = 100;

/// The lines of a table.
pub(super) fn table(rows: &[Vec<TableCell>]) -> Vec<String> {
    let mut grid = grid(rows);
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    // What goes beyond the head is not shown; rows may be shorter.
    if let Some(head) = grid.first_mut() {
        head.resize(columns, None);
    }
    let mut lines = Vec::with_capacity(grid.len() + 1);
    for (at, row) in grid.iter().enumerate() {
        let mut line = String::from("|");
        for cell in row {
            line.push(' ');
            if let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) {
                let spans: Vec<_> = cell.spans.iter().collect();
                inline(&cell.text, &spans, Place::Cell, &mut line);
                line.push(' ');
            }
            line.push('|');
        }
        lines.push(line);
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines
}

/// For each row its cells, one a column; None where one of another column or row goes on.
fn grid(rows: &[Vec<TableCell>]) -> Vec<Vec<Option<&TableCell>>> {
    let mut grid: Vec<Vec<Option<&TableCell>>> = Vec::with_capacity(rows.len());
    // For each column how many of the next rows a cell above takes up.
    let mut taken: Vec<u32> = Vec::new();
    for row in rows {
        let mut line = Vec::new();
        let mut cells = row.iter().peekable();
        while cells.peek().is_some() || taken.len() > line.len() {
            let column = line.len();
            match taken.get_mut(column).filter(|rows| **rows > 0) {
                Some(rows) => {
                    *rows -= 1;
                    line.push(None);
                }
                None => {
                    let cell = cells.next();
                    let most = if column < MOST_COLUMNS { MOST_COLUMNS as u32 } else { 1 };
                    for number in 0..cell.map_or(1, |cell| cell.colspan.clamp(1, most)) {
                        let at = column + number as usize;
                        if at == taken.len() {
                            taken.push(0);
                        }
                        taken[at] = cell.map_or(0, |cell| cell.rowspan.saturating_sub(1));
                        line.push(cell.filter(|_| number == 0));
                    }
                }
            }
        }
        while taken.last() == Some(&0) {
            taken.pop();
        }
        grid.push(line);
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, colspan: u32, rowspan: u32) -> TableCell {
        TableCell { text: text.into(), colspan, rowspan, ..TableCell::default() }
    }

    #[test]
    fn cells_stand_in_their_columns() {
        let rows = [
            vec![cell("Port", 1, 1), cell("Tide", 2, 1)],
            vec![cell("Skarv", 1, 2), cell("high | low", 1, 1), cell("3 m", 1, 1)],
            vec![cell("low", 1, 1)],
        ];
        assert_eq!(
            table(&rows),
            [
                "| Port | Tide | |",
                "| --- | --- | --- |",
                "| Skarv | high \\| low | 3 m |",
                "| | low |",
            ]
        );
    }

    #[test]
    fn a_cell_as_wide_as_the_sea_is_bounded() {
        let rows = vec![vec![cell("a", 1000, 65534); 50]; 3];
        assert!(table(&rows).iter().all(|line| line.len() < 2000));
        let mut rows = vec![vec![cell("a", 1, 1); 2]; 3000];
        rows[0] = vec![cell("a", 1, 1); 3000];
        let bytes: usize = table(&rows).iter().map(String::len).sum();
        assert!(bytes < 100_000, "{bytes}");
    }
}
