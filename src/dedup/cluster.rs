//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::letters::Letters;
use super::overlap::{Anchor, Overlap};
use super::postings::Postings;
use super::propose::{Proposal, is_likely};
use super::weight::Weights;

/// The least share of one text that stands in the other, where both are of one length: what one misread letter in eleven leaves.
const LEAST_SHARE: f32 = 0.45;
/// How much more of a text must stand in one that is far longer.
const MORE_IF_SHORT: f32 = 0.35;
/// Texts of which so much of either stands in the other are copies even if what they share is common: so are the hundreds of copies of a
/// report that was taken over everywhere.
pub(super) const ALL_BUT_THE_SAME: f32 = 0.8;
/// So many shared shingles are more than texts have in common by chance, and less of a text is enough.
const MANY_SHINGLES: u32 = 1000;
/// By how much less.
const LESS_OF_MANY: f32 = 0.1;
/// The part of a text that a passage may be which it has alone; of one of two copies no passage is a larger part.
const OWN_PASSAGE: f32 = 0.2;
/// Shingles of those compared that two texts must share; fewer are a phrase or chance, not a text.
const LEAST_SHINGLES: u32 = 20;

/// A text's place with its anchor. All texts are named by rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) anchor: u32,
    pub(super) overlap: Overlap,
}

/// What an anchor and a text share, if the text is a copy of it.
pub(super) fn overlap_of_copy(
    anchor: &mut Anchor,
    text: &Letters,
    weights: &Weights,
) -> Option<Overlap> {
    let overlap = anchor.overlap(text, weights);
    let less = if overlap.shared >= MANY_SHINGLES { LESS_OF_MANY } else { 0.0 };
    let is_enough =
        || overlap.larger() >= least_share(anchor.letters(), text.bytes().len() as u32) - less;
    let is_copy = overlap.sampled >= LEAST_SHINGLES
        && (overlap.unweighed >= ALL_BUT_THE_SAME
            || is_enough() && anchor.own_passage() <= OWN_PASSAGE);
    is_copy.then_some(overlap)
}

/// The least share of one text that stands in the other if they are copies, by their letters.
pub(super) fn least_share(anchor: u32, text: u32) -> f32 {
    let shorter = 1.0 - (text as f32 / anchor as f32).min(1.0);
    LEAST_SHARE + MORE_IF_SHORT * shorter * shorter.sqrt()
}

/// Decides on proposals. Gives each text its place; None for an anchor and for a text that is alone.
pub(super) fn places<'t>(
    proposals: Vec<Proposal>,
    letters: &[u32],
    postings: &Postings,
    text: &(impl Fn(u32) -> std::borrow::Cow<'t, str> + Sync),
) -> Vec<Option<Place>> {
    let (components, weights) = (Components::new(proposals, letters.len()), postings.weights());
    let likely = |anchor: u32, text: u32| is_likely(anchor, text, postings, letters);
    let scratch = || (Anchor::default(), Letters::default());
    let found: Vec<_> = components
        .groups()
        .map_init(scratch, |(anchor, of_text), component| {
            let mut read = |rank: u32, letters: &mut Letters| letters.read(&text(rank));
            places_in(component, weights, &likely, &mut read, anchor, of_text)
        })
        .flatten_iter()
        .collect();
    let mut places = vec![None; letters.len()];
    for (text, place) in found {
        places[text as usize] = Some(place);
    }
    places
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
    weights: &Weights,
    likely: &impl Fn(u32, u32) -> bool,
    read: &mut impl FnMut(u32, &mut Letters),
    anchor: &mut Anchor,
    of_text: &mut Letters,
) -> FxHashMap<u32, Place> {
    let mut places: FxHashMap<u32, Place> = FxHashMap::default();
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
        if places.contains_key(&rank) {
            continue;
        }
        read(rank, of_text);
        anchor.set(of_text, weights);
        let mut waiting: Vec<u32> = proposed(rank).collect();
        let mut known: FxHashSet<u32> = waiting.iter().copied().collect();
        while let Some(text) = waiting.pop() {
            read(text, of_text);
            if let Some(overlap) = overlap_of_copy(anchor, of_text, weights) {
                if places.get(&text).is_none_or(|place| place.overlap.larger() < overlap.larger()) {
                    places.insert(text, Place { anchor: rank, overlap });
                }
                waiting.extend(
                    proposed(text).filter(|&next| known.insert(next) && likely(rank, next)),
                );
            }
        }
    }
    places
}
