//! What the first pass found, on disk until the second pass writes it: whole lines, which most often stay as they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

use crate::article::Article;
use crate::compare::Facts;
use crate::error::{Error, Result};
use crate::sentences::{Sentence, unpack};

/// A file that is written from front to back and forgotten when the run ends.
#[derive(Debug)]
struct Spill {
    file: BufWriter<File>,
    folder: PathBuf,
    bytes: u64,
}

impl Spill {
    fn open(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map(BufWriter::new).map_err(Error::io(folder))?;
        Ok(Self { file, folder: folder.into(), bytes: 0 })
    }

    fn push(&mut self, bytes: &[u8]) -> Result<Place> {
        self.file.write_all(bytes).map_err(Error::io(&self.folder))?;
        let place = Place { offset: self.bytes, bytes: bytes.len() };
        self.bytes += bytes.len() as u64;
        Ok(place)
    }

    fn finish(self) -> Result<File> {
        self.file.into_inner().map_err(|e| Error::io(&self.folder)(e.into_error()))
    }
}

/// Takes the lines of the first pass.
#[derive(Debug)]
pub(crate) struct Stash {
    lines: Spill,
    sentences: Spill,
    records: Vec<Record>,
    articles: Vec<ArticlePlace>,
}

/// Where bytes stand in a file.
#[derive(Debug, Clone, Copy)]
struct Place {
    offset: u64,
    bytes: usize,
}

/// An article's line and its sentences.
#[derive(Debug, Clone, Copy)]
struct ArticlePlace {
    id: u128,
    line: Place,
    sentences: Place,
}

/// A record's ledger line.
#[derive(Debug, Clone, Copy)]
struct Record {
    ledger: Place,
    /// The number of its first article.
    first: u32,
}

impl Stash {
    /// A stash in files without a name in `folder`.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        Ok(Self {
            lines: Spill::open(folder)?,
            sentences: Spill::open(folder)?,
            records: Vec::new(),
            articles: Vec::new(),
        })
    }

    /// Adds a record by its line of the ledger.
    pub(crate) fn record(&mut self, ledger: &[u8]) -> Result<()> {
        let ledger = self.lines.push(ledger)?;
        self.records.push(Record { ledger, first: number(self.articles.len()) });
        Ok(())
    }

    /// Adds an article of the record that was added last: its id, its line, and its sentences, packed.
    pub(crate) fn article(&mut self, id: &str, line: &[u8], sentences: &[u8]) -> Result<()> {
        let (line, sentences) = (self.lines.push(line)?, self.sentences.push(sentences)?);
        let id = u128::from_str_radix(id, 16).unwrap_or_default();
        self.articles.push(ArticlePlace { id, line, sentences });
        Ok(())
    }

    /// Closes the stash for reading.
    pub(crate) fn finish(self) -> Result<Stashed> {
        let folder = self.lines.folder.clone();
        let [lines, sentences] = [self.lines.finish()?, self.sentences.finish()?].map(Mutex::new);
        Ok(Stashed {
            lines,
            sentences,
            fault: Mutex::default(),
            folder,
            records: self.records,
            articles: self.articles,
        })
    }
}

/// The lines of the first pass, to be read.
#[derive(Debug)]
pub(crate) struct Stashed {
    lines: Mutex<File>,
    sentences: Mutex<File>,
    fault: Mutex<Option<Error>>,
    folder: PathBuf,
    records: Vec<Record>,
    articles: Vec<ArticlePlace>,
}

impl Stashed {
    /// The folder it stands in, to name it in errors.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many articles there are. They are numbered in the order of their dumps, from 0.
    pub(crate) fn len(&self) -> usize {
        self.articles.len()
    }

    /// How many records there are.
    pub(crate) fn records(&self) -> usize {
        self.records.len()
    }

    /// The numbers of a record's articles.
    pub(crate) fn articles_of(&self, record: usize) -> std::ops::Range<usize> {
        let first = |record: usize| {
            self.records.get(record).map_or(self.articles.len(), |r| r.first as usize)
        };
        first(record)..first(record + 1)
    }

    /// The line of a record's ledger.
    pub(crate) fn ledger(&self, record: usize) -> Result<Vec<u8>> {
        self.read(&self.lines, self.records[record].ledger)
    }

    /// The id of an article as a number.
    pub(crate) fn id(&self, article: usize) -> u128 {
        self.articles[article].id
    }

    /// The line of an article.
    pub(crate) fn line(&self, article: usize) -> Result<Vec<u8>> {
        self.read(&self.lines, self.articles[article].line)
    }

    /// An article.
    pub(crate) fn article(&self, article: usize) -> Result<Article> {
        serde_json::from_slice(&self.line(article)?).map_err(|e| Error::io(&self.folder)(e.into()))
    }

    /// What is needed of an article to choose among copies.
    pub(crate) fn facts(&self, article: usize) -> Result<Facts> {
        serde_json::from_slice(&self.line(article)?).map_err(|e| Error::io(&self.folder)(e.into()))
    }

    /// The text of an article, for comparing; empty where it cannot be read again, which [`Self::check`] tells.
    pub(crate) fn text(&self, article: usize) -> String {
        let parse = |line: Vec<u8>| text_of(&line).map_err(|e| Error::io(&self.folder)(e.into()));
        self.line(article).and_then(parse).unwrap_or_else(|error| {
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            String::new()
        })
    }

    /// Whether all texts could be read so far.
    ///
    /// # Errors
    /// What was in the way of one that could not.
    pub(crate) fn check(&self) -> Result<()> {
        self.fault.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// The sentences of an article.
    pub(crate) fn sentences(&self, article: usize) -> Result<Vec<Sentence>> {
        Ok(unpack(&self.read(&self.sentences, self.articles[article].sentences)?))
    }

    fn read(&self, file: &Mutex<File>, place: Place) -> Result<Vec<u8>> {
        let mut bytes = vec![0; place.bytes];
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place.offset))
            .and_then(|_| file.read_exact(&mut bytes))
            .map_err(Error::io(&self.folder))?;
        Ok(bytes)
    }
}

/// The text of the article of a line.
pub(crate) fn text_of(line: &[u8]) -> serde_json::Result<String> {
    #[derive(Deserialize)]
    struct Line<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    serde_json::from_slice::<Line>(line).map(|line| line.text.into_owned())
}

/// A count or an offset within a dump, which has fewer than 2^32 bytes.
fn number(value: usize) -> u32 {
    u32::try_from(value).expect("fewer than 2^32 articles, and bytes of a dump")
}
