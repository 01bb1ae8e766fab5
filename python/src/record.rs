//! Records of dumps, and what of a dump gives none.

use std::sync::Arc;

use dechaff::{RecordFormat, SourceMetadata};
use encoding_rs::{Encoding, UTF_8};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::arguments::{named, texts};
use crate::errors::Failure;
use crate::given::{About, FORMATS, Given, Source};
use crate::json::{from_line, line, to_python};

/// A record of a dump: a page, an entry of a feed, a mail, a row. What is known of it beside its text goes into its articles where the text
/// does not say it.
///
/// >>> from dechaff import Record
/// >>> Record(b"<!DOCTYPE html><p>The quay is open again.", url="https://gazette.example/quay").format
/// 'html'
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record(pub(crate) Source);

/// What is pickled of it.
#[derive(Serialize, Deserialize)]
struct State {
    dump: String,
    record: Option<String>,
    view: String,
    format: String,
    encoding: String,
    replaced: bool,
    id: Option<String>,
    target: Option<String>,
    url: Option<String>,
    title: Option<String>,
    published: Option<String>,
    source: Option<String>,
    authors: Vec<String>,
    fields: Map<String, Value>,
}

/// A record that was decoded before.
pub(crate) fn restored(view: String, format: &str, encoding: &str) -> PyResult<dechaff::Record> {
    let format: RecordFormat = named("format", format, &FORMATS)?;
    let mut record = dechaff::Record::from_text(String::new(), Some(format))
        .map_err(|error| PyValueError::new_err(error.to_string()))?;
    record.encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8).name();
    record.view = view;
    Ok(record)
}

#[pymethods]
impl Record {
    #[new]
    #[pyo3(signature = (data, *, format=None, encoding=None, url=None, title=None, published=None, source=None, authors=Vec::new(), id=None, record=None, dump=""))]
    #[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
    fn new(
        py: Python<'_>,
        data: &Bound<PyAny>,
        format: Option<&str>,
        encoding: Option<&str>,
        url: Option<String>,
        title: Option<String>,
        published: Option<String>,
        source: Option<String>,
        #[pyo3(from_py_with = texts)] authors: Vec<String>,
        id: Option<String>,
        record: Option<String>,
        dump: &str,
    ) -> PyResult<Self> {
        let given = Given::of(data)?;
        if let Given::Source(_) = given {
            return Err(PyTypeError::new_err("give str or bytes: this is a record already"));
        }
        let about = About { id, ..About::of(py, &given, url, format, encoding)? };
        let given = given.source(about).map_err(|failure| failure.raised(py))?;
        let mut made = Arc::unwrap_or_clone(given.record);
        made.id = record;
        let of_head = std::mem::take(&mut *made.about);
        *made.about = SourceMetadata {
            title: title.or(of_head.title),
            published: published.or(of_head.published),
            source: source.or(of_head.source),
            authors: if authors.is_empty() { of_head.authors } else { authors },
            ..of_head
        };
        Ok(Self(Source { record: Arc::new(made), dump: dump.into() }))
    }

    #[staticmethod]
    fn _restore(state: &str) -> PyResult<Self> {
        let state: State = from_line(state)?;
        let mut record = restored(state.view, &state.format, &state.encoding)?;
        (record.id, record.replaced) = (state.record, state.replaced);
        let about = &mut *record.about;
        (about.id, about.target, about.url) = (state.id, state.target, state.url);
        (about.title, about.published) = (state.title, state.published);
        (about.source, about.authors, about.fields) = (state.source, state.authors, state.fields);
        Ok(Self(Source { record: Arc::new(record), dump: state.dump.into() }))
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<(Py<PyAny>, (String,))> {
        let Source { record, dump } = &slf.get().0;
        let SourceMetadata { id, target, url, title, published, source, authors, fields } =
            (*record.about).clone();
        let state = State {
            dump: dump.to_string(),
            record: record.id.clone(),
            view: record.view.clone(),
            format: record.format.name().into(),
            encoding: record.encoding.into(),
            replaced: record.replaced,
            id,
            target,
            url,
            title,
            published,
            source,
            authors,
            fields,
        };
        Ok((slf.get_type().getattr("_restore")?.unbind(), (line(&state)?,)))
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
