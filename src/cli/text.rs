//! `dechaff text`.

use std::io::Write;

use crate::cli::args::ShowArgs;
use crate::cli::status::Status;

/// Prints the text view of a dump, which all byte ranges refer to
#[derive(clap::Args)]
#[command(after_help = "Examples:
  dechaff text a.txt | dd bs=1 skip=120 count=56 status=none
  dechaff text crawl.jsonl.gz --record 17")]
pub(super) struct Text {
    #[command(flatten)]
    show: ShowArgs,
}

impl Text {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        self.show.each(|record| Ok(std::io::stdout().lock().write_all(record.view.as_bytes())?))
    }
}
