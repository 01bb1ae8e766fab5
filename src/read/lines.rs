//! Documents as lines of JSON, for whoever takes them as they stand.

use std::io::{BufRead, Error, Read, Result};

use ::parquet::file::reader::ChunkReader;
use bytes::Bytes;

use crate::error::Unreadable;
use crate::read::inflate::unpack;
use crate::read::json::{Cutter, is_array, is_json, skip_mark, spans_lines};
use crate::read::limits::{HEAD, LARGEST_DUMP};
use crate::read::parquet::{Rows, is_parquet};
use crate::read::peek::Peek;
use crate::walk::Source;

/// Rows of damaged groups up to which those after them keep their numbers.
const MOST_MISSING: usize = 1 << 24;

/// Called with an unreadable row (numbered from 1), which also ends its row group, and the reason.
pub(crate) type TakeBroken<'t> = dyn FnMut(usize, Unreadable) + 't;

/// Appends the documents of a file, compressed or not, to `lines`: those of JSON Lines with their ends, the objects of an array, those that
/// take several lines and the rows of Parquet each in a line of its own. The line of a row that `broken` gets is empty, as are those of the
/// rows that go with it.
///
/// # Errors
/// When the file cannot be opened, or breaks off; what came before is kept.
pub(crate) fn append_lines(
    source: &Source,
    lines: &mut Vec<u8>,
    broken: &mut TakeBroken,
) -> Result<()> {
    let (mut input, layers) = unpack(match &source.path {
        Some(path) => Peek::new(std::fs::File::open(path)?),
        None => Peek::new(std::io::stdin()),
    })?;
    if is_parquet(input.peek(HEAD)) {
        return match &source.path {
            // A pipe cannot be opened again.
            Some(path) if layers == 0 && path.is_file() => {
                append_rows(std::fs::File::open(path)?, lines, broken)
            }
            _ => append_rows(Bytes::from(input.held().map_err(Error::other)?), lines, broken),
        };
    }
    skip_mark(&mut input);
    let head = input.peek(HEAD);
    if is_json(head) && (is_array(head) || spans_lines(&mut input)) {
        return append_objects(&mut input, lines);
    }
    if layers == 0 {
        lines.reserve_exact(usize::try_from(source.bytes).unwrap_or(0) + 1);
    }
    input.read_to_end(lines).map(drop)
}

fn append_objects(input: &mut Peek, lines: &mut Vec<u8>) -> Result<()> {
    let mut cutter = Cutter::new(is_array(input.peek(HEAD)));
    loop {
        let bytes = input.fill_buf()?;
        let (used, whole) = if bytes.is_empty() { (0, true) } else { cutter.take(bytes) };
        input.consume(used);
        if cutter.value.len() as u64 > LARGEST_DUMP {
            return Err(Error::other(format!("has an object of over {LARGEST_DUMP} bytes")));
        }
        if whole && !cutter.value.trim_ascii().is_empty() {
            // No string of JSON holds the end of a line as it is.
            lines.extend(
                cutter
                    .value
                    .trim_ascii()
                    .iter()
                    .map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { *b }),
            );
            lines.push(b'\n');
        }
        if whole {
            cutter.value.clear();
        }
        if used == 0 {
            return Ok(());
        }
    }
}

fn append_rows(
    input: impl ChunkReader + 'static,
    lines: &mut Vec<u8>,
    broken: &mut TakeBroken,
) -> Result<()> {
    let (mut written, mut most_missing) = (0, MOST_MISSING);
    for (number, row) in Rows::open(input, &|_| true).map_err(Error::other)? {
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
