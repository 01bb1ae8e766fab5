//! A record's text as blocks: paragraphs put together from lines, each with its place and its shape.

mod block;
mod fold;
mod line;
mod sentence;
mod wrap;

pub(crate) use block::is_unspaced;
pub use block::{Block, Page, Shape};
pub use fold::{Folded, fold};
pub use line::{Line, Marker, line_end};
pub(crate) use sentence::sentences;
