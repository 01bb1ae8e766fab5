//! The text that a list of an editor's objects is, and what it is written in.

use serde_json::Value;

use crate::read::editor::delta::{are_pieces, html_of};
use crate::read::editor::notebook::{are_cells, markdown_of};
use crate::read::editor::tree::tree_in;
use crate::read::editor::written::written;
use crate::read::format::Format;

/// The tree or the cells that a value is, or that an object holds, written out.
pub(in crate::read) fn written_out(value: &Value) -> Option<(String, Format)> {
    let list = tree_in(value)?;
    Some(match () {
        () if are_cells(list) => (markdown_of(list), Format::Markdown),
        () if are_pieces(list) => (html_of(list), Format::Html),
        () => (written(list), Format::Html),
    })
}
