//! `dechaff verify`.

use std::io::Write;
use std::path::PathBuf;

use dechaff::{printable, verify};

use crate::cli::messages::counted;
use crate::cli::status::Status;
use crate::finished::Finished;

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
        let files = counted(found.files as usize, "file");
        let bytes = indicatif::HumanBytes(found.bytes);
        let are = if found.files == 1 { "is as it was" } else { "are as they were" };
        let ledger = match Finished::has_no_ledger(&self.out) {
            true => "; there is no ledger, as the run was told --ledger none",
            false => "",
        };
        let said = format!("{place}: {files} ({bytes}) {are} written{ledger}");
        writeln!(anstream::stdout(), "{said}")?;
        Ok(Status::AllWell)
    }
}
