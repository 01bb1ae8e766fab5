//! How much of a group of rows may be in memory at a time: by what the heads of its pages say, and of lists, all of which could stand in one
//! row, by what is in them.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{AsBytes, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, RowGroupReader};

use crate::read::parquet::delta::taken_over;
use crate::read::parquet::thrift::{DELTA_BYTE_ARRAY, DELTA_LENGTH_BYTE_ARRAY, PageHead};

/// Bytes of a page in memory, and of a page of each column together.
const LARGEST_PAGE: u64 = 1 << 29;
const LARGEST_PAGES: u64 = 1 << 30;
/// Bytes that a value of a dictionary takes in memory beside its own.
const ENTRY: u64 = 40;
/// Values of a column of lists in a group of rows.
const MOST_LISTED: i64 = 1 << 23;
/// Bytes that the texts of a column of lists may take over from those before them, in a group of rows.
const LARGEST_DELTAS: u64 = 1 << 29;
/// Bytes of a row in memory, and of all rows of a batch and their pages.
const LARGEST_ROW: u64 = 1 << 28;
const LARGEST_BATCH: u64 = 1 << 26;
/// Rows of a batch.
const MOST_ROWS: u64 = 1024;
/// Bytes that the head of a page takes mostly, and may take.
const SMALL_HEAD: u64 = 1 << 8;
const LARGEST_HEAD: u64 = 1 << 16;
/// Bytes that a value takes for each thing that it stands in, beside its own and those of their names.
const VALUE: u64 = 128;
/// Rows whose lists are weighed at a time.
const STEP: usize = 64;

/// How many rows of a group may be read at a time, of the columns with these numbers. Adds to `claimed` the bytes that their pages, and the
/// elements of their lists, would take in memory.
///
/// # Errors
/// What is larger than may be, or does not fit the rest.
pub(super) fn batch_of(
    input: &impl ChunkReader,
    group: &dyn RowGroupReader,
    wanted: &[usize],
    claimed: &mut u64,
) -> Result<u64, ParquetError> {
    let rows = group.metadata().num_rows();
    // Of each further row of a batch there may be in memory its part of a page, or values as long as a page.
    let (mut together, mut held, mut row) = (0, 0, 0);
    let mut lists = Vec::new();
    for &number in wanted {
        let column = group.metadata().column(number);
        let pages = Pages::look(input, column)?;
        together += pages.largest;
        *claimed = claimed.saturating_add(pages.bytes);
        let is_list = column.column_descr().max_rep_level() > 0;
        if is_list && pages.values > MOST_LISTED {
            return refuse(column, "its lists are too long");
        }
        let taken = if pages.has_lengths {
            taken_over(&mut *group.get_column_page_reader(number)?, column.column_descr())?
        } else {
            0
        };
        if !is_list {
            row += weight_of(column);
            held += if pages.has_deltas { pages.largest } else { pages.densest };
            if pages.values != rows {
                return refuse(column, "it has not as many values as there are rows");
            }
        } else if taken > LARGEST_DELTAS {
            return refuse(column, "its lists are too long");
        } else {
            held += pages.largest;
            *claimed = claimed.saturating_add(pages.values as u64 * VALUE);
            lists.push((column, group.get_column_reader(number)?));
        }
    }
    if together > LARGEST_PAGES {
        return Err(ParquetError::General("the pages of its columns are too large".into()));
    }
    let heaviest = row + heaviest_lists(&mut lists, rows)?;
    if heaviest > LARGEST_ROW {
        return Err(ParquetError::General("a row is too large".into()));
    }
    Ok((LARGEST_BATCH / held.max(heaviest).max(1)).clamp(1, MOST_ROWS))
}

fn refuse<T>(column: &ColumnChunkMetaData, reason: &str) -> Result<T, ParquetError> {
    Err(ParquetError::General(format!("column {}: {reason}", column.column_path().string())))
}

/// Bytes that a value of a column takes in memory beside its own.
fn weight_of(column: &ColumnChunkMetaData) -> u64 {
    column.column_path().parts().iter().map(|part| VALUE + part.len() as u64).sum()
}

/// What the heads of a column's pages say.
#[derive(Default)]
struct Pages {
    /// Values of all pages, nulls too.
    values: i64,
    /// Bytes of all of them in memory, and of the largest one.
    bytes: u64,
    largest: u64,
    /// Bytes for each value of the page of data that has the most.
    densest: u64,
    /// Whether texts are written as what they add to those before them.
    has_deltas: bool,
    /// Whether the lengths of texts stand together, before them.
    has_lengths: bool,
}

