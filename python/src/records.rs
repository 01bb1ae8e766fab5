//! Reading dumps record by record.

use std::io::Read;
use std::sync::{Arc, Mutex};

use dechaff::{Part, PassFields, Reader};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::arguments::{path, texts};
use crate::attend::watched;
use crate::errors::{Failure, Reason, finished};
use crate::given::Source;
use crate::locked::{Busy, locked};
use crate::record::{Broken, Record, Skipped};

/// What an error of the file's own ``read`` is kept in, until it is raised where the records are asked for.
type Raised = Arc<Mutex<Option<PyErr>>>;

/// The records of a dump, read as they are asked for. Made by :func:`records`.
#[pyclass(frozen, module = "dechaff")]
pub(crate) struct Records {
    parts: Busy<Option<dechaff::Records<'static>>>,
    dump: Arc<str>,
    raised: Raised,
}

/// A file of Python.
struct File {
    file: Py<PyAny>,
    rest: Vec<u8>,
    at: usize,
    raised: Raised,
}

impl Read for File {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.rest.len() {
            let read = Python::attach(|py| {
                let bytes = self.file.bind(py).call_method1("read", (1 << 18,))?;
                Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec())
            });
            self.rest = read.map_err(|error: PyErr| {
                let message = error.to_string();
                *locked(&self.raised) = Some(error);
                std::io::Error::other(message)
            })?;
            self.at = 0;
        }
        let count = out.len().min(self.rest.len() - self.at);
        out[..count].copy_from_slice(&self.rest[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// The fields of these names; all of them where one is ``all``.
pub(crate) fn pass_fields_of(names: Vec<String>) -> PassFields {
    match names.iter().any(|name| name == "all") {
        true => PassFields::All,
        false if names.is_empty() => PassFields::None,
        false => PassFields::Named(names),
    }
}

/// The records of a dump: a path, or a file that is open for reading bytes. Its format and compression are told by its first bytes.
///
/// One record is in memory at a time. What cannot be read is a :class:`Broken`, what is left out on purpose a :class:`Skipped`.
///
/// >>> import dechaff, io
/// >>> file = io.BytesIO(b'{"id": "page-7", "text": "The quay is open again."}\n{"id": "page-8"}\n')
/// >>> for record in dechaff.records(file, name="pages.jsonl"):
/// ...     print(record)
/// <Record "1" of dump "pages.jsonl", 23 bytes of text>
/// <Broken record "2" of dump "pages.jsonl": has no text: none of the fields text, maintext, content, content.rendered, body, article_body, article_text, full_text, content_html, content_text, html, raw_content, markdown, content_markdown, markdown.raw_markdown, md, article and the like holds a string; name the field with text_field=>
#[pyfunction]
#[pyo3(signature = (source, *, name=None, text_field=None, pass_fields=Vec::new()))]
pub(crate) fn records(
    py: Python<'_>,
    source: &Bound<PyAny>,
    name: Option<String>,
    text_field: Option<String>,
    #[pyo3(from_py_with = texts)] pass_fields: Vec<String>,
) -> PyResult<Records> {
    let reader = Reader::default().text_field(text_field).pass_fields(pass_fields_of(pass_fields));
    let raised = Raised::default();
    let (dump, parts) = if source.hasattr("read")? {
        let dump = name.or_else(|| name_of(source)).unwrap_or_default();
        let file =
            File { file: source.clone().unbind(), rest: Vec::new(), at: 0, raised: raised.clone() };
        let parts = watched(py, |stop| stop.run(|| Ok(reader.records(&dump, file))))?;
        (dump, parts)
    } else {
        let path = path(source)?;
        let dump = name.unwrap_or_else(|| {
            path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
        });
        let given =
            dechaff::Source { dump: dump.clone(), path: Some(path), bytes: 0, in_folder: false };
        let parts = watched(py, |stop| stop.run(|| reader.open(&given)))?;
        (dump, parts)
    };
    let parts = finished(py, parts)?;
    Ok(Records { parts: Busy::new(Some(parts)), dump: dump.into(), raised })
}

/// The name of an open file, without its folder.
fn name_of(file: &Bound<PyAny>) -> Option<String> {
    let name = file.getattr("name").ok()?;
    let name = name.cast::<PyString>().ok()?.to_str().ok()?;
    Some(name.rsplit('/').next().unwrap_or(name).to_owned())
}

#[pymethods]
impl Records {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        // One that breaks down, or is interrupted, leaves nothing behind.
        let next = |parts: &mut Option<dechaff::Records<'static>>| {
            let mut rest = parts.take()?;
            let next = rest.next()?;
            *parts = Some(rest);
            Some(next)
        };
        let next = watched(py, |stop| self.parts.with(|parts| stop.run(|| next(parts))))??;
        if let Some(error) = locked(&self.raised).take() {
            return Err(error);
        }
        let failure =
            |record, reason| Failure { dump: Some(self.dump.to_string()), record, reason };
        let part =
            match next.map_err(|reason| failure(None, Reason::Unfinished(reason)).raised(py))? {
                None => return Ok(None),
                Some(Part::Record(record)) => {
                    Record(Source { record: Arc::new(record), dump: self.dump.clone() })
                        .into_bound_py_any(py)
                }
                Some(Part::Broken { record, reason }) => {
                    Broken(failure(record, Reason::Unreadable(reason))).into_bound_py_any(py)
                }
                Some(Part::Skipped { records, reason }) => {
                    Skipped { dump: self.dump.to_string(), records, reason: reason.into() }
                        .into_bound_py_any(py)
                }
            };
        part.map(Some)
    }
}
