//! The forms that an archive comes in: formats, compression, shards, standard output.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dechaff::write::{Compression, Format};
use dechaff::{Error, Run};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::schema::{check, schema};
use crate::support::{CLEANER, SAMPLES, STORY, folder};

/// Every file of a run, by its path.
type Files = BTreeMap<String, Vec<u8>>;

fn files(out: &Path) -> Files {
    let entries = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    entries.map(|entry| (entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned(), std::fs::read(entry.path()).unwrap())).collect()
}

fn names(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// Cleans `paths` into `out`.
fn write(paths: &[&Path], out: &Path, with: impl FnOnce(Run<'static>) -> Run<'static>) -> Files {
    with(Run::new(&CLEANER, paths.iter().map(PathBuf::from).collect(), out)).run(|_| {}).unwrap();
    files(out)
}

/// Cleans the samples into a new folder.
fn samples(with: impl FnOnce(Run<'static>) -> Run<'static>) -> Files {
    write(&[Path::new(SAMPLES)], TempDir::new().unwrap().path(), with)
}

/// The samples as JSON Lines.
static PLAIN: LazyLock<Files> = LazyLock::new(|| samples(|run| run));

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

fn manifest(files: &Files) -> Value {
    serde_json::from_slice(&files["manifest.json"]).unwrap()
}

#[test]
fn the_manifest_says_the_format_and_names_every_file() {
    for (format, name) in
        [(Format::Jsonl, "jsonl"), (Format::Parquet, "parquet"), (Format::Markdown, "markdown"), (Format::Text, "text"), (Format::Dolma, "dolma")]
    {
        let files = samples(|run| run.format(format));
        let manifest = manifest(&files);
        check(&schema("manifest.schema.json"), &manifest);
        assert_eq!(manifest["format"], name);
        let named: Vec<&str> = manifest["files"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let unnamed = names(&files).into_iter().filter(|file| !named.iter().any(|name| file == name || name.ends_with('/') && file.starts_with(name)));
        assert_eq!(unnamed.collect::<Vec<_>>(), ["manifest.json"]);
        assert_eq!(files["ledger.jsonl"], PLAIN["ledger.jsonl"]);
    }
}

/// What a field of a Parquet row is in JSON.
fn json_of(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Str(text) => json!(text),
        Field::Long(number) => json!(number),
        Field::Double(number) => json!(number),
        Field::Group(row) => object_of(row),
        Field::ListInternal(list) => list.elements().iter().map(json_of).collect(),
        other => panic!("no type of an article: {other:?}"),
    }
}

fn object_of(row: &Row) -> Value {
    let fields = row.get_column_iter().filter(|(_, field)| !matches!(field, Field::Null));
    Value::Object(fields.map(|(name, field)| (name.clone(), json_of(field))).collect())
}

fn rows(bytes: &[u8]) -> Vec<Value> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| object_of(&row.unwrap())).collect()
}

/// An article of JSON Lines as it is in a table: without what is null or left out, with ranges as pairs.
fn in_a_table(value: &Value, name: &str) -> Value {
    let is_range = |items: &[Value]| name != "authors" && items.len() == 2 && items.iter().all(Value::is_u64);
    match value {
        Value::Array(items) if is_range(items) => json!({"start": items[0], "end": items[1]}),
        Value::Array(items) => items.iter().map(|item| in_a_table(item, name)).collect(),
        Value::Object(fields) => {
            let mut fields: serde_json::Map<_, _> =
                fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), in_a_table(value, name))).collect();
            if fields.contains_key("paragraphs") {
                fields.entry("repeats").or_insert(json!([]));
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
    let cases: [fn(Run<'static>) -> Run<'static>; 3] =
        [|run| run, |run| run.keep_duplicates(true), |run| run.paragraphs(dechaff::Paragraphs::Mark).repeated(0)];
    let mut seen = BTreeSet::new();
    for case in cases {
        let [plain, table] = [Format::Jsonl, Format::Parquet].map(|format| {
            let run = |run: Run<'static>| case(run).format(format);
            write(&[dir.path(), Path::new(SAMPLES)], TempDir::new().unwrap().path(), run)
        });
        let wanted = lines(&plain["articles.jsonl"]);
        seen.extend(wanted.iter().flat_map(|article| article["provenance"].as_object().unwrap().keys().cloned().collect::<Vec<_>>()));
        assert!(wanted.iter().any(|article| article["provenance"]["copies"] != json!([])) || seen.contains("copy_of"));
        assert_eq!(rows(&table["articles.parquet"]), wanted.iter().map(|article| in_a_table(article, "")).collect::<Vec<_>>());
    }
    assert!(seen.contains("copy_of") && seen.contains("repeats"), "{seen:?}");
}

#[test]
fn markdown_has_the_metadata_and_the_provenance_in_front() {
    let files = samples(|run| run.format(Format::Markdown));
    let articles = lines(&PLAIN["articles.jsonl"]);
    for article in &articles {
        let id = article["id"].as_str().unwrap();
        let (name, page) = files.iter().find(|(name, _)| name.ends_with(&format!("{}.md", &id[..12]))).unwrap();
        assert!(name.starts_with("articles/"));
        let (front, _) = std::str::from_utf8(page).unwrap().strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
        let mut read = json!({"text": article["text"], "provenance": {}});
        for line in front.lines().filter(|line| *line != "provenance:") {
            let (field, value) = line.split_once(": ").unwrap();
            let value: Value = serde_json::from_str(value).unwrap();
            match field.strip_prefix("  ") {
                Some(field) => read["provenance"][field] = value,
                None => read[field] = value,
            }
        }
        assert_eq!(read, *article);
    }
    assert_eq!(articles.len(), names(&files).iter().filter(|name| name.ends_with(".md")).count());
}

/// A page of either format, to be read.
#[test]
fn a_page_holds_headline_and_text() {
    let dir = folder(&[("feeds/a.txt", STORY.as_bytes())]);
    let page = |format| {
        let mut files = write(&[dir.path()], TempDir::new().unwrap().path(), |run| run.format(format));
        files.retain(|name, _| name.starts_with("articles/"));
        files.into_iter().map(|(name, page)| format!("{name}\n\n{}", String::from_utf8(page).unwrap())).collect::<String>()
    };
    snapbox::assert_data_eq!(
        page(Format::Text),
        str![[r#"
articles/feeds/a_txt/quay-reopens-after-the-storm-7547eb9174f0.txt

Quay reopens after the storm

The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.

Forty volunteers had carried the sand out of the hall in buckets. The ferries to the islands will run twice a day until the autumn.

"#]]
    );
    snapbox::assert_data_eq!(
        page(Format::Markdown),
        str![[r#"
articles/feeds/a_txt/quay-reopens-after-the-storm-7547eb9174f0.md

---
title: "Quay reopens after the storm"
published: null
source: null
authors: []
language: "en"
url: null
id: "7547eb9174f0b535fd411f2e0f6546de"
provenance:
  dump: "feeds/a.txt"
  record: null
  article: 1
  range: [0, 285]
  title: [0, 28]
  paragraphs: [[[30, 152]], [[154, 285]]]
  copies: []
---

# Quay reopens after the storm

The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.

Forty volunteers had carried the sand out of the hall in buckets. The ferries to the islands will run twice a day until the autumn.

"#]]
    );
}

/// Records whose container gives them headlines that would do harm as names of files.
fn hostile() -> TempDir {
    let titles = [
        "../../etc/passwd".to_owned(),
        "/etc/passwd".to_owned(),
        "CON".to_owned(),
        "nul.txt".to_owned(),
        "x".repeat(300),
        "港".repeat(300),
        "a\u{0}b\u{1b}[2Jc\nd\u{85}\u{2028}\u{feff}e".to_owned(),
        "\u{202e}gnp.exe".to_owned(),
        "---\ntitle: 'forged'\n---".to_owned(),
        "\"quoted\": {yes} # no & <b>so</b>".to_owned(),
        String::new(),
        "  ".to_owned(),
        ".hidden".to_owned(),
        "-rf".to_owned(),
    ];
    let text = |n: usize| {
        format!(
            "The keeper of light number {n} wrote in the log that the lamp had burned for {n} nights without a pause, and that the oil would last until the boat came back with more.\n\nNobody on the mainland knew of it before spring number {n}, when the ice broke and the mail came through at last."
        )
    };
    let rows: Vec<String> = titles.iter().enumerate().map(|(n, title)| json!({"title": title, "text": text(n)}).to_string() + "\n").collect();
    folder(&[("rows.jsonl", rows.concat().as_bytes())])
}

#[test]
fn no_headline_leads_out_of_the_folder_or_breaks_a_name() {
    let dir = hostile();
    let plain = write(&[dir.path()], TempDir::new().unwrap().path(), |run| run.repeated(0));
    let articles = lines(&plain["articles.jsonl"]);
    let around = TempDir::new().unwrap();
    for (format, ending) in [(Format::Markdown, ".md"), (Format::Text, ".txt")] {
        let out = around.path().join(ending);
        let files = write(&[dir.path()], &out, |run| run.repeated(0).format(format));
        let pages: Vec<&str> = names(&files).into_iter().filter(|name| name.starts_with("articles/rows_jsonl/")).collect();
        assert_eq!((pages.len(), files.len()), (articles.len(), articles.len() + 2), "{pages:?}");
        for page in pages {
            let name = page.strip_prefix("articles/rows_jsonl/").and_then(|name| name.strip_suffix(ending)).unwrap();
            assert!(name.len() <= 100 && name.chars().all(|c| c.is_alphanumeric() || c == '-'), "{name:?}");
        }
    }
    assert_eq!(std::fs::read_dir(around.path()).unwrap().count(), 2);
}

/// Whatever a headline holds, the front matter is of as many lines as it has fields, and without characters that YAML forbids.
#[test]
fn no_headline_breaks_the_front_matter() {
    let dir = hostile();
    let files = write(&[dir.path()], TempDir::new().unwrap().path(), |run| run.format(Format::Markdown).repeated(0));
    for page in files.iter().filter(|(name, _)| name.ends_with(".md")).map(|(_, page)| std::str::from_utf8(page).unwrap()) {
        let front: Vec<&str> = page.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap().split('\n').collect();
        assert_eq!(front.len(), 15, "{front:?}");
        assert!(!front.concat().contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{feff}')), "{front:?}");
    }
}

/// With copies kept, several articles have one headline and one text; dumps can differ in case alone.
#[test]
fn no_two_names_are_one_where_case_does_not_count() {
    let row = json!({"title": "Quay reopens", "text": STORY}).to_string() + "\n";
    let dir = folder(&[("Feeds/A.jsonl", row.repeat(3).as_bytes()), ("feeds/a.jsonl", row.as_bytes()), ("feeds/a_jsonl", row.as_bytes())]);
    let files = write(&[dir.path()], TempDir::new().unwrap().path(), |run| run.format(Format::Text).keep_duplicates(true));
    let pages: Vec<String> = names(&files).iter().filter(|name| name.ends_with(".txt")).map(|name| name.to_lowercase()).collect();
    assert_eq!((pages.len(), pages.iter().collect::<BTreeSet<_>>().len()), (5, 5), "{pages:?}");
}

#[test]
fn dolma_has_documents_with_all_that_is_known_of_them() {
    let files = samples(|run| run.format(Format::Dolma));
    assert_eq!(names(&files), ["documents/articles.jsonl.gz", "ledger.jsonl", "manifest.json"]);
    let documents = lines(&gunzip(&files["documents/articles.jsonl.gz"]));
    let articles = lines(&PLAIN["articles.jsonl"]);
    assert_eq!(documents.len(), articles.len());
    let schema = schema("document.schema.json");
    for (document, article) in documents.iter().zip(&articles) {
        check(&schema, document);
        let source = article["source"].as_str().unwrap_or(article["provenance"]["dump"].as_str().unwrap());
        assert_eq!((&document["id"], &document["text"]), (&article["id"], &article["text"]));
        assert_eq!(document["created"], article["published"].as_str().unwrap_or_default());
        assert_eq!(document["source"], source);
        for field in ["title", "authors", "language", "url", "provenance"] {
            assert_eq!(document["metadata"][field], article[field]);
        }
    }
    assert!(documents.iter().any(|document| document["created"] != ""));
}

#[test]
fn files_of_lines_are_compressed_where_that_is_asked() {
    let gz = samples(|run| run.compress(Some(Compression::Gzip)));
    assert_eq!(names(&gz), ["articles.jsonl.gz", "ledger.jsonl.gz", "manifest.json"]);
    let zst = samples(|run| run.compress(Some(Compression::Zstd)));
    assert_eq!(names(&zst), ["articles.jsonl.zst", "ledger.jsonl.zst", "manifest.json"]);
    for name in ["articles.jsonl", "ledger.jsonl"] {
        assert_eq!(gunzip(&gz[&format!("{name}.gz")]), PLAIN[name]);
        assert_eq!(zstd::decode_all(&zst[&format!("{name}.zst")][..]).unwrap(), PLAIN[name]);
    }
}

/// A shard is as large as it may be, whatever the format, and no article stands in two.
#[test]
fn shards_are_bounded_and_hold_all_in_order() {
    const BYTES: usize = 8000;
    let shards = |files: &Files, stem: &str| files.iter().filter(|(name, _)| name.starts_with(stem)).map(|(_, bytes)| bytes.clone()).collect::<Vec<_>>();
    let sharded = |format| samples(|run| run.format(format).shard(NonZero::new(BYTES as u64)));
    let plain = sharded(Format::Jsonl);
    assert!(plain.contains_key("articles-00000.jsonl") && plain.contains_key("articles-00002.jsonl") && plain.contains_key("ledger-00001.jsonl"));
    for stem in ["articles", "ledger"] {
        let shards = shards(&plain, stem);
        assert_eq!(shards.concat(), PLAIN[&format!("{stem}.jsonl")]);
        for pair in shards.windows(2) {
            let next = lines(&pair[1]).len();
            let first = pair[1].split_inclusive(|&b| b == b'\n').next().unwrap();
            assert!(next > 0 && (pair[0].len() <= BYTES || lines(&pair[0]).len() == 1) && pair[0].len() + first.len() > BYTES);
        }
    }
    let ids = |rows: Vec<Value>| rows.into_iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let by_shard: Vec<_> = shards(&plain, "articles").iter().map(|shard| ids(lines(shard))).collect();
    assert_eq!(shards(&sharded(Format::Parquet), "articles").iter().map(|shard| ids(rows(shard))).collect::<Vec<_>>(), by_shard);
    assert_eq!(shards(&sharded(Format::Dolma), "documents/articles").iter().map(|shard| ids(lines(&gunzip(shard)))).collect::<Vec<_>>(), by_shard);
}

#[test]
fn every_format_is_the_same_bytes_for_any_number_of_threads() {
    for format in [Format::Jsonl, Format::Parquet, Format::Markdown, Format::Text, Format::Dolma] {
        let [one, two] = [1, 2].map(|threads| {
            let shard = if matches!(format, Format::Markdown | Format::Text) { None } else { NonZero::new(8000) };
            let mut files = samples(|run| run.format(format).compress(Some(Compression::Zstd)).shard(shard).threads(NonZero::new(threads)));
            files.remove("manifest.json");
            files
        });
        assert!(one == two && one.len() > 1, "{format:?}");
    }
}

/// Whatever an earlier run has left under any name makes room for the next, and nothing else does.
#[test]
fn force_replaces_what_an_earlier_run_of_any_format_left() {
    let dir = folder(&[("story.txt", STORY.as_bytes()), ("out/notes.txt", b"mine"), ("out/documents/mine.txt", b"mine")]);
    let (story, out) = (dir.path().join("story.txt"), dir.path().join("out"));
    let mine = ["documents/mine.txt", "notes.txt"];
    let page = "articles/story_txt/quay-reopens-after-the-storm-7547eb9174f0";
    let cases: [(Format, Option<u64>, Vec<String>); 6] = [
        (Format::Markdown, None, vec![format!("{page}.md"), "ledger.jsonl".into()]),
        (Format::Text, None, vec![format!("{page}.txt"), "ledger.jsonl".into()]),
        (Format::Jsonl, Some(1000), vec!["articles-00000.jsonl".into(), "ledger-00000.jsonl".into()]),
        (Format::Dolma, None, vec!["documents/articles.jsonl.gz".into(), "ledger.jsonl".into()]),
        (Format::Parquet, None, vec!["articles.parquet".into(), "ledger.jsonl".into()]),
        (Format::Markdown, None, vec![format!("{page}.md"), "ledger.jsonl".into()]),
    ];
    for (number, (format, shard, wanted)) in cases.into_iter().enumerate() {
        let run = |run: Run<'static>| run.format(format).shard(shard.and_then(NonZero::new));
        let refused = run(Run::new(&CLEANER, vec![story.clone()], &out)).run(|_| {});
        assert_eq!(matches!(refused, Err(Error::OutputTaken { .. })), number > 0);
        let files = write(&[&story], &out, |r| run(r).force(true));
        let mut wanted: Vec<String> = wanted.into_iter().chain(mine.map(str::to_owned)).chain(["manifest.json".into()]).collect();
        wanted.sort();
        assert_eq!(names(&files), wanted);
    }
}

#[test]
fn a_folder_that_no_run_has_written_is_not_replaced() {
    let dir = folder(&[("story.txt", STORY.as_bytes()), ("out/articles/mine.txt", b"mine")]);
    let clean = |format: &str| dechaff().args(["clean", "story.txt", "-q", "-o", "out", "--force", "--format", format]).current_dir(dir.path()).assert();
    clean("text").code(3).stderr_eq(str![[r#"
dechaff: out/articles: was written by no run; move it away or choose another folder

"#]]);
    clean("jsonl").success();
    clean("parquet").success();
    assert_eq!(names(&files(&dir.path().join("out"))), ["articles.parquet", "articles/mine.txt", "ledger.jsonl", "manifest.json"]);
}

/// A run over a folder that holds its own output reads none of that.
#[test]
fn what_a_run_has_written_is_no_dump() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    for format in [Format::Markdown, Format::Text, Format::Parquet, Format::Dolma, Format::Jsonl] {
        let files = write(&[dir.path()], dir.path(), |run| run.format(format).force(true));
        assert_eq!(lines(&files["ledger.jsonl"]).iter().map(|line| line["dump"].as_str().unwrap()).collect::<Vec<_>>(), ["story.txt"], "{format:?}");
    }
}

#[test]
fn articles_go_to_standard_output_and_nothing_else_is_written() {
    let dir = folder(&[("in/good.txt", STORY.as_bytes()), ("in/bad.txt", b"\0")]);
    let clean = |options: &[&str]| dechaff().args(["clean", "in", "-o", "-"]).args(options).current_dir(dir.path());
    let plain = write(&[&dir.path().join("in")], TempDir::new().unwrap().path(), |run| run);
    clean(&[]).assert().code(1).stderr_eq(str![[r#"
dechaff: bad.txt: is a binary file (zero byte at offset 0)
1 records ([..] B), 1 articles, 0 of them copies -> standard output
1 inputs failed

"#]]);
    let streamed = |options: &[&str]| clean(options).output().unwrap().stdout;
    assert_eq!(streamed(&[]), plain["articles.jsonl"]);
    assert_eq!(gunzip(&streamed(&["--compress", "gz"])), plain["articles.jsonl"]);
    assert_eq!(rows(&streamed(&["--format", "parquet"])).len(), 1);
    assert_eq!(lines(&streamed(&["--format", "dolma"]))[0]["metadata"]["provenance"]["dump"], "good.txt");
    assert_eq!(names(&files(dir.path())), ["in/bad.txt", "in/good.txt"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_stream_that_takes_no_more_is_named() {
    let full = std::fs::File::create("/dev/full").unwrap();
    let mut clean = std::process::Command::new(env!("CARGO_BIN_EXE_dechaff"));
    let output = clean.args(["clean", SAMPLES, "-q", "-o", "-"]).stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().starts_with("dechaff: standard output: No space")), (Some(3), true));
}

#[test]
fn what_does_not_go_together_is_wrong_usage() {
    let cases: [(&[&str], &str); 4] = [
        (&["-o", "-", "--format", "text"], "dechaff: a file for each article cannot go to standard output; name a folder with --out\n"),
        (&["-o", "-", "--shard", "1"], "dechaff: standard output cannot be split; leave --shard out, or name a folder with --out\n"),
        (&["-o", "-", "--format", "parquet", "--compress", "gz"], "dechaff: parquet is compressed already; leave --compress out\n"),
        (&["-o", "no/such", "--format", "markdown", "--shard", "1"], "dechaff: each article has a file of its own already; leave --shard out\n"),
    ];
    for (options, message) in cases {
        dechaff().args(["clean", "samples"]).args(options).assert().code(2).stdout_eq("").stderr_eq(message);
    }
    for options in [&["--shard", "0"], &["--compress", "rar"], &["--format", "csv"]] {
        dechaff().args(["clean", "samples", "-o", "no/such"]).args(options).assert().code(2);
    }
    assert!(!Path::new("no").exists());
}

/// `dedup` reads what `clean` has compressed, and writes what it leaves in the same ways.
#[test]
fn dedup_reads_and_writes_compressed_files_and_streams() {
    let dir = TempDir::new().unwrap();
    let dedup = |input: &str, options: &[&str]| dechaff().args(["dedup", input]).args(options).arg("-q").current_dir(dir.path()).assert();
    for (name, bytes) in samples(|run| run.format(Format::Dolma).compress(Some(Compression::Zstd))) {
        std::fs::write(dir.path().join(Path::new(&name).file_name().unwrap()), bytes).unwrap();
    }
    std::fs::write(dir.path().join("plain.jsonl"), zstd::decode_all(&std::fs::read(dir.path().join("articles.jsonl.zst")).unwrap()[..]).unwrap()).unwrap();
    dedup("plain.jsonl", &["-o", "plain"]).success();
    dedup("articles.jsonl.zst", &["-o", "packed", "--compress", "gz", "--shard", "1"]).success();
    let (plain, packed) = (files(&dir.path().join("plain")), files(&dir.path().join("packed")));
    assert_eq!(names(&packed), ["articles-00000.jsonl.gz", "clusters.jsonl.gz", "manifest.json"]);
    check(&schema("dedup-manifest.schema.json"), &manifest(&packed));
    assert_eq!(gunzip(&packed["articles-00000.jsonl.gz"]), plain["articles.jsonl"]);
    assert_eq!(dedup("plain.jsonl", &["-o", "-"]).success().get_output().stdout, plain["articles.jsonl"]);
    assert!(!dir.path().join("-").exists());
}

/// A table is no file of lines, and the message says what to do.
#[test]
fn dedup_says_what_to_do_with_a_table() {
    let dir = folder(&[]);
    std::fs::write(dir.path().join("articles.parquet"), &samples(|run| run.format(Format::Parquet))["articles.parquet"]).unwrap();
    dechaff().args(["dedup", "articles.parquet", "-o", "-"]).current_dir(dir.path()).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
dechaff: articles.parquet: is a Parquet table; give the articles as JSON Lines (dechaff clean --format jsonl)
0 documents, 0 copies in 0 clusters, 0 left -> standard output
1 lines or files failed

"#]]);
}
