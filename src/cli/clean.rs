//! `dechaff clean`.

use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use dechaff::PassFields;
use dechaff::Stop;
use dechaff::{Cleaner, Filter};
use dechaff::{Format, is_stream};
use dechaff::{LeftOut, Paragraphs, PartProgress, Run, Spans, Summary};

use crate::cli::args::share;
use crate::cli::args::{FilesArgs, JudgeArgs, ReadArgs, compared_by};
use crate::cli::limits::{FileLimits, RecordLimits};
use crate::cli::messages::{counted, place_of, report_rest};
use crate::cli::part::{PartArgs, report_part};
use crate::cli::progress::Progress;
use crate::cli::status::Status;
use crate::cli::wanted::WantedArgs;
use crate::cli::width::{self, fitted};

/// Cleans dumps into OUT/articles.jsonl (or another format), OUT/ledger.jsonl and OUT/manifest.json
#[derive(clap::Args)]
#[command(after_help = "Examples:
  dechaff clean page.html
  dechaff clean scrapes -o out
  dechaff clean scrapes --include '*.txt' --exclude 'old/*' -o out --force
  dechaff clean today -o out-today --index seen.index
  dechaff clean crawl.warc.gz pages.zip -o out
  cat dump.jsonl.zst | dechaff clean - -o out --text-field story
  dechaff clean rows.parquet -o out --pass-fields crawl,quality
  dechaff clean scrapes -o out --format parquet
  dechaff clean scrapes -o out --compress zst --shard 500
  dechaff clean scrapes -o - | jq -r .title
  dechaff clean /shared/dumps -o /shared/out --part 3/8 --wait

Exit status: 0 all well, or this part is done; 1 some inputs failed (see \"failures\" in the manifest); 2 wrong usage; 3 nothing could be written; 4 this part waits for others (--part without \
--wait).")]
pub(super) struct Clean {
    /// Files, folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The folder to write to, created where missing; - writes the articles alone to standard output. Of one file it may be left out: then
    /// its text is printed
    #[arg(short, long, value_name = "OUT")]
    out: Option<PathBuf>,
    /// What the articles are written as; markdown and text make a file for each article [default: jsonl; text where OUT is left out]
    #[arg(long, value_enum, hide_default_value = true)]
    format: Option<FormatArg>,
    #[command(flatten)]
    files: FilesArgs,
    /// Takes only files whose name, or path below PATH, matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leaves out files whose name, or path below PATH, matches; may be given several times
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Works with N threads instead of one per processor
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZero<usize>>,
    /// Writes every article, copies too, and only says which are copies
    #[arg(long)]
    keep_duplicates: bool,
    /// The largest share of an article that may be lost when it is folded into another: what stands nowhere in that [default: 0.1]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    loss: Option<f32>,
    /// Compares by the numbers in this JSON file instead of the defaults
    #[arg(long, value_name = "FILE", hide = true)]
    compare_thresholds: Option<PathBuf>,
    /// Keeps what only copies have as an appendix of the article that they are folded into
    #[arg(long)]
    merge_own: bool,
    /// A source whose copies are preferred; may be given several times, the most preferred first
    #[arg(long, value_name = "SOURCE")]
    prefer: Vec<String>,
    /// Compares with what earlier runs saw, in this file, and adds to it; what is known is named in OUT/copies.jsonl
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
    /// How to treat a paragraph that several stories share: keep it, mark it with its first place, or drop all but the first
    #[arg(long, value_name = "WHAT", default_value = "keep")]
    paragraphs: ParagraphsArg,
    /// How to treat a stretch of fifty words and more that several stories have word for word, wherever it stands: keep it, mark it with
    /// its first place, or drop its sentences but in the first
    #[arg(long, value_name = "WHAT", default_value = "keep")]
    spans: ParagraphsArg,
    /// Takes sentences at the edge of N stories and more for boilerplate; 0 for none
    #[arg(long, value_name = "N", default_value_t = Run::REPEATED, value_parser = stories)]
    repeated: u32,
    #[command(flatten)]
    wanted: WantedArgs,
    /// Whether the ledger is written, which is often larger than the articles. Without it, what was removed cannot be looked at
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    ledger: LedgerArg,
    /// Fields of its record that each article gets under "metadata", parted by commas, or "all"
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pass_fields: Vec<String>,
    #[command(flatten)]
    of_run: PartArgs,
    /// Keeps what comes of whole dumps in OUT until the run has ended well; called again with the same options, it goes on from there
    #[arg(long)]
    resume: bool,
    /// Replaces the files of an earlier run in OUT
    #[arg(long)]
    force: bool,
    /// No progress bar and no summary
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    judge: JudgeArgs,
    #[command(flatten)]
    of_file: FileLimits,
    #[command(flatten)]
    of_record: RecordLimits,
}

