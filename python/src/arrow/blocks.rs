//! The blocks of articles as nested columns, with the fields of Parquet.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Int64Array, ListArray, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Fields};
use dechaff::{BlockType, InlineSpan, InlineType, Span, TableCell, TextBlock};

use crate::arrow::rows::{field, list_type, lists, span_fields, spans};

fn fields<const N: usize>(columns: [(&str, DataType); N]) -> Fields {
    columns.into_iter().map(|(name, of)| field(name, of)).collect()
}

fn span_type() -> DataType {
    DataType::Struct(span_fields())
}

fn inline_fields() -> Fields {
    fields([
        ("type", DataType::Utf8),
        ("target", DataType::Utf8),
        ("paragraph", DataType::Int64),
        ("range", span_type()),
    ])
}

fn cell_fields() -> Fields {
    fields([
        ("text", DataType::Utf8),
        ("ranges", list_type(span_type())),
        ("is_header", DataType::Boolean),
        ("colspan", DataType::Int64),
        ("rowspan", DataType::Int64),
        ("spans", list_type(DataType::Struct(inline_fields()))),
    ])
}

/// The fields of a block.
pub(super) fn block_fields() -> Fields {
    fields([
        ("type", DataType::Utf8),
        ("paragraphs", span_type()),
        ("depth", DataType::Int64),
        ("quoted", DataType::Int64),
        ("level", DataType::Int64),
        ("number", DataType::Int64),
        ("mark", DataType::Int64),
        ("begins_list", DataType::Boolean),
        ("language", DataType::Utf8),
        ("alt", DataType::Utf8),
        ("target", DataType::Utf8),
        ("rows", list_type(list_type(DataType::Struct(cell_fields())))),
        ("spans", list_type(DataType::Struct(inline_fields()))),
    ])
}

/// Blocks that follow each other.
pub(super) fn blocks(blocks: &[&TextBlock]) -> Result<StructArray, ArrowError> {
    let all = || blocks.iter().copied();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(all().map(|block| Some(block.role.name())).collect::<StringArray>()),
        Arc::new(spans(all().map(|block| {
            let Range { start, end } = block.paragraphs;
            Some(Span { start, end })
        }))?),
        numbers(all().map(|block| Some(block.depth.into()))),
        numbers(all().map(|block| Some(block.quoted.into()))),
        numbers(all().map(|block| match block.role {
            BlockType::Heading { level } => Some(level.into()),
            _ => None,
        })),
        numbers(all().map(|block| match block.role {
            BlockType::ListItem { number, .. } => number.map(i64::from),
            _ => None,
        })),
        numbers(all().map(|block| match block.role {
            BlockType::ListItem { mark, .. } => Some(mark.into()),
            _ => Some(0),
        })),
        Arc::new(
            all()
                .map(|block| {
                    Some(matches!(block.role, BlockType::ListItem { begins_list: true, .. }))
                })
                .collect::<BooleanArray>(),
        ),
        texts(all().map(|block| match &block.role {
            BlockType::Code { language } => language.as_deref(),
            _ => None,
        })),
        texts(all().map(|block| match &block.role {
            BlockType::Image { alt, .. } => Some(&**alt),
            _ => None,
        })),
        texts(all().map(|block| match &block.role {
            BlockType::Image { target, .. } => target.as_deref(),
            _ => None,
        })),
        Arc::new(rows(all())?),
        Arc::new(inline(all().map(|block| &*block.spans))?),
    ];
    StructArray::try_new(block_fields(), columns, None)
}

/// The rows of tables; of other blocks there are none.
fn rows<'b>(blocks: impl Iterator<Item = &'b TextBlock> + Clone) -> Result<ListArray, ArrowError> {
    let rows_of = |block: &'b TextBlock| match &block.role {
        BlockType::Table { rows } => &**rows,
        _ => &[],
    };
    let rows = || blocks.clone().flat_map(rows_of);
    let cells: Vec<&TableCell> = rows().flatten().collect();
    let all = || cells.iter().copied();
    let places = spans(all().flat_map(|cell| &cell.ranges).copied().map(Some))?;
    let columns: Vec<ArrayRef> = vec![
        Arc::new(all().map(|cell| Some(&*cell.text)).collect::<StringArray>()),
        Arc::new(lists(all().map(|cell| Some(cell.ranges.len())), Arc::new(places))?),
        Arc::new(all().map(|cell| Some(cell.is_header)).collect::<BooleanArray>()),
        numbers(all().map(|cell| Some(cell.colspan.into()))),
        numbers(all().map(|cell| Some(cell.rowspan.into()))),
        Arc::new(inline(all().map(|cell| &*cell.spans))?),
    ];
    let cells = StructArray::try_new(cell_fields(), columns, None)?;
    let rows = lists(rows().map(|row| Some(row.len())), Arc::new(cells))?;
    lists(blocks.map(|block| Some(rows_of(block).len())), Arc::new(rows))
}

/// Lists of links, emphasis and so on.
fn inline<'b>(
    lists_of: impl Iterator<Item = &'b [InlineSpan]> + Clone,
) -> Result<ListArray, ArrowError> {
    let all: Vec<&InlineSpan> = lists_of.clone().flatten().collect();
    let targets = all.iter().map(|span| match &span.role {
        InlineType::Link { target } => Some(&**target),
        _ => None,
    });
    let columns: Vec<ArrayRef> = vec![
        Arc::new(all.iter().map(|span| Some(span.role.name())).collect::<StringArray>()),
        Arc::new(targets.collect::<StringArray>()),
        numbers(all.iter().map(|span| Some(span.paragraph as i64))),
        Arc::new(spans(all.iter().map(|span| Some(span.range)))?),
    ];
    let spans = StructArray::try_new(inline_fields(), columns, None)?;
    lists(lists_of.map(|spans| Some(spans.len())), Arc::new(spans))
}

fn texts<'b>(texts: impl Iterator<Item = Option<&'b str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

fn numbers(numbers: impl Iterator<Item = Option<i64>>) -> ArrayRef {
    Arc::new(numbers.collect::<Int64Array>())
}
