//! Copies among the rows of a table: what the command `dedup` does, on a table instead of files.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Float64Type;
use arrow_array::{ArrayRef, Int64Array, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use dechaff::{CompareThresholds, Dedup, Stop, Unfinished};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::arguments::{count, share, texts};
use crate::arrow::batches_of;
use crate::arrow::capsule::Batches;
use crate::arrow::column::{Cell, Column, Holds};
use crate::arrow::stream::ArrowStream;
use crate::attend::attended;
use crate::errors::{Failure, Reason, of_library, of_unfinished};
use crate::json::to_python;

/// What the ids of documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// Those of the table, or without such the numbers of rows, from 0.
    Numbers,
    Texts,
}

/// A document that is left.
#[derive(Deserialize)]
struct Named {
    id: String,
}

/// A line of `clusters.jsonl`.
#[derive(Deserialize)]
struct Cluster {
    canonical: String,
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    id: String,
    relation: String,
    similarity: f64,
    own: f64,
}

/// A line of `related.jsonl`.
#[derive(Deserialize)]
struct Related {
    id: String,
    to: String,
    own: [f64; 2],
}

/// A row that could not be compared.
#[derive(Debug, Clone, Serialize)]
struct RowFailure {
    row: Option<usize>,
    error: String,
}

/// The copies among documents, as tables of Arrow, each made anew when it is asked for.
#[pyclass(frozen, module = "dechaff")]
pub(crate) struct Copies {
    summary: dechaff::DedupSummary,
    failures: Vec<RowFailure>,
    canonical: RecordBatch,
    clusters: RecordBatch,
    related: RecordBatch,
}

#[pymethods]
impl Copies {
    /// What is left: the ``id`` of each document that stands for itself or for a cluster, sorted, numbers as numbers.
    #[getter]
    fn canonical(&self) -> ArrowStream {
        ArrowStream::of_batch(self.canonical.clone())
    }

    /// What is folded: for each copy its ``id``, the ``canonical`` document, the ``relation`` (``exact``, ``near`` or ``contained``), the
    /// ``similarity``, and in ``own`` the share of it that stands nowhere in that.
    #[getter]
    fn clusters(&self) -> ArrowStream {
        ArrowStream::of_batch(self.clusters.clone())
    }

    /// What is alike and would lose too much: ``id``, ``to``, and the share of each that the other lacks, ``own`` and ``other_own``.
    #[getter]
    fn related(&self) -> ArrowStream {
        ArrowStream::of_batch(self.related.clone())
    }

    /// Rows that could not be compared, such as one with the id of another: ``row`` (from 0) and ``error`` of each.
    #[getter]
    fn failures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(to_python(py, &self.failures)?.cast_into()?)
    }

    fn __repr__(&self) -> String {
        let dechaff::DedupSummary { articles, copies, clusters, .. } = &self.summary;
        format!("<Copies: {articles} documents, {copies} copies in {clusters} clusters>")
    }
}

