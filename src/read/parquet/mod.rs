//! Parquet: each row is an object of JSON whose fields are the columns. A batch of rows is in memory at a time, and of the file one page of
//! each column that is looked at.

mod thrift;
mod value;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, RowGroupReader, SerializedFileReader};
use parquet::record::reader::TreeBuilder;
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};
use serde_json::{Map, Value};

use super::json::{self, is_wanted};
use super::peek::Peek;
use super::{Flow, LARGEST_DUMP, Place, Visit};
use crate::error::Unreadable;
use thrift::PageHead;

/// Bytes of a footer.
const LARGEST_FOOTER: u64 = 1 << 26;
/// Bytes of a page, unpacked.
const LARGEST_PAGE: u64 = 1 << 29;
/// Values of a dictionary.
const MOST_ENTRIES: i64 = 1 << 24;
/// Values of a column of lists in a group of rows: all of them could stand in one row.
const MOST_LISTED: i64 = 1 << 23;
/// Bytes of pages that a batch of rows may hold.
const BATCH: u64 = 1 << 26;
/// Rows of a batch.
const BATCH_ROWS: u64 = 1024;
/// Bytes that the head of a page may take.
const HEAD: u64 = 1 << 16;
/// Bytes that may come out of a file, and how many times its size beyond that.
const HARMLESS: u64 = 1 << 30;
const MOST_TIMES: u64 = 1200;

const MAGIC: &[u8] = b"PAR1";

/// A row by the names of its columns.
pub(super) type Object = Map<String, Value>;

pub(super) fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// Reads the rows out of a stream. What the file holds stands at its end, so all of it is held in memory.
pub(super) fn read_stream(visit: &mut Visit, place: &Place, mut input: Peek) -> Flow {
    match held(&mut input) {
        Ok(bytes) => read(visit, place, bytes),
        Err(reason) => visit.broken(place.record.clone(), reason),
    }
}

/// All bytes of a stream.
pub(super) fn held(input: &mut Peek) -> Result<Bytes, Unreadable> {
    match input.rest(LARGEST_DUMP + 1) {
        (_, Some(error)) => Err(Unreadable::damaged(error)),
        (bytes, None) if bytes.len() as u64 > LARGEST_DUMP => Err(Unreadable::TooLarge { limit: LARGEST_DUMP }),
        (bytes, None) => Ok(bytes.into()),
    }
}

/// Reads the rows, each as one record.
pub(super) fn read(visit: &mut Visit, place: &Place, input: impl ChunkReader + 'static) -> Flow {
    let text_field = visit.text_field;
    let rows = match Rows::open(input, &|column| is_wanted(column, text_field)) {
        Ok(rows) => rows,
        Err(reason) => return visit.broken(place.record.clone(), reason),
    };
    let looked_for = json::text_names(&text_field);
    if !looked_for.iter().any(|name| rows.columns().any(|column| column == *name)) {
        return visit.broken(place.record.clone(), Unreadable::NoTextField { looked_for: looked_for.join(", ") });
    }
    let mut textless = 0;
    let flow = rows.each(&mut |number, row| match row {
        Ok(row) if !json::has_text(&row, looked_for) => {
            textless += 1;
            Flow::Continue(())
        }
        Ok(row) => json::record(visit, place.id(&number.to_string()), row),
        Err(reason) => visit.broken(place.id(&number.to_string()), reason),
    });
    flow?;
    visit.skipped(textless, "rows without a text")
}

/// A file that is read here and in the parquet crate.
struct Shared<R>(Arc<R>);

impl<R: ChunkReader> Length for Shared<R> {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl<R: ChunkReader> ChunkReader for Shared<R> {
    type T = R::T;

    fn get_read(&self, start: u64) -> Result<R::T, ParquetError> {
        self.0.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.0.get_bytes(start, length)
    }
}

/// The rows of a file.
pub(super) struct Rows<R: ChunkReader + 'static> {
    input: Arc<R>,
    reader: SerializedFileReader<Shared<R>>,
    /// The columns that are read.
    schema: SchemaDescPtr,
}

/// What takes rows, by their number from 1. A row that cannot be read stands for the rest of its group of rows.
pub(super) type TakeRow<'t> = dyn FnMut(usize, Result<Object, Unreadable>) -> Flow + 't;