impl Pages {
    fn look(input: &impl ChunkReader, column: &ColumnChunkMetaData) -> Result<Self, ParquetError> {
        let mut pages = Self::default();
        let (mut at, bytes) = column.byte_range();
        let end = at.saturating_add(bytes).min(input.len());
        while at < end {
            let Some(head) = head_at(input, at, end)? else {
                return refuse(column, "a page has a damaged head");
            };
            let page = head.unpacked as u64 + head.entries as u64 * ENTRY;
            if page > LARGEST_PAGE {
                return refuse(column, "a page is too large");
            }
            pages.values += head.values;
            pages.bytes += page;
            pages.largest = pages.largest.max(page);
            pages.densest = pages.densest.max(page.checked_div(head.values as u64).unwrap_or(0));
            pages.has_deltas |= head.encoding == DELTA_BYTE_ARRAY;
            pages.has_lengths |=
                [DELTA_BYTE_ARRAY, DELTA_LENGTH_BYTE_ARRAY].contains(&head.encoding);
            at += head.bytes + head.packed as u64;
        }
        Ok(pages)
    }
}

/// The head of the page at a place, before the end of its column.
fn head_at(input: &impl ChunkReader, at: u64, end: u64) -> Result<Option<PageHead>, ParquetError> {
    for most in [SMALL_HEAD, LARGEST_HEAD] {
        let head = PageHead::read(&input.get_bytes(at, most.min(end - at) as usize)?);
        if head.is_some() {
            return Ok(head);
        }
    }
    Ok(None)
}

/// Bytes that the lists of a row may take in memory: those of the row where they are the most.
fn heaviest_lists(
    lists: &mut [(&ColumnChunkMetaData, ColumnReader)],
    rows: i64,
) -> Result<u64, ParquetError> {
    let (mut heaviest, mut left) = (0, if lists.is_empty() { 0 } else { rows });
    while left > 0 {
        let mut weights = [0; STEP];
        let step = STEP.min(usize::try_from(left).unwrap_or(STEP));
        for (column, reader) in &mut *lists {
            if weigh(reader, column, &mut weights[..step])? < step {
                return refuse(column, "it has not as many lists as there are rows");
            }
        }
        heaviest = weights.into_iter().fold(heaviest, u64::max);
        left -= step as i64;
    }
    Ok(heaviest)
}

/// Adds to the weights of the next rows what a column has in them; returns how many rows it has.
fn weigh(
    reader: &mut ColumnReader,
    column: &ColumnChunkMetaData,
    rows: &mut [u64],
) -> Result<usize, ParquetError> {
    match reader {
        ColumnReader::BoolColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::Int32ColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::Int64ColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::Int96ColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::FloatColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::DoubleColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::ByteArrayColumnReader(reader) => weigh_values(reader, column, rows),
        ColumnReader::FixedLenByteArrayColumnReader(reader) => weigh_values(reader, column, rows),
    }
}

