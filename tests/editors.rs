//! Texts as block editors and notebooks store them, in JSON: each is one article with its structure.

use dechaff::{BlockType, Part, Reader, RecordFormat, TextBlock};
use serde_json::{Value, json};

use crate::support::CLEANER;

const FIRST: &str = "A bolt had broken in the ramp of the ferry, and the yard that had made it closed in the year in which the captain was born.";
const LAST: &str = "So the smith was called out of bed, who keeps a drawer of such bolts, each with a paper label that says of which ship it is.";
const HEADING: &str = "What was done";
const ITEMS: [&str; 2] = ["a bolt of the size of a thumb", "a paper label with a name"];
const QUOTE: &str =
    "By eleven the ramp moved, and by twelve the ferry did, with chairs for a wedding on it.";
const CODE: &str = "for bolt in drawer:\n    print(bolt)";

/// What comes of a file: for each article its blocks, by what they are.
fn blocks_of(name: &str, file: &Value) -> Vec<Vec<(String, String)>> {
    let parts: Vec<Part> = Reader::default().records(name, file.to_string().as_bytes()).collect();
    let article = |part: &Part| {
        let Part::Record(record) = part else { panic!("{name}: {part:?}") };
        let mut cleaned = CLEANER.clean_record(record);
        assert_eq!(cleaned.articles.len(), 1, "{name}: {}", record.view);
        let article = cleaned.articles.remove(0);
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        let kind = |role: &BlockType| match role {
            BlockType::Heading { level } => format!("h{level}"),
            BlockType::ListItem { .. } => "item".into(),
            BlockType::Code { .. } => "code".into(),
            BlockType::Quotation => "quote".into(),
            _ => "text".into(),
        };
        let block =
            |block: &TextBlock| (kind(&block.role), paragraphs[block.paragraphs.clone()].join("|"));
        article.blocks.iter().map(block).collect()
    };
    parts.iter().map(article).collect()
}

fn expected() -> Vec<(String, String)> {
    [
        ("text", FIRST),
        ("h2", HEADING),
        ("text", LAST),
        ("item", ITEMS[0]),
        ("item", ITEMS[1]),
        ("quote", QUOTE),
        ("code", CODE),
    ]
    .map(|(kind, text)| (kind.to_owned(), text.to_owned()))
    .to_vec()
}

/// Blocks with their text in their data.
fn in_data() -> Value {
    let block = |kind: &str, data: Value| json!({"id": "x", "type": kind, "data": data});
    json!({"time": 1, "blocks": [
        block("paragraph", json!({"text": FIRST.replace("ferry", "<b>ferry</b>")})),
        block("header", json!({"text": HEADING, "level": 2})),
        block("paragraph", json!({"text": LAST})),
        block("list", json!({"style": "unordered", "items": ITEMS})),
        block("quote", json!({"text": QUOTE, "caption": ""})),
        block("code", json!({"code": CODE})),
        block("delimiter", json!({})),
    ]})
}

/// Nodes that hold others, with the text in leaves of their own.
fn nested(text: &str, children: &str, names: [&str; 7]) -> Value {
    let [paragraph, heading, list, item, quote, code, leaf] = names;
    let leaf = |said: &str| json!({"type": leaf, text: said});
    let node = |kind: &str, within: Vec<Value>| json!({"type": kind, children: within});
    let mut title = node(heading, vec![leaf(HEADING)]);
    title["attrs"] = json!({"level": 2});
    let (one, two) = FIRST.split_at(20);
    json!([
        node(paragraph, vec![leaf(one), leaf(two)]),
        title,
        node(paragraph, vec![leaf(LAST)]),
        node(
            list,
            ITEMS.iter().map(|said| node(item, vec![node(paragraph, vec![leaf(said)])])).collect()
        ),
        node(quote, vec![node(paragraph, vec![leaf(QUOTE)])]),
        node(code, vec![leaf(CODE)]),
    ])
}

/// Blocks that hold what they say under the name of their type.
fn by_type() -> Value {
    let block = |kind: &str, text: &str| json!({"object": "block", "type": kind, kind: {"rich_text": [{"type": "text", "text": {"content": text}, "plain_text": text}]}});
    json!({"object": "list", "results": [
        block("paragraph", FIRST),
        block("heading_2", HEADING),
        block("paragraph", LAST),
        block("bulleted_list_item", ITEMS[0]),
        block("bulleted_list_item", ITEMS[1]),
        block("quote", QUOTE),
        block("code", CODE),
    ]})
}

