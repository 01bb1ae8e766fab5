//! One run by many processes that share a folder: each stage reads what the one before has left for its part, by keys, and leaves what the next one
//! needs. What is spread, a [`Task`], says which stages it has; those that compare texts are the same for all.

pub(crate) mod alike;
pub(crate) mod clusters;
mod compared;
pub(crate) mod comparing;
pub(crate) mod docs;
pub(crate) mod job;
pub(crate) mod keys;
pub(crate) mod lists;
mod pairs;
pub(crate) mod plan;
pub(crate) mod share;
pub(crate) mod stage;
pub(crate) mod work;

use std::time::Duration;

use crate::error::{Error, Result};
use crate::guard::look;
use crate::run::event::{Awaited, Event};
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::WORK;
use crate::run::parts::plan::Plan;
use crate::run::parts::share::{Call, PartProgress};
use crate::run::parts::stage::{Observe, Stage};
use crate::run::parts::work::Work;
use crate::walk::Walked;
use crate::write::{Folder, begun};

/// How long a part that waits does so before it looks again: at first, and at most.
const PAUSES: [Duration; 2] = [Duration::from_millis(10), Duration::from_millis(200)];
/// After so many pauses it says what it waits for.
const PATIENCE: u32 = 150;
/// What tells that the output is being written.
const PUBLISH: &str = "publish";

/// What a command does in a part: its stages, and how what all parts have left becomes files in a folder, of a run that began then.
pub(crate) struct Spread<'t, T, S> {
    pub(crate) stages: Vec<Stage<'t, T>>,
    pub(crate) publish: fn(&Job<T>, &Folder, jiff::Timestamp, Observe) -> Result<S>,
}

/// Does what is due for a part of what was found, by a plan.
pub(crate) fn run<T: Task, S>(
    task: T,
    spread: &Spread<'_, T, S>,
    (found, plan): (Walked, &Plan),
    call: &Call,
    mut observe: impl FnMut(Event),
) -> Result<PartProgress<S>> {
    let Call { folder, part, memory, .. } = call;
    let (out, (nth, parts)) = (folder.path(), part.numbers());
    // The first part may publish at any moment; if it was killed then, what stands there serves nobody.
    let is_published = || -> Result<bool> {
        if !plan.is_published(out) {
            return Ok(false);
        }
        match Folder::open(out, true, false) {
            Err(Error::OutputBusy { .. }) => {}
            folder if plan.is_last(out) => folder?.forget(WORK)?,
            folder => drop(folder?),
        }
        Ok(true)
    };
    if is_published()? {
        return Ok(PartProgress::Done(None));
    }
    if !task.settings().force && !out.join(WORK).exists() {
        match folder.refuse_outputs() {
            Err(_) if is_published()? => return Ok(PartProgress::Done(None)),
            free => free?,
        }
    }
    let started = plan.agree(out)?;
    let work = match Work::open(out.join(WORK), nth, parts, *memory) {
        Err(_) if is_published()? => return Ok(PartProgress::Done(None)),
        work => work?,
    };
    if plan.is_published(out) {
        // NFS removes no folder in which a file is open.
        drop(work);
        is_published()?;
        return Ok(PartProgress::Done(None));
    }
    let own = work.own();
    let Walked { sources, skipped, failures, .. } = found;
    let job = Job { work, task, sources, dealt: plan.dealt(), skipped, failures };
    observe(Event::Walked {
        dumps: job.own_sources().count(),
        bytes: job.own_sources().map(|(_, source)| source.bytes).sum(),
    });
    if nth == 0 {
        refuse_others(&job, folder, started)?;
    }
    let done = do_all(&job, spread, plan, call, started, &mut observe);
    // NFS removes no folder in which a file is open.
    drop(job);
    match done {
        Ok(PartProgress::Done(Some((folder, summary)))) => {
            folder.forget(WORK)?;
            Ok(PartProgress::Done(Some(summary)))
        }
        Ok(PartProgress::Done(None)) => Ok(PartProgress::Done(None)),
        Ok(PartProgress::Waits(awaited)) => Ok(PartProgress::Waits(awaited)),
        // Another process has done it meanwhile.
        Err(_) if !own.exists() && is_published()? => Ok(PartProgress::Done(None)),
        Err(error) => Err(error),
    }
}

/// Does the stages that are due, and publishes where all parts have done theirs.
fn do_all<T: Task, S>(
    job: &Job<T>,
    spread: &Spread<'_, T, S>,
    plan: &Plan,
    call: &Call,
    started: jiff::Timestamp,
    observe: Observe,
) -> Result<PartProgress<(Folder, S)>> {
    let mut before: Option<&Stage<'_, T>> = None;
    for stage in &spread.stages {
        if !stage.is_of(job.work.part) {
            // What the first part does for all is waited for where there is anything to do in it.
            before = if stage.is_due(job)? { Some(stage) } else { before };
            continue;
        }
        if !job.work.has(job.work.part, &stage.name) {
            if let Some(before) = before
                && let Some(awaited) = awaited(job, before, &stage.name, call.wait, observe)?
            {
                return Ok(PartProgress::Waits(awaited));
            }
            if !stage.is_due(job)? {
                continue;
            }
            stage.run(job, observe)?;
        }
        before = Some(stage);
    }
    if job.work.part > 0 {
        return Ok(PartProgress::Done(None));
    }
    if let Some(before) = before
        && let Some(awaited) = awaited(job, before, PUBLISH, call.wait, observe)?
    {
        return Ok(PartProgress::Waits(awaited));
    }
    let folder = Folder::open(call.folder.path(), true, false)?;
    refuse_others(job, &folder, started)?;
    if !job.work.has(job.work.part, PUBLISH) {
        job.work.draft(PUBLISH)?.finish()?;
    }
    let summary = (spread.publish)(job, &folder, started, observe)?;
    plan.publish(&folder)?;
    Ok(PartProgress::Done(Some((folder, summary))))
}

/// Refuses what stands in the output, unless force replaces it, or this run has put it there and was killed before its end.
fn refuse_others<T: Task>(job: &Job<T>, folder: &Folder, started: jiff::Timestamp) -> Result<()> {
    let is_own = |began: String| began == started.to_string();
    if job.task.settings().force
        || job.work.has(job.work.part, PUBLISH) && begun(folder.path()).is_none_or(is_own)
    {
        return Ok(());
    }
    folder.refuse_outputs()
}

/// What a part waits for before it can do a stage, if it may not wait here.
///
/// # Errors
/// [`Error::Part`] where nothing can come any more, as what the part itself has left is gone.
fn awaited<T>(
    job: &Job<T>,
    before: &Stage<'_, T>,
    next: &str,
    wait: bool,
    observe: Observe,
) -> Result<Option<Awaited>> {
    let mut pause = PAUSES[0];
    for pauses in 0u32.. {
        let missing = before.missing(&job.work);
        if missing.is_empty() {
            return Ok(None);
        }
        let path = job.work.own();
        if !path.is_dir() {
            let reason = "was removed while this part waited; call all parts again".into();
            return Err(Error::Part { path, reason });
        }
        let parts = missing.iter().map(|part| part + 1).collect();
        let awaited = Awaited { next: next.into(), stage: before.name.clone(), parts };
        if !wait {
            return Ok(Some(awaited));
        }
        if pauses == PATIENCE {
            observe(Event::Waits(&awaited));
        }
        std::thread::sleep(pause);
        look();
        pause = (2 * pause).min(PAUSES[1]);
    }
    Ok(None)
}
