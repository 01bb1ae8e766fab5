//! Which anchor a text belongs to.

use crate::compare::loss::Comparison;

/// A text's place with an anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<K> {
    /// The anchor, in the order of texts.
    pub anchor: K,
    /// How the text compares with it.
    pub found: Comparison,
}

impl<K: Ord> Place<K> {
    /// Whether a text belongs here rather than there: where more is shared, or else to the anchor that comes first.
    pub fn is_better(&self, than: &Place<K>) -> bool {
        let [here, there] = [self, than].map(|place| place.found.overlap.larger());
        here > there || here == there && self.anchor < than.anchor
    }
}
