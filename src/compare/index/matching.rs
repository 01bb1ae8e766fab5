//! An article next to one of the index: whether the two are copies, and which of them holds enough of the other.

use crate::article::Relation;
use crate::compare::articles::{Facts, is_same_story};
use crate::compare::index::aligned::{Aligned, Probe};
use crate::compare::index::digest::Digest;
use crate::compare::overlap::Overlap;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::{Weighed, Weights};

/// How much more, or less, may be lost than a digest tells of: what is taken for a copy and is none loses its text, and a paragraph that is only named
/// does not.
const UNSURE: f32 = 1.2;
/// Shingles of a paragraph that an article must have: fewer are chance.
const LEAST_SEEN: usize = 4;
/// How much more of a paragraph may be its own, as far as one shingle tells; of several their root parts it, as it does the error of a share.
const DOUBT: f32 = 0.5;
/// So many shingles that a digest tells of are as little chance as one that was found by its name.
const WORTH_A_NAME: usize = 2;

/// An article of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// How the two relate.
    pub relation: Relation,
    /// How similar they are, 0 to 1, as far as what is kept of the known one tells.
    pub similarity: f32,
    pub(crate) number: u64,
}

/// What an article is next to those in the index.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexMatch {
    /// No copy of any; it is in the index now.
    New,
    /// A copy of one that is as complete.
    CopyOf(Known),
    /// A more complete copy of one, whose place it has taken.
    Supersedes(Known),
}

impl IndexMatch {
    /// The article of the index that it is about.
    #[must_use]
    pub fn known(&self) -> Option<&Known> {
        match self {
            IndexMatch::New => None,
            IndexMatch::CopyOf(known) | IndexMatch::Supersedes(known) => Some(known),
        }
    }
}

/// What an article is next to one of the index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    pub(super) known: Known,
    /// How much of the longer of the two the article has, 0 to 1; 0 where the known one would lose too much of it.
    pub(super) completeness: f32,
    /// The share of the two that decides between several.
    pub(super) share: f32,
}

impl Match {
    /// That of an article with the same letters; None where it is another story.
    pub(super) fn exact(number: u64, digest: Digest) -> Self {
        let known = Known { id: digest.id, relation: Relation::Exact, similarity: 1.0, number };
        Self { known, completeness: 1.0, share: 1.0 }
    }

    /// Compares an article with one that is proposed; None where the two are no copies.
    pub(super) fn of(
        number: u64,
        digest: Digest,
        probe: &Probe,
        facts: &Facts,
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> Option<Self> {
        if !is_same_story(
            &Facts::of(digest.title.as_deref(), digest.bytes as usize),
            facts,
            thresholds,
        ) {
            return None;
        }
        let aligned = probe.align(&digest)?;
        let letters = probe.letters.bytes();
        let Aligned { own, of_other, .. } = &aligned;
        let own_letters: usize = own.iter().map(ExactSizeIterator::len).sum();
        let [length, other] = [letters.len() as u32, digest.letters];
        let own_share = own_letters as f32 / length.max(1) as f32;
        let has = 1.0 - own_share;
        let other_has = 1.0 - (of_other / other.max(1) as f32).min(1.0);
        let weighed = Weighed::of(own, letters, weights, thresholds);
        // What all copies of a run have beyond the known article is common among them, and would be lost with them.
        let loss = if own_share > thresholds.own_by_index { 1.0 } else { weighed.lost() };
        let shared = (letters.len() - own_letters) as f32;
        // What both share weighs the same in both.
        let of_other_shared = other_has * other as f32 * weighed.shared / shared.max(1.0);
        let other_loss = of_other / (of_other + of_other_shared).max(1.0);
        let (overlap, least) = if length > other {
            (Overlap { of_text: other_has, of_anchor: has }, thresholds.least_share(length, other))
        } else {
            (Overlap { of_text: has, of_anchor: other_has }, thresholds.least_share(other, length))
        };
        let folded = if length > other { other_loss } else { loss };
        if shared < thresholds.least_shared
            || overlap.larger() < least
            || folded * UNSURE > thresholds.loss
        {
            return None;
        }
        let (relation, similarity) = overlap.relation(thresholds);
        let completeness = match relation {
            _ if other >= length => 1.0,
            Relation::Contained => overlap.of_anchor,
            _ => (other as f32 / length.max(1) as f32).max(overlap.of_anchor),
        };
        let completeness = if loss * UNSURE <= thresholds.loss { completeness } else { 0.0 };
        let known = Known { id: digest.id, relation, similarity, number };
        Some(Self { known, completeness, share: overlap.larger() })
    }
}

/// The share of a paragraph that stands in an article, 0 to 1, at least; None where it is less than that of a paragraph that is named, at most, or so
/// few of its shingles were sampled that these say nothing. So many of its shingles are `shared` with the article by their names in the index.
pub(super) fn share_of_paragraph(
    digest: &Digest,
    shared: u32,
    probe: &Probe,
    weights: &Weights,
    thresholds: &Thresholds,
) -> Option<f32> {
    let known = |aligned: &Aligned| aligned.seen + WORTH_A_NAME * shared as usize;
    let aligned = probe.align(digest).filter(|aligned| known(aligned) >= LEAST_SEEN)?;
    let lost = Weighed::of(&aligned.own, probe.letters.bytes(), weights, thresholds).lost();
    let doubt = DOUBT / (aligned.sampled as f32).sqrt();
    (lost + doubt <= thresholds.paragraph_loss * UNSURE).then(|| 1.0 - (lost * UNSURE).min(1.0))
}
