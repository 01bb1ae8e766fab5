//! Ranges of bytes, which do not index a `str`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PySlice, PyTuple};

/// A half-open range of bytes ``[start, end)`` of a record's text in UTF-8.
///
/// Bytes do not index a ``str``: use :meth:`of` and :meth:`chars`. It is a pair, ``start, end = span``, and has no length of its own: that of the
/// text is another in bytes than in characters.
///
/// >>> from dechaff import Span
/// >>> text = "Café am Kai"
/// >>> span = Span(6, 8)
/// >>> span.of(text), text[span.chars(text)], text[6:8]
/// ('am', 'am', 'm ')
#[pyclass(frozen, eq, ord, hash, module = "dechaff", from_py_object)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span(pub(crate) dechaff::Span);

#[pymethods]
impl Span {
    #[new]
    fn new(start: usize, end: usize) -> PyResult<Self> {
        if start > end {
            return Err(PyValueError::new_err(format!(
                "a span runs forward, not from {start} to {end}"
            )));
        }
        Ok(Self(dechaff::Span { start, end }))
    }

    /// The first byte.
    #[getter]
    fn start(&self) -> usize {
        self.0.start
    }

    /// One past the last byte.
    #[getter]
    fn end(&self) -> usize {
        self.0.end
    }

    /// The part of ``text`` that stands there.
    ///
    /// Raises :class:`ValueError` where ``text`` is shorter, or the span begins or ends within a character of it.
    fn of<'t>(&self, text: &'t str) -> PyResult<&'t str> {
        text.get(self.0.start..self.0.end).ok_or_else(|| {
            PyValueError::new_err(format!(
                "bytes {}..{} do not lie between characters of this text",
                self.0.start, self.0.end
            ))
        })
    }

    /// The same range in characters: ``text[span.chars(text)]`` is ``span.of(text)``.
    fn chars<'py>(&self, py: Python<'py>, text: &str) -> PyResult<Bound<'py, PySlice>> {
        let part = self.of(text)?;
        let start = text[..self.0.start].chars().count();
        let end = start + part.chars().count();
        Ok(PySlice::new(py, start as isize, end as isize, 1))
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(PyTuple::new(py, [self.0.start, self.0.end])?.try_iter()?.into_any())
    }

    fn __getnewargs__(&self) -> (usize, usize) {
        (self.0.start, self.0.end)
    }

    fn __repr__(&self) -> String {
        format!("Span({}, {})", self.0.start, self.0.end)
    }
}
