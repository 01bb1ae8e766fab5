//! The cleaner, of which a process keeps one for each set of options.

use std::hash::{Hash, Hasher};
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use dechaff::{Beside, ModelChoice, Options, Stop, Strictness, Wanted};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::{count, named, path, texts};
use crate::arrow::clean::{CleanArrow, TableOptions};
use crate::arrow::stream::ArrowStream;
use crate::attend::watched;
use crate::cleaned::Cleaned;
use crate::errors::{Failure, Reason, of_library};
use crate::given::{About, Given, Source};
use crate::locked::locked;
use crate::many::{CleanMany, ERRORS};
use crate::rules::{self, Rules};

/// Cleaners that are kept by their options.
const KEPT: usize = 4;

/// What a cleaner is made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Choices {
    rules: Vec<rules::Source>,
    builtin_rules: bool,
    model: String,
    /// What tells the content of the file that the model is from others.
    model_digest: Option<u64>,
    strictness: String,
    keep: Vec<Beside>,
    lang: Vec<String>,
    min_chars: usize,
}

/// Splits texts and pages into articles, strips what is no article, and accounts for every byte.
///
/// It is frozen, hashable, and pickled as its options; threads may share it, and it works after a fork. The first of its options takes some
/// 80 ms to make; a process keeps the last few.
///
/// ``rules`` are packs of one's own: paths or :class:`Rules`. ``model`` is ``"builtin"``, ``"none"``, or the path of a file. ``strictness`` says
/// what becomes of a doubtful block: ``"keep"`` favours recall, ``"strict"`` precision. ``keep`` names what stays with the text, as parts of their own type: ``"captions"``, ``"notes"``,
/// ``"comments"``, and ``"images"``, pictures that say what they show. Articles in none of the languages ``lang``, or with a text of fewer than ``min_chars`` characters, are left out. ``threads`` is how many :meth:`clean_many` and
/// :meth:`clean_arrow` use; one per processor otherwise.
///
/// >>> from dechaff import Cleaner
/// >>> from dechaff.samples import QUAY
/// >>> cleaner = Cleaner(strictness="strict")
/// >>> cleaner.clean(QUAY).articles[0].title
/// 'Old quay reopens after storm'
/// >>> cleaner == Cleaner(strictness="strict")
/// True
#[pyclass(frozen, eq, hash, module = "dechaff")]
#[derive(Debug, Clone)]
pub(crate) struct Cleaner {
    pub(crate) core: Arc<dechaff::Cleaner>,
    choices: Arc<Choices>,
    pub(crate) threads: Option<NonZero<usize>>,
}

static MADE: Mutex<Vec<(Arc<Choices>, Arc<dechaff::Cleaner>)>> = Mutex::new(Vec::new());

const STRICTNESSES: [(&str, Strictness); 3] = [
    ("keep", Strictness::Keep),
    ("balanced", Strictness::Balanced),
    ("strict", Strictness::Strict),
];

const BESIDE: [(&str, Beside); 4] = [
    ("captions", Beside::Captions),
    ("notes", Beside::Notes),
    ("comments", Beside::Comments),
    ("images", Beside::Images),
];

impl PartialEq for Cleaner {
    fn eq(&self, other: &Self) -> bool {
        self.choices == other.choices && self.threads == other.threads
    }
}

impl Hash for Cleaner {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.choices, self.threads).hash(state);
    }
}

/// What tells the content of a file from others; None where it cannot be read, or is none.
fn digest_of(path: &str) -> Option<u64> {
    let mut hasher = std::hash::DefaultHasher::new();
    std::fs::read(path).ok()?.hash(&mut hasher);
    Some(hasher.finish())
}

impl Choices {
    /// The cleaner that is made of them, once.
    fn made(self, py: Python<'_>) -> PyResult<(Arc<Self>, Arc<dechaff::Cleaner>)> {
        if let Some(entry) = self.known() {
            return Ok(entry);
        }
        // Python runs in here, which must not wait for a lock that another thread of it waits for.
        let core = self.make(py)?;
        let entry = (Arc::new(self), Arc::new(core));
        let mut made = locked(&MADE);
        made.insert(0, entry.clone());
        made.truncate(KEPT);
        Ok(entry)
    }

    /// The cleaner that was made of the same choices, which is now the last to be forgotten.
    fn known(&self) -> Option<(Arc<Self>, Arc<dechaff::Cleaner>)> {
        let mut made = locked(&MADE);
        let place = made.iter().position(|(choices, _)| **choices == *self)?;
        made[..=place].rotate_right(1);
        made.first().cloned()
    }

