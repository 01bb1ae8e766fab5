//! The trees of blocks in which editors store a text: a list of objects, each of which says what it is (a paragraph, a heading, a list, a
//! quote) and holds its text, or further objects with theirs. A tree is one text, and is written out as HTML; the cells of a notebook are one, and are
//! written out as Markdown.

mod delta;
mod kind;
mod node;
mod notebook;
mod tree;
mod written;
mod written_out;

pub(super) use node::is_node;
pub(super) use tree::{holds_tree, path_to_tree, tree_in, tree_in_text};
pub(super) use written_out::written_out;
