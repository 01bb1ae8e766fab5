//! The tables of an index, and the search in them: what is proposed by shared shingles, and what the texts then say.

use std::borrow::Cow;

use redb::{
    MultimapTable, MultimapTableDefinition, ReadableMultimapTable, ReadableTable, Table,
    TableDefinition,
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::Relation;
use crate::compare::articles::{Facts, is_same_story};
use crate::compare::fingerprint::Fingerprint;
use crate::compare::loss::Kept as Aligned;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;
use crate::text::letters::NormalizedText;

/// Articles with a shingle that are looked up; a shingle of more proposes none.
const POSTINGS: usize = 64;
/// Articles that a text is compared with.
const COMPARED: usize = 12;
/// Sampled shingles that must be shared with an article before texts are compared.
const LEAST_SHARED: u32 = 2;

pub(super) const ARTICLES: TableDefinition<u64, &[u8]> = TableDefinition::new("articles");
pub(super) const EXACT: TableDefinition<u128, u64> = TableDefinition::new("exact");
pub(super) const SHINGLES: MultimapTableDefinition<u32, u64> =
    MultimapTableDefinition::new("shingles");

/// An article as it is kept.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept<'a> {
    #[serde(borrow)]
    pub(super) id: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
}

pub(super) type Articles<'t> = Table<'t, u64, &'static [u8]>;
pub(super) type Exact<'t> = Table<'t, u128, u64>;
pub(super) type Shingles<'t> = MultimapTable<'t, u32, u64>;

/// The articles that share most of the sampled shingles of a text, and what the shingles weigh.
pub(super) fn proposed(
    fingerprint: &Fingerprint,
    shingles: &Shingles,
    thresholds: &Thresholds,
) -> Result<(Vec<u64>, Weights), redb::Error> {
    let mut weights = Weights::new(thresholds.few_texts);
    let mut shared: FxHashMap<u64, u32> = FxHashMap::default();
    for &shingle in &fingerprint.sample {
        let numbers: Vec<u64> = shingles
            .get(shingle)?
            .take(POSTINGS)
            .map(|n| n.map(|n| n.value()))
            .collect::<Result<_, _>>()?;
        weights.note(shingle, numbers.len() + 1);
        if numbers.len() < POSTINGS {
            numbers.into_iter().for_each(|number| *shared.entry(number).or_default() += 1);
        }
    }
    let mut found: Vec<(u32, u64)> = shared
        .into_iter()
        .filter(|&(_, count)| count >= LEAST_SHARED)
        .map(|(number, count)| (count, number))
        .collect();
    found.sort_unstable_by_key(|&(count, number)| (std::cmp::Reverse(count), number));
    Ok((found.into_iter().take(COMPARED).map(|(_, number)| number).collect(), weights))
}

/// Of the articles proposed the one that a text shares most with, if the two are copies; and how much of the longer of the two it has.
pub(super) fn best(
    letters: &NormalizedText,
    facts: &Facts,
    numbers: &[u64],
    weights: &Weights,
    articles: &Articles,
    thresholds: &Thresholds,
    of_known: &mut NormalizedText,
) -> Result<Option<(Known, f32)>, redb::Error> {
    let mut best: Option<(f32, Known, f32)> = None;
    let mut aligned = Aligned::default();
    for &number in numbers {
        let line = articles.get(number)?;
        let Some(kept) =
            line.as_ref().and_then(|line| serde_json::from_slice::<Kept>(line.value()).ok())
        else {
            continue;
        };
        of_known.read_with_quotes(&kept.text);
        let [own, other] = [letters, &*of_known].map(|letters| letters.bytes().len() as u32);
        let (longer, shorter) =
            if own > other { (letters, &*of_known) } else { (&*of_known, letters) };
        aligned.set(longer);
        let Some((overlap, loss)) = aligned.compare(shorter, weights, thresholds) else { continue };
        if loss > thresholds.loss
            || best.as_ref().is_some_and(|(share, ..)| *share >= overlap.larger())
        {
            continue;
        }
        let (relation, similarity) = overlap.relation(thresholds);
        let length = other as f32 / own.max(1) as f32;
        let completeness = match relation {
            _ if other >= own => 1.0,
            Relation::Contained => overlap.of_anchor,
            _ => length.max(overlap.of_anchor),
        };
        aligned.set(of_known);
        let holds_enough = aligned.loss(letters, weights, thresholds) <= thresholds.loss;
        let completeness = if holds_enough { completeness } else { 0.0 };
        if let Some(known) = known(number, relation, similarity, facts, articles, thresholds)? {
            best = Some((overlap.larger(), known, completeness));
        }
    }
    Ok(best.map(|(_, known, completeness)| (known, completeness)))
}

/// A kept article as a known one; None where it cannot be the story of one with these facts.
pub(super) fn known(
    number: u64,
    relation: Relation,
    similarity: f32,
    facts: &Facts,
    articles: &Articles,
    thresholds: &Thresholds,
) -> Result<Option<Known>, redb::Error> {
    let line = articles.get(number)?;
    let kept = line.as_ref().and_then(|line| serde_json::from_slice::<Kept>(line.value()).ok());
    let kept =
        kept.ok_or_else(|| redb::Error::Corrupted(format!("article {number} is missing")))?;
    let of_kept = Facts::of(kept.title.as_deref(), &kept.text);
    Ok((relation == Relation::Exact || is_same_story(&of_kept, facts, thresholds)).then(|| Known {
        id: kept.id.into_owned(),
        relation,
        similarity,
        number,
    }))
}

pub(super) fn remove(
    number: u64,
    letters: &mut NormalizedText,
    articles: &mut Articles,
    exact: &mut Exact,
    shingles: &mut Shingles,
) -> Result<(), redb::Error> {
    let Some(kept) = articles.remove(number)?.map(|kept| kept.value().to_vec()) else {
        return Ok(());
    };
    let Ok(kept) = serde_json::from_slice::<Kept>(&kept) else { return Ok(()) };
    letters.read(&kept.text);
    let fingerprint = Fingerprint::new(letters);
    exact.remove(fingerprint.exact)?;
    for &shingle in &fingerprint.sample {
        shingles.remove(shingle, number)?;
    }
    Ok(())
}

/// An article of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// How the two relate.
    pub relation: Relation,
    /// How similar they are, 0 to 1.
    pub similarity: f32,
    pub(crate) number: u64,
}
