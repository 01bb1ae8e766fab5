//! Documents as lines of JSON, for whoever takes them as they stand.

use std::fs::{File, Metadata};
use std::io::Error;
use std::sync::Arc;

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use crate::error::Unreadable;
use crate::read::budget::{Budget, Stream, Within};
use crate::read::charset::View;
use crate::read::container::Container;
use crate::read::counted::{Counted, Tally};
use crate::read::csv::{self, Header};
use crate::read::field_names::{listed, text_names};
use crate::read::fields::Object;
use crate::read::inflate::unpack;
use crate::read::limits::{HEAD, Limits};
use crate::read::parquet;
use crate::read::peek::Peek;
use crate::read::place::{Place, Settings};
use crate::read::values::Values;
use crate::read::waiting::Waiting;
use crate::walk::Source;

/// A document as a line without its end, and its number from 1: that of its line where each has one; or why it cannot be read.
pub(crate) type Line = (usize, Result<Vec<u8>, Unreadable>);

/// The documents of a file, until it breaks off.
type Lines = Box<dyn Iterator<Item = std::io::Result<Line>>>;

/// The documents of a file, compressed or not: those of JSON Lines as they stand, the objects of an array, those that take several lines and the
/// rows of a table each in a line of its own. What is read of the file is counted. A row of a table that cannot be read ends its group of rows.
///
/// # Errors
/// When the file cannot be opened; within the documents where it breaks off.
pub(crate) fn lines(
    source: &Source,
    text_field: Option<&str>,
    limits: Limits,
    tally: &Tally,
) -> std::io::Result<Lines> {
    let about = source.path.as_ref().map(std::fs::metadata).transpose()?;
    let about = about.filter(Metadata::is_file);
    let settings = Settings { limits, ..Settings::default() };
    let place = Place::new(source.dump.clone(), settings, about.as_ref().map_or(0, Metadata::len));
    let budget = place.budget.clone();
    let lines = match (source.path.clone(), about) {
        (Some(path), Some(_)) => {
            let file = Counted::new(File::open(path)?, tally);
            lines_in(place, Peek::new(file.again()?), Some(file), text_field)?
        }
        (path, _) => {
            let inner = match path {
                Some(pipe) => Waiting::on(|| File::open(pipe))?,
                None => Waiting::on(|| Ok(std::io::stdin()))?,
            };
            let input = Stream { inner, budget: budget.clone() };
            lines_in(place, Peek::new(input), None, text_field)?
        }
    };
    let refused = |reason| Err(Error::other(reason));
    Ok(Box::new(Within { budget, items: Some(lines), refused }))
}

/// The documents of an input, which `file` is too where it can be read from any place on.
fn lines_in(
    place: Place,
    input: Peek<'static>,
    file: Option<Counted>,
    text_field: Option<&str>,
) -> std::io::Result<Lines> {
    let (mut input, layers) = unpack(input, &place.budget)?;
    let (limits, budget) = (place.settings.limits, place.budget.clone());
    if Container::of(input.peek(HEAD)) == Some(Container::Parquet) {
        return match file {
            Some(file) if layers == 0 => Ok(lines_of(parquet_rows(file, budget)?)),
            _ => {
                let held = Bytes::from(input.held(limits.record).map_err(Error::other)?);
                Ok(lines_of(parquet_rows(held, budget)?))
            }
        };
    }
    let place = place.unpacked(layers);
    if let Some(header) = Header::of(input.peek(HEAD), &place.name, text_field) {
        let rows = csv::Rows::new(input, header);
        return Ok(lines_of(rows.map(|(number, row)| (number, row.map(|(object, _)| object)))));
    }
    if csv::is_named_table(&place.name) && Container::of(input.peek(HEAD)) != Some(Container::Json)
    {
        let looked_for = listed(text_names(&text_field));
        return Ok(Box::new([Ok((1, Err(Unreadable::NoTextField { looked_for })))].into_iter()));
    }
    let in_one_line = |view: View| {
        let mut line = view.text.into_bytes();
        // No string of JSON holds the end of a line as it is.
        let ends: Vec<usize> = memchr::memchr2_iter(b'\n', b'\r', &line).collect();
        ends.into_iter().for_each(|end| line[end] = b' ');
        line
    };
    let values = Values::new(input, limits.record);
    Ok(Box::new(
        values.map(move |value| value.map(|(number, view)| (number, view.map(in_one_line)))),
    ))
}

fn parquet_rows<R: ChunkReader + 'static>(
    input: R,
    budget: Arc<Budget>,
) -> std::io::Result<parquet::Rows<R>> {
    parquet::Rows::open(input, budget, &|_| true).map_err(Error::other)
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
