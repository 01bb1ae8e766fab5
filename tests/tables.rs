//! Tables of Parquet that are as large as they may be, or larger than they look.

use std::sync::Arc;

use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::metadata::{ParquetMetaDataReader, ParquetMetaDataWriter};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::support::{STORY, folder, records};

/// A table of rows with the same text, and with the authors of each, who are written as what each adds to the one before.
fn table(rows: &[Vec<ByteArray>]) -> Vec<u8> {
    let schema = "message row { required binary text (UTF8); required group authors (LIST) { repeated group list { required binary element (UTF8); } } }";
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_data_page_size_limit(1 << 40)
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::DELTA_BYTE_ARRAY)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let mut writer = SerializedFileWriter::new(
        Vec::new(),
        Arc::new(parse_message_type(schema).unwrap()),
        Arc::new(properties),
    )
    .unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<ByteArrayType>()
        .write_batch(&vec![STORY.into(); rows.len()], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let repetition: Vec<i16> =
        rows.iter().flat_map(|authors| (0..authors.len()).map(|at| i16::from(at > 0))).collect();
    column
        .typed::<ByteArrayType>()
        .write_batch(&rows.concat(), Some(&vec![1; repetition.len()]), Some(&repetition))
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn many_rows_may_have_lists_of_texts_that_add_to_each_other() {
    let rows: Vec<Vec<ByteArray>> = (0..20_000)
        .map(|number| vec![format!("{number:06} of the family Finch").as_str().into()])
        .collect();
    let dir = folder(&[("rows.parquet", &table(&rows))]);
    let (found, broken) = records(&dir.path().join("rows.parquet"));
    assert_eq!((found.len(), broken), (20_000, vec![]));
    assert_eq!(found[19_999].about.authors, ["019999 of the family Finch"]);
}

/// A file of a few hundred bytes would take gigabytes in memory.
#[test]
fn a_list_of_texts_that_take_over_far_too_much_is_refused() {
    let author = ByteArray::from(vec![b'x'; 1 << 20]);
    let bytes = table(&[vec![author; 600]]);
    assert!(bytes.len() < 4000, "{}", bytes.len());
    let dir = folder(&[("rows.parquet", &bytes)]);
    let (found, broken) = records(&dir.path().join("rows.parquet"));
    assert_eq!(
        (found.len(), broken),
        (
            0,
            vec![(
                Some("1".to_owned()),
                "parquet: column authors.list.element: its lists are too long".to_owned()
            )]
        )
    );
}

/// Each group of rows would have to be looked at, though the file is small.
#[test]
fn groups_of_rows_that_share_their_columns_are_refused() {
    let rows: Vec<Vec<ByteArray>> = (0..500)
        .map(|number| vec![format!("{:016x}", number * 0x9e37_79b9_7f4a_7c15_u128).as_str().into()])
        .collect();
    let mut bytes = table(&rows);
    let mut metadata = ParquetMetaDataReader::new()
        .parse_and_finish(&bytes::Bytes::from(bytes.clone()))
        .unwrap()
        .into_builder();
    let group = metadata.take_row_groups().remove(0);
    let metadata = metadata.set_row_groups(vec![group; 9]).build();
    ParquetMetaDataWriter::new(&mut bytes, &metadata).finish().unwrap();
    let dir = folder(&[("rows.parquet", &bytes)]);
    let (found, broken) = records(&dir.path().join("rows.parquet"));
    assert_eq!(
        (found.len(), broken),
        (0, vec![(None, "parquet: its columns are larger than the file".to_owned())])
    );
}
