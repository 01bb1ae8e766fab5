//! The first pass: every record is read and cleaned, many at a time, and what became of each is given in their order.

use std::path::Path;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use crate::article::Article;
use crate::clean::Cleaner;
use crate::clean::cleaned::Cleaned;
use crate::compare::Fingerprint;
use crate::error::{Error, Failure, Result};
use crate::guard::look;
use crate::read::{Part, Reader, Record};
use crate::run::prefetch::{Feed, feed};
use crate::run::settings::Settings;
use crate::run::within::clean_within;
use crate::sentences::Sentence;
use crate::text::letters::NormalizedText;
use crate::walk::Source;
use crate::write::LedgerLine;

/// What the first pass works with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstPass<'r> {
    pub(crate) cleaner: &'r Cleaner,
    pub(crate) reader: &'r Reader,
    pub(crate) settings: &'r Settings,
    /// Where the run writes, to name it in errors.
    pub(crate) out: &'r Path,
}

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

impl FirstPass<'_> {
    /// Reads and cleans dumps on the threads of `pool`.
    ///
    /// # Errors
    /// Those of `take`, which is given all that comes of them.
    pub(crate) fn run(
        self,
        sources: &[Source],
        pool: &rayon::ThreadPool,
        mut take: impl FnMut(Outcome) -> Result<()>,
    ) -> Result<()> {
        let (sender, batches) = sync_channel(0);
        std::thread::scope(|scope| {
            let read = move || {
                self.settings.stop.clone().watch();
                feed(self.reader, sources, &sender);
            };
            std::thread::Builder::new().spawn_scoped(scope, read).map_err(Error::io(self.out))?;
            for batch in batches {
                let done: Vec<_> = pool
                    .install(|| batch.into_par_iter().map(|feed| self.clean_one(feed)).collect());
                look();
                done.into_iter().try_for_each(&mut take)?;
            }
            Ok(())
        })
    }

    /// Cleans a part of a dump, and tells that it is done.
    fn clean_one(self, feed: Feed) -> Outcome {
        let (Feed::Part(_, _, bytes) | Feed::End(_, bytes)) = feed;
        let outcome = self.outcome(feed);
        self.settings.heard.tell(bytes);
        outcome
    }

    fn outcome(self, feed: Feed) -> Outcome {
        match feed {
            Feed::Part(source, Part::Record(record), _) => {
                let limits = self.reader.within();
                match clean_within(self.cleaner, &record, &self.settings.stop, limits) {
                    Ok((cleaned, sentences)) => {
                        Outcome::Done(source, Box::new(Done::new(record, cleaned, sentences)))
                    }
                    Err(reason) => Outcome::Failed(source, record.id, reason),
                }
            }
            Feed::Part(source, Part::Broken { record, reason }, _) => {
                Outcome::Failed(source, record, reason.to_string())
            }
            Feed::Part(source, Part::Skipped { records, reason }, _) => {
                Outcome::Skipped(source, format!("{records} {reason}"))
            }
            Feed::End(source, _) => Outcome::End(source),
        }
    }
}

/// The failure of a run that found the field that was named for the text nowhere.
pub(crate) fn no_such_field(reader: &Reader) -> Option<Failure> {
    let (field, dump, others) = reader.nowhere()?;
    let error = format!(
        "has no field {field:?}, nor has anything else; its fields are {}",
        others.join(", ")
    );
    Some(Failure { dump, record: None, error })
}

impl Done {
    fn new(record: Record, cleaned: Cleaned, sentences: Vec<Vec<Sentence>>) -> Self {
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

    /// The record's line of the ledger.
    pub(crate) fn ledger<'l>(&'l self, dump: &'l str) -> LedgerLine<'l> {
        LedgerLine {
            dump,
            record: self.record.as_deref(),
            digest: self.digest.clone(),
            bytes: self.cleaned.ledger.bytes(),
            encoding: &self.encoding,
            format: self.format,
            spans: &self.cleaned.ledger,
        }
    }

    /// Its articles, each with what it is compared by, and its sentences.
    pub(crate) fn into_articles(
        self,
        dump: &str,
    ) -> impl Iterator<Item = (Article, Fingerprint, Vec<Sentence>)> {
        self.cleaned.articles.into_iter().zip(self.articles).map(
            move |(mut article, (fingerprint, sentences))| {
                article.provenance.dump = dump.into();
                (article, fingerprint, sentences)
            },
        )
    }
}
