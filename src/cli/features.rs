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
        for source in walk(&self.paths, &Filter::new(&self.include, &[])?, None).sources {
            let Ok(text) = dechaff::read::read(&source) else { continue };
            for (segment, span, words, row) in cleaner.features(&text) {
                write!(out, "{}\t{segment}\t{}\t{}\t", source.dump, span.start, span.end)?;
                for word in words {
                    write!(out, "{word} ")?;
                }
                for value in row {
                    write!(out, "\t{value}")?;
                }
                writeln!(out)?;
            }
        }
        Ok(Status::AllWell)
    }
}
