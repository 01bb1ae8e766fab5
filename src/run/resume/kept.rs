//! What the first pass leaves of some dumps that follow each other, in a file that is whole or not there.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::{NamedTempFile, TempPath};
use xxhash_rust::xxh3::Xxh3;

use crate::compare::Fingerprint;
use crate::error::{Error, Failure, Result, Skipped};
use crate::guard::look;
use crate::read::Found;
use crate::run::first_pass::FirstPass;
use crate::run::outcome::{Outcome, Piece};
use crate::run::resume::plan::UNFINISHED;
use crate::run::summary::Summary;
use crate::text::letters::NormalizedText;
use crate::walk::Source;
use crate::write::open_file;

/// Bytes of dumps after which what comes of them is kept.
const TOGETHER: u64 = 32 << 20;
/// Bytes of the hash with which a file ends.
const END: u64 = 16;
/// Pieces that are taken up again at a time, and the bytes after which there are enough.
const BATCH: usize = 1 << 12;
const BATCH_BYTES: usize = 1 << 23;
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 16;

/// The dumps that are kept together, one lot after the other.
pub(crate) fn lots(sources: &[Source]) -> Vec<Range<usize>> {
    let (mut lots, mut start, mut bytes) = (Vec::new(), 0, 0);
    for (at, source) in sources.iter().enumerate() {
        bytes += source.bytes;
        if bytes >= TOGETHER || at + 1 == sources.len() {
            lots.push(start..at + 1);
            (start, bytes) = (at + 1, 0);
        }
    }
    lots
}

/// Removes what a call left that was killed.
pub(crate) fn remove_unfinished(folder: &Path) -> Result<()> {
    let remove = || {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    };
    remove().map_err(Error::io(folder))
}

/// What a piece in the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Tag {
    Record = b'r',
    /// Of the article that follows.
    Sentences = b's',
    Article = b'a',
    Failure = b'f',
    /// The last.
    Told = b't',
}

const TAGS: [Tag; 5] = [Tag::Record, Tag::Sentences, Tag::Article, Tag::Failure, Tag::Told];

/// What is told of a lot.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Told {
    /// Its counts, without failures.
    summary: Summary,
    /// What became of the search for the field that was named.
    found: Found,
}

/// Dumps that are kept together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lot<'f> {
    pub(crate) folder: &'f Path,
    /// What tells the plan of the run from others.
    pub(crate) plan: u128,
    pub(crate) number: usize,
}

impl Lot<'_> {
    /// The file where what comes of it is kept.
    fn path(self) -> PathBuf {
        self.folder.join(format!("lot-{:06}", self.number))
    }

    /// A hash of what its file holds, and of what it is.
    fn hash(self) -> Xxh3 {
        let mut hash = Xxh3::new();
        hash.update(&self.plan.to_le_bytes());
        hash.update(&(self.number as u64).to_le_bytes());
        hash
    }

    /// What an earlier call has kept of it; None where that is nothing, is not as it was written, or is of another plan.
    pub(crate) fn kept(self) -> Result<Option<Kept>> {
        let path = self.path();
        let checked = || {
            let Some(file) = open_file(&path)? else { return Ok(None) };
            let Some(left) = file.metadata()?.len().checked_sub(END) else { return Ok(None) };
            let (mut hash, mut pieces) =
                (self.hash(), BufReader::with_capacity(BUFFER, file).take(left));
            loop {
                look();
                let piece = pieces.fill_buf()?;
                if piece.is_empty() {
                    break;
                }
                hash.update(piece);
                let read = piece.len();
                pieces.consume(read);
            }
            let (mut file, mut end) = (pieces.into_inner(), Vec::new());
            file.by_ref().take(END + 1).read_to_end(&mut end)?;
            file.rewind()?;
            Ok((end == hash.digest128().to_le_bytes()).then_some((file, left)))
        };
        let checked: std::io::Result<_> = checked();
        let checked = checked.map_err(Error::io(&path))?;
        Ok(checked.map(|(file, left)| Kept { file, left, path, _unfinished: None }))
    }
}

