//! `dechaff features`: what the model sees, for training.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use dechaff::Cleaner;
use dechaff::stages::{
    author_rows, feature_rows, item_rows, source_rows, split_names, split_rows, title_rows,
};
use dechaff::{Filter, walk};
use dechaff::{Part, Reader, Record, RecordFormat};

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
    /// Takes pages of HTML or Markdown, and prints what the model sees of their elements too, and its log-odds by text alone
    #[arg(long)]
    html: bool,
    /// Prints what the scorer of headlines sees of each candidate instead: dump, segment, first byte, last byte, features
    #[arg(long, conflicts_with = "html")]
    titles: bool,
    /// Prints what the scorer of authors sees of each candidate instead: dump, segment, names, features
    #[arg(long, conflicts_with_all = ["html", "titles"])]
    authors: bool,
    /// Prints what the scorer of publishers sees of each name instead: dump, name, features
    #[arg(long, conflicts_with_all = ["html", "titles", "authors"])]
    sources: bool,
    /// Prints the sets of places at which each dump may part into articles instead: dump, form, first bytes, measures
    #[arg(long, conflicts_with_all = ["html", "titles", "authors", "sources"])]
    splits: bool,
    /// Prints what the scorer of articles sees of each part of a dump of several instead: dump, first byte, last byte, features
    #[arg(long, conflicts_with_all = ["html", "titles", "authors", "sources", "splits"])]
    items: bool,
    #[command(flatten)]
    judge: JudgeArgs,
}

impl FeaturesArgs {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let cleaner = self.judge.cleaner()?;
        // The candidates for headlines are those of articles as they are parted in use.
        let cleaner = if self.titles { cleaner.parted_by_model()? } else { cleaner };
        let (ranges, before) = if self.titles {
            (Cleaner::title_feature_ranges(), "segment\tstart\tend\t")
        } else if self.authors {
            (Cleaner::author_feature_ranges(), "segment\tnames\t")
        } else if self.sources {
            (Cleaner::source_feature_ranges(), "name\t")
        } else if self.items {
            (Cleaner::item_feature_ranges(), "start\tend\t")
        } else {
            (Cleaner::feature_ranges(self.html), "segment\tstart\tend\twords\tbefore\t")
        };
        let names: Vec<String> = ranges.into_iter().map(|(name, _)| name).collect();
        let (names, before) =
            if self.splits { (split_names(), "form\tstarts\t") } else { (names, before) };
        let mut out = BufWriter::new(std::io::stdout().lock());
        writeln!(out, "dump\t{before}{}", names.join("\t"))?;
        let found = walk(&self.paths, &Filter::new(&self.include, &[])?, None);
        let mut failed = !found.failures.is_empty();
        for source in found.sources {
            let parts = match Reader::default().open(&source) {
                Ok(parts) => parts,
                Err(error) => {
                    writeln!(anstream::stderr(), "dechaff: {error}")?;
                    failed = true;
                    continue;
                }
            };
            for part in parts {
                match part {
                    Part::Record(record) => {
                        self.write(&cleaner, &source.dump, &record, &mut out)?;
                    }
                    Part::Broken { reason, .. } => {
                        failed = true;
                        writeln!(anstream::stderr(), "dechaff: {}: {reason}", source.dump)?;
                    }
                    Part::Skipped { .. } => {}
                }
            }
        }
        Ok(if failed { Status::SomeFailed } else { Status::AllWell })
    }

    fn write(
        &self,
        cleaner: &Cleaner,
        dump: &str,
        record: &Record,
        out: &mut impl Write,
    ) -> std::io::Result<()> {
        let text = &record.view;
        let format = match record.format {
            _ if !self.html => RecordFormat::Text,
            RecordFormat::Markdown => RecordFormat::Markdown,
            _ => RecordFormat::Html,
        };
        if self.titles {
            for row in title_rows(cleaner, text) {
                write!(out, "{dump}\t{}\t{}\t{}", row.segment, row.span.start, row.span.end)?;
                write_values(out, &row.features)?;
            }
            return Ok(());
        }
        if self.authors {
            for row in author_rows(cleaner, text) {
                write!(out, "{dump}\t{}\t{}", row.segment, row.names.join("; "))?;
                write_values(out, &row.features)?;
            }
            return Ok(());
        }
        if self.sources {
            for row in source_rows(cleaner, text) {
                write!(out, "{dump}\t{}", row.name)?;
                write_values(out, &row.features)?;
            }
            return Ok(());
        }
        if self.items {
            for row in item_rows(cleaner, text) {
                write!(out, "{dump}\t{}\t{}", row.span.start, row.span.end)?;
                write_values(out, &row.features)?;
            }
            return Ok(());
        }
        if self.splits {
            for row in split_rows(cleaner, text) {
                let starts: Vec<String> = row.starts.iter().map(ToString::to_string).collect();
                write!(out, "{dump}\t{}\t{}", row.form, starts.join(" "))?;
                write_values(out, &row.measures)?;
            }
            return Ok(());
        }
        for row in feature_rows(cleaner, text, format) {
            let words: Vec<String> = row.words.iter().map(ToString::to_string).collect();
            write!(
                out,
                "{dump}\t{}\t{}\t{}\t{}\t{}",
                row.segment,
                row.span.start,
                row.span.end,
                words.join(" "),
                row.text_before
            )?;
            write_values(out, &row.features)?;
        }
        Ok(())
    }
}

/// Ends a row with its features.
fn write_values(out: &mut impl Write, values: &[f32]) -> std::io::Result<()> {
    for value in values {
        write!(out, "\t{value}")?;
    }
    writeln!(out)
}
