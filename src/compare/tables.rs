//! What the search for copies asks of the whole set, by key. A step looks at nothing else, so it can be done wherever the rows are that it needs.

use std::borrow::Cow;

use crate::compare::rarity::HeldShingle;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::weight_of;

/// Tables of a set of different texts: the rows of those that a step is about are enough.
///
/// A sampled shingle or phrase that one text alone holds stands in none of them.
pub trait Tables {
    /// A text. Texts sort by their letters, the longest first, then by their hash, then by where they stand: dump, record, article.
    type Text: Copy + Ord;

    /// How many letters a text has.
    fn letters(&self, text: Self::Text) -> u32;

    /// The shingles and phrases that a text holds and others too, ascending.
    fn held(&self, text: Self::Text) -> Cow<'_, [HeldShingle]>;

    /// By how much less the shingles of a text weigh, for being common, than their number. It is summed in their order.
    fn discount(&self, text: Self::Text, thresholds: &Thresholds) -> f32 {
        self.held(text)
            .iter()
            .filter(|shingle| !shingle.is_phrase())
            .map(|shingle| 1.0 - weight_of(shingle.texts, thresholds.few_texts))
            .sum()
    }
}

/// Tables that tell, too, who holds a shingle: what a text is proposed to is found by these.
pub trait Longest: Tables {
    /// The texts that hold the shingle with this number among those that a text [holds](Tables::held), ascending: the first four, or as many of
    /// these as stand before the text.
    fn longest(&self, text: Self::Text, shingle: usize) -> Cow<'_, [Self::Text]>;
}
