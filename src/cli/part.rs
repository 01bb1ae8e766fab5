//! Doing a part of a run that is spread.

use std::io::Write;
use std::path::Path;

use dechaff::{PartOf, PartProgress, printable};

/// Which part is done.
#[derive(Debug, clap::Args)]
pub(crate) struct PartArgs {
    /// Does part I of N, up to 200, which share OUT: each is run by a process of its own, here or on another machine, again and again while it ends with status 4. The first part publishes
    #[arg(long, value_name = "I/N")]
    pub(crate) part: Option<PartOf>,
    /// Waits for other parts where this one needs what they do, so that all N must run at once
    #[arg(long, requires = "part")]
    pub(crate) wait: bool,
}

/// Says how far a part has come that did not publish.
pub(crate) fn report_part<S>(
    done: &PartProgress<S>,
    part: Option<PartOf>,
    out: &Path,
) -> std::io::Result<()> {
    let part = part.map(|part| part.to_string()).unwrap_or_default();
    let said = match done {
        PartProgress::Done(_) => format!("part {part} is done"),
        PartProgress::Waits(awaited) => {
            format!("part {part} waits for others: {awaited}; run it again then")
        }
    };
    writeln!(anstream::stderr(), "dechaff: {}: {said}", printable(&out.display().to_string()))
}
