//! The head and body of an HTTP message, as web archives keep them.

use std::io::{Cursor, Read};

use crate::error::Unreadable;
use crate::read::budget::Unpacked;
use crate::read::inflate::{Compression, inflate};
use crate::read::media::{charset_of, media_of};
use crate::read::peek::Peek;
use crate::read::place::Place;

/// Named fields, as in the head of an HTTP message or of a WARC record.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Adds a line; one that begins with white space goes on with the field before it.
    pub(super) fn push(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        match (line.split_once(':'), self.0.last_mut()) {
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => {
                self.0.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            _ => {}
        }
    }

    /// The value of the field `name`, in whatever case that is written.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All fields with their values.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The media type without its parameters, in lower case.
    pub(super) fn media_type(&self) -> Option<String> {
        self.get("content-type").and_then(media_of)
    }

    /// The encoding that the media type names.
    pub(super) fn charset(&self) -> Option<&str> {
        self.get("content-type").and_then(charset_of)
    }
}

/// An answer of a server.
pub(super) struct Answer<'b> {
    pub(super) status: u16,
    pub(super) fields: Fields,
    body: &'b [u8],
}

impl<'b> Answer<'b> {
    /// Splits the head off.
    pub(super) fn new(bytes: &'b [u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut line = || {
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            line.strip_suffix(b"\r").unwrap_or(line)
        };
        let first = std::str::from_utf8(line()).ok().filter(|first| first.starts_with("HTTP/"))?;
        let status =
            first.split_ascii_whitespace().nth(1).and_then(|status| status.parse().ok())?;
        let mut fields = Fields::default();
        loop {
            match line() {
                [] => return Some(Self { status, fields, body: rest }),
                field => fields.push(field),
            }
        }
    }

    /// The body without its transfer and content encodings. Many crawlers store it decoded and leave the fields: a body that is not what
    /// they say is taken as it is.
    pub(super) fn body(&self, place: &Place) -> Result<Vec<u8>, Unreadable> {
        let has = |field: &str, value: &str| {
            self.fields.get(field).is_some_and(|v| v.to_ascii_lowercase().contains(value))
        };
        let body = if has("transfer-encoding", "chunked") { dechunked(self.body) } else { None }
            .unwrap_or_else(|| self.body.to_vec());
        let compression = Compression::of(&body);
        if let Some(compression) = compression {
            return inflate(compression, Peek::new(Cursor::new(body)), &place.budget)
                .map_err(Unreadable::damaged)
                .and_then(|body| held(body, place));
        }
        let plain = |body: &[u8]| {
            std::str::from_utf8(&body[..body.len().min(64)])
                .map_or_else(|e| e.error_len().is_none(), |_| true)
                && !body.contains(&0)
        };
        if has("content-encoding", "br") && !plain(&body) {
            unpacked(brotli_decompressor::Decompressor::new(Cursor::new(body), 1 << 16), place)
        } else if has("content-encoding", "deflate") && !plain(&body) {
            // Servers have always disagreed on whether this has a zlib head.
            let zlib = unpacked(flate2::bufread::ZlibDecoder::new(&body[..]), place);
            zlib.or_else(|_| unpacked(flate2::bufread::DeflateDecoder::new(&body[..]), place))
        } else {
            Ok(body)
        }
    }
}

fn unpacked(inner: impl Read, place: &Place) -> Result<Vec<u8>, Unreadable> {
    held(Unpacked { inner, budget: place.budget.clone() }, place)
}

/// A body that is unpacked as it is read; of one that is too large as much as shows it.
fn held(reader: impl Read, place: &Place) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    reader
        .take(place.settings.limits.record.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| Unreadable::damaged(format!("content encoding: {e}")))?;
    Ok(bytes)
}

/// Puts the chunks of a body together; None where it has none. What is left of one that breaks off is kept.
fn dechunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(256)]);
        let size = end.and_then(|end| std::str::from_utf8(&rest[..end]).ok());
        let size =
            size.and_then(|line| usize::from_str_radix(line.split(';').next()?.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else {
            return (!body.is_empty()).then_some(body);
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        body.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::place::Settings;

    fn body(head: &str, body: &[u8]) -> Result<Vec<u8>, Unreadable> {
        Answer::new(&[b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat())
            .unwrap()
            .body(&Place::new(String::new(), Settings::default(), body.len() as u64))
    }

    #[test]
    fn chunks_are_put_together() {
        let chunked = "Transfer-Encoding: chunked";
        assert_eq!(
            body(chunked, b"4\r\nquay\r\n7;x=1\r\n by sea\r\n0\r\n\r\n").unwrap(),
            b"quay by sea"
        );
        assert_eq!(body(chunked, b"4\r\nquay\r\nffffffffffffffff\r\n by").unwrap(), b"quay by");
        assert_eq!(body(chunked, b"<p>stored decoded").unwrap(), b"<p>stored decoded");
        assert_eq!(body(chunked, b"").unwrap(), b"");
    }

    #[test]
    fn content_encodings_are_undone_where_they_are_there() {
        let mut gzip = Vec::new();
        flate2::bufread::GzEncoder::new(&b"by the quay"[..], flate2::Compression::fast())
            .read_to_end(&mut gzip)
            .unwrap();
        assert_eq!(body("Content-Encoding: gzip", &gzip).unwrap(), b"by the quay");
        assert_eq!(body("Content-Encoding: gzip", b"by the quay").unwrap(), b"by the quay");
        for zlib in [true, false] {
            let mut packed = Vec::new();
            let level = flate2::Compression::fast();
            let text = &b"by the quay"[..];
            let read = if zlib {
                flate2::bufread::ZlibEncoder::new(text, level).read_to_end(&mut packed)
            } else {
                flate2::bufread::DeflateEncoder::new(text, level).read_to_end(&mut packed)
            };
            read.unwrap();
            assert_eq!(body("content-encoding: deflate", &packed).unwrap(), text);
        }
        assert!(body("Content-Encoding: br", b"\xff\xfe\xfd\xfc").is_err());
        // "by the quay", as brotli stores it without compressing.
        assert_eq!(
            body("Content-Encoding: br", b"\x0b\x05\x80by the quay\x03").unwrap(),
            b"by the quay"
        );
    }

    #[test]
    fn fields_go_on_and_name_the_encoding() {
        let answer =
            Answer::new(b"HTTP/1.0 200\nContent-Type: Text/HTML;\n  Charset=\"koi8-r\"\n\nx")
                .unwrap();
        assert_eq!(
            (answer.fields.media_type().as_deref(), answer.fields.charset()),
            (Some("text/html"), Some("koi8-r"))
        );
        assert!(
            Answer::new(b"no head").is_none()
                && Answer::new(b"").is_none()
                && Answer::new(b"HTTP/1.1 200").is_some()
        );
    }
}
