//! A step of a part, after which it needs what all have left of it.

use crate::error::Result;
use crate::run::event::Event;
use crate::run::parts::job::Job;
use crate::run::parts::work::{Draft, Work};

/// Whoever is told what happens.
pub(crate) type Observe<'o> = &'o mut dyn FnMut(Event);

/// What a stage does for a part.
type Does<'t, T> = Box<dyn Fn(&Job<T>, &Draft, Observe) -> Result<()> + 't>;

/// Whether there is anything to do for it in a stage.
type IsDue<'t, T> = Box<dyn Fn(&Job<T>) -> Result<bool> + 't>;

/// A stage of a run.
pub(crate) struct Stage<'t, T> {
    pub(crate) name: String,
    /// Whether the first part does it for all.
    is_once: bool,
    /// Whether there is anything to do in it, by what all parts have left before.
    is_due: IsDue<'t, T>,
    does: Does<'t, T>,
}

impl<'t, T> Stage<'t, T> {
    /// A stage of every part.
    pub(crate) fn of_all(
        name: impl Into<String>,
        does: impl Fn(&Job<T>, &Draft) -> Result<()> + 't,
    ) -> Self {
        Self::told(name, move |job, draft, _| does(job, draft))
    }

    /// The same of one that tells what happens.
    pub(crate) fn told(
        name: impl Into<String>,
        does: impl Fn(&Job<T>, &Draft, Observe) -> Result<()> + 't,
    ) -> Self {
        let is_due = Box::new(|_: &Job<T>| Ok(true));
        Self { name: name.into(), is_once: false, is_due, does: Box::new(does) }
    }

    /// A stage that the first part does for all.
    pub(crate) fn once(
        name: impl Into<String>,
        does: impl Fn(&Job<T>, &Draft) -> Result<()> + 't,
    ) -> Self {
        Self { is_once: true, ..Self::of_all(name, does) }
    }

    /// The same, left out where `is_due` too says so.
    pub(crate) fn due(self, is_due: impl Fn(&Job<T>) -> Result<bool> + 't) -> Self
    where
        T: 't,
    {
        let before = self.is_due;
        Self { is_due: Box::new(move |job| Ok(before(job)? && is_due(job)?)), ..self }
    }

    /// The same as a stage of a run within which it is done, under a name that begins with `prefix`; `within` says what is spread there.
    pub(crate) fn within<U: 't>(self, prefix: &str, within: fn(&Job<U>) -> Job<T>) -> Stage<'t, U>
    where
        T: 't,
    {
        let Self { name, is_once, is_due, does } = self;
        Stage {
            name: format!("{prefix}{name}"),
            is_once,
            is_due: Box::new(move |job| is_due(&within(job))),
            does: Box::new(move |job, draft, observe| does(&within(job), draft, observe)),
        }
    }

    /// Whether a part does it.
    pub(crate) fn is_of(&self, part: usize) -> bool {
        part == 0 || !self.is_once
    }

    pub(crate) fn is_due(&self, job: &Job<T>) -> Result<bool> {
        (self.is_due)(job)
    }

    /// Does it for a part.
    pub(crate) fn run(&self, job: &Job<T>, observe: Observe) -> Result<()> {
        let draft = job.work.draft(&self.name)?;
        (self.does)(job, &draft, observe)?;
        draft.finish()
    }

    /// The parts that have not done it, and must.
    pub(crate) fn missing(&self, work: &Work) -> Vec<usize> {
        let all = if self.is_once { 1 } else { work.parts };
        (0..all).filter(|&part| !work.has(part, &self.name)).collect()
    }
}
