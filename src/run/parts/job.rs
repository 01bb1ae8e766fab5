//! One part's work: what every stage of it needs, and what is spread.

use crate::compare::Thresholds;
use crate::error::{Failure, Result, Skipped};
use crate::run::parts::work::Work;
use crate::run::settings::Settings;
use crate::walk::Source;

/// A command that is spread over parts, with what it was told.
pub(crate) trait Task: Sync {
    /// The stage that leaves the documents: [`Docs`](crate::run::parts::docs::Docs).
    const DOCUMENTS: &'static str;
    /// The stage that leaves which texts they have: [`Texts`](crate::run::parts::docs::Texts).
    const TEXTS: &'static str;

    /// How it compares and writes.
    fn settings(&self) -> &Settings;

    /// The text of a document as it is kept.
    fn text(&self, piece: Vec<u8>) -> Result<String>;
}

/// What every stage of a part needs.
#[derive(Debug)]
pub(crate) struct Job<T> {
    pub(crate) work: Work,
    pub(crate) task: T,
    /// All files that are read, in their order.
    pub(crate) sources: Vec<Source>,
    /// The part that reads each.
    pub(crate) dealt: Vec<usize>,
    /// What was left out on purpose.
    pub(crate) skipped: Vec<Skipped>,
    /// What could not be reached.
    pub(crate) failures: Vec<Failure>,
}

impl<T> Job<T> {
    /// The files that this part reads, with their numbers.
    pub(crate) fn own_sources(&self) -> impl Iterator<Item = (u32, &Source)> {
        let all = (0..).zip(&self.sources).zip(&self.dealt);
        all.filter(|(_, part)| **part == self.work.part).map(|(source, _)| source)
    }

    /// The job of what is spread within this one, under names of stages that begin with `prefix`.
    pub(crate) fn within<U>(&self, prefix: &'static str, task: U) -> Job<U> {
        let work = self.work.within(prefix);
        let (sources, skipped, failures) = Default::default();
        Job { work, task, sources, dealt: self.dealt.clone(), skipped, failures }
    }

    /// The part that reads a file.
    pub(crate) fn part_of(&self, source: u32) -> usize {
        self.dealt.get(source as usize).copied().unwrap_or_default()
    }
}

impl<T: Task> Job<T> {
    pub(crate) fn thresholds(&self) -> &Thresholds {
        &self.task.settings().thresholds
    }
}
