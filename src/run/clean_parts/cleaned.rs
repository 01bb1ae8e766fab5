//! From dumps to articles: the files of this part are read and cleaned.

use serde::{Deserialize, Serialize};

use crate::compare::samples::nth_of;
use crate::error::{Failure, Result, Skipped};
use crate::read::Found;
use crate::run::clean_parts::places::{Kept, line_of};
use crate::run::clean_parts::task::Spread;
use crate::run::event::Event;
use crate::run::outcome::{Done, Outcome, Piece};
use crate::run::parts::docs::Texts;
use crate::run::parts::job::Job;
use crate::run::parts::keys::rank_of;
use crate::run::parts::stage::Observe;
use crate::run::parts::work::{Draft, Outbox};
use crate::run::summary::Summary;
use crate::sentences::unpack;
use crate::spill::sorted::SortedWriter;
use crate::walk::Source;

/// The sentences of articles, by their hashes, a row for each article that has one.
pub(super) const HASHES: &str = "hashes";
/// What failed and what was left out, in the order of the files.
pub(super) const FAILURES: &str = "failures";
pub(super) const SKIPPED: &str = "skipped";

/// What is told of cleaning: what was counted, and what became of the field that was named for the text.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CleanTold {
    pub(super) summary: Summary,
    pub(super) found: Found,
}

/// What stands in the order of the files: number of the file, number in this table, value.
struct InOrder {
    rows: SortedWriter,
    next: u64,
}

impl InOrder {
    fn push(&mut self, source: u32, value: &impl Serialize) -> Result<()> {
        let (of, number) = (source.to_be_bytes(), self.next.to_be_bytes());
        self.next += 1;
        self.rows.push(0, &[&of[..], &number, &line_of(value)?].concat())
    }
}

/// What cleaning leaves.
struct Left {
    kept: Kept,
    texts: Texts,
    /// None where no sentence is taken for boilerplate.
    hashes: Option<Outbox>,
    parts: usize,
}

impl Left {
    fn record(&mut self, source: u32, dump: &str, done: Done) -> Result<()> {
        let articles = done.cleaned.articles.len();
        done.each(dump, |piece| match piece {
            Piece::Record(ledger) => self.kept.record(source, ledger, articles),
            Piece::Article(id, line, fingerprint, sentences) => {
                let doc = self.kept.article(source, id, line, sentences)?;
                let names = each_once(fingerprint.sample().to_vec());
                self.texts.push(doc, &rank_of(fingerprint), names.into_iter())?;
                let Some(rows) = &mut self.hashes else { return Ok(()) };
                let hashes = unpack(sentences).iter().map(|sentence| sentence.hash).collect();
                each_once(hashes).into_iter().try_for_each(|hash| {
                    rows.push(nth_of(hash, self.parts), &[&hash.to_be_bytes()])
                })
            }
        })
    }
}

fn each_once(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Files → ledgers, articles, sentences, failures; by text: text, article; by shingle: shingle, text; by sentence: sentence.
pub(super) fn clean(job: &Job<Spread>, draft: &Draft, observe: Observe) -> Result<()> {
    let Spread { terms, pool } = &job.task;
    let parts = job.work.parts;
    let (numbers, sources): (Vec<u32>, Vec<Source>) =
        job.own_sources().map(|(number, source)| (number, source.clone())).unzip();
    let mut left = Left {
        kept: Kept::new(draft)?,
        texts: Texts::new(draft, parts),
        hashes: (terms.repeated > 0).then(|| draft.outbox(HASHES, 4)),
        parts,
    };
    let mut failures = InOrder { rows: draft.table(FAILURES)?, next: 0 };
    let mut skipped = InOrder { rows: draft.table(SKIPPED)?, next: 0 };
    let mut summary = Summary::default();
    terms.cleaning.run(&sources, pool, |outcome| match outcome {
        Outcome::Done(source, done) => {
            summary.add(&done.cleaned);
            left.record(numbers[source], &sources[source].dump, *done)
        }
        Outcome::Failed(source, record, error) => {
            let dump = sources[source].dump.clone();
            failures.push(numbers[source], &Failure { dump, record, error })
        }
        Outcome::Skipped(source, reason) => {
            let dump = sources[source].dump.clone();
            skipped.push(numbers[source], &Skipped { dump, reason })
        }
        Outcome::End(source, _) => {
            let Source { dump, bytes, .. } = &sources[source];
            observe(Event::Done { dump, bytes: *bytes });
            Ok(())
        }
    })?;
    let Left { kept, texts, hashes, .. } = left;
    kept.finish()?;
    texts.finish()?;
    hashes.map_or(Ok(()), Outbox::finish)?;
    failures.rows.finish()?;
    skipped.rows.finish()?;
    let found = terms.cleaning.reader.found().numbered(|own| numbers[own] as usize);
    draft.tell(&CleanTold { summary, found })
}