/// Finds copies among the rows of a table, as the command ``dechaff dedup`` does among documents: of each cluster the most complete text stands
/// for all, of several the earliest by ``date``, of several the most preferred ``source``, of several the first ``id``.
///
/// ``text``, ``id``, ``date`` and ``source`` are names of columns; without ``id`` a row is named by its number, from 0. A text is folded only
/// where at most the share ``loss`` of it stands nowhere in the one that is kept. The texts go through a file in the folder for temporary files.
///
/// >>> import dechaff, pyarrow
/// >>> from dechaff.samples import QUAY
/// >>> dechaff.dedup(pyarrow.table({"text": [QUAY, QUAY.upper()]}))
/// <Copies: 2 documents, 1 copies in 1 clusters>
#[pyfunction]
#[pyo3(signature = (data, *, text="text", id=None, date=None, source=None, prefer=Vec::new(), loss=0.10, threads=None))]
#[expect(clippy::too_many_arguments, reason = "each has a name in Python")]
pub(crate) fn dedup(
    py: Python<'_>,
    data: &Bound<PyAny>,
    text: &str,
    id: Option<&str>,
    date: Option<&str>,
    source: Option<&str>,
    #[pyo3(from_py_with = texts)] prefer: Vec<String>,
    loss: f32,
    #[pyo3(from_py_with = count)] threads: Option<NonZero<usize>>,
) -> PyResult<Copies> {
    let loss = share(loss)?;
    let batches = batches_of(data)?;
    let schema = batches.schema();
    let find = |name: &str, holds: Holds| Column::find(&schema, name, holds);
    let documents = Documents {
        text: find(text, Holds::Texts)?,
        id: id.map(|name| find(name, Holds::TextsOrNumbers)).transpose()?,
        date: date.map(|name| find(name, Holds::Texts)).transpose()?,
        source: source.map(|name| find(name, Holds::Texts)).transpose()?,
        batches,
    };
    let stop = Stop::default();
    let work = || {
        let folder =
            tempfile::tempdir().map_err(|error| unwritten(&std::env::temp_dir(), error))?;
        let (path, out) = (folder.path().join("documents.jsonl"), folder.path().join("out"));
        let of = documents.ids();
        let (rows, failures) = documents.write(&path, &stop)?;
        let thresholds = CompareThresholds { loss, ..CompareThresholds::default() };
        let run = Dedup::new(vec![path], &out)
            .prefer(prefer)
            .threads(threads)
            .with_thresholds(thresholds)
            .stop(stop.clone())
            .run(|_| {});
        let summary = run.map_err(|error| Python::attach(|py| of_library(py, &error)))?;
        let row = |line: &String| rows.get(line.parse::<usize>().ok()?.checked_sub(1)?).copied();
        let of_run = failures_of(&summary, &out).map_err(|error| unwritten(&out, error))?;
        let of_run = of_run.into_iter().map(|failure| RowFailure {
            row: failure.record.as_ref().and_then(row),
            error: failure.error,
        });
        let mut failures: Vec<RowFailure> = failures.into_iter().chain(of_run).collect();
        failures.sort_by_key(|failure| failure.row);
        let tables = read(&out, of).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let [canonical, clusters, related] = tables;
        Ok(Copies { summary, failures, canonical, clusters, related })
    };
    attended(py, &stop, work)?.unwrap_or_else(|reason| Err(of_unfinished(py, reason)))
}

