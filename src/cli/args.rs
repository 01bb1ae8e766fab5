//! Arguments that several commands share.

use crate::cli::status::{BadInput, Status};
use clap::Args;
use dechaff::Source;
use dechaff::printable;
use dechaff::{Cleaner, CompareThresholds, Error, ModelChoice, Options, Thresholds};
use dechaff::{Compression, Layout};
use dechaff::{Pack, Rules};
use dechaff::{Part, Reader, Record};
use std::io::Write;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// What every command that judges blocks can be given.
#[derive(Args)]
pub(crate) struct JudgeArgs {
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// Judges with the model in FILE; with "none" by rules and detectors only
    #[arg(long, value_name = "FILE|none")]
    pub(super) model: Option<PathBuf>,
    /// What becomes of a doubtful block: keep favours recall, strict favours precision
    #[arg(long, value_enum, default_value_t)]
    pub(super) strictness: Strictness,
    /// Decides by the numbers in this JSON file instead of the defaults
    #[arg(long, value_name = "FILE", hide = true)]
    pub(super) thresholds: Option<PathBuf>,
}

impl JudgeArgs {
    pub(super) fn cleaner(&self) -> Result<Cleaner, Error> {
        Cleaner::new(self.options()?)
    }

    /// What a cleaner is made from.
    pub(super) fn options(&self) -> Result<Options, Error> {
        let mut options = self.rules.options()?;
        Rules::new(options.packs.clone()).refuse_faults()?;
        options.model = match &self.model {
            None => ModelChoice::BuiltIn,
            Some(name) if name.as_os_str() == "none" => ModelChoice::None,
            Some(file) => ModelChoice::File(file.clone()),
        };
        options.strictness = match self.strictness {
            Strictness::Keep => dechaff::Strictness::Keep,
            Strictness::Balanced => dechaff::Strictness::Balanced,
            Strictness::Strict => dechaff::Strictness::Strict,
        };
        if let Some(file) = &self.thresholds {
            options.thresholds = Thresholds::read(file)?;
        }
        Ok(options)
    }
}

/// Rule packs, for every command that uses rules.
#[derive(Args)]
pub(crate) struct RuleArgs {
    /// Adds the rule pack in this TOML file; "none" drops the built-in ones; may be given several times
    #[arg(long = "rules", value_name = "FILE|none")]
    pub(super) packs: Vec<PathBuf>,
}

impl RuleArgs {
    pub(super) fn options(&self) -> Result<Options, Error> {
        let mut options = Options::default();
        let (none, files): (Vec<&PathBuf>, Vec<_>) =
            self.packs.iter().partition(|p| p.as_os_str() == "none");
        options.no_built_in_rules = !none.is_empty();
        options.packs = files.into_iter().map(|p| Pack::read(p)).collect::<Result<_, _>>()?;
        Ok(options)
    }

    /// A cleaner without a model, for commands that look at rules and features alone.
    pub(super) fn cleaner(&self) -> Result<Cleaner, Error> {
        let mut options = self.options()?;
        options.model = ModelChoice::None;
        Cleaner::new(options)
    }
}

/// How files of lines are written, for every command that writes some.
#[derive(Args)]
pub(crate) struct FilesArgs {
    /// Compresses the files of JSON lines
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) compress: Option<CompressArg>,
    /// Begins another file after N MB (articles-00000.jsonl, articles-00001.jsonl, ...), by the size as jsonl without compression
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(super) shard: Option<u64>,
}

impl FilesArgs {
    pub(super) fn layout(&self) -> Layout {
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

/// How dumps are read.
#[derive(Args)]
pub(crate) struct ReadArgs {
    /// The field of JSON records (article.body where it stands in an object), or the column of a table, that holds the text; guessed otherwise
    #[arg(long, value_name = "NAME")]
    pub(super) text_field: Option<String>,
}

impl ReadArgs {
    pub(super) fn reader(&self) -> Reader {
        Reader::default().text_field(self.text_field.clone())
    }
}

/// A dump that is shown, all of it or one record.
#[derive(Args)]
pub(crate) struct ShowArgs {
    /// A dump, or - for standard input
    #[arg(value_name = "PATH")]
    pub(super) path: PathBuf,
    /// Only this record, by the id that "record" has in the output
    #[arg(long, value_name = "ID")]
    pub(super) record: Option<String>,
    #[command(flatten)]
    pub(super) read: ReadArgs,
}

impl ShowArgs {
    /// Shows the wanted records one after the other. What cannot be read is named on standard error.
    pub(super) fn each(
        self,
        mut show: impl FnMut(Record) -> anyhow::Result<()>,
    ) -> anyhow::Result<Status> {
        let dump = self.path.display().to_string();
        anyhow::ensure!(!self.path.is_dir(), "{dump}: is a folder; name one of the dumps in it");
        let source =
            Source { path: (dump != "-").then_some(self.path), dump, bytes: 0, in_folder: false };
        let parts = self.read.reader().open(&source).map_err(|e| BadInput(e.to_string()))?;
        let (mut status, mut shown) = (Status::AllWell, false);
        for part in parts {
            match part {
                Part::Record(record) if self.record.is_none() || record.id == self.record => {
                    shown = true;
                    show(record)?;
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
                    let said = printable(&format!("{place}: {reason}")).to_string();
                    writeln!(anstream::stderr(), "dechaff: {said}")?;
                }
                _ => {}
            }
            if shown && self.record.is_some() {
                break;
            }
        }
        match self.record {
            Some(record) if !shown => {
                Err(BadInput(format!("{}: has no record {record}", source.dump)).into())
            }
            _ => Ok(status),
        }
    }
}

/// The names of [`Compression`] on the command line.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum CompressArg {
    Gz,
    Zst,
}

/// The names of [`dechaff::Strictness`] on the command line.
#[derive(Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Strictness {
    Keep,
    #[default]
    Balanced,
    Strict,
}

impl Strictness {
    pub(super) fn name(self) -> String {
        clap::ValueEnum::to_possible_value(&self)
            .map_or_else(String::new, |value| value.get_name().into())
    }
}

/// Reads a share from 0 to 1.
pub(super) fn share(value: &str) -> Result<f32, String> {
    match value.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a share from 0 to 1, such as 0.1".into()),
    }
}

/// Reads a number of bytes: alone, or with K, M or G behind it.
pub(super) fn bytes(value: &str) -> Result<u64, String> {
    let digits = value.trim_end_matches(['K', 'M', 'G', 'k', 'm', 'g']);
    let unit = match value[digits.len()..].to_ascii_uppercase().as_str() {
        "" => Some(1),
        "K" => Some(1 << 10),
        "M" => Some(1 << 20),
        "G" => Some(1 << 30),
        _ => None,
    };
    let bytes = digits.parse().ok().zip(unit).and_then(|(size, unit)| u64::checked_mul(size, unit));
    bytes.ok_or_else(|| "give a number of bytes, such as 2G, 500M or 100000".into())
}

/// The numbers by which texts are compared: those of a JSON file, or the defaults; with the largest loss where it is given.
pub(super) fn compared_by(
    file: Option<&Path>,
    loss: Option<f32>,
) -> Result<CompareThresholds, Error> {
    let read = file.map_or_else(|| Ok(CompareThresholds::default()), CompareThresholds::read)?;
    Ok(CompareThresholds { loss: loss.unwrap_or(read.loss), ..read })
}
