//! Tables as text (CSV, TSV): each row is an object whose fields the first line names. A row is in memory at a time.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::Value;

use crate::error::Unreadable;
use crate::read::charset::{View, narrow};
use crate::read::field_names::{holds_text, is_known, is_named, is_text_field, listed, text_names};
use crate::read::fields::Object;
use crate::read::limits::HEAD;
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::Parts;
use crate::read::rows::{Row, RowRecords};

/// What stands between cells.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Endings of the names of tables.
const ENDINGS: [&str; 3] = ["csv", "tsv", "tab"];
/// Largest row, in bytes, and most cells of one.
const LARGEST_ROW: usize = 1 << 26;
const MOST_CELLS: usize = 1 << 16;
/// Longest name of a column in a file whose name does not say that it is a table, in bytes.
const LONGEST_NAME: usize = 32;

/// The first line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    separator: u8,
    columns: Vec<String>,
}

impl Header {
    /// The header that an input begins with, where it names a column of texts; where the name of the file says that it is a table, one that names
    /// another of those of records is enough. Commas in the first line of a text make it no table: where the name of the file does not say that it
    /// is one, all columns must have names, two of them those of records, and the next row as many cells.
    pub(super) fn of(head: &[u8], name: &str, text_field: Option<&str>) -> Option<Self> {
        if !head.contains(&b'\n') {
            return None;
        }
        let is_table = is_named_table(name);
        let mut lines = head.split(|&b| b == b'\n' || b == b'\r');
        let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
        // Without one in the first row there is but one column.
        let has_several = |separator: &u8| first.contains(separator) || first.contains(&b'"');
        let separators =
            SEPARATORS.into_iter().filter(|separator| is_table || has_several(separator));
        separators
            .into_iter()
            .find_map(|separator| Self::read(head, separator, is_table, text_field))
    }

    fn read(head: &[u8], separator: u8, is_table: bool, text_field: Option<&str>) -> Option<Self> {
        let mut rows = Cutter::new(Peek::new(head), separator);
        let first = rows.row().ok().flatten()?.ok()?;
        let stored = narrow(first.raw.clone(), None).ok()?;
        let name = |cell| stored.encoding.decode_without_bom_handling(cell).0.trim().to_owned();
        let columns: Vec<String> = first.cells().map(name).collect();
        let is_asked = |column: &str| text_field.is_some_and(|field| is_named(column, field));
        let has_text =
            |column: &String| is_text_field(column, text_names(&None)) || is_asked(column);
        let is_known = |column: &&String| is_asked(column) || is_known(column);
        let is_unique = |(number, name): (usize, &String)| !columns[..number].contains(name);
        let is_plain = |column: &String| !column.is_empty() && column.len() <= LONGEST_NAME;
        let is_value = |column: &String| column.starts_with(|c: char| c.is_ascii_digit());
        let has_text = columns.iter().any(has_text);
        let known = columns.iter().filter(is_known).count();
        let is_header = !columns.iter().any(is_value)
            && columns.iter().enumerate().all(is_unique)
            && (is_table && has_text
                || columns.iter().all(is_plain)
                    && (has_text && known > 1 || is_table && known > 0 && columns.len() > 1)
                    && rows.go_on(columns.len(), head.len() >= HEAD));
        is_header.then_some(Self { separator, columns })
    }
}

/// Whether the name of a file says that it is a table.
pub(super) fn is_named_table(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Reads the rows of a table, each as one record.
pub(super) fn read<'r>(place: Place, input: Peek<'r>, header: Header) -> Parts<'r> {
    let text_field = place.settings.text_field.as_deref();
    let names = text_names(&text_field);
    if !header.columns.iter().any(|column| holds_text(column, names)) {
        return place.all_broken(Unreadable::NoTextField { looked_for: listed(names) });
    }
    place.settings.looked.found();
    let rows = Rows::new(input, header);
    Box::new(RowRecords { place, rows, textless: 0 })
}

/// The rows of a table behind its header.
pub(super) struct Rows<'r> {
    cutter: Cutter<'r>,
    columns: Vec<String>,
    number: usize,
    is_over: bool,
}

impl<'r> Rows<'r> {
    pub(super) fn new(input: Peek<'r>, Header { separator, columns }: Header) -> Self {
        let mut cutter = Cutter::new(input, separator);
        let is_over = !matches!(cutter.row(), Ok(Some(Ok(_))));
        Self { cutter, columns, number: 0, is_over }
    }

