//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::compare::anchors::members;
use crate::compare::loss::{Comparison, Kept};
use crate::compare::place::Place;
use crate::compare::postings::ShingleIndex;
use crate::compare::propose::{candidates, is_likely, proposed};
use crate::compare::thresholds::Thresholds;
use crate::text::letters::NormalizedText;

/// What became of a text that is no anchor, or that an anchor is like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fate {
    /// Its place with an anchor.
    pub(super) place: Option<Place<u32>>,
    /// The anchor that it is most alike of those that do not hold enough of it.
    pub(super) alike: Option<Place<u32>>,
}

/// Two texts that were compared, the longer one first, and are alike.
type Alike = (u32, u32, Comparison);

/// Decides on all texts.
pub(super) fn places<'t>(
    tables: &ShingleIndex,
    texts: usize,
    thresholds: &Thresholds,
    text: &(impl Fn(u32) -> Cow<'t, str> + Sync),
) -> Vec<Fate> {
    let proposals = Proposals::of(tables, texts, thresholds);
    let compare = |anchors: &[u32]| -> Vec<Alike> {
        let scratch = <(Kept, NormalizedText)>::default;
        let compared = |(kept, letters): &mut (Kept, NormalizedText), &anchor: &u32| {
            letters.read_with_quotes(&text(anchor));
            kept.set(letters);
            let mut alike = Vec::new();
            for other in candidates(tables, anchor, |text| proposals.to(text), thresholds) {
                letters.read_with_quotes(&text(other));
                let found = kept.compare(letters, tables.weights(), thresholds);
                alike.extend(found.map(|found| (anchor, other, found)));
            }
            alike
        };
        anchors.par_iter().map_init(scratch, compared).flatten_iter().collect()
    };
    // What is proposed to none is an anchor for certain, and what it reaches need not be compared as one: most of all comparisons are spared.
    let (first, others): (Vec<u32>, Vec<u32>) =
        proposals.anchors().partition(|&anchor| !proposals.is_proposed(anchor));
    let is_edge = |(_, _, found): &&Alike| found.loss <= thresholds.loss;
    let mut is_member = vec![false; texts];
    let mut alike = compare(&first);
    alike.iter().filter(is_edge).for_each(|&(_, text, _)| is_member[text as usize] = true);
    let others: Vec<u32> = others.into_iter().filter(|&text| !is_member[text as usize]).collect();
    alike.extend(compare(&others));
    let edges: Vec<(u32, u32)> =
        alike.iter().filter(is_edge).map(|&(anchor, text, _)| (anchor, text)).collect();
    members(&edges).into_iter().for_each(|text| is_member[text as usize] = true);
    let mut fates = vec![Fate::default(); texts];
    alike.retain(|&(anchor, _, _)| !is_member[anchor as usize]);
    for (anchor, text, found) in alike {
        let fate = &mut fates[text as usize];
        let best = if found.loss <= thresholds.loss { &mut fate.place } else { &mut fate.alike };
        let place = Place { anchor, found };
        if best.as_ref().is_none_or(|best| place.is_better(best)) {
            *best = Some(place);
        }
    }
    fates
}

/// For each text those that it is proposed to as their anchor.
struct Proposals {
    /// Where in `texts` each anchor begins; at last the end.
    begins: Vec<u64>,
    texts: Vec<u32>,
    is_proposed: Vec<bool>,
}

impl Proposals {
    fn of(tables: &ShingleIndex, texts: usize, thresholds: &Thresholds) -> Self {
        let of_text = |text: u32| {
            let mut anchors = proposed(tables, text, thresholds);
            anchors.retain(|&anchor| is_likely(tables, anchor, text, thresholds));
            anchors.into_iter().map(move |anchor| (anchor, text))
        };
        let mut pairs: Vec<(u32, u32)> =
            (0..texts as u32).into_par_iter().flat_map_iter(of_text).collect();
        pairs.par_sort_unstable();
        let mut begins = vec![0; texts + 1];
        pairs.iter().for_each(|&(anchor, _)| begins[anchor as usize + 1] += 1);
        (0..texts).for_each(|text| begins[text + 1] += begins[text]);
        let mut is_proposed = vec![false; texts];
        pairs.iter().for_each(|&(_, text)| is_proposed[text as usize] = true);
        Self { begins, texts: pairs.into_iter().map(|(_, text)| text).collect(), is_proposed }
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
        let weights = Weights::new(8);
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
        let weights = Weights::new(8);
        let mut kept = Kept::default();
        kept.set(&letters(words(0).take(5000)));
        let text = letters(words(0).skip(700).take(30));
        let Comparison { overlap, loss } =
            kept.compare(&text, &weights, &Thresholds::default()).unwrap();
        assert_eq!(overlap.relation(&Thresholds::default()), (Relation::Contained, 1.0));
        assert_eq!(loss, 0.0);
    }
}
