//! A record's text as blocks: paragraphs put together from lines, each with its place and its shape.

mod block;
mod fold;
mod line;
mod wrap;

pub use block::{Block, Page, Shape};
pub(crate) use block::{is_stop, is_unspaced};
pub use fold::{Folded, fold};
pub use line::{Line, Marker};
