//! `dechaff dedup --part i/n`: the same by many processes that share a folder. Each stage reads what the one before has left for its part, by keys, and
//! leaves what the next one needs.

mod choice;
mod compared;
mod job;
mod keys;
mod lists;
mod pairs;
mod plan;
mod publish;
mod share;
mod texts;
mod work;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Result};
use crate::guard::look;
use crate::run::dedup::parts::choice::stories;
use crate::run::dedup::parts::compared::{anchors, first, places, rest};
use crate::run::dedup::parts::job::Job;
use crate::run::dedup::parts::keys::WORK;
use crate::run::dedup::parts::pairs::{likely, lists, shingles};
use crate::run::dedup::parts::plan::Plan;
use crate::run::dedup::parts::publish::{left, publish};
pub use crate::run::dedup::parts::share::{PartOf, PartProgress};
use crate::run::dedup::parts::texts::{ids, read};
use crate::run::dedup::parts::work::{Draft, Work};
use crate::run::dedup::terms::Terms;
use crate::run::event::{Awaited, Event};
use crate::walk::{Filter, check_given, walk};
use crate::write::{Folder, Format, is_stream};

/// How long a part that waits does so before it looks again.
const PAUSE: Duration = Duration::from_millis(200);
/// After so many pauses it says what it waits for.
const PATIENCE: u64 = 150;

/// Whoever is told what happens.
type Observe<'o> = &'o mut dyn FnMut(Event);

/// A step of a part, after which it needs what all have left of it.
struct Stage {
    name: &'static str,
    /// Whether the first part does it for all.
    is_once: bool,
    work: fn(&Job, &Draft, Observe) -> Result<()>,
}

/// The stages in their order; last all is published.
const STAGES: [Stage; 11] = [
    Stage { name: "read", is_once: false, work: read },
    Stage { name: "ids", is_once: false, work: |job, draft, _| ids(job, draft) },
    Stage { name: "shingles", is_once: false, work: |job, draft, _| shingles(job, draft) },
    Stage { name: "lists", is_once: false, work: |job, draft, _| lists(job, draft) },
    Stage { name: "likely", is_once: false, work: |job, draft, _| likely(job, draft) },
    Stage { name: "first", is_once: false, work: |job, draft, _| first(job, draft) },
    Stage { name: "rest", is_once: false, work: |job, draft, _| rest(job, draft) },
    Stage { name: "anchors", is_once: true, work: |job, draft, _| anchors(job, draft) },
    Stage { name: "places", is_once: false, work: |job, draft, _| places(job, draft) },
    Stage { name: "stories", is_once: false, work: |job, draft, _| stories(job, draft) },
    Stage { name: "left", is_once: false, work: |job, draft, _| left(job, draft) },
];

impl Stage {
    /// The parts that have not done it, and must.
    fn missing(&self, work: &Work) -> Vec<usize> {
        let all = if self.is_once { 1 } else { work.parts };
        (0..all).filter(|&part| !work.has(part, self.name)).collect()
    }
}

/// Does what is due for a part.
pub(super) fn run(
    paths: &[PathBuf],
    out: &Path,
    part: PartOf,
    wait: bool,
    terms: Terms,
    mut observe: impl FnMut(Event),
) -> Result<PartProgress> {
    let layout = terms.settings.layout;
    if is_stream(out) {
        let reason = "parts share a folder that they write to; give --out a folder";
        return Err(Error::Format { reason });
    }
    Format::Jsonl.check(layout, false)?;
    check_given(paths)?;
    let folder = Folder::unlocked(out)?;
    let found = walk(paths, &Filter::documents(), Some(out));
    folder.check(&found)?;
    if let ([], [], Some(path)) = (&*found.sources, &*found.failures, paths.first()) {
        return Err(Error::NoDocuments { path: path.clone(), others: found.skipped.len() });
    }
    let (nth, parts) = part.numbers();
    let plan = Plan::new(&found.sources, parts, &terms)?;
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
    if !terms.settings.force && !out.join(WORK).exists() {
        match folder.refuse_outputs() {
            Err(_) if is_published()? => return Ok(PartProgress::Done(None)),
            free => free?,
        }
    }
    let started = plan.agree(out)?;
    let work = Work::open(out.join(WORK), nth, parts, terms.memory)?;
    if is_published()? {
        return Ok(PartProgress::Done(None));
    }
    let dealt = plan.dealt();
    let job = Job {
        work,
        terms,
        sources: found.sources,
        dealt,
        skipped: found.skipped,
        failures: found.failures,
    };
    observe(Event::Walked {
        dumps: job.own_sources().count(),
        bytes: job.own_sources().map(|(_, source)| source.bytes).sum(),
    });
    for (at, stage) in STAGES.iter().enumerate() {
        if job.work.has(nth, stage.name) || stage.is_once && nth > 0 {
            continue;
        }
        let before = at.checked_sub(1).map(|before| &STAGES[before]);
        let mut awaited = |needed| awaited(&job, needed, stage.name, wait, &mut observe);
        if let Some(awaited) = before.and_then(&mut awaited) {
            return Ok(PartProgress::Waits(awaited));
        }
        let draft = job.work.draft(stage.name)?;
        (stage.work)(&job, &draft, &mut observe)?;
        draft.finish()?;
    }
    if nth > 0 {
        return Ok(PartProgress::Done(None));
    }
    let last = &STAGES[STAGES.len() - 1];
    if let Some(awaited) = awaited(&job, last, "publish", wait, &mut observe) {
        return Ok(PartProgress::Waits(awaited));
    }
    publish(&job, &plan, out, started, &mut observe).map(|done| PartProgress::Done(Some(done)))
}

/// What a part waits for before it can do a stage, if it may not wait here.
fn awaited(
    job: &Job,
    before: &Stage,
    next: &'static str,
    wait: bool,
    observe: Observe,
) -> Option<Awaited> {
    for pauses in 0u64.. {
        let missing = before.missing(&job.work);
        if missing.is_empty() {
            return None;
        }
        let parts = missing.iter().map(|part| part + 1).collect();
        let awaited = Awaited { next, stage: before.name, parts };
        if !wait {
            return Some(awaited);
        }
        if pauses == PATIENCE {
            observe(Event::Waits(&awaited));
        }
        std::thread::sleep(PAUSE);
        look();
    }
    None
}
