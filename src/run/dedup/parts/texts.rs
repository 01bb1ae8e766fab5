//! From files to texts: documents are read, and those whose id is taken are left out.

use serde::{Deserialize, Serialize};

use crate::compare::samples::nth_of;
use crate::error::Result;
use crate::run::dedup::documents::{FileRead, Ids, read as read_file};
use crate::run::dedup::terms::Terms;
use crate::run::event::Event;
use crate::run::parts::docs::{DOCUMENTS, Texts};
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, Rank, exact_of, rank_of, take, take_number};
use crate::run::parts::stage::Observe;
use crate::run::parts::work::Draft;

/// What is told of files: the number of each, and what came of it.
pub(super) type FilesTold = Vec<(u32, Result<FileRead, String>)>;

/// Files → documents as they are kept; by id: id, document, line, text, names of its shingles.
pub(super) fn read(job: &Job<Terms>, draft: &Draft, observe: Observe) -> Result<()> {
    let parts = job.work.parts;
    let (mut kept, mut places) = (draft.bytes(DOCUMENTS)?, draft.table("places")?);
    let mut ids = draft.outbox("ids", 1);
    let (mut told, mut at) = (FilesTold::new(), 0);
    for (source, file) in job.own_sources() {
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
        )?;
        observe(Event::Done { dump: &file.dump, bytes: file.bytes });
        told.push((source, came.map_err(|error| error.to_string())));
    }
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
    /// Files and lines of those that have not.
    pub(super) taken: Vec<(u32, u64)>,
}

/// By id → by text: text, document; by shingle: shingle, text; by file: documents that are left out.
pub(super) fn ids(job: &Job<Terms>, draft: &Draft) -> Result<()> {
    let parts = job.work.parts;
    let mut texts = Texts::new(draft, parts);
    let mut taken = draft.outbox("taken", 8);
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
            told.taken.push((doc.source, line));
            taken.push(job.part_of(doc.source), &[&doc.to_bytes()])?;
            continue;
        }
        told.documents += 1;
        let names = row.as_chunks().0.iter().map(|name| u64::from_be_bytes(*name));
        texts.push(doc, &text, names)?;
    }
    texts.finish()?;
    taken.finish()?;
    draft.tell(&told)
}
