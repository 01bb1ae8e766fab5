//! Clusters of documents as they are published: which of them stands for the others, and what is folded into it.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::article::Relation;
use crate::compare::canonical::{Choice, choose};
use crate::compare::gather::{Cluster, Member};
use crate::compare::story::Story;
use crate::run::dedup::piece::{Origin, Pieces};
use crate::run::settings::{Settings, rounded};

/// A document that stands for others.
pub(super) struct Canonical {
    pub(super) canonical: Member,
    /// The longest of them; of equal ones the first that was read.
    pub(super) anchor: usize,
    pub(super) copies: Vec<Member>,
}

/// One line of `clusters.jsonl`.
#[derive(Serialize)]
pub(super) struct ClusterLine {
    cluster: Vec<Box<RawValue>>,
    canonical: Box<RawValue>,
    anchor: Box<RawValue>,
    members: Vec<MemberLine>,
}

#[derive(Serialize)]
struct MemberLine {
    id: Box<RawValue>,
    relation: Relation,
    similarity: f64,
    own: f64,
}

/// One line of `related.jsonl`.
#[derive(Serialize)]
pub(super) struct RelatedLine {
    id: Box<RawValue>,
    to: Box<RawValue>,
    own: [f64; 2],
}

impl RelatedLine {
    /// Of a document, what it is alike, and the share of each that stands nowhere in the other.
    pub(super) fn of(text: usize, to: usize, own: [f32; 2], documents: &impl Pieces) -> Self {
        Self { id: documents.id(text), to: documents.id(to), own: own.map(rounded) }
    }
}

/// The documents of a cluster that stand for others, each with what is folded into it. `loss` gives the share of one that stands nowhere in another.
pub(super) fn stories(
    cluster: &Cluster,
    documents: &impl Pieces,
    settings: &Settings,
    loss: impl FnMut(usize, usize) -> f32,
) -> Vec<Canonical> {
    let mut members: Vec<Member> = cluster.members.clone();
    documents.sort(&mut members, |m| m.text);
    members.insert(0, Member::exact(cluster.anchor));
    let choose = |members: &[Member]| first_of(members, documents, settings);
    let story = Story::of(&members, settings.thresholds.loss, choose, loss);
    let Some(Story { canonical, copies, apart }) = story else { return Vec::new() };
    let mut all = Vec::new();
    for equal in apart.into_iter().filter(|equal| equal.len() > 1) {
        let mut copies: Vec<Member> =
            equal.iter().map(|m| Member { text: m.text, ..Member::exact(m.same) }).collect();
        let canonical = copies.remove(first_of(&copies, documents, settings).unwrap_or(0));
        all.push(Canonical { canonical, anchor: canonical.same, copies });
    }
    if !copies.is_empty() {
        all.push(Canonical { canonical, anchor: cluster.anchor, copies });
    }
    all
}

/// The place of the document among the members of a cluster that stands for all.
fn first_of(members: &[Member], documents: &impl Pieces, settings: &Settings) -> Option<usize> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    documents.sort(&mut order, |&at| members[at].text);
    let origins: Vec<Origin> = order.iter().map(|&at| documents.origin(members[at].text)).collect();
    let ids: Vec<Box<RawValue>> = order.iter().map(|&at| documents.id(members[at].text)).collect();
    let copies: Vec<Choice> = order
        .iter()
        .zip(&origins)
        .zip(&ids)
        .map(|((&at, Origin { date, source }), id)| Choice {
            completeness: members[at].completeness,
            date: date.as_deref(),
            source: source.as_deref(),
            id: id.get(),
        })
        .collect();
    choose(&copies, &settings.preferred, settings.thresholds.complete).map(|place| order[place])
}

/// The anchor of a cluster as it is written: of several texts with the same letters the canonical one, or the first by id.
fn anchor_of(cluster: &Canonical, documents: &impl Pieces) -> usize {
    let equal = cluster.copies.iter().filter(|m| m.same == cluster.anchor);
    if cluster.canonical.same == cluster.anchor {
        return cluster.canonical.text;
    }
    let mut equal: Vec<usize> = equal.map(|m| m.text).collect();
    documents.sort(&mut equal, |&text| text);
    equal.first().copied().unwrap_or(cluster.anchor)
}

/// The line of a cluster.
pub(super) fn cluster_line(cluster: &Canonical, documents: &impl Pieces) -> ClusterLine {
    let Canonical { canonical, copies, .. } = cluster;
    let anchor = anchor_of(cluster, documents);
    let mut all: Vec<Member> = copies.clone();
    documents.sort(&mut all, |m| m.text);
    let member = |m: &Member| {
        // The anchor is to the canonical document what that is to the anchor.
        let to = if m.text == anchor { canonical } else { m };
        MemberLine {
            id: documents.id(m.text),
            relation: to.relation,
            similarity: rounded(to.similarity),
            own: rounded(m.loss),
        }
    };
    let members = all.iter().map(member).collect();
    all.push(*canonical);
    documents.sort(&mut all, |m| m.text);
    ClusterLine {
        cluster: all.iter().map(|m| documents.id(m.text)).collect(),
        canonical: documents.id(canonical.text),
        anchor: documents.id(anchor),
        members,
    }
}
