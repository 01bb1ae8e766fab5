//! From places to stories: which document of a cluster stands for all.

use serde::{Deserialize, Serialize};

use crate::compare::cluster::Fate;
use crate::compare::deduplicator::Aligned;
use crate::compare::gather::gather;
use crate::compare::loss::Comparison;
use crate::compare::place::Place;
use crate::compare::same::Same;
use crate::compare::weight::Weights;
use crate::error::{Error, Result};
use crate::run::dedup::parts::job::Job;
use crate::run::dedup::parts::keys::{Doc, RANK, Rank, WORK, letters_of, take};
use crate::run::dedup::parts::lists::{Chosen, Docs, Lists, Lookup};
use crate::run::dedup::parts::work::{Draft, in_batches};
use crate::run::dedup::piece::Pieces;
use crate::run::dedup::stories::{Canonical, cluster_line, stories as stories_of};

/// What is told of clusters.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct StoriesTold {
    pub(super) clusters: usize,
    pub(super) copies: usize,
}

/// A text of a cluster: its documents in their order, and how it compares with the anchor.
struct Of {
    text: Rank,
    found: Option<Comparison>,
    docs: Vec<Doc>,
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

/// By anchor: its documents, its members → lines of clusters, what anchors are folded into; by file: documents that are copies.
pub(super) fn stories(job: &Job, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut clusters = draft.list("clusters", 2);
    let (mut copies, mut into) = (draft.outbox("copies", 2), draft.table("into")?);
    let lookup = Lookup::open(work, "lists", "lists")?;
    let docs = Docs::open(work, &job.dealt)?;
    let mut texts = work.rows(&[("ids", "texts")], work.part)?;
    let mut placed = work.rows(&[("places", "placed")], work.part)?;
    let mut moved = work.own_rows("places", "moved")?;
    let next = || {
        while let Some(text) = texts.key::<RANK>() {
            let docs = texts.all_of(&text)?.concat();
            if moved.has(&text)? {
                continue;
            }
            let members = placed.all_of(&text)?;
            if docs.len() > Doc::BYTES || !members.is_empty() {
                return Ok(Some((text, docs, members)));
            }
        }
        Ok(None)
    };
    let choose = |lists: &mut Lists, (anchor, docs_of, members): (Rank, Vec<u8>, Vec<Vec<u8>>)| {
        lists.forget();
        let mut texts = vec![Of { text: anchor, found: None, docs: Doc::all(&docs_of)? }];
        for member in members {
            let row = &mut &member[..];
            let text = take(row)?;
            let found = Some(Comparison::of_bytes(&take(row)?));
            texts.push(Of { text, found, docs: Doc::all(row)? });
        }
        story(job, &texts, &docs, lists)
    };
    let mut told = StoriesTold::default();
    in_batches(
        next,
        || Lists::new(&lookup),
        |lists, item| {
            let anchor = item.0;
            Ok((anchor, choose(lists, item)?))
        },
        |(anchor, story)| {
            told.clusters += story.lines.len();
            told.copies += story.copies.len();
            story.lines.iter().try_for_each(|line| clusters.push(0, &[line]))?;
            let row = |doc: Doc| [&anchor[..], &doc.to_bytes()].concat();
            story.into.map_or(Ok(()), |doc| into.push(0, &row(doc)))?;
            story.copies.iter().try_for_each(|copy| {
                let part = job.dealt.get(copy.source as usize).copied().unwrap_or_default();
                copies.push(part, &[&copy.to_bytes()])
            })
        },
    )?;
    lookup.check()?;
    docs.check()?;
    clusters.finish()?;
    copies.finish()?;
    into.finish()?;
    draft.tell(&told)
}

/// Decides on a cluster of these texts, the anchor first. Its documents are numbered in their order, as in a run that holds no others.
fn story(job: &Job, texts: &[Of], docs: &Docs, lists: &Lists) -> Result<Story> {
    let mut all: Vec<(Doc, u32)> = (0..)
        .zip(texts)
        .flat_map(|(text, of)| of.docs.iter().map(move |&doc| (doc, text)))
        .collect();
    all.sort_unstable();
    let (list, text_of): (Vec<Doc>, Vec<u32>) = all.into_iter().unzip();
    let mut order: Vec<u32> = (0..list.len() as u32).collect();
    order.sort_by_key(|&number| text_of[number as usize]);
    let same = Same::new(order, |a, b| text_of[a] == text_of[b]);
    let letters: Vec<u32> = texts.iter().map(|of| letters_of(&of.text)).collect();
    let fates: Vec<Fate<u32>> = (0..)
        .zip(texts)
        .filter_map(|(text, of)| Some((text, of.found?)))
        .map(|(text, found)| Fate { text, place: Some(Place { anchor: 0, found }), alike: None })
        .collect();
    let settings = job.terms.settings;
    let documents = Chosen { docs, list: &list };
    let mut story = Story::default();
    for cluster in gather(&same, &fates, &letters, &settings.thresholds) {
        let mut aligned = Aligned::default();
        let loss = |number: usize, kept: usize| {
            let text = texts[text_of[number] as usize].text;
            let weights = lists.of(text, |list| Weights::of(&list.held));
            let text = |number| documents.text(number);
            aligned.loss(number, kept, text, &weights, &settings.thresholds)
        };
        for canonical in stories_of(&cluster, &documents, settings, loss) {
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
