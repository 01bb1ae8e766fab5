//! What cleaning gives.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::given::Source;
use crate::json::{from_python, line, to_python};
use crate::ledger::Ledger;
use crate::record::restored;

/// The articles of a record, and the account of every byte of it.
///
/// >>> import dechaff
/// >>> from dechaff.samples import QUAY
/// >>> cleaned = dechaff.clean(QUAY)
/// >>> cleaned
/// <Cleaned: 1 article, 263 bytes>
/// >>> cleaned.text[:39]
/// 'The old quay was opened again on Monday'
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Cleaned {
    pub(crate) articles: Vec<Arc<dechaff::Article>>,
    pub(crate) ledger: Arc<dechaff::Ledger>,
    pub(crate) source: Source,
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
        Self { articles, ledger: Arc::new(cleaned.ledger), source }
    }

    fn state(&self) -> State {
        let record = &self.source.record;
        State {
            dump: self.source.dump.to_string(),
            record: record.id.clone(),
            format: record.format.name().into(),
            encoding: record.encoding.to_ascii_lowercase(),
            articles: self.articles.iter().map(|article| (**article).clone()).collect(),
            ledger: (*self.ledger).clone(),
            view: record.view.clone(),
        }
    }
}

/// Without what it was stored in: a text equals its bytes.
impl PartialEq for Cleaned {
    fn eq(&self, other: &Self) -> bool {
        let about = |cleaned: &Self| {
            let Source { record, dump } = &cleaned.source;
            (dump.clone(), record.id.clone(), record.format)
        };
        self.articles == other.articles
            && self.ledger == other.ledger
            && about(self) == about(other)
            && self.source.record.view == other.source.record.view
    }
}

#[pymethods]
impl Cleaned {
    #[new]
    fn new_py(data: &Bound<PyAny>) -> PyResult<Self> {
        let state: State = from_python(data)?;
        let mut record = restored(state.view, &state.format, &state.encoding)?;
        record.id = state.record;
        Ok(Self {
            articles: state.articles.into_iter().map(Arc::new).collect(),
            ledger: Arc::new(state.ledger),
            source: Source { record: Arc::new(record), dump: state.dump.into() },
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
    fn encoding(&self) -> String {
        self.source.record.encoding.to_ascii_lowercase()
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
