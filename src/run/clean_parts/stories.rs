//! From clusters to stories: which article of a cluster stands for all.

use crate::article::Relation;
use crate::compare::Copies;
use crate::error::Result;
use crate::run::clean_parts::task::Spread;
use crate::run::parts::alike::INTO;
use crate::run::parts::clusters::{Gathered, each_cluster};
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged, take};
use crate::run::parts::work::Draft;

/// What copies are folded into: by copy, and by canonical article.
pub(super) const BY_COPY: &str = "by-copy";
pub(super) const BY_CANONICAL: &str = "by-canonical";

/// How a copy relates to its canonical article.
#[derive(Debug, Clone, Copy)]
pub(super) struct How {
    pub(super) relation: Relation,
    pub(super) similarity: f32,
}

/// All relations, by the number that a row has for each.
const RELATIONS: [Relation; 3] = [Relation::Exact, Relation::Near, Relation::Contained];

impl How {
    pub(super) fn to_bytes(self) -> [u8; 5] {
        let mut bytes = [0; 5];
        let number = RELATIONS.iter().position(|relation| *relation == self.relation);
        bytes[0] = number.unwrap_or_default() as u8;
        bytes[1..].copy_from_slice(&self.similarity.to_be_bytes());
        bytes
    }

    pub(super) fn take(row: &mut &[u8]) -> Result<Self> {
        let [number] = take(row)?;
        let relation = *RELATIONS.get(usize::from(number)).ok_or_else(damaged)?;
        Ok(Self { relation, similarity: f32::from_be_bytes(take(row)?) })
    }
}

/// A copy and what it is folded into.
struct Fold {
    copy: Doc,
    into: Doc,
    how: How,
}

/// By anchor: clusters → what anchors are folded into; by file of the copy: copy, canonical article; by file of that: canonical article, copy.
pub(super) fn stories(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let (mut by_copy, mut by_canonical) = (draft.outbox(BY_COPY, 2), draft.outbox(BY_CANONICAL, 2));
    let mut into = draft.table(INTO)?;
    each_cluster(
        job,
        |gathered| story(&job.task, gathered),
        |anchor, (folds, of_anchor)| {
            let row = |doc: Doc| [&anchor[..], &doc.to_bytes()].concat();
            of_anchor.map_or(Ok(()), |doc| into.push(0, &row(doc)))?;
            folds.iter().try_for_each(|Fold { copy, into, how }| {
                let [copy_row, into_row] = [copy, into].map(|doc| doc.to_bytes());
                by_copy.push(job.part_of(copy.source), &[&copy_row, &into_row])?;
                let row = [&into_row[..], &copy_row, &how.to_bytes()];
                by_canonical.push(job.part_of(into.source), &row)
            })
        },
    )?;
    by_copy.finish()?;
    by_canonical.finish()?;
    into.finish()
}

/// What is folded of a cluster, and what the first article of its anchor is folded into.
fn story(spread: &Spread, gathered: Gathered) -> Result<(Vec<Fold>, Option<Doc>)> {
    let Gathered { docs, list, clusters, loss } = gathered;
    let settings = spread.terms.cleaning.settings;
    let facts =
        |number: usize| serde_json::from_slice(&docs.read(list[number])?).map_err(|_| damaged());
    let copies = Copies::choose(clusters, &settings.preferred, &settings.thresholds, facts, loss)?;
    let folds = list.iter().enumerate().filter_map(|(number, &copy)| {
        let folded = copies.folded(number)?;
        let how = How { relation: folded.relation, similarity: folded.similarity };
        Some(Fold { copy, into: list[folded.into], how })
    });
    let of_anchor = clusters.first().and_then(|cluster| copies.folded(cluster.anchor));
    Ok((folds.collect(), of_anchor.map(|folded| list[folded.into])))
}
