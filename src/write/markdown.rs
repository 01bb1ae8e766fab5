//! An article as a page of its own: plain text, or Markdown with its metadata and provenance in front.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::article::{Article, Provenance};

/// Headline and text, parted by an empty line.
pub(super) fn text(article: &Article) -> String {
    let title = article.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    title.map_or_else(
        || format!("{}\n", article.text),
        |title| format!("{title}\n\n{}\n", article.text),
    )
}

/// The fields of a line of `articles.jsonl` as YAML, but for the text, which follows as Markdown under its headline.
pub(super) fn markdown(article: &Article) -> Result<String> {
    let Article { id, title, text, meta, url, supersedes, metadata, appendix, provenance } =
        article;
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
        article,
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
    front.field("  article", article)?;
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
        escape(&title, &mut page);
        page.push('\n');
    }
    for paragraph in text.split("\n\n") {
        page.push('\n');
        escape(paragraph, &mut page);
        page.push('\n');
    }
    Ok(page)
}

/// A headline without breaks and control characters, which those of containers can hold.
fn one_line(title: &str) -> String {
    let words: Vec<&str> = title
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
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

/// Writes a line so that [CommonMark](https://spec.commonmark.org/0.31.2/) shows it as it stands: whatever would be markup gets a backslash.
fn escape(line: &str, out: &mut String) {
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let is_markup = match c {
            '\\' | '`' | '*' | '[' | '<' | '~' => true,
            '_' => !(before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)),
            '&' => rest.split_once(';').is_some_and(|(name, _)| {
                name.len() <= LONGEST_ENTITY
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
            }),
            '#' => before == ' ' || before == '#',
            '>' | '-' | '+' => at == 0,
            '.' | ')' => at == number && at > 0,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// Bytes of the longest name of an entity, such as `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 32;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn escaped(line: &str) -> String {
        let mut out = String::new();
        escape(line, &mut out);
        out
    }

    #[test]
    fn what_would_be_markup_is_escaped_and_the_rest_is_left() {
        for plain in [
            "AT&T, P&L, C# at 5 p.m. (see below) - or not!",
            "https://example.org/a_b-c?d=1&e=2",
            "1,000 boats > 20 ferries",
        ] {
            assert_eq!(escaped(plain), plain);
        }
        let pairs = [
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("- not a list", "\\- not a list"),
            ("12. December", "12\\. December"),
            ("## Heading ##", "\\#\\# Heading \\#\\#"),
            ("[x]: https://example.org", "\\[x]: https://example.org"),
            (
                "&lt; and *stars*, _dashes_ and ~~waves~~",
                "\\&lt; and \\*stars\\*, \\_dashes\\_ and \\~\\~waves\\~\\~",
            ),
        ];
        for (line, wanted) in pairs {
            assert_eq!(escaped(line), wanted);
        }
    }

    proptest! {
        /// What CommonMark shows of a paragraph is the paragraph, in one block.
        #[test]
        fn a_paragraph_is_shown_as_it_stands(words in prop::collection::vec("[a-z0-9#*_`<>&;.)(\\[\\]!~+=|:\\\\\"'$^{}@/-]{1,8}|&amp;|&#65;|<b>|https://a.b/c_d|---|===|\\PC{1,4}", 1..9)) {
            use pulldown_cmark::{Event, Parser, Tag, TagEnd};
            let line = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!line.is_empty());
            for (mark, level) in [("", None), ("# ", Some(pulldown_cmark::HeadingLevel::H1))] {
                let page = format!("{mark}{}\n", escaped(&line));
                let mut shown = String::new();
                for event in Parser::new(&page) {
                    match event {
                        Event::Text(text) => shown.push_str(&text),
                        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => prop_assert!(level.is_none()),
                        Event::Start(Tag::Heading { level: found, .. }) => prop_assert_eq!(level, Some(found)),
                        Event::End(TagEnd::Heading(_)) => {}
                        other => prop_assert!(false, "{other:?} in {page:?}"),
                    }
                }
                prop_assert_eq!(&shown, &line);
            }
        }
    }
}
