//! What can go wrong, with the place it concerns.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// An error of the library. Each message says what happened, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A dump holds no text that could be read.
    #[error("{0}")]
    Unreadable(#[from] Unreadable),
    /// A rule pack cannot be used.
    #[error("{}: {}{reason}", pack, rule.as_ref().map(|r| format!("rule {r}: ")).unwrap_or_default())]
    RulePack {
        /// File or built-in pack.
        pack: String,
        /// The rule's id, where one rule is at fault.
        rule: Option<String>,
        /// What is wrong with it.
        reason: String,
    },
    /// A model file cannot be used.
    #[error("{model}: {reason}")]
    Model {
        /// The file, or the built-in model.
        model: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file of thresholds cannot be used.
    #[error("thresholds {}: {reason}", path.display())]
    Thresholds {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// An index file cannot be used.
    #[error("index {}: {reason}", path.display())]
    Index {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A glob pattern of `--include` or `--exclude` cannot be used.
    #[error("glob {pattern:?}: {reason}")]
    Glob {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A path that was given to be read stands nowhere.
    #[error("{}: no such file or folder{}", path.display(), if *is_pattern { "; the shell found nothing that this pattern matches" } else { "" })]
    NoSuchPath {
        /// The path as given.
        path: PathBuf,
        /// Whether it looks like a pattern that the shell left as it is.
        is_pattern: bool,
    },
    /// No file that was found is to be read, by its name.
    #[error("no file is left to read: {files} of those found {} --include, or {} --exclude", if *files == 1 { "does not match" } else { "do not match" }, if *files == 1 { "matches" } else { "match" })]
    NothingMatches {
        /// How many were found.
        files: usize,
    },
    /// A file that was given to be read stands where the run writes.
    #[error("{}: is given to be read and stands where the run writes; choose another output folder", path.display())]
    InputTaken {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing to read, and the output folder holds the files of another run.
    #[error("{}: left as it is, as there is nothing to read{}", path.display(), because(missing.as_ref()))]
    NothingToRead {
        /// The output folder.
        path: PathBuf,
        /// The first input that could not be reached, if one could not.
        missing: Option<Failure>,
    },
    /// Nothing that was given holds documents.
    #[error("{}: holds no file of documents; of folders those are read whose names end in .jsonl, .ndjson, .json, .parquet, .csv or .tsv, compressed or not{}", path.display(), if *others > 0 { "; to clean other dumps first use `dechaff clean`" } else { "" })]
    NoDocuments {
        /// The first path that was given.
        path: PathBuf,
        /// How many files of other kinds there are.
        others: usize,
    },
    /// More texts than can be numbered, articles, documents or paragraphs, were to be compared with each other: the run writes nothing.
    #[error("there are more than {} texts; compare them in parts", u32::MAX)]
    TooManyTexts,
    /// The output cannot have the form that was asked for.
    #[error("{reason}")]
    Format {
        /// What does not go together, and what to do.
        reason: &'static str,
    },
    /// A folder does not hold what a run wrote that is asked for.
    #[error("{}: {reason}", path.display())]
    NoRun {
        /// The folder, or the file in it.
        path: PathBuf,
        /// What is missing.
        reason: &'static str,
    },
    /// Another run writes to the output folder.
    #[error("{}: another run writes to it; wait for that or choose another folder", path.display())]
    OutputBusy {
        /// The output folder.
        path: PathBuf,
    },
    /// A part of a run that is spread cannot be done here: the parts were begun with other documents or options, or another process does this one.
    #[error("{}: {reason}", path.display())]
    Part {
        /// The output folder, or what in it this concerns.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A run cannot go on where an earlier call was ended: that had other dumps or options.
    #[error("{}: {reason}", path.display())]
    Resume {
        /// The output folder, or the dump that this concerns.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The run was told to stop, and has written nothing.
    #[error("was told to stop")]
    Stopped,
    /// The output folder holds files of the names that a run writes.
    #[error("{}: holds files of the names that a run writes; choose another folder or pass --force to replace them", path.display())]
    OutputTaken {
        /// The output folder.
        path: PathBuf,
    },
}

impl Unreadable {
    pub(crate) fn damaged(reason: impl std::fmt::Display) -> Self {
        Self::Damaged(reason.to_string())
    }
}

impl Error {
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { path: path.into(), source }
    }

    /// A file, or folder, of a run at work that is not as it was written.
    pub(crate) fn damaged(path: impl Into<PathBuf>) -> Self {
        let reason = "is damaged; begin the run anew (remove .dechaff.parts or .dechaff.resume first, if it is there)";
        Self::io(path)(std::io::Error::other(reason))
    }
}

fn because(missing: Option<&Failure>) -> String {
    missing.map_or_else(String::new, |failure| format!(" ({}: {})", failure.dump, failure.error))
}

/// Why a dump that could be opened has no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// No byte, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Zero bytes stand in it.
    #[error("is a binary file (zero byte at offset {offset})")]
    Binary {
        /// Offset of the first zero byte.
        offset: usize,
    },
    /// It is written in a format that is not read.
    #[error("is {format}, which is not read; {advice}")]
    Foreign {
        /// The format, with its article.
        format: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// It is packed, or holds records, where one record was asked for.
    #[error("is {format}, not one record: read what it holds with Reader::records")]
    Container {
        /// The format, with its article where it has one.
        format: &'static str,
    },
    /// Bytes that are no text in any known encoding.
    #[error("is no text in any known encoding (control character at byte {offset})")]
    Undecodable {
        /// Offset of the first byte that stands in no text.
        offset: usize,
    },
    /// A container or a compressed stream that breaks off, or is not what it says.
    #[error("{0}")]
    Damaged(String),
    /// An object without a text.
    #[error(
        "has no text: none of the fields {looked_for} holds a string; name the field with --text-field"
    )]
    NoTextField {
        /// The fields that were looked for.
        looked_for: String,
    },
    /// An archive that stands too deep in others.
    #[error("is an archive within {limit} others, more than are opened; unpack it first")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// More comes out of it than out of any dump of texts.
    #[error(
        "unpacks to over {ratio} times its size and {harmless} bytes, as no dump of texts does"
    )]
    Bomb {
        /// How many times its size may come out.
        ratio: u64,
        /// Bytes that may come out whatever its size.
        harmless: u64,
    },
    /// There are more members, records and failures in it than its bytes can tell of.
    #[error(
        "holds over {limit} members and records in less than two bytes each, as no dump of texts does"
    )]
    TooManyMembers {
        /// The limit.
        limit: u64,
    },
    /// A line is too long to be text.
    #[error("has a line of over {limit} bytes (at byte {offset})")]
    LongLine {
        /// Offset of the line.
        offset: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// More lines than a page of text has.
    #[error("has over {limit} lines; split it")]
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// The dump is too large to be held in memory.
    #[error("has over {limit} bytes; split it")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

/// Why work on a record ended without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfinished {
    /// It was told to stop.
    #[error("was told to stop")]
    Stopped,
    /// The cleaner broke down.
    #[error("the cleaner broke down on it; please report this")]
    BrokeDown,
}

/// A file or folder, or records of a dump, that were left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// Its relative path.
    pub dump: String,
    /// Why.
    pub reason: String,
}

/// A dump, or a record of one, that could not be cleaned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Failure {
    /// The dump.
    pub dump: String,
    /// The record of it; None for the whole dump.
    pub record: Option<String>,
    /// What went wrong.
    pub error: String,
}

#[cfg(feature = "run")]
impl Failure {
    /// That of a line of a dump, counted from 1, or of the dump as a whole.
    pub(crate) fn at_line(dump: &str, line: Option<usize>, error: &str) -> Self {
        let record = line.map(|line| line.to_string());
        Self { dump: dump.into(), record, error: error.into() }
    }
}

/// The library's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;
