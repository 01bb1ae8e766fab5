//! Lists that outgrow memory: they stand in it as long as there is room, and go to files without a name where there is none. What is read
//! back is the same either way, so whoever uses them need not know.

pub(crate) mod file;
#[cfg(feature = "run")]
pub(crate) mod merge;
pub(crate) mod parts;
pub(crate) mod room;
#[cfg(feature = "run")]
pub(crate) mod sorted;
#[cfg(feature = "run")]
pub(crate) mod sorter;
pub(crate) mod store;

pub(crate) use crate::spill::parts::{PARTS, Parts};
pub(crate) use crate::spill::room::Room;
#[cfg(feature = "run")]
pub(crate) use crate::spill::sorter::Sorter;
pub(crate) use crate::spill::store::Store;
