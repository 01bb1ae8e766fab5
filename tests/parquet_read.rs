//! What is read of files of Parquet, written by pyarrow.

use std::path::Path;

use crate::cli::dechaff;
use crate::formats::{MILL, format};
use crate::schema::check_all;
use crate::support::{Output, STORY, folder, records, run};

/// Pages of both versions, dictionaries, several groups of rows, deltas, large strings and plain bytes; lists and structures stand beside.
const PARQUET: [&str; 6] = ["zstd", "snappy", "gzip", "brotli", "lz4", "plain"];

#[test]
fn the_rows_of_parquet_are_objects_of_their_columns() {
    for name in PARQUET {
        let (summary, output) = run(&[&format(&format!("rows.{name}.parquet"))]);
        check_all(&output);
        assert_eq!(summary.failures, [], "{name}");
        assert_eq!(
            summary.skipped.iter().map(|s| s.reason.as_str()).collect::<Vec<_>>(),
            ["1 rows without a text"],
            "{name}"
        );
        let [harbour, mill] = &output.articles[..] else { panic!("{name}: two articles") };
        for (field, value) in [
            ("title", "A headline of the container"),
            ("url", "https://news.example/harbour"),
            ("published", "2031-06-16T15:53:00"),
            ("source", "The Gazette"),
        ] {
            assert_eq!(harbour[field], value, "{name}");
        }
        assert_eq!(
            (&harbour["provenance"]["record"], &mill["provenance"]["record"]),
            (&"1".into(), &"3".into())
        );
        assert_eq!(
            (&mill["title"], &mill["authors"]),
            (&MILL.into(), &serde_json::json!(["Ben Reed", "Cy Moss"]))
        );
        assert_eq!(
            (&output.ledger[0]["format"], &output.ledger[1]["format"]),
            (&"text".into(), &"html".into())
        );
    }
}

/// In a stream, or packed once more, Parquet is held in memory; a column of another name can be the text.
#[test]
fn parquet_is_read_from_any_stream() {
    let bytes = std::fs::read(format("rows.snappy.parquet")).unwrap();
    let packed = zstd::encode_all(&bytes[..], 1).unwrap();
    let dir = folder(&[("rows.parquet.zst", &packed)]);
    let (records, broken) = records(&dir.path().join("rows.parquet.zst"));
    assert_eq!(
        (records.iter().map(|r| r.id.as_deref().unwrap()).collect::<Vec<_>>(), broken),
        (vec!["1", "3"], vec![])
    );
    let text =
        dechaff().args(["text", "-", "--text-field", "source"]).stdin(bytes.clone()).assert();
    text.success().stdout_eq("The Gazette");
    let none = dechaff().args(["text", "-", "--text-field", "tale"]).stdin(bytes).assert().code(1);
    none.stderr_eq("dechaff: -: has no text: none of the fields tale holds a string; name the field with --text-field\n");
}

#[test]
fn a_table_without_a_column_of_texts_is_no_dump_where_it_was_found_in_a_folder() {
    let table = std::fs::read(format("rows.plain.parquet")).unwrap();
    let row = serde_json::json!({"tale": STORY}).to_string();
    let dir = folder(&[("rows.parquet", &table), ("tales.jsonl", row.as_bytes())]);
    let clean = |path: &Path| {
        let out = tempfile::TempDir::new().unwrap();
        let status = dechaff()
            .arg("clean")
            .arg(path)
            .args(["-q", "--text-field", "tale", "-o"])
            .arg(out.path())
            .output()
            .unwrap()
            .status;
        (status.code(), Output::of(out.path()))
    };
    let (status, output) = clean(dir.path());
    let reason = "1 tables of Parquet without a column of texts: name it with --text-field if this is a dump";
    assert_eq!(
        (status, output.dumps(), output.listed("skipped", "reason")),
        (Some(0), vec!["tales.jsonl"], vec![("rows.parquet", reason)])
    );
    let (status, output) = clean(&dir.path().join("rows.parquet"));
    assert_eq!((status, output.listed("failures", "error").len()), (Some(1), 1));
}

#[test]
fn a_text_may_begin_as_parquet_does() {
    let text = format!("PAR1 beats PAR2 in the harbour cup\n\n{STORY}");
    let dir = folder(&[("cup.txt", text.as_bytes()), ("cut.parquet", b"PAR1\x15\x04\x15")]);
    let (found, broken) = records(&dir.path().join("cup.txt"));
    assert_eq!((found[0].view.as_str(), broken), (text.as_str(), vec![]));
    dechaff().args(["text", "-"]).stdin(text.clone()).assert().success().stdout_eq(text);
    let (_, broken) = records(&dir.path().join("cut.parquet"));
    assert_eq!(broken, [(None, "parquet: has no footer; it may be cut off".to_owned())]);
}
