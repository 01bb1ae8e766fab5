//! Records as interfaces, crawlers, spreadsheets and feeds hand them over: what is read of each.

use std::path::Path;

use dechaff::{Hint, Part, PassFields, Reader, Record, Unreadable};
use serde_json::json;

use crate::cli::dechaff;
use crate::schema::check_all;
use crate::support::{CLEANER, STORY, folder, records, run};

const MILL: &str = "Water mill grinds flour again\n\n\
    The water mill above the village ground its first flour in thirty years on Sunday, watched by most of the families of the valley.\n";

fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_deref().unwrap_or("-")).collect()
}

#[test]
fn the_fields_of_a_record_go_by_the_names_that_crawlers_give_them() {
    let rows = [
        json!({"maintext": STORY, "title": "Quay", "date_publish": "2031-06-16 15:53:00", "authors": ["Ada Quill"], "title_rss": null}),
        json!({"articleBody": MILL, "headline": "Mill", "datePublished": "2031-06-17", "creator": [{"name": "Ben Reed"}, {"name": "Cy Moss"}]}),
    ];
    let lines = rows.map(|row| row.to_string()).join("\n");
    let dir = folder(&[("crawl.jsonl", lines.as_bytes())]);
    let output = run(&[dir.path()]).1;
    let told = |field: &str| output.articles.iter().map(|a| a[field].clone()).collect::<Vec<_>>();
    assert_eq!(told("published"), ["2031-06-16T15:53:00", "2031-06-17"]);
    assert_eq!(told("authors"), [json!(["Ada Quill"]), json!(["Ben Reed", "Cy Moss"])]);
}

#[test]
fn the_objects_in_a_list_of_an_object_are_records() {
    let answer = json!({"status": "ok", "count": 2, "articles": [{"title": "Quay", "text": STORY}, {"title": "Mill", "text": MILL}, {"title": "None"}]});
    let lines = format!("{answer}\n{}\n", json!({"response": {"docs": [{"body": STORY}]}}));
    let pretty = serde_json::to_string_pretty(&answer).unwrap();
    let dir = folder(&[("pages.jsonl", lines.as_bytes()), ("answer.json", pretty.as_bytes())]);
    let (of_lines, broken) = records(&dir.path().join("pages.jsonl"));
    assert_eq!(ids(&of_lines), ["1#articles.1", "1#articles.2", "2#response.docs.1"]);
    assert_eq!(broken[0].0.as_deref(), Some("1#articles.3"), "what has no text is named");
    let (of_answer, _) = records(&dir.path().join("answer.json"));
    assert_eq!(ids(&of_answer), ["1#articles.1", "1#articles.2"]);
    assert_eq!(
        (of_answer[1].view.as_str(), of_answer[1].about.title.as_deref()),
        (MILL, Some("Mill"))
    );
}

#[test]
fn the_text_field_may_stand_in_an_object() {
    let row = json!({"title": "Search", "article": {"body": STORY, "title": "Quay"}});
    let reader = Reader::default().text_field(Some("article.body".into()));
    let parts: Vec<Part> = reader.records("rows.jsonl", row.to_string().as_bytes()).collect();
    let [Part::Record(record)] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!((record.view.as_str(), record.about.title.as_deref()), (STORY, Some("Quay")));
}

/// Lines of one file may come from programs that wrote in different encodings.
#[test]
fn a_line_that_is_not_utf_8_is_decoded_alone() {
    let line = |text: &str| json!({"text": text}).to_string();
    let [utf_8, latin] =
        ["Über den Kai – wieder geöffnet", "Caf\u{e9} on the quay is open again"].map(line);
    let latin = encoding_rs::WINDOWS_1252.encode(&latin).0.into_owned();
    let bytes = [utf_8.as_bytes(), &latin, utf_8.as_bytes()].join(&b'\n');
    let dir = folder(&[("mixed.jsonl", &bytes)]);
    let (records, broken) = records(&dir.path().join("mixed.jsonl"));
    let read: Vec<_> = records.iter().map(|r| (r.view.as_str(), r.encoding, r.replaced)).collect();
    let german = ("Über den Kai – wieder geöffnet", "UTF-8", false);
    assert_eq!(read, [german, ("Café on the quay is open again", "windows-1252", false), german]);
    assert_eq!(broken, []);
}

