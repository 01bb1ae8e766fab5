//! Articles and ledgers as columns.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Int64Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields};
use dechaff::{Article, Ledger, Span};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arrow::blocks::{self, block_fields};

pub(super) fn field(name: &str, data_type: DataType) -> FieldRef {
    Arc::new(Field::new(name, data_type, true))
}

/// The type of lists of such items.
pub(crate) fn list_type(item: DataType) -> DataType {
    DataType::List(field("item", item))
}

pub(super) fn span_fields() -> Fields {
    [("start", DataType::Int64), ("end", DataType::Int64)]
        .map(|(name, of)| field(name, of))
        .into_iter()
        .collect()
}

/// The columns of an article.
pub(crate) fn article_fields() -> Fields {
    let columns = [
        ("article", DataType::Int64),
        ("id", DataType::Utf8),
        ("source_id", DataType::Utf8),
        ("title", DataType::Utf8),
        ("text", DataType::Utf8),
        ("authors", list_type(DataType::Utf8)),
        ("source", DataType::Utf8),
        ("language", DataType::Utf8),
        ("url", DataType::Utf8),
        ("published", DataType::Utf8),
        ("range", DataType::Struct(span_fields())),
        ("paragraphs", list_type(list_type(DataType::Struct(span_fields())))),
        ("blocks", list_type(DataType::Struct(block_fields()))),
    ];
    columns.into_iter().map(|(name, of)| field(name, of)).collect()
}

/// The columns of an entry of a ledger.
pub(crate) fn entry_fields() -> Fields {
    let columns = [
        ("start", DataType::Int64),
        ("end", DataType::Int64),
        ("kind", DataType::Utf8),
        ("article", DataType::Int64),
        ("rule", DataType::Utf8),
    ];
    columns.into_iter().map(|(name, of)| field(name, of)).collect()
}

/// Lists of items that follow each other; None for a list that is not there.
pub(crate) fn lists(
    lengths: impl IntoIterator<Item = Option<usize>>,
    items: ArrayRef,
) -> Result<ListArray, ArrowError> {
    let lengths: Vec<Option<usize>> = lengths.into_iter().collect();
    let offsets = OffsetBuffer::from_lengths(lengths.iter().map(|length| length.unwrap_or(0)));
    let nulls: NullBuffer = lengths.iter().map(Option::is_some).collect::<Vec<bool>>().into();
    ListArray::try_new(field("item", items.data_type().clone()), offsets, items, Some(nulls))
}

pub(super) fn spans(
    spans: impl IntoIterator<Item = Option<Span>>,
) -> Result<StructArray, ArrowError> {
    let spans: Vec<Option<Span>> = spans.into_iter().collect();
    let column = |end: fn(&Span) -> usize| -> ArrayRef {
        let ends = spans.iter().map(|span| span.as_ref().map(|span| end(span) as i64));
        Arc::new(ends.collect::<Int64Array>())
    };
    let nulls: NullBuffer = spans.iter().map(Option::is_some).collect::<Vec<bool>>().into();
    StructArray::try_new(
        span_fields(),
        vec![column(|span| span.start), column(|span| span.end)],
        Some(nulls),
    )
}

/// The columns of articles, a row each; None for a row without one.
pub(crate) fn article_columns(rows: &[Option<&Article>]) -> Result<Vec<ArrayRef>, ArrowError> {
    let text = |of: for<'a> fn(&'a Article) -> Option<&'a str>| -> ArrayRef {
        Arc::new(rows.iter().map(|row| row.and_then(of)).collect::<StringArray>())
    };
    let there = || rows.iter().flatten();
    let authors: StringArray =
        there().flat_map(|article| &article.meta.authors).map(Some).collect();
    let paragraphs = || there().flat_map(|article| &article.provenance.paragraphs);
    let stretches = spans(paragraphs().flatten().copied().map(Some))?;
    let paragraphs = lists(paragraphs().map(|spans| Some(spans.len())), Arc::new(stretches))?;
    let blocks = there().flat_map(|article| &article.blocks).collect::<Vec<_>>();
    let blocks = blocks::blocks(&blocks)?;
    let count = |of: fn(&Article) -> usize| rows.iter().map(move |row| row.map(of));
    Ok(vec![
        Arc::new(
            rows.iter()
                .map(|row| row.map(|article| article.provenance.article as i64))
                .collect::<Int64Array>(),
        ),
        text(|article| Some(&article.id)),
        text(|article| article.provenance.source_id.as_deref()),
        text(|article| article.title.as_deref()),
        text(|article| Some(&article.text)),
        Arc::new(lists(count(|article| article.meta.authors.len()), Arc::new(authors))?),
        text(|article| article.meta.source.as_deref()),
        text(|article| article.meta.language.as_deref()),
        text(|article| article.url.as_deref()),
        text(|article| article.meta.published.as_deref()),
        Arc::new(spans(rows.iter().map(|row| row.map(|article| article.provenance.range)))?),
        Arc::new(lists(
            count(|article| article.provenance.paragraphs.len()),
            Arc::new(paragraphs),
        )?),
        Arc::new(lists(count(|article| article.blocks.len()), Arc::new(blocks))?),
    ])
}

/// The columns of the entries of ledgers, one ledger after the other.
pub(crate) fn entry_columns<'l>(
    ledgers: impl Iterator<Item = &'l Ledger> + Clone,
) -> Vec<ArrayRef> {
    let entries = || ledgers.clone().flat_map(Ledger::entries);
    let number = |numbers: &mut dyn Iterator<Item = Option<usize>>| -> ArrayRef {
        Arc::new(numbers.map(|number| number.map(|number| number as i64)).collect::<Int64Array>())
    };
    let rules = entries().map(|entry| entry.rule.as_ref().map(ToString::to_string));
    vec![
        number(&mut entries().map(|entry| Some(entry.span.start))),
        number(&mut entries().map(|entry| Some(entry.span.end))),
        Arc::new(entries().map(|entry| Some(entry.kind.name())).collect::<StringArray>()),
        number(&mut entries().map(|entry| entry.article)),
        Arc::new(rules.collect::<StringArray>()),
    ]
}

/// A ledger as a table.
pub(crate) fn of_ledger(ledger: &Ledger) -> PyResult<RecordBatch> {
    let columns =
        StructArray::try_new(entry_fields(), entry_columns(std::iter::once(ledger)), None);
    columns.map(RecordBatch::from).map_err(|error| PyValueError::new_err(error.to_string()))
}
