//! `dechaff features`: what the model sees, for training.

use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use dechaff::Cleaner;
use dechaff::stages::{sights, split_names, split_rows};
use dechaff::{Filter, walk};
use dechaff::{Part, Reader};

use crate::cli::args::JudgeArgs;
use crate::cli::status::Status;

/// Prints what the model sees of every block, as tab-separated values: dump, segment, first byte, last byte, hashed words, characters of text before, features
#[derive(clap::Args)]
#[command(hide = true)]
pub(super) struct FeaturesArgs {
    /// Files or folders of text dumps
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Takes only files whose name or path matches
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Takes pages of HTML, and prints what the model sees of their elements too, and its log-odds by text alone
    #[arg(long)]
    html: bool,
    /// Prints the sets of places at which each dump may part into articles instead: dump, form, first bytes, measures
    #[arg(long, conflicts_with = "html")]
    splits: bool,
    #[command(flatten)]
    judge: JudgeArgs,
}

impl FeaturesArgs {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let cleaner = self.judge.cleaner()?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        if self.splits {
            writeln!(out, "dump\tform\tstarts\t{}", split_names().join("\t"))?;
        } else {
            let names: Vec<String> =
                Cleaner::feature_ranges(self.html).into_iter().map(|(name, _)| name).collect();
            writeln!(out, "dump\tsegment\tstart\tend\twords\tbefore\t{}", names.join("\t"))?;
        }
        let found = walk(&self.paths, &Filter::new(&self.include, &[])?, None);
        let mut failed = !found.failures.is_empty();
        for source in found.sources {
            let mut written = Ok(());
            let mut take = |part| {
                match part {
                    Part::Record(record) => {
                        written = self.write(&cleaner, &source.dump, &record.view, &mut out)
                    }
                    Part::Broken { reason, .. } => {
                        failed = true;
                        written =
                            writeln!(anstream::stderr(), "dechaff: {}: {reason}", source.dump);
                    }
                    _ => {}
                }
                if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            if let Err(error) = Reader::default().read(&source, &mut take) {
                writeln!(anstream::stderr(), "dechaff: {error}")?;
                failed = true;
            }
            written?;
        }
        Ok(if failed { Status::SomeFailed } else { Status::AllWell })
    }

    fn write(
        &self,
        cleaner: &Cleaner,
        dump: &str,
        text: &str,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        if self.splits {
            return write_splits(cleaner, dump, text, out);
        }
        for sight in sights(cleaner, text, self.html) {
            let words: Vec<String> = sight.words.iter().map(ToString::to_string).collect();
            write!(
                out,
                "{dump}\t{}\t{}\t{}\t{}\t{}",
                sight.segment,
                sight.span.start,
                sight.span.end,
                words.join(" "),
                sight.text_before
            )?;
            for value in sight.features {
                write!(out, "\t{value}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn write_splits(
    cleaner: &Cleaner,
    dump: &str,
    text: &str,
    out: &mut impl Write,
) -> std::io::Result<()> {
    for row in split_rows(cleaner, text) {
        let starts: Vec<String> = row.starts.iter().map(ToString::to_string).collect();
        write!(out, "{dump}\t{}\t{}", row.form, starts.join(" "))?;
        for value in row.measures {
            write!(out, "\t{value}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
