//! What the first pass leaves of some dumps that follow each other, in a file that is whole or not there.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::compare::Fingerprint;
use crate::error::{Error, Failure, Result, Skipped};
use crate::guard::look;
use crate::read::Found;
use crate::run::first_pass::FirstPass;
use crate::run::outcome::{Outcome, Piece};
use crate::run::summary::Summary;
use crate::text::letters::NormalizedText;
use crate::walk::Source;

/// Bytes of dumps after which what comes of them is kept.
const TOGETHER: u64 = 32 << 20;
/// How the name of a file begins that is not whole.
const UNFINISHED: &str = ".unfinished-";
/// Pieces that are taken up again at a time, and the bytes after which there are enough.
const BATCH: usize = 1 << 12;
const BATCH_BYTES: usize = 1 << 23;

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

/// Takes what becomes of a lot of dumps. Dropped before it is finished, it leaves nothing.
pub(crate) struct Keeping {
    file: BufWriter<NamedTempFile>,
    to: PathBuf,
    told: Told,
}

impl Keeping {
    /// The file where what comes of a lot is kept.
    pub(crate) fn place(folder: &Path, lot: usize) -> PathBuf {
        folder.join(format!("lot-{lot:06}"))
    }

    pub(crate) fn begin(folder: &Path, lot: usize) -> Result<Self> {
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder);
        let file = BufWriter::new(file.map_err(Error::io(folder))?);
        Ok(Self { file, to: Self::place(folder, lot), told: Told::default() })
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
            Outcome::End(_) => Ok(()),
        }
    }

    fn put(&mut self, tag: Tag, bytes: &[u8]) -> Result<()> {
        let mut put = || {
            self.file.write_all(&[tag as u8])?;
            self.file.write_all(&(bytes.len() as u64).to_le_bytes())?;
            self.file.write_all(bytes)
        };
        put().map_err(Error::io(&self.to))
    }

    fn json(&mut self, tag: Tag, value: &impl Serialize) -> Result<()> {
        let json = serde_json::to_vec(value).map_err(|e| Error::io(&self.to)(e.into()))?;
        self.put(tag, &json)
    }

    /// Puts the file in its place, on the disk.
    pub(crate) fn finish(mut self, found: Found) -> Result<()> {
        self.told.found = found;
        let told = std::mem::take(&mut self.told);
        self.json(Tag::Told, &told)?;
        let Self { file, to, .. } = self;
        let place = || {
            let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.as_file().sync_all()?;
            file.persist(&to).map_err(|error| error.error)?;
            #[cfg(unix)]
            to.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())?;
            Ok(())
        };
        let placed: std::io::Result<()> = place();
        placed.map_err(Error::io(&to))
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
        let mut bytes = vec![0; len as usize];
        file.read_exact(&mut bytes)?;
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

/// Gives what was kept of a lot to the first pass; what became of the search for the field that was named.
///
/// # Errors
/// [`Error::Io`] where it cannot be read.
pub(crate) fn take_up(
    folder: &Path,
    lot: usize,
    pool: &rayon::ThreadPool,
    pass: &mut FirstPass,
) -> Result<Found> {
    let path = Keeping::place(folder, lot);
    let file = File::open(&path).map_err(Error::io(&path))?;
    let mut left = file.metadata().map_err(Error::io(&path))?.len();
    let mut file = BufReader::with_capacity(1 << 16, file);
    let damaged = || Error::damaged(&path);
    let mut sentences = Vec::new();
    while left > 0 {
        look();
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES && left > 0 {
            let held = Held::read(&mut file, &mut left).map_err(|error| match error.kind() {
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
