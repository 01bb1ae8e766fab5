//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::compare::anchors::members;
use crate::compare::held::HeldLists;
use crate::compare::loss::{Comparison, Kept};
use crate::compare::overlap::Overlap;
use crate::compare::place::Place;
use crate::compare::propose::{candidates, is_likely, proposed};
use crate::compare::rows::{OwnTables, Rows};
use crate::compare::thresholds::Thresholds;
use crate::error::Result;
use crate::spill::{Room, Store};
use crate::text::letters::NormalizedText;

/// Anchors that are compared before what was found is put away.
const TOGETHER: usize = 1 << 14;
/// Bytes of two texts that are alike.
const ALIKE: usize = 20;

/// What became of a text that is no anchor, or that an anchor is like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fate {
    pub(super) text: u32,
    /// Its place with an anchor.
    pub(super) place: Option<Place<u32>>,
    /// The anchor that it is most alike of those that do not hold enough of it.
    pub(super) alike: Option<Place<u32>>,
}

/// Two texts that were compared, the longer one first, and are alike.
#[derive(Debug, Clone, Copy)]
struct Alike {
    anchor: u32,
    text: u32,
    found: Comparison,
}

/// Decides on all texts. Those that have a fate come in their order.
pub(super) fn fates<'t>(
    tables: &HeldLists,
    proposals: &Proposals,
    thresholds: &Thresholds,
    room: &Room,
    text: &(impl Fn(u32) -> Cow<'t, str> + Sync),
) -> Result<Vec<Fate>> {
    let compare = |anchors: &[u32]| -> Vec<Alike> {
        let scratch = <(Kept, NormalizedText)>::default;
        let compared = |(kept, letters): &mut (Kept, NormalizedText), &anchor: &u32| {
            letters.read_with_quotes(&text(anchor));
            kept.set(letters);
            let mut alike = Vec::new();
            for other in candidates(tables, anchor, |text| proposals.to(text), thresholds) {
                letters.read_with_quotes(&text(other));
                let found = kept.compare(letters, &tables.weights(other), thresholds);
                alike.extend(found.map(|found| Alike { anchor, text: other, found }));
            }
            alike
        };
        anchors.par_iter().map_init(scratch, compared).flatten_iter().collect()
    };
    let mut alike = Store::new(room);
    let (mut edges, mut is_member) = (Vec::new(), vec![false; proposals.texts()]);
    let mut compare_all = |anchors: &[u32], is_member: &mut [bool]| -> Result<()> {
        for anchors in anchors.chunks(TOGETHER) {
            for found in compare(anchors) {
                if found.is_edge(thresholds) {
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
fn fate(found: &[Alike], thresholds: &Thresholds) -> Fate {
    let mut fate = Fate { text: found[0].text, place: None, alike: None };
    for alike in found {
        let best = if alike.is_edge(thresholds) { &mut fate.place } else { &mut fate.alike };
        let place = Place { anchor: alike.anchor, found: alike.found };
        if best.as_ref().is_none_or(|best| place.is_better(best)) {
            *best = Some(place);
        }
    }
    fate
}

impl Alike {
    /// Whether the text may be folded into the anchor.
    fn is_edge(&self, thresholds: &Thresholds) -> bool {
        self.found.loss <= thresholds.loss
    }

    fn to_bytes(self) -> [u8; ALIKE] {
        let Comparison { overlap: Overlap { of_text, of_anchor }, loss } = self.found;
        let words =
            [self.anchor, self.text, of_text.to_bits(), of_anchor.to_bits(), loss.to_bits()];
        let mut bytes = [0; ALIKE];
        bytes
            .as_chunks_mut()
            .0
            .iter_mut()
            .zip(words)
            .for_each(|(to, word)| *to = word.to_le_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; ALIKE]) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |at: usize| u32::from_le_bytes(words[at]);
        let [of_text, of_anchor, loss] = [2, 3, 4].map(|at| f32::from_bits(word(at)));
        let found = Comparison { overlap: Overlap { of_text, of_anchor }, loss };
        Self { anchor: word(0), text: word(1), found }
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
    use crate::compare::weight::Weights;

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