    fn object(&self, row: &Cells) -> Result<(Object, View), Unreadable> {
        let cells = row.cells().count();
        if row.cells().skip(self.columns.len()).any(|cell| !cell.trim_ascii().is_empty()) {
            return Err(Unreadable::damaged(format!(
                "the row at byte {} has {cells} cells, and the header {}",
                row.start,
                self.columns.len()
            )));
        }
        let mut stored = narrow(row.raw.clone(), None)?;
        let text = |cell| stored.encoding.decode_without_bom_handling(cell).0.into_owned();
        let cells = row.cells().map(|cell| Value::String(text(cell)));
        let object = self.columns.iter().cloned().zip(cells).collect();
        stored.text = String::new();
        Ok((object, stored))
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.is_over {
            return None;
        }
        self.number += 1;
        let row = match self.cutter.row() {
            Ok(None) => return None,
            Ok(Some(Ok(cells))) => self.object(&cells),
            Ok(Some(Err(Endless { row, fault }))) => {
                let passed = match fault {
                    Fault::Cells => self.cutter.pass_row(),
                    Fault::Bytes | Fault::Quote => self.cutter.pass_line(&row),
                };
                self.is_over = !passed.unwrap_or(false);
                Err(Unreadable::damaged(format!("the row at byte {} {fault}", row.start)))
            }
            Err(error) => {
                self.is_over = true;
                Err(Unreadable::damaged(error))
            }
        };
        Some((self.number, row))
    }
}

/// A row: as it stands from the byte `start` of the table, and what its cells hold, one behind the other.
#[derive(Default)]
struct Cells {
    start: u64,
    raw: Vec<u8>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start..end])
    }
}

/// A row whose end was not found.
struct Endless {
    /// What was read of it.
    row: Cells,
    fault: Fault,
}

/// Why the end of a row was not found.
enum Fault {
    Quote,
    Bytes,
    Cells,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Quote => f.write_str("does not end: a quote in it is not closed"),
            Self::Bytes => write!(f, "does not end within {LARGEST_ROW} bytes"),
            Self::Cells => write!(f, "has more than {MOST_CELLS} cells"),
        }
    }
}

/// Cuts a table into rows.
struct Cutter<'r> {
    input: Peek<'r>,
    core: Reader,
    at: u64,
}

impl<'r> Cutter<'r> {
    fn new(input: Peek<'r>, separator: u8) -> Self {
        Self { input, core: ReaderBuilder::new().delimiter(separator).build(), at: 0 }
    }

    /// The next row; None at the end.
    fn row(&mut self) -> std::io::Result<Option<Result<Cells, Endless>>> {
        while let Some(b'\n' | b'\r') = self.input.peek(1).first() {
            self.input.consume(1);
            self.at += 1;
        }
        let mut row = Cells { start: self.at, ..Cells::default() };
        let (mut written, mut ended) = (0, 0);
        loop {
            let bytes = self.input.fill_buf()?;
            let is_end = bytes.is_empty();
            // The end of a line ends the last row, unless a quote is open.
            let bytes = if is_end { b"\n" } else { bytes };
            let (outcome, used, more, ends) =
                self.core.read_record(bytes, &mut row.bytes[written..], &mut row.ends[ended..]);
            (written, ended) = (written + more, ended + ends);
            if !is_end {
                row.raw.extend_from_slice(&bytes[..used]);
                self.input.consume(used);
                self.at += used as u64;
            }
            match outcome {
                ReadRecordResult::Record => {
                    row.bytes.truncate(written);
                    row.ends.truncate(ended);
                    return Ok(Some(Ok(row)));
                }
                ReadRecordResult::OutputFull => row.bytes.resize(2 * written + HEAD, 0),
                ReadRecordResult::OutputEndsFull if ended > MOST_CELLS => {
                    return Ok(Some(Err(Endless { row, fault: Fault::Cells })));
                }
                ReadRecordResult::OutputEndsFull => {
                    row.ends.resize((2 * ended + 64).min(MOST_CELLS + 1), 0);
                }
                ReadRecordResult::InputEmpty if is_end && row.raw.is_empty() => return Ok(None),
                ReadRecordResult::InputEmpty if is_end => {
                    return Ok(Some(Err(Endless { row, fault: Fault::Quote })));
                }
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::End => return Ok(None),
            }
            if row.raw.len() > LARGEST_ROW {
                return Ok(Some(Err(Endless { row, fault: Fault::Bytes })));
            }
        }
    }

    /// Whether the next row has so many cells, or as many of them as stand there where the input is cut.
    fn go_on(&mut self, cells: usize, is_cut: bool) -> bool {
        match self.row() {
            Ok(Some(Ok(row))) if row.ends.len() == cells => true,
            Ok(Some(Ok(row) | Err(Endless { row, .. }))) => {
                is_cut && self.input.peek(1).is_empty() && row.ends.len() < cells
            }
            _ => false,
        }
    }

    /// Goes back to the line behind the first one of a row that does not end, or on to it; false where there is none. No other quote that opens a
    /// cell stands in such a row, so that hardly a byte is read a third time.
    fn pass_line(&mut self, row: &Cells) -> std::io::Result<bool> {
        self.core.reset();
        if let Some(end) = memchr::memchr(b'\n', &row.raw) {
            let rest = &row.raw[end + 1..];
            self.input.give_back(rest);
            self.at -= rest.len() as u64;
            return Ok(true);
        }
        loop {
            let bytes = self.input.fill_buf()?;
            let end = memchr::memchr(b'\n', bytes);
            let used = end.map_or(bytes.len(), |end| end + 1);
            self.input.consume(used);
            self.at += used as u64;
            if end.is_some() || used == 0 {
                return Ok(end.is_some());
            }
        }
    }

