//! Tables of Markdown that lay out a page, as programs write them: each row of them in one line, whatever stands in its cells.
//!
//! A line break in a cell becomes a space, so that two spaces or more stand between its paragraphs, and the mark of an item behind a space. Tables
//! that stand in a cell keep their bars, and the line below their head.

use memchr::memchr3;

use crate::span::Span;

/// Bytes from which on a row is no row of data.
const LONG_ROW: usize = 400;
/// The same of a cell with several paragraphs.
const LONG_CELL: usize = 200;
/// What parts the paragraphs in a cell, at least.
const GAP: &str = "  ";

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum CellPart<'s> {
    Paragraph(&'s str),
    /// The text of an item of a list.
    Item(&'s str),
}

/// A table of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) struct Table {
    /// Bytes of its rows.
    pub(in crate::html) bytes: usize,
    /// Whether it lays out a page.
    pub(in crate::html) is_layout: bool,
}

impl Table {
    /// The table whose rows a text begins with.
    pub(in crate::html) fn at_start_of(text: &str) -> Self {
        let lines = text.split_inclusive('\n');
        let rows = lines.take_while(|line| line.trim_start().starts_with('|'));
        let head = text.lines().next().unwrap_or_default();
        let is_empty = head.bytes().all(|b| b == b'|' || b.is_ascii_whitespace());
        rows.fold(Self { bytes: 0, is_layout: false }, |table, row| {
            let own = row.trim_start();
            let is_layout =
                table.is_layout || holds_tables(own) || is_empty && holds_paragraphs(own);
            Self { bytes: table.bytes + row.len(), is_layout }
        })
    }
}

/// Whether a row has tables in its cells: the line below the head of one stands in it.
fn holds_tables(row: &str) -> bool {
    let is_long = row.starts_with("| |") || row.starts_with('|') && row.len() > LONG_ROW;
    is_long && row.contains("| | --- |") && cells_of(row).next().is_some()
}

/// Whether a cell of a row is longer than one of data, and has several paragraphs.
fn holds_paragraphs(row: &str) -> bool {
    let holds_several = |cell: &str| cell.len() > LONG_CELL && parts_of(cell).len() > 1;
    row.len() > LONG_ROW && cells_of(row).any(holds_several)
}

/// The cells of a row, and of the tables in these, that hold more than the line below a head.
pub(in crate::html) fn cells_of(line: &str) -> impl Iterator<Item = &str> {
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

/// The paragraphs and items in a cell, in their order.
pub(in crate::html) fn parts_of(cell: &str) -> Vec<CellPart<'_>> {
    let links = links_in(cell);
    let is_in_link = |at: usize| {
        let next = links.partition_point(|link| link.end <= at);
        links.get(next).is_some_and(|link| link.start < at)
    };
    let mut parts = Vec::new();
    let mut add = |start: usize, end: usize| {
        let paragraph = cell[start..end].trim();
        let Some(first) = paragraph.strip_prefix("* ") else {
            parts.extend((!paragraph.is_empty()).then_some(CellPart::Paragraph(paragraph)));
            return;
        };
        // The next item stands behind a space, or right behind a link.
        let begin = first.as_ptr() as usize - cell.as_ptr() as usize;
        let mut from = 0;
        let marks = first
            .match_indices("* ")
            .filter(|&(at, _)| first[..at].ends_with([' ', ')']) && !is_in_link(begin + at));
        for end in marks.map(|(at, _)| at).chain([first.len()]) {
            let item = first[from..end].trim();
            parts.extend((!item.is_empty()).then_some(CellPart::Item(item)));
            from = (end + 2).min(first.len());
        }
    };
    let mut start = 0;
    for (at, _) in cell.match_indices(GAP).filter(|&(at, _)| !is_in_link(at)) {
        add(start, at);
        start = at + GAP.len();
    }
    add(start, cell.len());
    parts
}

/// Where the links and pictures of a text stand that stand in no other.
pub(in crate::html) fn links_in(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut links: Vec<Span> = Vec::new();
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr3(b'\\', b'[', b']', &bytes[at..]) {
        let sign = at + next;
        at = sign + 1;
        match bytes[sign] {
            b'\\' => at = (sign + 2).min(bytes.len()),
            b'[' => open.push(sign),
            _ => {
                let Some(start) = open.pop() else { continue };
                let Some(length) = address_length(&bytes[at..]) else { continue };
                at += length;
                while links.pop_if(|inner| inner.start > start).is_some() {}
                links.push(Span::new(start, at));
            }
        }
    }
    links
}

/// Bytes of an address in brackets, which holds none of another link.
fn address_length(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'(') {
        return None;
    }
    let mut depth = 0;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at + 1),
            b')' => depth -= 1,
            b']' if text.get(at + 1) == Some(&b'(') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::CellPart::{Item, Paragraph};
    use super::*;

    #[test]
    fn two_spaces_part_paragraphs_but_not_within_a_link() {
        assert_eq!(
            parts_of("3 May  The [old  quay](/a \"b  c\") was opened.   [![a  b](/c)](/d)"),
            [
                Paragraph("3 May"),
                Paragraph("The [old  quay](/a \"b  c\") was opened."),
                Paragraph("[![a  b](/c)](/d)")
            ]
        );
        assert_eq!(
            parts_of("One [of  two](no address"),
            [Paragraph("One [of"), Paragraph("two](no address")]
        );
    }

    #[test]
    fn items_stand_behind_their_marks() {
        assert_eq!(
            parts_of("News  * [Home](/a)* [Low * high](/b) * tides 2 *3  The quay"),
            [
                Paragraph("News"),
                Item("[Home](/a)"),
                Item("[Low * high](/b)"),
                Item("tides 2 *3"),
                Paragraph("The quay")
            ]
        );
    }

    #[test]
    fn tables_of_data_lay_out_nothing() {
        let text = "The ferry sails at noon. ".repeat(12);
        let long = format!("{text} {text}");
        let layout = format!("|  |  |\n| --- | --- |\n| {long} | 3 m |\n");
        let table = Table::at_start_of(&format!("{layout}\nText"));
        assert_eq!(table, Table { bytes: layout.len(), is_layout: true });
        for data in [
            format!("| Name | Text |\n| --- | --- |\n| {long} | 3 m |\n"),
            format!("|  |  |\n| --- | --- |\n| {text} | {text} |\n"),
            "|  |  |\n| --- | --- |\n| Low  | 2 m  |\n".to_owned(),
            "No table".to_owned(),
        ] {
            assert!(!Table::at_start_of(&data).is_layout, "{data}");
        }
    }

    #[test]
    fn brackets_without_end_are_read_once() {
        for part in ["[", "[](", "](", "](((("] {
            parts_of(&part.repeat(200_000));
        }
    }
}
