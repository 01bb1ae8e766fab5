//! Locks whose holders may have panicked: what they guard is whole at every step.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// What a lock guards, once no other thread holds it.
pub(crate) fn locked<T: ?Sized>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What one thread works with at a time, while signals are looked for: the code of Python that one runs must not wait for the work it interrupts.
#[derive(Debug)]
pub(crate) struct Busy<T> {
    value: Mutex<T>,
    worker: Mutex<Option<ThreadId>>,
}

/// Says that the work is over, however it ends.
struct Over<'w>(&'w Mutex<Option<ThreadId>>);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *locked(self.0) = None;
    }
}

impl<T> Busy<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: Mutex::new(value), worker: Mutex::new(None) }
    }

    /// Works once no other thread does. The GIL must not be held.
    ///
    /// Raises `RuntimeError` where this thread is at work already.
    pub(crate) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> PyResult<R> {
        let own = std::thread::current().id();
        if *locked(&self.worker) == Some(own) {
            return Err(PyRuntimeError::new_err(
                "is at work in the call that this signal interrupts",
            ));
        }
        let mut value = locked(&self.value);
        *locked(&self.worker) = Some(own);
        let _over = Over(&self.worker);
        Ok(work(&mut value))
    }
}
