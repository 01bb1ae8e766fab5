//! Rows of tables as steps see them, and tables made of rows.

use std::sync::Arc;

use arrow_array::builder::{BinaryBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::PyResult;

use crate::arrow::capsule::Batches;
use crate::arrow::column::{Cell, Column, Holds};

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Bytes,
    Text,
    Number,
    Share,
    /// A text or bytes.
    Given,
}

/// Columns by name.
pub(super) type Columns = &'static [(&'static str, Kind)];

/// What stands in a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Value {
    #[default]
    Null,
    Bytes(Vec<u8>),
    Text(String),
    Number(i64),
    Share(f64),
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<f64> for Value {
    fn from(share: f64) -> Self {
        Self::Share(share)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Value {
    /// Bytes that it holds, or nearly.
    fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Text(text) => text.len(),
            _ => 8,
        }
    }
}

/// A row, its values in the order of the columns that were asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row(pub(super) Vec<Value>);

/// A row of values.
macro_rules! row {
    ($($value:expr),* $(,)?) => { $crate::steps::row::Row(vec![$($value.into()),*]) };
}
pub(super) use row;

/// The error of a table in which something is not as it must be.
pub(super) fn refused(why: impl ToString) -> ArrowError {
    ArrowError::SchemaError(why.to_string())
}

fn missing(at: usize, what: &str) -> ArrowError {
    refused(format!("column {} of a step holds no {what} in a row", at + 1))
}

impl Row {
    pub(super) fn bytes(&self, at: usize) -> Result<&[u8], ArrowError> {
        self.maybe_bytes(at).ok_or_else(|| missing(at, "bytes"))
    }

    pub(super) fn maybe_bytes(&self, at: usize) -> Option<&[u8]> {
        match &self.0[at] {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn text(&self, at: usize) -> Result<&str, ArrowError> {
        self.maybe_text(at).ok_or_else(|| missing(at, "text"))
    }

    pub(super) fn maybe_text(&self, at: usize) -> Option<&str> {
        match &self.0[at] {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self, at: usize) -> Result<i64, ArrowError> {
        self.maybe_number(at).ok_or_else(|| missing(at, "number"))
    }

    pub(super) fn maybe_number(&self, at: usize) -> Option<i64> {
        match self.0[at] {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn share(&self, at: usize) -> Result<f64, ArrowError> {
        match self.0[at] {
            Value::Share(share) => Ok(share),
            _ => Err(missing(at, "share")),
        }
    }

    /// Bytes that it holds, or nearly.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(Value::len).sum()
    }
}

/// The rows of a table, one after the other.
pub(super) struct Rows {
    batches: Batches,
    columns: Vec<Column>,
    batch: Option<(RecordBatch, usize)>,
}

impl Rows {
    /// Looks for columns in a table.
    pub(super) fn new(batches: Batches, columns: Columns) -> PyResult<Self> {
        let schema = batches.schema();
        let find = |(name, kind): &(&str, Kind)| {
            let holds = match kind {
                Kind::Bytes | Kind::Given => Holds::TextsOrBytes,
                Kind::Text => Holds::Texts,
                Kind::Number => Holds::TextsOrNumbers,
                Kind::Share => Holds::Shares,
            };
            Column::find(&schema, name, holds)
        };
        let columns = columns.iter().map(find).collect::<PyResult<_>>()?;
        Ok(Self { batches, columns, batch: None })
    }

    fn row(&self, batch: &RecordBatch, row: usize) -> Result<Row, ArrowError> {
        let value = |column: &Column| {
            let cell = column.cell(batch, row).map_err(|failure| refused(failure.reason()))?;
            Ok(match cell {
                None => Value::Null,
                Some(Cell::Text(text)) => text.into(),
                Some(Cell::Bytes(bytes)) => bytes.into(),
                Some(Cell::Number(number)) => number.into(),
                Some(Cell::Share(share)) => share.into(),
            })
        };
        self.columns.iter().map(value).collect::<Result<_, ArrowError>>().map(Row)
    }
}

impl Iterator for Rows {
    type Item = Result<Row, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((batch, at)) =
                self.batch.take().filter(|(batch, at)| *at < batch.num_rows())
            {
                let row = self.row(&batch, at);
                self.batch = Some((batch, at + 1));
                return Some(row);
            }
            match self.batches.next()? {
                Ok(batch) => self.batch = Some((batch, 0)),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// What a table of such columns is.
pub(super) fn schema_of(columns: Columns) -> SchemaRef {
    let field = |(name, kind): &(&str, Kind)| {
        let of = match kind {
            Kind::Bytes => DataType::Binary,
            Kind::Text | Kind::Given => DataType::Utf8,
            Kind::Number => DataType::Int64,
            Kind::Share => DataType::Float64,
        };
        Field::new(*name, of, true)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// Rows as a table.
pub(super) fn batch_of(
    rows: &[Row],
    columns: Columns,
    schema: &SchemaRef,
) -> Result<RecordBatch, ArrowError> {
    let column = |(at, (_, kind)): (usize, &(&str, Kind))| -> ArrayRef {
        match kind {
            Kind::Bytes => {
                let mut made = BinaryBuilder::new();
                rows.iter().for_each(|row| made.append_option(row.maybe_bytes(at)));
                Arc::new(made.finish())
            }
            Kind::Text | Kind::Given => {
                let mut made = StringBuilder::new();
                rows.iter().for_each(|row| made.append_option(row.maybe_text(at)));
                Arc::new(made.finish())
            }
            Kind::Number => {
                let mut made = Int64Builder::new();
                rows.iter().for_each(|row| made.append_option(row.maybe_number(at)));
                Arc::new(made.finish())
            }
            Kind::Share => {
                let mut made = Float64Builder::new();
                rows.iter().for_each(|row| made.append_option(row.share(at).ok()));
                Arc::new(made.finish())
            }
        }
    };
    let columns = columns.iter().enumerate().map(column).collect();
    RecordBatch::try_new(schema.clone(), columns)
}
