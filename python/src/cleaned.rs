//! What cleaning gives.

use std::sync::Arc;

use dechaff::RecordFormat;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::given::{Source, format_of};
use crate::json::{from_python, line, to_python};
use crate::ledger::Ledger;

/// The articles of a record, and the account of every byte of it.
///
/// >>> import dechaff
/// >>> from dechaff.samples import QUAY
/// >>> cleaned = dechaff.clean(QUAY)
/// >>> cleaned
/// <Cleaned: 1 article, 263 bytes>
/// >>> cleaned.text[:39]
/// 'The old quay was opened again on Monday'
#[pyclass(frozen, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Cleaned {
    pub(crate) articles: Vec<Arc<dechaff::Article>>,
    pub(crate) ledger: Arc<dechaff::Ledger>,
    pub(crate) source: Source,
    encoding: String,
}

/// What is pickled of it.
#[derive(Serialize, Deserialize)]
struct State {
    dump: String,
    record: Option<String>,
    format: String,
    encoding: String,
    articles: Vec<dechaff::Article>,
    ledger: dechaff::Ledger,
    view: String,
}

impl Cleaned {
    pub(crate) fn new(source: Source, cleaned: dechaff::Cleaned) -> Self {
        let named = |mut article: dechaff::Article| {
            article.provenance.dump = source.dump.to_string();
            Arc::new(article)
        };
        let articles = cleaned.articles.into_iter().map(named).collect();
        let encoding = source.record.encoding.to_ascii_lowercase();
        Self { articles, ledger: Arc::new(cleaned.ledger), source, encoding }
    }

    fn state(&self) -> State {
        let record = &self.source.record;
        State {
            dump: self.source.dump.to_string(),
            record: record.id.clone(),
            format: record.format.name().into(),
            encoding: self.encoding.clone(),
            articles: self.articles.iter().map(|article| (**article).clone()).collect(),
            ledger: (*self.ledger).clone(),
            view: record.view.clone(),
        }
    }
}

#[pymethods]
impl Cleaned {
    #[new]
    fn new_py(data: &Bound<PyAny>) -> PyResult<Self> {
        let state: State = from_python(data)?;
        let format: RecordFormat = format_of(&state.format)?;
        let mut record = dechaff::Record::from_text(String::new(), Some(format))
            .map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
        (record.id, record.view) = (state.record, state.view);
        Ok(Self {
            articles: state.articles.into_iter().map(Arc::new).collect(),
            ledger: Arc::new(state.ledger),
            source: Source { record: Arc::new(record), dump: state.dump.into() },
            encoding: state.encoding,
        })
    }

    /// The articles, in the order of the text.
    #[getter]
    fn articles(&self) -> Vec<Article> {
        self.articles.iter().cloned().map(Article).collect()
    }

    /// What every byte is.
    #[getter]
    fn ledger(&self) -> Ledger {
        Ledger { entries: self.ledger.clone(), source: Some(self.source.clone()) }
    }

    /// The texts of all articles, parted by empty lines.
    #[getter]
    pub(crate) fn text(&self) -> String {
        self.articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>().join("\n\n")
    }

    /// The record's text, of which all ranges are bytes: what was given, decoded.
    #[getter]
    fn view(&self) -> &str {
        &self.source.record.view
    }

    /// What the view is written in: ``text``, ``html``, ``mail`` or ``markdown``.
    #[getter]
    fn format(&self) -> &'static str {
        self.source.record.format.name()
    }

    /// The encoding that the record was stored in.
    #[getter]
    fn encoding(&self) -> &str {
        &self.encoding
    }

    /// The dump; empty for a text that was given itself.
    #[getter]
    fn dump(&self) -> &str {
        &self.source.dump
    }

    /// The record of the dump.
    #[getter]
    fn record(&self) -> Option<&str> {
        self.source.record.id.as_deref()
    }

    /// All of it as dictionaries and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.state())?.cast_into()?)
    }

    fn __eq__(&self, other: &Self) -> bool {
        let about =
            |c: &Self| (c.source.dump.clone(), c.source.record.id.clone(), c.source.record.format);
        self.articles == other.articles
            && self.ledger == other.ledger
            && about(self) == about(other)
            && self.source.record.view == other.source.record.view
    }

    fn __getnewargs__(&self) -> PyResult<(String,)> {
        Ok((line(&self.state())?,))
    }

    fn __repr__(&self) -> String {
        let articles = match self.articles.len() {
            1 => "1 article".to_owned(),
            many => format!("{many} articles"),
        };
        format!("<Cleaned: {articles}, {} bytes>", self.ledger.bytes())
    }

    /// The record in a notebook: see :class:`Ledger`.
    fn _repr_html_(&self) -> String {
        self.ledger()._repr_html_()
    }
}
