//! The formats that an archive comes in: what stands in each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dechaff::Format;
use dechaff::Run;
use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::schema::{check, schema};
use crate::support::{CLEANER, SAMPLES, STORY, folder};

/// Every file of a run, by its path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn files(out: &Path) -> Files {
    let entries = walkdir::WalkDir::new(out)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            (
                entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

pub(crate) fn names(files: &Files) -> Vec<&str> {
    files.keys().map(String::as_str).collect()
}

/// Cleans `paths` into `out`.
pub(crate) fn write(
    paths: &[&Path],
    out: &Path,
    with: impl FnOnce(Run<'static>) -> Run<'static>,
) -> Files {
    with(Run::new(&CLEANER, paths.iter().map(PathBuf::from).collect(), out)).run(|_| {}).unwrap();
    files(out)
}

/// Cleans the samples into a new folder.
pub(crate) fn samples(with: impl FnOnce(Run<'static>) -> Run<'static>) -> Files {
    write(&[Path::new(SAMPLES)], TempDir::new().unwrap().path(), with)
}

/// The samples as JSON Lines.
pub(crate) static PLAIN: LazyLock<Files> = LazyLock::new(|| samples(|run| run));

pub(crate) fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub(crate) fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
    unpacked
}

pub(crate) fn manifest(files: &Files) -> Value {
    serde_json::from_slice(&files["manifest.json"]).unwrap()
}

#[test]
fn the_manifest_says_the_format_and_names_every_file() {
    for (format, name) in [
        (Format::Jsonl, "jsonl"),
        (Format::Parquet, "parquet"),
        (Format::Markdown, "markdown"),
        (Format::Text, "text"),
        (Format::Dolma, "dolma"),
    ] {
        let files = samples(|run| run.format(format));
        let manifest = manifest(&files);
        check(&schema("manifest.schema.json"), &manifest);
        assert_eq!(manifest["format"], name);
        let named: Vec<&str> = manifest["files"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        let unnamed = names(&files).into_iter().filter(|file| {
            !named.iter().any(|name| file == name || name.ends_with('/') && file.starts_with(name))
        });
        assert_eq!(unnamed.collect::<Vec<_>>(), ["manifest.json"]);
        assert_eq!(files["ledger.jsonl"], PLAIN["ledger.jsonl"]);
    }
}

#[test]
fn markdown_has_the_metadata_and_the_provenance_in_front() {
    let files = samples(|run| run.format(Format::Markdown));
    let articles = lines(&PLAIN["articles.jsonl"]);
    for article in &articles {
        let id = article["id"].as_str().unwrap();
        let (name, page) =
            files.iter().find(|(name, _)| name.ends_with(&format!("{}.md", &id[..12]))).unwrap();
        assert!(name.starts_with("articles/"));
        let (front, _) = std::str::from_utf8(page)
            .unwrap()
            .strip_prefix("---\n")
            .unwrap()
            .split_once("\n---\n")
            .unwrap();
        let mut read =
            json!({"text": article["text"], "blocks": article["blocks"], "provenance": {}});
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
        let mut files =
            write(&[dir.path()], TempDir::new().unwrap().path(), |run| run.format(format));
        files.retain(|name, _| name.starts_with("articles/"));
        files
            .into_iter()
            .map(|(name, page)| format!("{name}\n\n{}", String::from_utf8(page).unwrap()))
            .collect::<String>()
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
    let rows: Vec<String> = titles
        .iter()
        .enumerate()
        .map(|(n, title)| json!({"title": title, "text": text(n)}).to_string() + "\n")
        .collect();
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
        let pages: Vec<&str> = names(&files)
            .into_iter()
            .filter(|name| name.starts_with("articles/rows_jsonl/"))
            .collect();
        assert_eq!((pages.len(), files.len()), (articles.len(), articles.len() + 2), "{pages:?}");
        for page in pages {
            let name = page
                .strip_prefix("articles/rows_jsonl/")
                .and_then(|name| name.strip_suffix(ending))
                .unwrap();
            assert!(
                name.len() <= 100 && name.chars().all(|c| c.is_alphanumeric() || c == '-'),
                "{name:?}"
            );
        }
    }
    assert_eq!(std::fs::read_dir(around.path()).unwrap().count(), 2);
}

/// Whatever a headline holds, the front matter is of as many lines as it has fields, and without characters that YAML forbids.
#[test]
fn no_headline_breaks_the_front_matter() {
    let dir = hostile();
    let files = write(&[dir.path()], TempDir::new().unwrap().path(), |run| {
        run.format(Format::Markdown).repeated(0)
    });
    for page in files
        .iter()
        .filter(|(name, _)| name.ends_with(".md"))
        .map(|(_, page)| std::str::from_utf8(page).unwrap())
    {
        let front: Vec<&str> = page
            .strip_prefix("---\n")
            .unwrap()
            .split("\n---\n")
            .next()
            .unwrap()
            .split('\n')
            .collect();
        assert_eq!(front.len(), 15, "{front:?}");
        assert!(
            !front
                .concat()
                .contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{feff}')),
            "{front:?}"
        );
    }
}

/// With copies kept, several articles have one headline and one text; dumps can differ in case alone.
#[test]
fn no_two_names_are_one_where_case_does_not_count() {
    let row = json!({"title": "Quay reopens", "text": STORY}).to_string() + "\n";
    let dir = folder(&[
        ("Feeds/A.jsonl", row.repeat(3).as_bytes()),
        ("feeds/a.jsonl", row.as_bytes()),
        ("feeds/a_jsonl", row.as_bytes()),
    ]);
    let files = write(&[dir.path()], TempDir::new().unwrap().path(), |run| {
        run.format(Format::Text).keep_duplicates(true)
    });
    let pages: Vec<String> = names(&files)
        .iter()
        .filter(|name| name.ends_with(".txt"))
        .map(|name| name.to_lowercase())
        .collect();
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
        let source =
            article["source"].as_str().unwrap_or(article["provenance"]["dump"].as_str().unwrap());
        assert_eq!((&document["id"], &document["text"]), (&article["id"], &article["text"]));
        assert_eq!(document["created"], article["published"].as_str().unwrap_or_default());
        assert_eq!(document["source"], source);
        for field in ["title", "authors", "language", "url", "provenance"] {
            assert_eq!(document["metadata"][field], article[field]);
        }
    }
    assert!(documents.iter().any(|document| document["created"] != ""));
}
