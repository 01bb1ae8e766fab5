//! From pairs to places: texts are compared with their anchors, and each text learns where it belongs.

use crate::compare::anchors::members as members_of;
use crate::compare::cluster::{Alike, Scratch, alike_to, fate};
use crate::compare::loss::Comparison;
use crate::error::Result;
use crate::run::parts::docs::{Docs, TEXTS};
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::{RANK, Rank, damaged, part_of_text, take};
use crate::run::parts::lists::{Lists, Lookup};
use crate::run::parts::work::{Draft, in_batches};

/// The texts that are alike, by text: text, anchor, comparison.
const ALIKE: [(&str, &str); 2] = [("first", "alike"), ("rest", "alike")];

/// Compares those that are anchors for certain: no text is likely to stand for them.
pub(super) fn first<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut proposed = work.rows(&[("likely", "proposed")], work.part)?;
    compare(job, draft, |anchor| Ok(!proposed.has(anchor)?))
}

/// Compares the others, but those that one of these reaches.
pub(super) fn rest<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut proposed = work.rows(&[("likely", "proposed")], work.part)?;
    let mut alike = work.rows(&ALIKE[..1], work.part)?;
    compare(job, draft, |anchor| {
        let mut is_reached = false;
        alike.each_of(anchor, |row| {
            let alike = alike_of(*anchor, row)?;
            is_reached |= alike.found.is_edge(job.thresholds());
            Ok(())
        })?;
        Ok(proposed.has(anchor)? && !is_reached)
    })
}

/// By anchor: the texts that are likely → by text: text, anchor, comparison, for the anchors that are wanted.
fn compare<T: Task>(
    job: &Job<T>,
    draft: &Draft,
    mut is_wanted: impl FnMut(&Rank) -> Result<bool>,
) -> Result<()> {
    let Job { work, .. } = job;
    let mut out = draft.outbox("alike", 1);
    let lookup = Lookup::open(work, "lists", "lists")?;
    let likely = Lookup::open(work, "likely", "likely")?;
    let docs = Docs::open(job)?;
    let mut anchors = work.own_rows("likely", "likely")?;
    let next = || {
        while let Some(row) = anchors.next()? {
            let anchor: Rank = take(&mut &row[..])?;
            if is_wanted(&anchor)? {
                return Ok(Some(anchor));
            }
        }
        Ok(None)
    };
    let scratch = || (Lists::new(&lookup), Scratch::default());
    let compare = |(lists, scratch): &mut (Lists, Scratch), anchor: Rank| {
        lists.forget();
        let text = |text: Rank| {
            let first = lists.of(text, |list| list.first);
            first.map_or_else(String::new, |first| docs.text(&job.task, first)).into()
        };
        let proposed_to = |text: Rank| likely.texts(&text);
        Ok(alike_to(anchor, &*lists, proposed_to, text, job.thresholds(), scratch))
    };
    in_batches(
        next,
        |_| 0,
        scratch,
        compare,
        |alike| {
            alike.into_iter().try_for_each(|Alike { anchor, text, found }| {
                out.push(part_of_text(&text, work.parts), &[&text, &anchor, &found.to_bytes()])
            })
        },
    )?;
    lookup.check()?;
    likely.check()?;
    docs.check()?;
    out.finish()
}

/// What a text is alike, by its row.
fn alike_of(text: Rank, mut row: &[u8]) -> Result<Alike<Rank>> {
    let anchor = take(&mut row)?;
    Ok(Alike { anchor, text, found: Comparison::of_bytes(&take(&mut row)?) })
}

/// All that is alike → the texts that are no anchors. This is done by one part for all.
pub(super) fn anchors<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut edges = Vec::new();
    for part in 0..work.parts {
        let mut alike = work.rows(&ALIKE, part)?;
        while let Some(row) = alike.next()? {
            let row = &mut &row[..];
            let Alike { anchor, text, found } = alike_of(take(row)?, row)?;
            if found.is_edge(job.thresholds()) {
                edges.push((anchor, text));
            }
        }
    }
    let mut members = draft.table("members")?;
    members_of(&edges).iter().try_for_each(|text| members.push(0, text))?;
    members.finish()
}

/// By text: what it is alike, its documents → by anchor: anchor, text, comparison, documents; the texts that have such a place; what the others are
/// most alike.
pub(super) fn places<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut placed = draft.outbox("placed", 1);
    let (mut moved, mut apart) = (draft.table("moved")?, draft.table("apart")?);
    let mut texts = work.rows(&[(T::TEXTS, TEXTS)], work.part)?;
    let mut alike = work.rows(&ALIKE, work.part)?;
    let members = work.table(0, "anchors", "members")?;
    while let Some(text) = alike.key::<RANK>() {
        let mut of_anchors = Vec::new();
        alike.each_of(&text, |row| {
            let alike = alike_of(text, row)?;
            if members.find(&alike.anchor)?.is_none() {
                of_anchors.push(alike);
            }
            Ok(())
        })?;
        if of_anchors.is_empty() {
            continue;
        }
        let fate = fate(&of_anchors, job.thresholds());
        let docs = texts.all_of(&text)?;
        if let Some(place) = fate.place {
            let found = place.found.to_bytes();
            let to = part_of_text(&place.anchor, work.parts);
            placed.push(to, &[&place.anchor, &text, &found, &docs.concat()])?;
            moved.push(0, &text)?;
        } else if let Some(alike) = fate.alike {
            let first = docs.first().ok_or_else(damaged)?;
            let own: Vec<u8> = alike.found.own().iter().flat_map(|own| own.to_le_bytes()).collect();
            apart.push(0, &[&text, &first[..], &alike.anchor, &own].concat())?;
        }
    }
    placed.finish()?;
    moved.finish()?;
    apart.finish()
}
