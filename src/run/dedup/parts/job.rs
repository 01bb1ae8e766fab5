//! One part's work on one stage: what it needs, and whom it tells.

use crate::compare::Thresholds;
use crate::error::Failure;
use crate::error::Skipped;
use crate::run::dedup::parts::work::Work;
use crate::run::dedup::terms::Terms;
use crate::walk::Source;

/// What every stage of a part needs.
#[derive(Debug)]
pub(super) struct Job<'j> {
    pub(super) work: Work,
    pub(super) terms: Terms<'j>,
    /// All files of documents, in their order.
    pub(super) sources: Vec<Source>,
    /// The part that reads each.
    pub(super) dealt: Vec<usize>,
    /// What was left out on purpose.
    pub(super) skipped: Vec<Skipped>,
    /// What could not be reached.
    pub(super) failures: Vec<Failure>,
}

impl Job<'_> {
    pub(super) fn thresholds(&self) -> &Thresholds {
        &self.terms.settings.thresholds
    }

    /// The files that this part reads, with their numbers.
    pub(super) fn own_sources(&self) -> impl Iterator<Item = (u32, &Source)> {
        let all = (0..).zip(&self.sources).zip(&self.dealt);
        all.filter(|(_, part)| **part == self.work.part).map(|(source, _)| source)
    }
}
