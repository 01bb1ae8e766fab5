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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Compression {
    /// gzip, in files that end with `.gz`.
    #[serde(rename = "gz")]
    Gzip,
    /// zstd, in files that end with `.zst`.
    #[serde(rename = "zst")]
    Zstd,
}

/// How files of lines are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// How they are compressed.
    pub compression: Option<Compression>,
    /// Bytes of JSON Lines, before compression and whatever the format, that another file begins after.
    pub shard: Option<NonZero<u64>>,
}

impl Format {
    /// Whether it is a page for each article: a file, or on standard output one after the other.
    pub(crate) fn is_tree(self) -> bool {
        matches!(self, Self::Markdown | Self::Text)
    }

    /// Whether articles can be written like this; `is_stream` for standard output.
    ///
    /// # Errors
    /// [`Error::Format`] names what does not go together.
    pub(crate) fn check(self, layout: Layout, is_stream: bool) -> Result<()> {
        let reason = match layout {
            Layout { shard: Some(_), .. } if is_stream => {
                "standard output cannot be split; leave --shard out, or name a folder with --out"
            }
            Layout { shard: Some(_), .. } if self.is_tree() => {
                "each article has a file of its own already; leave --shard out"
            }
            Layout { compression: Some(_), .. } if is_stream && self == Self::Parquet => {
                "parquet is compressed already; leave --compress out"
            }
            Layout { compression: Some(_), .. } if is_stream && self.is_tree() => {
                "pages on standard output are not compressed; leave --compress out"
            }
            _ => return Ok(()),
        };
        Err(Error::Format { reason })
    }
}
