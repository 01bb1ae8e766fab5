//! What `dechaff dedup` reads as documents, and what it says of files and lines that are none.

use std::path::Path;

use dechaff::Dedup;
use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::dedup::{FIRST, Found, HARBOUR};
use crate::support::folder;

#[test]
fn a_folder_without_documents_is_refused_and_it_is_said_what_is_read() {
    let dir = folder(&[("notes.txt", b"A note.")]);
    let run = |input: &Path| {
        dechaff().arg("dedup").arg(input).arg("-o").arg(dir.path().join("out")).assert().code(2)
    };
    run(dir.path()).stderr_eq(str![[r#"
dechaff: [..]: holds no file of documents; of folders those are read whose names end in .jsonl, .ndjson, .json, .parquet, .csv or .tsv, compressed or not; to clean other dumps first use `dechaff clean`

"#]]);
    run(TempDir::new().unwrap().path()).stderr_eq(str![[r#"
dechaff: [..]: holds no file of documents; of folders those are read whose names end in .jsonl, .ndjson, .json, .parquet, .csv or .tsv, compressed or not

"#]]);
}

#[test]
fn a_bad_line_is_named_and_stops_nothing() {
    let dir = folder(&[("bad.jsonl", b"{\"id\": 1, \"text\": \"One.\"}\n\n{\"id\": 2}\nno JSON\n{\"id\": 3, \"text\": \"Three.\"}\n")]);
    let out = dir.path().join("out");
    dechaff()
        .arg("dedup")
        .arg(dir.path().join("bad.jsonl"))
        .arg("-o")
        .arg(&out)
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
dechaff: bad.jsonl: 3: has no text: none of the fields text, maintext, content, content.rendered, body, article_body, article_text, full_text, content_html, content_text, html, raw_content, markdown, content_markdown, markdown.raw_markdown, md, article and the like holds a string; name the field with --text-field
dechaff: bad.jsonl: 4: expected ident (at byte 2)
2 documents, 0 copies in 0 clusters, 2 left, 0 of them alike others -> [..]/out
2 lines or files failed, listed in manifest.json under "failures"

"#]]);
    let found = Found::of(&out);
    let failures = found.manifest["failures"].as_array().unwrap();
    assert_eq!(
        failures.iter().map(|f| f["record"].as_str().unwrap()).collect::<Vec<_>>(),
        ["3", "4"]
    );
    assert_eq!(
        found.articles,
        "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 3, \"text\": \"Three.\"}\n"
    );
    assert_eq!((&found.manifest["articles"], &found.manifest["canonical"]), (&json!(2), &json!(2)));
}

/// Of many bad lines the manifest names the first thousand, and a file all, whether one process reads them or several parts.
#[test]
fn many_bad_lines_are_counted_and_stand_in_a_file() {
    let bad: String = (0..700).map(|n| format!("{{\"id\": {n}}}\nno JSON\n")).collect();
    let taken = "{\"id\": 1, \"text\": \"One.\"}\n{\"id\": 1, \"text\": \"Another.\"}\n";
    let dir = folder(&[("a.jsonl", bad.as_bytes()), ("b.jsonl", taken.as_bytes())]);
    let run = |out: &str, part: &[&str]| {
        let arguments = [&["dedup", "a.jsonl", "b.jsonl", "-q", "-o", out], part].concat();
        dechaff().current_dir(dir.path()).args(arguments).output().unwrap().status.code()
    };
    assert_eq!(run("out", &[]), Some(1));
    let parts = || ["1/2", "2/2"].map(|part| run("parts", &["--part", part]));
    assert!((0..20).any(|_| !parts().contains(&Some(4))));
    let listed = |out: &str| {
        let manifest = std::fs::read(dir.path().join(out).join("manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
        let file = std::fs::read_to_string(dir.path().join(out).join("failures.jsonl")).unwrap();
        (manifest["failures"].clone(), manifest["failed_by_reason"].clone(), file)
    };
    let (named, by_reason, file) = listed("out");
    assert_eq!((named.as_array().unwrap().len(), file.lines().count()), (1000, 1401));
    let counts = by_reason.as_object().unwrap().values().map(|count| count.as_u64().unwrap());
    assert_eq!(counts.sum::<u64>(), 1401);
    assert!(listed("parts") == (named, by_reason, file));
}

/// An id names one text. The same text under the same id is a copy like any other.
#[test]
fn a_second_text_under_an_id_is_a_failure() {
    let line = |id: &str, text: &str| format!("{{\"id\": {id}, \"text\": \"{text}\"}}\n");
    let lines = [
        line("\"a\"", "The quay is open."),
        line("\"\\u0061\"", "The quay is closed."),
        line("\"a\"", "THE QUAY is open"),
        line("7", "Seven"),
        line("\"7\"", "VII"),
    ];
    let dir = folder(&[("twice.jsonl", lines.concat().as_bytes())]);
    let out = dir.path().join("out");
    let summary = Dedup::new(vec![dir.path().join("twice.jsonl")], &out).run(|_| {}).unwrap();
    assert_eq!((summary.articles, summary.copies, summary.failures.len()), (4, 1, 1));
    assert_eq!(
        (summary.failures[0].record.as_deref(), summary.failures[0].error.as_str()),
        (Some("2"), "another document before has this id, and another text")
    );
}

/// Whatever way JSON is written and compressed; in a folder only what holds documents by its name.
#[test]
fn documents_are_read_from_any_json_and_other_files_of_a_folder_are_left() {
    let pretty: Vec<Value> =
        HARBOUR.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let packed = zstd::encode_all(HARBOUR.as_bytes(), 1).unwrap();
    let objects: String = pretty
        .iter()
        .map(|document| serde_json::to_string_pretty(document).unwrap() + "\n")
        .collect();
    let array = serde_json::to_vec_pretty(&pretty).unwrap();
    let wide: Vec<u8> =
        format!("\u{feff}{HARBOUR}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("a.json", array.as_slice()),
        ("b.json", objects.as_bytes()),
        ("c.jsonl.zst", &packed),
        ("d.jsonl", &wide),
    ] {
        let dir = folder(&[(name, bytes), ("notes.txt", b"no document"), ("manifest.json", b"{}")]);
        let out = dir.path().join("out");
        let summary = Dedup::new(vec![dir.path().into()], &out).run(|_| {}).unwrap();
        assert_eq!((summary.failures, summary.skipped.len()), (vec![], 3), "{name}");
        assert_eq!(Found::of(&out).clusters, FIRST.clusters, "{name}");
    }
}

/// A table without a column of texts is named as one that holds no documents.
#[test]
fn tables_of_a_folder_are_read_as_documents() {
    let text = "The harbour board opened the old quay again on Monday, nine days after the storm had torn away its railings and \
                flooded the ticket hall. Divers had looked at every pile before the first ship was let in, and the smith of the \
                island had forged new rings. The board wants to raise the wall by a foot before the next winter comes.";
    let table = format!("id,text\na,\"{text}\"\nb,\"{text}\"\n");
    let dir = folder(&[("quay.csv", table.as_bytes()), ("tides.csv", b"day,metres\n1,2.4\n")]);
    let out = dir.path().join("out");
    let summary = Dedup::new(vec![dir.path().into()], &out).run(|_| {}).unwrap();
    assert_eq!((summary.articles, summary.failures.len()), (2, 1));
    assert_eq!(Found::of(&out).clusters()[0]["cluster"], json!(["a", "b"]));
}

/// A row that has no text is no document.
#[test]
fn rows_of_parquet_are_documents() {
    let dir = TempDir::new().unwrap();
    for name in ["zstd", "plain"] {
        let rows = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("tests/formats/rows.{name}.parquet"));
        let summary = Dedup::new(vec![rows], dir.path()).force(true).run(|_| {}).unwrap();
        assert_eq!(
            (
                summary.articles,
                summary.failures[0].record.as_deref(),
                summary.failures[0].error.as_str()
            ),
            (
                2,
                Some("2"),
                "has no text: none of the fields text, maintext, content, content.rendered, body, article_body, article_text, full_text, content_html, content_text, html, raw_content, markdown, content_markdown, markdown.raw_markdown, md, article and the like holds a string; name the field with --text-field"
            )
        );
        let first: Value =
            serde_json::from_str(Found::of(dir.path()).articles.lines().next().unwrap()).unwrap();
        assert_eq!(
            (&first["id"], &first["date"], &first["seen"]),
            (
                &json!(1),
                &json!("2031-06-16T15:53:00"),
                &json!({"by": "a reader", "tags": ["sea", null]})
            )
        );
    }
}

/// Rows that cannot be read are named, and those of the next group are documents with the numbers that they have.
#[test]
fn a_damaged_group_of_rows_costs_no_other() {
    let mut rows = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/rows.snappy.parquet"),
    )
    .unwrap();
    rows[4..12].fill(0xff);
    let dir = folder(&[("rows.parquet", &rows)]);
    let out = dir.path().join("out");
    let summary = Dedup::new(vec![dir.path().join("rows.parquet")], &out).run(|_| {}).unwrap();
    let failures: Vec<_> =
        summary.failures.iter().map(|f| (f.record.as_deref(), f.error.as_str())).collect();
    assert_eq!(failures, [(Some("1"), "parquet: column id: a page has a damaged head")]);
    assert_eq!(
        (
            summary.articles,
            serde_json::from_str::<Value>(&Found::of(&out).articles).unwrap()["id"].as_i64()
        ),
        (1, Some(3))
    );
}
