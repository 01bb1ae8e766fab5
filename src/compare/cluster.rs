//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::compare::anchors::members;
use crate::compare::held::HeldLists;
use crate::compare::loss::{COMPARED, Comparison, Kept};
use crate::compare::place::Place;
use crate::compare::propose::{candidates, is_likely, proposed};
use crate::compare::rows::{OwnTables, Rows};
use crate::compare::tables::Tables;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;
use crate::error::Result;
use crate::spill::{Room, Store};
use crate::text::letters::NormalizedText;

/// Anchors that are compared before what was found is put away.
const TOGETHER: usize = 1 << 14;
/// Bytes of two texts that are alike.
const ALIKE: usize = 8 + COMPARED;

/// What became of a text that is no anchor, or that an anchor is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fate<K> {
    pub(crate) text: K,
    /// Its place with an anchor.
    pub(crate) place: Option<Place<K>>,
    /// The anchor that it is most alike of those that do not hold enough of it.
    pub(crate) alike: Option<Place<K>>,
}

/// Two texts that were compared, the longer one first, and are alike.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alike<K> {
    pub(crate) anchor: K,
    pub(crate) text: K,
    pub(crate) found: Comparison,
}

/// Memory for comparisons, to be used again.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    kept: Kept,
    letters: NormalizedText,
}

/// The texts that an anchor is compared with and is alike, ascending. `proposed_to` is that of [`candidates`], `text` gives each text.
pub(crate) fn alike_to<'t, T: Tables, P: AsRef<[T::Text]>>(
    anchor: T::Text,
    tables: &T,
    proposed_to: impl Fn(T::Text) -> P,
    text: impl Fn(T::Text) -> Cow<'t, str>,
    thresholds: &Thresholds,
    Scratch { kept, letters }: &mut Scratch,
) -> Vec<Alike<T::Text>> {
    letters.read_with_quotes(&text(anchor));
    kept.set(letters);
    let mut alike = Vec::new();
    for other in candidates(tables, anchor, proposed_to, thresholds) {
        letters.read_with_quotes(&text(other));
        let found = kept.compare(letters, &Weights::of(&tables.held(other)), thresholds);
        alike.extend(found.map(|found| Alike { anchor, text: other, found }));
    }
    alike
}

/// Decides on all texts. Those that have a fate come in their order.
pub(super) fn fates<'t>(
    tables: &HeldLists,
    proposals: &Proposals,
    thresholds: &Thresholds,
    room: &Room,
    text: &(impl Fn(u32) -> Cow<'t, str> + Sync),
) -> Result<Vec<Fate<u32>>> {
    let compare = |anchors: &[u32]| -> Vec<Alike<u32>> {
        let compared = |scratch: &mut Scratch, &anchor: &u32| {
            alike_to(anchor, tables, |text| proposals.to(text), text, thresholds, scratch)
        };
        anchors.par_iter().map_init(Scratch::default, compared).flatten_iter().collect()
    };
    let mut alike = Store::new(room);
    let (mut edges, mut is_member) = (Vec::new(), vec![false; proposals.texts()]);
    let mut compare_all = |anchors: &[u32], is_member: &mut [bool]| -> Result<()> {
        for anchors in anchors.chunks(TOGETHER) {
            for found in compare(anchors) {
                if found.found.is_edge(thresholds) {
                    edges.push((found.anchor, found.text));
                    is_member[found.text as usize] = true;
                }
                alike.push(&found.to_bytes(), &[])?;
            }
        }
        Ok(())
    };
    // What is proposed to none is an anchor for certain, and what it reaches need not be compared as one: most of all comparisons are spared.
    let (first, others): (Vec<u32>, Vec<u32>) =
        proposals.anchors().partition(|&anchor| !proposals.is_proposed(anchor));
    compare_all(&first, &mut is_member)?;
    let others: Vec<u32> = others.into_iter().filter(|&text| !is_member[text as usize]).collect();
    compare_all(&others, &mut is_member)?;
    is_member.fill(false);
    members(&edges).into_iter().for_each(|text| is_member[text as usize] = true);
    drop(edges);
    let mut of_anchors = Vec::new();
    alike.each(|row| {
        let found = Alike::of_bytes(row);
        if !is_member[found.anchor as usize] {
            of_anchors.push(found);
        }
    })?;
    drop(alike);
    of_anchors.par_sort_unstable_by_key(|found| (found.text, found.anchor));
    let same_text = of_anchors.chunk_by(|a, b| a.text == b.text);
    Ok(same_text.map(|found| fate(found, thresholds)).collect())
}

/// What becomes of a text by all that it is alike, at least one.
pub(crate) fn fate<K: Copy + Ord>(found: &[Alike<K>], thresholds: &Thresholds) -> Fate<K> {
    let mut fate = Fate { text: found[0].text, place: None, alike: None };
    for alike in found {
        let best = if alike.found.is_edge(thresholds) { &mut fate.place } else { &mut fate.alike };
        let place = Place { anchor: alike.anchor, found: alike.found };
        if best.as_ref().is_none_or(|best| place.is_better(best)) {
            *best = Some(place);
        }
    }
    fate
}

