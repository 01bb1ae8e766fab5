//! From stories to files: what is left of each part's documents, and all of it put together.

use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::run::dedup::output::Output;
use crate::run::dedup::parts::choice::StoriesTold;
use crate::run::dedup::parts::job::Job;
use crate::run::dedup::parts::keys::{Doc, Rank, WORK, damaged, take};
use crate::run::dedup::parts::lists::{Chosen, Docs, Lookup};
use crate::run::dedup::parts::plan::Plan;
use crate::run::dedup::parts::texts::{FilesTold, IdsTold};
use crate::run::dedup::parts::work::Draft;
use crate::run::dedup::piece::Pieces;
use crate::run::dedup::stories::{RelatedLine, alike_as_published};
use crate::run::dedup::summary::Summary;
use crate::run::event::Event;
use crate::run::failures::failure_of;
use crate::write::{Folder, begun};

/// What tells that the output is being written.
const PUBLISH: &str = "publish";

/// By file: documents, those that are left out, those that are copies → what is left of them, by id. By text: what it is most alike → lines of that.
pub(super) fn left(job: &Job, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let docs = Docs::open(work, &job.dealt)?;
    let mut articles = draft.list("articles", 1);
    let mut gone = work.rows(&[("ids", "taken"), ("stories", "copies")], work.part)?;
    let mut places = work.own_rows("read", "places")?;
    while let Some(place) = places.next()? {
        if !gone.has(&place)? {
            let list = [Doc::take(&mut &place[..])?];
            let chosen = Chosen { docs: &docs, list: &list };
            articles.push(0, &[&chosen.bare_id(0), &[0], &chosen.line(0)])?;
        }
    }
    articles.finish()?;
    let mut related = draft.list("related", 1);
    let lists = Lookup::open(work, "lists", "lists")?;
    let into = Lookup::open(work, "stories", "into")?;
    let mut apart = work.own_rows("places", "apart")?;
    while let Some(row) = apart.next()? {
        let row = &mut &row[..];
        let (text, doc): (Rank, _) = (take(row)?, Doc::take(row)?);
        let anchor: Rank = take(row)?;
        let own = [f32::from_le_bytes(take(row)?), f32::from_le_bytes(take(row)?)];
        let to = lists.doc(&anchor).ok_or_else(damaged)?;
        let into = |asked: Doc| into.doc(if asked == doc { &text } else { &anchor });
        let Some(to) = alike_as_published(doc, to, into) else { continue };
        let list = [doc, to];
        let chosen = Chosen { docs: &docs, list: &list };
        let line = serde_json::to_vec(&RelatedLine::of(0, 1, own, &chosen));
        let line = line.map_err(|error| Error::io(WORK)(error.into()))?;
        related.push(0, &[&[&chosen.bare_id(0)[..], &chosen.line(0), &line].join(&0)])?;
    }
    lists.check()?;
    into.check()?;
    docs.check()?;
    related.finish()
}

/// Refuses what stands in the output, unless force replaces it, or this run has put it there and was killed before its end.
pub(super) fn refuse_others(job: &Job, folder: &Folder, started: jiff::Timestamp) -> Result<()> {
    let is_own = |began: String| began == started.to_string();
    if job.terms.settings.force
        || job.work.has(job.work.part, PUBLISH) && begun(folder.path()).is_none_or(is_own)
    {
        return Ok(());
    }
    folder.refuse_outputs()
}

/// Puts together what all parts have left, and takes their folder away.
pub(super) fn publish(
    job: Job,
    plan: &Plan,
    out: &Path,
    started: jiff::Timestamp,
    observe: &mut dyn FnMut(Event),
) -> Result<Summary> {
    let Job { work, terms, .. } = &job;
    let mut summary = Summary { skipped: job.skipped.clone(), ..Summary::default() };
    for part in 0..work.parts {
        let files: FilesTold = work.told(part, "read")?;
        files.into_iter().for_each(|bytes| summary.read(bytes));
        let ids: IdsTold = work.told(part, "ids")?;
        summary.articles += ids.documents;
        let stories: StoriesTold = work.told(part, "stories")?;
        summary.clusters += stories.clusters;
        summary.copies += stories.copies;
    }
    summary.canonical = summary.articles.saturating_sub(summary.copies);
    let folder = Folder::open(out, true, false)?;
    refuse_others(&job, &folder, started)?;
    if !work.has(work.part, PUBLISH) {
        work.draft(PUBLISH)?.finish()?;
    }
    let mut output = Output::new(&folder, terms.settings.layout)?;
    let last = |row: &[u8]| row.rsplit(|&byte| byte == 0).next().map(<[u8]>::to_vec);
    for (stage, name, files) in
        [("stories", "clusters", &mut output.clusters), ("left", "related", &mut output.related)]
    {
        let mut rows = work.lists(stage, name)?;
        while let (Some(row), Some(files)) = (rows.next()?, files.as_mut()) {
            files.line(&last(&row).ok_or_else(damaged)?)?;
            summary.related += usize::from(name == "related");
        }
    }
    let mut rows = work.rows(&[("read", "failures"), ("ids", "failures")], 0)?;
    while let Some(row) = rows.next()? {
        let failure = failure_of(&row).ok_or_else(damaged)?;
        observe(Event::Failed(&failure));
        output.fail(failure, &mut summary)?;
    }
    let mut rows = work.lists("left", "articles")?;
    while let Some(row) = rows.next()? {
        output.articles.line(&last(&row).ok_or_else(damaged)?)?;
    }
    drop(rows);
    let taken = jiff::Timestamp::now().duration_since(started);
    let taken = Duration::try_from(taken).unwrap_or_default();
    output.finish()?.place(&summary, terms, started, taken)?;
    plan.publish(&folder)?;
    // NFS removes no folder in which a file is open.
    drop(job);
    folder.forget(WORK)?;
    Ok(summary)
}
