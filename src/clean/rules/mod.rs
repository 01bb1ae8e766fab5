//! Rule packs: phrases that mark debris, as data.

pub(crate) mod branch;
pub(crate) mod generated;
pub(crate) mod matcher;
pub(crate) mod pack;
pub(crate) mod prefilter;

#[rustfmt::skip]

pub use crate::clean::rules::matcher::{Findings, Hit, Room, Rules};
pub use crate::clean::rules::pack::{Pack, Rule, Scope};