impl Alike<u32> {
    fn to_bytes(self) -> [u8; ALIKE] {
        let mut bytes = [0; ALIKE];
        bytes[..4].copy_from_slice(&self.anchor.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.text.to_le_bytes());
        bytes[8..].copy_from_slice(&self.found.to_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; ALIKE]) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        let [anchor, text] = [0, 1].map(|at| u32::from_le_bytes(words[at]));
        let mut found = [0; COMPARED];
        found.copy_from_slice(&bytes[8..]);
        Self { anchor, text, found: Comparison::of_bytes(&found) }
    }
}

/// For each text those that it is proposed to as their anchor.
pub(super) struct Proposals {
    /// Where in `texts` each anchor begins; at last the end.
    begins: Vec<u64>,
    texts: Vec<u32>,
    is_proposed: Vec<bool>,
}

impl Proposals {
    /// Those among texts of so many letters each, by what they hold; and the lists of that. An anchor stands before the texts that it is proposed
    /// to, so its list is there when it is asked for.
    pub(super) fn of(
        rows: Rows,
        letters: Vec<u32>,
        thresholds: &Thresholds,
        room: &Room,
    ) -> Result<(Self, HeldLists)> {
        let texts = letters.len();
        let mut tables = HeldLists::new(letters, room);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        rows.each(room, |lists| {
            lists.texts().try_for_each(|text| tables.push(lists.of(text), thresholds))?;
            let tables = OwnTables { lists, all: &tables };
            let of_text = |text: u32| {
                let mut anchors = proposed(&tables, text, thresholds);
                anchors.retain(|&anchor| is_likely(&tables, anchor, text, thresholds));
                anchors.into_iter().map(move |anchor| (anchor, text))
            };
            pairs.par_extend(lists.texts().into_par_iter().flat_map_iter(of_text));
            Ok(())
        })?;
        pairs.par_sort_unstable();
        let mut begins = vec![0; texts + 1];
        pairs.iter().for_each(|&(anchor, _)| begins[anchor as usize + 1] += 1);
        (0..texts).for_each(|text| begins[text + 1] += begins[text]);
        let mut is_proposed = vec![false; texts];
        pairs.iter().for_each(|&(_, text)| is_proposed[text as usize] = true);
        let proposals =
            Self { begins, texts: pairs.into_iter().map(|(_, text)| text).collect(), is_proposed };
        Ok((proposals, tables))
    }

    /// How many texts there are.
    fn texts(&self) -> usize {
        self.is_proposed.len()
    }

    /// The texts that an anchor is proposed to, ascending.
    fn to(&self, anchor: u32) -> &[u32] {
        let [from, to] = [anchor, anchor + 1].map(|at| self.begins[at as usize] as usize);
        &self.texts[from..to]
    }

    /// The texts that are proposed as anchors, ascending.
    fn anchors(&self) -> impl Iterator<Item = u32> {
        (0..self.is_proposed.len() as u32).filter(|&text| !self.to(text).is_empty())
    }

    fn is_proposed(&self, text: u32) -> bool {
        self.is_proposed[text as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Relation;

    /// Words of eight letters, the same at every run.
    fn words(seed: u64) -> impl Iterator<Item = String> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        std::iter::repeat_with(move || {
            let letter = |_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                char::from(b'a' + ((state >> 33) % 26) as u8)
            };
            (0..8).map(letter).collect()
        })
    }

    fn letters(words: impl Iterator<Item = String>) -> NormalizedText {
        let mut letters = NormalizedText::default();
        letters.read(&words.collect::<Vec<_>>().join(" "));
        letters
    }

    #[test]
    fn a_short_text_is_no_copy_of_a_long_one_for_a_few_words() {
        let weights = Weights::default();
        let mut kept = Kept::default();
        kept.set(&letters(words(0).take(5000)));
        let mut is_alike = |seed: u64| {
            let text =
                letters(words(0).skip(20 * seed as usize).take(10).chain(words(seed).take(20)));
            kept.compare(&text, &weights, &Thresholds::default()).is_some()
        };
        assert_eq!((1..200).filter(|&seed| is_alike(seed)).count(), 0);
    }

    #[test]
    fn a_short_text_is_found_in_a_long_one() {
        let weights = Weights::default();
        let mut kept = Kept::default();
        kept.set(&letters(words(0).take(5000)));
        let text = letters(words(0).skip(700).take(30));
        let Comparison { overlap, loss } =
            kept.compare(&text, &weights, &Thresholds::default()).unwrap();
        assert_eq!(overlap.relation(&Thresholds::default()), (Relation::Contained, 1.0));
        assert_eq!(loss, 0.0);
    }
}
