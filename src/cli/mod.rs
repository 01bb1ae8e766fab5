//! The command line: arguments in, exit status out.

mod clean;
mod dedup;
mod explain;
mod features;
mod index;
mod progress;
mod rules;
mod text;

use std::io::Write;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use dechaff::error::{Failure, Skipped};
use dechaff::read::{Part, Reader, Record};
use dechaff::rules::{Pack, Rules};
use dechaff::walk::Source;
use dechaff::write::{Compression, Layout, is_stream};
use dechaff::{Choice, Cleaner, Error, Options};

/// Raw dumps of scraped pages in, clean canonical articles out, with a ledger of every byte.
#[derive(Parser)]
#[command(version, about, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Clean(clean::Clean),
    Dedup(dedup::Dedup),
    Explain(explain::Explain),
    Text(text::Text),
    Features(features::FeaturesArgs),
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    #[command(subcommand)]
    Index(index::IndexCommand),
}

/// What every command that judges blocks can be given.
#[derive(Args)]
struct JudgeArgs {
    #[command(flatten)]
    rules: RuleArgs,
    /// Judges with the model in FILE; with "none" by rules and detectors only
    #[arg(long, value_name = "FILE|none")]
    model: Option<PathBuf>,
    /// What becomes of a doubtful block: keep favours recall, strict favours precision
    #[arg(long, value_enum, default_value_t)]
    strictness: Strictness,
}

/// The names of [`dechaff::Strictness`] on the command line.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
enum Strictness {
    Keep,
    #[default]
    Balanced,
    Strict,
}

impl Strictness {
    fn name(self) -> String {
        clap::ValueEnum::to_possible_value(&self)
            .map_or_else(String::new, |value| value.get_name().into())
    }
}

impl JudgeArgs {
    fn cleaner(&self) -> Result<Cleaner, Error> {
        let mut options = self.rules.options()?;
        if let Err(faults) = Rules::new(options.packs.clone()).check() {
            let (rule, reason) = faults[0].split_once(": ").unwrap_or(("", &faults[0]));
            let pack = options
                .packs
                .iter()
                .find(|p| p.rules.iter().any(|r| r.id == rule))
                .map_or("", |p| &p.name);
            return Err(Error::RulePack {
                pack: format!("pack {pack:?}"),
                rule: Some(rule.into()),
                reason: reason.into(),
            });
        }
        options.model = match &self.model {
            None => Choice::BuiltIn,
            Some(name) if name.as_os_str() == "none" => Choice::None,
            Some(file) => Choice::File(file.clone()),
        };
        options.strictness = match self.strictness {
            Strictness::Keep => dechaff::Strictness::Keep,
            Strictness::Balanced => dechaff::Strictness::Balanced,
            Strictness::Strict => dechaff::Strictness::Strict,
        };
        Cleaner::new(options)
    }
}

/// Rule packs, for every command that uses rules.
#[derive(Args)]
struct RuleArgs {
    /// Adds the rule pack in this TOML file; "none" drops the built-in ones; may be given several times
    #[arg(long = "rules", value_name = "FILE|none")]
    packs: Vec<PathBuf>,
}

impl RuleArgs {
    fn options(&self) -> Result<Options, Error> {
        let mut options = Options::default();
        let (none, files): (Vec<&PathBuf>, Vec<_>) =
            self.packs.iter().partition(|p| p.as_os_str() == "none");
        options.no_built_in_rules = !none.is_empty();
        options.packs = files.into_iter().map(|p| Pack::read(p)).collect::<Result<_, _>>()?;
        Ok(options)
    }

    /// A cleaner without a model, for commands that look at rules and features alone.
    fn cleaner(&self) -> Result<Cleaner, Error> {
        let mut options = self.options()?;
        options.model = Choice::None;
        Cleaner::new(options)
    }
}

/// How a command ends.
enum Status {
    AllWell,
    SomeFailed,
    WrongUsage,
    NothingWritten,
}

impl Status {
    /// That of a run with these failures.
    fn of(failures: &[Failure]) -> Self {
        if failures.is_empty() { Self::AllWell } else { Self::SomeFailed }
    }
}

/// How files of lines are written, for every command that writes some.
#[derive(Args)]
struct FilesArgs {
    /// Compresses the files of JSON lines
    #[arg(long, value_enum, value_name = "HOW")]
    compress: Option<CompressArg>,
    /// Begins another file after N MB (articles-00000.jsonl, articles-00001.jsonl, ...), by the size as jsonl without compression
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    shard: Option<u64>,
}

/// The names of [`Compression`] on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum CompressArg {
    Gz,
    Zst,
}

impl FilesArgs {
    fn layout(&self) -> Layout {
        let compression = self.compress.map(|arg| match arg {
            CompressArg::Gz => Compression::Gzip,
            CompressArg::Zst => Compression::Zstd,
        });
        Layout {
            compression,
            shard: self.shard.and_then(|megabytes| NonZero::new(megabytes * 1_000_000)),
        }
    }
}

