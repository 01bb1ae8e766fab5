//! What became of a part of a dump, and of a record that was cleaned.

use crate::clean::cleaned::Cleaned;
use crate::compare::Fingerprint;
use crate::error::{Error, Result};
use crate::read::Record;
use crate::sentences::{Sentence, pack};
use crate::text::letters::NormalizedText;
use crate::write::LedgerLine;

/// What became of a part of the dump with this number.
pub(crate) enum Outcome {
    Done(usize, Box<Done>),
    Failed(usize, Option<String>, String),
    Skipped(usize, String),
    End(usize),
}

/// A record that was cleaned.
pub(crate) struct Done {
    record: Option<String>,
    digest: String,
    encoding: String,
    format: &'static str,
    pub(crate) cleaned: Cleaned,
    /// For each article what it is compared by, and its sentences.
    articles: Vec<(Fingerprint, Vec<Sentence>)>,
}

/// What a record leaves, in the order in which it is taken.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'p> {
    /// Its line of the ledger.
    Record(&'p [u8]),
    /// An article of it: its id, its line, what it is compared by, and its sentences, packed.
    Article(&'p str, &'p [u8], &'p Fingerprint, &'p [u8]),
}

impl Done {
    pub(crate) fn new(record: Record, cleaned: Cleaned, sentences: Vec<Vec<Sentence>>) -> Self {
        let mut letters = NormalizedText::default();
        let fingerprints = cleaned.articles.iter().map(|article| {
            letters.read(&article.text);
            Fingerprint::new(&letters)
        });
        Self {
            digest: record.digest(),
            encoding: record.encoding.to_ascii_lowercase(),
            format: record.format.name(),
            articles: fingerprints.zip(sentences).collect(),
            record: record.id,
            cleaned,
        }
    }

    /// Gives what it leaves, as a record of a dump.
    pub(crate) fn each(self, dump: &str, mut take: impl FnMut(Piece) -> Result<()>) -> Result<()> {
        let json = |error: serde_json::Error| Error::io(dump)(error.into());
        let line = LedgerLine {
            dump,
            record: self.record.as_deref(),
            digest: self.digest,
            bytes: self.cleaned.ledger.bytes(),
            encoding: &self.encoding,
            format: self.format,
            spans: &self.cleaned.ledger,
        };
        take(Piece::Record(&serde_json::to_vec(&line).map_err(json)?))?;
        for (mut article, (fingerprint, sentences)) in
            self.cleaned.articles.into_iter().zip(self.articles)
        {
            article.provenance.dump = dump.into();
            let line = serde_json::to_vec(&article).map_err(json)?;
            take(Piece::Article(&article.id, &line, &fingerprint, &pack(&sentences)))?;
        }
        Ok(())
    }
}
