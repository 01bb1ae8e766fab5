//! What the second pass changes in the lines of the first: repeated text is cut from an article and its ledger, copies are named.

mod change;
mod cut;
mod entry;
mod ledger;

pub use crate::run::rewrite::change::Change;
pub use crate::run::rewrite::cut::Repeats;
pub(crate) use crate::run::rewrite::cut::{Cut, cut_article};
pub use crate::run::rewrite::ledger::changed_line;
pub(crate) use crate::run::rewrite::ledger::{Recount, StashedLedger};
