//! Documents as lines of JSON, for whoever takes them as they stand.

use std::io::Error;

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use crate::error::Unreadable;
use crate::read::container::Container;
use crate::read::csv::{self, Header};
use crate::read::fields::{Object, text_names};
use crate::read::inflate::unpack;
use crate::read::limits::HEAD;
use crate::read::parquet;
use crate::read::peek::Peek;
use crate::read::place::{Place, Settings};
use crate::read::values::Values;
use crate::walk::Source;

/// Rows of damaged groups up to which those after them keep their numbers.
const MOST_MISSING: usize = 1 << 24;

/// Called with an unreadable row (numbered from 1), which also ends its row group, and the reason.
pub(crate) type TakeBroken<'t> = dyn FnMut(usize, Unreadable) + 't;

/// Appends the documents of a file, compressed or not, to `lines`: those of JSON Lines with their ends, the objects of an array, those that
/// take several lines and the rows of a table each in a line of its own. The line of a row that `broken` gets is empty, as are those of the
/// rows that go with it.
///
/// # Errors
/// When the file cannot be opened, or breaks off; what came before is kept.
pub(crate) fn append_lines(
    source: &Source,
    text_field: Option<&str>,
    lines: &mut Vec<u8>,
    broken: &mut TakeBroken,
) -> std::io::Result<()> {
    let (mut input, layers) = unpack(match &source.path {
        Some(path) => Peek::new(std::fs::File::open(path)?),
        None => Peek::new(std::io::stdin()),
    })?;
    if Container::of(input.peek(HEAD)) == Some(Container::Parquet) {
        return match &source.path {
            // A pipe cannot be opened again.
            Some(path) if layers == 0 && path.is_file() => {
                append_rows(parquet_rows(std::fs::File::open(path)?)?, lines, broken)
            }
            _ => {
                let held = Bytes::from(input.held().map_err(Error::other)?);
                append_rows(parquet_rows(held)?, lines, broken)
            }
        };
    }
    let place = Place::new(source.dump.clone(), Settings::default()).unpacked(layers);
    if let Some(header) = Header::of(input.peek(HEAD), &place.name, text_field) {
        let rows = csv::Rows::new(input, header);
        let objects = rows.map(|(number, row)| (number, row.map(|(object, _)| object)));
        return append_rows(objects, lines, broken);
    }
    if csv::is_named_table(&place.name) && Container::of(input.peek(HEAD)) != Some(Container::Json)
    {
        let looked_for = text_names(&text_field).join(", ");
        broken(1, Unreadable::NoTextField { looked_for });
        return Ok(());
    }
    if layers == 0 {
        lines.reserve_exact(usize::try_from(source.bytes).unwrap_or(0) + 1);
    }
    append_values(Values::new(input), lines, broken)
}

/// Appends values, each in the line of its number.
fn append_values(
    values: Values,
    lines: &mut Vec<u8>,
    broken: &mut TakeBroken,
) -> std::io::Result<()> {
    let mut ended = 0;
    for value in values {
        let (number, view) = value?;
        lines.extend(std::iter::repeat_n(b'\n', number - 1 - ended));
        match view {
            // No string of JSON holds the end of a line as it is.
            Ok(view) => {
                let start = lines.len();
                lines.extend_from_slice(view.text.as_bytes());
                for end in memchr::memchr2_iter(b'\n', b'\r', view.text.as_bytes()) {
                    lines[start + end] = b' ';
                }
            }
            Err(reason) => broken(number, reason),
        }
        lines.push(b'\n');
        ended = number;
    }
    Ok(())
}

fn parquet_rows<R: ChunkReader + 'static>(input: R) -> std::io::Result<parquet::Rows<R>> {
    parquet::Rows::open(input, &|_| true).map_err(Error::other)
}

/// Appends the objects of rows, each in the line of its number.
fn append_rows(
    rows: impl Iterator<Item = (usize, Result<Object, Unreadable>)>,
    lines: &mut Vec<u8>,
    broken: &mut TakeBroken,
) -> std::io::Result<()> {
    let (mut written, mut most_missing) = (0, MOST_MISSING);
    for (number, row) in rows {
        match row {
            Ok(row) => {
                let missing = (number - 1 - written).min(most_missing);
                lines.extend(std::iter::repeat_n(b'\n', missing));
                most_missing -= missing;
                serde_json::to_writer(&mut *lines, &row)?;
                lines.push(b'\n');
                written = number;
            }
            Err(reason) => broken(number, reason),
        }
    }
    Ok(())
}
