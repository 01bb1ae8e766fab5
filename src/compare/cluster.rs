//! Clusters around anchors. The longest text of a kind is an anchor; what matches the anchor itself belongs to it. So there are no
//! chains, along which texts that share nothing would come together.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::compare::overlap::{Anchor, Overlap, overlap_of_copy};
use crate::compare::postings::Postings;
use crate::compare::propose::{Proposal, is_likely};
use crate::compare::threshold::Thresholds;
use crate::compare::weight::Weights;
use crate::text::letters::Letters;

/// A text's place with its anchor. All texts are named by rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) anchor: u32,
    pub(super) overlap: Overlap,
}

/// Decides on proposals. Gives each text its place; None for an anchor and for a text that is alone.
pub(super) fn places<'t>(
    proposals: Vec<Proposal>,
    letters: &[u32],
    postings: &Postings,
    thresholds: &Thresholds,
    text: &(impl Fn(u32) -> std::borrow::Cow<'t, str> + Sync),
) -> Vec<Option<Place>> {
    let (components, weights) = (Components::new(proposals, letters.len()), postings.weights());
    let likely = |anchor: u32, text: u32| is_likely(anchor, text, postings, letters, thresholds);
    let scratch = || (Anchor::new(*thresholds), Letters::default());
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
