//! What a record brings with it, and records that come from no file.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use dechaff::Run;
use dechaff::{Format, Hint, Part, PassFields, Reader, Record, RecordFormat};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::forms::{Files, lines};
use crate::parquet_written::rows;
use crate::schema::{check, check_all, schema};
use crate::support::{CLEANER, Output, STORY, folder, run};

fn format(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// The records of bytes that stand in no file.
fn records(name: &str, bytes: &[u8]) -> Vec<Record> {
    let record = |part| match part {
        Part::Record(record) => Some(record),
        _ => None,
    };
    Reader::default().records(name, bytes).filter_map(record).collect()
}

/// The values of a field of the provenance of all articles.
fn provenance(output: &Output, field: &str) -> Vec<Value> {
    output.articles.iter().map(|article| article["provenance"][field].clone()).collect()
}

#[test]
fn the_id_that_a_record_brings_with_it_stands_in_the_provenance() {
    for (name, ids) in [
        ("rows.jsonl", ["1", "2"]),
        ("rows.plain.parquet", ["1", "3"]),
        ("letters.mbox", ["1@news.example", "2@news.example"]),
    ] {
        let output = run(&[&format(name)]).1;
        assert_eq!(provenance(&output, "source_id"), ids, "{name}");
        check_all(&output);
    }
    let rows = [json!({"id": "quay:1", "text": STORY}), json!({"id": null, "text": STORY})];
    let dir = folder(&[("rows.jsonl", format!("{}\n{}", rows[0], rows[1]).as_bytes())]);
    let output = run(&[dir.path()]).1;
    assert_eq!(provenance(&output, "source_id"), ["quay:1"]);
    let without = folder(&[("quay.txt", STORY.as_bytes())]);
    assert!(run(&[without.path()]).1.articles[0]["provenance"].get("source_id").is_none());
}

#[test]
fn a_page_of_a_web_archive_has_its_canonical_address_and_the_one_it_was_fetched_from() {
    let page = format!(
        "<html><head><link rel=canonical href='https://news.example/quay'></head><h1>Quay</h1><p>{STORY}</p>"
    );
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <a>\r\nWARC-Target-URI: https://news.example/quay?from=feed\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{head}{page}\r\n\r\n",
        head.len() + page.len()
    );
    let dir = folder(&[("crawl.warc", warc.as_bytes())]);
    let output = run(&[dir.path()]).1;
    assert_eq!(output.articles[0]["url"], "https://news.example/quay");
    assert_eq!(provenance(&output, "target"), ["https://news.example/quay?from=feed"]);
    check_all(&output);
}

/// The files of a run over a row of many fields, which brings along `pass`.
fn passed(format: Format, pass: PassFields) -> Files {
    let row = json!({"id": 7, "text": STORY, "crawl": "2031-48", "seen": {"by": ["a", null]}, "quality": 0.5});
    let dir = folder(&[("rows.jsonl", row.to_string().as_bytes())]);
    let out = TempDir::new().unwrap();
    Run::new(&CLEANER, vec![dir.path().into()], out.path())
        .reader(Reader::default().pass_fields(pass))
        .format(format)
        .run(|_| {})
        .unwrap();
    crate::forms::files(out.path())
}

#[test]
fn every_format_carries_the_fields_that_are_asked_for() {
    let named = || PassFields::Named(vec!["seen".into(), "QUALITY".into(), "none".into()]);
    let wanted = json!({"quality": 0.5, "seen": {"by": ["a", null]}});

    let articles = lines(&passed(Format::Jsonl, named())["articles.jsonl"]);
    assert_eq!(articles[0]["metadata"], wanted);
    check(&schema("article.schema.json"), &articles[0]);

    let table = rows(&passed(Format::Parquet, named())["articles.parquet"]);
    let column: Value = serde_json::from_str(table[0]["metadata"].as_str().unwrap()).unwrap();
    assert_eq!((column, &table[0]["provenance"]["source_id"]), (wanted.clone(), &json!("7")));

    let files = passed(Format::Dolma, named());
    let document = &lines(&crate::forms::gunzip(&files["documents/articles.jsonl.gz"]))[0];
    assert_eq!(document["metadata"]["metadata"], wanted);
    check(&schema("document.schema.json"), document);

    let files = passed(Format::Markdown, named());
    let (_, page) = files.iter().find(|(name, _)| name.ends_with(".md")).unwrap();
    let page = std::str::from_utf8(page).unwrap();
    let field = |name: &str| page.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    assert_eq!(serde_json::from_str::<Value>(field("metadata: ")).unwrap(), wanted);
    assert_eq!(field("  source_id: "), "\"7\"");
}

