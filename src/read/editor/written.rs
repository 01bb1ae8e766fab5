//! The tree of an editor, written out as HTML.

use serde_json::Value;

use crate::read::editor::kind::Kind;
use crate::read::editor::node::{Node, Text};

/// A tree as HTML.
pub(super) fn written(tree: &[Value]) -> String {
    let mut html = String::new();
    siblings(tree, &mut html);
    html
}

/// Writes what stands side by side; items without a list around them are put into one.
fn siblings(values: &[Value], html: &mut String) {
    let mut list = None;
    for value in values {
        let ordered = match kind_of(value) {
            Some(Kind::Item(ordered)) => Some(ordered.unwrap_or(false)),
            _ => None,
        };
        if list != ordered {
            html.push_str(list.map_or("", list_end));
            html.push_str(ordered.map_or("", list_start));
            list = ordered;
        }
        write(value, html);
    }
    html.push_str(list.map_or("", list_end));
}

fn kind_of(value: &Value) -> Option<Kind> {
    value.as_object().map(|object| Node::new(object).kind())
}

fn list_start(is_ordered: bool) -> &'static str {
    if is_ordered { "<ol>" } else { "<ul>" }
}

fn list_end(is_ordered: bool) -> &'static str {
    if is_ordered { "</ol>\n" } else { "</ul>\n" }
}

/// Writes an object, or a string between objects.
fn write(value: &Value, html: &mut String) {
    match value {
        Value::Object(object) => node(Node::new(object), html),
        Value::String(text) => plain(text, html),
        Value::Array(values) => siblings(values, html),
        _ => {}
    }
}

fn node(node: Node, html: &mut String) {
    if let Some(parts) = node.gapped() {
        return gapped(node, parts, html);
    }
    let (start, end) = match node.kind() {
        Kind::Paragraph => ("<p>", "</p>\n"),
        Kind::Heading(level) => return heading(node, level.unwrap_or(2), html),
        Kind::List(ordered) => return list(node, ordered.unwrap_or(false), html),
        Kind::Item(_) => ("<li>", "</li>\n"),
        Kind::Quote => ("<blockquote>", "</blockquote>\n"),
        Kind::Code => return code(node, html),
        Kind::Table => return table(node, html),
        Kind::Row => return row(node, html),
        Kind::Cell => ("<td>", "</td>"),
        Kind::HeadCell => ("<th>", "</th>"),
        Kind::Picture => return picture(node, html),
        Kind::Rule => return html.push_str("<hr>\n"),
        Kind::Break => return html.push_str("<br>"),
        Kind::Line => ("", "<br>"),
        Kind::Link | Kind::Piece => return piece(node, html),
        Kind::Group => ("<div>", "</div>\n"),
    };
    html.push_str(start);
    content(node, html);
    html.push_str(end);
}

/// Writes the text of an object and what stands within it.
fn content(node: Node, html: &mut String) {
    let before = html.len();
    let mut children = node.children();
    if let Some(first) = children.next() {
        if first.iter().any(is_unknown) && holds_pieces(node.kind()) {
            first.iter().for_each(|value| piece_of_text(value, html));
        } else {
            siblings(first, html);
        }
    }
    if html.len() == before
        && let Some(said) = node.text()
    {
        text(said, html);
    }
    children.for_each(|more| siblings(more, html));
}

fn is_unknown(value: &Value) -> bool {
    kind_of(value) == Some(Kind::Group)
}

/// Whether what stands within is parts of one line of text.
fn holds_pieces(kind: Kind) -> bool {
    matches!(kind, Kind::Paragraph | Kind::Heading(_) | Kind::Line | Kind::Link | Kind::Piece)
}

/// Writes a part of a line, of whatever type it is.
fn piece_of_text(value: &Value, html: &mut String) {
    match value.as_object().filter(|_| is_unknown(value)) {
        Some(object) => content(Node::new(object), html),
        None => write(value, html),
    }
}

fn text(said: Text, html: &mut String) {
    match said {
        Text::Plain(said) => plain(said, html),
        Text::Markup(markup) => html.push_str(markup),
    }
}

/// Writes text as a page shows it: its lines stay lines.
fn plain(text: &str, html: &mut String) {
    let text = html_escape::encode_text(text);
    html.push_str(&text.trim_end_matches('\n').replace('\n', "<br>"));
}

fn piece(node: Node, html: &mut String) {
    let Some(address) = node.address() else { return content(node, html) };
    html.push_str("<a href=\"");
    html.push_str(&html_escape::encode_double_quoted_attribute(address));
    html.push_str("\">");
    content(node, html);
    html.push_str("</a>");
}

