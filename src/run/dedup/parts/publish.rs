//! From stories to files: what is left of each part's documents, and all of it put together.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::run::dedup::output::Output;
use crate::run::dedup::parts::choice::StoriesTold;
use crate::run::dedup::parts::chosen::Chosen;
use crate::run::dedup::parts::texts::{FilesTold, IdsTold};
use crate::run::dedup::piece::Pieces;
use crate::run::dedup::stories::RelatedLine;
use crate::run::dedup::summary::Summary;
use crate::run::dedup::terms::Terms;
use crate::run::event::Event;
use crate::run::failures::failure_of;
use crate::run::parts::alike::{STORIES, each_alike};
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, WORK, damaged};
use crate::run::parts::stage::Observe;
use crate::run::parts::work::Draft;
use crate::write::Folder;

/// By file: documents, those that are left out, those that are copies → what is left of them, by id. By text: what it is most alike → lines of that.
pub(super) fn left(job: &Job<Terms>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let docs = Docs::open(job)?;
    let mut articles = draft.list("articles", 1);
    let mut gone = work.rows(&[("ids", "taken"), (STORIES, "copies")], work.part)?;
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
    each_alike(job, |doc, to, own| {
        let list = [doc, to];
        let chosen = Chosen { docs: &docs, list: &list };
        let line = serde_json::to_vec(&RelatedLine::of(0, 1, own, &chosen));
        let line = line.map_err(|error| Error::io(WORK)(error.into()))?;
        related.push(0, &[&[&chosen.bare_id(0)[..], &chosen.line(0), &line].join(&0)])
    })?;
    docs.check()?;
    related.finish()
}

/// Puts together what all parts have left.
pub(super) fn publish(
    job: &Job<Terms>,
    folder: &Folder,
    started: jiff::Timestamp,
    observe: Observe,
) -> Result<Summary> {
    let Job { work, task: terms, .. } = job;
    let mut summary = Summary { skipped: job.skipped.clone(), ..Summary::default() };
    for part in 0..work.parts {
        let files: FilesTold = work.told(part, "read")?;
        files.into_iter().for_each(|bytes| summary.read(bytes));
        let ids: IdsTold = work.told(part, "ids")?;
        summary.articles += ids.documents;
        let stories: StoriesTold = work.told(part, STORIES)?;
        summary.clusters += stories.clusters;
        summary.copies += stories.copies;
    }
    summary.canonical = summary.articles.saturating_sub(summary.copies);
    let mut output = Output::new(folder, terms.settings.layout)?;
    let last = |row: &[u8]| row.rsplit(|&byte| byte == 0).next().map(<[u8]>::to_vec);
    for (stage, name, files) in
        [(STORIES, "clusters", &mut output.clusters), ("left", "related", &mut output.related)]
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
    let taken = jiff::Timestamp::now().duration_since(started);
    let taken = Duration::try_from(taken).unwrap_or_default();
    output.finish()?.place(&summary, terms, started, taken)?;
    Ok(summary)
}
