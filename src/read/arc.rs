//! Archives of crawls as they were before WARC (ARC 1.0 and 2.0): a line says of each record its address, where and when it was fetched, its medium and its length. A record
//! whose length is wrong is named, and reading goes on at the next one that can be found.

use std::io::Read;

use serde_json::Value;

use crate::error::Unreadable;
use crate::read::crawl::{self, Entry, Left, Page, READ_AGAIN};
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Parts, SourceMetadata};

/// Longest line before a record, in bytes.
const LONGEST_LINE: u64 = 1 << 16;
/// The fields of that line behind the address, in version 1; version 2 has others before the length.
const FIELDS: [&str; 4] = ["IP-address", "Archive-date", "Content-type", "Archive-length"];
const OTHERS: [&str; 5] = ["Result-code", "Checksum", "Location", "Offset", "Filename"];

/// Why a record is left out.
const KIND: &str = "ARC records that are no answers of HTTP";

/// Reads the records of an archive.
pub(super) fn read<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let place_of = place.clone();
    let archive = Archive { place: place_of, input, records: 0, is_lost: false, read_again: 0 };
    crawl::read(place, archive, KIND)
}

/// The line before a record.
struct Line {
    address: String,
    fields: Vec<(&'static str, String)>,
    length: u64,
}

impl Line {
    /// Reads a line; None where it is none that begins a record. Some addresses hold spaces.
    fn read(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line.trim_ascii_end()).ok()?;
        let scheme = line.split(':').next()?;
        let is_scheme = !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
        let [first, date, medium, length] = FIELDS;
        let new = [&[first, date, medium], &OTHERS[..], &[length]].concat();
        let of = |names: Vec<&'static str>| {
            let mut words: Vec<&str> = line.rsplitn(names.len() + 1, ' ').collect();
            words.reverse();
            let [address, values @ ..] = &words[..] else { return None };
            let date = values.get(1)?;
            if date.len() != 14 || !date.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let length = values.last()?.parse().ok()?;
            let values = values.iter().map(|&value| value.to_owned());
            Some(Self {
                address: (*address).to_owned(),
                fields: names.into_iter().zip(values).collect(),
                length,
            })
        };
        is_scheme.then(|| of(FIELDS.to_vec()).or_else(|| of(new))).flatten()
    }
}

struct Archive<'r> {
    place: Place,
    input: Peek<'r>,
    /// Records that have begun.
    records: usize,
    /// Whether what comes next is looked for, because the record before does not end where it says.
    is_lost: bool,
    /// Bytes that were given back because a length was too great.
    read_again: usize,
}

impl Iterator for Archive<'_> {
    type Item = std::io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.entry().transpose()
    }
}

impl Archive<'_> {
    /// The next record; None at the end.
    fn entry(&mut self) -> std::io::Result<Option<Entry>> {
        loop {
            let bytes = self.input.line(LONGEST_LINE)?;
            if bytes.is_empty() {
                return Ok(None);
            } else if let Some(line) = Line::read(&bytes) {
                self.is_lost = false;
                self.records += 1;
                return self.page(line).map(|page| Some((self.records.to_string(), page)));
            } else if !self.is_lost && !bytes.trim_ascii().is_empty() {
                self.is_lost = true;
                let reason = Unreadable::damaged("no ARC record begins where the one before ends");
                return Ok(Some((format!("after record {}", self.records), Err(reason))));
            }
        }
    }

    /// What stands before the next record, without the end of its last line where `length` ends there; at most `length` bytes.
    fn up_to_next(&mut self, length: u64) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < length {
            let line = self.input.line(LONGEST_LINE.min(length - bytes.len() as u64))?;
            if line.is_empty() || Line::read(&line).is_some() {
                self.input.give_back(&line);
                break;
            }
            bytes.extend(line);
        }
        Ok(bytes)
    }

    /// The page in a record whose line was read.
    fn page(&mut self, line: Line) -> std::io::Result<Result<Result<Page, Left>, Unreadable>> {
        let Line { address, fields, length } = line;
        let limit = self.place.settings.limits.record;
        if length > limit {
            std::io::copy(&mut (&mut self.input).take(length), &mut std::io::sink())?;
            return Ok(Err(Unreadable::TooLarge { limit }));
        }
        // Behind that many a record is read up to the next one before its length is believed.
        let (mut bytes, error) = if self.read_again <= READ_AGAIN {
            self.input.rest(length)
        } else {
            (self.up_to_next(length)?, None)
        };
        if let Some(error) = error {
            return Ok(Err(Unreadable::damaged(error)));
        } else if bytes.len() as u64 != length {
            let read = bytes.len();
            if let Some(at) = swallowed(&bytes) {
                self.is_lost = true;
                self.read_again += read - at;
                self.input.give_back(&bytes[at..]);
            }
            return Ok(Err(Unreadable::damaged(format!(
                "the ARC record breaks off after {read} of {length} bytes"
            ))));
        }
        let after = self.input.peek(2);
        if !(after.is_empty() || after.starts_with(b"\n") || after == b"\r\n") {
            self.is_lost = true;
            // The length may end within the line before another record.
            bytes.extend(self.input.line(LONGEST_LINE)?);
            if let Some(at) = swallowed(&bytes) {
                self.read_again += bytes.len() - at;
                self.input.give_back(&bytes[at..]);
            }
            return Ok(Err(Unreadable::damaged(format!(
                "the ARC record says {length} bytes, but does not end behind them"
            ))));
        }
        if !address.starts_with("http") {
            return Ok(Ok(Err(Left::Kind)));
        }
        let named = [("URL", address.clone())].into_iter().chain(fields);
        let named: Vec<_> = named.map(|(name, value)| (name, Value::from(value))).collect();
        let about = SourceMetadata {
            url: Some(address.clone()),
            target: Some(address),
            fields: self.place.settings.pass_fields.of_head(named.into_iter()),
            ..SourceMetadata::default()
        };
        Ok(Page::answered(&bytes, about, &self.place))
    }
}

/// Where another record begins in the bytes of one.
fn swallowed(bytes: &[u8]) -> Option<usize> {
    let starts = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
    starts.into_iter().find(|&start| {
        let rest = &bytes[start..];
        Line::read(&rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_before_a_record_is_read_in_both_versions() {
        let old = Line::read(b"http://news.example/a b 10.0.0.1 20310616155300 text/html 120\r\n")
            .unwrap();
        assert_eq!((old.address.as_str(), old.length), ("http://news.example/a b", 120));
        assert_eq!(old.fields[1], ("Archive-date", "20310616155300".into()));
        let new = Line::read(
            b"http://news.example/a 10.0.0.1 20310616155300 text/html 200 - - 0 a.arc 120",
        )
        .unwrap();
        assert_eq!(
            (new.address.as_str(), new.fields.len(), new.length),
            ("http://news.example/a", 9, 120)
        );
        for line in
            [&b"http://news.example/a 120"[..], b"see: the quay at 20310616155300 o'clock", b""]
        {
            assert!(Line::read(line).is_none());
        }
    }
}
