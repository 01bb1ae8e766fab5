//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::compare::loss::Kept;
use crate::compare::overlap::Overlap;
use crate::compare::postings::ShingleIndex;
use crate::compare::propose::{Proposal, is_likely};
use crate::compare::thresholds::Thresholds;
use crate::text::letters::NormalizedText;

/// A text's place with its anchor. All texts are named by rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) anchor: u32,
    pub(super) overlap: Overlap,
    /// The share of the text that stands nowhere in the anchor.
    pub(super) loss: f32,
}

/// What became of a text that is no anchor, or that an anchor is like.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Fate {
    /// Its place with an anchor.
    pub(super) place: Option<Place>,
    /// The anchor that it is most alike of those that do not hold enough of it.
    pub(super) alike: Option<Place>,
}

/// Decides on proposals.
pub(super) fn places<'t>(
    proposals: Vec<Proposal>,
    letters: &[u32],
    postings: &ShingleIndex,
    thresholds: &Thresholds,
    text: &(impl Fn(u32) -> std::borrow::Cow<'t, str> + Sync),
) -> Vec<Fate> {
    let (components, weights) = (Components::new(proposals, letters.len()), postings.weights());
    let likely = |anchor: u32, text: u32| is_likely(anchor, text, postings, letters, thresholds);
    let scratch = <(Kept, NormalizedText)>::default;
    let found: Vec<_> = components
        .groups()
        .map_init(scratch, |(kept, of_text), component| {
            let mut read =
                |rank: u32, letters: &mut NormalizedText| letters.read_with_quotes(&text(rank));
            let mut compare =
                |kept: &mut Kept, text: &NormalizedText| kept.compare(text, weights, thresholds);
            places_in(component, thresholds.loss, &likely, &mut read, &mut compare, kept, of_text)
        })
        .flatten_iter()
        .collect();
    let mut fates = vec![Fate::default(); letters.len()];
    for (text, fate) in found {
        fates[text as usize] = fate;
    }
    fates
}

/// Proposals by what hangs together through them: each group can be decided on by itself.
struct Components {
    by_first: Vec<(u32, Proposal)>,
}

impl Components {
    fn new(proposals: Vec<Proposal>, texts: usize) -> Self {
        let mut first: Vec<u32> = (0..texts as u32).collect();
        for p in &proposals {
            let (a, b) = (first_of(&mut first, p.anchor), first_of(&mut first, p.text));
            first[a.max(b) as usize] = a.min(b);
        }
        let mut by_first: Vec<_> =
            proposals.into_iter().map(|p| (first_of(&mut first, p.anchor), p)).collect();
        by_first.sort_unstable();
        Self { by_first }
    }

    fn groups(&self) -> impl ParallelIterator<Item = &[(u32, Proposal)]> {
        self.by_first.par_chunk_by(|a, b| a.0 == b.0)
    }
}

/// The first text of those that hang together with `text` (union-find with path halving: Tarjan and van Leeuwen 1984).
fn first_of(first: &mut [u32], mut text: u32) -> u32 {
    while first[text as usize] != text {
        let next = first[text as usize];
        first[text as usize] = first[next as usize];
        text = next;
    }
    text
}

fn places_in(
    component: &[(u32, Proposal)],
    most_lost: f32,
    likely: &impl Fn(u32, u32) -> bool,
    read: &mut impl FnMut(u32, &mut NormalizedText),
    compare: &mut impl FnMut(&mut Kept, &NormalizedText) -> Option<(Overlap, f32)>,
    kept: &mut Kept,
    of_text: &mut NormalizedText,
) -> FxHashMap<u32, Fate> {
    let mut fates: FxHashMap<u32, Fate> = FxHashMap::default();
    let proposed = |rank: u32| {
        let from = component.partition_point(|(_, p)| p.anchor < rank);
        component[from..]
            .iter()
            .map(|(_, p)| p)
            .take_while(move |p| p.anchor == rank)
            .map(|p| p.text)
    };
    for group in component.chunk_by(|(_, a), (_, b)| a.anchor == b.anchor) {
        let rank = group[0].1.anchor;
        if fates.get(&rank).is_some_and(|fate| fate.place.is_some()) {
            continue;
        }
        read(rank, of_text);
        kept.set(of_text);
        let mut waiting: Vec<u32> = proposed(rank).collect();
        let mut known: FxHashSet<u32> = waiting.iter().copied().collect();
        while let Some(text) = waiting.pop() {
            read(text, of_text);
            let Some((overlap, loss)) = compare(kept, of_text) else { continue };
            let fate = fates.entry(text).or_default();
            let is_copy = loss <= most_lost;
            let best = if is_copy { &mut fate.place } else { &mut fate.alike };
            if best.is_none_or(|best| best.overlap.larger() < overlap.larger()) {
                *best = Some(Place { anchor: rank, overlap, loss });
            }
            if is_copy {
                waiting.extend(
                    proposed(text).filter(|&next| known.insert(next) && likely(rank, next)),
                );
            }
        }
    }
    fates
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
        let (overlap, loss) = kept.compare(&text, &weights, &Thresholds::default()).unwrap();
        assert_eq!(overlap.relation(&Thresholds::default()), (Relation::Contained, 1.0));
        assert_eq!(loss, 0.0);
    }
}
