//! Rule packs: phrases that mark debris, as data.

mod matcher;
mod pack;
mod prefilter;

pub use matcher::{Hit, Rules};
pub use pack::{BUILT_IN, Pack, Rule, Scope};
