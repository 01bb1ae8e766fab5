//! TODO

use crate::compare::overlap::{Anchor, Overlap};
use crate::compare::weight::Weights;
use crate::text::letters::Letters;

/// The least share of one text that stands in the other if they are copies, by their letters.
pub(crate) fn least_share(anchor: u32, text: u32) -> f32 {
    let shorter = 1.0 - (text as f32 / anchor as f32).min(1.0);
    LEAST_SHARE + MORE_IF_SHORT * shorter * shorter.sqrt()
}

/// The least share of one text that stands in the other, where both are of one length: what one misread letter in eleven leaves.
pub(crate) const LEAST_SHARE: f32 = 0.45;

/// How much more of a text must stand in one that is far longer.
pub(crate) const MORE_IF_SHORT: f32 = 0.35;

/// Texts of which so much of either stands in the other are copies even if what they share is common: so are the hundreds of copies of a
/// report that was taken over everywhere.
pub(crate) const ALL_BUT_THE_SAME: f32 = 0.8;

/// What an anchor and a text share, if the text is a copy of it.
pub(crate) fn overlap_of_copy(
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

/// So many shared shingles are more than texts have in common by chance, and less of a text is enough.
pub(crate) const MANY_SHINGLES: u32 = 1000;

/// By how much less.
pub(crate) const LESS_OF_MANY: f32 = 0.1;

/// Shingles of those compared that two texts must share; fewer are a phrase or chance, not a text.
pub(crate) const LEAST_SHINGLES: u32 = 20;

/// The part of a text that a passage may be which it has alone; of one of two copies no passage is a larger part.
pub(crate) const OWN_PASSAGE: f32 = 0.2;
