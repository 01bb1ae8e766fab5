//! The documents of a run: their lines as they were read, and where each stands.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::io::Read;
use std::ops::Range;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::batch::{Batch, grow};
use super::fingerprint::Fingerprint;
use super::letters::Letters;
use super::record::{Record, unescape};
use crate::read::unpack;
use crate::walk::Source;

/// Lines that are read at a time.
const BATCH: usize = 1 << 9;

/// All documents, numbered from 0 as in the [`Batch`].
#[derive(Debug, Default)]
pub(super) struct Documents {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// Where a document's line stands in the bytes, and its id and its text in the line, both in their quotes.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u64,
    len: u32,
    id_start: u32,
    id_len: u32,
    text_start: u32,
    text_len: u32,
}

/// What came of reading a file.
#[derive(Debug)]
pub(super) struct FileRead {
    pub(super) bytes: u64,
    /// The lines, counted from 1, that are no documents, and why.
    pub(super) failures: Vec<(usize, String)>,
}

impl Documents {
    /// Reads a file into documents and fingerprints.
    ///
    /// # Errors
    /// When the file cannot be read. A bad line is no error.
    pub(super) fn read(&mut self, source: &Source, texts: &mut Batch) -> std::io::Result<FileRead> {
        let mut start = self.bytes.len();
        match &source.path {
            Some(path) => {
                let size = usize::try_from(source.bytes).unwrap_or(0);
                self.bytes.reserve_exact(size + 1);
                std::fs::File::open(path)?.read_to_end(&mut self.bytes)?;
            }
            None => std::io::stdin().lock().read_to_end(&mut self.bytes).map(drop)?,
        }
        let bytes = (self.bytes.len() - start) as u64;
        unpack(&mut self.bytes, start)?;
        if self.bytes[start..].starts_with(b"PAR1") {
            self.bytes.truncate(start);
            return Err(std::io::Error::other("is a Parquet table; give the articles as JSON Lines (dechaff clean --format jsonl)"));
        }
        if self.bytes[start..].starts_with(b"\xef\xbb\xbf") {
            start += 3;
        }
        let mut failures = Vec::new();
        let mut lines = Lines { bytes: &self.bytes, start, number: 0 };
        loop {
            let batch: Vec<(usize, Range<usize>)> = lines.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let read: Vec<_> = batch.par_iter().map_init(Letters::default, |letters, (_, line)| read_line(&self.bytes, line.clone(), letters)).collect();
            for ((number, _), read) in batch.into_iter().zip(read) {
                match read {
                    Ok((place, fingerprint)) => {
                        grow(&mut self.places, 1);
                        self.places.push(place);
                        texts.push(&fingerprint);
                    }
                    Err(error) => failures.push((number, error)),
                }
            }
        }
        Ok(FileRead { bytes, failures })
    }

    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// A document's line as it was read, without its end.
    pub(super) fn line(&self, number: usize) -> &[u8] {
        let Place { start, len, .. } = self.places[number];
        &self.bytes[start as usize..][..len as usize]
    }

    /// A document's text.
    pub(super) fn text(&self, number: usize) -> Cow<'_, str> {
        let Place { start, text_start, text_len, .. } = self.places[number];
        let quoted = &self.bytes[start as usize + text_start as usize..][..text_len as usize];
        std::str::from_utf8(quoted).map_or(Cow::Borrowed(""), unescape)
    }

    /// A document's id as it stands in the line: a string in its quotes, or a number.
    pub(super) fn id(&self, number: usize) -> &RawValue {
        serde_json::from_slice(self.id_bytes(number)).expect("an id that was read before")
    }

    fn id_bytes(&self, number: usize) -> &[u8] {
        let Place { start, id_start, id_len, .. } = self.places[number];
        &self.bytes[start as usize + id_start as usize..][..id_len as usize]
    }

    /// Sorts documents by id, those with the same id by their lines.
    pub(super) fn order(&self, a: usize, b: usize) -> Ordering {
        let bare = |number: usize| {
            let id = self.id_bytes(number);
            id.strip_prefix(b"\"").map_or(id, |id| &id[..id.len() - 1])
        };
        bare(a).cmp(bare(b)).then_with(|| self.line(a).cmp(self.line(b)))
    }
}

fn read_line(bytes: &[u8], range: Range<usize>, letters: &mut Letters) -> Result<(Place, Fingerprint), String> {
    let line = &bytes[range.clone()];
    let len = u32::try_from(line.len()).map_err(|_| "is a line of over 4 GiB")?;
    let record = Record::read(line)?;
    letters.read(&record.text());
    let place = |value: &RawValue| (value.get().as_ptr() as usize - line.as_ptr() as usize, value.get().len());
    let [(id_start, id_len), (text_start, text_len)] = [record.id, record.text].map(place).map(|(start, len)| (start as u32, len as u32));
    Ok((Place { start: range.start as u64, len, id_start, id_len, text_start, text_len }, Fingerprint::new(letters)))
}

/// The lines that are not blank, with their numbers from 1.
struct Lines<'b> {
    bytes: &'b [u8],
    start: usize,
    number: usize,
}

impl Iterator for Lines<'_> {
    type Item = (usize, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.start < self.bytes.len() {
            let rest = &self.bytes[self.start..];
            let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = self.start..self.start + rest[..len].trim_ascii_end().len();
            self.start += len + 1;
            self.number += 1;
            if !line.is_empty() {
                return Some((self.number, line));
            }
        }
        None
    }
}
