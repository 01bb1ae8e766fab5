//! Records of dumps, and what of a dump gives none.

use std::sync::Arc;

use dechaff::SourceMetadata;
use pyo3::prelude::*;

use crate::errors::Failure;
use crate::given::{About, Given, Source, format_of};
use crate::json::to_python;

/// A record of a dump: a page, an entry of a feed, a mail, a row. What is known of it beside its text goes into its articles where the text
/// does not say it.
///
/// >>> from dechaff import Record
/// >>> Record(b"<!DOCTYPE html><p>The quay is open again.", url="https://gazette.example/quay").format
/// 'html'
#[pyclass(frozen, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Record(pub(crate) Source);

#[pymethods]
impl Record {
    #[new]
    #[pyo3(signature = (data, *, format=None, encoding=None, url=None, title=None, published=None, source=None, authors=Vec::new(), id=None, record=None, dump=""))]
    #[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
    fn new(
        py: Python<'_>,
        data: &Bound<PyAny>,
        format: Option<&str>,
        encoding: Option<String>,
        url: Option<String>,
        title: Option<String>,
        published: Option<String>,
        source: Option<String>,
        authors: Vec<String>,
        id: Option<String>,
        record: Option<String>,
        dump: &str,
    ) -> PyResult<Self> {
        let format = format.map(format_of).transpose()?;
        let about = About { url, id, format, encoding };
        let given = Given::of(data)?.source(about).map_err(|failure| failure.raised(py))?;
        let mut made = (*given.record).clone();
        made.id = record.or(made.id);
        *made.about = SourceMetadata { title, published, source, authors, ..*made.about };
        Ok(Self(Source { record: Arc::new(made), dump: dump.into() }))
    }

    /// The dump that it was read from.
    #[getter]
    fn dump(&self) -> &str {
        &self.0.dump
    }

    /// Which record of the dump; None where the dump is one record.
    #[getter]
    fn record(&self) -> Option<&str> {
        self.0.record.id.as_deref()
    }

    /// Its text, decoded. All ranges are bytes of it in UTF-8.
    #[getter]
    fn text(&self) -> &str {
        &self.0.record.view
    }

    /// What the text is written in: ``text``, ``html``, ``mail`` or ``markdown``.
    #[getter]
    fn format(&self) -> &'static str {
        self.0.record.format.name()
    }

    /// The encoding that it was stored in.
    #[getter]
    fn encoding(&self) -> String {
        self.0.record.encoding.to_ascii_lowercase()
    }

    /// Whether bytes did not decode; U+FFFD stands for them.
    #[getter]
    fn replaced(&self) -> bool {
        self.0.record.replaced
    }

    /// Its own id: the ``id`` of an object or of a row, the Message-ID of a mail.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.0.record.about.id.as_deref()
    }

    /// The address that it was fetched from, or that an entry of a feed links to.
    #[getter]
    fn target(&self) -> Option<&str> {
        self.0.record.about.target.as_deref()
    }

    /// The page's address.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.0.record.about.url.as_deref()
    }

    /// The headline that its container states.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.record.about.title.as_deref()
    }

    /// When it was published, as its container states it.
    #[getter]
    fn published(&self) -> Option<&str> {
        self.0.record.about.published.as_deref()
    }

    /// The publisher that its container states.
    #[getter]
    fn source(&self) -> Option<&str> {
        self.0.record.about.source.as_deref()
    }

    /// The authors that its container states.
    #[getter]
    fn authors(&self) -> Vec<String> {
        self.0.record.about.authors.clone()
    }

    /// The fields that ``pass_fields`` asked for.
    #[getter]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.0.record.about.fields)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.0.dump == other.0.dump && self.0.record == other.0.record
    }

    fn __repr__(&self) -> String {
        let dechaff::Record { id, view, format, .. } = &*self.0.record;
        format!(
            "<Record {:?} of dump {:?}, {} bytes of {}>",
            id.as_deref().unwrap_or("(whole)"),
            self.0.dump,
            view.len(),
            format.name()
        )
    }
}

/// A record, or a dump, that cannot be read.
#[pyclass(frozen, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Broken(pub(crate) Failure);

#[pymethods]
impl Broken {
    /// The dump.
    #[getter]
    fn dump(&self) -> &str {
        self.0.dump.as_deref().unwrap_or_default()
    }

    /// Which record; None for the dump as a whole.
    #[getter]
    fn record(&self) -> Option<&str> {
        self.0.record.as_deref()
    }

    /// Why.
    #[getter]
    fn reason(&self) -> String {
        self.0.reason()
    }

    fn __repr__(&self) -> String {
        format!(
            "<Broken record {:?} of dump {:?}: {}>",
            self.0.record.as_deref().unwrap_or("(whole)"),
            self.dump(),
            self.reason()
        )
    }
}

/// Records that were left out on purpose.
#[pyclass(frozen, get_all, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Skipped {
    /// The dump.
    pub(crate) dump: String,
    /// How many records.
    pub(crate) records: usize,
    /// Why.
    pub(crate) reason: String,
}

#[pymethods]
impl Skipped {
    fn __repr__(&self) -> String {
        format!("<Skipped {} records of dump {:?}: {}>", self.records, self.dump, self.reason)
    }
}
