//! Records of labelled lines within a text: where each begins, what its labels name, and where its text stands. A set of labels that comes back
//! tells of them, not the name of a press database.

mod described;
mod label;
pub(crate) mod learn;
pub(crate) mod record;
mod set;
pub(crate) mod sheet;
mod single;
mod starts;

pub(crate) use crate::page::labelled::label::Field;
pub(crate) use crate::page::labelled::learn::records;
pub(crate) use crate::page::labelled::record::{FieldPlace, Labelled, Record};
