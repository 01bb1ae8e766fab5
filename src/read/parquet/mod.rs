//! Parquet: each row is an object of JSON whose fields are the columns. A batch of rows is in memory at a time, and of the file one page of
//! each column that is looked at.

pub(crate) mod bounds;
pub(crate) mod delta;
pub(crate) mod thrift;
pub(crate) mod value;

use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};
use serde_json::{Map, Value};

use crate::error::Unreadable;
use crate::guard;
use crate::read::charset::is_no_text;
use crate::read::json;
use crate::read::json::is_wanted;
use crate::read::peek::Peek;
use crate::read::{Flow, Place, Visit, bomb};

/// Bytes of a footer.
const LARGEST_FOOTER: u64 = 1 << 26;

const MAGIC: &[u8] = b"PAR1";

/// A row by the names of its columns.
pub(super) type Object = Map<String, Value>;

/// Whether an input begins as Parquet does, and no text goes on.
pub(super) fn is_parquet(head: &[u8]) -> bool {
    head.strip_prefix(MAGIC).is_some_and(|rest| rest.iter().any(|&byte| is_no_text(byte.into())))
}

/// Reads the rows out of a stream. What the file holds stands at its end, so all of it is held in memory.
pub(super) fn read_stream(visit: &mut Visit, place: &Place, mut input: Peek) -> Flow {
    match input.held() {
        Ok(bytes) => read(visit, place, Bytes::from(bytes)),
        Err(reason) => visit.broken(place.record.clone(), reason),
    }
}

/// Reads the rows, each as one record. A file that was found in a folder and has no column of texts is no dump.
pub(super) fn read(visit: &mut Visit, place: &Place, input: impl ChunkReader + 'static) -> Flow {
    let text_field = visit.text_field;
    let rows = match Rows::open(input, &|column| is_wanted(column, text_field)) {
        Ok(rows) => rows,
        Err(reason) => return visit.broken(place.record.clone(), reason),
    };
    let looked_for = json::text_names(&text_field);
    let has_texts = looked_for.iter().any(|name| rows.columns().any(|column| column == *name));
    if !has_texts && visit.in_folder {
        return visit.skipped(1, "tables of Parquet without a column of texts: name it with --text-field if this is a dump");
    } else if !has_texts {
        return visit.broken(
            place.record.clone(),
            Unreadable::NoTextField { looked_for: looked_for.join(", ") },
        );
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
            let chunks = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
            // Work grows with the size of a file only where none of it is read twice.
            if chunks.fold(0, |bytes: u64, chunk| bytes.saturating_add(chunk.byte_range().1))
                > input.len()
            {
                return Err(ParquetError::General("its columns are larger than the file".into()));
            }
            let root = reader.metadata().file_metadata().schema();
            let columns = root
                .get_fields()
                .iter()
                .filter(|column| is_wanted(column.name()))
                .cloned()
                .collect();
            let schema = Type::group_type_builder(root.name()).with_fields(columns).build()?;
            Ok(Self {
                input: input.clone(),
                reader,
                schema: Arc::new(SchemaDescriptor::new(Arc::new(schema))),
            })
        })
    }

    /// The names of the columns that are read.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.schema.root_schema().get_fields().iter().map(|column| column.name())
    }

    /// Hands over all rows.
    pub(super) fn each(&self, take: &mut TakeRow) -> Flow {
        let (mut before, mut bytes) = (0_usize, 0);
        let check = |bytes| {
            bomb::check(self.input.len(), bytes)
                .map_err(|bomb| Unreadable::damaged(format!("parquet: {bomb}")))
        };
        for group in 0..self.reader.num_row_groups() {
            let rows = self.rows_of(group, &mut bytes);
            // Looking at a group is work, also at one that gives no rows.
            if let Err(bomb) = check(bytes) {
                return take(before + 1, Err(bomb));
            }
            for (number, row) in (before + 1..).zip(rows) {
                bytes += row.as_ref().map_or(0, |row| row.values().map(value::bytes_of).sum());
                if let Err(bomb) = check(bytes) {
                    return take(number, Err(bomb));
                }
                take(number, row)?;
            }
            // No group of more rows than that can be read.
            before += u32::try_from(self.reader.metadata().row_group(group).num_rows()).unwrap_or(0)
                as usize;
        }
        Flow::Continue(())
    }

    /// The rows of a group, up to the first that cannot be read. What its pages claim to unpack to is added to `claimed`.
    fn rows_of<'s>(
        &'s self,
        group: usize,
        claimed: &mut u64,
    ) -> impl Iterator<Item = Result<Object, Unreadable>> + use<'s, R> {
        let (mut rows, mut fault) = match guarded(|| self.group(group, claimed)) {
            Ok(rows) => (Some(rows), None),
            Err(reason) => (None, Some(reason)),
        };
        std::iter::from_fn(move || {
            let Some(next) = &mut rows else { return fault.take().map(Err) };
            let row = guarded(|| next.next().transpose()).transpose()?;
            if row.is_err() {
                rows = None;
            }
            Some(row.map(value::object_of))
        })
    }

    fn group(&self, group: usize, claimed: &mut u64) -> Result<ReaderIter, ParquetError> {
        let reader = self.reader.get_row_group(group)?;
        let is_read = |path: &[String]| {
            path.first().is_some_and(|first| self.columns().any(|column| column == first))
        };
        let columns = reader.metadata().columns().iter().enumerate();
        let wanted: Vec<usize> = columns
            .filter(|(_, column)| is_read(column.column_path().parts()))
            .map(|(number, _)| number)
            .collect();
        if wanted.is_empty() {
            return Err(ParquetError::General("has no columns".into()));
        }
        let batch = bounds::batch_of(&*self.input, &*reader, &wanted, claimed)?;
        TreeBuilder::new().with_batch_size(batch as usize).as_iter(self.schema.clone(), &*reader)
    }
}

