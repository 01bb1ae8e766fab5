//! JSON-LD: what a script of linked data says of the article.

use serde_json::{Map, Value};

use crate::html::markup::entity::decoded;
use crate::html::stated::statements::{Field, Statements, Trust};

/// Bytes of the longest script that is read.
const LONGEST: usize = 1 << 20;
/// How deep the graph is searched.
const DEEPEST: usize = 6;

type Node = Map<String, Value>;

/// Reads a script; nothing is said where it cannot be parsed.
pub(in crate::html) fn read(script: &str, stated: &mut Statements) {
    let Some(graph) = parsed(script) else { return };
    let mut nodes = Vec::new();
    gather(&graph, 0, &mut nodes);
    if let Some(article) = nodes.iter().find(|node| is_article(node)) {
        stated.is_article = true;
        say_all(article, &nodes, Trust::JsonLd, stated);
    } else if let Some(page) = nodes.iter().find(|node| {
        types(node).any(|t| {
            t.ends_with("Page") || matches!(t, "Recipe" | "Review" | "HowTo" | "CreativeWork")
        })
    }) {
        say_all(page, &nodes, Trust::Meta, stated);
    }
}

fn say_all(node: &Node, nodes: &[&Node], trust: Trust, stated: &mut Statements) {
    let known = stated.fields_said(trust);
    let text = |name: &str| node.get(name).and_then(Value::as_str).map(|text| decoded(text, false));
    let mut say = |field: Field, trust: Trust, value: Option<String>| {
        if let Some(value) = value.filter(|_| !known.contains(&field)) {
            stated.say(field, trust, &value);
        }
    };
    say(Field::Headline, trust, text("headline").or_else(|| text("name")));
    say(Field::Published, trust, text("datePublished").or_else(|| text("dateCreated")));
    say(Field::Language, trust, text("inLanguage"));
    say(Field::Url, Trust::Element, text("url"));
    for (name, is_person) in node
        .get("author")
        .or_else(|| node.get("creator"))
        .into_iter()
        .flat_map(|author| names_of(author, nodes, 0))
    {
        say(Field::Author, if is_person { trust } else { Trust::Weak }, Some(name));
    }
    say(
        Field::Publisher,
        trust,
        node.get("publisher")
            .and_then(|publisher| names_of(publisher, nodes, 0).into_iter().next())
            .map(|(name, _)| name),
    );
}

/// The script as JSON, also where it stands in a comment or holds bare line breaks.
fn parsed(script: &str) -> Option<Value> {
    if script.len() > LONGEST {
        return None;
    }
    let script = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let script = script
        .trim_end_matches("-->")
        .trim_end_matches("]]>")
        .trim_end_matches("//")
        .trim()
        .trim_end_matches(';');
    let plain = || script.replace(|c: char| c.is_control(), " ");
    serde_json::from_str(script)
        .ok()
        .or_else(|| serde_json::from_str(&plain()).ok())
        .or_else(|| serde_json::from_str(&without_last_commas(&plain())).ok())
}

/// A script without the commas that stand before a closing bracket, where JSON allows none.
fn without_last_commas(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut in_string, mut is_escaped) = (false, false);
    for c in script.chars() {
        if !in_string && matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        in_string ^= c == '"' && !is_escaped;
        is_escaped = in_string && c == '\\' && !is_escaped;
        out.push(c);
    }
    out
}

fn gather<'v>(value: &'v Value, depth: usize, nodes: &mut Vec<&'v Node>) {
    match value {
        Value::Array(values) if depth < DEEPEST => {
            values.iter().for_each(|value| gather(value, depth + 1, nodes))
        }
        Value::Object(node) if depth < DEEPEST => {
            nodes.push(node);
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                if let Some(value) = node.get(name) {
                    gather(value, depth + 1, nodes);
                }
            }
        }
        _ => {}
    }
}

fn types(node: &Node) -> impl Iterator<Item = &str> {
    let single = node.get("@type").and_then(Value::as_str);
    let several = node.get("@type").and_then(Value::as_array);
    single.into_iter().chain(several.into_iter().flatten().filter_map(Value::as_str))
}

fn is_article(node: &Node) -> bool {
    types(node).any(|t| {
        t.ends_with("Article") || t.ends_with("Posting") && !t.starts_with("Job") || t == "Report"
    })
}

/// The names in a person, an organisation, a list of them, or a reference to one; and whether it may be a person's.
fn names_of(value: &Value, nodes: &[&Node], depth: usize) -> Vec<(String, bool)> {
    match value {
        Value::String(name) => vec![(decoded(name, false), true)],
        Value::Array(values) if depth < DEEPEST => {
            values.iter().flat_map(|value| names_of(value, nodes, depth + 1)).collect()
        }
        Value::Object(node) if depth < DEEPEST => {
            let id = node.get("@id");
            let named = if node.contains_key("name") {
                Some(node)
            } else {
                nodes
                    .iter()
                    .copied()
                    .find(|n| id.is_some() && n.get("@id") == id && n.contains_key("name"))
            };
            let names = named.map_or_else(Vec::new, |n| names_of(&n["name"], nodes, depth + 1));
            let is_person = !named.is_some_and(|n| {
                types(n).any(|t| {
                    t.ends_with("Organization") || t.ends_with("WebSite") || t.ends_with("Business")
                })
            });
            names.into_iter().map(|(name, may_be)| (name, may_be && is_person)).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;

    #[test]
    fn an_article_in_a_graph_names_its_author_by_reference() {
        let source = r##"<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2030-01-01"},
            {"@type": ["NewsArticle"], "headline": "Quay &amp; storm", "datePublished": "2031-06-16T15:53Z", "author": [{"@id": "#m"}, {"name": "Ola Berg"}],
             "publisher": {"name": "The Gazette"}}, {"@type": "Person", "@id": "#m", "name": "Mirva
             Lindqvist"},]}</script>"##;
        let meta = HtmlPage::of(source).stated;
        assert_eq!(meta.headlines, ["Quay & storm"]);
        assert_eq!(meta.published.as_deref(), Some("2031-06-16T15:53Z"));
        assert_eq!(meta.authors, ["Mirva Lindqvist", "Ola Berg"]);
        assert_eq!((meta.publisher.as_deref(), meta.is_article), (Some("The Gazette"), true));
    }
}
