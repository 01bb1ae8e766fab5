//! The first minute: cleaning without a cleaner of one's own.

use pyo3::prelude::*;

use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;

/// Cleans one text, page or record with the default options: see :meth:`Cleaner.clean`.
///
/// >>> import dechaff
/// >>> page = b"<!DOCTYPE html><title>Caf\xe9 reopens</title><h1>Caf\xe9 reopens</h1><p>The old caf\xe9 on the quay was opened again on Monday."
/// >>> dechaff.clean(page, encoding="iso-8859-1").articles[0].title
/// 'Café reopens'
#[pyfunction]
#[pyo3(signature = (data, *, url=None, format=None, encoding=None))]
pub(crate) fn clean(
    py: Python<'_>,
    data: &Bound<PyAny>,
    url: Option<String>,
    format: Option<&str>,
    encoding: Option<&str>,
) -> PyResult<Cleaned> {
    Cleaner::with_defaults(py)?.clean(py, data, url, format, encoding)
}

/// The text of the articles of a page, parted by empty lines; None where it holds none.
///
/// >>> import dechaff
/// >>> dechaff.extract("<html><body><nav>Home | Sport</nav></body></html>") is None
/// True
#[pyfunction]
#[pyo3(signature = (html, *, url=None))]
pub(crate) fn extract(
    py: Python<'_>,
    html: &Bound<PyAny>,
    url: Option<String>,
) -> PyResult<Option<String>> {
    let cleaned = clean(py, html, url, None, None)?;
    Ok(Some(cleaned.text()).filter(|text| !text.is_empty()))
}
