//! Steps of a run over tables, for engines that bring rows together by keys: what `dechaff.spark` and `dechaff.ray` call. Each step reads some columns of a stream
//! of tables and gives others; rows that a step looks at together must follow each other.

mod clean;
mod cluster;
mod copies;
mod list;
mod options;
mod publish;
mod row;
mod shared;
mod stream;

use std::path::PathBuf;

use dechaff::{Filter, Reader, Stop, walk};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments::{path_or_none, paths, texts};
use crate::arrow::batches_of;
use crate::arrow::stream::ArrowStream;
use crate::cleaner::Cleaner;
use crate::errors::said;
use crate::records::pass_fields_of;
use crate::steps::clean::{CLEANED, CleanedDumps, CleanedRows, DUMPS, RECORDS};
use crate::steps::list::{PAIR, STEPS, Step};
use crate::steps::options::Options;
use crate::steps::row::{Columns, Kind, Rows, batch_of, schema_of};
use crate::steps::stream::{Grouped, Made};
use Kind::{Bytes, Number, Share, Text};

/// A step over the rows of a table, by its name; ``options`` is JSON.
#[pyfunction]
#[pyo3(signature = (name, data, options="{}"))]
pub(crate) fn _step(name: &str, data: &Bound<PyAny>, options: &str) -> PyResult<ArrowStream> {
    let step = STEPS.iter().find(|step| step.name == name);
    let Step { given, by, combines, made, work, .. } =
        step.ok_or_else(|| PyValueError::new_err(format!("step {name:?} is not known")))?;
    let rows = Rows::new(batches_of(data)?, given)?;
    let grouped = Grouped::new(rows, *by, *combines, work(Options::of(options)?));
    Ok(ArrowStream::new(Box::new(Made::new(grouped, made))))
}

/// The columns that a step makes, or ``_clean_rows`` as ``"clean"``, as Spark writes a schema.
#[pyfunction]
pub(crate) fn _columns(name: &str) -> PyResult<String> {
    let step = STEPS.iter().find(|step| step.name == name).map(|step| step.made);
    let columns = step.or((name == "clean").then_some(CLEANED));
    let columns =
        columns.ok_or_else(|| PyValueError::new_err(format!("step {name:?} is not known")))?;
    let column = |(name, kind): &(&str, Kind)| {
        let of = match kind {
            Bytes => "binary",
            Text | Kind::Given => "string",
            Number => "bigint",
            Share => "double",
        };
        format!("{name} {of}")
    };
    Ok(columns.iter().map(column).collect::<Vec<_>>().join(", "))
}

/// The texts, in the column ``text``, that ``edges`` (from ``anchor`` to ``text``) lead to and that are no anchors.
#[pyfunction]
pub(crate) fn _members(py: Python<'_>, edges: &Bound<PyAny>) -> PyResult<ArrowStream> {
    const MEMBERS: Columns = &[("text", Bytes)];
    let edges = Rows::new(batches_of(edges)?, PAIR)?;
    let members = py.detach(|| {
        let rows = copies::members(edges)?;
        batch_of(&rows, MEMBERS, &schema_of(MEMBERS))
    });
    members.map(ArrowStream::of_batch).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Cleans rows that are records: ``dump``, ``place``, ``record``, ``text``, ``url``, ``format``.
#[pyfunction]
pub(crate) fn _clean_rows(cleaner: &Bound<Cleaner>, data: &Bound<PyAny>) -> PyResult<ArrowStream> {
    let rows = Rows::new(batches_of(data)?, RECORDS)?;
    let cleaner = cleaner.get().core.clone();
    let makes = CleanedRows { rows, cleaner, stop: Stop::default() };
    Ok(ArrowStream::new(Box::new(Made::new(makes, CLEANED))))
}

/// Cleans the records of dumps: ``dump``, ``path``, ``nth`` of those of its name, ``in_folder``.
#[pyfunction]
#[pyo3(signature = (cleaner, data, text_field=None, pass_fields=Vec::new()))]
pub(crate) fn _clean_dumps(
    cleaner: &Bound<Cleaner>,
    data: &Bound<PyAny>,
    text_field: Option<String>,
    #[pyo3(from_py_with = texts)] pass_fields: Vec<String>,
) -> PyResult<ArrowStream> {
    let dumps = Rows::new(batches_of(data)?, DUMPS)?;
    let reader = Reader::default().text_field(text_field).pass_fields(pass_fields_of(pass_fields));
    let cleaner = cleaner.get().core.clone();
    let makes = CleanedDumps { dumps, reader, cleaner, stop: Stop::default(), open: None };
    Ok(ArrowStream::new(Box::new(Made::new(makes, CLEANED))))
}

/// A dump: its name, its path, its bytes, and whether it was found in a folder.
type Dump = (String, PathBuf, u64, bool);
/// A dump by its name, and why it is not read.
type LeftOut = (String, String);

/// The dumps under paths, sorted, and what was left out or could not be reached, each with the reason; ``out`` is not looked into.
#[pyfunction]
#[pyo3(signature = (given, include=Vec::new(), exclude=Vec::new(), out=None))]
pub(crate) fn _walk(
    #[pyo3(from_py_with = paths)] given: Vec<PathBuf>,
    #[pyo3(from_py_with = texts)] include: Vec<String>,
    #[pyo3(from_py_with = texts)] exclude: Vec<String>,
    #[pyo3(from_py_with = path_or_none)] out: Option<PathBuf>,
) -> PyResult<(Vec<Dump>, Vec<LeftOut>, Vec<LeftOut>)> {
    let filter =
        Filter::new(&include, &exclude).map_err(|error| PyValueError::new_err(said(&error)))?;
    let found = walk(&given, &filter, out.as_deref());
    let dumps = found.sources.into_iter();
    let dumps = dumps.filter_map(|s| Some((s.dump, s.path?, s.bytes, s.in_folder))).collect();
    let skipped = found.skipped.into_iter().map(|skipped| (skipped.dump, skipped.reason));
    let failures = found.failures.into_iter().map(|failure| (failure.dump, failure.error));
    Ok((dumps, skipped.collect(), failures.collect()))
}
