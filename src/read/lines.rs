//! Documents as lines of JSON, for whoever takes them as they stand.

use std::io::{BufRead, Error, Read, Result};
use std::ops::ControlFlow;

use ::parquet::file::reader::ChunkReader;

use super::json::{Cutter, is_array, is_json, spans_lines};
use super::parquet::{Rows, held, is_parquet};
use super::peek::Peek;
use super::{LARGEST_DUMP, unpack};
use crate::walk::Source;

/// Appends the documents of a file, compressed or not, to `lines`: those of JSON Lines with their ends, the objects of an array, those that
/// take several lines and the rows of Parquet each in a line of its own.
///
/// # Errors
/// When the file cannot be opened, or breaks off; what came before is kept.
pub(crate) fn append_lines(source: &Source, lines: &mut Vec<u8>) -> Result<()> {
    let (mut input, layers) = unpack(match &source.path {
        Some(path) => Peek::new(std::fs::File::open(path)?),
        None => Peek::new(std::io::stdin().lock()),
    })?;
    if is_parquet(input.peek(super::HEAD)) {
        return match &source.path {
            Some(path) if layers == 0 => append_rows(std::fs::File::open(path)?, lines),
            _ => append_rows(held(&mut input).map_err(Error::other)?, lines),
        };
    }
    if input.peek(3) == b"\xef\xbb\xbf" {
        input.consume(3);
    }
    let head = input.peek(super::HEAD);
    if is_json(head) && (is_array(head) || spans_lines(&mut input)) {
        return append_objects(&mut input, lines);
    }
    if layers == 0 {
        lines.reserve_exact(usize::try_from(source.bytes).unwrap_or(0) + 1);
    }
    input.read_to_end(lines).map(drop)
}

fn append_objects(input: &mut Peek, lines: &mut Vec<u8>) -> Result<()> {
    let mut cutter = Cutter::new(is_array(input.peek(super::HEAD)));
    loop {
        let bytes = input.fill_buf()?;
        let (used, whole) = if bytes.is_empty() { (0, true) } else { cutter.take(bytes) };
        input.consume(used);
        if cutter.value.len() as u64 > LARGEST_DUMP {
            return Err(Error::other(format!("has an object of over {LARGEST_DUMP} bytes")));
        }
        if whole && !cutter.value.trim_ascii().is_empty() {
            // No string of JSON holds the end of a line as it is.
            lines.extend(cutter.value.trim_ascii().iter().map(|b| if matches!(b, b'\n' | b'\r') { b' ' } else { *b }));
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

fn append_rows(input: impl ChunkReader + 'static, lines: &mut Vec<u8>) -> Result<()> {
    let mut result = Ok(());
    let _ = Rows::open(input, &|_| true).map_err(Error::other)?.each(&mut |number, row| match row {
        Ok(row) => {
            serde_json::to_writer(&mut *lines, &row).expect("an object of JSON");
            lines.push(b'\n');
            ControlFlow::Continue(())
        }
        Err(reason) => {
            result = Err(Error::other(format!("row {number}: {reason}")));
            ControlFlow::Break(())
        }
    });
    result
}
