//! The page that shows what a run did: what it counted, its dumps with every span as it was judged, its stories, and where to look first.
//!
//! This file knows the order: the ledger and the articles once, to count and to choose what has room; both again for what was chosen; then the
//! dumps, whose texts go into the page as they come.

mod block;
mod excerpt;
mod limits;
mod overview;
mod page;
mod pieces;
mod rows;
mod sample;
mod shown;
mod stories;
mod suspects;
mod suspicion;
mod texts;
mod units;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use dechaff::{Article, Cleaner, Error, Explanation, Reader, Record, Stop};
use rayon::prelude::*;

use crate::finished::{Finished, LedgerSpan};
use crate::report::block::{Block, Of};
use crate::report::limits::{BATCH, BATCH_BYTES, FEATURES};
use crate::report::overview::{Overview, RowLine};
use crate::report::page::Page;
use crate::report::pieces::pieces;
use crate::report::rows::{Row, Rows};
use crate::report::sample::with_text;
use crate::report::stories::{Fold, Stories};
use crate::report::suspicion::Suspicions;
use crate::report::texts::Dumps;

/// What a page is made of.
pub(crate) struct Report<'r> {
    pub(crate) run: &'r Finished,
    /// The folder of the run, in which no dumps are looked for.
    pub(crate) out: &'r Path,
    /// Where dumps stand.
    pub(crate) dumps: Vec<PathBuf>,
    pub(crate) reader: Reader,
    /// What judges as the run did; or why nothing does, and so the model's reasons are left out.
    pub(crate) cleaner: Result<Cleaner, String>,
    /// The ids of the rules in use.
    pub(crate) rules: Vec<String>,
    pub(crate) stop: Stop,
    /// Is told how many of how many records were read again.
    pub(crate) progress: &'r (dyn Fn(usize, usize) + Sync),
}

/// What a page shows of the chosen records, by their places in the list.
#[derive(Default)]
struct Chosen {
    spans: HashMap<usize, Vec<LedgerSpan>>,
    articles: HashMap<usize, Vec<Article>>,
    folds: HashMap<usize, BTreeMap<usize, Fold>>,
}

/// A page that is being made.
struct Making<W> {
    page: Page<W>,
    suspicions: Suspicions,
    /// Dumps that could not be read again, and why.
    missing: BTreeMap<String, String>,
    texts: usize,
    /// Records that were read again, or found to be gone.
    done: usize,
}

/// What is told of a page that was written.
pub(crate) struct Told {
    /// Records that are listed.
    pub(crate) records: usize,
    pub(crate) all_records: usize,
    /// Those with their texts.
    pub(crate) texts: usize,
    /// Dumps that could not be read again, and why.
    pub(crate) missing: BTreeMap<String, String>,
}

/// A record that was read again: its place in the list, and its text or the reason why there is none.
type Reread = (usize, Result<Record, String>);