fn stories(value: &str) -> Result<u32, String> {
    match value.parse() {
        Ok(1) => Err("one story is no repetition; give 0, or 2 and more".into()),
        Ok(count) => Ok(count),
        Err(_) => Err("give a number of stories".into()),
    }
}

/// How to treat what several stories share.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ParagraphsArg {
    Keep,
    Mark,
    Drop,
}

/// What becomes of the ledger.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum LedgerArg {
    #[default]
    Jsonl,
    None,
}

/// The names of [`Format`] on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatArg {
    Jsonl,
    Parquet,
    Markdown,
    Text,
    Dolma,
}

impl From<FormatArg> for Format {
    fn from(arg: FormatArg) -> Self {
        match arg {
            FormatArg::Jsonl => Format::Jsonl,
            FormatArg::Parquet => Format::Parquet,
            FormatArg::Markdown => Format::Markdown,
            FormatArg::Text => Format::Text,
            FormatArg::Dolma => Format::Dolma,
        }
    }
}

/// The fields of these names; all of them where one is `all`.
fn pass_fields(names: Vec<String>) -> PassFields {
    match names.iter().any(|name| name == "all") {
        true => PassFields::All,
        false if names.is_empty() => PassFields::None,
        false => PassFields::Named(names),
    }
}

impl From<ParagraphsArg> for Paragraphs {
    fn from(arg: ParagraphsArg) -> Self {
        match arg {
            ParagraphsArg::Keep => Paragraphs::Keep,
            ParagraphsArg::Mark => Paragraphs::Mark,
            ParagraphsArg::Drop => Paragraphs::Drop,
        }
    }
}

impl From<ParagraphsArg> for Spans {
    fn from(arg: ParagraphsArg) -> Self {
        match arg {
            ParagraphsArg::Keep => Spans::Keep,
            ParagraphsArg::Mark => Spans::Mark,
            ParagraphsArg::Drop => Spans::Drop,
        }
    }
}

impl Clean {
    /// Where to, and as what.
    fn output(&self) -> anyhow::Result<(PathBuf, Format)> {
        let format = self.format.map(Format::from);
        match (&self.out, &*self.paths) {
            (Some(out), _) => Ok((out.clone(), format.unwrap_or_default())),
            (None, [path]) if !path.is_dir() => Ok(("-".into(), format.unwrap_or(Format::Text))),
            _ => anyhow::bail!(
                "say where to write to: -o OUT is a folder, -o - standard output; the text of one file alone is printed without it"
            ),
        }
    }

    pub(super) fn run(self, stop: Stop, config: Option<&Path>) -> anyhow::Result<Status> {
        let (out, format) = self.output()?;
        let mut judge = self.judge.options()?;
        self.wanted.tell(&mut judge);
        let cleaner = Cleaner::new(judge)?;
        let filter = Filter::new(&self.include, &self.exclude)?;
        let compared = compared_by(self.compare_thresholds.as_deref(), self.loss)?;
        // As it was written: not the nearest value of fewer bits.
        let loss: f64 = compared.loss.to_string().parse()?;
        let limits = self.of_file.with(&self.of_record);
        let mut options = serde_json::json!({
            "config": config, "paths": absolute(&self.paths), "include": self.include, "exclude": self.exclude, "keep_duplicates": self.keep_duplicates, "loss": loss, "merge_own": self.merge_own, "prefer": self.prefer, "paragraphs": format!("{:?}", self.paragraphs).to_lowercase(), "spans": format!("{:?}", self.spans).to_lowercase(), "repeated": self.repeated, "index": self.index, "compress": self.files.compress.map(|c| format!("{c:?}").to_lowercase()), "shard": self.files.shard, "text_field": self.read.text_field, "pass_fields": self.pass_fields, "keep": self.wanted.kept(), "lang": self.wanted.lang, "min_chars": self.wanted.min_chars, "ledger": format!("{:?}", self.ledger).to_lowercase(), "rules": self.judge.rules.packs, "model": self.judge.model, "strictness": self.judge.strictness.name(), "thresholds": self.judge.thresholds, "compare_thresholds": self.compare_thresholds,
        });
        let changed = limits.changed();
        if !changed.is_empty() {
            options["limits"] = changed.into();
        }
        let mut progress = Progress::new(self.quiet, &out);
        let run = Run::new(&cleaner, self.paths, &out)
            .filter(filter)
            .reader(self.read.reader().pass_fields(pass_fields(self.pass_fields)).limits(limits))
            .threads(self.threads)
            .stop(stop)
            .on_bytes(progress.mover())
            .force(self.force)
            .resume(self.resume)
            .describe(options);
        let run = run
            .keep_duplicates(self.keep_duplicates)
            .with_thresholds(compared)
            .merge_own(self.merge_own)
            .prefer(self.prefer)
            .paragraphs(self.paragraphs.into())
            .spans(self.spans.into())
            .repeated(self.repeated)
            .index(self.index);
        let run = run.ledger(self.ledger == LedgerArg::Jsonl);
        let run = run.format(format).layout(self.files.layout());
        let done = match self.of_run.part {
            None => PartProgress::Done(Some(run.run(|event| progress.show(&event))?)),
            Some(part) => run.run_part(part, self.of_run.wait, |event| progress.show(&event))?,
        };
        progress.finish();
        let summary = match done {
            PartProgress::Done(Some(summary)) => summary,
            done => {
                if !self.quiet {
                    report_part(&done, self.of_run.part, &out)?;
                }
                let waits = matches!(done, PartProgress::Waits(_));
                return Ok(if waits { Status::Waiting } else { Status::AllWell });
            }
        };
        match (self.quiet, &self.out) {
            (true, _) => {}
            (false, Some(out)) => report(&summary, out)?,
            (false, None) if summary.articles == 0 && summary.failures.is_empty() => {
                let said = left_out(summary.left_out);
                let said =
                    said.unwrap_or_else(|| "no article found; dechaff explain says why".into());
                writeln!(anstream::stderr(), "{said}")?;
            }
            (false, None) => {}
        }
        Ok(Status::of(&summary.failures))
    }
}

