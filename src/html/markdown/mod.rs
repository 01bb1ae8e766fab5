//! Markdown written out as the HTML that it stands for: what stands in front of it, what programs break in it, then the elements.

pub(crate) mod broken_address;
pub(crate) mod caption;
pub(crate) mod elements;
pub(crate) mod fences;
pub(crate) mod front_matter;
pub(crate) mod headings;
pub(crate) mod layout_rows;
pub(crate) mod mend;
pub(crate) mod open_links;
pub(crate) mod title_line;
pub(crate) mod written;
