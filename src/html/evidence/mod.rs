//! What the elements of a page say about each block of its text.

pub(crate) mod dom_features;
pub(crate) mod entries;
pub(crate) mod of_blocks;
pub(crate) mod opinions;
pub(crate) mod story;
pub(crate) mod within;
