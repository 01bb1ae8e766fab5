//! Arguments as Python gives them; what does not fit is named in words.

use std::num::NonZero;
use std::path::PathBuf;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// The value with this name.
pub(crate) fn named<T: Copy>(what: &str, name: &str, known: &[(&str, T)]) -> PyResult<T> {
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("{name:?}")).collect();
        PyValueError::new_err(format!(
            "{what} {name:?} is not known: give one of {}",
            names.join(", ")
        ))
    })
}

/// A share from 0 to 1.
pub(crate) fn share(loss: f32) -> PyResult<f32> {
    match (0.0..=1.0).contains(&loss) {
        true => Ok(loss),
        false => Err(PyValueError::new_err("loss is a share from 0 to 1")),
    }
}

/// Why a value does not fit.
fn wanted(what: &str, given: &Bound<PyAny>) -> PyErr {
    match given.get_type().name() {
        Ok(name) => PyTypeError::new_err(format!("give {what}, not {name}")),
        Err(error) => error,
    }
}

/// The items of anything but a text, which is one by itself.
pub(crate) fn items<'py, T>(
    what: &str,
    given: &Bound<'py, PyAny>,
    item: impl Fn(&Bound<'py, PyAny>) -> Option<T>,
) -> PyResult<Vec<T>> {
    if given.is_instance_of::<PyString>() || given.is_instance_of::<PyBytes>() {
        return Err(wanted(what, given));
    }
    let items = given.try_iter().map_err(|_| wanted(what, given))?;
    items
        .map(|given| {
            let given = given?;
            item(&given).ok_or_else(|| wanted(&format!("{what} and nothing else"), &given))
        })
        .collect()
}

/// A list of texts, or any other iterable of them.
pub(crate) fn texts(given: &Bound<PyAny>) -> PyResult<Vec<String>> {
    items("a list of str", given, |text| text.extract().ok())
}

/// A path: a text, or what ``os.fspath`` takes.
pub(crate) fn path(given: &Bound<PyAny>) -> PyResult<PathBuf> {
    given.extract().map_err(|_| wanted("a path", given))
}

/// A path, or None.
pub(crate) fn path_or_none(given: &Bound<PyAny>) -> PyResult<Option<PathBuf>> {
    if given.is_none() { Ok(None) } else { path(given).map(Some) }
}

/// A path, or several.
pub(crate) fn paths(given: &Bound<PyAny>) -> PyResult<Vec<PathBuf>> {
    match given.extract() {
        Ok(path) => Ok(vec![path]),
        Err(_) => items("a path or a list of paths", given, |path| path.extract().ok()),
    }
}

/// A number from 1 on, or None.
pub(crate) fn count(given: &Bound<PyAny>) -> PyResult<Option<NonZero<usize>>> {
    if given.is_none() {
        return Ok(None);
    }
    let what = "a whole number from 1 on";
    let number: i64 = given.extract().map_err(|_| wanted(what, given))?;
    match usize::try_from(number).ok().and_then(NonZero::new) {
        Some(number) => Ok(Some(number)),
        None => Err(PyValueError::new_err(format!("give {what}, not {number}"))),
    }
}