/// Takes what becomes of a lot of dumps. Dropped before it is finished, it leaves nothing.
pub(crate) struct Keeping {
    file: BufWriter<NamedTempFile>,
    /// Bytes that were written, and a hash of them.
    bytes: u64,
    hash: Xxh3,
    to: PathBuf,
    told: Told,
    /// Whether the disk gave all of the dumps: what it did not give today it may give tomorrow.
    is_whole: bool,
}

impl Keeping {
    pub(crate) fn begin(lot: Lot) -> Result<Self> {
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(lot.folder);
        let file = BufWriter::new(file.map_err(Error::io(lot.folder))?);
        let (to, hash) = (lot.path(), lot.hash());
        Ok(Self { file, bytes: 0, hash, to, told: Told::default(), is_whole: true })
    }

    /// Takes what became of a part of one of the dumps.
    pub(crate) fn take(&mut self, sources: &[Source], outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Done(source, done) => {
                self.told.summary.add(&done.cleaned);
                done.each(&sources[source].dump, |piece| match piece {
                    Piece::Record(ledger) => self.put(Tag::Record, ledger),
                    Piece::Article(_, line, _, sentences) => {
                        self.put(Tag::Sentences, sentences)?;
                        self.put(Tag::Article, line)
                    }
                })
            }
            Outcome::Failed(source, record, error) => {
                let dump = sources[source].dump.clone();
                self.json(Tag::Failure, &Failure { dump, record, error })
            }
            Outcome::Skipped(source, reason) => {
                let dump = sources[source].dump.clone();
                self.told.summary.skipped.push(Skipped { dump, reason });
                Ok(())
            }
            Outcome::End(_, is_whole) => {
                self.is_whole &= is_whole;
                Ok(())
            }
        }
    }

    fn put(&mut self, tag: Tag, bytes: &[u8]) -> Result<()> {
        let len = (bytes.len() as u64).to_le_bytes();
        for part in [&[tag as u8][..], &len, bytes] {
            self.file.write_all(part).map_err(Error::io(&self.to))?;
            self.hash.update(part);
            self.bytes += part.len() as u64;
        }
        Ok(())
    }

    fn json(&mut self, tag: Tag, value: &impl Serialize) -> Result<()> {
        let json = serde_json::to_vec(value).map_err(|e| Error::io(&self.to)(e.into()))?;
        self.put(tag, &json)
    }

    /// Puts the file in its place, on the disk; what is to be read again goes with what this gives.
    pub(crate) fn finish(mut self, found: Found) -> Result<Kept> {
        self.told.found = found;
        let told = std::mem::take(&mut self.told);
        self.json(Tag::Told, &told)?;
        let Self { mut file, bytes: left, hash, to: path, is_whole, .. } = self;
        let place = || {
            file.write_all(&hash.digest128().to_le_bytes())?;
            let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            let (mut file, unfinished) = if is_whole {
                file.as_file().sync_all()?;
                let file = file.persist(&path).map_err(|error| error.error)?;
                #[cfg(unix)]
                path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())?;
                (file, None)
            } else {
                let (file, path) = file.into_parts();
                (file, Some(path))
            };
            file.rewind()?;
            Ok((BufReader::with_capacity(BUFFER, file), unfinished))
        };
        let placed: std::io::Result<_> = place();
        let (file, _unfinished) = placed.map_err(Error::io(&path))?;
        Ok(Kept { file, left, path, _unfinished })
    }
}

/// A piece as it was kept.
struct Held {
    tag: Tag,
    bytes: Vec<u8>,
}

