//! Values of the library as Python's dictionaries and lists, in the form that the command writes.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A value as dictionaries and lists, its fields in their order.
pub(crate) fn to_python<'py>(
    py: Python<'py>,
    value: &impl Serialize,
) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (line(value)?,))
}

/// Reads a value from a line of JSON.
pub(crate) fn from_line<T: DeserializeOwned>(line: &str) -> PyResult<T> {
    serde_json::from_str(line).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Reads a value from a line of JSON, or from dictionaries.
pub(crate) fn from_python<T: DeserializeOwned>(data: &Bound<PyAny>) -> PyResult<T> {
    match data.cast::<PyString>() {
        Ok(line) => from_line(line.to_str()?),
        Err(_) => {
            let json = data.py().import("json")?;
            from_line(&json.call_method1("dumps", (data,))?.extract::<String>()?)
        }
    }
}
