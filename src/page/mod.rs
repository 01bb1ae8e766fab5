//! A record's text as blocks: paragraphs put together from lines, each with its place and its shape.

pub(crate) mod block;
pub(crate) mod code;
pub(crate) mod line;
pub(crate) mod shape;
pub(crate) mod wrap;

pub use crate::page::block::{Block, Page};
pub use crate::page::line::{Line, Marker};
pub use crate::page::shape::Shape;
pub(crate) use crate::text::chars::is_unspaced;
pub use crate::text::chars::line_end;
pub use crate::text::fold::{Folded, fold};
pub(crate) use crate::text::sentence::sentences;
