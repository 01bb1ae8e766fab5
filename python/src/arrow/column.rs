//! Columns of texts, whatever their layout.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Schema};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;

use crate::given::Given;

/// Where a column stands. It was looked up, and its type is one that is read.
#[derive(Debug, Clone)]
pub(crate) struct TextColumn {
    place: usize,
    name: Arc<str>,
}

impl TextColumn {
    /// Looks for a column of texts, of bytes too where `bytes` says so.
    pub(crate) fn find(schema: &Schema, name: &str, bytes: bool) -> PyResult<Self> {
        let place = place_of(schema, name)?;
        match schema.field(place).data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => {}
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView if bytes => {}
            other => {
                let wanted = if bytes { "texts or bytes" } else { "texts" };
                return Err(PyTypeError::new_err(format!(
                    "column {name:?} is of type {other}; cast it to one of {wanted}"
                )));
            }
        }
        Ok(Self { place, name: name.into() })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    fn array<'b>(&self, batch: &'b RecordBatch) -> &'b ArrayRef {
        batch.column(self.place)
    }

    /// The text or the bytes of a row.
    pub(crate) fn given(&self, batch: &RecordBatch, row: usize) -> Option<Given> {
        let array = self.array(batch);
        if let Some(text) = text_at(array, row) {
            return Some(Given::Text(text.to_owned()));
        }
        if array.is_null(row) {
            return None;
        }
        let bytes = match array.data_type() {
            DataType::Binary => array.as_binary::<i32>().value(row),
            DataType::LargeBinary => array.as_binary::<i64>().value(row),
            DataType::BinaryView => array.as_binary_view().value(row),
            _ => return None,
        };
        Some(Given::Bytes(bytes.to_vec()))
    }

    /// The text of a row.
    pub(crate) fn text<'b>(&self, batch: &'b RecordBatch, row: usize) -> Option<&'b str> {
        text_at(self.array(batch), row)
    }
}

fn text_at(array: &ArrayRef, row: usize) -> Option<&str> {
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        _ => None,
    }
}

/// Where a column stands.
pub(crate) fn place_of(schema: &Schema, name: &str) -> PyResult<usize> {
    schema.index_of(name).map_err(|_| {
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        PyKeyError::new_err(format!("has no column {name:?}; its columns are {}", names.join(", ")))
    })
}
