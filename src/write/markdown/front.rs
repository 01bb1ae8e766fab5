//! An article as a page: its fields as YAML, then headline and text.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::article::{Article, Provenance};
use crate::write::markdown::body::body;
use crate::write::markdown::inline::{Place, inline};
use crate::write::text::one_line;

/// The fields of a line of `articles.jsonl` as YAML, but for the text, which follows as Markdown under its headline.
pub(crate) fn page(article: &Article) -> Result<String> {
    let Article {
        id,
        title,
        text: _,
        blocks: _,
        meta,
        url,
        supersedes,
        metadata,
        appendix,
        provenance,
    } = article;
    let mut front = Front(Vec::from("---\n"));
    front.field("title", title)?;
    front.field("published", &meta.published)?;
    front.field("source", &meta.source)?;
    front.field("authors", &meta.authors)?;
    front.field("language", &meta.language)?;
    front.field("url", url)?;
    front.field("id", id)?;
    if supersedes.is_some() {
        front.field("supersedes", supersedes)?;
    }
    if !metadata.is_empty() {
        front.field("metadata", metadata)?;
    }
    if !appendix.is_empty() {
        front.field("appendix", appendix)?;
    }
    front.0.extend(b"provenance:\n");
    let Provenance {
        dump,
        record,
        source_id,
        target,
        article: number,
        range,
        title: place,
        paragraphs,
        copies,
        copy_of,
        repeats,
        repeated_spans,
        alike,
    } = provenance;
    front.field("  dump", dump)?;
    front.field("  record", record)?;
    for (name, value) in [("  source_id", source_id), ("  target", target)] {
        if value.is_some() {
            front.field(name, value)?;
        }
    }
    front.field("  article", number)?;
    front.field("  range", range)?;
    front.field("  title", place)?;
    front.field("  paragraphs", paragraphs)?;
    front.field("  copies", copies)?;
    if copy_of.is_some() {
        front.field("  copy_of", copy_of)?;
    }
    if !repeats.is_empty() {
        front.field("  repeats", repeats)?;
    }
    if !repeated_spans.is_empty() {
        front.field("  repeated_spans", repeated_spans)?;
    }
    if alike.is_some() {
        front.field("  alike", alike)?;
    }
    front.0.extend(b"---\n");
    let mut page = String::from_utf8(front.0).map_err(std::io::Error::other)?;
    if let Some(title) = title.as_deref().map(one_line).filter(|title| !title.is_empty()) {
        page.push_str("\n# ");
        inline(&title, &[], Place::Line, &mut page);
        page.push('\n');
    }
    body(article, &mut page);
    Ok(page)
}

/// YAML, a field a line.
struct Front(Vec<u8>);

impl Front {
    fn field(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        write!(self.0, "{name}: ")?;
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut self.0, Yaml))?;
        self.0.push(b'\n');
        Ok(())
    }
}

/// JSON that is YAML too: with spaces after `:` and `,`, and without the characters that YAML does not allow to stand as they are.
struct Yaml;

impl Formatter for Yaml {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> Result<()> {
        let is_barred = |c: char| {
            matches!(
                c,
                '\u{7f}'
                    ..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
        };
        for piece in fragment.split_inclusive(is_barred) {
            let barred = piece.chars().next_back().filter(|&c| is_barred(c));
            out.write_all(&piece.as_bytes()[..piece.len() - barred.map_or(0, char::len_utf8)])?;
            if let Some(c) = barred {
                write!(out, "\\u{:04x}", u32::from(c))?;
            }
        }
        Ok(())
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> Result<()> {
        out.write_all(if first { b"" } else { b", " })
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> Result<()> {
        out.write_all(b": ")
    }
}
