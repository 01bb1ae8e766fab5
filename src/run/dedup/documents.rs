//! The documents of a run: their lines as they were read, and where each stands.

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::value::RawValue;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::compare::deduplicator::Deduplicator;
use crate::compare::fingerprint::Fingerprint;
use crate::compare::grow::grow;
use crate::error::Result;
use crate::guard::look;
use crate::read::{Document, Limits, Tally, lines, unescape};
use crate::run::dedup::piece::{Head, Pieces, part_of};
use crate::run::settings::Heard;
use crate::spill::{Room, Sorter, Store};
use crate::text::letters::NormalizedText;
use crate::walk::Source;

/// Lines that are read at a time, and the bytes after which there are enough.
const BATCH: usize = 1 << 10;
const BATCH_BYTES: usize = 1 << 23;
/// Bytes that stay in memory for each document, whatever is spilled.
const KEPT: usize = 48;

/// All documents, numbered from 0 as in the [`Deduplicator`].
#[derive(Debug)]
pub(super) struct Documents {
    room: Room,
    /// Each as a piece.
    lines: Store,
    /// Where each document begins; at last the end.
    begins: Vec<u64>,
}

/// A document that was read.
pub(super) struct ReadDocument {
    /// The number of its line, from 1.
    pub(super) number: usize,
    pub(super) line: Vec<u8>,
    pub(super) head: Head,
    pub(super) fingerprint: Fingerprint,
}

impl ReadDocument {
    /// Its id, by a hash (64 bit, xxh3).
    pub(super) fn id(&self) -> u64 {
        let id = String::from_utf8_lossy(part_of(&self.line, self.head.id));
        let is_string = id.starts_with('"');
        let id = if is_string { unescape(&id) } else { id };
        xxh3_64_with_seed(id.as_bytes(), is_string.into())
    }
}

/// Why a document is none whose id another one has.
pub(super) const TAKEN: &str = "another document before has this id, and another text";

/// The ids that were read, by their hashes, each with half of the hash of the text.
#[derive(Debug, Default)]
pub(super) struct Ids {
    texts: FxHashMap<u64, u64>,
}

impl Ids {
    /// Whether a document with this id was read before whose text has other letters, by their hash.
    pub(super) fn is_taken(&mut self, id: u64, exact: u128) -> bool {
        let text = exact as u64;
        *self.texts.entry(id).or_insert(text) != text
    }
}

/// Reads a file, and gives its documents in their order; `take` says what is wrong with one. `fail` is told of the lines, counted from 1, that are
/// no documents, and why; without a line of what broke the file off. The bytes of the file, unpacked.
///
/// # Errors
/// Those of `take` and `fail`; within the result when nothing of the file can be read. A bad line is no error.
pub(super) fn read(
    source: &Source,
    (text_field, limits): (Option<&str>, Limits),
    heard: &Heard,
    mut take: impl FnMut(ReadDocument) -> Result<Option<&'static str>>,
    mut fail: impl FnMut(Option<usize>, &str) -> Result<()>,
) -> Result<std::io::Result<u64>> {
    let mut unpacked = 0;
    let (tally, mut left) = (Tally::default(), source.bytes);
    let mut lines = match lines(source, text_field, limits, &tally) {
        Ok(lines) => lines,
        Err(error) => {
            heard.tell(left);
            return Ok(Err(error));
        }
    };
    let (mut last, mut is_over) = (0, false);
    while !is_over {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES && !is_over {
            match lines.next() {
                Some(Ok((number, line))) => {
                    unpacked += (number - last) as u64;
                    last = number;
                    match line {
                        Ok(line) => {
                            bytes += line.len();
                            batch.push((number, line));
                        }
                        Err(reason) => fail(Some(number), &reason.to_string())?,
                    }
                }
                Some(Err(error)) if last == 0 => {
                    heard.tell(left);
                    return Ok(Err(error));
                }
                Some(Err(error)) => {
                    fail(None, &error.to_string())?;
                    is_over = true;
                }
                None => is_over = true,
            }
        }
        unpacked += bytes as u64;
        look();
        let read = |letters: &mut NormalizedText, (number, line)| {
            read_line(number, line, letters, text_field)
        };
        let read: Vec<_> = batch.into_par_iter().map_init(NormalizedText::default, read).collect();
        for read in read {
            match read {
                Ok(document) => {
                    let number = document.number;
                    take(document)?.map_or(Ok(()), |reason| fail(Some(number), reason))?;
                }
                Err((number, error)) => fail(Some(number), &error)?,
            }
        }
        let done = if is_over { left } else { tally.take().min(left) };
        heard.tell(done);
        left -= done;
    }
    Ok(Ok(unpacked))
}