impl<R: ChunkReader + 'static> Rows<R> {
    /// Reads the footer. Of the columns those are read that `is_wanted` says by name.
    pub(super) fn open(input: R, is_wanted: &dyn Fn(&str) -> bool) -> Result<Self, Unreadable> {
        let input = Arc::new(input);
        check_footer(&*input)?;
        guarded(|| {
            let reader = SerializedFileReader::new(Shared(input.clone()))?;
            let root = reader.metadata().file_metadata().schema();
            let columns = root.get_fields().iter().filter(|column| is_wanted(column.name())).cloned().collect();
            let schema = Type::group_type_builder(root.name()).with_fields(columns).build()?;
            Ok(Self { input: input.clone(), reader, schema: Arc::new(SchemaDescriptor::new(Arc::new(schema))) })
        })
    }

    /// The names of the columns that are read.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.schema.root_schema().get_fields().iter().map(|column| column.name())
    }

    /// Hands over all rows.
    pub(super) fn each(&self, take: &mut TakeRow) -> Flow {
        let (mut before, mut bytes) = (0, 0);
        for group in 0..self.reader.num_row_groups() {
            let (mut number, mut is_bomb) = (before, false);
            let mut take = |row: Result<Object, Unreadable>| {
                number += 1;
                bytes += row.as_ref().map_or(0, |row| row.values().filter_map(Value::as_str).map(str::len).sum()) as u64;
                is_bomb = bytes > HARMLESS && bytes / MOST_TIMES > self.input.len();
                let bomb = || Unreadable::damaged(format!("parquet: unpacks to over {MOST_TIMES} times its size"));
                take(number, if is_bomb { Err(bomb()) } else { row })?;
                if is_bomb { Flow::Break(()) } else { Flow::Continue(()) }
            };
            let flow = guarded(|| self.group(group, &mut take)).unwrap_or_else(|reason| take(Err(reason)));
            if flow.is_break() {
                return if is_bomb { Flow::Continue(()) } else { flow };
            }
            before = before.saturating_add(usize::try_from(self.reader.metadata().row_group(group).num_rows()).unwrap_or(0));
        }
        Flow::Continue(())
    }

    /// Hands over the rows of a group.
    fn group(&self, group: usize, take: &mut dyn FnMut(Result<Object, Unreadable>) -> Flow) -> Result<Flow, ParquetError> {
        let reader = self.reader.get_row_group(group)?;
        let batch = (BATCH / self.largest_page(&*reader)?.max(1)).clamp(1, BATCH_ROWS);
        for row in TreeBuilder::new().with_batch_size(batch as usize).as_iter(self.schema.clone(), &*reader)? {
            if take(Ok(value::object_of(row?))).is_break() {
                return Ok(Flow::Break(()));
            }
        }
        Ok(Flow::Continue(()))
    }

    /// Looks at the heads of all pages that will be read, and gives the bytes of the largest page.
    fn largest_page(&self, group: &dyn RowGroupReader) -> Result<u64, ParquetError> {
        let refuse = |column: &str, reason: &str| Err(ParquetError::General(format!("column {column}: {reason}")));
        let mut largest = 0;
        for column in group.metadata().columns() {
            let name = column.column_path().string();
            if !self.columns().any(|wanted| column.column_path().parts().first().is_some_and(|first| first == wanted)) {
                continue;
            }
            let (mut at, bytes) = column.byte_range();
            let (end, mut values) = (at.saturating_add(bytes).min(self.input.len()), 0);
            while at < end && values < column.num_values() {
                let head = self.input.get_bytes(at, HEAD.min(end - at) as usize)?;
                let Some(head) = PageHead::read(&head) else { return refuse(&name, "a page has a damaged head") };
                if head.unpacked as u64 > LARGEST_PAGE || head.entries > MOST_ENTRIES {
                    return refuse(&name, "a page is too large");
                }
                values += head.values;
                largest = largest.max(head.unpacked as u64);
                at += head.bytes + head.packed as u64;
            }
            let is_list = column.column_descr().max_rep_level() > 0;
            if is_list && values > MOST_LISTED {
                return refuse(&name, "its lists are too long");
            } else if !is_list && values != group.metadata().num_rows() {
                return refuse(&name, "it has not as many values as there are rows");
            }
        }
        Ok(largest)
    }
}

/// Whether a footer is there, of a harmless size, and what it claims can be.
fn check_footer(input: &impl ChunkReader) -> Result<(), Unreadable> {
    let damaged = |error: ParquetError| Unreadable::damaged(format!("parquet: {error}"));
    let tail = input.get_bytes(input.len().saturating_sub(8), input.len().min(8) as usize).map_err(damaged)?;
    let Some((len, MAGIC)) = tail.split_first_chunk::<4>() else {
        return Err(Unreadable::damaged("parquet: has no footer; it may be cut off"));
    };
    let len = u64::from(u32::from_le_bytes(*len));
    if len > LARGEST_FOOTER || len + 12 > input.len() {
        return Err(Unreadable::damaged("parquet: the footer is larger than it can be"));
    }
    let footer = input.get_bytes(input.len() - 8 - len, len as usize).map_err(damaged)?;
    if thrift::is_sound_footer(&footer) { Ok(()) } else { Err(Unreadable::damaged("parquet: the footer is damaged")) }
}

/// Calls into the parquet crate, which panics on some files that are no Parquet. Its messages may quote the whole value they are about.
fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Unreadable> {
    const LONGEST: usize = 200;
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| {
            let said = error.to_string();
            let said = said.trim_start_matches("Parquet error: ").trim_start_matches("External: ");
            let said = said.split(". Bytes: ").next().unwrap_or(said);
            Unreadable::damaged(format!("parquet: {}", &said[..said.floor_char_boundary(LONGEST)]))
        }),
        Err(_) => Err(Unreadable::damaged("parquet: is damaged, or made in a way that is not understood")),
    }
}
