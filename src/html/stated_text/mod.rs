//! The text that a page states in its scripts and does not print.

pub(crate) mod data_lists;
pub(crate) mod found;
pub(crate) mod runs;
pub(crate) mod script_text;
pub(crate) mod strings;
pub(crate) mod unprinted;
