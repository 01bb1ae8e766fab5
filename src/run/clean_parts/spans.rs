//! Runs of letters that several canonical articles have: where each stands first.

use crate::compare::samples::nth_of;
use crate::compare::spans::{FirstRun, sampled_runs};
use crate::error::Result;
use crate::run::clean_parts::by_story::ArticlesByStory;
use crate::run::clean_parts::places::{ArticlePlace, article_of};
use crate::run::clean_parts::task::Spread;
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, take, take_number};
use crate::run::parts::work::{Draft, in_batches};

/// The stage that leaves the sampled runs of canonical articles, by hash; and that which leaves those of an earlier article, by article.
pub(super) const RUNS: &str = "runs";
pub(super) const LATER: &str = "later";

/// By file: articles, copies → by hash: hash, article, where the run begins.
pub(super) fn runs(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let docs = Docs::open(job)?;
    let mut out = draft.outbox(RUNS, 1);
    let mut articles = ArticlesByStory::open(job)?;
    let sampled = |(): &mut (), place: ArticlePlace| {
        Ok((place.doc, sampled_runs(&article_of(&docs.read(place.doc)?)?.text)))
    };
    in_batches(
        || articles.next_canonical(),
        |place| place.doc.len,
        || (),
        sampled,
        |(doc, runs)| {
            let mut runs = runs.into_iter();
            runs.try_for_each(|(hash, at)| {
                let row = [&hash.to_be_bytes()[..], &doc.to_bytes(), &at.to_be_bytes()];
                out.push(nth_of(hash, job.work.parts), &row)
            })
        },
    )?;
    out.finish()
}

/// By hash: articles → by file: an article that is not the first, hash, the first one, where the run begins there, how many articles have it.
pub(super) fn later(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let mut out = draft.outbox(LATER, 1);
    // Read twice, so that the articles of a run need not be in memory: they are counted first.
    let rows = || job.work.rows(&[(RUNS, RUNS)], job.work.part);
    let (mut ahead, mut rows) = (rows()?, rows()?);
    while let Some(hash) = ahead.key::<8>() {
        let stories = ahead.count_of(&hash)? as u32;
        let mut first = None;
        rows.each_of(&hash, |mut row| {
            let (doc, at) = (Doc::take(&mut row)?, take::<4>(&mut row)?);
            let Some((first, at)) = first else {
                first = Some((doc, at));
                return Ok(());
            };
            let first: Doc = first;
            let row = [&doc.to_bytes()[..], &hash, &first.to_bytes(), &at, &stories.to_be_bytes()];
            out.push(job.part_of(doc.source), &row)
        })?;
    }
    out.finish()
}

/// The hash of a run, and where that stands first, by its row behind the article.
pub(super) fn run_of(row: &mut &[u8]) -> Result<(u64, FirstRun<Doc>)> {
    let (hash, article) = (take_number(row)?, Doc::take(row)?);
    let [at, stories] = [take(row)?, take(row)?].map(u32::from_be_bytes);
    Ok((hash, FirstRun { article, at, stories }))
}
