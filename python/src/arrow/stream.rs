//! Tables of ours, for whatever reads Arrow.

use std::sync::Mutex;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use crate::arrow::capsule::Batches;
use crate::locked::locked;

/// A table as a stream of batches, which is read once: ``pyarrow.table(stream)``, ``polars.DataFrame(stream)``,
/// ``duckdb.from_arrow(pyarrow.RecordBatchReader.from_stream(stream))``, ``pandas.DataFrame.from_arrow(stream)``.
#[pyclass(frozen, module = "dechaff")]
pub(crate) struct ArrowStream {
    schema: SchemaRef,
    batches: Mutex<Option<Batches>>,
}

impl ArrowStream {
    pub(crate) fn new(batches: Batches) -> Self {
        Self { schema: batches.schema(), batches: Mutex::new(Some(batches)) }
    }

    pub(crate) fn of_batch(batch: RecordBatch) -> Self {
        let schema = batch.schema();
        Self::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)))
    }
}

#[pymethods]
impl ArrowStream {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer that cannot convert ignore what is asked for.
        let _ = requested_schema;
        let batches = locked(&self.batches).take();
        let batches = batches.ok_or_else(|| PyValueError::new_err("this stream was read already: make it again, or keep the table that it was read into"))?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(batches), c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    fn __repr__(&self) -> String {
        format!("<ArrowStream {}>", self.column_names().join(", "))
    }
}
