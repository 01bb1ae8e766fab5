//! What this part leaves of the records of its own files: their ledgers, their articles, and the sentences of these; and where each stands.

use crate::article::Article;
use crate::error::{Error, Result};
use crate::run::clean_parts::task::{CLEAN, Spread};
use crate::run::parts::docs::DOCUMENTS;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, WORK, damaged, take};
use crate::run::parts::work::{Bytes, Draft, Rows};
use crate::sentences::{Sentence, unpack};
use crate::spill::file::SpillFile;
use crate::spill::sorted::SortedWriter;

/// Files beside [`DOCUMENTS`]: ledgers and sentences, and where those of each record and article stand.
const LEDGERS: &str = "ledgers";
const SENTENCES: &str = "sentences";
const RECORDS: &str = "records";
const ARTICLES: &str = "articles";

/// An article: where its line and its sentences stand, and the id that it has before anything is cut from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ArticlePlace {
    pub(super) doc: Doc,
    pub(super) id: u128,
    sentences: Doc,
}

/// A record: where its line of the ledger stands, and how many articles it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct RecordPlace {
    pub(super) ledger: Doc,
    pub(super) articles: u32,
}

/// The article of a line.
pub(super) fn article_of(line: &[u8]) -> Result<Article> {
    serde_json::from_slice(line).map_err(|_| damaged())
}

/// A value as a line.
pub(super) fn line_of(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::io(WORK)(error.into()))
}

/// A file of pieces, one behind the other.
struct Pieces {
    file: Bytes,
    at: u64,
}

impl Pieces {
    fn new(draft: &Draft, name: &str) -> Result<Self> {
        Ok(Self { file: draft.bytes(name)?, at: 0 })
    }

    fn add(&mut self, source: u32, piece: &[u8]) -> Result<Doc> {
        let place = Doc { source, at: self.at, len: piece.len() as u64 };
        self.at += place.len;
        self.file.add(piece)?;
        Ok(place)
    }
}

/// Takes records, in their order, as they are cleaned.
pub(super) struct Kept {
    lines: Pieces,
    sentences: Pieces,
    ledgers: Pieces,
    records: SortedWriter,
    articles: SortedWriter,
}

impl Kept {
    pub(super) fn new(draft: &Draft) -> Result<Self> {
        Ok(Self {
            lines: Pieces::new(draft, DOCUMENTS)?,
            sentences: Pieces::new(draft, SENTENCES)?,
            ledgers: Pieces::new(draft, LEDGERS)?,
            records: draft.table(RECORDS)?,
            articles: draft.table(ARTICLES)?,
        })
    }

    /// Adds a record of a file, with so many articles, which follow.
    pub(super) fn record(&mut self, source: u32, ledger: &[u8], articles: usize) -> Result<()> {
        let place = self.ledgers.add(source, ledger)?.to_bytes();
        self.records.push(0, &[&place[..], &(articles as u32).to_be_bytes()].concat())
    }

    /// Adds an article: its id, its line, and its sentences, packed.
    pub(super) fn article(
        &mut self,
        source: u32,
        id: &str,
        line: &[u8],
        sentences: &[u8],
    ) -> Result<Doc> {
        let doc = self.lines.add(source, line)?;
        let sentences = self.sentences.add(source, sentences)?.to_bytes();
        let id = u128::from_str_radix(id, 16).unwrap_or_default().to_be_bytes();
        self.articles.push(0, &[&doc.to_bytes()[..], &id, &sentences].concat())?;
        Ok(doc)
    }

    pub(super) fn finish(self) -> Result<()> {
        let Self { lines, sentences, ledgers, records, articles } = self;
        [lines, sentences, ledgers].into_iter().try_for_each(|pieces| pieces.file.finish())?;
        records.finish()?;
        articles.finish()
    }
}

/// The records of this part, in their order.
pub(super) struct Records(Rows);

impl Records {
    pub(super) fn open(job: &Job<Spread>) -> Result<Self> {
        job.work.own_rows(CLEAN, RECORDS).map(Self)
    }

    pub(super) fn next(&mut self) -> Result<Option<RecordPlace>> {
        let Some(row) = self.0.next()? else { return Ok(None) };
        let row = &mut &row[..];
        let (ledger, articles) = (Doc::take(row)?, u32::from_be_bytes(take(row)?));
        Ok(Some(RecordPlace { ledger, articles }))
    }
}

/// The articles of this part, in their order.
pub(super) struct Articles(Rows);

impl Articles {
    pub(super) fn open(job: &Job<Spread>) -> Result<Self> {
        job.work.own_rows(CLEAN, ARTICLES).map(Self)
    }

    pub(super) fn next(&mut self) -> Result<Option<ArticlePlace>> {
        let Some(row) = self.0.next()? else { return Ok(None) };
        let row = &mut &row[..];
        let (doc, id) = (Doc::take(row)?, u128::from_be_bytes(take(row)?));
        Ok(Some(ArticlePlace { doc, id, sentences: Doc::take(row)? }))
    }
}

/// What stands at these places.
pub(super) struct Own {
    sentences: SpillFile,
    ledgers: SpillFile,
}

impl Own {
    pub(super) fn open(job: &Job<Spread>) -> Result<Self> {
        let file = |name| job.work.file(job.work.part, CLEAN, name);
        Ok(Self { sentences: file(SENTENCES)?, ledgers: file(LEDGERS)? })
    }

    /// The sentences of an article.
    pub(super) fn sentences(&self, place: &ArticlePlace) -> Result<Vec<Sentence>> {
        let Doc { at, len, .. } = place.sentences;
        self.sentences.piece(at, len).map(|packed| unpack(&packed))
    }

    /// The line of a record in the ledger.
    pub(super) fn ledger(&self, place: &RecordPlace) -> Result<Vec<u8>> {
        self.ledgers.piece(place.ledger.at, place.ledger.len)
    }
}
