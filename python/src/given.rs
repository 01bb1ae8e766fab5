//! What is given to be cleaned: a text, bytes, or a record that was read.

use std::sync::Arc;

use dechaff::{Hint, RecordFormat, Unreadable};
use encoding_rs::{Encoding, REPLACEMENT, UTF_16BE, UTF_16LE};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};

use crate::arguments::named;
use crate::errors::{Failure, Reason};
use crate::record::{Broken, Record};

/// A record of a dump that has a name.
#[derive(Debug, Clone, PartialEq)]
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
    pub(crate) encoding: Option<&'static Encoding>,
}

/// The formats by their names.
pub(crate) const FORMATS: [(&str, RecordFormat); 4] = [
    ("text", RecordFormat::Text),
    ("html", RecordFormat::Html),
    ("mail", RecordFormat::Mail),
    ("markdown", RecordFormat::Markdown),
];

/// The encoding with this label, of the web or of Python.
fn encoding_of(py: Python<'_>, label: &str) -> PyResult<&'static Encoding> {
    let of_web = |label: &str| {
        Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
    };
    let of_python = || {
        let codec = py.import("codecs")?.call_method1("lookup", (label,))?;
        PyResult::Ok(of_web(&codec.getattr("name")?.extract::<String>()?))
    };
    of_web(&label.replace('_', "-"))
        .or_else(|| of_web(label))
        .or_else(|| of_python().ok()?)
        .ok_or_else(|| {
            PyValueError::new_err(format!(
                "encoding {label:?} is none of the web: decode the bytes, and give the str"
            ))
        })
}

impl About {
    /// What is said of `given`.
    ///
    /// Raises `TypeError` where that has it already.
    pub(crate) fn of(
        py: Python<'_>,
        given: &Given,
        url: Option<String>,
        format: Option<&str>,
        encoding: Option<&str>,
    ) -> PyResult<Self> {
        match given {
            Given::Source(_) if url.is_some() || format.is_some() || encoding.is_some() => {
                return Err(PyTypeError::new_err(
                    "a record has its url, format and encoding: make a dechaff.Record with others",
                ));
            }
            Given::Text(_) if encoding.is_some() => {
                return Err(PyTypeError::new_err(
                    "encoding is that of bytes: a str is decoded already",
                ));
            }
            _ => {}
        }
        let format = format.map(|name| named("format", name, &FORMATS)).transpose()?;
        let encoding = encoding.map(|label| encoding_of(py, label)).transpose()?;
        Ok(Self { url, id: None, format, encoding })
    }
}

impl Given {
    /// What is given; a text that is none is one that cannot be read.
    pub(crate) fn of(data: &Bound<PyAny>) -> PyResult<Self> {
        if let Ok(text) = data.cast::<PyString>() {
            Ok(text.to_str().map_or_else(
                |error| Self::Broken(Failure::of(Reason::Other(format!("is no text: {error}")))),
                |text| Self::Text(text.to_owned()),
            ))
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
            record: about.id.clone(),
            ..Failure::of(Reason::Unreadable(reason))
        })?;
        record.about.url = about.url.or_else(|| record.about.url.take());
        record.about.id = about.id.or_else(|| record.about.id.take());
        Ok(Source { record: Arc::new(record), dump: Arc::default() })
    }
}

fn of_bytes(bytes: Vec<u8>, about: &About) -> Result<dechaff::Record, Unreadable> {
    // The bytes of a text in UTF-16 do not always show that they are.
    if let Some(encoding) =
        about.encoding.filter(|encoding| [UTF_16LE, UTF_16BE].contains(encoding))
    {
        let (text, encoding, replaced) = encoding.decode(&bytes);
        let mut record = dechaff::Record::from_text(text, about.format)?;
        (record.encoding, record.replaced) = (encoding.name(), replaced);
        return Ok(record);
    }
    let media = match about.format {
        Some(RecordFormat::Html) => "text/html",
        Some(RecordFormat::Mail) => "message/rfc822",
        Some(RecordFormat::Markdown) => "text/markdown",
        Some(_) => "text/plain",
        None => "",
    };
    let stated = match about.encoding {
        Some(encoding) => format!("{media}; charset={}", encoding.name()),
        None => media.into(),
    };
    let mut record = match dechaff::Record::from_bytes(bytes, Hint::MediaType(&stated)) {
        Err(Unreadable::Empty) => dechaff::Record::from_text("", about.format)?,
        read => read?,
    };
    // The body of a mail may be a page.
    if let Some(format) = about.format.filter(|format| *format != RecordFormat::Mail) {
        record.format = format;
    }
    Ok(record)
}
