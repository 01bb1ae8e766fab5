//! The documents of a run: their lines as they were read, and where each stands.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::compare::deduplicator::Deduplicator;
use crate::compare::fingerprint::Fingerprint;
use crate::compare::grow::grow;
use crate::dates::find;
use crate::dates::order::Order;
use crate::error::Result;
use crate::read::{Document, append_lines, unescape};
use crate::text::letters::NormalizedText;
use crate::walk::Source;

/// Lines that are read at a time.
const BATCH: usize = 1 << 9;

/// All documents, numbered from 0 as in the [`Deduplicator`].
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

/// When and where a document appeared, for the choice among copies. A date that reads two ways is not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// In ISO 8601, however the document writes it.
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
}

impl Origin {
    fn of(line: &[u8]) -> Self {
        let about = Document::about(line);
        let date = about.published.and_then(|text| find(&text, Order::Unknown).into_iter().next());
        Self { date: date.map(|found| found.iso), source: about.source }
    }
}

/// What came of reading a file.
#[derive(Debug)]
pub(super) struct FileRead {
    /// Its bytes, unpacked.
    pub(super) bytes: u64,
    /// The lines, counted from 1, that are no documents, and why; without a line what broke the file off.
    pub(super) failures: Vec<(Option<usize>, String)>,
}

/// The ids that were read (their hashes: 64 bit, xxh3), each with half of the hash of the text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    texts: FxHashMap<u64, u64>,
}

impl Ids {
    /// Whether a document with this id was read before whose text has other letters.
    fn is_taken(&mut self, id: &str, fingerprint: &Fingerprint) -> bool {
        let text = fingerprint.exact as u64;
        let is_string = id.starts_with('"');
        let id = if is_string { unescape(id) } else { id.into() };
        *self.texts.entry(xxh3_64_with_seed(id.as_bytes(), is_string.into())).or_insert(text)
            != text
    }
}

impl Documents {
    /// Reads a file into documents and fingerprints. Of several documents with one id and different texts the first is taken.
    ///
    /// # Errors
    /// [`Error::TooManyTexts`](crate::Error::TooManyTexts); within the result when nothing of the file can be read. A bad line is no error.
    pub(super) fn read(
        &mut self,
        source: &Source,
        texts: &mut Deduplicator,
        ids: &mut Ids,
        text_field: Option<&str>,
    ) -> Result<std::io::Result<FileRead>> {
        let start = self.bytes.len();
        let mut failures = Vec::new();
        match append_lines(source, text_field, &mut self.bytes, &mut |row, reason| {
            failures.push((Some(row), reason.to_string()));
        }) {
            Err(error) if self.bytes.len() == start => return Ok(Err(error)),
            Err(error) => failures.push((None, error.to_string())),
            Ok(()) => {}
        }
        let mut lines = Lines { bytes: &self.bytes, start, number: 0 };
        loop {
            let batch: Vec<(usize, Range<usize>)> = lines.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            let read: Vec<_> = batch
                .par_iter()
                .map_init(NormalizedText::default, |letters, (_, line)| {
                    read_line(&self.bytes, line.clone(), letters, text_field)
                })
                .collect();
            for ((number, line), read) in batch.into_iter().zip(read) {
                match read {
                    Ok((place, fingerprint)) => {
                        let id = &self.bytes[line.start..][place.id_start as usize..]
                            [..place.id_len as usize];
                        if ids.is_taken(&String::from_utf8_lossy(id), &fingerprint) {
                            failures.push((
                                Some(number),
                                "another document before has this id, and another text".into(),
                            ));
                            continue;
                        }
                        texts.push(&fingerprint)?;
                        grow(&mut self.places, 1);
                        self.places.push(place);
                    }
                    Err(error) => failures.push((Some(number), error)),
                }
            }
        }
        Ok(Ok(FileRead { bytes: (self.bytes.len() - start) as u64, failures }))
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

    /// When and where a document appeared.
    pub(super) fn origin(&self, number: usize) -> Origin {
        Origin::of(self.line(number))
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

fn read_line(
    bytes: &[u8],
    range: Range<usize>,
    letters: &mut NormalizedText,
    text_field: Option<&str>,
) -> std::result::Result<(Place, Fingerprint), String> {
    let line = &bytes[range.clone()];
    let len = u32::try_from(line.len()).map_err(|_| "is a line of over 4 GiB")?;
    let document = Document::read(line, text_field)?;
    letters.read(&document.text());
    let place = |value: &RawValue| {
        (value.get().as_ptr() as usize - line.as_ptr() as usize, value.get().len())
    };
    let [(id_start, id_len), (text_start, text_len)] =
        [document.id, document.text].map(place).map(|(start, len)| (start as u32, len as u32));
    Ok((
        Place { start: range.start as u64, len, id_start, id_len, text_start, text_len },
        Fingerprint::new(letters),
    ))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_goes_by_several_names_and_is_written_in_many_ways() {
        let origin = |line: &str| Origin::of(line.as_bytes());
        let on_monday = Origin { date: Some("2031-06-16".into()), source: Some("Gazette".into()) };
        for line in [
            r#"{"id": 1, "text": "", "date": "2031-06-16", "source": "Gazette"}"#,
            r#"{"id": 1, "text": "", "published": "2031-06-16", "date": null, "source": "Gazette"}"#,
            r#"{"id": 1, "text": "", "meta": {"date": "2031-06-16", "publisher": "Gazette"}}"#,
        ] {
            assert_eq!(origin(line), on_monday, "{line}");
        }
        assert_eq!(origin(r#"{"id": 1, "text": "", "date": 2031}"#), Origin::default());
        let date = |text: &str| {
            origin(&serde_json::json!({"id": 1, "text": "", "date": text}).to_string()).date
        };
        assert_eq!(
            ["16 June 2031", "Mon, 16 Jun 2031"].map(date),
            ["2031-06-16", "2031-06-16"].map(|iso| Some(iso.to_string()))
        );
        assert_eq!(
            ["03/04/2031", "soon"].map(date),
            [None, None],
            "a date that reads two ways, or none"
        );
    }
}
