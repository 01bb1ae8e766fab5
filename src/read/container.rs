//! What an input is by its first bytes, where it holds records or is packed.

use crate::read::charset::is_no_text;
use crate::read::format::is_feed;
use crate::read::limits::HEAD;

/// A form that is not the bytes of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Gzip,
    Zstd,
    Bzip2,
    Xz,
    Zip,
    Tar,
    Parquet,
    Warc,
    Arc,
    Json,
    Feed,
}

impl Container {
    /// The form of an input that begins with `head`.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        let head = &head[..head.len().min(HEAD)];
        Some(match head {
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] => Self::Bzip2,
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Self::Xz,
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Self::Zip,
            _ if head.get(257..262) == Some(b"ustar") => Self::Tar,
            _ if is_parquet(head) => Self::Parquet,
            _ if is_warc(head) => Self::Warc,
            _ if head.starts_with(b"filedesc://") => Self::Arc,
            _ if is_json(head) => Self::Json,
            _ if is_feed(&String::from_utf8_lossy(head)) => Self::Feed,
            _ => return None,
        })
    }

    /// Its name, with its article where it has one.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zip => "a zip archive",
            Self::Tar => "a tar archive",
            Self::Parquet => "Parquet",
            Self::Warc => "a WARC",
            Self::Arc => "an ARC",
            Self::Json => "JSON",
            Self::Feed => "a feed (RSS or Atom)",
        }
    }
}

/// Whether an input begins as Parquet does, and no text goes on.
fn is_parquet(head: &[u8]) -> bool {
    head.strip_prefix(b"PAR1").is_some_and(|rest| rest.iter().any(|&b| is_no_text(b.into())))
}

/// Whether a record of a web archive begins.
pub(super) fn is_warc(head: &[u8]) -> bool {
    head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.")
}

/// Whether an input begins with an object, or an array of objects.
fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.split_first() {
        Some((b'{', rest)) => {
            matches!(rest.trim_ascii_start(), [b'"' | b'}', ..]) && !is_head_of_text(head)
        }
        Some((b'[', rest)) => rest.trim_ascii_start().starts_with(b"{"),
        _ => false,
    }
}

/// Whether one object stands above lines of text, as scrapers write what they know of a page: nothing below it begins as JSON does.
fn is_head_of_text(head: &[u8]) -> bool {
    /// Lines of text, at least.
    const LINES: usize = 2;
    let mut lines = head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii).filter(|l| !l.is_empty());
    let is_object = lines
        .next()
        .is_some_and(|line| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok());
    let below: Vec<&[u8]> = lines.collect();
    let is_json = |line: &&[u8]| matches!(line[0], b'{' | b'[' | b'}' | b']' | b'"');
    is_object && below.len() >= LINES && !below.iter().any(is_json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_beginning() {
        for json in ["{\"text\": 1}", "\u{feff} {\n  \"a\"", "[\n{", "{}"] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        let text = "{\"doc\": 101}\nThe quay reopens\nThe old quay was opened again on Monday.\n";
        assert!(!is_json(text.as_bytes()));
        for json in ["{\"text\": 1}\nno json\n{\"text\": 2}\n", "{\"text\": 1}\nno json\n"] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for text in ["[1] A footnote", "{{template}}", "[{", "{curly} words"] {
            assert_eq!(is_json(text.as_bytes()), text == "[{", "{text}");
        }
    }
}
