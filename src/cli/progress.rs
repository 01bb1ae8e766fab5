//! The progress bar of long runs; nothing where standard error is no terminal.

use std::path::Path;

use dechaff::printable;
use dechaff::{Event, is_stream};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Failures that are named on standard error where a manifest lists them all.
const NAMED: usize = 20;

pub(super) struct Progress {
    bar: ProgressBar,
    is_quiet: bool,
    /// Failures that are still to be named.
    to_name: usize,
}

impl Progress {
    /// Without a bar where the run is quiet. Failures are named all the same where no manifest will name them, as `out` is a stream.
    pub(super) fn new(quiet: bool, out: &Path) -> Self {
        let bar = ProgressBar::with_draw_target(
            None,
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() },
        );
        if let Ok(style) = ProgressStyle::with_template(
            "{bar:32} {bytes}/{total_bytes} {bytes_per_sec} {eta}  {wide_msg}",
        ) {
            bar.set_style(style);
        }
        let to_name = match (is_stream(out), quiet) {
            (true, _) => usize::MAX,
            (false, true) => 0,
            (false, false) => NAMED,
        };
        Self { bar, is_quiet: quiet, to_name }
    }

    /// Moves the bar by so many bytes.
    pub(super) fn mover(&self) -> impl Fn(u64) + Send + Sync + 'static {
        let bar = self.bar.clone();
        move |bytes| bar.inc(bytes)
    }

    pub(super) fn show(&mut self, event: &Event) {
        match event {
            Event::Walked { bytes, .. } => self.bar.set_length(*bytes),
            Event::Done { dump, .. } => self.bar.set_message(printable(dump)),
            Event::Failed(failure) if self.to_name > 0 => self.bar.suspend(|| {
                use std::io::Write;
                self.to_name -= 1;
                let record =
                    failure.record.as_ref().map(|record| format!("{record}: ")).unwrap_or_default();
                let _ = writeln!(
                    anstream::stderr(),
                    "dechaff: {}: {}",
                    printable(&failure.dump),
                    printable(&format!("{record}{}", failure.error))
                );
            }),
            Event::Waits(awaited) if !self.is_quiet => self.bar.suspend(|| {
                use std::io::Write;
                let _ = writeln!(anstream::stderr(), "dechaff: waits for others: {awaited}");
            }),
            _ => {}
        }
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
