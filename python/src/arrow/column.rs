//! Columns of a foreign table. Nothing is taken on trust: offsets may lead out of the data, and texts may be no UTF-8.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{ByteArrayType, ByteViewType, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, GenericByteArray, GenericByteViewArray, RecordBatch};
use arrow_buffer::ArrowNativeType;
use arrow_data::ByteView;
use arrow_schema::{DataType, Schema};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;

use crate::errors::{Failure, Reason};
use crate::given::Given;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Texts,
    TextsOrBytes,
    TextsOrNumbers,
    Shares,
}

/// What a column holds in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cell<'b> {
    Text(&'b str),
    Bytes(&'b [u8]),
    Number(i64),
    Share(f64),
}

/// Where a column stands. It was looked up, and its type is one that is read.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    place: usize,
    name: Arc<str>,
    pub(crate) holds_numbers: bool,
}

impl Column {
    /// Looks for a column.
    pub(crate) fn find(schema: &Schema, name: &str, holds: Holds) -> PyResult<Self> {
        let place = place_of(schema, name)?;
        let data_type = schema.field(place).data_type();
        let wanted = match holds {
            Holds::Texts => "texts",
            Holds::TextsOrBytes => "texts or bytes",
            Holds::TextsOrNumbers => "texts or int64",
            Holds::Shares => "float64",
        };
        let fits = match data_type {
            DataType::Null => true,
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => holds != Holds::Shares,
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => {
                holds == Holds::TextsOrBytes
            }
            DataType::Int64 => holds == Holds::TextsOrNumbers,
            DataType::Float64 => holds == Holds::Shares,
            _ => false,
        };
        if !fits {
            return Err(PyTypeError::new_err(format!(
                "column {name:?} is of type {data_type}; cast it to {wanted}"
            )));
        }
        Ok(Self { place, name: name.into(), holds_numbers: *data_type == DataType::Int64 })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What stands in a row; None for null.
    pub(crate) fn cell<'b>(
        &self,
        batch: &'b RecordBatch,
        row: usize,
    ) -> Result<Option<Cell<'b>>, Failure> {
        let array = batch.column(self.place);
        if array.is_null(row) || *array.data_type() == DataType::Null {
            return Ok(None);
        }
        if *array.data_type() == DataType::Int64 {
            return Ok(Some(Cell::Number(array.as_primitive::<Int64Type>().value(row))));
        }
        if *array.data_type() == DataType::Float64 {
            return Ok(Some(Cell::Share(array.as_primitive::<Float64Type>().value(row))));
        }
        let fault = |what: &str| {
            Failure::of(Reason::Other(format!("column {:?} {what} in this row", self.name)))
        };
        let bytes = bytes_at(array, row).ok_or_else(|| fault("leads out of its data"))?;
        match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
                let text = std::str::from_utf8(bytes).map_err(|_| fault("is no UTF-8"))?;
                Ok(Some(Cell::Text(text)))
            }
            _ => Ok(Some(Cell::Bytes(bytes))),
        }
    }

    /// The text or the bytes of a row.
    pub(crate) fn given(&self, batch: &RecordBatch, row: usize) -> Result<Option<Given>, Failure> {
        Ok(self.cell(batch, row)?.map(|cell| match cell {
            Cell::Text(text) => Given::Text(text.to_owned()),
            Cell::Bytes(bytes) => Given::Bytes(bytes.to_vec()),
            Cell::Number(number) => Given::Text(number.to_string()),
            Cell::Share(share) => Given::Text(share.to_string()),
        }))
    }

    /// The text of a row; a number as it is written.
    pub(crate) fn text(&self, batch: &RecordBatch, row: usize) -> Result<Option<String>, Failure> {
        Ok(self.cell(batch, row)?.and_then(|cell| match cell {
            Cell::Text(text) => Some(text.to_owned()),
            Cell::Number(number) => Some(number.to_string()),
            Cell::Bytes(_) | Cell::Share(_) => None,
        }))
    }
}

/// The bytes of a row; None where its offsets lead out of the data.
fn bytes_at(array: &ArrayRef, row: usize) -> Option<&[u8]> {
    match array.data_type() {
        DataType::Utf8 => slice(array.as_string::<i32>(), row),
        DataType::LargeUtf8 => slice(array.as_string::<i64>(), row),
        DataType::Binary => slice(array.as_binary::<i32>(), row),
        DataType::LargeBinary => slice(array.as_binary::<i64>(), row),
        DataType::Utf8View => viewed(array.as_string_view(), row),
        DataType::BinaryView => viewed(array.as_binary_view(), row),
        _ => None,
    }
}

fn slice<T: ByteArrayType>(array: &GenericByteArray<T>, row: usize) -> Option<&[u8]> {
    let [start, end] = array.value_offsets().get(row..row + 2)? else { return None };
    array.value_data().get(start.as_usize()..end.as_usize())
}

fn viewed<T: ByteViewType + ?Sized>(array: &GenericByteViewArray<T>, row: usize) -> Option<&[u8]> {
    let views = array.views();
    let view = ByteView::from(*views.get(row)?);
    let length = view.length as usize;
    // A short text stands in the view itself, behind its length.
    if length <= 12 {
        return views.inner().as_slice().get(row * 16 + 4..)?.get(..length);
    }
    let data = array.data_buffers().get(view.buffer_index as usize)?;
    data.as_slice().get(view.offset as usize..)?.get(..length)
}

/// Where a column stands.
pub(crate) fn place_of(schema: &Schema, name: &str) -> PyResult<usize> {
    schema.index_of(name).map_err(|_| {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        PyKeyError::new_err(format!("has no column {name:?}; its columns are {}", names.join(", ")))
    })
}