    fn make(&self, py: Python<'_>) -> PyResult<dechaff::Cleaner> {
        let mut options = Options::default();
        for source in &self.rules {
            options.packs.push(Rules::of(py, source.clone())?.pack);
        }
        dechaff::Rules::new(options.packs.clone())
            .refuse_faults()
            .map_err(|error| of_library(py, &error))?;
        options.no_built_in_rules = !self.builtin_rules;
        options.strictness = named("strictness", &self.strictness, &STRICTNESSES)?;
        options.beside.clone_from(&self.keep);
        if let Some(fault) = self.lang.iter().find_map(|language| Wanted::fault(language)) {
            return Err(PyValueError::new_err(fault));
        }
        options.wanted.languages.clone_from(&self.lang);
        options.wanted.chars = self.min_chars;
        options.model = match self.model.as_str() {
            "builtin" => ModelChoice::BuiltIn,
            "none" => ModelChoice::None,
            path => ModelChoice::File(path.into()),
        };
        dechaff::Cleaner::new(options).map_err(|error| of_library(py, &error))
    }
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(
        signature = (*, rules=Vec::new(), builtin_rules=true, model="builtin".into(), strictness="balanced", keep=Vec::new(), lang=Vec::new(), min_chars=0, threads=None),
        text_signature = "(*, rules=(), builtin_rules=True, model='builtin', strictness='balanced', keep=(), lang=(), min_chars=0, threads=None)"
    )]
    #[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
    fn new(
        py: Python<'_>,
        #[pyo3(from_py_with = rules::sources)] rules: Vec<rules::Source>,
        builtin_rules: bool,
        #[pyo3(from_py_with = path)] model: PathBuf,
        strictness: &str,
        #[pyo3(from_py_with = texts)] keep: Vec<String>,
        #[pyo3(from_py_with = texts)] lang: Vec<String>,
        min_chars: usize,
        #[pyo3(from_py_with = count)] threads: Option<NonZero<usize>>,
    ) -> PyResult<Self> {
        let (model, strictness) = (model.to_string_lossy().into_owned(), strictness.to_owned());
        let is_file = !["builtin", "none"].contains(&model.as_str());
        let model_digest = if is_file { digest_of(&model) } else { None };
        let keep = keep.iter().map(|name| named("keep", name, &BESIDE)).collect::<PyResult<_>>()?;
        let choices = Choices {
            rules,
            builtin_rules,
            model,
            model_digest,
            strictness,
            keep,
            lang,
            min_chars,
        };
        let (choices, core) = choices.made(py)?;
        Ok(Self { core, choices, threads })
    }

    /// Cleans one text, page or record. Bytes are decoded as a browser would, and a mail with its head gives its body; ``format`` (``"text"``,
    /// ``"html"``, ``"mail"`` or ``"markdown"``) and ``encoding`` say what is known of them. Bytes that are UTF-8 are that, whatever ``encoding`` says.
    ///
    /// Raises :class:`RecordError` where it cannot be read, :class:`TypeError` where what is said of it is known already: a record has its
    /// address, format and encoding, a ``str`` its encoding.
    #[pyo3(signature = (data, *, url=None, format=None, encoding=None))]
    pub(crate) fn clean(
        &self,
        py: Python<'_>,
        data: &Bound<PyAny>,
        url: Option<String>,
        format: Option<&str>,
        encoding: Option<&str>,
    ) -> PyResult<Cleaned> {
        let given = Given::of(data)?;
        let about = About::of(py, &given, url, format, encoding)?;
        let cleaned = watched(py, |stop| self.cleaned(given, about, stop))?;
        cleaned.map_err(|failure| failure.raised(py))
    }

    /// Cleans many, one after the other as they are asked for, with several threads.
    ///
    /// ``items`` are texts, bytes, or what :func:`records` gives; they are taken in this thread, a few ahead of what is given back, so that a
    /// source of any length fits. Results come in the order of the items, or with ``ordered=False`` as they are done. With
    /// ``errors="yield"`` a record that cannot be cleaned gives its :class:`RecordError`, which is raised otherwise. Records that were skipped
    /// on purpose give nothing.
    ///
    /// >>> from dechaff import Cleaner
    /// >>> from dechaff.samples import QUAY
    /// >>> [cleaned.articles[0].language for cleaned in Cleaner().clean_many([QUAY] * 3, threads=2)]
    /// ['en', 'en', 'en']
    #[pyo3(signature = (items, *, threads=None, ordered=true, errors="raise"))]
    fn clean_many(
        &self,
        items: &Bound<PyAny>,
        #[pyo3(from_py_with = count)] threads: Option<NonZero<usize>>,
        ordered: bool,
        errors: &str,
    ) -> PyResult<CleanMany> {
        let errors = named("errors", errors, &ERRORS)?;
        CleanMany::new(self, items, self.threads_or(threads), ordered, errors)
    }

    /// Cleans a column of texts of anything that gives Arrow: a table of pyarrow or Polars, a DataFrame of pandas, a relation of DuckDB.
    ///
    /// A row gives any number of articles. With ``rows="article"`` each has a row, with the number of the row that it came from (``row``, from
    /// 0) and the columns ``keep``; with ``rows="input"`` each row stays one, with a list of articles. ``format`` is one of ``"text"``,
    /// ``"html"``, ``"mail"``, ``"markdown"`` or the name of a column with such; ``url`` and ``id`` are names of columns. A row that cannot be cleaned says why
    /// in ``error``. A column of ``keep`` whose name is one of the result's gets ``input_`` in front.
    ///
    /// The result is a stream, which is worked out as it is read, once.
    #[pyo3(signature = (data, *, text="text", format=None, url=None, id=None, keep=Vec::new(), rows="article", ledger=false, threads=None))]
    #[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
    fn clean_arrow(
        &self,
        data: &Bound<PyAny>,
        text: &str,
        format: Option<&str>,
        url: Option<&str>,
        id: Option<&str>,
        #[pyo3(from_py_with = texts)] keep: Vec<String>,
        rows: &str,
        ledger: bool,
        #[pyo3(from_py_with = count)] threads: Option<NonZero<usize>>,
    ) -> PyResult<ArrowStream> {
        let options = TableOptions { text, format, url, id, keep, rows, ledger };
        CleanArrow::stream(self.clone(), data, options, self.threads_or(threads))
    }

    fn __getnewargs_ex__<'py>(
        &self,
        py: Python<'py>,
    ) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let named = PyDict::new(py);
        let rules: Vec<Rules> = self
            .choices
            .rules
            .iter()
            .map(|source| Rules::of(py, source.clone()))
            .collect::<PyResult<_>>()?;
        named.set_item("rules", rules)?;
        named.set_item("builtin_rules", self.choices.builtin_rules)?;
        named.set_item("model", &self.choices.model)?;
        named.set_item("strictness", &self.choices.strictness)?;
        let keep: Vec<&str> = self.choices.keep.iter().map(|beside| beside.name()).collect();
        named.set_item("keep", keep)?;
        named.set_item("lang", &self.choices.lang)?;
        named.set_item("min_chars", self.choices.min_chars)?;
        named.set_item("threads", self.threads)?;
        Ok((PyTuple::empty(py), named))
    }

    fn __repr__(&self) -> String {
        let Choices { rules, builtin_rules, model, strictness, .. } = &*self.choices;
        let builtin = if *builtin_rules { "True" } else { "False" };
        format!(
            "<Cleaner rules={} builtin_rules={builtin} model={model:?} strictness={strictness:?}>",
            rules.len()
        )
    }
}

impl Cleaner {
    /// The one with the default options.
    pub(crate) fn with_defaults(py: Python<'_>) -> PyResult<Self> {
        Self::new(py, vec![], true, "builtin".into(), "balanced", vec![], vec![], 0, None)
    }

    /// Cleans what is given; a panic is a failure of the record.
    pub(crate) fn cleaned(
        &self,
        given: Given,
        about: About,
        stop: &Stop,
    ) -> Result<Cleaned, Failure> {
        let source = stop.run(|| given.source(about));
        let Source { record, dump } =
            source.map_err(|reason| Failure::of(Reason::Unfinished(reason)))??;
        match stop.run(|| self.core.clean_record(&record)) {
            Ok(cleaned) => Ok(Cleaned::new(Source { record, dump }, cleaned)),
            Err(reason) => Err(Failure {
                dump: Some(dump.to_string()),
                record: record.id.clone(),
                reason: Reason::Unfinished(reason),
            }),
        }
    }

    fn threads_or(&self, threads: Option<NonZero<usize>>) -> NonZero<usize> {
        let all = || std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        threads.or(self.threads).unwrap_or_else(all)
    }
}