#[test]
fn no_field_is_passed_that_nobody_asks_for_and_the_text_never() {
    let metadata =
        |pass| lines(&passed(Format::Jsonl, pass)["articles.jsonl"])[0].get("metadata").cloned();
    assert_eq!(metadata(PassFields::None), None);
    assert_eq!(metadata(PassFields::Named(vec!["none".into()])), None);
    let all = metadata(PassFields::All).unwrap();
    let names: Vec<&String> = all.as_object().unwrap().keys().collect();
    assert_eq!(names, ["crawl", "id", "quality", "seen"]);
}

#[test]
fn heads_of_mail_and_of_web_archives_are_passed_by_name() {
    let metadata = |name: &str, fields: &str| {
        let out = TempDir::new().unwrap();
        let run = dechaff()
            .arg("clean")
            .arg(format(name))
            .args(["-q", "--pass-fields", fields, "-o"])
            .arg(out.path())
            .assert();
        run.success();
        Output::of(out.path()).articles[0]["metadata"].clone()
    };
    let letter = metadata("letters.mbox", "subject,date");
    assert_eq!(letter["Date"], "Mon, 16 Jun 2031 15:53:00 +0200");
    assert_eq!(letter["Subject"], "Kai wieder geöffnet – quay reopens after the storm");
    let page = metadata("crawl.warc", "warc-type");
    assert_eq!(page, json!({"WARC-Type": "response"}));
    let all = metadata("crawl.warc.gz", "all");
    assert_eq!(all["WARC-Target-URI"], "https://news.example/harbour");
}

#[test]
fn columns_that_are_asked_for_are_read() {
    let pass = PassFields::Named(vec!["seen".into()]);
    let reader = Reader::default().pass_fields(pass);
    let bytes = std::fs::read(format("rows.zstd.parquet")).unwrap();
    let first = reader.records("rows.parquet", &bytes[..]).next();
    let Some(Part::Record(record)) = first else { panic!("a record: {first:?}") };
    assert_eq!(
        Value::from(record.about.fields),
        json!({"seen": {"by": "a reader", "tags": ["sea", null]}})
    );
}

/// A reader that gives the same bytes for ever, and counts them.
struct Endless<'c> {
    line: Vec<u8>,
    at: usize,
    given: &'c AtomicUsize,
}

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        for byte in out.iter_mut() {
            *byte = self.line[self.at % self.line.len()];
            self.at += 1;
        }
        self.given.fetch_add(out.len(), Relaxed);
        Ok(out.len())
    }
}

#[test]
fn records_are_read_as_they_are_asked_for() {
    let line = json!({"text": "The quay is open."}).to_string() + "\n";
    let mut header = tar::Header::new_ustar();
    header.set_path("rows.jsonl").unwrap();
    header.set_size(1 << 32);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    let given = AtomicUsize::new(0);
    let input = || Endless { line: line.clone().into_bytes(), at: 0, given: &given };
    let reader = Reader::default();
    assert_eq!(reader.records("rows.jsonl", input()).take(100).count(), 100);
    let archive = Cursor::new(header.as_bytes().to_vec()).chain(input());
    let parts: Vec<Part> = reader.records("rows.tar", archive).take(100).collect();
    assert!(
        matches!(&parts[99], Part::Record(record) if record.id.as_deref() == Some("rows.jsonl#100"))
    );
    assert!(given.load(Relaxed) < 1 << 20, "{}", given.load(Relaxed));
}

#[test]
fn bytes_give_the_records_that_a_file_gives() {
    for name in
        ["news.zip", "news.tar.gz", "crawl.warc.gz", "letters.mbox", "rows.json", "page.mhtml"]
    {
        let bytes = std::fs::read(format(name)).unwrap();
        let (of_file, _) = crate::support::records(&format(name));
        assert_eq!(records(name, &bytes), of_file, "{name}");
    }
}

