//! Web archives (WARC 1.0 and 1.1): the pages that servers answered, and the texts that were taken out of them (WET). A page whose length
//! is wrong ends where the next record begins; one that has no end is named, and reading goes on at the next one that can be found. Records of other kinds are passed over by their length.

use std::io::Read;

use serde_json::Value;

use crate::error::Unreadable;
use crate::read::container::is_warc;
use crate::read::crawl::{self, Left, Page, READ_AGAIN, format_of};
use crate::read::http::Fields;
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Parts, SourceMetadata};

/// Longest line of a record's head, in bytes, and most lines.
const LONGEST_FIELD: u64 = 1 << 16;
const MOST_FIELDS: usize = 256;

/// Why a record is left out.
const KIND: &str = "WARC records of other kinds than response, resource and conversion";

/// Reads the records of a web archive.
pub(super) fn read<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let largest = place.settings.limits.record;
    let mut archive = Archive { input, largest, records: 0, is_lost: false, read_again: 0 };
    let within = place.clone();
    let entries = std::iter::from_fn(move || {
        let entry = archive.next().transpose()?;
        Some(entry.map(|Entry { record, content }| {
            (record, content.and_then(|content| content.page(&within)))
        }))
    });
    crawl::read(place, entries, KIND)
}

struct Archive<'r> {
    input: Peek<'r>,
    /// Bytes that a record may have.
    largest: u64,
    /// Records that have begun.
    records: usize,
    /// Whether what comes next is looked for, because the record before does not end where it says.
    is_lost: bool,
    /// Bytes that were given back because a length was too great.
    read_again: usize,
}

struct Entry {
    record: String,
    content: Result<Content, Unreadable>,
}

/// A record's head and its content; without content where nobody wants it.
struct Content {
    fields: Fields,
    bytes: Vec<u8>,
}

impl Archive<'_> {
    /// The next record; None at the end. An error ends the archive.
    fn next(&mut self) -> std::io::Result<Option<Entry>> {
        loop {
            let line = self.input.line(LONGEST_FIELD)?;
            if line.is_empty() {
                return Ok(None);
            }
            if is_warc(&line) {
                self.is_lost = false;
                self.records += 1;
                return self.entry().map(Some);
            }
            if !self.is_lost && !line.trim_ascii().is_empty() {
                self.is_lost = true;
                let content =
                    Err(Unreadable::damaged("no WARC record begins where the one before ends"));
                return Ok(Some(Entry {
                    record: format!("after record {}", self.records),
                    content,
                }));
            }
        }
    }

    /// The record whose first line was read.
    fn entry(&mut self) -> std::io::Result<Entry> {
        let mut fields = Fields::default();
        let mut lines = 0;
        loop {
            let line = self.input.line(LONGEST_FIELD)?;
            lines += 1;
            if line.trim_ascii().is_empty() || lines > MOST_FIELDS {
                break;
            }
            fields.push(line.trim_ascii_end());
        }
        let record = fields
            .get("warc-record-id")
            .map_or_else(|| self.records.to_string(), |id| bare(id).to_owned());
        let content = match fields.get("content-length").and_then(|length| length.parse().ok()) {
            Some(length) => self.content(fields, length)?,
            None => {
                self.is_lost = true;
                Err(Unreadable::damaged("a WARC record without a length"))
            }
        };
        Ok(Entry { record, content })
    }

    fn content(
        &mut self,
        fields: Fields,
        length: u64,
    ) -> std::io::Result<Result<Content, Unreadable>> {
        let is_wanted =
            matches!(fields.get("warc-type"), Some("response" | "resource" | "conversion"));
        if !is_wanted || length > self.largest {
            let skipped = std::io::copy(&mut (&mut self.input).take(length), &mut std::io::sink())?;
            return Ok(match skipped == length {
                true if is_wanted => Err(Unreadable::TooLarge { limit: self.largest }),
                true => Ok(Content { fields, bytes: Vec::new() }),
                false => Err(broken_off(skipped, length)),
            });
        }
        // Behind that many none is believed, and a record ends where the next begins.
        let is_believed = self.read_again <= READ_AGAIN;
        let (mut bytes, error) = self.input.rest(if is_believed { length } else { 0 });
        if let Some(error) = error {
            return Ok(Err(Unreadable::damaged(error)));
        }
        let after = self.input.peek(2);
        let ends = after.is_empty() || after == b"\r\n" || after.starts_with(b"\n");
        if is_believed && bytes.len() as u64 == length && ends {
            return Ok(Ok(Content { fields, bytes }));
        }
        // The length is wrong: the record ends where the next one begins, before its end or behind it.
        let swallowed = memchr::memmem::find_iter(&bytes, b"\nWARC/")
            .map(|at| at + 1)
            .find(|&at| is_warc(&bytes[at..]));
        if let Some(at) = swallowed {
            self.read_again += bytes.len() - at;
            self.input.give_back(&bytes[at..]);
            bytes.truncate(at);
        } else if is_believed && (bytes.len() as u64) < length {
            return Ok(Err(broken_off(bytes.len() as u64, length)));
        } else if !self.read_on(&mut bytes)? {
            self.is_lost = true;
            return Ok(Err(Unreadable::damaged(format!(
                "the WARC record says {length} bytes, but goes on behind them"
            ))));
        } else if (bytes.len() as u64) < length && self.input.peek(1).is_empty() {
            return Ok(Err(broken_off(bytes.len() as u64, length)));
        }
        bytes.truncate(bytes.trim_ascii_end().len());
        // Many records wait at a time, and what was read for one may be the whole archive.
        bytes.shrink_to_fit();
        Ok(Ok(Content { fields, bytes }))
    }

    /// Appends what stands before the next record, or the end of the archive; false where neither is within reach.
    fn read_on(&mut self, bytes: &mut Vec<u8>) -> std::io::Result<bool> {
        while bytes.len() as u64 <= self.largest {
            let line = self.input.line(LONGEST_FIELD)?;
            if line.is_empty() || is_warc(&line) {
                self.input.give_back(&line);
                return Ok(true);
            }
            bytes.extend(line);
        }
        Ok(false)
    }
}

fn broken_off(bytes: u64, length: u64) -> Unreadable {
    Unreadable::damaged(format!("the WARC record breaks off after {bytes} of {length} bytes"))
}

impl Content {
    fn page(self, place: &Place) -> Result<Result<Page, Left>, Unreadable> {
        let target = self.fields.get("warc-target-uri").map(|uri| bare(uri).to_owned());
        let head = self.fields.iter().map(|(name, value)| (name, Value::from(value)));
        let fields = place.settings.pass_fields.of_head(head);
        let about =
            SourceMetadata { url: target.clone(), target, fields, ..SourceMetadata::default() };
        match self.fields.get("warc-type") {
            Some("response") if self.fields.media_type().as_deref() == Some("application/http") => {
                Page::answered(&self.bytes, about, place)
            }
            Some("resource" | "conversion") => {
                let charset = self.fields.charset().map(Into::into);
                Ok(format_of(&self.fields).map(|format| Page {
                    bytes: self.bytes,
                    charset,
                    format,
                    about,
                }))
            }
            Some("response") => Ok(Err(Left::Medium)),
            _ => Ok(Err(Left::Kind)),
        }
    }
}

/// An address without the angle brackets that WARC puts around some.
fn bare(uri: &str) -> &str {
    uri.strip_prefix('<').and_then(|uri| uri.strip_suffix('>')).unwrap_or(uri)
}
