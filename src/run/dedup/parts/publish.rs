//! From stories to files: what is left of each part's documents, and all of it put together.

use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Failure, Result};
use crate::run::dedup::documents::TAKEN;
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
use crate::write::Folder;

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

/// Puts together what all parts have left, and takes their folder away.
pub(super) fn publish(
    job: &Job,
    plan: &Plan,
    out: &Path,
    started: jiff::Timestamp,
    observe: &mut dyn FnMut(Event),
) -> Result<Summary> {
    let Job { work, terms, .. } = job;
    let mut observe = |event: Event| {
        if let Event::Failed(_) = event {
            observe(event);
        }
    };
    let mut summary = Summary {
        skipped: job.skipped.clone(),
        failures: job.failures.clone(),
        ..Summary::default()
    };
    summary.failures.iter().for_each(|failure| observe(Event::Failed(failure)));
    for part in 0..work.parts {
        for (source, read) in work.told::<FilesTold>(part, "read")? {
            let source = job.sources.get(source as usize).ok_or_else(damaged)?;
            summary.add(source, read.map_err(std::io::Error::other), &mut observe);
        }
        let ids: IdsTold = work.told(part, "ids")?;
        summary.articles += ids.documents;
        for (source, line) in ids.taken {
            let source = job.sources.get(source as usize).ok_or_else(damaged)?;
            let (dump, record) = (source.dump.clone(), Some(line.to_string()));
            let failure = Failure { dump, record, error: TAKEN.into() };
            observe(Event::Failed(&failure));
            summary.failures.push(failure);
        }
        let stories: StoriesTold = work.told(part, "stories")?;
        summary.clusters += stories.clusters;
        summary.copies += stories.copies;
    }
    summary.failures.sort();
    summary.canonical = summary.articles.saturating_sub(summary.copies);
    let folder = Folder::open(out, true, false)?;
    // What stands there now is its own where it was killed before its end.
    if !work.has(work.part, PUBLISH) {
        if !terms.settings.force {
            folder.refuse_outputs()?;
        }
        work.draft(PUBLISH)?.finish()?;
    }
    let mut output = Output::new(&folder, terms.settings.layout)?;
    let last = |row: &[u8]| row.rsplit(|&byte| byte == 0).next().map(<[u8]>::to_vec);
    for (stage, name, files) in
        [("stories", "clusters", &mut output.clusters), ("left", "related", &mut output.related)]
    {
        let mut rows = work.rows(&[(stage, name)], 0)?;
        while let (Some(row), Some(files)) = (rows.next()?, files.as_mut()) {
            files.line(&last(&row).ok_or_else(damaged)?)?;
            summary.related += usize::from(name == "related");
        }
    }
    let mut rows = work.rows(&[("left", "articles")], 0)?;
    while let Some(row) = rows.next()? {
        output.articles.line(&last(&row).ok_or_else(damaged)?)?;
    }
    let taken = jiff::Timestamp::now().duration_since(started);
    let taken = Duration::try_from(taken).unwrap_or_default();
    output.finish()?.place(&summary, terms, started, taken)?;
    plan.publish(out)?;
    folder.forget(WORK)?;
    Ok(summary)
}
