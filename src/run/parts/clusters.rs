//! From places to clusters: the texts of each anchor come together, with all their documents.

use crate::compare::cluster::Fate;
use crate::compare::deduplicator::Aligned;
use crate::compare::gather::{Cluster, gather};
use crate::compare::loss::Comparison;
use crate::compare::place::Place;
use crate::compare::same::Same;
use crate::compare::weight::Weights;
use crate::error::Result;
use crate::run::parts::docs::{Docs, TEXTS};
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::{Doc, RANK, Rank, letters_of, take};
use crate::run::parts::lists::{Lists, Lookup};
use crate::run::parts::work::in_batches;

/// A text of a cluster: its documents in their order, and how it compares with the anchor.
struct Of {
    text: Rank,
    found: Option<Comparison>,
    docs: Vec<Doc>,
}

impl Of {
    /// A text by its row, behind that of its anchor.
    fn member(mut row: &[u8]) -> Result<Self> {
        let text = take(&mut row)?;
        let found = Some(Comparison::of_bytes(&take(&mut row)?));
        Ok(Self { text, found, docs: Doc::all(row)? })
    }
}

/// The documents of an anchor and its members, numbered in their order as in a run that holds no others.
pub(crate) struct Gathered<'g> {
    pub(crate) docs: &'g Docs<'g>,
    pub(crate) list: &'g [Doc],
    /// The cluster of them, if there is one.
    pub(crate) clusters: &'g [Cluster],
    /// The share of one that stands nowhere in another.
    pub(crate) loss: &'g mut dyn FnMut(usize, usize) -> f32,
}

/// By anchor: its documents, its members → what `choose` makes of them, given to `keep` with the anchor.
pub(crate) fn each_cluster<T: Task, U: Send>(
    job: &Job<T>,
    choose: impl Fn(Gathered) -> Result<U> + Sync + Send,
    mut keep: impl FnMut(Rank, U) -> Result<()>,
) -> Result<()> {
    let Job { work, .. } = job;
    let lookup = Lookup::open(work, "lists", "lists")?;
    let docs = Docs::open(job)?;
    let mut texts = work.rows(&[(T::TEXTS, TEXTS)], work.part)?;
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
                let anchor = Of { text, found: None, docs: Doc::all(&docs)? };
                let texts =
                    std::iter::once(Ok(anchor)).chain(members.iter().map(|row| Of::member(row)));
                return Ok(Some(texts.collect::<Result<Vec<Of>>>()?));
            }
        }
        Ok(None)
    };
    let size = |texts: &Vec<Of>| {
        texts.iter().flat_map(|of| &of.docs).fold(0u64, |sum, doc| sum.saturating_add(doc.len))
    };
    let choose = |lists: &mut Lists, texts: Vec<Of>| {
        lists.forget();
        Ok((texts[0].text, gathered(job, &texts, &docs, lists, &choose)?))
    };
    in_batches(next, size, || Lists::new(&lookup), choose, |(anchor, made)| keep(anchor, made))?;
    lookup.check()?;
    docs.check()
}

/// What `choose` makes of the cluster of these texts, the anchor first.
fn gathered<T: Task, U>(
    job: &Job<T>,
    texts: &[Of],
    docs: &Docs,
    lists: &Lists,
    choose: impl Fn(Gathered) -> Result<U>,
) -> Result<U> {
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
    let thresholds = job.thresholds();
    let mut aligned = Aligned::default();
    let mut loss = |number: usize, kept: usize| {
        let text = texts[text_of[number] as usize].text;
        // A text that was compared with none need not share a shingle with any.
        let weights = match texts.len() {
            1 => Weights::of(&lists.held_if_any(text)),
            _ => lists.of(text, |list| Weights::of(&list.held)),
        };
        let text = |number: usize| docs.text(&job.task, list[number]).into();
        aligned.loss(number, kept, text, &weights, thresholds)
    };
    let clusters = gather(&same, &fates, &letters, thresholds);
    choose(Gathered { docs, list: &list, clusters: &clusters, loss: &mut loss })
}
