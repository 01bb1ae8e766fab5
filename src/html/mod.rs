//! HTML: a page's source to the text it shows, with the place in the source of every part of it.
//!
//! The record's view is the source. One scan over its tags ([`Rendered::of`]) gives the text that the stages after it read like any dump, what
//! the page says of itself, and what its elements say about each line. What the stages decide is then carried back to the source.
//!
//! Styles and scripts are not run: what a style sheet hides is taken for shown, and what a script would fetch is not there.

mod credits;
mod entity;
mod evidence;
mod hints;
mod jsonld;
mod metadata;
mod names;
mod printed;
mod render;
mod rendered;
mod scan;
mod site;
mod source;
mod tag;

pub(crate) use evidence::COLUMNS as EVIDENCE;
pub use evidence::Evidence;
pub use hints::Hints;
pub use metadata::PageMeta;
pub use rendered::Rendered;
pub(crate) use site::Site;
pub(crate) use source::{sentences_to_source, to_source};
