//! Articles as a table of Parquet. Each is taken apart into columns as [Dremel](https://research.google/pubs/pub36632/) does it: a value of
//! a column comes with a repetition level (in which of the lists around it another item begins) and a definition level (how many of the
//! optional and repeated things around it are there).

use std::io::{Error, Result};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{ColumnPath, Type};
use serde_json::Value;

use crate::write::folder::Draft;

/// The columns: the fields of a line of `articles.jsonl`, with ranges as pairs of `start` and `end`.
const SCHEMA: &str = include_str!("../../docs/schema/articles.parquet.schema");

/// Bytes of lines of a row group: what is in memory at a time.
const GROUP_BYTES: usize = 32 << 20;
/// Values that are written before the size of a page is looked at.
const BATCH: usize = 64;
/// Level of zstd.
const LEVEL: i32 = 3;

/// A table that is being written, a group of rows at a time.
pub(super) struct Table {
    file: SerializedFileWriter<Draft>,
    schema: Arc<Type>,
    columns: Columns,
    /// Bytes of the lines in the columns.
    bytes: usize,
}

impl Table {
    pub(super) fn new(draft: Draft) -> Result<Self> {
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(Error::other)?);
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL).map_err(Error::other)?))
            .set_write_batch_size(BATCH);
        for unique in ["id", "text"] {
            properties = properties.set_column_dictionary_enabled(ColumnPath::from(unique), false);
        }
        let file = SerializedFileWriter::new(draft, schema.clone(), Arc::new(properties.build()))
            .map_err(Error::other)?;
        let columns = file
            .schema_descr()
            .columns()
            .iter()
            .map(|column| Column::new(column.physical_type()))
            .collect();
        Ok(Self { file, schema, columns: Columns(columns), bytes: 0 })
    }

    /// Adds the article of a line.
    pub(super) fn push(&mut self, line: &[u8]) -> Result<()> {
        let article: Value = serde_json::from_slice(line)?;
        let levels = Levels::default();
        self.schema.get_fields().iter().fold(0, |column, field| {
            self.columns.shred(field, &article[field.name()], levels, column)
        });
        self.bytes += line.len();
        if self.bytes >= GROUP_BYTES { self.write_group().map_err(Error::other) } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> Result<Draft> {
        self.write_group().and_then(|()| self.file.into_inner()).map_err(Error::other)
    }

    fn write_group(&mut self) -> std::result::Result<(), ParquetError> {
        if self.bytes == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns.0 {
            let mut writer = group
                .next_column()?
                .ok_or_else(|| ParquetError::General("a column too many".into()))?;
            let (definition, repetition) =
                (Some(&column.definition[..]), Some(&column.repetition[..]));
            match &column.values {
                Values::Texts(values) => {
                    writer.typed::<ByteArrayType>().write_batch(values, definition, repetition)?
                }
                Values::Numbers(values) => {
                    writer.typed::<Int64Type>().write_batch(values, definition, repetition)?
                }
                Values::Reals(values) => {
                    writer.typed::<DoubleType>().write_batch(values, definition, repetition)?
                }
                Values::Flags(values) => {
                    writer.typed::<BoolType>().write_batch(values, definition, repetition)?
                }
            };
            writer.close()?;
            column.clear();
        }
        group.close()?;
        self.bytes = 0;
        Ok(())
    }
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Table").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// Where a value stands among what may repeat or be missing.
#[derive(Clone, Copy, Default)]
struct Levels {
    definition: i16,
    repetition: i16,
    /// Lists around it.
    depth: i16,
}

struct Columns(Vec<Column>);

impl Columns {
    /// Takes `value` apart into the columns of `ty`, the first of which is `column`; returns the column after them.
    fn shred(&mut self, ty: &Type, value: &Value, mut levels: Levels, column: usize) -> usize {
        let info = ty.get_basic_info();
        if info.repetition() == Repetition::OPTIONAL {
            if value.is_null() {
                return self.leave_out(ty, levels, column);
            }
            levels.definition += 1;
        }
        if ty.is_primitive() {
            self.0[column].push(value, levels);
            return column + 1;
        }
        let fields = ty.get_fields();
        if info.logical_type_ref() != Some(&LogicalType::List) {
            // A range is an array in JSON, and goes by position.
            let member = |(at, field): (usize, &Arc<Type>)| {
                value.get(at).or_else(|| value.get(field.name())).unwrap_or(&Value::Null)
            };
            return fields
                .iter()
                .enumerate()
                .fold(column, |column, field| self.shred(field.1, member(field), levels, column));
        }
        let element = &fields[0].get_fields()[0];
        let Some((first, rest)) = value.as_array().and_then(|items| items.split_first()) else {
            return self.leave_out(element, levels, column);
        };
        levels = Levels { definition: levels.definition + 1, depth: levels.depth + 1, ..levels };
        let after = self.shred(element, first, levels, column);
        for item in rest {
            self.shred(element, item, Levels { repetition: levels.depth, ..levels }, column);
        }
        after
    }

    /// Says in the columns of `ty` that it is not there; returns the column after them.
    fn leave_out(&mut self, ty: &Type, levels: Levels, column: usize) -> usize {
        if ty.is_primitive() {
            self.0[column].at(levels);
            return column + 1;
        }
        ty.get_fields().iter().fold(column, |column, field| self.leave_out(field, levels, column))
    }
}

/// The values of a column in a group of rows.
struct Column {
    values: Values,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Numbers(Vec<i64>),
    Reals(Vec<f64>),
    Flags(Vec<bool>),
}

impl Column {
    fn new(physical: Physical) -> Self {
        let values = match physical {
            Physical::INT64 => Values::Numbers(Vec::new()),
            Physical::DOUBLE => Values::Reals(Vec::new()),
            Physical::BOOLEAN => Values::Flags(Vec::new()),
            _ => Values::Texts(Vec::new()),
        };
        Self { values, definition: Vec::new(), repetition: Vec::new() }
    }

    fn at(&mut self, levels: Levels) {
        self.definition.push(levels.definition);
        self.repetition.push(levels.repetition);
    }

    fn push(&mut self, value: &Value, levels: Levels) {
        self.at(levels);
        match &mut self.values {
            // What is of no fixed shape stands in a column as JSON.
            Values::Texts(values) => values.push(match value {
                Value::Object(_) => value.to_string().as_str().into(),
                value => value.as_str().unwrap_or_default().into(),
            }),
            Values::Numbers(values) => values.push(value.as_i64().unwrap_or_default()),
            Values::Reals(values) => values.push(value.as_f64().unwrap_or_default()),
            Values::Flags(values) => values.push(value.as_bool().unwrap_or_default()),
        }
    }

    fn clear(&mut self) {
        self.definition.clear();
        self.repetition.clear();
        match &mut self.values {
            Values::Texts(values) => values.clear(),
            Values::Numbers(values) => values.clear(),
            Values::Reals(values) => values.clear(),
            Values::Flags(values) => values.clear(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;
    use crate::write::Folder;

    #[test]
    fn rows_are_written_in_groups_of_a_bounded_size() {
        let dir = tempfile::tempdir().unwrap();
        let mut table =
            Table::new(Folder::open(dir.path(), false, false).unwrap().draft().unwrap()).unwrap();
        let line = |bytes: usize| {
            serde_json::to_vec(&serde_json::json!({"id": "x", "text": "x".repeat(bytes)})).unwrap()
        };
        let lines = [GROUP_BYTES / 2, GROUP_BYTES / 2, 1, 2].map(line);
        lines.iter().for_each(|line| table.push(line).unwrap());
        let mut draft = table.finish().unwrap();
        draft.flush().unwrap();
        let is_draft = |path: &std::path::PathBuf| path.to_string_lossy().contains(".dechaff-");
        let files = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
        let file = std::fs::File::open(files.into_iter().find(is_draft).unwrap()).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let groups: Vec<i64> =
            reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(groups, [2, 2]);
    }
}
