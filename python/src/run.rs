//! Whole runs: what the command `clean` does.

use std::num::NonZero;
use std::path::PathBuf;

use dechaff::{
    CompareThresholds, Compression, Filter, Format, Layout, Paragraphs, Reader, Run, Spans, Stop,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use serde_json::json;

use crate::arguments::{count, named, path, path_or_none, paths, share, texts};
use crate::attend::attended;
use crate::cleaner::Cleaner;
use crate::errors::{finished, said};
use crate::json::to_python;
use crate::records::pass_fields_of;

/// What a run did.
#[pyclass(frozen, eq, module = "dechaff")]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Summary(dechaff::Summary);

#[pymethods]
impl Summary {
    /// Records that were cleaned.
    #[getter]
    fn inputs(&self) -> usize {
        self.0.inputs
    }

    /// Bytes of their texts.
    #[getter]
    fn bytes(&self) -> u64 {
        self.0.bytes
    }

    /// Articles found.
    #[getter]
    fn articles(&self) -> usize {
        self.0.articles
    }

    /// Those of them that are copies of others.
    #[getter]
    fn copies(&self) -> usize {
        self.0.copies
    }

    /// Those of the others whose stories an earlier run has seen.
    #[getter]
    fn known(&self) -> usize {
        self.0.known
    }

    /// Articles that are not wanted, by the reason.
    #[getter]
    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.0.left_out)?.cast_into()?)
    }

    /// What was removed: spans and bytes by kind.
    #[getter]
    fn removed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.0.removed)?.cast_into()?)
    }

    /// What was kept with the text: spans and bytes by kind.
    #[getter]
    fn beside<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(to_python(py, &self.0.beside)?.cast_into()?)
    }

    /// How many inputs could not be cleaned.
    #[getter]
    fn failed(&self) -> u64 {
        self.0.failed
    }

    /// The first thousand of them: ``dump``, ``record`` and ``error`` of each.
    #[getter]
    fn failures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(to_python(py, &self.0.failures)?.cast_into()?)
    }

    /// What was left out on purpose: ``dump`` and ``reason`` of each.
    #[getter]
    fn skipped<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(to_python(py, &self.0.skipped)?.cast_into()?)
    }

    /// All of it as dictionaries and lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dechaff::Summary {
            inputs,
            bytes,
            articles,
            copies,
            known,
            left_out,
            removed,
            beside,
            failures,
            skipped,
            ..
        } = &self.0;
        let all = json!({
            "inputs": inputs, "bytes": bytes, "articles": articles, "copies": copies, "known": known, "left_out": left_out, "removed": removed,
            "beside": beside,
            "failures": failures, "skipped": skipped,
        });
        Ok(to_python(py, &all)?.cast_into()?)
    }

    fn __repr__(&self) -> String {
        let dechaff::Summary { inputs, articles, copies, failures, .. } = &self.0;
        format!(
            "<Summary: {inputs} records, {articles} articles, {copies} of them copies, {} failures>",
            failures.len()
        )
    }
}

const FORMATS: [(&str, Format); 5] = [
    ("jsonl", Format::Jsonl),
    ("parquet", Format::Parquet),
    ("markdown", Format::Markdown),
    ("text", Format::Text),
    ("dolma", Format::Dolma),
];
const COMPRESSIONS: [(&str, Compression); 2] =
    [("gz", Compression::Gzip), ("zst", Compression::Zstd)];
const PARAGRAPHS: [(&str, Paragraphs); 3] =
    [("keep", Paragraphs::Keep), ("mark", Paragraphs::Mark), ("drop", Paragraphs::Drop)];
const SPANS: [(&str, Spans); 3] =
    [("keep", Spans::Keep), ("mark", Spans::Mark), ("drop", Spans::Drop)];

