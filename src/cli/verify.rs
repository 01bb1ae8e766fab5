//! `dechaff verify`.

use std::io::Write;
use std::path::PathBuf;

use dechaff::{printable, verify};

use crate::cli::status::Status;

/// Says whether the files of a run stand together as it wrote them
#[derive(clap::Args)]
#[command(
    after_help = "Every file is read and compared with the size and the digest (xxh3, 128 bits) that the manifest has of it. A run that was killed while it put its files in their places is ended first.

Examples:
  dechaff verify out

Exit status: 0 all is as it was written; 1 something is not; 2 wrong usage, or a run writes to it; 3 the folder cannot be read."
)]
pub(super) struct Verify {
    /// The folder that a run has written to
    #[arg(value_name = "OUT")]
    out: PathBuf,
}

impl Verify {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let found = verify(&self.out)?;
        let place = printable(&self.out.display().to_string());
        for flaw in &found.flaws {
            writeln!(anstream::stderr(), "dechaff: {place}: {}", printable(&flaw.to_string()))?;
        }
        if !found.flaws.is_empty() {
            return Ok(Status::SomeFailed);
        }
        let (files, bytes) = (found.files, indicatif::HumanBytes(found.bytes));
        writeln!(anstream::stdout(), "{place}: {files} files ({bytes}) are as they were written")?;
        Ok(Status::AllWell)
    }
}