/// Where a command writes to, for its summary.
fn place_of(out: &Path) -> String {
    if is_stream(out) { "standard output".into() } else { printable(&out.display().to_string()) }
}

/// Says how many of which inputs were left out, and how many failed. Where there is no manifest, each failure was named when it happened.
fn report_rest(
    err: &mut impl Write,
    out: &Path,
    (skipped, left_out): (&[Skipped], &str),
    (failures, failed): (&[Failure], &str),
) -> std::io::Result<()> {
    let listed = |list: &str| {
        if is_stream(out) {
            String::new()
        } else {
            format!(", listed in manifest.json under {list:?}")
        }
    };
    if !skipped.is_empty() {
        writeln!(err, "{} {left_out} left out{}", skipped.len(), listed("skipped"))?;
    }
    if !failures.is_empty() {
        writeln!(err, "{} {failed} failed{}", failures.len(), listed("failures"))?;
    }
    Ok(())
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::AllWell => 0,
            Status::SomeFailed => 1,
            Status::WrongUsage => 2,
            Status::NothingWritten => 3,
        })
    }
}

pub(crate) fn main() -> ExitCode {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !dechaff::is_guarded() {
            report(panic);
        }
    }));
    let result = match Cli::parse().command {
        Command::Clean(clean) => clean.run(),
        Command::Dedup(dedup) => dedup.run(),
        Command::Explain(explain) => explain.run(),
        Command::Text(text) => text.run(),
        Command::Features(features) => features.run(),
        Command::Rules(rules) => rules.run(),
        Command::Index(index) => index.run(),
    };
    match result {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => Status::AllWell.into(),
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "dechaff: {}", message_of(&error));
            status_of(&error).into()
        }
    }
}

/// What happened and why, from the outside in; a cause that the message before it ends with is not said twice.
fn message_of(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match said.as_str() {
        "" => cause,
        before if before.ends_with(&cause) => said,
        before => format!("{before}: {cause}"),
    })
}

fn status_of(error: &anyhow::Error) -> Status {
    if error.is::<BadInput>() {
        Status::SomeFailed
    } else if error.is::<std::io::Error>() || matches!(error.downcast_ref(), Some(Error::Io { .. }))
    {
        Status::NothingWritten
    } else {
        Status::WrongUsage
    }
}

/// A dump that a command was to show, and could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct BadInput(String);

/// How dumps are read.
#[derive(Args)]
struct ReadArgs {
    /// The field of JSON records, or the column of Parquet, that holds the text; guessed otherwise
    #[arg(long, value_name = "NAME")]
    text_field: Option<String>,
}

impl ReadArgs {
    fn reader(&self) -> Reader {
        Reader::default().text_field(self.text_field.clone())
    }
}

/// A dump that is shown, all of it or one record.
#[derive(Args)]
struct ShowArgs {
    /// A dump, or - for standard input
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Only this record, by the id that "record" has in the output
    #[arg(long, value_name = "ID")]
    record: Option<String>,
    #[command(flatten)]
    read: ReadArgs,
}

impl ShowArgs {
    /// Shows the wanted records one after the other. What cannot be read is named on standard error.
    fn each(self, mut show: impl FnMut(Record) -> anyhow::Result<()>) -> anyhow::Result<Status> {
        let dump = self.path.display().to_string();
        anyhow::ensure!(!self.path.is_dir(), "{dump}: is a folder; name one of the dumps in it");
        let source =
            Source { path: (dump != "-").then_some(self.path), dump, bytes: 0, in_folder: false };
        let (mut status, mut shown, mut failed) = (Status::AllWell, false, None);
        let mut take = |part| {
            match part {
                Part::Record(record) if self.record.is_none() || record.id == self.record => {
                    shown = true;
                    failed = show(record).err();
                }
                Part::Broken { record, reason }
                    if self.record.is_none() || record.is_none() || record == self.record =>
                {
                    shown = true;
                    status = Status::SomeFailed;
                    let place = record.map_or_else(
                        || source.dump.clone(),
                        |record| format!("{}: {record}", source.dump),
                    );
                    let _ = writeln!(
                        anstream::stderr(),
                        "dechaff: {}",
                        printable(&format!("{place}: {reason}"))
                    );
                }
                _ => {}
            }
            let is_over = failed.is_some() || shown && self.record.is_some();
            if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        self.read.reader().read(&source, &mut take).map_err(|error| BadInput(error.to_string()))?;
        match (failed, self.record) {
            (Some(error), _) => Err(error),
            (None, Some(record)) if !shown => {
                Err(BadInput(format!("{}: has no record {record}", source.dump)).into())
            }
            _ => Ok(status),
        }
    }
}

/// A reader that went away, such as `head`, is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// `text` without characters that a terminal would act on.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}
