//! The authors of an article of plain text: by a learned score of the names around it, of which those that rules find are some.

pub(crate) mod candidate;
pub(crate) mod columns;
pub(crate) mod features;
pub(crate) mod scorer;

pub(crate) use crate::clean::author::scorer::AuthorScorer;
