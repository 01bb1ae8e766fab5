//! The cells of a notebook: text in Markdown, and code.

use serde_json::Value;

/// What a cell holds: a string, or lines with their ends.
fn source_of(cell: &Value) -> Option<String> {
    match cell.get("source").or_else(|| cell.get("input"))? {
        Value::String(text) => Some(text.clone()),
        Value::Array(lines) => lines.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

fn kind_of(cell: &Value) -> Option<&str> {
    cell.get("cell_type")?.as_str()
}

/// Whether objects are the cells of a notebook.
pub(super) fn are_cells(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|cell| kind_of(cell).is_some() && source_of(cell).is_some())
}

/// The cells as Markdown. What came of running the code is none of the text.
pub(super) fn markdown_of(cells: &[Value]) -> String {
    let mut markdown = String::new();
    for cell in cells {
        let source = source_of(cell).unwrap_or_default();
        let source = source.trim_end();
        if source.is_empty() {
            continue;
        }
        if kind_of(cell) == Some("code") {
            let longest = source.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            markdown.push_str(&format!("{fence}\n{source}\n{fence}\n\n"));
        } else {
            markdown.push_str(source);
            markdown.push_str("\n\n");
        }
    }
    markdown
}