impl Report<'_> {
    /// Writes the page.
    pub(crate) fn write(&self, out: impl Write) -> anyhow::Result<Told> {
        let rows = Rows::read(self.watched(self.run.ledger()))?;
        let stories = Stories::read(self.watched(self.run.articles()), &rows)?;
        let with_text = with_text(&rows, &stories);
        let chosen = self.chosen(&rows, &stories, &with_text)?;
        let mut making = Making {
            page: Page::begin(out)?,
            suspicions: Suspicions::of(&stories),
            missing: BTreeMap::new(),
            texts: 0,
            done: 0,
        };
        let dumps = Dumps::below(&self.dumps, self.out, self.reader.clone());
        let (mut batch, mut bytes): (Vec<Reread>, usize) = (Vec::new(), 0);
        for (dump, wanted) in by_dump(&rows, &with_text) {
            dumps.read(dump, &wanted, &self.stop, |at, text| {
                bytes += text.as_ref().map_or(0, |record| record.view.len());
                batch.push((at, text));
                if batch.len() < BATCH && bytes < BATCH_BYTES {
                    return Ok(());
                }
                bytes = 0;
                self.add(&mut making, &rows, &chosen, std::mem::take(&mut batch))
            })?;
        }
        self.add(&mut making, &rows, &chosen, batch)?;
        let Making { mut page, suspicions, missing, texts, .. } = making;
        let is_open = |at| with_text.contains(&at);
        let rows_of_page = rows.listed.iter().enumerate();
        let lines: Vec<RowLine> =
            rows_of_page.map(|(at, row)| RowLine::new(row, is_open(at))).collect();
        page.data("rows", &lines)?;
        page.data("stories", &stories.listed)?;
        page.data("suspects", &suspicions.finish())?;
        let folder = self.out.display().to_string();
        let not_judged = self.cleaner.as_ref().err().map(String::as_str);
        let overview = Overview::new(&folder, &self.run.manifest, &rows, &stories, &self.rules)
            .with_texts(texts, &missing, not_judged);
        page.data("run", &overview)?;
        let shown = overview.shown();
        page.finish()?;
        Ok(Told {
            records: shown.records,
            all_records: shown.all_records,
            texts: shown.texts,
            missing,
        })
    }

    /// Ends early once the flag is set.
    fn watched<T>(
        &self,
        lines: impl Iterator<Item = anyhow::Result<T>>,
    ) -> impl Iterator<Item = anyhow::Result<T>> {
        lines.map(|line| if self.stop.is_set() { Err(Error::Stopped.into()) } else { line })
    }

    /// Reads the ledger and the articles again for the chosen records.
    fn chosen(
        &self,
        rows: &Rows,
        stories: &Stories,
        with_text: &BTreeSet<usize>,
    ) -> anyhow::Result<Chosen> {
        let mut chosen = Chosen::default();
        let mut wanted = with_text.iter().map(|&at| (rows.listed[at].number, at)).peekable();
        for (number, line) in self.watched(self.run.ledger()).enumerate() {
            let line = line?;
            if let Some((_, at)) = wanted.next_if(|(wanted, _)| *wanted == number) {
                chosen.spans.insert(at, line.spans);
            }
            if wanted.peek().is_none() {
                break;
            }
        }
        for article in self.watched(self.run.articles::<Article>()) {
            let article = article?;
            let place = &article.provenance;
            let at = rows.find(&place.dump, place.record.as_deref());
            if let Some(at) = at.filter(|at| with_text.contains(at)) {
                chosen.articles.entry(at).or_default().push(article);
            }
        }
        for (&(at, article), fold) in &stories.folds {
            chosen.folds.entry(at).or_default().insert(article, fold.clone());
        }
        Ok(chosen)
    }

    /// Judges some records again and adds them to the page.
    fn add<W: Write>(
        &self,
        making: &mut Making<W>,
        rows: &Rows,
        chosen: &Chosen,
        batch: Vec<Reread>,
    ) -> anyhow::Result<()> {
        let places: HashMap<&str, usize> =
            rows.deciders.keys().enumerate().map(|(at, by)| (by.as_str(), at + 1)).collect();
        let none = BTreeMap::new();
        let explain = |record: &Record| {
            let cleaner = self.cleaner.as_ref().ok()?;
            self.stop.run(|| Explanation::of(cleaner, record, FEATURES)).ok()
        };
        let made: Vec<_> = batch
            .par_iter()
            .map(|(at, record)| {
                let explained = record.as_ref().ok().and_then(explain);
                let spans = chosen.spans.get(at).map_or(&[][..], Vec::as_slice);
                let reasons = explained.as_ref().map_or(&[][..], |explained| &explained.reasons);
                let spans = record
                    .as_ref()
                    .map_or_else(|_| spans.to_vec(), |record| pieces(&record.view, spans, reasons));
                let of = Of {
                    record: record.as_ref().map_err(String::as_str),
                    explained: explained.as_ref(),
                    spans: &spans,
                    articles: chosen.articles.get(at).map_or(&[][..], Vec::as_slice),
                    folds: chosen.folds.get(at).unwrap_or(&none),
                };
                let decider = |by: &str| places.get(by).copied().unwrap_or(0);
                let block = Block::new(&of, decider, |dump, record| rows.find(dump, record));
                let json = serde_json::to_string(&block);
                (json, spans, explained.map(|explained| explained.reasons).unwrap_or_default())
            })
            .collect();
        making.done += batch.len();
        (self.progress)(making.done, chosen.spans.len());
        for ((at, record), (json, spans, reasons)) in batch.into_iter().zip(made) {
            if self.stop.is_set() {
                return Err(Error::Stopped.into());
            }
            making.page.json(&format!("r{at}"), &json?)?;
            match record {
                Ok(record) => {
                    making.texts += 1;
                    making.suspicions.look(at, &record.view, &spans, &reasons);
                }
                Err(why) => {
                    making.missing.entry(rows.listed[at].dump.clone()).or_insert(why);
                }
            }
        }
        Ok(())
    }
}

/// The chosen records of each dump, with their places in the list.
fn by_dump<'r>(
    rows: &'r Rows,
    with_text: &BTreeSet<usize>,
) -> BTreeMap<&'r str, Vec<(usize, &'r Row)>> {
    let mut dumps: BTreeMap<&str, Vec<(usize, &Row)>> = BTreeMap::new();
    for &at in with_text {
        let row = &rows.listed[at];
        dumps.entry(row.dump.as_str()).or_default().push((at, row));
    }
    dumps
}
