//! What a page states of its article, and where: in scripts of linked data, in `meta` elements, in elements that name the author or the day, in the lines by its heading.

pub(crate) mod collector;
pub(crate) mod credits;
pub(crate) mod headings;
pub(crate) mod jsonld;
pub(crate) mod meta_names;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod of_entries;
pub(crate) mod printed;
pub(crate) mod statements;
