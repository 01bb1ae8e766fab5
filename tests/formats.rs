//! Files in `formats/`, written by the tools that everybody uses (gzip, bzip2, xz, zstd, zip, tar, warcio, pyarrow, Python's json, email and mailbox): what is read of them.

use std::io::Write;
use std::path::{Path, PathBuf};

use dechaff::{Record, RecordFormat as Format, SourceMetadata};

use crate::cli::dechaff;
use crate::schema::check_all;
use crate::support::{Output, STORY, folder, records, run};

pub(crate) fn format(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// Ids and first lines.
fn heads(records: &[Record]) -> Vec<(&str, &str)> {
    records
        .iter()
        .map(|r| (r.id.as_deref().unwrap_or("-"), r.view.lines().next().unwrap_or("")))
        .collect()
}

const HARBOUR: &str = "Quay reopens after the storm";
pub(crate) const MILL: &str = "Water mill grinds flour again";

#[test]
fn compressed_files_are_told_by_their_bytes() {
    for name in ["harbour.txt.gz", "harbour.txt.bz2", "harbour.txt.xz", "harbour.txt.zst"] {
        let (records, broken) = records(&format(name));
        assert_eq!(heads(&records), [("-", HARBOUR)], "{name}");
        assert_eq!((records[0].view.as_str(), broken), (STORY, vec![]), "{name}");
    }
    let (members, _) = records(&format("members.txt.gz"));
    assert!(members[0].view.starts_with(STORY) && members[0].view[STORY.len()..].starts_with(MILL));
}

#[test]
fn archives_are_read_member_by_member() {
    for name in ["news.zip", "news.tar.gz"] {
        let (mut records, broken) = records(&format(name));
        records.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(
            heads(&records),
            [
                ("news/harbour.txt", HARBOUR),
                ("news/mill.txt", MILL),
                ("news/old/mill.txt.gz", MILL)
            ],
            "{name}"
        );
        assert_eq!(broken, [], "{name}");
    }
}

#[test]
fn web_archives_give_pages_and_texts_with_their_addresses() {
    for name in ["crawl.warc", "crawl.warc.gz"] {
        let (records, broken) = records(&format(name));
        assert_eq!(broken, [], "{name}");
        let rows: Vec<_> =
            records.iter().map(|r| (r.about.url.as_deref().unwrap(), r.format)).collect();
        let [harbour, mill] = ["https://news.example/harbour", "https://news.example/mill"];
        assert_eq!(
            rows,
            [
                (harbour, Format::Html),
                (mill, Format::Text),
                ("https://news.example/mill.txt", Format::Text),
                (harbour, Format::Text)
            ]
        );
        assert!(
            records[0].view.starts_with("<!DOCTYPE html>")
                && records[1].view.starts_with(MILL)
                && records[3].view == STORY
        );
        assert!(records.iter().all(|r| r.id.as_ref().unwrap().starts_with("urn:uuid:")));
    }
    let (summary, output) = run(&[&format("crawl.warc.gz")]);
    assert_eq!(summary.skipped.len(), 3, "{:?}", summary.skipped);
    assert!(
        output
            .articles
            .iter()
            .all(|a| a["url"].as_str().unwrap().starts_with("https://news.example/"))
    );
    check_all(&output);
}

#[test]
fn what_a_json_object_says_of_its_text_goes_into_the_article() {
    for name in ["rows.jsonl", "rows.json"] {
        let output = run(&[&format(name)]).1;
        check_all(&output);
        assert_eq!(output.manifest["failures"].as_array().unwrap().len(), 0, "{name}");
        let [harbour, mill] = &output.articles[..] else { panic!("{name}: two articles") };
        for (field, value) in [
            ("title", "A headline of the container"),
            ("url", "https://news.example/harbour"),
            ("published", "2031-06-16T15:53:00Z"),
            ("source", "The Gazette"),
        ] {
            assert_eq!(harbour[field], value, "{name}");
        }
        assert_eq!(harbour["authors"], serde_json::json!(["Ada Quill"]));
        assert_eq!(
            (&harbour["provenance"]["record"], &harbour["provenance"]["title"]),
            (&"1".into(), &serde_json::Value::Null)
        );
        assert_eq!(
            (&mill["title"], &mill["url"], &mill["provenance"]["record"]),
            (&MILL.into(), &"https://news.example/mill".into(), &"2".into())
        );
        assert_eq!(mill["authors"], serde_json::json!(["Ben Reed", "Cy Moss"]));
    }
}

/// Documents of Dolma have no other date; where another stands beside it, that is the publication.
#[test]
fn when_a_document_was_created_is_when_it_was_published_unless_it_says_better() {
    let document = |metadata: serde_json::Value| {
        let text = "The old quay was opened again, two weeks after the storm had torn away its railings and flooded the ticket hall.";
        serde_json::json!({"id": "1", "text": text, "source": "The Gazette", "added": "", "created": "2031-06-16T15:53:00Z", "metadata": metadata}).to_string()
    };
    for (metadata, published) in [
        (serde_json::json!({}), "2031-06-16T15:53:00Z"),
        (serde_json::json!({"date": "2031-06-14"}), "2031-06-14"),
    ] {
        let dir = folder(&[("documents.jsonl", document(metadata).as_bytes())]);
        assert_eq!(run(&[dir.path()]).1.articles[0]["published"], published);
    }
}

#[test]
fn of_mail_the_body_is_read_and_the_head_goes_into_the_article() {
    let (summary, output) = run(&[&format("letters.mbox")]);
    check_all(&output);
    assert_eq!(
        (summary.failures, summary.skipped[0].reason.as_str()),
        (vec![], "1 attachments of mail")
    );
    let [harbour, mill] = &output.articles[..] else {
        panic!("two articles: {:?}", output.articles)
    };
    let [text, html] = &output.ledger[..] else { panic!("two records") };
    assert_eq!(
        (&text["record"], &text["format"], &text["encoding"]),
        (&"1".into(), &"mail".into(), &"windows-1252".into())
    );
    assert_eq!(
        (&html["record"], &html["format"], &html["encoding"]),
        (&"2".into(), &"html".into(), &"utf-8".into())
    );
    assert!(harbour["text"].as_str().unwrap().contains("\n\nFrom the café on the pier"));
    assert_eq!(harbour["title"], "Kai wieder geöffnet – quay reopens after the storm");
    assert_eq!(
        (&harbour["published"], &harbour["authors"]),
        (&"2031-06-16T15:53:00+02:00".into(), &serde_json::json!(["Ada Quill"]))
    );
    assert!(mill["text"].as_str().unwrap().contains("– “by chance”, as they say."));
    assert_eq!(
        (&mill["title"], &mill["published"], &mill["authors"]),
        (&MILL.into(), &"2031-06-17T08:00:00Z".into(), &serde_json::json!(["Ben Reed"]))
    );

    let (records, broken) = records(&format("letter.eml"));
    assert_eq!((records[0].id.as_ref(), records[0].format, broken), (None, Format::Html, vec![]));
    assert!(records[0].view.starts_with("<html><head><title>The mill"));
}

/// The browser that saved a page is not its author, nor is it from the day on which it was saved.
#[test]
fn a_saved_page_is_a_message_without_an_author() {
    let (records, broken) = records(&format("page.mhtml"));
    let SourceMetadata { url, title, published, authors, .. } = &*records[0].about;
    assert_eq!((records[0].format, broken), (Format::Html, vec![]));
    assert_eq!(
        (url.as_deref(), title.as_deref(), published, authors.len()),
        (Some("https://news.example/mill"), Some("The mill"), &None, 0)
    );
}

#[test]
fn the_text_field_can_be_named() {
    let line = serde_json::json!({"text": "a summary", "story": STORY}).to_string();
    let view = |options: &[&str]| {
        String::from_utf8(
            dechaff()
                .args(["text", "-"])
                .args(options)
                .stdin(line.clone())
                .output()
                .unwrap()
                .stdout,
        )
        .unwrap()
    };
    assert_eq!(
        (view(&[]).as_str(), view(&["--text-field", "story"]).as_str()),
        ("a summary", STORY)
    );
    let missing =
        dechaff().args(["text", "-", "--text-field", "tale"]).stdin(line.clone()).assert().code(1);
    missing.stderr_eq("dechaff: -: 1: has no text: none of the fields tale holds a string; name the field with --text-field\n");
}

/// Beside pages often lies what somebody noted about them. Given by itself, or beside objects with a text, an object without one is a failure.
#[test]
fn a_json_file_without_any_text_is_no_dump() {
    let rows = format!("{{\"note\": 1}}\n{}\n", serde_json::json!({"text": STORY}));
    let dir = folder(&[
        ("page.txt", STORY.as_bytes()),
        ("page.json", b"{\"seen\": 3}"),
        ("cut.json", b"{\"seen\": "),
        ("rows.jsonl", rows.as_bytes()),
    ]);
    let (summary, _) = run(&[dir.path()]);
    let failed: Vec<_> =
        summary.failures.iter().map(|f| (f.dump.as_str(), f.record.as_deref())).collect();
    assert_eq!(
        (summary.inputs, failed),
        (2, vec![("cut.json", Some("1")), ("rows.jsonl", Some("1"))])
    );
    let [skipped] = &summary.skipped[..] else { panic!("{:?}", summary.skipped) };
    assert_eq!(
        (skipped.dump.as_str(), skipped.reason.starts_with("1 objects of JSON without a text")),
        ("page.json", true)
    );
    assert_eq!(run(&[&dir.path().join("page.json")]).0.failures.len(), 1);
}

#[test]
fn one_record_can_be_shown() {
    let dump = format("news.zip");
    let text = |id: &str| dechaff().arg("text").arg(&dump).args(["--record", id]).assert();
    text("news/harbour.txt").success().stdout_eq(STORY);
    text("news/none.txt")
        .code(1)
        .stdout_eq("")
        .stderr_eq("dechaff: [..]news.zip: has no record news/none.txt\n");
    let explain = dechaff().arg("explain").arg(&dump).env("NO_COLOR", "1").output().unwrap().stdout;
    let explain = String::from_utf8(explain).unwrap();
    assert_eq!(explain.lines().filter(|l| l.starts_with("news/")).count(), 3, "{explain}");
}

/// Every range resolves against the view that `text` prints, whatever the dump was written in.
#[test]
fn ranges_are_bytes_of_the_decoded_view() {
    let russian = "Старая набережная снова открыта\n\nВ понедельник, через две недели после бури, рабочие поставили новые перила и открыли кассу.\n";
    let bytes = encoding_rs::WINDOWS_1251.encode(russian).0;
    let dir = folder(&[("quay.txt", &bytes)]);
    let output = run(&[dir.path()]).1;
    assert_eq!(output.ledger[0]["encoding"], "windows-1251");
    let view = dechaff().arg("text").arg(dir.path().join("quay.txt")).output().unwrap().stdout;
    let range = &output.articles[0]["provenance"]["paragraphs"][0][0];
    let at = |n: usize| usize::try_from(range[n].as_u64().unwrap()).unwrap();
    assert_eq!(std::str::from_utf8(&view[at(0)..at(1)]).unwrap(), output.articles[0]["text"]);
}

/// A file of more records than a batch holds comes out in its order, with any number of threads.
#[test]
fn many_records_keep_their_order() {
    let mut lines = Vec::new();
    for number in 0..2500 {
        let text = format!(
            "Report number {number} of the harbour watch says that {} boats lay at the quay.",
            number * 7
        );
        writeln!(lines, "{}", serde_json::json!({"text": text})).unwrap();
    }
    let dir = folder(&[("many.jsonl", &lines), ("story.txt", STORY.as_bytes())]);
    let written = |threads: &str| {
        let out = tempfile::TempDir::new().unwrap();
        dechaff()
            .arg("clean")
            .arg(dir.path())
            .args(["-q", "--threads", threads, "-o"])
            .arg(out.path())
            .assert()
            .success();
        Output::of(out.path()).ledger
    };
    let ledger = written("2");
    let numbers: Vec<&str> = ledger.iter().filter_map(|l| l["record"].as_str()).collect();
    assert_eq!(numbers, (1..=2500).map(|n| n.to_string()).collect::<Vec<_>>());
    assert_eq!(ledger, written("1"));
}

/// A mirror of a site holds more than pages. What is none is left out, by what it holds, and counted; it is no failure.
#[test]
fn files_beside_the_pages_of_a_site_are_left_out() {
    let dir = folder(&[
        ("site/quay.txt", STORY.as_bytes()),
        ("site/img/quay.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("site/letters.woff2", b"wOF2\0\x01\0\0"),
        ("site/style.css", b".quay {\n  color: red;\n}\n"),
        ("site/menu.js", b"function open() {\n  go();\n}\n"),
        ("site/robots.txt", b"User-agent: *\nDisallow: /quay\n"),
        (
            "site/sitemap.xml",
            b"<?xml version=\"1.0\"?><urlset><url><loc>https://quay.example</loc></url></urlset>",
        ),
    ]);
    let (summary, output) = run(&[&dir.path().join("site")]);
    assert_eq!((summary.failures, output.dumps()), (vec![], vec!["quay.txt"]));
    let left_out: Vec<_> =
        summary.skipped.iter().map(|s| (s.dump.as_str(), s.reason.as_str())).collect();
    assert_eq!(
        left_out,
        [
            ("img/quay.png", "1 image"),
            ("letters.woff2", "1 font"),
            ("menu.js", "1 script"),
            ("robots.txt", "1 file for crawlers"),
            ("sitemap.xml", "1 site map"),
            ("style.css", "1 style sheet"),
        ]
    );
}
