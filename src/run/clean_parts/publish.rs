//! From lines to files: what all parts have left is put together.

use std::time::Duration;

use serde::de::DeserializeOwned;

use crate::error::{Failure, Result, Skipped};
use crate::run::clean_parts::cleaned::{CleanTold, FAILURES, SKIPPED};
use crate::run::clean_parts::finished::{ARTICLES, FINISHED, LEDGER};
use crate::run::clean_parts::task::{CLEAN, Spread};
use crate::run::cleaning::no_such_field;
use crate::run::event::Event;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged};
use crate::run::parts::stage::Observe;
use crate::run::summary::Summary;
use crate::write::{Folder, Output};

/// Bytes before a value in the order of the files.
const PLACE: usize = 12;

/// Puts together what all parts have left.
pub(super) fn publish(
    job: &Job<Spread>,
    folder: &Folder,
    started: jiff::Timestamp,
    observe: Observe,
) -> Result<Summary> {
    let Job { work, task: Spread { terms, .. }, .. } = job;
    let layout = terms.cleaning.settings.layout;
    let mut output = Output::within(folder.clone(), terms.format, layout, terms.companions)?;
    let mut summary = Summary { skipped: job.skipped.clone(), ..Summary::default() };
    let reader = terms.cleaning.reader.anew();
    for part in 0..work.parts {
        summary.merge(work.told(part, FINISHED)?);
        let CleanTold { found, .. } = work.told(part, CLEAN)?;
        reader.add_found(found);
    }
    let mut fail = |failure: Failure| {
        observe(Event::Failed(&failure));
        summary.fail(failure, &mut output)
    };
    job.failures.iter().cloned().try_for_each(&mut fail)?;
    each(job, FAILURES, &mut fail)?;
    no_such_field(&reader).map_or(Ok(()), fail)?;
    each(job, SKIPPED, |skipped: Skipped| {
        summary.skipped.push(skipped);
        Ok(())
    })?;
    summary.failures.sort();
    summary.skipped.sort();
    let mut articles = work.lists(FINISHED, ARTICLES)?;
    while let Some(row) = articles.next()? {
        output.article_line(row.get(Doc::BYTES..).ok_or_else(damaged)?)?;
    }
    let mut ledger = work.lists(FINISHED, LEDGER)?;
    while let Some(row) = ledger.next()? {
        output.ledger_line(row.get(Doc::BYTES..).ok_or_else(damaged)?)?;
    }
    let taken = jiff::Timestamp::now().duration_since(started);
    let taken = Duration::try_from(taken).unwrap_or_default();
    output.finish(terms.manifest(&summary, started, taken))?;
    Ok(summary)
}

/// Gives what all parts have left in the order of the files.
fn each<T: DeserializeOwned>(
    job: &Job<Spread>,
    name: &str,
    mut take: impl FnMut(T) -> Result<()>,
) -> Result<()> {
    let mut rows = job.work.lists(CLEAN, name)?;
    while let Some(row) = rows.next()? {
        let value = row.get(PLACE..).and_then(|value| serde_json::from_slice(value).ok());
        take(value.ok_or_else(damaged)?)?;
    }
    Ok(())
}
