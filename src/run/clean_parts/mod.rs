//! `dechaff clean --part i/n`: cleaning by many processes that share a folder.

mod by_story;
mod cleaned;
mod copies;
mod earlier;
mod finished;
mod folded;
mod learned;
mod paragraphs;
mod places;
mod publish;
mod spans;
mod stories;
pub(crate) mod task;

use std::path::Path;

use crate::compare::repeat::ROUNDS;
use crate::error::{Error, Result};
use crate::run::clean_parts::cleaned::clean;
use crate::run::clean_parts::copies::{COPIES, copies};
use crate::run::clean_parts::earlier::{EARLIER, earlier, looks_for_earlier};
use crate::run::clean_parts::finished::{FINISHED, finish};
use crate::run::clean_parts::folded::{CUT, FOLDS, TWINS, cut, folds, twins};
use crate::run::clean_parts::learned::{edges, edges_of, lessons, lessons_of, rounds};
use crate::run::clean_parts::paragraphs::comparing_paragraphs;
use crate::run::clean_parts::publish::publish;
use crate::run::clean_parts::spans::{LATER, RUNS, later, runs};
use crate::run::clean_parts::stories::stories;
use crate::run::clean_parts::task::{CLEAN, Spread};
use crate::run::event::Event;
use crate::run::parts;
use crate::run::parts::alike::STORIES;
use crate::run::parts::comparing::comparing;
use crate::run::parts::job::Job;
use crate::run::parts::plan::Plan;
use crate::run::parts::share::{Call, PartOf, PartProgress, check_folder};
use crate::run::parts::stage::Stage;
use crate::run::settings::MEMORY;
use crate::run::summary::Summary;
use crate::run::treatment::{Paragraphs, Spans};
use crate::walk::Walked;
use crate::write::{Folder, Format, Layout};

/// The stages in their order; last all is published. What is learned of repeated sentences takes as many rounds as something is learned in.
fn stages<'t>() -> Vec<Stage<'t, Spread<'t>>> {
    let mut stages = vec![Stage::told(CLEAN, clean)];
    stages.extend(comparing());
    stages.push(Stage::of_all(STORIES, stories));
    for round in 1..=ROUNDS {
        let round_of_edges =
            Stage::of_all(edges_of(round), move |job, draft| edges(job, draft, round));
        stages.push(round_of_edges.due(move |job| Ok(rounds(job, round)? == round)));
        let round_of_lessons =
            Stage::of_all(lessons_of(round), move |job, draft| lessons(job, draft, round));
        stages.push(round_of_lessons.due(move |job| Ok(rounds(job, round)? == round)));
    }
    let treatment = |job: &Job<Spread>| job.task.terms.treatment;
    let looks_for_spans = move |job: &Job<Spread>| Ok(treatment(job).spans != Spans::Keep);
    let looks_for_paragraphs =
        move |job: &Job<Spread>| Ok(treatment(job).paragraphs != Paragraphs::Keep);
    stages.extend([
        Stage::of_all(RUNS, runs).due(looks_for_spans),
        Stage::of_all(LATER, later).due(looks_for_spans),
    ]);
    stages.extend(comparing_paragraphs().into_iter().map(|stage| stage.due(looks_for_paragraphs)));
    stages.extend([
        Stage::of_all(EARLIER, earlier).due(|job| Ok(looks_for_earlier(job))),
        Stage::of_all(CUT, cut),
        Stage::of_all(TWINS, twins),
        Stage::of_all(FOLDS, folds),
        Stage::of_all(COPIES, copies),
        Stage::of_all(FINISHED, finish),
    ]);
    stages
}

/// Refuses what is not done in parts.
pub(super) fn check(out: &Path, (format, layout): (Format, Layout), has_index: bool) -> Result<()> {
    check_folder(out)?;
    format.check(layout, false)?;
    let reason = if has_index {
        "an index is kept by one process; leave out --part or --index"
    } else if format.is_tree() {
        "parts write lines or tables; give --format jsonl, parquet or dolma"
    } else {
        return Ok(());
    };
    Err(Error::Format { reason })
}

/// Does what is due for a part of what was found.
pub(super) fn run(
    spread: Spread,
    found: Walked,
    (folder, part, wait): (Folder, PartOf, bool),
    observe: impl FnMut(Event),
) -> Result<PartProgress<Summary>> {
    let plan = Plan::new("clean", spread.options(), &found.sources, part.parts())?;
    let call = Call { folder, part, wait, memory: MEMORY };
    let does = parts::Spread { stages: stages(), publish };
    parts::run(spread, &does, (found, &plan), &call, observe)
}
