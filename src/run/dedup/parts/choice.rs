//! From clusters to stories: which document of a cluster stands for all.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::run::dedup::parts::chosen::Chosen;
use crate::run::dedup::piece::Pieces;
use crate::run::dedup::stories::{Canonical, cluster_line, stories as stories_of};
use crate::run::dedup::terms::Terms;
use crate::run::parts::alike::INTO;
use crate::run::parts::clusters::{Gathered, each_cluster};
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, WORK};
use crate::run::parts::work::Draft;

/// What is told of clusters.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct StoriesTold {
    pub(super) clusters: usize,
    pub(super) copies: usize,
}

/// What is published of a cluster.
#[derive(Default)]
struct Story {
    /// Its lines, behind the ids and the lines of their canonical documents.
    lines: Vec<Vec<u8>>,
    copies: Vec<Doc>,
    /// The first document of the anchor, where it is a copy: what it is folded into.
    into: Option<Doc>,
}

/// By anchor: clusters → lines of clusters, what anchors are folded into; by file: documents that are copies.
pub(super) fn stories(job: &Job<Terms>, draft: &Draft) -> Result<()> {
    let mut clusters = draft.list("clusters", 2);
    let (mut copies, mut into) = (draft.outbox("copies", 2), draft.table(INTO)?);
    let mut told = StoriesTold::default();
    each_cluster(
        job,
        |gathered| story(&job.task, gathered),
        |anchor, story| {
            told.clusters += story.lines.len();
            told.copies += story.copies.len();
            story.lines.iter().try_for_each(|line| clusters.push(0, &[line]))?;
            let row = |doc: Doc| [&anchor[..], &doc.to_bytes()].concat();
            story.into.map_or(Ok(()), |doc| into.push(0, &row(doc)))?;
            let mut all = story.copies.iter();
            all.try_for_each(|copy| copies.push(job.part_of(copy.source), &[&copy.to_bytes()]))
        },
    )?;
    clusters.finish()?;
    copies.finish()?;
    into.finish()?;
    draft.tell(&told)
}

/// Decides on a cluster.
fn story(terms: &Terms, gathered: Gathered) -> Result<Story> {
    let Gathered { docs, list, clusters, loss } = gathered;
    let documents = Chosen { docs, list };
    let mut story = Story::default();
    for cluster in clusters {
        for canonical in stories_of(cluster, &documents, terms.settings, &mut *loss) {
            let Canonical { canonical: first, copies, .. } = &canonical;
            let line = serde_json::to_vec(&cluster_line(&canonical, &documents));
            let line = line.map_err(|error| Error::io(WORK)(error.into()))?;
            let (id, own) = (documents.bare_id(first.text), documents.line(first.text));
            story.lines.push([&id[..], &own, &line].join(&0));
            story.copies.extend(copies.iter().map(|copy| list[copy.text]));
            if copies.iter().any(|copy| copy.text == cluster.anchor) {
                story.into = Some(list[first.text]);
            }
        }
    }
    Ok(story)
}
