//! Rule packs of one's own.

use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use dechaff::Pack;
use pyo3::prelude::*;

use crate::arguments::{items, path};
use crate::errors::of_library;

/// A pack as it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Source {
    pub(crate) origin: Arc<str>,
    pub(crate) toml: Arc<str>,
}

/// A rule pack: phrases, what they are, and examples. Made from a file in TOML, or with :meth:`parse` from its text; pickled as its text.
///
/// Raises :class:`RulePackError` with file, rule and reason where it cannot be used.
///
/// >>> from dechaff import Cleaner, Rules
/// >>> from dechaff.samples import PACK, QUAY
/// >>> rules = Rules.parse(PACK)
/// >>> rules.name, rules.ids, rules.check()
/// ('reading-room', ['reading-room.donation.friends'], [])
/// >>> cleaned = Cleaner(rules=[rules]).clean(QUAY + "\nBecome a friend of the reading room.\n")
/// >>> [entry.rule for entry in cleaned.ledger.of("donation")]
/// ['rule:reading-room.donation.friends']
#[pyclass(frozen, eq, hash, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) source: Source,
    pub(crate) pack: Pack,
}

/// Wherever its text comes from.
impl PartialEq for Rules {
    fn eq(&self, other: &Self) -> bool {
        self.source.toml == other.source.toml
    }
}

impl Hash for Rules {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.source.toml.hash(state);
    }
}

impl Rules {
    pub(crate) fn of(py: Python<'_>, source: Source) -> PyResult<Self> {
        let pack =
            Pack::parse(&source.origin, &source.toml).map_err(|error| of_library(py, &error))?;
        Ok(Self { source, pack })
    }

    /// The pack that is given: made already, or the path of its file.
    fn given(given: &Bound<PyAny>) -> PyResult<Self> {
        match given.cast::<Self>() {
            Ok(rules) => Ok(rules.get().clone()),
            Err(_) => Self::new(given.py(), path(given)?),
        }
    }
}

/// The packs of a list, as they stand in their files.
pub(crate) fn sources(given: &Bound<PyAny>) -> PyResult<Vec<Source>> {
    let read = |given: &Bound<PyAny>| Some(Rules::given(given).map(|rules| rules.source));
    items("a list of paths and dechaff.Rules", given, read)?.into_iter().collect()
}

#[pymethods]
impl Rules {
    #[new]
    fn new(py: Python<'_>, #[pyo3(from_py_with = path)] path: PathBuf) -> PyResult<Self> {
        let origin: Arc<str> = path.display().to_string().into();
        let toml = std::fs::read_to_string(&path).map_err(|error| {
            let (pack, reason) = (origin.to_string(), error.to_string());
            of_library(py, &dechaff::Error::RulePack { pack, rule: None, reason })
        })?;
        Self::of(py, Source { origin, toml: toml.into() })
    }

    /// Reads a pack from its text; ``origin`` names it in errors.
    #[staticmethod]
    #[pyo3(signature = (toml, origin="rules.toml"))]
    fn parse(py: Python<'_>, toml: &str, origin: &str) -> PyResult<Self> {
        Self::of(py, Source { origin: origin.into(), toml: toml.into() })
    }

    /// The ``name`` in the file.
    #[getter]
    fn name(&self) -> &str {
        &self.pack.name
    }

    /// What tells its text from others.
    #[getter]
    fn digest(&self) -> &str {
        &self.pack.digest
    }

    /// The ids of its rules.
    #[getter]
    fn ids(&self) -> Vec<String> {
        let ids = self.pack.rules.iter().map(|rule| rule.id.to_string());
        ids.chain(self.pack.sites.iter().map(|site| site.id.clone())).collect()
    }

    /// Runs the examples of each rule; a line for each that comes out wrong.
    fn check(&self, py: Python<'_>) -> Vec<String> {
        let pack = self.pack.clone();
        py.detach(|| dechaff::Rules::new(vec![pack]).check().err().unwrap_or_default())
    }

    fn __reduce__(slf: &Bound<'_, Self>) -> PyResult<(Py<PyAny>, (String, String))> {
        let Source { origin, toml } = &slf.get().source;
        Ok((slf.get_type().getattr("parse")?.unbind(), (toml.to_string(), origin.to_string())))
    }

    fn __len__(&self) -> usize {
        self.pack.rules.len() + self.pack.sites.len()
    }

    fn __repr__(&self) -> String {
        format!("<Rules {:?}, {} rules>", self.pack.name, self.__len__())
    }
}
