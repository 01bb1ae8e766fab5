//! One record cleaned: [`stages`] knows the order, [`cleaner`] is what users hold.

pub(crate) mod amid;
pub(crate) mod assemble;
pub(crate) mod author;
pub(crate) mod beside;
pub(crate) mod build;
pub(crate) mod chosen;
pub(crate) mod cleaned;
pub(crate) mod cleaner;
pub(crate) mod columns;
pub(crate) mod explain;
pub(crate) mod finder;
pub(crate) mod form;
pub(crate) mod headlines;
pub(crate) mod inherit;
pub(crate) mod item;
pub(crate) mod judge;
pub(crate) mod judged;
pub(crate) mod labelled;
pub(crate) mod language;
pub(crate) mod mail;
pub(crate) mod mark;
pub(crate) mod meta;
pub(crate) mod model;
pub(crate) mod publisher;
pub(crate) mod record;
pub(crate) mod region;
pub(crate) mod reprint;
pub(crate) mod rules;
pub(crate) mod second_look;
pub(crate) mod segment;
#[cfg(feature = "run")]
pub(crate) mod sentences;
pub(crate) mod site;
pub(crate) mod source;
pub(crate) mod split;
pub(crate) mod stages;
pub(crate) mod stated;
pub(crate) mod subtitles;
#[cfg(test)]
mod tables;
pub(crate) mod thread;
pub(crate) mod thresholds;
pub(crate) mod title;
pub(crate) mod wanted;

pub use crate::clean::cleaner::{Cleaner, ModelChoice, Options};
