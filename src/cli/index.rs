//! `dechaff index`.

use std::io::Write;
use std::path::{Path, PathBuf};

use dechaff::{Index, Stats, rebuild_index};

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
    /// Writes an index anew from the folders of earlier runs, where it is damaged, lost or of another version
    #[command(after_help = "Example:
  dechaff index rebuild seen.index out-monday out-tuesday")]
    Rebuild {
        /// The index, which is replaced once the new one is whole
        #[arg(value_name = "FILE")]
        index: PathBuf,
        /// Folders that runs have written as jsonl, the oldest first
        #[arg(value_name = "OUT", required = true)]
        folders: Vec<PathBuf>,
    },
}

impl IndexCommand {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let stats = match self {
            Self::Stats { index } => open(&index)?.stats()?,
            Self::Compact { index } => {
                open(&index)?.compact()?;
                open(&index)?.stats()?
            }
            Self::Rebuild { index, folders } => rebuild_index(&index, &folders)?,
        };
        show(&stats)?;
        Ok(Status::AllWell)
    }
}

/// Opens an index that is there.
fn open(path: &Path) -> anyhow::Result<Index> {
    anyhow::ensure!(
        path.exists(),
        "{}: there is no such index",
        dechaff::printable(&path.display().to_string())
    );
    Ok(Index::open(path)?)
}

fn show(stats: &Stats) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{}", serde_json::to_string(stats)?)?;
    Ok(())
}
