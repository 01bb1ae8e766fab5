//! The trees of blocks in which editors store a text: a list of objects, each of which says what it is (a paragraph, a heading, a list, a
//! quote) and holds its text, or further objects with theirs. A tree is one text, and is written out as HTML.

mod kind;
mod node;
mod tree;
mod written;

pub(super) use node::is_node;
pub(super) use tree::{holds_tree, path_to_tree, tree_in, tree_in_text};
pub(super) use written::written;
