//! `dechaff features`: what the model sees, for training.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use dechaff::walk::{Filter, walk};

use super::{RuleArgs, Status};

/// Prints what the model sees of every block, as tab-separated values: dump, segment, first byte, last byte, features
#[derive(clap::Args)]
#[command(hide = true)]
pub(super) struct Features {
    /// Files or folders of text dumps
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Takes only files whose name or path matches
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    #[command(flatten)]
    rules: RuleArgs,
}

impl Features {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let cleaner = self.rules.cleaner()?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        writeln!(out, "dump\tsegment\tstart\tend\twords\t{}", dechaff::model::Features::names().join("\t"))?;
        let found = walk(&self.paths, &Filter::new(&self.include, &[])?, None);
        let mut failed = !found.failures.is_empty();
        for source in found.sources {
            let text = match dechaff::read::read(&source) {
                Ok(text) => text,
                Err(error) => {
                    writeln!(anstream::stderr(), "dechaff: {}: {error}", source.dump)?;
                    failed = true;
                    continue;
                }
            };
            for sight in cleaner.features(&text) {
                let words: Vec<String> = sight.words.iter().map(ToString::to_string).collect();
                write!(out, "{}\t{}\t{}\t{}\t{}", source.dump, sight.segment, sight.span.start, sight.span.end, words.join(" "))?;
                for value in sight.features {
                    write!(out, "\t{value}")?;
                }
                writeln!(out)?;
            }
        }
        Ok(if failed { Status::SomeFailed } else { Status::AllWell })
    }
}
