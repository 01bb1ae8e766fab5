//! What earlier runs saw.

use std::path::PathBuf;

use dechaff::Stop;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::{items, path};
use crate::article::{Article, relation};
use crate::attend::watched;
use crate::errors::finished;
use crate::json::to_python;
use crate::locked::Busy;

/// What an article is next to those in an index.
#[pyclass(frozen, eq, get_all, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct IndexMatch {
    /// ``new``, ``copy`` (of one that is as complete) or ``supersedes`` (a less complete one, whose place it has taken).
    standing: &'static str,
    /// The id of the known article.
    id: Option<String>,
    /// How the two relate: ``exact``, ``near`` or ``contained``.
    relation: Option<&'static str>,
    /// How similar they are, 0 to 1.
    similarity: Option<f32>,
}

#[pymethods]
impl IndexMatch {
    fn __repr__(&self) -> String {
        let of = self.id.as_ref().map_or_else(String::new, |id| format!(" of {id}"));
        format!("<IndexMatch {}{of}>", self.standing)
    }
}

impl From<dechaff::IndexMatch> for IndexMatch {
    fn from(found: dechaff::IndexMatch) -> Self {
        let standing = match &found {
            dechaff::IndexMatch::New => "new",
            dechaff::IndexMatch::CopyOf(_) => "copy",
            dechaff::IndexMatch::Supersedes(_) => "supersedes",
        };
        let known = found.known();
        Self {
            standing,
            id: known.map(|known| known.id.clone()),
            relation: known.map(|known| relation(known.relation)),
            similarity: known.map(|known| known.similarity),
        }
    }
}

/// An index file of articles that were seen, which is made where missing. It is open in one process at a time, until it is closed.
///
/// >>> import dechaff, pathlib, tempfile
/// >>> from dechaff.samples import QUAY
/// >>> articles = dechaff.clean(QUAY).articles
/// >>> with dechaff.Index(pathlib.Path(tempfile.mkdtemp()) / "seen.index") as index:
/// ...     [match.standing for match in index.take(articles) + index.take(articles)]
/// ['new', 'copy']
#[pyclass(frozen, module = "dechaff")]
pub(crate) struct Index(Busy<Option<dechaff::Index>>);

impl Index {
    /// Works with the file. What is interrupted has changed nothing.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut dechaff::Index) -> dechaff::Result<T> + Send,
    ) -> PyResult<T> {
        let work =
            |stop: &Stop| self.0.with(|index| stop.run(|| index.as_mut().map(work).transpose()));
        let done = finished(py, watched(py, work)??)?;
        done.ok_or_else(|| PyValueError::new_err("this index is closed: open another"))
    }
}

#[pymethods]
impl Index {
    #[new]
    fn new(py: Python<'_>, #[pyo3(from_py_with = path)] path: PathBuf) -> PyResult<Self> {
        let index = finished(py, watched(py, |stop| stop.run(|| dechaff::Index::open(&path)))?)?;
        Ok(Self(Busy::new(Some(index))))
    }

    /// Compares articles with all that are known, and takes in those that are new or more complete: all of them, or where it fails none.
    fn take(&self, py: Python<'_>, articles: &Bound<PyAny>) -> PyResult<Vec<IndexMatch>> {
        let article = |given: &Bound<PyAny>| Some(given.cast::<Article>().ok()?.get().0.clone());
        let articles = items("a list of dechaff.Article", articles, article)?;
        self.with(py, move |index| {
            let mut session = index.session()?;
            let found = articles
                .iter()
                .map(|article| session.take(article).map(IndexMatch::from))
                .collect::<Result<_, _>>()?;
            session.commit()?;
            Ok(found)
        })
    }

    /// How much it holds: ``articles``, ``superseded`` and ``bytes``.
    #[getter]
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let stats = self.with(py, |index| index.stats())?;
        Ok(to_python(py, &stats)?.cast_into()?)
    }

    /// Gives back the room that superseded articles took; says whether the file became smaller.
    fn compact(&self, py: Python<'_>) -> PyResult<bool> {
        self.with(py, dechaff::Index::compact)
    }

    /// Closes the file.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.0.with(|index| *index = None))
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_exception))]
    fn __exit__(&self, _exception: &Bound<'_, pyo3::types::PyTuple>) -> PyResult<()> {
        self.close(_exception.py())
    }
}
