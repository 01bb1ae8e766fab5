//! The publisher of a page of plain text: by a learned score of the names that its lines print around the text, of which that which rules find is one.

pub(crate) mod candidate;
pub(crate) mod copyright;
pub(crate) mod features;
pub(crate) mod rule;
pub(crate) mod scorer;
pub(crate) mod words;

pub(crate) use crate::clean::publisher::candidate::in_one_line;
pub(crate) use crate::clean::publisher::features::Around;
pub(crate) use crate::clean::publisher::rule::publisher_of;
pub(crate) use crate::clean::publisher::scorer::SourceScorer;
