//! Errors of the library as exceptions of the package, which `dechaff/errors.py` defines.

use dechaff::{Error, Unfinished, Unreadable};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// What the command calls options, in the terms of Python.
const NAMES: [(&str, &str); 4] = [
    ("--text-field", "text_field="),
    ("--force", "force=True"),
    ("--out", "out="),
    ("--shard", "shard="),
];

/// A message of the library, with the names of options as they are in Python.
pub(crate) fn said(error: &impl ToString) -> String {
    NAMES.iter().fold(error.to_string(), |said, (flag, name)| said.replace(flag, name))
}

fn exception(
    py: Python<'_>,
    name: &str,
    arguments: impl FnOnce(&Bound<PyType>) -> PyResult<PyErr>,
) -> PyErr {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("dechaff.errors").map(Bound::unbind));
    let class =
        module.and_then(|module| Ok(module.bind(py).getattr(name)?.cast_into::<PyType>()?));
    class.and_then(|class| arguments(&class)).unwrap_or_else(|error| error)
}

/// The exception of the package for an error of the library.
pub(crate) fn of_library(py: Python<'_>, error: &Error) -> PyErr {
    let name = match error {
        Error::RulePack { .. } => "RulePackError",
        Error::Model { .. } => "ModelError",
        Error::Unreadable(_) => "RecordError",
        Error::Stopped => return PyKeyboardInterrupt::new_err(()),
        Error::OutputTaken { .. }
        | Error::OutputBusy { .. }
        | Error::InputTaken { .. }
        | Error::NothingToRead { .. }
        | Error::NoSuchPath { .. }
        | Error::NothingMatches { .. }
        | Error::Index { .. }
        | Error::Format { .. }
        | Error::Part { .. }
        | Error::Io { .. } => "OutputError",
        _ => "DechaffError",
    };
    let message = said(error);
    exception(py, name, |class| Ok(PyErr::from_value(class.call1((message,))?)))
}

/// The exception for a run that did not come to its end.
pub(crate) fn of_unfinished(py: Python<'_>, reason: Unfinished) -> PyErr {
    match reason {
        Unfinished::Stopped => of_library(py, &Error::Stopped),
        Unfinished::BrokeDown => exception(py, "DechaffError", |class| {
            Ok(PyErr::from_value(class.call1((reason.to_string(),))?))
        }),
    }
}

/// What came of work that may be told to stop.
pub(crate) fn finished<T>(
    py: Python<'_>,
    done: Result<dechaff::Result<T>, Unfinished>,
) -> PyResult<T> {
    match done {
        Ok(done) => done.map_err(|error| of_library(py, &error)),
        Err(reason) => Err(of_unfinished(py, reason)),
    }
}

/// Why a record could not be cleaned.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) dump: Option<String>,
    pub(crate) record: Option<String>,
    pub(crate) reason: Reason,
}

/// Why.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    Unreadable(Unreadable),
    Unfinished(Unfinished),
    Other(String),
}

impl Failure {
    /// Of a record that has no name.
    pub(crate) fn of(reason: Reason) -> Self {
        Self { dump: None, record: None, reason }
    }

    /// What is wrong, without the place.
    pub(crate) fn reason(&self) -> String {
        match &self.reason {
            Reason::Unreadable(Unreadable::Container { format }) => {
                format!("is {format}, not one record: read what it holds with dechaff.records")
            }
            Reason::Unreadable(reason) => said(reason),
            Reason::Unfinished(reason) => reason.to_string(),
            Reason::Other(reason) => reason.clone(),
        }
    }

    /// The exception that names the record.
    pub(crate) fn raised(&self, py: Python<'_>) -> PyErr {
        let arguments = (self.reason(), self.dump.clone(), self.record.clone());
        exception(py, "RecordError", |class| Ok(PyErr::from_value(class.call1(arguments)?)))
    }
}