/// Markup with gaps, in which further blocks stand.
fn gapped() -> Value {
    let block = |name: &str, parts: Value, within: Value| json!({"blockName": name, "innerContent": parts, "innerBlocks": within, "innerHTML": ""});
    let whole = |name: &str, html: String| block(name, json!([html]), json!([]));
    let items: Vec<Value> =
        ITEMS.iter().map(|said| whole("core/list-item", format!("<li>{said}</li>"))).collect();
    json!([
        whole("core/paragraph", format!("<p>{FIRST}</p>")),
        whole("core/heading", format!("<h2>{HEADING}</h2>")),
        whole("core/paragraph", format!("<p>{LAST}</p>")),
        block("core/list", json!(["<ul>", null, null, "</ul>"]), json!(items)),
        block(
            "core/quote",
            json!(["<blockquote>", null, "</blockquote>"]),
            json!([whole("core/paragraph", format!("<p>{QUOTE}</p>"))])
        ),
        whole("core/code", format!("<pre><code>{CODE}</code></pre>")),
    ])
}

#[test]
fn the_blocks_of_an_editor_are_one_article_with_its_structure() {
    let camel =
        ["paragraph", "heading", "bulletList", "listItem", "blockquote", "codeBlock", "text"];
    let dashed = ["paragraph", "heading-2", "unordered-list", "list-item", "quote", "code", "text"];
    let slate = [
        "paragraph",
        "heading-two",
        "bulleted-list",
        "list-item",
        "block-quote",
        "code_block",
        "x",
    ];
    let tree = nested("text", "content", camel);
    let files = [
        ("in data", in_data()),
        ("in a field", json!({"content": in_data()})),
        ("as a string", json!({"body": in_data().to_string()})),
        ("nested", json!({"article": {"type": "doc", "content": tree}})),
        (
            "by a language",
            json!({"fields": {"body": {"en-US": {"nodeType": "document", "content": nested("value", "content", dashed)}}}}),
        ),
        ("a list", nested("text", "children", slate)),
        ("by type", by_type()),
        ("with gaps", gapped()),
    ];
    for (name, file) in files {
        assert_eq!(blocks_of(name, &file), [expected()], "{name}");
    }
}

#[test]
fn the_records_of_a_list_each_have_blocks_of_their_own() {
    let tree =
        nested("text", "children", ["paragraph", "h2", "ul", "li", "blockquote", "code", "text"]);
    let file = json!({"data": [{"id": 1, "attributes": {"title": "Bolt stops ferry", "content": tree}}, {"id": 2, "attributes": {"content": in_data()}}]});
    assert_eq!(blocks_of("list", &file), [expected(), expected()]);
    let reader = Reader::default();
    let parts: Vec<Part> = reader.records("list", file.to_string().as_bytes()).collect();
    let Part::Record(record) = &parts[0] else { panic!("{parts:?}") };
    assert_eq!(record.format, RecordFormat::Html);
    assert_eq!(record.about.title.as_deref(), Some("Bolt stops ferry"));
    let article = CLEANER.clean_record(record).articles.remove(0);
    assert_eq!(article.title.as_deref(), Some("Bolt stops ferry"), "and not the first heading");
}

#[test]
fn records_with_a_type_are_no_blocks() {
    for file in [
        json!([{"type": "article", "text": FIRST}, {"type": "article", "text": LAST}]),
        json!({"items": [{"type": "text", "text": FIRST}, {"type": "text", "text": LAST}]}),
        json!([{"type": "quote", "text": FIRST}, {"type": "quote", "text": LAST}]),
        json!({"posts": [{"type": "paragraph", "text": FIRST, "author": "Ada"}, {"type": "paragraph", "text": LAST, "author": "Ben"}]}),
    ] {
        assert_eq!(
            Reader::default().records("a.json", file.to_string().as_bytes()).count(),
            2,
            "{file}"
        );
    }
}

#[test]
fn the_cells_of_a_notebook_are_one_text() {
    let file = json!({"nbformat": 4, "cells": [
        {"cell_type": "markdown", "source": ["# Bolts of the ferry\n", "\n", FIRST]},
        {"cell_type": "code", "source": CODE, "outputs": [{"text": ["bolt\n"]}]},
        {"cell_type": "markdown", "source": format!("## {HEADING}\n\n{LAST}")},
    ]});
    let of = |kind: &str, text: &str| (kind.to_owned(), text.to_owned());
    assert_eq!(
        blocks_of("bolts.ipynb", &file),
        [[of("text", FIRST), of("code", CODE), of("h2", HEADING), of("text", LAST)]]
    );
}

#[test]
fn a_text_in_pieces_is_one() {
    let file = json!({"messages": [{"text": ["A bolt had broken in ", {"type": "bold", "text": "the ramp"}, " of the ferry."]}]});
    let parts: Vec<Part> =
        Reader::default().records("a.json", file.to_string().as_bytes()).collect();
    let [Part::Record(record)] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!(record.view, "A bolt had broken in the ramp of the ferry.");
}
