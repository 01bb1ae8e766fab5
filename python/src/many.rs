//! Many records with several threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use dechaff::Stop;
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;

use crate::attend::{TICK, attended};
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::errors::{Failure, Reason};
use crate::given::{About, Given};
use crate::record::Skipped;

/// Items that are taken ahead for each thread.
const AHEAD: usize = 4;
/// Bytes that are taken ahead, unless one item has more.
const AHEAD_BYTES: usize = 64 << 20;

/// What becomes of a record that cannot be cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errors {
    Raise,
    Yield,
}

impl Errors {
    pub(crate) fn named(name: &str) -> PyResult<Self> {
        match name {
            "raise" => Ok(Self::Raise),
            "yield" => Ok(Self::Yield),
            _ => Err(PyValueError::new_err(format!(
                "errors {name:?} is not known: give \"raise\" or \"yield\""
            ))),
        }
    }
}

type Outcome = Result<Cleaned, Failure>;

/// What was sent to a receiver that several threads may hold.
fn received<T, R>(receiver: &Mutex<Receiver<T>>, receive: impl FnOnce(&Receiver<T>) -> R) -> R {
    receive(&receiver.lock().unwrap_or_else(PoisonError::into_inner))
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
    done: BTreeMap<usize, Outcome>,
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
            has_ended: false,
        })
    }

    /// The next item; None at the end.
    fn take(&mut self, py: Python<'_>) -> PyResult<Option<Given>> {
        let Some(items) = &self.items else { return Ok(None) };
        let mut items = items.bind(py).clone();
        loop {
            match items.next() {
                Some(Ok(item)) if item.is_instance_of::<Skipped>() => {}
                Some(Ok(item)) => return Given::of(&item).map(Some),
                Some(Err(error)) => return Err(error),
                None => {
                    self.items = None;
                    return Ok(None);
                }
            }
        }
    }

    /// The next result, by one thread.
    fn next_alone(&mut self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        let Some(given) = self.take(py)? else { return Ok(None) };
        let (cleaner, stop) = (&self.cleaner, &self.stop);
        if given.len() < 1 << 20 {
            return Ok(Some(py.detach(|| cleaner.cleaned(given, About::default(), stop))));
        }
        let outcome = attended(py, stop, || cleaner.cleaned(given, About::default(), stop))?;
        let broke_down =
            |reason| Failure { dump: None, record: None, reason: Reason::Unfinished(reason) };
        Ok(Some(outcome.unwrap_or_else(|reason| Err(broke_down(reason)))))
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
                return Ok(None);
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
        self.bytes -= bytes;
        self.done.insert(number, outcome);
    }

    /// A result that is due.
    fn ready(&mut self) -> Option<Outcome> {
        let first = *self.done.keys().next()?;
        if self.ordered && first != self.given {
            return None;
        }
        self.given += 1;
        self.done.remove(&first)
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
