//! From files to texts: documents are read, and those whose id is taken are left out.

use serde::{Deserialize, Serialize};

use crate::compare::samples::nth_of;
use crate::error::{Failure, Result};
use crate::run::dedup::documents::{Ids, TAKEN, read as read_file};
use crate::run::dedup::terms::Terms;
use crate::run::event::Event;
use crate::run::failures::row_of;
use crate::run::parts::docs::{DOCUMENTS, Texts};
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, Rank, damaged, exact_of, rank_of, take, take_number};
use crate::run::parts::stage::Observe;
use crate::run::parts::work::Draft;

/// What is told of files that were read: the bytes of each, unpacked.
pub(super) type FilesTold = Vec<u64>;

/// Files → documents as they are kept; failures; by id: id, document, line, text, names of its shingles.
pub(super) fn read(job: &Job<Terms>, draft: &Draft, observe: Observe) -> Result<()> {
    let parts = job.work.parts;
    let (mut kept, mut places) = (draft.bytes(DOCUMENTS)?, draft.table("places")?);
    let mut ids = draft.outbox("ids", 1);
    let mut failures = draft.outbox("failures", 8);
    let (mut told, mut at) = (FilesTold::new(), 0);
    // What cannot be reached is found by all parts.
    for failure in job.failures.iter().filter(|_| job.work.part == 0) {
        failures.push(0, &[&row_of(failure)])?;
    }
    for (source, file) in job.own_sources() {
        let mut fail = |line: Option<usize>, error: &str| {
            failures.push(0, &[&row_of(&Failure::at_line(&file.dump, line, error))])
        };
        let came = read_file(
            file,
            (job.task.text_field, job.task.limits),
            &job.task.settings.heard,
            |document| {
                let head = document.head.to_bytes();
                let doc = Doc { source, at, len: (head.len() + document.line.len()) as u64 };
                at += doc.len;
                kept.add(&head)?;
                kept.add(&document.line)?;
                let doc = doc.to_bytes();
                places.push(0, &doc)?;
                let id = document.id();
                let mut names = document.fingerprint.sample().to_vec();
                names.sort_unstable();
                names.dedup();
                let names: Vec<u8> = names.into_iter().flat_map(u64::to_be_bytes).collect();
                let line = (document.number as u64).to_be_bytes();
                let rank = rank_of(&document.fingerprint);
                ids.push(nth_of(id, parts), &[&id.to_be_bytes(), &doc, &line, &rank, &names])?;
                Ok(None)
            },
            &mut fail,
        )?;
        observe(Event::Done { dump: &file.dump, bytes: file.bytes });
        match came {
            Ok(bytes) => told.push(bytes),
            Err(error) => fail(None, &error.to_string())?,
        }
    }
    failures.finish()?;
    kept.finish()?;
    places.finish()?;
    ids.finish()?;
    draft.tell(&told)
}

/// What is told of ids.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct IdsTold {
    /// Documents that have an id of their own, or the text of the first that has it.
    pub(super) documents: usize,
}

/// By id → by text: text, document; by shingle: shingle, text; by file: documents that are left out; failures.
pub(super) fn ids(job: &Job<Terms>, draft: &Draft) -> Result<()> {
    let parts = job.work.parts;
    let mut texts = Texts::new(draft, parts);
    let (mut taken, mut failures) = (draft.outbox("taken", 8), draft.outbox("failures", 8));
    let (mut ids, mut last) = (Ids::default(), 0);
    let mut told = IdsTold::default();
    let mut rows = job.work.rows(&[("read", "ids")], job.work.part)?;
    while let Some(row) = rows.next()? {
        let row = &mut &row[..];
        let (id, doc, line) = (take_number(row)?, Doc::take(row)?, take_number(row)?);
        let text: Rank = take(row)?;
        // The rows of an id follow each other.
        if std::mem::replace(&mut last, id) != id {
            ids = Ids::default();
        }
        if ids.is_taken(id, exact_of(&text)) {
            let source = job.sources.get(doc.source as usize).ok_or_else(damaged)?;
            let failure = Failure::at_line(&source.dump, Some(line as usize), TAKEN);
            failures.push(0, &[&row_of(&failure)])?;
            taken.push(job.part_of(doc.source), &[&doc.to_bytes()])?;
            continue;
        }
        told.documents += 1;
        let names = row.as_chunks().0.iter().map(|name| u64::from_be_bytes(*name));
        texts.push(doc, &text, names)?;
    }
    texts.finish()?;
    taken.finish()?;
    failures.finish()?;
    draft.tell(&told)
}