impl Held {
    /// The next piece of a file of which so many bytes are left.
    fn read(file: &mut impl Read, left: &mut u64) -> std::io::Result<Self> {
        let mut head = [0; 9];
        file.read_exact(&mut head)?;
        let [tag, len @ ..] = head;
        let len = u64::from_le_bytes(len);
        *left = left.saturating_sub(head.len() as u64);
        let tag = TAGS.into_iter().find(|known| *known as u8 == tag).filter(|_| len <= *left);
        let tag = tag.ok_or(ErrorKind::InvalidData)?;
        let mut bytes = Vec::new();
        if file.take(len).read_to_end(&mut bytes)? as u64 != len {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        *left -= len;
        Ok(Self { tag, bytes })
    }

    /// The id of an article, and what it is compared by.
    fn article(&self, letters: &mut NormalizedText) -> Option<(String, Fingerprint)> {
        #[derive(Deserialize)]
        struct Line<'a> {
            id: String,
            #[serde(borrow)]
            text: Cow<'a, str>,
        }
        let line: Line = serde_json::from_slice(&self.bytes).ok()?;
        letters.read(&line.text);
        Some((line.id, Fingerprint::new(letters)))
    }
}

/// What was kept of a lot, to be read once.
pub(crate) struct Kept {
    file: BufReader<File>,
    /// Bytes that are to be read.
    left: u64,
    path: PathBuf,
    /// Takes the file away where it is not kept for a later call.
    _unfinished: Option<TempPath>,
}

impl Kept {
    /// Gives it to the first pass; what became of the search for the field that was named.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be read.
    pub(crate) fn take_up(self, pool: &rayon::ThreadPool, pass: &mut FirstPass) -> Result<Found> {
        let Self { mut file, mut left, path, _unfinished } = self;
        let damaged = || Error::damaged(&path);
        let mut sentences = Vec::new();
        while left > 0 {
            look();
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH && bytes < BATCH_BYTES && left > 0 {
                let held =
                    Held::read(&mut file, &mut left).map_err(|error| match error.kind() {
                        ErrorKind::UnexpectedEof | ErrorKind::InvalidData => damaged(),
                        _ => Error::io(&path)(error),
                    })?;
                bytes += held.bytes.len();
                batch.push(held);
            }
            let compared = |letters: &mut NormalizedText, held: Held| {
                let is_article = held.tag == Tag::Article;
                let article = is_article.then(|| held.article(letters).ok_or_else(damaged));
                article.transpose().map(|article| (held, article))
            };
            let batch: Vec<Result<_>> = pool.install(|| {
                batch.into_par_iter().map_init(NormalizedText::default, compared).collect()
            });
            for held in batch {
                let (Held { tag, bytes }, article) = held?;
                match (tag, article) {
                    (Tag::Record, _) => pass.piece(Piece::Record(&bytes))?,
                    (Tag::Sentences, _) => sentences = bytes,
                    (Tag::Article, Some((id, fingerprint))) => {
                        pass.piece(Piece::Article(&id, &bytes, &fingerprint, &sentences))?;
                    }
                    (Tag::Failure, _) => {
                        pass.fail(serde_json::from_slice(&bytes).map_err(|_| damaged())?)?;
                    }
                    (Tag::Told, _) => {
                        let told: Told = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
                        pass.summary.merge(told.summary);
                        return Ok(told.found);
                    }
                    (Tag::Article, None) => return Err(damaged()),
                }
            }
        }
        Err(damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_dumps_are_kept_together_and_a_large_one_ends_its_lot() {
        let source = |bytes| Source { dump: String::new(), path: None, bytes, in_folder: true };
        let lots = |bytes: &[u64]| lots(&bytes.iter().map(|&b| source(b)).collect::<Vec<_>>());
        assert_eq!(lots(&[1, 2, TOGETHER, 1, 1]), [0..3, 3..5]);
        assert_eq!(lots(&[TOGETHER, 1]), [0..1, 1..2]);
        assert!(lots(&[]).is_empty());
    }

    #[test]
    fn a_piece_that_is_not_whole_is_told() {
        for bytes in [&b"a\x05\0\0\0\0\0\0\0quay"[..], b"x\0\0\0\0\0\0\0\0", b"a\0"] {
            assert!(Held::read(&mut &bytes[..], &mut (bytes.len() as u64)).is_err(), "{bytes:?}");
        }
        let whole = Held::read(&mut &b"a\x04\0\0\0\0\0\0\0quay"[..], &mut 13).unwrap();
        assert_eq!((whole.tag, &*whole.bytes), (Tag::Article, &b"quay"[..]));
    }
}