/// Whether a footer is there, of a harmless size, and what it claims can be.
fn check_footer(input: &impl ChunkReader) -> Result<(), Unreadable> {
    let damaged = |error: ParquetError| Unreadable::damaged(format!("parquet: {error}"));
    let tail = input
        .get_bytes(input.len().saturating_sub(8), input.len().min(8) as usize)
        .map_err(damaged)?;
    let Some((len, MAGIC)) = tail.split_first_chunk::<4>() else {
        return Err(Unreadable::damaged("parquet: has no footer; it may be cut off"));
    };
    let len = u64::from(u32::from_le_bytes(*len));
    if len > LARGEST_FOOTER || len + 12 > input.len() {
        return Err(Unreadable::damaged("parquet: the footer is larger than it can be"));
    }
    let footer = input.get_bytes(input.len() - 8 - len, len as usize).map_err(damaged)?;
    if thrift::is_sound_footer(&footer) {
        Ok(())
    } else {
        Err(Unreadable::damaged("parquet: the footer is damaged"))
    }
}

/// Calls into the parquet crate, which panics on some files that are no Parquet. Its messages may quote the whole value they are about.
fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Unreadable> {
    const LONGEST: usize = 200;
    let result = guard::guarded(call).ok_or_else(|| {
        Unreadable::damaged("parquet: is damaged, or made in a way that is not understood")
    })?;
    result.map_err(|error| {
        let said = error.to_string();
        let said = said.trim_start_matches("Parquet error: ").trim_start_matches("External: ");
        let said = said.split(". Bytes: ").next().unwrap_or(said);
        Unreadable::damaged(format!("parquet: {}", &said[..said.floor_char_boundary(LONGEST)]))
    })
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    #[test]
    fn a_panic_of_whoever_takes_the_rows_is_not_taken_for_damage() {
        let rows = Rows::open(
            Bytes::from_static(include_bytes!("../../../tests/formats/rows.zstd.parquet")),
            &|_| true,
        )
        .unwrap();
        let broke_down = catch_unwind(AssertUnwindSafe(|| rows.each(&mut |_, _| panic!("ours"))));
        assert_eq!(broke_down.unwrap_err().downcast_ref(), Some(&"ours"));
    }
}
