//! Many records with several threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};

use dechaff::Stop;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyException, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::attend::{TICK, watched};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::errors::Failure;
use crate::given::{About, Given};
use crate::locked::locked;
use crate::record::Skipped;

/// Items that are taken ahead for each thread.
const AHEAD: usize = 4;
/// Bytes that are taken and not given back yet, unless one item has more.
const AHEAD_BYTES: usize = 64 << 20;

/// What becomes of a record that cannot be cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errors {
    Raise,
    Yield,
}

pub(crate) const ERRORS: [(&str, Errors); 2] = [("raise", Errors::Raise), ("yield", Errors::Yield)];

type Outcome = Result<Cleaned, Failure>;

/// What was sent to a receiver that several threads may hold.
fn received<T, R>(receiver: &Mutex<Receiver<T>>, receive: impl FnOnce(&Receiver<T>) -> R) -> R {
    receive(&locked(receiver))
}

/// Threads that clean what they are sent.
struct Workers {
    jobs: Sender<(usize, Given)>,
    done: Mutex<Receiver<(usize, usize, Outcome)>>,
}

impl Workers {
    fn new(cleaner: &Cleaner, threads: NonZero<usize>, stop: &Stop) -> Self {
        let (jobs, waiting) = channel::<(usize, Given)>();
        let (sender, done) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads.get() {
            let (cleaner, waiting, sender, stop) =
                (cleaner.clone(), waiting.clone(), sender.clone(), stop.clone());
            std::thread::spawn(move || {
                loop {
                    let Ok((number, given)) = received(&waiting, Receiver::recv) else { return };
                    let bytes = given.len();
                    let outcome = cleaner.cleaned(given, About::default(), &stop);
                    if sender.send((number, bytes, outcome)).is_err() {
                        return;
                    }
                }
            });
        }
        Self { jobs, done: Mutex::new(done) }
    }
}

/// The results of :meth:`Cleaner.clean_many`, as they are asked for.
#[pyclass(module = "dechaff")]
pub(crate) struct CleanMany {
    cleaner: Cleaner,
    items: Option<Py<PyIterator>>,
    threads: NonZero<usize>,
    ordered: bool,
    errors: Errors,
    stop: Stop,
    workers: Option<Workers>,
    /// The process that its threads are in.
    process: u32,
    /// Items taken, and results given back.
    taken: usize,
    given: usize,
    bytes: usize,
    /// Results that are not given back yet, with the bytes of their items.
    done: BTreeMap<usize, (usize, Outcome)>,
    /// What its source raised. It is raised again once all that was taken before is given back.
    fault: Option<PyErr>,
    /// Whether an exception has ended it.
    has_ended: bool,
}

impl CleanMany {
    pub(crate) fn new(
        cleaner: &Cleaner,
        items: &Bound<PyAny>,
        threads: NonZero<usize>,
        ordered: bool,
        errors: Errors,
    ) -> PyResult<Self> {
        Ok(Self {
            cleaner: cleaner.clone(),
            items: Some(items.try_iter()?.unbind()),
            threads,
            ordered,
            errors,
            stop: Stop::default(),
            workers: None,
            process: std::process::id(),
            taken: 0,
            given: 0,
            bytes: 0,
            done: BTreeMap::new(),
            fault: None,
            has_ended: false,
        })
    }

    /// The next item; None at the end, and where its source fails.
    fn take(&mut self, py: Python<'_>) -> PyResult<Option<Given>> {
        let Some(items) = &self.items else { return Ok(None) };
        let mut items = items.bind(py).clone();
        let item = items
            .by_ref()
            .find(|item| !item.as_ref().is_ok_and(|item| item.is_instance_of::<Skipped>()));
        match item.map(|item| Given::of(&item?)) {
            Some(Ok(given)) => return Ok(Some(given)),
            // An interrupt waits for nothing.
            Some(Err(error)) if !error.is_instance_of::<PyException>(py) => return Err(error),
            Some(Err(error)) => self.fault = Some(error),
            None => {}
        }
        self.items = None;
        Ok(None)
    }

    /// The end, or what ended the source.
    fn over(&mut self) -> PyResult<Option<Outcome>> {
        self.fault.take().map_or(Ok(None), Err)
    }

    /// The next result, by one thread.
    fn next_alone(&mut self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        let Some(given) = self.take(py)? else { return self.over() };
        let cleaner = &self.cleaner;
        watched(py, |stop| cleaner.cleaned(given, About::default(), stop)).map(Some)
    }

    /// The next result, by several.
    fn next_of_many(&mut self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        loop {
            while let Ok(done) = received(&self.workers().done, |done| done.try_recv()) {
                self.note(done);
            }
            if let Some(outcome) = self.ready() {
                return Ok(Some(outcome));
            }
            let ahead = self.taken - self.given;
            let has_room =
                ahead == 0 || ahead < AHEAD * self.threads.get() && self.bytes < AHEAD_BYTES;
            if has_room && let Some(given) = self.take(py)? {
                let number = self.taken;
                self.taken += 1;
                self.bytes += given.len();
                // Its threads live as long as it does.
                let _ = self.workers().jobs.send((number, given));
            } else if self.taken == self.given {
                return self.over();
            } else {
                let done = &self.workers().done;
                match py.detach(|| received(done, |done| done.recv_timeout(TICK))) {
                    Ok(done) => self.note(done),
                    Err(RecvTimeoutError::Timeout) => py.check_signals()?,
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(PyRuntimeError::new_err("its threads have ended"));
                    }
                }
            }
        }
    }

    /// Ends it, as an exception ends a generator.
    fn end(&mut self) {
        self.stop.set();
        self.has_ended = true;
        self.items = None;
        self.done.clear();
    }

    fn workers(&mut self) -> &mut Workers {
        let Self { cleaner, threads, stop, .. } = self;
        self.workers.get_or_insert_with(|| Workers::new(cleaner, *threads, stop))
    }

    fn note(&mut self, (number, bytes, outcome): (usize, usize, Outcome)) {
        self.done.insert(number, (bytes, outcome));
    }

    /// A result that is due.
    fn ready(&mut self) -> Option<Outcome> {
        let first = *self.done.keys().next()?;
        if self.ordered && first != self.given {
            return None;
        }
        let (bytes, outcome) = self.done.remove(&first)?;
        (self.given, self.bytes) = (self.given + 1, self.bytes - bytes);
        Some(outcome)
    }
}

#[pymethods]
impl CleanMany {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&mut self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if self.has_ended {
            return Ok(None);
        }
        if self.process != std::process::id() {
            return Err(PyRuntimeError::new_err(
                "was begun before a fork, and its threads stayed there: begin another",
            ));
        }
        let next =
            if self.threads.get() == 1 { self.next_alone(py) } else { self.next_of_many(py) };
        if next.is_err() {
            self.end();
        }
        match next? {
            None => Ok(None),
            Some(Ok(cleaned)) => cleaned.into_bound_py_any(py).map(Some),
            Some(Err(failure)) => {
                let error = failure.raised(py);
                if self.errors == Errors::Yield {
                    error.into_bound_py_any(py).map(Some)
                } else {
                    Err(error)
                }
            }
        }
    }
}

impl Drop for CleanMany {
    fn drop(&mut self) {
        self.stop.set();
    }
}
