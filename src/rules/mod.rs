//! Rule packs: phrases that mark debris, as data.

mod branch;
mod matcher;
mod pack;
mod prefilter;

pub use matcher::{Findings, Hit, Room, Rules};
pub use pack::{BUILT_IN, Pack, Rule, Scope};
