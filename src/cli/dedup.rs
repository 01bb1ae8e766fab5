//! `dechaff dedup`.

use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;

use dechaff::{Dedup as Run, DedupSummary as Summary, PartProgress, Stop};

use crate::cli::args::{FilesArgs, ReadArgs, compared_by};
use crate::cli::args::{bytes, share};
use crate::cli::limits::FileLimits;
use crate::cli::messages::{counted, place_of, report_rest};
use crate::cli::part::{PartArgs, report_part};
use crate::cli::progress::Progress;
use crate::cli::status::Status;

/// Finds copies among clean documents: the same text, nearly the same, or one within another
#[derive(clap::Args)]
#[command(
    after_help = "A document is an object of JSON, or a row of a table (CSV, Parquet), with an \"id\" (a string or a number, which no other text has) and a \"text\", found and named \
as `clean` does it; \"published\" (or \"date\") and \"source\" help to choose among copies: the most complete one stands for all, of several the earliest, of several the most preferred source. Files \
may be compressed. Of folders those are read whose names end in .jsonl, .ndjson, .json, .parquet, .csv or .tsv, then perhaps in .gz, .zst, .bz2 or .xz.

OUT/articles.jsonl has the lines of the documents that are left, as they stood (a row as an object of its columns), sorted by id; OUT/clusters.jsonl says what was \
folded into what, OUT/related.jsonl what is alike but has too much of its own; OUT/manifest.json counts.

Examples:
  dechaff dedup articles.jsonl -o out
  dechaff dedup monday.jsonl tuesday.jsonl -o out --prefer 'The Gazette' --prefer 'The Herald'
  dechaff dedup out/articles.jsonl archive -o left --force
  dechaff dedup articles.jsonl.zst -o out --compress zst --force
  zcat articles.jsonl.gz | dechaff dedup - -o - | gzip > left.jsonl.gz
  dechaff dedup /shared/articles -o /shared/out --part 3/8 --wait

Exit status: 0 all well, or this part is done; 1 some lines failed (see \"failures\" in the manifest); 2 wrong usage; 3 nothing could be written; 4 this part waits for others (--part without \
--wait)."
)]
pub(super) struct Dedup {
    /// Files of documents, folders of them, or - for standard input
    #[arg(required = true, value_name = "IN")]
    paths: Vec<PathBuf>,
    /// The folder to write to, created where missing; - writes the documents that are left to standard output, and nothing else
    #[arg(short, long, value_name = "OUT")]
    out: PathBuf,
    #[command(flatten)]
    files: FilesArgs,
    /// A source whose copies are preferred; may be given several times, the most preferred first
    #[arg(long, value_name = "SOURCE")]
    prefer: Vec<String>,
    /// The largest share of a document that may be lost when it is folded: what stands nowhere in the one that is kept [default: 0.1]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    loss: Option<f32>,
    /// Compares by the numbers in this JSON file instead of the defaults
    #[arg(long, value_name = "FILE", hide = true)]
    compare_thresholds: Option<PathBuf>,
    /// Takes about SIZE of memory (K, M, G: powers of 1024); what does not fit goes to files in OUT that nobody sees, gone when the run ends. The same is written whatever SIZE is
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "2G")]
    memory: u64,
    #[command(flatten)]
    of_run: PartArgs,
    /// Works with N threads instead of one per processor
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Replaces the files of an earlier run in OUT
    #[arg(long)]
    force: bool,
    /// No progress bar and no summary
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    of_file: FileLimits,
}

impl Dedup {
    pub(super) fn run(self, stop: Stop) -> anyhow::Result<Status> {
        let mut progress = Progress::new(self.quiet, &self.out);
        let run = Run::new(self.paths, &self.out)
            .prefer(self.prefer)
            .with_thresholds(compared_by(self.compare_thresholds.as_deref(), self.loss)?)
            .threads(self.threads)
            .stop(stop)
            .on_bytes(progress.mover())
            .force(self.force)
            .memory(self.memory)
            .text_field(self.read.text_field)
            .limits(self.of_file.limits());
        let run = run.layout(self.files.layout());
        let done = match self.of_run.part {
            None => PartProgress::Done(Some(run.run(|event| progress.show(&event))?)),
            Some(part) => run.run_part(part, self.of_run.wait, |event| progress.show(&event))?,
        };
        progress.finish();
        let status = match &done {
            PartProgress::Done(Some(summary)) => Status::of(&summary.failures),
            PartProgress::Done(None) => Status::AllWell,
            PartProgress::Waits(_) => Status::Waiting,
        };
        match done {
            _ if self.quiet => {}
            PartProgress::Done(Some(summary)) => report(&summary, &self.out)?,
            done => report_part(&done, self.of_run.part, &self.out)?,
        }
        Ok(status)
    }
}

fn report(summary: &Summary, out: &std::path::Path) -> std::io::Result<()> {
    let mut err = anstream::stderr().lock();
    let Summary { articles, canonical, copies, clusters, related, .. } = summary;
    writeln!(
        err,
        "{}, {copies} {} in {}, {canonical} left, {related} of them alike others -> {}",
        counted(*articles, "document"),
        if *copies == 1 { "copy" } else { "copies" },
        counted(*clusters, "cluster"),
        place_of(out)
    )?;
    report_rest(
        &mut err,
        out,
        (&summary.skipped, "file"),
        (summary.failed, ["line or file", "lines or files"]),
    )
}
