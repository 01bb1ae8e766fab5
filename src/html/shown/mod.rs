//! What a page shows: its text in lines, with the place in the source of each part, and what its elements say of the build of the text.

pub(crate) mod closing;
pub(crate) mod custom;
pub(crate) mod flow;
pub(crate) mod formula;
pub(crate) mod hidden;
pub(crate) mod open;
pub(crate) mod outline;
pub(crate) mod permalink;
pub(crate) mod picture;
pub(crate) mod reading;
pub(crate) mod render;
pub(crate) mod rendered;
pub(crate) mod roles;
pub(crate) mod selected;
pub(crate) mod verbatim;
pub(crate) mod within_line;
