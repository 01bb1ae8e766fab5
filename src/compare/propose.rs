//! Which texts may be copies of which: those that share some of their rarest sampled shingles (as the spot signatures of
//! Theobald, Siddharth and Paepcke 2008 do with words), and enough of all that are sampled. A proposal decides nothing.

use rayon::prelude::*;

use crate::compare::fingerprint::level;
use crate::compare::postings::{RARE, ShingleIndex};
use crate::compare::thresholds::Thresholds;

/// A text was proposed as a copy of a longer one. Texts are named by their rank, the longest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Proposal {
    pub(super) anchor: u32,
    pub(super) text: u32,
}

/// How many shared shingles may propose candidates for a text: 12 rare ones, 18 in total. More common ones would lead it to the longest of
/// hundreds of copies rather than to others that were misread in the same way.
const SPENT_AT_MOST: [usize; 2] = [12, 18];
/// A shingle proposes the longest texts that hold it: so many where it is rare, and so many where it is not.
const LONGEST: [usize; 2] = [4, 2];

/// The proposals for texts of so many letters each, by rank.
pub(super) fn propose(
    postings: &ShingleIndex,
    letters: &[u32],
    thresholds: &Thresholds,
) -> Vec<Proposal> {
    (0..letters.len() as u32)
        .into_par_iter()
        .map_init(Vec::new, |anchors, text| {
            proposals_of(text, postings, letters, thresholds, anchors)
        })
        .flatten_iter()
        .collect()
}

fn proposals_of(
    text: u32,
    postings: &ShingleIndex,
    letters: &[u32],
    thresholds: &Thresholds,
    anchors: &mut Vec<u32>,
) -> Vec<Proposal> {
    anchors.clear();
    let mut spent = 0;
    for &shingle in postings.held(text) {
        let texts = postings.texts(shingle);
        let is_common = usize::from(texts.len() > RARE);
        let before = anchors.len();
        if spent < SPENT_AT_MOST[is_common] {
            anchors
                .extend(texts.iter().take(LONGEST[is_common]).take_while(|&&anchor| anchor < text));
            spent += usize::from(anchors.len() > before);
        }
    }
    anchors.sort_unstable();
    let enough = |anchor: u32, same: usize| {
        let shown = shown(anchor, text, letters).min(spent.min(SPENT_AT_MOST[0]));
        same as f32 >= thresholds.proposed * shown as f32
            && is_likely(anchor, text, postings, letters, thresholds)
    };
    anchors
        .chunk_by(|a, b| a == b)
        .filter(|same| enough(same[0], same.len()))
        .map(|same| Proposal { anchor: same[0], text })
        .collect()
}

/// Shingles of a text that a longer one would show in its sample if it held them all.
fn shown(anchor: u32, text: u32, letters: &[u32]) -> usize {
    let [of_anchor, of_text] = [anchor, text].map(|rank| letters[rank as usize] as usize);
    of_text >> level(of_anchor)
}

/// Whether two texts, the longer one first, share so much of their samples, counted and weighed, that they are worth a comparison.
pub(super) fn is_likely(
    anchor: u32,
    text: u32,
    postings: &ShingleIndex,
    letters: &[u32],
    thresholds: &Thresholds,
) -> bool {
    let [of_anchor, of_text] = [anchor, text].map(|rank| letters[rank as usize]);
    let least = thresholds.least_share(of_anchor, of_text);
    let shared = postings.shared(anchor, text);
    let shown_of = |rank: u32| shown(anchor, rank, letters) as f32;
    if (shared.shingles as f32) < thresholds.shown * least * shown_of(text) {
        return false;
    }
    let weight_of = |rank: u32| {
        shown_of(rank) * (1.0 - postings.discount(rank) / shown(rank, rank, letters) as f32)
    };
    let weighs_enough = |rank: u32| shared.weight >= thresholds.weighed * least * weight_of(rank);
    weighs_enough(text) || weighs_enough(anchor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::postings::PostingLists;

    #[test]
    fn texts_that_share_rare_shingles_are_proposed_to_the_longest_of_them() {
        let samples: [&[u32]; 3] = [&[1, 2], &[3], &[1, 2, 4]];
        let postings = ShingleIndex::new(PostingLists::new(&(0..).zip(samples), 8), 3);
        let propose = |letters: &[u32]| propose(&postings, letters, &Thresholds::default());
        assert_eq!(propose(&[8, 6, 4]), [Proposal { anchor: 0, text: 2 }]);
        assert_eq!(propose(&[100, 60, 50]), [], "of a sample of 25 shingles two are shared");
    }
}
