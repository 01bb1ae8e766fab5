//! A record's text as blocks: paragraphs put together from lines, each with its place and its shape.

mod address_list;
mod asked;
pub(crate) mod block;
pub(crate) mod code;
pub(crate) mod heading_mark;
pub(crate) mod labelled;
pub(crate) mod line;
pub(crate) mod role;
pub(crate) mod shape;
pub(crate) mod stems;
pub(crate) mod text_browser;
pub(crate) mod thresholds;
pub(crate) mod wrap;

pub(crate) use crate::page::block::Block;
pub use crate::page::block::Page;
pub(crate) use crate::page::code::behind_fence;
pub(crate) use crate::page::heading_mark::{MarkedHeading, underline};
pub(crate) use crate::page::labelled::{Field, FieldPlace, Record};
pub(crate) use crate::page::line::{Marker, is_quoted};
pub(crate) use crate::page::role::{CellPlace, Role, RoleKind};
pub(crate) use crate::page::stems::PageStems;
pub(crate) use crate::page::thresholds::PageThresholds;
