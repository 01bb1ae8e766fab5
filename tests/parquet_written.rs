//! Articles as rows of Parquet.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use dechaff::{Format, Run};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::forms::{lines, write};
use crate::support::{SAMPLES, STORY, folder};

/// What a field of a Parquet row is in JSON.
fn json_of(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) => json!(text),
        Field::Long(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Bool(flag) => json!(flag),
        Field::Group(row) => object_of(row),
        Field::ListInternal(list) => list.elements().iter().map(json_of).collect(),
        other => panic!("no type of an article: {other:?}"),
    }
}

fn object_of(row: &Row) -> Value {
    let fields = row.get_column_iter().filter(|(_, field)| !matches!(field, Field::Null));
    Value::Object(fields.map(|(name, field)| (name.clone(), json_of(field))).collect())
}

pub(crate) fn rows(bytes: &[u8]) -> Vec<Value> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| object_of(&row.unwrap())).collect()
}

/// An article of JSON Lines as it is in a table: without what is null or left out, with ranges as pairs.
fn in_a_table(value: &Value, name: &str) -> Value {
    let is_range =
        |items: &[Value]| name != "authors" && items.len() == 2 && items.iter().all(Value::is_u64);
    match value {
        Value::Array(items) if is_range(items) => json!({"start": items[0], "end": items[1]}),
        Value::Array(items) => items.iter().map(|item| in_a_table(item, name)).collect(),
        Value::Object(fields) => {
            let mut fields: serde_json::Map<_, _> = fields
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), in_a_table(value, name)))
                .collect();
            let defaults: &[(&str, Value)] = match () {
                () if fields.contains_key("type") && fields.contains_key("paragraphs") => &[
                    ("depth", json!(0)),
                    ("quoted", json!(0)),
                    ("mark", json!(0)),
                    ("begins_list", json!(false)),
                    ("rows", json!([])),
                    ("spans", json!([])),
                ],
                () if fields.contains_key("text")
                    && !fields.contains_key("dump")
                    && !fields.contains_key("id") =>
                {
                    &[("is_header", json!(false)), ("spans", json!([])), ("ranges", json!([]))]
                }
                () => &[],
            };
            for (name, value) in defaults {
                fields.entry(*name).or_insert(value.clone());
            }
            if fields.contains_key("copies") {
                fields.entry("repeats").or_insert(json!([]));
                fields.entry("repeated_spans").or_insert(json!([]));
            }
            if fields.contains_key("relation") && fields.contains_key("dump") {
                fields.entry("own").or_insert(json!([]));
            }
            if fields.contains_key("provenance") {
                fields.entry("appendix").or_insert(json!([]));
            }
            Value::Object(fields)
        }
        other => other.clone(),
    }
}

/// The table holds what the lines hold, with copies folded, copies kept, and paragraphs marked.
#[test]
fn parquet_holds_every_field_of_every_article() {
    let background = "The harbour office keeps the tide tables of the bay since 1871, and prints them anew each winter for all boats.";
    let other = "Snow fell on the upper town on Tuesday and closed the school, while the lower town saw nothing of it at all but rain.";
    let dir = folder(&[
        ("a.txt", format!("{STORY}\n{background}\n").as_bytes()),
        ("b/again.txt", format!("{STORY}\n{background}\n").as_bytes()),
        ("c.txt", format!("Snow closes the school\n\n{other}\n\n{background}\n").as_bytes()),
    ]);
    let cases: [fn(Run<'static>) -> Run<'static>; 3] = [
        |run| run,
        |run| run.keep_duplicates(true),
        |run| run.paragraphs(dechaff::Paragraphs::Mark).repeated(0),
    ];
    let mut seen = BTreeSet::new();
    for case in cases {
        let [plain, table] = [Format::Jsonl, Format::Parquet].map(|format| {
            let run = |run: Run<'static>| case(run).format(format);
            write(&[dir.path(), Path::new(SAMPLES)], TempDir::new().unwrap().path(), run)
        });
        let wanted = lines(&plain["articles.jsonl"]);
        seen.extend(wanted.iter().flat_map(|article| {
            article["provenance"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()
        }));
        assert!(
            wanted.iter().any(|article| article["provenance"]["copies"] != json!([]))
                || seen.contains("copy_of")
        );
        assert_eq!(
            rows(&table["articles.parquet"]),
            wanted.iter().map(|article| in_a_table(article, "")).collect::<Vec<_>>()
        );
    }
    assert!(seen.contains("copy_of") && seen.contains("repeats"), "{seen:?}");
}