/// The paths as they can be found again from anywhere.
fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    let absolute = |path: &PathBuf| match is_stream(path) {
        true => path.clone(),
        false => std::path::absolute(path).unwrap_or_else(|_| path.clone()),
    };
    paths.iter().map(absolute).collect()
}

fn report(summary: &Summary, out: &std::path::Path) -> std::io::Result<()> {
    let mut err = anstream::stderr().lock();
    writeln!(
        err,
        "{} ({}), {}, {} of them copies -> {}",
        counted(summary.inputs, "record"),
        size(summary.bytes),
        counted(summary.articles, "article"),
        summary.copies,
        place_of(out)
    )?;
    if let Some(said) = left_out(summary.left_out) {
        writeln!(err, "{said}")?;
    }
    if summary.known > 0 {
        let rest = if is_stream(out) { "left out" } else { "named in copies.jsonl" };
        writeln!(
            err,
            "{} of stories that earlier runs have seen; they and their copies are {rest}",
            summary.known
        )?;
    }
    let errors = summary.without_article.error_page;
    if errors > 0 {
        let are = if errors == 1 { "is an error page" } else { "are error pages" };
        let records = counted(errors, "record");
        writeln!(
            err,
            "{records} {are} (Not Found, Access Denied, a check for robots), no article"
        )?;
    }
    let without = summary.without_article.no_text_of_an_article;
    if without > 0 {
        let (records, hold) =
            (counted(without, "record"), if without == 1 { "holds" } else { "hold" });
        writeln!(
            err,
            "{records} {hold} paragraphs but no article; the ledger, or dechaff explain, says why"
        )?;
    }
    for (what, kinds) in [("kept with the text", &summary.beside), ("removed", &summary.removed)] {
        let mut kinds: Vec<_> = kinds.iter().filter(|(_, amount)| amount.spans > 0).collect();
        kinds.sort_by_key(|(_, amount)| std::cmp::Reverse(amount.bytes));
        if !kinds.is_empty() {
            let parts: Vec<String> =
                kinds.iter().map(|(kind, r)| format!("{kind} {}", size(r.bytes))).collect();
            let said = format!("{what}: {}", parts.join(", "));
            let said = match width::of_errors() {
                Some(columns) => fitted(&said, columns, what.len() + 2),
                None => said,
            };
            writeln!(err, "{said}")?;
        }
    }
    if summary.inputs == 0 && summary.failures.is_empty() {
        let why = match (summary.skipped.is_empty(), is_stream(out)) {
            (true, _) => "what was given is empty",
            (false, true) => {
                "see what was left out, and why, in the manifest of a run with a folder for --out"
            }
            (false, false) => "see what was left out, and why, in manifest.json under \"skipped\"",
        };
        writeln!(err, "no dump found: {why}")?;
    }
    report_rest(&mut err, out, (&summary.skipped, "input"), (summary.failed, ["input", "inputs"]))
}

/// Says which articles that were found are not wanted.
fn left_out(articles: LeftOut) -> Option<String> {
    let LeftOut { other_language, unknown_language, too_short, .. } = articles;
    let why = [
        (other_language, "of another language"),
        (unknown_language, "of unknown language"),
        (too_short, "too short"),
    ];
    let why = why.iter().filter(|(count, _)| *count > 0);
    let why: Vec<String> = why.map(|(count, reason)| format!("{count} {reason}")).collect();
    let all = counted(articles.all(), "article");
    (!why.is_empty()).then(|| format!("{all} left out: {}", why.join(", ")))
}

fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}