fn read_line(
    number: usize,
    line: Vec<u8>,
    letters: &mut NormalizedText,
    text_field: Option<&str>,
) -> std::result::Result<ReadDocument, (usize, String)> {
    let place = |value: &RawValue| {
        let start = value.get().as_ptr() as usize - line.as_ptr() as usize;
        (start as u32, value.get().len() as u32)
    };
    let head = u32::try_from(line.len()).map_err(|_| "is a line of over 4 GiB".to_string());
    let head = head.and_then(|_| {
        let document = Document::read(&line, text_field)?;
        letters.read(&document.text());
        Ok(Head { id: place(document.id), text: place(document.text) })
    });
    let head = head.map_err(|error| (number, error))?;
    Ok(ReadDocument { number, line, head, fingerprint: Fingerprint::new(letters) })
}

impl Documents {
    pub(super) fn new(room: &Room) -> Self {
        Self { room: room.clone(), lines: Store::new(room), begins: vec![0] }
    }

    /// Reads a file into documents and fingerprints. Of several documents with one id and different texts the first is taken.
    ///
    /// # Errors
    /// [`Error::TooManyTexts`](crate::Error::TooManyTexts), or [`Error::Io`](crate::Error::Io) where what does not fit into memory cannot be written;
    /// within the result when nothing of the file can be read. A bad line is no error.
    pub(super) fn read(
        &mut self,
        source: &Source,
        texts: &mut Deduplicator,
        ids: &mut Ids,
        (text_field, limits): (Option<&str>, Limits),
        heard: &Heard,
        fail: impl FnMut(Option<usize>, &str) -> Result<()>,
    ) -> Result<std::io::Result<u64>> {
        let take = |document: ReadDocument| {
            if ids.is_taken(document.id(), document.fingerprint.exact) {
                return Ok(Some(TAKEN));
            }
            texts.push(&document.fingerprint)?;
            self.lines.push(&document.head.to_bytes(), &document.line)?;
            self.room.owe(KEPT);
            grow(&mut self.begins, 1);
            self.begins.push(self.lines.len());
            Ok(None)
        };
        read(source, (text_field, limits), heard, take, fail)
    }

    pub(super) fn len(&self) -> usize {
        self.begins.len() - 1
    }

    /// Whether all could be read again so far.
    ///
    /// # Errors
    /// What was in the way of what could not.
    pub(super) fn check(&self) -> Result<()> {
        self.lines.check()
    }

    /// Gives documents sorted in the same way, however many these are.
    pub(super) fn each_sorted(
        &self,
        numbers: impl Iterator<Item = u32>,
        mut take: impl FnMut(u32) -> Result<()>,
    ) -> Result<()> {
        let mut sorter = Sorter::new(&self.room);
        let mut row = Vec::new();
        for number in numbers {
            row.clear();
            row.extend_from_slice(&self.bare_id(number as usize));
            // No id holds a zero byte: JSON has none.
            row.push(0);
            row.extend(number.to_be_bytes());
            sorter.push(&row)?;
        }
        let (mut id, mut same) = (Vec::new(), Vec::new());
        let mut give = |same: &mut Vec<u32>| {
            if same.len() > 1 {
                same.sort_by_cached_key(|&number| self.line(number as usize));
            }
            same.drain(..).try_for_each(&mut take)
        };
        sorter.each(|row| {
            if let Some((of_row, number)) = row.split_last_chunk() {
                if *of_row != *id {
                    give(&mut same)?;
                    id = of_row.to_vec();
                }
                same.push(u32::from_be_bytes(*number));
            }
            Ok(())
        })?;
        give(&mut same)
    }
}

impl Pieces for Documents {
    fn piece(&self, number: usize) -> Cow<'_, [u8]> {
        self.lines.get(self.begins[number]..self.begins[number + 1])
    }
}
