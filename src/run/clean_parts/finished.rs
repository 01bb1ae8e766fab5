//! The lines of this part's records as they are published: articles with their copies, and the ledger.

use rustc_hash::FxHashMap;

use crate::article::{Appendix, Copy};
use crate::error::Result;
use crate::run::clean_parts::cleaned::CleanTold;
use crate::run::clean_parts::copies::{CHANGES, COPIES, CopiesTold, LINES, NAMED};
use crate::run::clean_parts::earlier::Publishing;
use crate::run::clean_parts::folded::{ALIKE, CUT, FOLDS};
use crate::run::clean_parts::places::{
    ArticlePlace, Articles, Own, RecordPlace, Records, article_of, line_of,
};
use crate::run::clean_parts::task::{CLEAN, Spread};
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged, take};
use crate::run::parts::work::{Draft, Rows, in_batches};
use crate::run::published::alike_of;
use crate::run::rewrite::{Change, Recount, StashedLedger};

/// The stage, and its files: lines behind the places of what they tell of, which sort as these do.
pub(super) const FINISHED: &str = "finished";
pub(super) const ARTICLES: &str = "articles";
pub(super) const LEDGER: &str = "ledger";

/// What is known of an article.
enum Known {
    /// A copy: its line where copies are kept, and what changes in the ledger.
    Copy { doc: Doc, line: Option<Vec<u8>>, change: Option<Vec<u8>> },
    /// A canonical one: how its copies are named, and what it is alike.
    Canonical { place: ArticlePlace, named: Vec<Vec<u8>>, alike: Option<Vec<u8>> },
}

/// What is known of a record.
struct Record {
    place: RecordPlace,
    articles: Vec<Known>,
}

impl Record {
    fn bytes(&self) -> u64 {
        let of_article = |known: &Known| match known {
            Known::Copy { line, .. } => line.as_ref().map_or(0, |line| line.len() as u64),
            Known::Canonical { place, named, .. } => {
                named.iter().fold(place.doc.len, |sum, row| sum.saturating_add(row.len() as u64))
            }
        };
        self.articles.iter().map(of_article).fold(self.place.ledger.len, u64::saturating_add)
    }
}

/// The tables that tell of the records of this part, which are read side by side.
struct Tables {
    records: Records,
    articles: Articles,
    folds: Rows,
    named: Rows,
    alike: Rows,
    changes: Rows,
    lines: Rows,
}

impl Tables {
    fn open(job: &Job<Spread>) -> Result<Self> {
        let Job { work, .. } = job;
        Ok(Self {
            records: Records::open(job)?,
            articles: Articles::open(job)?,
            folds: work.rows(&[(FOLDS, FOLDS)], work.part)?,
            named: work.rows(&[(COPIES, NAMED)], work.part)?,
            alike: work.rows(&[(CUT, ALIKE)], work.part)?,
            changes: work.own_rows(COPIES, CHANGES)?,
            lines: work.own_rows(COPIES, LINES)?,
        })
    }

    fn next(&mut self) -> Result<Option<Record>> {
        let Some(place) = self.records.next()? else { return Ok(None) };
        let mut articles = Vec::new();
        for _ in 0..place.articles {
            let place = self.articles.next()?.ok_or_else(damaged)?;
            let (doc, key) = (place.doc, place.doc.to_bytes());
            articles.push(if self.folds.has(&key)? {
                let line = self.lines.all_of(&key)?.pop();
                Known::Copy { doc, line, change: self.changes.all_of(&key)?.pop() }
            } else {
                let named = self.named.all_of(&key)?;
                Known::Canonical { place, named, alike: self.alike.all_of(&key)?.pop() }
            });
        }
        Ok(Some(Record { place, articles }))
    }
}

/// What changes of the article of this number in its record.
type Numbered = (usize, Change);

/// What is published of a record.
struct Finished {
    place: Doc,
    articles: Vec<(Doc, Vec<u8>)>,
    ledger: Vec<u8>,
    recount: Option<Recount>,
}

