//! Articles as documents of the [Dolma toolkit](https://github.com/allenai/dolma/blob/main/docs/data-format.md).

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::article::{Appendix, Article, Provenance};
use crate::structure::TextBlock;

/// A document. What is not known is empty: the toolkit refuses `null`.
#[derive(Serialize)]
struct Document<'a> {
    id: &'a str,
    text: &'a str,
    source: &'a str,
    /// Empty: it would be the time of the run, and the same dumps would give other bytes each time. The manifest has it.
    added: &'a str,
    created: &'a str,
    metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    title: Option<&'a str>,
    authors: &'a [String],
    language: Option<&'a str>,
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supersedes: Option<&'a str>,
    /// The fields that the record brought with it.
    #[serde(skip_serializing_if = "Map::is_empty")]
    metadata: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    appendix: &'a [Appendix],
    blocks: &'a [TextBlock],
    provenance: &'a Provenance,
}

/// Writes the article of a line as a document, in a line of its own.
pub(super) fn write(line: &[u8], out: &mut dyn Write) -> Result<()> {
    let article: Article = serde_json::from_slice(line)?;
    let Article {
        id,
        title,
        text,
        blocks,
        meta,
        url,
        supersedes,
        metadata: passed,
        appendix,
        provenance,
    } = &article;
    let metadata = Metadata {
        title: title.as_deref(),
        authors: &meta.authors,
        language: meta.language.as_deref(),
        url: url.as_deref(),
        supersedes: supersedes.as_deref(),
        metadata: passed,
        appendix,
        blocks,
        provenance,
    };
    // A document has to name a source: the publisher, or else the dump.
    let source = meta.source.as_deref().unwrap_or(&provenance.dump);
    serde_json::to_writer(
        &mut *out,
        &Document {
            id,
            text,
            source,
            added: "",
            created: meta.published.as_deref().unwrap_or_default(),
            metadata,
        },
    )?;
    out.write_all(b"\n")
}