fn heading(node: Node, level: u8, html: &mut String) {
    let before = html.len();
    html.push_str(&format!("<h{level}>"));
    let start = html.len();
    content(node, html);
    if html.len() == start {
        return html.truncate(before);
    }
    html.push_str(&format!("</h{level}>\n"));
}

/// Writes a list, whose items may be strings, or objects with a text and a list of their own.
fn list(node: Node, is_ordered: bool, html: &mut String) {
    html.push_str(list_start(is_ordered));
    for value in node.children().flatten() {
        match value {
            Value::String(markup) => {
                html.push_str("<li>");
                html.push_str(markup);
                html.push_str("</li>\n");
            }
            Value::Object(object) => item(Node::new(object), is_ordered, html),
            _ => {}
        }
    }
    html.push_str(list_end(is_ordered));
}

fn item(item: Node, is_ordered: bool, html: &mut String) {
    if item.known().is_some() {
        return node(item, html);
    }
    html.push_str("<li>");
    match item.text() {
        Some(Text::Plain(markup) | Text::Markup(markup)) => html.push_str(markup),
        None => {}
    }
    if item.children().any(|items| !items.is_empty()) {
        list(item, is_ordered, html);
    }
    html.push_str("</li>\n");
}

fn code(node: Node, html: &mut String) {
    let mut lines = String::new();
    lines_of(node, &mut lines);
    let class = node.string("language").map(|language| {
        format!(" class=\"language-{}\"", html_escape::encode_double_quoted_attribute(language))
    });
    html.push_str(&format!("<pre><code{}>", class.unwrap_or_default()));
    html.push_str(&html_escape::encode_text(lines.trim_end_matches('\n')));
    html.push_str("</code></pre>\n");
}

/// The text of code, with the ends of its lines.
fn lines_of(node: Node, lines: &mut String) {
    let children = node.children().find(|children| !children.is_empty());
    for child in children.into_iter().flatten() {
        match child {
            Value::Object(object) => lines_of(Node::new(object), lines),
            Value::String(text) => lines.push_str(text),
            _ => {}
        }
    }
    if let (None, Some(Text::Plain(text) | Text::Markup(text))) = (children, node.text()) {
        lines.push_str(text);
    }
    if matches!(node.kind(), Kind::Line | Kind::Break | Kind::Paragraph) && !lines.ends_with('\n') {
        lines.push('\n');
    }
}

/// Writes a table, whose rows may be objects or lists of cells.
fn table(node: Node, html: &mut String) {
    html.push_str("<table>");
    let has_head = node.field("withHeadings").or_else(|| node.field("has_column_header"));
    let has_head = has_head.and_then(Value::as_bool) == Some(true);
    for (number, row) in node.children().flatten().enumerate() {
        match row {
            Value::Array(row) => cells(row, has_head && number == 0, html),
            other => write(other, html),
        }
    }
    html.push_str("</table>\n");
}

fn row(node: Node, html: &mut String) {
    let cells_of = node.children().find(|cells| !cells.is_empty()).unwrap_or_default();
    if cells_of.iter().all(Value::is_object) {
        html.push_str("<tr>");
        siblings(cells_of, html);
        html.push_str("</tr>\n");
    } else {
        cells(cells_of, false, html);
    }
}

fn cells(row: &[Value], is_head: bool, html: &mut String) {
    let (start, end) = if is_head { ("<th>", "</th>") } else { ("<td>", "</td>") };
    html.push_str("<tr>");
    for cell in row {
        html.push_str(start);
        match cell {
            Value::String(markup) => html.push_str(markup),
            other => write(other, html),
        }
        html.push_str(end);
    }
    html.push_str("</tr>\n");
}

/// Writes the caption of a picture.
fn picture(node: Node, html: &mut String) {
    html.push_str("<figure>");
    match node.field("caption") {
        Some(Value::String(caption)) => {
            html.push_str("<figcaption>");
            html.push_str(caption);
            html.push_str("</figcaption>");
        }
        Some(Value::Array(pieces)) => {
            html.push_str("<figcaption>");
            siblings(pieces, html);
            html.push_str("</figcaption>");
        }
        _ => node.children().for_each(|children| siblings(children, html)),
    }
    html.push_str("</figure>\n");
}

/// Writes markup, and the objects that stand in its gaps.
fn gapped(node: Node, parts: &[Value], html: &mut String) {
    let within = node.field("innerBlocks").and_then(Value::as_array);
    let mut within = within.into_iter().flatten();
    for part in parts {
        match part {
            Value::String(markup) => html.push_str(markup),
            _ => within.by_ref().take(1).for_each(|block| write(block, html)),
        }
    }
}
