//! What is given to be cleaned: a text, bytes, or a record that was read.

use std::sync::Arc;

use dechaff::{Hint, RecordFormat, Unreadable};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};

use crate::errors::{Failure, Reason};
use crate::record::{Broken, Record};

/// A record of a dump that has a name.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) record: Arc<dechaff::Record>,
    pub(crate) dump: Arc<str>,
}

/// What is to be cleaned, without a tie to Python.
pub(crate) enum Given {
    Text(String),
    Bytes(Vec<u8>),
    Source(Source),
    Broken(Failure),
}

/// What is known of a text or of bytes beside them.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) url: Option<String>,
    pub(crate) id: Option<String>,
    pub(crate) format: Option<RecordFormat>,
    pub(crate) encoding: Option<String>,
}

/// The format with this name.
pub(crate) fn format_of(name: &str) -> PyResult<RecordFormat> {
    match name {
        "text" => Ok(RecordFormat::Text),
        "html" => Ok(RecordFormat::Html),
        "mail" => Ok(RecordFormat::Mail),
        "markdown" => Ok(RecordFormat::Markdown),
        _ => Err(PyValueError::new_err(format!(
            "format {name:?} is not known: give \"text\", \"html\", \"mail\" or \"markdown\""
        ))),
    }
}

impl Given {
    pub(crate) fn of(data: &Bound<PyAny>) -> PyResult<Self> {
        if let Ok(text) = data.cast::<PyString>() {
            Ok(Self::Text(text.to_str()?.to_owned()))
        } else if let Ok(bytes) = data.cast::<PyBytes>() {
            Ok(Self::Bytes(bytes.as_bytes().to_vec()))
        } else if let Ok(bytes) = data.cast::<PyByteArray>() {
            Ok(Self::Bytes(bytes.to_vec()))
        } else if let Ok(record) = data.cast::<Record>() {
            Ok(Self::Source(record.get().0.clone()))
        } else if let Ok(broken) = data.cast::<Broken>() {
            Ok(Self::Broken(broken.get().0.clone()))
        } else {
            let name = data.get_type().fully_qualified_name()?;
            Err(PyTypeError::new_err(format!("give str, bytes or dechaff.Record, not {name}")))
        }
    }

    /// Bytes, or nearly, that it holds.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Source(source) => source.record.view.len(),
            Self::Broken(_) => 0,
        }
    }

    /// The record that it is.
    pub(crate) fn source(self, about: About) -> Result<Source, Failure> {
        let record = match self {
            Self::Source(source) => return Ok(source),
            Self::Broken(failure) => return Err(failure),
            Self::Text(text) => dechaff::Record::from_text(text, about.format),
            Self::Bytes(bytes) => of_bytes(bytes, &about),
        };
        let mut record = record.map_err(|reason| Failure {
            dump: None,
            record: about.id.clone(),
            reason: Reason::Unreadable(reason),
        })?;
        record.about.url = about.url;
        record.about.id = about.id;
        Ok(Source { record: Arc::new(record), dump: Arc::default() })
    }
}

fn of_bytes(bytes: Vec<u8>, about: &About) -> Result<dechaff::Record, Unreadable> {
    let media = match about.format {
        Some(RecordFormat::Html) => "text/html",
        Some(_) => "text/plain",
        None => "",
    };
    let stated = match &about.encoding {
        Some(encoding) => format!("{media}; charset={encoding}"),
        None => media.into(),
    };
    let mut record = match dechaff::Record::from_bytes(bytes, Hint::MediaType(&stated)) {
        Err(Unreadable::Empty) => dechaff::Record::from_text("", about.format)?,
        read => read?,
    };
    record.format = about.format.unwrap_or(record.format);
    Ok(record)
}