#[test]
fn the_rows_of_a_table_are_records_by_the_names_in_its_first_line() {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for (name, separator) in [("rows.csv", ","), ("rows.tsv", "\t"), ("export.txt", ";")] {
        let row = |cells: [&str; 5]| cells.join(separator) + "\r\n";
        let table = row(["ID", "Headline", "Publish date", "Author", "Article text"])
            + &row(["a7", "Quay", "2031-06-16", "Ada Quill and Ben Reed", &cell(STORY)])
            + &row(["a8", "", "", "", ""])
            + &row(["a9", "Mill", "17 June 2031", "", &cell(MILL)]);
        let dir = folder(&[(name, format!("\u{feff}{table}").as_bytes())]);
        let (summary, output) = run(&[dir.path()]);
        let skipped: Vec<_> = summary.skipped.iter().map(|s| s.reason.as_str()).collect();
        assert_eq!((summary.failures, skipped), (vec![], vec!["1 rows without a text"]), "{name}");
        let [quay, mill] = &output.articles[..] else { panic!("{name}: two articles") };
        assert_eq!(quay["authors"], json!(["Ada Quill", "Ben Reed"]), "{name}");
        assert_eq!(
            (&quay["published"], &mill["published"]),
            (&json!("2031-06-16"), &json!("2031-06-17"))
        );
        assert_eq!(mill["provenance"]["record"], "3");
        assert_eq!(mill["provenance"]["source_id"], "a9");
    }
}

/// What a table leaves open is told, and nothing of it is lost without a word.
#[test]
fn a_table_names_the_rows_that_it_cannot_read() {
    let table =
        format!("id,text\n1,\"{STORY}\"\n2,Caf\u{e9} on the quay,open\n3,Caf\u{e9} on the quay\n");
    let latin = encoding_rs::WINDOWS_1252.encode(&table).0.into_owned();
    let dir =
        folder(&[("rows.csv", &latin), ("essay.txt", b"Title, text and more\n\nAn essay.\n")]);
    let (found, broken) = records(&dir.path().join("rows.csv"));
    assert_eq!((ids(&found), found[1].view.as_str()), (vec!["1", "3"], "Caf\u{e9} on the quay"));
    let (row, reason) = &broken[0];
    assert_eq!(row.as_deref(), Some("2"));
    assert!(reason.ends_with("has 3 cells, and the header 2"), "{reason}");
    assert_eq!(ids(&records(&dir.path().join("essay.txt")).0), ["-"], "a text with commas");
}

/// Content in HTML is cleaned as a page is, and entities that a document type declares are not followed.
#[test]
fn the_entries_of_a_feed_are_records() {
    for name in ["gazette.rss", "gazette.atom", "gazette.json"] {
        let (summary, output) =
            run(&[&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)]);
        check_all(&output);
        assert_eq!(summary.failures, [], "{name}");
        let [quay, mill] = &output.articles[..] else { panic!("{name}: two articles") };
        assert_eq!(
            (&quay["title"], &quay["published"], &quay["authors"], &quay["source"], &quay["url"]),
            (
                &json!("Quay reopens after the storm"),
                &json!("2031-06-16T15:53:00Z"),
                &json!(["Ada Quill"]),
                &json!("The Gazette"),
                &json!("https://news.example/quay")
            ),
            "{name}"
        );
        assert_eq!(
            (&mill["title"], &mill["authors"], &mill["url"]),
            (
                &json!("Mill grinds again"),
                &json!(["Ben Reed"]),
                &json!("https://news.example/mill")
            ),
            "{name}"
        );
        assert_eq!(quay["provenance"]["source_id"], "gazette:1", "{name}");
        assert_eq!(output.ledger[0]["format"], "html", "{name}");
        let text = quay["text"].as_str().unwrap();
        assert!(
            text.starts_with("The old quay") && text.ends_with("by night – weather permitting."),
            "{name}: {text}"
        );
    }
}

#[test]
fn of_a_feed_in_latin_1_every_entry_is_decoded_and_one_without_a_text_counted() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/gazette.rss");
    let (found, broken) = records(&path);
    assert_eq!((ids(&found), broken), (vec!["1", "3"], vec![]));
    assert!(found[1].view.ends_with("The café beside it &c; opens in July."), "{}", found[1].view);
    assert_eq!(found[1].about.target.as_deref(), Some("https://news.example/mill"));
    let skipped = run(&[&path]).0.skipped;
    assert_eq!(skipped[0].reason, "1 entries of a feed without a text");
}

