//! Rule packs: phrases that mark debris, as data.

mod loosen;
mod matcher;
mod pack;

pub use matcher::{Hit, Rules};
pub use pack::{BUILT_IN, Pack, Rule, Scope};
