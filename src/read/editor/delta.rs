//! A text as the changes that made it: pieces that were inserted, where the attributes of an end of line say what the line is.

use serde_json::Value;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Paragraph,
    Heading(u64),
    Quote,
    Code,
    Item { is_ordered: bool },
}

/// Whether objects are such pieces.
pub(super) fn are_pieces(list: &[Value]) -> bool {
    let inserted = |piece: &Value| piece.get("insert").is_some();
    list.iter().all(inserted) && list.iter().any(|piece| piece["insert"].is_string())
}

/// The text as HTML.
pub(super) fn html_of(pieces: &[Value]) -> String {
    let mut html = String::new();
    let (mut line, mut last) = (String::new(), Form::Paragraph);
    for piece in pieces {
        let Some(text) = piece["insert"].as_str() else { continue };
        let form = form_of(&piece["attributes"]);
        for part in text.split_inclusive('\n') {
            line.push_str(part.trim_end_matches('\n'));
            if part.ends_with('\n') {
                last = write(&std::mem::take(&mut line), last, form, &mut html);
            }
        }
    }
    if !line.is_empty() {
        last = write(&line, last, Form::Paragraph, &mut html);
    }
    html.push_str(around(last).1);
    html
}

fn form_of(attributes: &Value) -> Form {
    let is = |name: &str| attributes.get(name).is_some_and(|value| *value != Value::Bool(false));
    match () {
        () if is("code-block") => Form::Code,
        () if is("blockquote") => Form::Quote,
        () if is("list") => Form::Item { is_ordered: attributes["list"] == "ordered" },
        () => attributes["header"].as_u64().map_or(Form::Paragraph, Form::Heading),
    }
}

/// The tags around all lines of a form.
fn around(form: Form) -> (&'static str, &'static str) {
    match form {
        Form::Code => ("<pre><code>", "</code></pre>\n"),
        Form::Quote => ("<blockquote>", "</blockquote>\n"),
        Form::Item { is_ordered: true } => ("<ol>", "</ol>\n"),
        Form::Item { is_ordered: false } => ("<ul>", "</ul>\n"),
        Form::Paragraph | Form::Heading(_) => ("", ""),
    }
}

/// Writes a line of a form below one of another.
fn write(line: &str, last: Form, form: Form, html: &mut String) -> Form {
    if last != form {
        html.push_str(around(last).1);
        html.push_str(around(form).0);
    }
    let text = html_escape::encode_text(line);
    match form {
        Form::Code => html.push_str(&format!("{text}\n")),
        Form::Item { .. } => html.push_str(&format!("<li>{text}</li>\n")),
        Form::Heading(level) => {
            let level = level.clamp(1, 6);
            html.push_str(&format!("<h{level}>{text}</h{level}>\n"));
        }
        Form::Quote | Form::Paragraph => html.push_str(&format!("<p>{text}</p>\n")),
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_line_says_what_it_is() {
        let pieces = serde_json::json!([
            {"insert": "The "}, {"insert": "quay", "attributes": {"bold": true}}, {"insert": "\n", "attributes": {"header": 2}},
            {"insert": "It is open.\nA boat"}, {"insert": "\n", "attributes": {"list": "bullet"}}, {"insert": {"image": "x"}},
            {"insert": "A rope"}, {"insert": "\n", "attributes": {"list": "bullet"}}, {"insert": "a < b"},
            {"insert": "\n", "attributes": {"code-block": true}}
        ]);
        let pieces = pieces.as_array().unwrap();
        assert!(are_pieces(pieces));
        assert_eq!(
            html_of(pieces),
            "<h2>The quay</h2>\n<p>It is open.</p>\n<ul><li>A boat</li>\n<li>A rope</li>\n</ul>\n<pre><code>a &lt; b\n</code></pre>\n"
        );
    }
}
