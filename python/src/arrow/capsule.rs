//! Arrow data of other libraries. The only unsafe code of the crate: pointers that a capsule with the right name holds are those that the
//! interface promises (<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>).

#![expect(unsafe_code, reason = "the interface hands over pointers")]

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader, StructArray};
use arrow_schema::{ArrowError, DataType, SchemaRef};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// Batches that another library gives.
pub(crate) type Batches = Box<dyn RecordBatchReader + Send>;

/// A stream of another library, which may fail without saying why.
struct Foreign(ArrowArrayStreamReader);

impl Iterator for Foreign {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = catch_unwind(AssertUnwindSafe(|| self.0.next()));
        next.unwrap_or_else(|_| {
            Some(Err(ArrowError::CDataInterface("the table that is given broke down".into())))
        })
    }
}

impl RecordBatchReader for Foreign {
    fn schema(&self) -> SchemaRef {
        self.0.schema()
    }
}

fn refused(error: &ArrowError) -> PyErr {
    PyValueError::new_err(format!("gives no table of Arrow: {error}"))
}

/// The batches of anything that gives a stream or an array of Arrow.
pub(crate) fn batches_of(data: &Bound<PyAny>) -> PyResult<Batches> {
    if data.hasattr("__arrow_c_stream__")? {
        let capsule = data.call_method0("__arrow_c_stream__")?;
        let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(c"arrow_array_stream"))?;
        // SAFETY: the capsule has the name of a stream, so it holds one; it is moved out, and the capsule keeps an empty one.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr().cast()) };
        let reader = ArrowArrayStreamReader::try_new(stream).map_err(|error| refused(&error))?;
        return Ok(Box::new(Foreign(reader)));
    }
    if data.hasattr("__arrow_c_array__")? {
        let (schema, array): (Bound<PyAny>, Bound<PyAny>) =
            data.call_method0("__arrow_c_array__")?.extract()?;
        let schema = schema.cast::<PyCapsule>()?.pointer_checked(Some(c"arrow_schema"))?;
        let array = array.cast::<PyCapsule>()?.pointer_checked(Some(c"arrow_array"))?;
        // SAFETY: the capsules have the names of a schema and an array, so they hold them; both are moved out, and the array is of the schema
        // that came with it.
        let array = unsafe {
            let schema = FFI_ArrowSchema::from_raw(schema.as_ptr().cast());
            from_ffi(FFI_ArrowArray::from_raw(array.as_ptr().cast()), &schema)
        };
        let array = array.and_then(|data| match data.data_type() {
            DataType::Struct(_) if data.null_count() > 0 => {
                Err(ArrowError::SchemaError("whole rows of it are null: leave them out".into()))
            }
            DataType::Struct(_) => Ok(RecordBatch::from(StructArray::from(data))),
            other => Err(ArrowError::SchemaError(format!("{other} is a column, not a table"))),
        });
        let batch = array.map_err(|error| refused(&error))?;
        let schema = batch.schema();
        return Ok(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
    }
    let name = data.get_type().fully_qualified_name()?;
    Err(PyTypeError::new_err(format!(
        "give a table of Arrow (of pyarrow, Polars, pandas from 2.2, DuckDB), not {name}"
    )))
}
