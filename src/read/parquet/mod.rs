//! Parquet: each row is an object of JSON whose fields are the columns. A batch of rows is in memory at a time, and of the file one page of
//! each column that is looked at.

pub(crate) mod bounds;
pub(crate) mod delta;
pub(crate) mod thrift;
pub(crate) mod value;

use std::sync::Arc;

use crate::error::Unreadable;
use crate::guard;
use crate::read::budget::Budget;
use crate::read::charset::View;
use crate::read::field_names;
use crate::read::field_names::is_wanted;
use crate::read::fields::Object;
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts};
use crate::read::rows::RowRecords;
use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

/// Bytes of a footer.
const LARGEST_FOOTER: u64 = 1 << 26;

const MAGIC: &[u8] = b"PAR1";

/// Reads the rows out of a stream. What the file holds stands at its end, so all of it is held in memory.
pub(super) fn read_stream<'r>(place: &Place, mut input: Peek<'r>) -> Parts<'r> {
    match input.held(place.settings.limits.record) {
        Ok(bytes) => read(place, Bytes::from(bytes)),
        Err(reason) => place.all_broken(reason),
    }
}

/// Reads the rows, each as one record. A file that was found in a folder and has no column of texts is no dump.
pub(super) fn read<'r>(place: &Place, input: impl ChunkReader + 'static) -> Parts<'r> {
    let settings = place.settings.clone();
    let rows = match Rows::open(input, place.budget.clone(), &|column| is_wanted(column, &settings))
    {
        Ok(rows) => rows,
        Err(reason) => return place.all_broken(reason),
    };
    let text_field = settings.text_field.as_deref();
    let looked_for = field_names::text_names(&text_field);
    if !rows.columns().any(|column| field_names::holds_text(column, looked_for)) {
        let skipped = "tables of Parquet without a column of texts: name it with --text-field if this is a dump";
        settings.looked.missed(rows.columns());
        if settings.in_folder {
            settings.looked.passed_over();
        }
        return match settings.in_folder {
            true => Box::new(Part::skipped(1, skipped).into_iter()),
            false => place.all_broken(Unreadable::NoTextField {
                looked_for: field_names::listed(looked_for),
            }),
        };
    }
    settings.looked.found();
    let stored = || View::utf_8(String::new());
    let rows = rows.map(move |(number, row)| (number, row.map(|row| (row, stored()))));
    Box::new(RowRecords { place: place.clone(), rows, textless: 0 })
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

/// The rows of a file, by their numbers from 1. A row that cannot be read stands for the rest of its group of rows.
pub(super) struct Rows<R: ChunkReader + 'static> {
    input: Arc<R>,
    reader: SerializedFileReader<Shared<R>>,
    /// The columns that are read.
    schema: SchemaDescPtr,
    /// The group that is looked at next.
    next_group: usize,
    /// The rows of the group before that are still to be read.
    group: Option<ReaderIter>,
    /// The number of the last row that was read, and of the last of the groups that were.
    number: usize,
    last: usize,
    /// What may come out of the dump; its pages count by what they claim to unpack to.
    budget: Arc<Budget>,
}

impl<R: ChunkReader + 'static> Rows<R> {
    /// Reads the footer. Of the columns those are read that `is_wanted` says by name.
    pub(super) fn open(
        input: R,
        budget: Arc<Budget>,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Unreadable> {
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
                next_group: 0,
                group: None,
                number: 0,
                last: 0,
                budget,
            })
        })
    }

    /// The names of the columns that are read.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.schema.root_schema().get_fields().iter().map(|column| column.name())
    }

    /// Begins the next group of rows.
    fn begin_group(&mut self) -> Result<(), Unreadable> {
        let (group, mut bytes) = (self.next_group, 0);
        // No group of more rows than that can be read.
        let rows = u32::try_from(self.reader.metadata().row_group(group).num_rows()).unwrap_or(0);
        (self.number, self.last) = (self.last, self.last + rows as usize);
        self.next_group += 1;
        let rows = guarded(|| self.rows_of(group, &mut bytes));
        // Looking at a group is work, also at one that gives no rows.
        self.unpack(bytes)?;
        self.group = Some(rows?);
        Ok(())
    }

    /// The next row of the group.
    fn row(&mut self) -> Option<Result<Object, Unreadable>> {
        let group = self.group.as_mut()?;
        let row = match guarded(|| group.next().transpose()).transpose() {
            Some(Ok(row)) => value::object_of(row),
            end => {
                self.group = None;
                return end.map(|fault| fault.map(value::object_of));
            }
        };
        let bytes = row.values().map(value::bytes_of).sum();
        Some(self.unpack(bytes).map(|()| row))
    }

    /// Ends a file that gives far more than it has.
    fn unpack(&mut self, bytes: u64) -> Result<(), Unreadable> {
        self.budget.unpack(bytes).map_err(|bomb| {
            (self.group, self.next_group) = (None, usize::MAX);
            Unreadable::damaged(bomb)
        })
    }

    fn rows_of(&self, group: usize, claimed: &mut u64) -> Result<ReaderIter, ParquetError> {
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

impl<R: ChunkReader + 'static> Iterator for Rows<R> {
    type Item = (usize, Result<Object, Unreadable>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.row() {
                self.number += 1;
                return Some((self.number, row));
            }
            if self.next_group >= self.reader.num_row_groups() {
                return None;
            }
            if let Err(reason) = self.begin_group() {
                return Some((self.number + 1, Err(reason)));
            }
        }
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
