//! The source of a page as tokens: tags with what their names and attributes mean, character references.

pub(crate) mod address;
pub(crate) mod attributes;
pub(crate) mod entity;
pub(crate) mod hints;
pub(crate) mod raw_text;
pub(crate) mod scan;
pub(crate) mod selector;
pub(crate) mod space;
pub(crate) mod tag;
