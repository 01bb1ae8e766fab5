//! Work without the GIL that Ctrl-C ends.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dechaff::{Stop, Unfinished};
use pyo3::prelude::*;

use crate::locked::locked;

/// How long signals wait.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// Works in this thread, which looks for signals where `work` looks at the flag. What a signal raises goes before what comes of the work.
pub(crate) fn watched<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(&Stop) -> T + Send,
) -> PyResult<T> {
    let raised = Arc::new(Mutex::new(None));
    let keep = raised.clone();
    let stop = Stop::asking(move || {
        let error = Python::attach(|py| py.check_signals()).err();
        let is_told = error.is_some();
        *locked(&keep) = error;
        is_told
    });
    let result = py.detach(|| work(&stop));
    match locked(&raised).take() {
        Some(error) => Err(error),
        None => Ok(result),
    }
}

/// Works in other threads, and looks for signals meanwhile. Where one raises, the work is told to stop.
pub(crate) fn attended<T: Send>(
    py: Python<'_>,
    stop: &Stop,
    work: impl FnOnce() -> T + Send,
) -> PyResult<Result<T, Unfinished>> {
    py.detach(|| {
        std::thread::scope(|scope| {
            let (sender, done) = sync_channel(1);
            scope.spawn(move || sender.send(stop.run(work)));
            loop {
                match done.recv_timeout(TICK) {
                    Ok(result) => return Ok(result),
                    Err(RecvTimeoutError::Disconnected) => return Ok(Err(Unfinished::BrokeDown)),
                    Err(RecvTimeoutError::Timeout) => {
                        Python::attach(|py| py.check_signals()).inspect_err(|_| stop.set())?;
                    }
                }
            }
        })
    })
}
