//! How much is taken of a dump, and of a record.

use std::num::NonZero;
use std::time::Duration;

use clap::Args;
use dechaff::Limits;

use crate::cli::args::bytes;

/// How much is taken of a file.
#[derive(Args)]
pub(crate) struct FileLimits {
    /// Bytes of a record (K, M, G: powers of 1024)
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "512M", help_heading = LIMITS)]
    max_record: u64,
    /// Bytes that come out of a packed file, through all layers
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "64M", help_heading = LIMITS)]
    max_unpacked: u64,
    /// The same as so many times its own size, if that is more
    #[arg(long, value_name = "N", default_value = "600", help_heading = LIMITS)]
    max_ratio: u64,
    /// Records and members in less than two bytes each
    #[arg(long, value_name = "N", default_value = "100000", help_heading = LIMITS)]
    max_members: u64,
}

/// How much is taken of a record, and of archives within each other.
#[derive(Args)]
pub(crate) struct RecordLimits {
    /// Archives within each other that are opened, up to 16
    #[arg(long, value_name = "N", default_value = "2", help_heading = LIMITS, value_parser = depth)]
    max_depth: usize,
    /// Bytes of a line
    #[arg(long, value_name = "SIZE", value_parser = bytes, default_value = "16M", help_heading = LIMITS)]
    max_line: u64,
    /// Articles of a record
    #[arg(long, value_name = "N", default_value = "100000", help_heading = LIMITS)]
    max_articles: NonZero<usize>,
    /// Seconds of a record, by the clock of this machine [default: none]
    #[arg(long, value_name = "N", value_parser = seconds, help_heading = LIMITS)]
    max_seconds: Option<Duration>,
}

/// Under which all stand on the help pages.
const LIMITS: &str = "Limits: what has more is named as a failure, and all else is read";

impl FileLimits {
    pub(super) fn limits(&self) -> Limits {
        Limits {
            record: self.max_record,
            unpacked: self.max_unpacked,
            ratio: self.max_ratio,
            members: self.max_members,
            ..Limits::default()
        }
    }

    /// These with those of a record.
    pub(super) fn with(&self, record: &RecordLimits) -> Limits {
        Limits {
            depth: record.max_depth,
            line: usize::try_from(record.max_line).unwrap_or(usize::MAX),
            articles: record.max_articles.get(),
            time: record.max_seconds,
            ..self.limits()
        }
    }
}

fn depth(value: &str) -> Result<usize, String> {
    let depth = value.parse().ok().filter(|&depth| depth <= Limits::DEEPEST);
    depth.ok_or_else(|| format!("give a number from 0 to {}", Limits::DEEPEST))
}

fn seconds(value: &str) -> Result<Duration, String> {
    let seconds = value.parse().ok().filter(|&seconds: &f64| seconds > 0.0);
    let time = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    time.ok_or_else(|| "give a number of seconds, such as 30 or 0.5".into())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Both {
        #[command(flatten)]
        file: FileLimits,
        #[command(flatten)]
        record: RecordLimits,
    }

    fn limits(arguments: &[&str]) -> Limits {
        let Both { file, record } = Both::parse_from([&["dechaff"], arguments].concat());
        file.with(&record)
    }

    #[test]
    fn the_help_page_names_the_limits_of_the_library() {
        assert_eq!(limits(&[]), Limits::default());
    }

    #[test]
    fn each_option_sets_its_limit() {
        let set = limits(&[
            "--max-record=1K",
            "--max-unpacked=2K",
            "--max-ratio=3",
            "--max-members=4",
            "--max-depth=5",
            "--max-line=6",
            "--max-articles=7",
            "--max-seconds=0.5",
        ]);
        let expected = Limits {
            record: 1024,
            unpacked: 2048,
            ratio: 3,
            members: 4,
            depth: 5,
            line: 6,
            articles: 7,
            time: Some(Duration::from_millis(500)),
            ..Limits::default()
        };
        assert_eq!(set, expected);
        assert_eq!(set.changed().len(), 8);
    }
}
