//! From kept blocks to the text of an article: its paragraphs, and what each of them is.

pub(crate) mod builder;
pub(crate) mod elements;
pub(crate) mod forms;
pub(crate) mod inline;
mod line_tables;
pub(crate) mod pictures;
pub(crate) mod structure;

pub(crate) use crate::clean::build::builder::{Built, Kept, build, trimmed};
pub(crate) use crate::clean::build::elements::{Elements, resolve_links};
pub(crate) use crate::clean::build::forms::Forms;
pub(crate) use crate::clean::build::pictures::pictures_of;
pub(crate) use crate::clean::build::structure::Structure;
