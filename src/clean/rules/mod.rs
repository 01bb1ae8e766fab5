//! Rule packs: phrases that mark debris, as data.

mod branch;
mod matcher;
pub(crate) mod pack;
mod prefilter;

pub(crate) use matcher::{Findings, Hit};
pub use matcher::{Room, Rules};
pub use pack::{BUILT_IN, Pack, Rule, Scope};
