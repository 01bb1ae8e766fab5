//! `dechaff text`.

use std::io::Write;

use crate::cli::args::ShowArgs;
use crate::cli::status::Status;

/// Prints the text view of a dump, which all byte ranges refer to; of a dump of several records each view, an empty line between them
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
        let mut between: &[u8] = b"";
        self.show.each(|record| {
            let mut out = std::io::stdout().lock();
            out.write_all(between)?;
            between = if record.view.ends_with('\n') { b"\n" } else { b"\n\n" };
            Ok(out.write_all(record.view.as_bytes())?)
        })
    }
}
