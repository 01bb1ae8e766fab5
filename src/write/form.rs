//! In which form articles are written.

use std::num::NonZero;

use serde::Serialize;

use crate::error::{Error, Result};

/// What an archive of articles looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// `articles.jsonl`: one JSON object a line.
    #[default]
    Jsonl,
    /// `articles.parquet`: a table with typed columns, the provenance nested, compressed with zstd.
    Parquet,
    /// A Markdown file for each article, in folders by dump below `articles`, with metadata and provenance in front of its text.
    Markdown,
    /// A file for each article as for Markdown, but with headline and text alone.
    Text,
    /// `documents/articles.jsonl.gz`: the documents that the Dolma toolkit reads.
    Dolma,
}

/// How files of lines are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Compression {
    /// gzip, in files that end with `.gz`.
    Gzip,
    /// zstd, in files that end with `.zst`.
    Zstd,
}

/// Everything that is asked of the form of an output.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Form {
    pub(crate) format: Format,
    pub(crate) compression: Option<Compression>,
    /// Bytes of lines after which another file begins.
    pub(crate) shard: Option<NonZero<u64>>,
}

impl Form {
    /// Whether all that is asked goes together; `is_stream` for standard output.
    ///
    /// # Errors
    /// [`Error::Format`] names what does not.
    pub(crate) fn check(self, is_stream: bool) -> Result<()> {
        let is_tree = matches!(self.format, Format::Markdown | Format::Text);
        let reason = match self {
            _ if is_stream && is_tree => "a file for each article cannot go to standard output; name a folder with --out",
            Self { shard: Some(_), .. } if is_stream => "standard output cannot be split; leave --shard out, or name a folder with --out",
            Self { shard: Some(_), .. } if is_tree => "each article has a file of its own already; leave --shard out",
            Self { format: Format::Parquet, compression: Some(_), .. } if is_stream => "parquet is compressed already; leave --compress out",
            _ => return Ok(()),
        };
        Err(Error::Format { reason })
    }
}
