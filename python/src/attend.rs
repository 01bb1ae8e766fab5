//! Work without the GIL that Ctrl-C ends.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use dechaff::{Stop, Unfinished};
use pyo3::prelude::*;

/// How long signals wait.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// Works in another thread, and looks for signals meanwhile. Where one raises, the work is told to stop.
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
