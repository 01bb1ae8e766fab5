//! What ends a run early: Ctrl-C, a system that shuts down, a terminal that closes.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};

use dechaff::Stop;

#[cfg(unix)]
use crate::cli::status::Status;

/// The signals that ask a run to end. The first one is heeded by the run itself, which takes away what it has begun. One that cannot ends with the
/// second one or after some seconds, and leaves hidden files that the next run takes away.
#[derive(Default)]
pub(super) struct Signals {
    stop: Stop,
    /// Which one came; 0 for none.
    came: Arc<AtomicU8>,
}

impl Signals {
    /// Watches for them from here on, and gives the flag by which a run is told. Where they cannot be watched, they do what they always do.
    pub(super) fn watch(&self) -> Stop {
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGABRT, SIGHUP, SIGINT, SIGTERM};
            use signal_hook::flag;
            // Where no memory is left the program says so and aborts: its own status tells that nothing was written.
            let always = Arc::new(std::sync::atomic::AtomicBool::new(true));
            let status = Status::NothingWritten.code().into();
            let _ = flag::register_conditional_shutdown(SIGABRT, status, always);
            if let Ok(mut found) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) {
                let (stop, came) = (self.stop.clone(), self.came.clone());
                let watch = move || {
                    for signal in found.forever() {
                        let signal = signal as u8;
                        if came.swap(signal, SeqCst) != 0 {
                            std::process::exit(code(signal).into());
                        }
                        stop.set();
                        let end = move || {
                            std::thread::sleep(PATIENCE);
                            std::process::exit(code(signal).into());
                        };
                        let _ = std::thread::Builder::new().spawn(end);
                    }
                };
                let _ = std::thread::Builder::new().spawn(watch);
            }
        }
        self.stop.clone()
    }

    /// How a program says that a signal has ended it; None where none came.
    pub(super) fn exit_code(&self) -> Option<ExitCode> {
        let signal = self.came.load(SeqCst);
        (signal != 0).then(|| code(signal).into())
    }
}

/// How long a run may take to end.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// As shells have it: 130 for Ctrl-C, 143 for a termination.
fn code(signal: u8) -> u8 {
    128 + signal
}
