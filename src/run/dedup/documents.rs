//! The documents of a run: their lines as they were read, and where each stands.

use std::borrow::Cow;

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
use crate::guard::look;
use crate::read::{Document, Limits, Tally, lines, unescape};
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
    /// Each line behind its [`Head`].
    lines: Store,
    /// Where each document begins; at last the end.
    begins: Vec<u64>,
}

/// Where the id and the text of a document stand in its line, both in their quotes.
#[derive(Debug, Clone, Copy)]
struct Head {
    id: (u32, u32),
    text: (u32, u32),
}

/// Bytes of a head.
const HEAD: usize = 16;

impl Head {
    fn to_bytes(self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        let words = [self.id.0, self.id.1, self.text.0, self.text.1];
        bytes
            .as_chunks_mut()
            .0
            .iter_mut()
            .zip(words)
            .for_each(|(to, word)| *to = word.to_le_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; HEAD]) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |at: usize| u32::from_le_bytes(words[at]);
        Self { id: (word(0), word(1)), text: (word(2), word(3)) }
    }
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
    ) -> Result<std::io::Result<FileRead>> {
        let mut file = FileRead { bytes: 0, failures: Vec::new() };
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
                        file.bytes += (number - last) as u64;
                        last = number;
                        match line {
                            Ok(line) => {
                                bytes += line.len();
                                batch.push((number, line));
                            }
                            Err(reason) => file.failures.push((Some(number), reason.to_string())),
                        }
                    }
                    Some(Err(error)) if last == 0 => {
                        heard.tell(left);
                        return Ok(Err(error));
                    }
                    Some(Err(error)) => {
                        file.failures.push((None, error.to_string()));
                        is_over = true;
                    }
                    None => is_over = true,
                }
            }
            file.bytes += bytes as u64;
            look();
            self.take(batch, texts, ids, text_field, &mut file.failures)?;
            let done = if is_over { left } else { tally.take().min(left) };
            heard.tell(done);
            left -= done;
        }
        Ok(Ok(file))
    }

    /// Takes lines with their numbers.
    fn take(
        &mut self,
        batch: Vec<(usize, Vec<u8>)>,
        texts: &mut Deduplicator,
        ids: &mut Ids,
        text_field: Option<&str>,
        failures: &mut Vec<(Option<usize>, String)>,
    ) -> Result<()> {
        let read = |letters: &mut NormalizedText, (number, line): (usize, Vec<u8>)| {
            let read = read_line(&line, letters, text_field);
            (number, line, read)
        };
        let read: Vec<_> = batch.into_par_iter().map_init(NormalizedText::default, read).collect();
        for (number, line, read) in read {
            match read {
                Ok((head, fingerprint)) => {
                    let id = part_of(&line, head.id);
                    if ids.is_taken(&String::from_utf8_lossy(id), &fingerprint) {
                        let reason = "another document before has this id, and another text";
                        failures.push((Some(number), reason.into()));
                        continue;
                    }
                    texts.push(&fingerprint)?;
                    self.lines.push(&head.to_bytes(), &line)?;
                    self.room.owe(KEPT);
                    grow(&mut self.begins, 1);
                    self.begins.push(self.lines.len());
                }
                Err(error) => failures.push((Some(number), error)),
            }
        }
        Ok(())
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

    fn piece(&self, number: usize) -> Cow<'_, [u8]> {
        self.lines.get(self.begins[number]..self.begins[number + 1])
    }

    /// A document's line as it was read, without its end.
    pub(super) fn line(&self, number: usize) -> Cow<'_, [u8]> {
        self.part(number, |_, line| line)
    }

    /// A document's text.
    pub(super) fn text(&self, number: usize) -> Cow<'_, str> {
        match self.part(number, |head, line| part_of(line, head.text)) {
            Cow::Borrowed(quoted) => std::str::from_utf8(quoted).map_or("".into(), unescape),
            Cow::Owned(quoted) => std::str::from_utf8(&quoted)
                .map_or("".into(), |text| unescape(text).into_owned().into()),
        }
    }

    /// A part of a document's line.
    fn part(&self, number: usize, part: impl Fn(Head, &[u8]) -> &[u8]) -> Cow<'_, [u8]> {
        match self.piece(number) {
            Cow::Borrowed(piece) => cut(piece, part).into(),
            Cow::Owned(piece) => cut(&piece, part).to_vec().into(),
        }
    }

    /// When and where a document appeared.
    pub(super) fn origin(&self, number: usize) -> Origin {
        Origin::of(&self.line(number))
    }

    /// A document's id as it stands in the line: a string in its quotes, or a number.
    pub(super) fn id(&self, number: usize) -> Box<RawValue> {
        let id = self.part(number, |head, line| part_of(line, head.id));
        // What cannot be read again is told by `check`.
        serde_json::from_slice(&id).unwrap_or_else(|_| RawValue::NULL.to_owned())
    }

    /// A document's id without its quotes.
    fn bare_id(&self, number: usize) -> Cow<'_, [u8]> {
        self.part(number, |head, line| {
            let id = part_of(line, head.id);
            id.strip_prefix(b"\"").and_then(|id| id.strip_suffix(b"\"")).unwrap_or(id)
        })
    }

    /// Sorts a list by the ids of documents, those with the same id by their lines.
    pub(super) fn sort<T>(&self, list: &mut Vec<T>, number: impl Fn(&T) -> usize) {
        let mut named: Vec<(Cow<[u8]>, T)> =
            list.drain(..).map(|item| (self.bare_id(number(&item)), item)).collect();
        named.sort_by(|(id, a), (other, b)| {
            id.cmp(other).then_with(|| self.line(number(a)).cmp(&self.line(number(b))))
        });
        list.extend(named.into_iter().map(|(_, item)| item));
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

/// What `part` takes of a line behind its head.
fn cut(piece: &[u8], part: impl Fn(Head, &[u8]) -> &[u8]) -> &[u8] {
    piece.split_first_chunk().map_or(&[], |(head, line)| part(Head::of_bytes(head), line))
}

/// A part of a line, by where it begins and how long it is.
fn part_of(line: &[u8], (start, len): (u32, u32)) -> &[u8] {
    line.get(start as usize..).and_then(|rest| rest.get(..len as usize)).unwrap_or_default()
}

fn read_line(
    line: &[u8],
    letters: &mut NormalizedText,
    text_field: Option<&str>,
) -> std::result::Result<(Head, Fingerprint), String> {
    u32::try_from(line.len()).map_err(|_| "is a line of over 4 GiB")?;
    let document = Document::read(line, text_field)?;
    letters.read(&document.text());
    let place = |value: &RawValue| {
        let start = value.get().as_ptr() as usize - line.as_ptr() as usize;
        (start as u32, value.get().len() as u32)
    };
    let head = Head { id: place(document.id), text: place(document.text) };
    Ok((head, Fingerprint::new(letters)))
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
