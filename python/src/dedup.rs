//! Copies among the rows of a table: what the command `dedup` does, on a table instead of files.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType};
use dechaff::{CompareThresholds, Dedup, Stop};
use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::arrow::batches_of;
use crate::arrow::column::{TextColumn, place_of};
use crate::arrow::stream::ArrowStream;
use crate::attend::attended;
use crate::errors::{of_library, of_unfinished};
use crate::given::Given;
use crate::json::to_python;
use crate::run::share;

/// What the ids of documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    /// Numbers of rows, from 0, written so that they sort as numbers.
    Rows,
    Numbers,
    Texts,
}

/// A line of `clusters.jsonl`.
#[derive(Deserialize)]
struct Cluster {
    canonical: Value,
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    id: Value,
    relation: String,
    similarity: f64,
    own: f64,
}

/// A line of `related.jsonl`.
#[derive(Deserialize)]
struct Related {
    id: Value,
    to: Value,
    own: [f64; 2],
}

/// The copies among documents, as tables of Arrow, each made anew when it is asked for.
#[pyclass(frozen, module = "dechaff")]
pub(crate) struct Copies {
    summary: dechaff::DedupSummary,
    canonical: RecordBatch,
    clusters: RecordBatch,
    related: RecordBatch,
}

#[pymethods]
impl Copies {
    /// What is left: the ``id`` of each document that stands for itself or for a cluster, sorted.
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

    /// Rows that could not be compared, such as one with the id of another: ``record`` (from 1) and ``error`` of each.
    #[getter]
    fn failures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok(to_python(py, &self.summary.failures)?.cast_into()?)
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
    prefer: Vec<String>,
    loss: f32,
    threads: Option<std::num::NonZero<usize>>,
) -> PyResult<Copies> {
    let loss = share(loss)?;
    let batches = batches_of(data)?;
    let schema = batches.schema();
    let texts = TextColumn::find(&schema, text, false)?;
    let find = |name: &str| TextColumn::find(&schema, name, false);
    let columns = (date.map(find).transpose()?, source.map(find).transpose()?);
    let ids = id.map(|name| id_column(&schema, name)).transpose()?;
    let of = ids.map_or(Ids::Rows, |(_, of)| of);
    let folder = tempfile::tempdir()?;
    let (documents, out) = (folder.path().join("documents.jsonl"), folder.path().join("out"));
    let mut file = BufWriter::new(File::create(&documents)?);
    let mut row = 0;
    for batch in batches {
        let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
        for at in 0..batch.num_rows() {
            if let Some(Given::Text(text)) = texts.given(&batch, at) {
                let id = id_at(&batch, ids, at, row);
                let said = |column: &Option<TextColumn>| {
                    column.as_ref()?.text(&batch, at).map(str::to_owned)
                };
                let document = json!({"id": id, "text": text, "date": said(&columns.0), "source": said(&columns.1)});
                writeln!(file, "{document}")?;
            }
            row += 1;
        }
    }
    file.into_inner().map_err(|error| PyOSError::new_err(error.to_string()))?;
    let stop = Stop::default();
    let run = Dedup::new(vec![documents], &out)
        .prefer(prefer)
        .threads(threads)
        .with_thresholds(CompareThresholds { loss, ..CompareThresholds::default() })
        .stop(stop.clone());
    let summary = match attended(py, &stop, || run.run(|_| {}))? {
        Ok(summary) => summary.map_err(|error| of_library(py, &error))?,
        Err(reason) => return Err(of_unfinished(py, reason)),
    };
    read(&out, of, summary).map_err(|error| PyOSError::new_err(error.to_string()))
}

fn id_column(schema: &arrow_schema::Schema, name: &str) -> PyResult<(usize, Ids)> {
    let place = place_of(schema, name)?;
    match schema.field(place).data_type() {
        DataType::Int64 => Ok((place, Ids::Numbers)),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok((place, Ids::Texts)),
        other => Err(PyTypeError::new_err(format!(
            "column {name:?} is of type {other}; cast it to texts or int64"
        ))),
    }
}

fn id_at(batch: &RecordBatch, ids: Option<(usize, Ids)>, at: usize, row: usize) -> Value {
    let Some((place, of)) = ids else { return format!("{row:020}").into() };
    let array = batch.column(place);
    if array.is_null(at) {
        return Value::Null;
    }
    match (of, array.data_type()) {
        (Ids::Numbers, _) => array.as_primitive::<Int64Type>().value(at).into(),
        (_, DataType::LargeUtf8) => array.as_string::<i64>().value(at).into(),
        (_, DataType::Utf8View) => array.as_string_view().value(at).into(),
        _ => array.as_string::<i32>().value(at).into(),
    }
}

fn column(of: Ids, ids: Vec<Value>) -> ArrayRef {
    let text = |id: &Value| id.as_str().map(str::to_owned);
    match of {
        Ids::Texts => Arc::new(ids.iter().map(text).collect::<StringArray>()),
        Ids::Numbers => Arc::new(ids.iter().map(Value::as_i64).collect::<Int64Array>()),
        Ids::Rows => {
            Arc::new(ids.iter().map(|id| id.as_str()?.parse().ok()).collect::<Int64Array>())
        }
    }
}

fn shares(shares: impl Iterator<Item = f64>) -> ArrayRef {
    Arc::new(shares.collect::<PrimitiveArray<Float64Type>>())
}

/// Reads the files of a run as tables.
fn read(out: &Path, of: Ids, summary: dechaff::DedupSummary) -> Result<Copies, ArrowError> {
    let canonical: Vec<Value> = lines::<Value>(&out.join("articles.jsonl"))?
        .into_iter()
        .map(|mut line| line["id"].take())
        .collect();
    let (mut id, mut to, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for cluster in lines::<Cluster>(&out.join("clusters.jsonl"))? {
        for mut member in cluster.members {
            id.push(member.id.take());
            to.push(cluster.canonical.clone());
            members.push(member);
        }
    }
    let related = lines::<Related>(&out.join("related.jsonl"))?;
    let (alike, other) = related.iter().map(|r| (r.id.clone(), r.to.clone())).unzip();
    Ok(Copies {
        summary,
        canonical: RecordBatch::try_from_iter([("id", column(of, canonical))])?,
        clusters: RecordBatch::try_from_iter([
            ("id", column(of, id)),
            ("canonical", column(of, to)),
            (
                "relation",
                Arc::new(members.iter().map(|m| Some(&m.relation)).collect::<StringArray>())
                    as ArrayRef,
            ),
            ("similarity", shares(members.iter().map(|m| m.similarity))),
            ("own", shares(members.iter().map(|m| m.own))),
        ])?,
        related: RecordBatch::try_from_iter([
            ("id", column(of, alike)),
            ("to", column(of, other)),
            ("own", shares(related.iter().map(|r| r.own[0]))),
            ("other_own", shares(related.iter().map(|r| r.own[1]))),
        ])?,
    })
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, ArrowError> {
    let parsed =
        |line: std::io::Result<String>| serde_json::from_str(&line?).map_err(std::io::Error::from);
    let lines: std::io::Result<Vec<T>> =
        BufReader::new(File::open(path)?).lines().map(parsed).collect();
    Ok(lines?)
}