fn weigh_values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    column: &ColumnChunkMetaData,
    rows: &mut [u64],
) -> Result<usize, ParquetError> {
    let (mut definition, mut repetition, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let (records, _, _) = reader.read_records(
        rows.len(),
        Some(&mut definition),
        Some(&mut repetition),
        &mut values,
    )?;
    let mut sizes = values.iter().map(|value| value.as_bytes().len() as u64);
    let (weight, is_there) = (weight_of(column), column.column_descr().max_def_level());
    let mut row = 0;
    for (at, (definition, repetition)) in definition.iter().zip(&repetition).enumerate() {
        row += usize::from(at > 0 && *repetition == 0);
        let size = if *definition == is_there { sizes.next().unwrap_or(0) } else { 0 };
        rows.get_mut(row).into_iter().for_each(|row| *row += weight + size);
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use bytes::Bytes;
    use parquet::basic::Encoding;
    use parquet::data_type::{ByteArray, ByteArrayType};
    use parquet::file::properties::{EnabledStatistics, WriterProperties};
    use parquet::file::reader::{FileReader, Length, SerializedFileReader};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::*;

    /// A table, and the bytes that are fetched of it.
    struct Table {
        bytes: Bytes,
        fetched: Arc<AtomicUsize>,
    }

    impl Length for Table {
        fn len(&self) -> u64 {
            self.bytes.len() as u64
        }
    }

    impl ChunkReader for Table {
        type T = <Bytes as ChunkReader>::T;

        fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
            self.bytes.get_read(start)
        }

        fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
            self.fetched.fetch_add(length, Ordering::Relaxed);
            self.bytes.get_bytes(start, length)
        }
    }

    /// A table whose columns all hold this value in all rows.
    fn table(encoding: Encoding, columns: usize, rows: usize, value: &ByteArray) -> Vec<u8> {
        let fields: String =
            (0..columns).map(|number| format!("required binary c{number};")).collect();
        let schema = parse_message_type(&format!("message row {{ {fields} }}")).unwrap();
        let properties =
            WriterProperties::builder().set_dictionary_enabled(false).set_encoding(encoding);
        let properties = properties.set_statistics_enabled(EnabledStatistics::None).build();
        let mut writer =
            SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).unwrap();
        let mut group = writer.next_row_group().unwrap();
        while let Some(mut column) = group.next_column().unwrap() {
            column
                .typed::<ByteArrayType>()
                .write_batch(&vec![value.clone(); rows], None, None)
                .unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
        writer.into_inner().unwrap()
    }

    /// How many rows may be read at a time of such a table whose columns all hold this value in all rows, how many bytes it claims to unpack to,
    /// and how many were fetched to find out.
    fn look(
        encoding: Encoding,
        columns: usize,
        rows: usize,
        value: &ByteArray,
    ) -> (u64, u64, usize) {
        let table =
            Table { bytes: table(encoding, columns, rows, value).into(), fetched: Arc::default() };
        let reader = SerializedFileReader::new(table.bytes.clone()).unwrap();
        let mut claimed = 0;
        let batch = batch_of(
            &table,
            &*reader.get_row_group(0).unwrap(),
            &(0..columns).collect::<Vec<_>>(),
            &mut claimed,
        )
        .unwrap();
        (batch, claimed, table.fetched.load(Ordering::Relaxed))
    }

    #[test]
    fn a_batch_is_bounded_by_what_all_columns_hold_of_it() {
        let batch = |encoding, columns, rows, value: &_| look(encoding, columns, rows, value).0;
        let long = ByteArray::from(vec![b'x'; 1 << 20]);
        assert_eq!(batch(Encoding::DELTA_BYTE_ARRAY, 1, 2, &long), 63, "texts as long as a page");
        assert_eq!(batch(Encoding::DELTA_BYTE_ARRAY, 16, 2, &long), 3);
        assert_eq!(batch(Encoding::PLAIN, 16, 2, &long), 3, "a page for each row");
        let short = ByteArray::from(vec![b'x'; 1 << 10]);
        assert_eq!(batch(Encoding::PLAIN, 4, 1000, &short), MOST_ROWS, "many rows in a page");
    }

    #[test]
    fn what_the_heads_claim_is_counted_and_little_is_fetched_of_them() {
        let value = ByteArray::from(vec![b'x'; 1 << 10]);
        let (_, claimed, fetched) = look(Encoding::PLAIN, 2, 1000, &value);
        assert_eq!(claimed, 2 * 1000 * (4 + 1024));
        assert!(fetched <= 2 * SMALL_HEAD as usize, "{fetched}");
    }

    #[test]
    fn texts_that_are_not_there_get_no_room() {
        let value = ByteArray::from("x");
        for encoding in [Encoding::DELTA_BYTE_ARRAY, Encoding::DELTA_LENGTH_BYTE_ARRAY] {
            assert_eq!(look(encoding, 1, 20_000, &value).0, MOST_ROWS);
            let mut bytes = table(encoding, 1, 20_000, &value);
            // The number of values in the last of the packed lengths, behind the size of its blocks.
            let at =
                bytes.windows(6).rposition(|six| six == [0x80, 1, 4, 0xa0, 0x9c, 1]).unwrap() + 3;
            bytes[at..at + 3].copy_from_slice(&[0xff, 0xff, 0x7f]);
            let (bytes, reader) = (
                Bytes::from(bytes.clone()),
                SerializedFileReader::new(Bytes::from(bytes)).unwrap(),
            );
            let refused =
                batch_of(&bytes, &*reader.get_row_group(0).unwrap(), &[0], &mut 0).unwrap_err();
            assert!(refused.to_string().contains("a page of texts is damaged"), "{refused}");
        }
    }
}
