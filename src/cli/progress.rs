//! The progress bar of long runs; nothing where standard error is no terminal.

use std::path::Path;

use dechaff::{Event, is_stream};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::report::printable;

pub(super) struct Progress {
    bar: ProgressBar,
    names_failures: bool,
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
        Self { bar, names_failures: !quiet || is_stream(out) }
    }

    pub(super) fn show(&mut self, event: &Event) {
        match event {
            Event::Walked { bytes, .. } => self.bar.set_length(*bytes),
            Event::Done { dump, bytes } => {
                self.bar.set_message(printable(dump));
                self.bar.inc(*bytes);
            }
            Event::Failed(failure) if self.names_failures => self.bar.suspend(|| {
                use std::io::Write;
                let record =
                    failure.record.as_ref().map(|record| format!("{record}: ")).unwrap_or_default();
                let _ = writeln!(
                    anstream::stderr(),
                    "dechaff: {}: {}",
                    printable(&failure.dump),
                    printable(&format!("{record}{}", failure.error))
                );
            }),
            _ => {}
        }
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
