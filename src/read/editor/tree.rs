//! Where in a value the tree of an editor stands.

use serde_json::{Map, Value};

use crate::read::editor::delta::are_pieces;
use crate::read::editor::node::Node;
use crate::read::editor::notebook::are_cells;

/// Objects within each other in which a tree is looked for.
const DEEPEST: usize = 5;
/// Fields of one object of a tree that only objects with a text of their own have.
const OF_RECORDS: [&str; 6] =
    ["headline", "permalink", "canonical_url", "published_at", "pubDate", "author"];

/// Whether a value is a tree, or an object that holds one; the cells of a notebook are one too.
pub(in crate::read) fn holds_tree(value: &Value) -> bool {
    tree_in(value).is_some()
}

/// The tree that a value is, or that an object holds.
pub(in crate::read) fn tree_in(value: &Value) -> Option<&[Value]> {
    if let Value::Object(object) = value {
        let path = path_to_tree(object)?;
        return tree_in(path.iter().try_fold(value, |value, field| value.get(field))?);
    }
    value.as_array().map(Vec::as_slice).filter(|list| is_tree(list))
}

/// The fields that lead to the tree in an object, from the outermost.
pub(in crate::read) fn path_to_tree(object: &Map<String, Value>) -> Option<Vec<&str>> {
    search(object, DEEPEST)
}

fn search(object: &Map<String, Value>, depth: usize) -> Option<Vec<&str>> {
    let here = object.iter().find(|(_, value)| value.as_array().is_some_and(|list| is_tree(list)));
    if let Some((field, _)) = here {
        return Some(vec![field]);
    }
    object.iter().find_map(|(field, value)| {
        let mut path = search(value.as_object().filter(|_| depth > 1)?, depth - 1)?;
        path.insert(0, field);
        Some(path)
    })
}

/// The tree that is written as a text.
pub(in crate::read) fn tree_in_text(text: &str) -> Option<Value> {
    let text = text.trim();
    let is_json = matches!(text.as_bytes(), [b'{', .., b'}'] | [b'[', .., b']']);
    let value = is_json.then(|| serde_json::from_str(text).ok())??;
    holds_tree(&value).then_some(value)
}

/// Whether objects say that they are the parts of one text: one of them is a part that holds text, and half of them or more are of kinds that
/// are known. What has an address and a day of its own is a text by itself.
fn is_tree(list: &[Value]) -> bool {
    if are_cells(list) || !list.is_empty() && are_pieces(list) {
        return true;
    }
    let nodes: Vec<Node> = list.iter().filter_map(Value::as_object).map(Node::new).collect();
    let is_record = |value: &Value| OF_RECORDS.iter().any(|field| value.get(field).is_some());
    let known = nodes.iter().filter(|node| node.known().is_some()).count();
    nodes.len() == list.len()
        && known * 2 >= nodes.len()
        && nodes.iter().any(|node| node.known().is_some_and(|kind| kind.tells_text()))
        && !list.iter().any(is_record)
}
