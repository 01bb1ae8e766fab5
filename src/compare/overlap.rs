//! How much of two texts is the same, and what that makes of copies.

use crate::article::Relation;
use crate::compare::thresholds::Thresholds;

/// How much of an anchor and of another text is the same, by their letters; a misread letter is the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Overlap {
    /// The share of the other text that stands in the anchor, 0 to 1.
    pub of_text: f32,
    /// The share of the anchor that stands in the other text, 0 to 1.
    pub of_anchor: f32,
}

impl Overlap {
    /// The share of the text of which more is shared.
    pub(super) fn larger(&self) -> f32 {
        self.of_text.max(self.of_anchor)
    }

    /// What it makes of two texts that are copies, and how similar they are.
    pub(super) fn relation(&self, thresholds: &Thresholds) -> (Relation, f32) {
        let (larger, smaller) = (self.larger(), self.of_text.min(self.of_anchor));
        if smaller >= thresholds.near * larger {
            (Relation::Near, 2.0 * larger * smaller / (larger + smaller))
        } else {
            (Relation::Contained, larger)
        }
    }
}
