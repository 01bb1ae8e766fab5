//! `dechaff text`.

use std::io::Write;
use std::path::PathBuf;

use super::{Status, view_of};

/// Prints the text view of a dump, which all byte ranges refer to
#[derive(clap::Args)]
#[command(after_help = "Example:
  dechaff text a.txt | dd bs=1 skip=120 count=56 status=none")]
pub(super) struct Text {
    /// A dump, or - for standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
}

impl Text {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        std::io::stdout().lock().write_all(view_of(self.path)?.as_bytes())?;
        Ok(Status::AllWell)
    }
}