    /// Goes on behind the end of a row of which some was read; false where there is none.
    fn pass_row(&mut self) -> std::io::Result<bool> {
        let (mut bytes, mut ends) = ([0; HEAD], [0; 64]);
        loop {
            let input = self.input.fill_buf()?;
            if input.is_empty() {
                return Ok(false);
            }
            let (outcome, used, ..) = self.core.read_record(input, &mut bytes, &mut ends);
            self.input.consume(used);
            self.at += used as u64;
            if matches!(outcome, ReadRecordResult::Record | ReadRecordResult::End) {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(head: &str, name: &str) -> Option<Vec<String>> {
        Header::of(head.as_bytes(), name, None).map(|header| header.columns)
    }

    #[test]
    fn a_table_is_told_by_the_names_of_its_columns() {
        let [comma, semicolon, tab] = [",", ";", "\t"].map(|separator| {
            ["url", "Headline", "Article body"].join(separator)
                + "\na"
                + separator
                + "b"
                + separator
                + "c\n"
        });
        for head in [&comma, &semicolon, &tab, &format!("\u{feff}{comma}")] {
            for name in ["-", "rows.txt", "rows.CSV"] {
                assert_eq!(
                    columns(head, name).unwrap()[1..],
                    ["Headline", "Article body"],
                    "{head}"
                );
            }
        }
        assert_eq!(columns("text\nOne\n", "rows.csv").unwrap(), ["text"]);
        assert_eq!(columns(",text,n\n0,One,2\n", "rows.csv").unwrap(), ["", "text", "n"]);
    }

    #[test]
    fn a_text_with_commas_in_its_first_line_is_no_table() {
        for text in [
            "Text, content and the date\nThree words of an editor.\n",
            "Title, text\n\nThis essay has no second comma.\n",
            "text\nOne\n",
            "The quay, the mill, the ferry\nAll are open.\n",
        ] {
            assert_eq!(columns(text, "essay.txt"), None, "{text}");
        }
        assert_eq!(columns("name,price\nOil,3\n", "prices.csv"), None, "no column of texts");
        assert_eq!(columns("title,price\nOil,3\n", "notes.txt"), None);
        assert_eq!(
            columns("title,story\nQuay,Open\n", "rows.csv").unwrap()[1],
            "story",
            "it is said that no column is known for its texts"
        );
        assert_eq!(columns("text,text\na,b\n", "rows.csv"), None, "one of them would be lost");
        assert_eq!(columns("1\tbody\t0\n2\tmeta\t0\n", "spans.tsv"), None, "a row, and no header");
    }

    fn rows(table: &str) -> Vec<Result<String, String>> {
        let header = Header::of(table.as_bytes(), "rows.csv", None).unwrap();
        let rows = Rows::new(Peek::new(table.as_bytes()), header);
        let text = |(object, _): (Object, View)| object["text"].as_str().unwrap().to_owned();
        rows.map(|(_, row)| row.map(text).map_err(|reason| reason.to_string())).collect()
    }

    #[test]
    fn quotes_hold_separators_ends_of_lines_and_quotes() {
        let table = "id,text\r\n1,\"One, \"\"two\"\"\r\n\r\nthree\"\r\n\r\n2,four\n3,\"five\"";
        let [one, two, three] = &rows(table)[..] else { panic!("three rows") };
        assert_eq!(one.as_deref(), Ok("One, \"two\"\r\n\r\nthree"));
        assert_eq!((two.as_deref(), three.as_deref()), (Ok("four"), Ok("five")));
    }

    #[test]
    fn a_row_of_too_many_cells_is_named_and_the_next_one_read() {
        let table = format!("id,text\n1{}\n2,two\n", ",".repeat(MOST_CELLS + 1));
        let [many, two] = &rows(&table)[..] else { panic!("two rows") };
        assert_eq!(many.as_ref().unwrap_err(), "the row at byte 8 has more than 65536 cells");
        assert_eq!(two.as_deref(), Ok("two"));
    }

    #[test]
    fn a_header_may_be_in_another_encoding() {
        let header = Header::of(b"\xdcberschrift;Artikel\nKai;Text\n", "rows.csv", Some("artikel"));
        assert_eq!(header.unwrap().columns, ["Überschrift", "Artikel"]);
    }

    #[test]
    fn a_row_that_is_damaged_is_named_with_its_place_and_the_next_one_read() {
        let table = "id,text\n1,\"not closed\n2,two\n3,a comma, not quoted\n4,four,,\n";
        let [unclosed, two, comma, four] = &rows(table)[..] else { panic!("four rows") };
        let not_closed = "the row at byte 8 does not end: a quote in it is not closed";
        assert_eq!(unclosed.as_ref().unwrap_err(), not_closed);
        assert_eq!(two.as_deref(), Ok("two"));
        assert_eq!(comma.as_ref().unwrap_err(), "the row at byte 28 has 3 cells, and the header 2");
        assert_eq!(four.as_deref(), Ok("four"));
    }
}
