//! A record as the first pass leaves it: its articles as they are, and the account of its bytes, until all of a run is known.

use crate::article::Article;
use crate::clean::Cleaner;
use crate::clean::sentences::clean_with_sentences;
use crate::read::Record;
use crate::sentences::Sentence;
use crate::write::LedgerLine;

/// A record that was cleaned, of which nothing is known but itself.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its articles, each with its sentences.
    pub articles: Vec<(Article, Vec<Sentence>)>,
    /// Its line of the ledger.
    pub ledger: String,
}

impl Draft {
    /// Cleans a record of a dump.
    ///
    /// # Errors
    /// None is known: its ledger is written as JSON.
    pub fn of(cleaner: &Cleaner, dump: &str, record: &Record) -> serde_json::Result<Self> {
        let (cleaned, sentences) = clean_with_sentences(cleaner, record);
        let line = LedgerLine {
            dump,
            record: record.id.as_deref(),
            digest: record.digest(),
            bytes: cleaned.ledger.bytes(),
            encoding: &record.encoding.to_ascii_lowercase(),
            format: record.format.name(),
            spans: &cleaned.ledger,
        };
        let ledger = serde_json::to_string(&line)?;
        let named = |mut article: Article| {
            article.provenance.dump = dump.into();
            article
        };
        let articles = cleaned.articles.into_iter().map(named).zip(sentences).collect();
        Ok(Self { articles, ledger })
    }
}
