//! `dechaff index`.

use std::io::Write;
use std::path::PathBuf;

use dechaff::Index;

use crate::cli::status::Status;

/// Looks after the index that `clean --index` keeps
#[derive(clap::Subcommand)]
pub(super) enum IndexCommand {
    /// How much an index holds, as JSON
    #[command(after_help = "Example:
  dechaff index stats seen.index")]
    Stats {
        /// The index
        #[arg(value_name = "FILE")]
        index: PathBuf,
    },
    /// Gives back the room of articles that more complete copies have replaced
    Compact {
        /// The index
        #[arg(value_name = "FILE")]
        index: PathBuf,
    },
}

impl IndexCommand {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let (Self::Stats { index: path } | Self::Compact { index: path }) = &self;
        anyhow::ensure!(
            path.exists(),
            "{}: there is no such index",
            dechaff::printable(&path.display().to_string())
        );
        let mut index = Index::open(path)?;
        if matches!(self, Self::Compact { .. }) {
            index.compact()?;
            drop(index);
            index = Index::open(path)?;
        }
        writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(&index.stats()?)?)?;
        Ok(Status::AllWell)
    }
}
