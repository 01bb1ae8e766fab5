//! Documents as lines of JSON, for whoever takes them as they stand.

use std::io::Error;

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use crate::error::Unreadable;
use crate::read::charset::View;
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

/// A document as a line without its end, and its number from 1: that of its line where each has one; or why it cannot be read.
pub(crate) type Line = (usize, Result<Vec<u8>, Unreadable>);

/// The documents of a file, until it breaks off.
type Lines = Box<dyn Iterator<Item = std::io::Result<Line>>>;

/// The documents of a file, compressed or not: those of JSON Lines as they stand, the objects of an array, those that take several lines and the
/// rows of a table each in a line of its own. A row of a table that cannot be read ends its group of rows.
///
/// # Errors
/// When the file cannot be opened; within the documents where it breaks off.
pub(crate) fn lines(source: &Source, text_field: Option<&str>) -> std::io::Result<Lines> {
    let (mut input, layers) = unpack(match &source.path {
        Some(path) => Peek::new(std::fs::File::open(path)?),
        None => Peek::new(std::io::stdin()),
    })?;
    if Container::of(input.peek(HEAD)) == Some(Container::Parquet) {
        return match &source.path {
            // A pipe cannot be opened again.
            Some(path) if layers == 0 && path.is_file() => {
                Ok(lines_of(parquet_rows(std::fs::File::open(path)?)?))
            }
            _ => {
                let held = Bytes::from(input.held().map_err(Error::other)?);
                Ok(lines_of(parquet_rows(held)?))
            }
        };
    }
    let place = Place::new(source.dump.clone(), Settings::default()).unpacked(layers);
    if let Some(header) = Header::of(input.peek(HEAD), &place.name, text_field) {
        let rows = csv::Rows::new(input, header);
        return Ok(lines_of(rows.map(|(number, row)| (number, row.map(|(object, _)| object)))));
    }
    if csv::is_named_table(&place.name) && Container::of(input.peek(HEAD)) != Some(Container::Json)
    {
        let looked_for = text_names(&text_field).join(", ");
        return Ok(Box::new([Ok((1, Err(Unreadable::NoTextField { looked_for })))].into_iter()));
    }
    let in_one_line = |view: View| {
        let mut line = view.text.into_bytes();
        // No string of JSON holds the end of a line as it is.
        let ends: Vec<usize> = memchr::memchr2_iter(b'\n', b'\r', &line).collect();
        ends.into_iter().for_each(|end| line[end] = b' ');
        line
    };
    let values = Values::new(input);
    Ok(Box::new(
        values.map(move |value| value.map(|(number, view)| (number, view.map(in_one_line)))),
    ))
}

fn parquet_rows<R: ChunkReader + 'static>(input: R) -> std::io::Result<parquet::Rows<R>> {
    parquet::Rows::open(input, &|_| true).map_err(Error::other)
}

/// The objects of rows as lines.
fn lines_of(rows: impl Iterator<Item = (usize, Result<Object, Unreadable>)> + 'static) -> Lines {
    Box::new(rows.map(|(number, row)| {
        Ok(match row {
            Ok(row) => (number, Ok(serde_json::to_vec(&row)?)),
            Err(reason) => (number, Err(reason)),
        })
    }))
}
