//! A run that goes on where an earlier call was ended: what the first pass leaves of whole dumps is kept in a folder of the output until all is written.

pub(crate) mod kept;
pub(crate) mod plan;
