//! Rule packs: phrases that mark debris, as data.

mod branch;
mod built_in;
mod compiled;
#[rustfmt::skip]
mod generated;
mod keys;
mod matcher;
mod pack;
mod prefilter;
mod site;

pub use built_in::built_in_packs;
pub(crate) use matcher::{Findings, Hit};
pub use matcher::{Rules, Scratch};
pub use pack::{Pack, Rule, Scope};
pub use site::SiteRule;
pub(crate) use site::{Choice, Site};
