//! The documents that all parts have read, and which texts they have.

use crate::compare::samples::nth_of;
use crate::error::Result;
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::{Doc, Rank, damaged, part_of_text};
use crate::run::parts::work::{Draft, Fault, Outbox};
use crate::spill::file::SpillFile;

/// Documents, one behind the other, in a file of [`Task::DOCUMENTS`].
pub(crate) const DOCUMENTS: &str = "documents";

/// The documents that all parts have read.
#[derive(Debug)]
pub(crate) struct Docs<'p> {
    files: Vec<SpillFile>,
    /// The part that has read each file.
    dealt: &'p [usize],
    fault: Fault,
}

impl<'p> Docs<'p> {
    pub(crate) fn open<T: Task>(job: &'p Job<T>) -> Result<Self> {
        let files = (0..job.work.parts).map(|part| job.work.file(part, T::DOCUMENTS, DOCUMENTS));
        let files = files.collect::<Result<_>>()?;
        Ok(Self { files, dealt: &job.dealt, fault: Fault::default() })
    }

    /// A document as it is kept.
    pub(crate) fn read(&self, doc: Doc) -> Result<Vec<u8>> {
        let part = *self.dealt.get(doc.source as usize).ok_or_else(damaged)?;
        self.files[part].piece(doc.at, doc.len)
    }

    /// The same; empty where it cannot be read again, which [`Self::check`] tells.
    pub(crate) fn piece(&self, doc: Doc) -> Vec<u8> {
        self.fault.or_noted(self.read(doc).map(Some)).unwrap_or_default()
    }

    /// The text of a document; empty where it cannot be read again, which [`Self::check`] tells.
    pub(crate) fn text(&self, task: &impl Task, doc: Doc) -> String {
        let text = self.read(doc).and_then(|piece| task.text(piece));
        self.fault.or_noted(text.map(Some)).unwrap_or_default()
    }

    /// # Errors
    /// What was in the way of what could not be read.
    pub(crate) fn check(&self) -> Result<()> {
        self.fault.check()
    }
}

/// Which texts documents have, on their way: by text its documents, by shingle its texts.
pub(crate) struct Texts {
    texts: Outbox,
    postings: Outbox,
    parts: usize,
}

/// The file of [`Task::TEXTS`] with text, document;
pub(crate) const TEXTS: &str = "texts";
/// and that with shingle, text.
pub(crate) const POSTINGS: &str = "postings";

impl Texts {
    pub(crate) fn new(draft: &Draft, parts: usize) -> Self {
        Self { texts: draft.outbox(TEXTS, 8), postings: draft.outbox(POSTINGS, 2), parts }
    }

    /// Adds a document, its text and the names of the shingles of that, each once.
    pub(crate) fn push(
        &mut self,
        doc: Doc,
        text: &Rank,
        mut names: impl Iterator<Item = u64>,
    ) -> Result<()> {
        self.texts.push(part_of_text(text, self.parts), &[text, &doc.to_bytes()])?;
        names.try_for_each(|name| {
            self.postings.push(nth_of(name, self.parts), &[&name.to_be_bytes(), text])
        })
    }

    pub(crate) fn finish(self) -> Result<()> {
        self.texts.finish()?;
        self.postings.finish()
    }
}
