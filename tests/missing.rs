//! What is named on the command line and is nowhere: one line says so, with what is there.

use serde_json::json;

use crate::cli::dechaff;
use crate::support::{Output, STORY, folder};

/// The exit status of a command in a folder, and what it says on standard error.
fn run(dir: &tempfile::TempDir, arguments: &[&str]) -> (Option<i32>, String) {
    let output = dechaff().args(arguments).current_dir(dir.path()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_field_that_is_nowhere_in_a_folder_is_a_failure_that_names_those_that_are() {
    let line = json!({"id": 7, "headline": "Quay", "story": STORY}).to_string() + "\n";
    let table = format!("id,story\n8,\"{STORY}\"\n");
    let files = [
        ("in/a.jsonl", line.as_bytes()),
        ("in/b.csv", table.as_bytes()),
        ("in/settings.json", b"{\"width\": 3}".as_slice()),
    ];
    let dir = folder(&files);
    let clean =
        |field: &str| run(&dir, &["clean", "in", "-o", "out", "--force", "--text-field", field]);
    let (status, said) = clean("stroy");
    assert_eq!(status, Some(1));
    let named = "dechaff: a.jsonl: has no field \"stroy\", nor has anything else; its fields are headline, id, story\n";
    assert!(said.contains(named), "{said}");
    assert!(said.contains("dechaff: b.csv: has no text: none of the fields stroy"), "{said}");
    let failures = Output::of(&dir.path().join("out")).manifest["failures"].clone();
    assert_eq!(failures.as_array().unwrap().len(), 2);
    // Settings beside dumps with the field are none of anybody's business.
    let (status, said) = clean("story");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(Output::of(&dir.path().join("out")).articles.len(), 1);
}

/// A field that is there and holds no text is none that was misspelt.
#[test]
fn a_field_without_a_text_is_passed_over_as_ever() {
    let files = [
        ("in/a.jsonl", b"{\"id\": 1, \"story\": [\"Quay\"]}\n".as_slice()),
        ("in/b.csv", b"id,story\n8, \n"),
    ];
    let dir = folder(&files);
    let (status, said) = run(&dir, &["clean", "in", "-o", "out", "--text-field", "story"]);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn a_column_that_is_nowhere_in_a_table_of_a_folder_is_named_too() {
    let formats = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/rows.zstd.parquet");
    let table = std::fs::read(formats).unwrap();
    let dir = folder(&[("in/rows.parquet", &*table)]);
    let (status, said) = run(&dir, &["clean", "in", "-o", "out", "--text-field", "stroy"]);
    assert_eq!(status, Some(1));
    assert!(said.starts_with("dechaff: rows.parquet: has no field \"stroy\""), "{said}");
}

#[test]
fn a_filter_that_leaves_nothing_is_wrong_usage_and_costs_no_earlier_output() {
    let dir = folder(&[("in/a.txt", STORY.as_bytes()), ("in/b.txt", STORY.as_bytes())]);
    assert_eq!(run(&dir, &["clean", "in", "-o", "out", "-q"]), (Some(0), String::new()));
    let before = std::fs::read(dir.path().join("out/articles.jsonl")).unwrap();
    for filter in ["--include=*.txtt", "--exclude=*.txt"] {
        let (status, said) = run(&dir, &["clean", "in", "-o", "out", "--force", filter]);
        let expected = "dechaff: no file is left to read: 2 of those found do not match --include, or match --exclude\n";
        assert_eq!((status, &*said), (Some(2), expected));
    }
    assert_eq!(std::fs::read(dir.path().join("out/articles.jsonl")).unwrap(), before);
}