/// Crawls before 2009 were stored as ARC: no text is taken for one, and a wrong length costs one page.
#[test]
fn the_pages_of_an_arc_are_records_with_their_addresses() {
    let record = |address: &str, head: &str, body: &str, length: i64| {
        let content = format!("{head}\r\n\r\n{body}");
        let length = content.len() as i64 + length;
        format!("{address} 10.0.0.1 20310616155300 text/html {length}\n{content}\n")
    };
    let about = "1 0 Quay\nURL IP-address Archive-date Content-type Archive-length\n";
    let page = |title: &str| format!("<html><h1>{title}</h1><p>{STORY}</p></html>");
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8";
    let archive = [
        format!(
            "filedesc://crawl.arc 0.0.0.0 20310616155300 text/plain {}\n{about}\n",
            about.len()
        ),
        record("dns:news.example", "20310616155300", "news.example. A 10.0.0.1", 0),
        record("http://news.example/quay", ok, &page("Quay"), 0),
        record("http://news.example/gone", "HTTP/1.1 404 Not Found", "gone", 0),
        record("http://news.example/wrong", ok, &page("Wrong"), 30),
        record("http://news.example/mill", ok, &page("Mill"), 0),
    ]
    .concat();
    let packed = zstd::encode_all(archive.as_bytes(), 1).unwrap();
    let dir = folder(&[("crawl.arc", archive.as_bytes()), ("crawl.arc.zst", &packed)]);
    for name in ["crawl.arc", "crawl.arc.zst"] {
        let (found, broken) = records(&dir.path().join(name));
        let addresses: Vec<_> = found.iter().map(|r| r.about.target.as_deref().unwrap()).collect();
        assert_eq!(addresses, ["http://news.example/quay", "http://news.example/mill"], "{name}");
        assert_eq!((ids(&found), found[0].view.as_str()), (vec!["3", "6"], page("Quay").as_str()));
        let [(record, reason)] = &broken[..] else { panic!("{name}: {broken:?}") };
        assert_eq!(record.as_deref(), Some("5"));
        assert!(reason.ends_with("but does not end behind them"), "{reason}");
    }
    let too_long = [
        format!(
            "filedesc://crawl.arc 0.0.0.0 20310616155300 text/plain {}\n{about}\n",
            about.len()
        ),
        record("http://news.example/wrong", ok, &page("Wrong"), 1 << 20),
        record("http://news.example/mill", ok, &page("Mill"), 0),
    ];
    let dir = folder(&[("long.arc", too_long.concat().as_bytes())]);
    let (found, broken) = records(&dir.path().join("long.arc"));
    assert_eq!((found.len(), broken.len()), (1, 1), "the record that a wrong length ran over");
    let pass = Reader::default().pass_fields(PassFields::Named(vec!["archive-date".into()]));
    let dates = pass.records("crawl.arc", archive.as_bytes()).filter_map(|part| match part {
        Part::Record(record) => {
            Some((record.about.fields["Archive-date"].clone(), record.about.published))
        }
        _ => None,
    });
    assert_eq!(dates.collect::<Vec<_>>(), vec![(json!("20310616155300"), None); 2]);
}

/// Bytes that hold records are no text, though some of them could be read as one.
#[test]
fn bytes_that_hold_records_are_not_cleaned_as_one() {
    let row = json!({"text": STORY}).to_string();
    let rss = format!(
        "<?xml version=\"1.0\"?><rss><channel><item><description>{STORY}</description></item></channel></rss>"
    );
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let file = |name: &str| std::fs::read(formats.join(name)).unwrap();
    for (bytes, format) in [
        (row.into_bytes(), "JSON"),
        (rss.into_bytes(), "a feed (RSS or Atom)"),
        (file("harbour.txt.gz"), "gzip"),
        (file("harbour.txt.zst"), "zstd"),
        (file("news.zip"), "a zip archive"),
        (file("crawl.warc"), "a WARC"),
        (file("rows.plain.parquet"), "Parquet"),
    ] {
        let reason = CLEANER.clean_bytes(&bytes, Hint::None).unwrap_err();
        assert_eq!(reason, Unreadable::Container { format });
    }
}