#[test]
fn a_member_of_a_zip_archive_whose_bytes_have_changed_is_named() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in ["a.txt", "b.txt"] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(STORY.as_bytes()).unwrap();
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    let at = bytes.windows(4).position(|four| four == b"Quay").unwrap();
    bytes[at] = b'B';
    let parts: Vec<Part> = Reader::default().records("news.zip", &bytes[..]).collect();
    let [Part::Record(a), Part::Broken { record, reason }, Part::Record(b)] = &parts[..] else {
        panic!("{parts:?}")
    };
    assert!(a.view.starts_with("Buay") && b.view == STORY, "what can be read is read");
    assert_eq!(
        (record.as_deref(), reason.to_string().as_str()),
        (Some("a.txt"), "zip: Invalid checksum")
    );
}

#[test]
fn bytes_of_one_record_are_told_by_their_beginning_or_by_a_hint() {
    let text = "Die Brücke über den Fluß ist seit Montag wieder für alle geöffnet.";
    let latin = encoding_rs::WINDOWS_1252.encode(text).0;
    let page = format!("<p>{text}</p>");
    for (bytes, hint, format) in [
        (latin.as_ref(), Hint::MediaType("text/plain; charset=ISO-8859-1"), RecordFormat::Text),
        (page.as_bytes(), Hint::Name("bridge.html"), RecordFormat::Html),
        (page.as_bytes(), Hint::MediaType("text/html"), RecordFormat::Html),
        (page.as_bytes(), Hint::None, RecordFormat::Text),
        (b"<!DOCTYPE html><p>Br&uuml;cke", Hint::None, RecordFormat::Html),
    ] {
        let record = Record::from_bytes(bytes, hint).unwrap();
        assert_eq!(record.format, format, "{hint:?}");
    }
    assert_eq!(Record::from_bytes(&latin[..], Hint::None).unwrap().view, text);
    let cleaned = CLEANER.clean_bytes(STORY.as_bytes(), Hint::Name("quay.txt")).unwrap();
    assert_eq!(cleaned, CLEANER.clean(STORY));
    let refused = |bytes| CLEANER.clean_bytes(bytes, Hint::None).unwrap_err().to_string();
    assert_eq!(refused(b"\x01\x02\x03\0\0\0\0\0"), "is a binary file (zero byte at offset 3)");
    assert_eq!(
        refused(b"\x1f\x8b\x08\0\0\0\0\0"),
        "is gzip, not one record: read what it holds with Reader::records"
    );
}

#[test]
fn a_zero_byte_in_a_page_or_a_text_is_not_shown() {
    let page = format!(
        "<!DOCTYPE html><title>Quay\0 reopens</title><h1>Quay re\0opens</h1>\0<p>{}</p>",
        STORY.replace("old quay", "old q\0uay").replace("railings", "railings \0")
    );
    let text = STORY.replace("volunteers", "volunteers\0");
    for (name, dump, title) in
        [("page.html", page, "Quay reopens"), ("text.txt", text, "Quay reopens after the storm")]
    {
        let dir = folder(&[(name, dump.as_bytes())]);
        let (summary, output) = run(&[dir.path()]);
        assert_eq!((summary.failures, output.articles.len()), (vec![], 1), "{name}");
        let article = &output.articles[0];
        assert_eq!(
            (&article["title"], &output.ledger[0]["bytes"]),
            (&title.into(), &dump.len().into())
        );
        let text = article["text"].as_str().unwrap();
        assert!(!text.contains('\0') && text.contains("The old quay was opened again on Monday"));
        assert!(text.contains("its railings and flooded") && text.contains("volunteers had"));
    }
}

#[test]
fn times_keep_the_offset_that_a_page_or_a_record_states() {
    let page = format!(
        "<html><head><meta property='article:published_time' content='2031-06-16T15:53:00+02:00'></head><h1>Quay</h1><p>{STORY}</p>"
    );
    let row = |date: &str| json!({"date": date, "text": STORY});
    let rows = ["2031-06-16T15:53-05:00", "Mon, 16 Jun 2031 15:53:00 GMT", "16 June 2031"];
    let dir = folder(&[("page.html", page.as_bytes())]);
    let output = run(&[dir.path()]).1;
    assert_eq!(output.articles[0]["published"], "2031-06-16T15:53:00+02:00");
    check_all(&output);
    let published = rows.map(|date| {
        let dir = folder(&[("row.jsonl", row(date).to_string().as_bytes())]);
        run(&[dir.path()]).1.articles[0]["published"].clone()
    });
    assert_eq!(published, ["2031-06-16T15:53-05:00", "2031-06-16T15:53:00Z", "2031-06-16"]);
}