/// Cleans files and folders into the folder ``out``, with copies folded, as the command ``dechaff clean`` does: the same options, and the same
/// bytes in ``articles.jsonl`` and ``ledger.jsonl``. A bad input is no error; it stands in :attr:`Summary.failures`.
///
/// >>> import dechaff, pathlib, tempfile
/// >>> from dechaff.samples import QUAY
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "quay.txt").write_text(QUAY)
/// >>> dechaff.run(folder / "quay.txt", folder / "out")
/// <Summary: 1 records, 1 articles, 0 of them copies, 0 failures>
#[pyfunction]
#[pyo3(signature = (
    paths, out, *, cleaner=None, format="jsonl", compress=None, shard=None, include=Vec::new(), exclude=Vec::new(), threads=None,
    keep_duplicates=false, loss=0.10, merge_own=false, prefer=Vec::new(), index=None, paragraphs="keep", spans="keep", repeated=4, ledger=true,
    text_field=None, pass_fields=Vec::new(), force=false,
))]
#[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
pub(crate) fn run(
    py: Python<'_>,
    #[pyo3(from_py_with = paths)] paths: Vec<PathBuf>,
    #[pyo3(from_py_with = path)] out: PathBuf,
    cleaner: Option<&Bound<Cleaner>>,
    format: &str,
    compress: Option<&str>,
    #[pyo3(from_py_with = count)] shard: Option<NonZero<usize>>,
    #[pyo3(from_py_with = texts)] include: Vec<String>,
    #[pyo3(from_py_with = texts)] exclude: Vec<String>,
    #[pyo3(from_py_with = count)] threads: Option<NonZero<usize>>,
    keep_duplicates: bool,
    loss: f32,
    merge_own: bool,
    #[pyo3(from_py_with = texts)] prefer: Vec<String>,
    #[pyo3(from_py_with = path_or_none)] index: Option<PathBuf>,
    paragraphs: &str,
    spans: &str,
    repeated: u32,
    ledger: bool,
    text_field: Option<String>,
    #[pyo3(from_py_with = texts)] pass_fields: Vec<String>,
    force: bool,
) -> PyResult<Summary> {
    if repeated == 1 {
        return Err(PyValueError::new_err(
            "repeated=1: one story is no repetition; give 0, or 2 and more",
        ));
    }
    let cleaner = match cleaner {
        Some(cleaner) => cleaner.clone(),
        None => Bound::new(py, Cleaner::with_defaults(py)?)?,
    };
    let core = &cleaner.get().core;
    let stop = Stop::default();
    // As it was written: not the nearest value of fewer bits.
    let as_written: Option<f64> = loss.to_string().parse().ok();
    let options = json!({
        "include": include, "exclude": exclude, "keep_duplicates": keep_duplicates, "loss": as_written, "merge_own": merge_own,
        "prefer": prefer, "paragraphs": paragraphs, "spans": spans, "repeated": repeated, "ledger": if ledger { "jsonl" } else { "none" }, "index": index.as_ref().map(|path| path.display().to_string()), "compress": compress, "shard": shard,
        "text_field": text_field, "pass_fields": pass_fields,
    });
    let layout = Layout {
        compression: compress.map(|name| named("compress", name, &COMPRESSIONS)).transpose()?,
        shard: shard
            .and_then(|megabytes| NonZero::new((megabytes.get() as u64).checked_mul(1_000_000)?)),
    };
    let filter =
        Filter::new(&include, &exclude).map_err(|error| PyValueError::new_err(said(&error)))?;
    let run = Run::new(core, paths, &out)
        .filter(filter)
        .reader(Reader::default().text_field(text_field).pass_fields(pass_fields_of(pass_fields)))
        .threads(threads.or(cleaner.get().threads))
        .force(force)
        .describe(options)
        .keep_duplicates(keep_duplicates)
        .with_thresholds(CompareThresholds { loss: share(loss)?, ..CompareThresholds::default() })
        .merge_own(merge_own)
        .prefer(prefer)
        .paragraphs(named("paragraphs", paragraphs, &PARAGRAPHS)?)
        .spans(named("spans", spans, &SPANS)?)
        .repeated(repeated)
        .ledger(ledger)
        .index(index)
        .format(named("format", format, &FORMATS)?)
        .layout(layout)
        .stop(stop.clone());
    finished(py, attended(py, &stop, || run.run(|_| {}))?).map(Summary)
}
