//! The authors of an article whose byline no rule knows: by a learned score of the names around its text.

pub(crate) mod candidate;
pub(crate) mod features;
pub(crate) mod scorer;

pub(crate) use crate::clean::author::scorer::AuthorScorer;