/// What is needed to publish a record.
struct Finishing<'f> {
    publishing: Publishing<'f>,
    own: Own,
    docs: Docs<'f>,
}

impl Finishing<'_> {
    fn record(&self, Record { place, articles }: Record) -> Result<Finished> {
        let mut lines = Vec::with_capacity(articles.len());
        let mut changes: FxHashMap<usize, Change> = FxHashMap::default();
        for known in articles {
            match known {
                Known::Copy { doc, line, change } => {
                    lines.extend(line.map(|line| (doc, line)));
                    if let Some(change) = change {
                        let (number, change) =
                            serde_json::from_slice(&change).map_err(|_| damaged())?;
                        changes.insert(number, change);
                    }
                }
                Known::Canonical { place, named, alike } => {
                    let (line, change) = self.canonical(&place, &named, alike)?;
                    lines.push((place.doc, line));
                    changes.extend(change);
                }
            }
        }
        let line = self.own.ledger(&place)?;
        let place = place.ledger;
        if changes.is_empty() {
            return Ok(Finished { place, articles: lines, ledger: line, recount: None });
        }
        let mut ledger: StashedLedger = serde_json::from_slice(&line).map_err(|_| damaged())?;
        let recount = Some(ledger.change(&changes));
        Ok(Finished { place, articles: lines, ledger: line_of(&ledger)?, recount })
    }

    /// The line of a canonical article, and what changes in the ledger of its record.
    fn canonical(
        &self,
        place: &ArticlePlace,
        named: &[Vec<u8>],
        alike: Option<Vec<u8>>,
    ) -> Result<(Vec<u8>, Option<Numbered>)> {
        let known = self.publishing.known(place)?;
        if self.publishing.is_whole(&known) && named.is_empty() && alike.is_none() {
            return Ok((self.docs.read(place.doc)?, None));
        }
        let published = self.publishing.published(place, known)?;
        let number = published.article.provenance.article;
        let change = published.is_cut().then(|| (number, published.change(None)));
        let mut article = published.article;
        for row in named {
            let named = row.get(Doc::BYTES..).and_then(|named| serde_json::from_slice(named).ok());
            let (copy, appendix): (Copy, Option<Appendix>) = named.ok_or_else(damaged)?;
            article.provenance.copies.push(copy);
            article.appendix.extend(appendix);
        }
        if let Some(row) = alike {
            let row = &mut &row[..];
            let to = article_of(&self.docs.read(Doc::take(row)?)?)?.provenance;
            let own = [take(row)?, take(row)?].map(f32::from_be_bytes);
            article.provenance.alike = Some(alike_of(to, own));
        }
        Ok((line_of(&article)?, change))
    }
}

/// By file: records, articles, copies, what is alike, changes → lines of articles and of the ledger, in their order.
pub(super) fn finish(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let CleanTold { mut summary, .. } = job.work.told(job.work.part, CLEAN)?;
    let CopiesTold { copies, own } = job.work.told(job.work.part, COPIES)?;
    (summary.copies, summary.own) = (copies, own);
    let finishing = Finishing {
        publishing: Publishing::open(job)?,
        own: Own::open(job)?,
        docs: Docs::open(job)?,
    };
    let mut tables = Tables::open(job)?;
    let (mut articles, mut ledger) = (draft.table(ARTICLES)?, draft.table(LEDGER)?);
    in_batches(
        || tables.next(),
        Record::bytes,
        || (),
        |(), record| finishing.record(record),
        |finished| {
            for (doc, line) in &finished.articles {
                articles.push(0, &[&doc.to_bytes()[..], line].concat())?;
            }
            if job.task.terms.companions.ledger {
                let place = finished.place.to_bytes();
                ledger.push(0, &[&place[..], &finished.ledger].concat())?;
            }
            finished.recount.iter().for_each(|recount| summary.recount(recount));
            Ok(())
        },
    )?;
    articles.finish()?;
    ledger.finish()?;
    draft.tell(&summary)
}