/// All that a run could not compare; its summary names the first thousand.
fn failures_of(
    summary: &dechaff::DedupSummary,
    out: &Path,
) -> std::io::Result<Vec<dechaff::Failure>> {
    if summary.failed == summary.failures.len() as u64 {
        return Ok(summary.failures.clone());
    }
    let lines = std::fs::read_to_string(out.join("failures.jsonl"))?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// The rows of a table as documents.
struct Documents {
    batches: Batches,
    text: Column,
    id: Option<Column>,
    date: Option<Column>,
    source: Option<Column>,
}

impl Documents {
    fn ids(&self) -> Ids {
        match &self.id {
            Some(id) if !id.holds_numbers => Ids::Texts,
            _ => Ids::Numbers,
        }
    }

    /// Writes those that have a text as lines of JSON. Gives the row of each line, and the rows that cannot be read.
    fn write(mut self, path: &Path, stop: &Stop) -> PyResult<(Vec<usize>, Vec<RowFailure>)> {
        let file = File::create(path).map_err(|error| unwritten(path, error))?;
        let mut file = BufWriter::new(file);
        let (mut rows, mut failures, mut row) = (Vec::new(), Vec::new(), 0);
        while let Some(batch) = self.batches.next() {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            for at in 0..batch.num_rows() {
                if stop.is_set() {
                    return Err(Python::attach(|py| of_unfinished(py, Unfinished::Stopped)));
                }
                match self.document(&batch, at, row) {
                    Ok(Some(document)) => {
                        writeln!(file, "{document}").map_err(|error| unwritten(path, error))?;
                        rows.push(row);
                    }
                    Ok(None) => {}
                    Err(failure) => {
                        failures.push(RowFailure { row: Some(row), error: failure.reason() });
                    }
                }
                row += 1;
            }
        }
        file.flush().map_err(|error| unwritten(path, error))?;
        Ok((rows, failures))
    }

    fn document(
        &self,
        batch: &RecordBatch,
        at: usize,
        row: usize,
    ) -> Result<Option<Value>, Failure> {
        let said = |column: &Option<Column>| match column {
            Some(column) => column.text(batch, at),
            None => Ok(None),
        };
        let Some(text) = self.text.text(batch, at)? else { return Ok(None) };
        let id = match &self.id {
            None => sortable(row as i64),
            Some(id) => match id.cell(batch, at)? {
                Some(Cell::Text(id)) => id.to_owned(),
                Some(Cell::Number(id)) => sortable(id),
                _ => return Err(Failure::of(Reason::Other("has no id".into()))),
            },
        };
        let (date, source) = (said(&self.date)?, said(&self.source)?);
        Ok(Some(json!({"id": id, "text": text, "date": date, "source": source})))
    }
}

/// The error of a file that cannot be written.
fn unwritten(path: &Path, source: std::io::Error) -> PyErr {
    let error = dechaff::Error::Io { path: path.into(), source };
    Python::attach(|py| of_library(py, &error))
}

/// A number as a text that sorts as it does.
fn sortable(number: i64) -> String {
    format!("{:020}", number as u64 ^ 1 << 63)
}

/// The number that such a text is.
fn sorted(text: &str) -> Option<i64> {
    Some((text.parse::<u64>().ok()? ^ 1 << 63) as i64)
}

fn column(of: Ids, ids: &[String]) -> ArrayRef {
    match of {
        Ids::Texts => Arc::new(ids.iter().map(Some).collect::<StringArray>()),
        Ids::Numbers => Arc::new(ids.iter().map(|id| sorted(id)).collect::<Int64Array>()),
    }
}

fn shares(shares: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(shares.collect::<PrimitiveArray<Float64Type>>())
}

/// Reads the files of a run as tables: what is canonical, clusters, and what is related.
fn read(out: &Path, of: Ids) -> Result<[RecordBatch; 3], ArrowError> {
    let canonical: Vec<Named> = lines(&out.join("articles.jsonl"))?;
    let canonical: Vec<String> = canonical.into_iter().map(|named| named.id).collect();
    let (mut id, mut to, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for cluster in lines::<Cluster>(&out.join("clusters.jsonl"))? {
        for mut member in cluster.members {
            id.push(std::mem::take(&mut member.id));
            to.push(cluster.canonical.clone());
            members.push(member);
        }
    }
    let related = lines::<Related>(&out.join("related.jsonl"))?;
    let (alike, other): (Vec<_>, Vec<_>) =
        related.iter().map(|r| (r.id.clone(), r.to.clone())).unzip();
    Ok([
        RecordBatch::try_from_iter([("id", column(of, &canonical))])?,
        RecordBatch::try_from_iter([
            ("id", column(of, &id)),
            ("canonical", column(of, &to)),
            (
                "relation",
                Arc::new(members.iter().map(|m| Some(&m.relation)).collect::<StringArray>())
                    as ArrayRef,
            ),
            ("similarity", shares(members.iter().map(|m| m.similarity))),
            ("own", shares(members.iter().map(|m| m.own))),
        ])?,
        RecordBatch::try_from_iter([
            ("id", column(of, &alike)),
            ("to", column(of, &other)),
            ("own", shares(related.iter().map(|r| r.own[0]))),
            ("other_own", shares(related.iter().map(|r| r.own[1]))),
        ])?,
    ])
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, ArrowError> {
    let parsed =
        |line: std::io::Result<String>| serde_json::from_str(&line?).map_err(std::io::Error::from);
    let lines: std::io::Result<Vec<T>> =
        BufReader::new(File::open(path)?).lines().map(parsed).collect();
    Ok(lines?)
}
