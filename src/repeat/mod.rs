//! TODO

pub(crate) mod paragraphs;