/// A line is one record, whoever reads it: with a byte order mark where files were put together, in Latin-1, with half of a surrogate pair.
#[test]
fn clean_and_dedup_read_the_same_records() {
    let latin = encoding_rs::WINDOWS_1252.encode(r#"{"id": 3, "text": "Café on the quay"}"#).0;
    let lines = [
        "\u{feff}{\"id\": 1, \"text\": \"The quay is open\"}".as_bytes(),
        "\u{feff}{\"Id\": 2, \"articleBody\": \"The mill is open\"}".as_bytes(),
        &latin,
        br#"{"id": 4, "text": "Half a rocket \ud83d"}"#,
    ]
    .join(&b'\n');
    let dir = folder(&[("rows.jsonl", &lines), ("rows.csv", b"id,text\n5,The bridge is open\n")]);
    let read = |name: &str| -> Vec<String> {
        let (records, broken) = records(&dir.path().join(name));
        assert_eq!(broken, []);
        records.into_iter().map(|record| record.view).collect()
    };
    assert_eq!(
        [read("rows.jsonl"), read("rows.csv")].concat(),
        [
            "The quay is open",
            "The mill is open",
            "Café on the quay",
            "Half a rocket \u{fffd}",
            "The bridge is open"
        ]
    );
    let dedup =
        dechaff().args(["dedup", "rows.jsonl", "rows.csv", "-o", "-"]).current_dir(&dir).output();
    let left = "{\"id\": 1, \"text\": \"The quay is open\"}\n{\"Id\": 2, \"articleBody\": \"The mill is open\"}\n\
        {\"id\": 3, \"text\": \"Café on the quay\"}\n{\"id\": 4, \"text\": \"Half a rocket \\ud83d\"}\n{\"id\":\"5\",\"text\":\"The bridge is open\"}\n";
    assert_eq!(String::from_utf8(dedup.unwrap().stdout).unwrap(), left);
}

/// The head of a mail is no part of its view; that it is one tells what the `>` before its lines means.
#[test]
fn what_a_mail_quotes_is_no_text_of_it() {
    let mail = format!(
        "From: Ada Quill <ada@quay.example>\nSubject: Re: Quay\nDate: Tue, 17 Jun 2031 08:00:00 +0000\nMIME-Version: 1.0\n\n\
         > Will the quay be open on Sunday?\n\n{STORY}\n\n16 June 2031, Ben Reed <ben@quay.example>:\n> And who mends the railings?\n"
    );
    let dir = folder(&[("quay.eml", mail.as_bytes())]);
    let (_, output) = run(&[dir.path()]);
    check_all(&output);
    let [article] = &output.articles[..] else { panic!("{:?}", output.articles) };
    assert!(!article["text"].as_str().unwrap().contains("railings?"), "{article}");
    assert_eq!(article["published"], "2031-06-17T08:00:00Z");
    assert_eq!(article["title"], "Re: Quay");
    assert_eq!(output.manifest["removed"]["quote"]["spans"], 2);
}

#[test]
fn the_day_of_publication_counts_where_a_later_day_stands_above_it() {
    let page = |lines: &str| format!("Quay reopens after the storm\n\n{lines}\n\n{STORY}\n");
    for (lines, day) in [
        ("Updated: 20 April 2031\nPublished: 18 April 2031", "2031-04-18"),
        ("Updated 20 April 2031, published 18 April 2031 09:30", "2031-04-18T09:30"),
        ("18 April 2031 · 3 min read", "2031-04-18"),
    ] {
        let dir = folder(&[("quay.txt", page(lines).as_bytes())]);
        let (_, output) = run(&[dir.path()]);
        assert_eq!(output.articles[0]["published"], day, "{lines}");
    }
}

/// Each story of a page has its own day, though the page states one.
#[test]
fn what_a_page_of_several_stories_states_is_not_said_of_one() {
    let stories = [
        (
            "Crane returns to the quay",
            "The yellow crane that was sold for scrap came back on a barge on Thursday, bought by a club of former dockers. The harbour master has kept a place for it beside the old scales.",
        ),
        (
            "Fish auction goes online",
            "From April the boats will sell their catch by telephone before they have tied up. Buyers from four countries have signed up, and the old hall stays open on Saturdays for visitors.",
        ),
        (
            "Swimmers win their steps",
            "The town will build steps into the harbour wall at the north basin, where thirty people swim each morning. They will cost forty thousand, and divers begin with the work in May.",
        ),
    ];
    let stories = stories.iter().zip(10..).map(|((headline, text), day)| {
        format!("<article><h2>{headline}</h2><time>{day} March 2031</time><p>{text}</p></article>")
    });
    let page = format!("<!DOCTYPE html><html><body>{}</body></html>", stories.collect::<String>());
    let dir = folder(&[("blog.html", page.as_bytes())]);
    let (_, output) = run(&[dir.path()]);
    let days: Vec<&str> =
        output.articles.iter().map(|article| article["published"].as_str().unwrap()).collect();
    assert_eq!(days, ["2031-03-10", "2031-03-11", "2031-03-12"]);
}
