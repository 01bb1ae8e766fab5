//! Markdown as people and crawlers write it: what comes out of it, and where that stands.

use std::path::PathBuf;

use dechaff::{BlockType, Format, Record, RecordFormat, Run};
use tempfile::TempDir;

use crate::support::{CLEANER, folder, run};

/// A page as crawlers write it.
const PAGE: &str = "\
[Island Post](https://post.example/) | [News](https://post.example/news) | [Log in](https://post.example/login)

![Island Post](https://post.example/logo.svg)

# Bolt stops the *ferry*

By [Mirva Lind](https://post.example/people/mirva) · 3 May 2031

![The ramp of the ferry. Photo: Ola Berg](https://post.example/ramp.jpg)

The ferry to the outer islands was **late again** on Monday, and the people on the pier knew before [the captain][1] that she would not come before noon.

A bolt had broken in the ramp\\*. It was of the size of a thumb, and the yard that had made it closed in the year in which the captain was born.

## What was done

So the smith was called out of bed. She keeps a drawer of such bolts, each with a paper label that says of which ship it is and who paid for it.

> By eleven the ramp moved, by twelve the ferry did, and the first lorry that rolled ashore carried the chairs for a wedding that had begun at ten.

## Related articles

* [Bakers stay closed for a third week](https://post.example/bakers)
* [The weir at Holm is mended at last](https://post.example/weir)
* [Chess club looks for a new hall](https://post.example/chess)

[Privacy](https://post.example/privacy) · [Contact](https://post.example/contact) · © 2031 Island Post

[1]: https://post.example/captain
";

#[test]
fn a_page_of_markdown_is_read_as_what_its_marks_mean() {
    let dumps = folder(&[("news/bolt.md", PAGE.as_bytes())]);
    let (_, output) = run(&[dumps.path()]);
    let [article] = &output.articles[..] else { panic!("{:?}", output.articles) };
    assert_eq!(article["title"], "Bolt stops the ferry");
    assert_eq!(article["authors"], serde_json::json!(["Mirva Lind"]));
    assert_eq!(article["published"], "2031-05-03");
    let text = article["text"].as_str().unwrap();
    assert!(text.starts_with("The ferry to the outer islands was late again on Monday, and the people on the pier knew before the captain that"), "{text}");
    assert!(
        text.contains("\n\nA bolt had broken in the ramp*. It was")
            && text.contains("\n\nWhat was done\n\n")
    );
    assert!(text.ends_with("a wedding that had begun at ten."), "{text}");
    let place = &article["provenance"]["paragraphs"][0][0];
    let range = place[0].as_u64().unwrap() as usize..place[1].as_u64().unwrap() as usize;
    let first = PAGE.lines().find(|line| line.starts_with("The ferry")).unwrap();
    assert_eq!(&PAGE[range], first);
    let ledger = &output.ledger[0];
    assert_eq!((&ledger["format"], &ledger["bytes"]), (&"markdown".into(), &PAGE.len().into()));
    let spans = ledger["spans"].as_array().unwrap();
    let of_kind = |kind: &str| -> Vec<&str> {
        let of = spans.iter().filter(|span| span["kind"] == kind);
        of.map(|span| {
            &PAGE[span["start"].as_u64().unwrap() as usize..span["end"].as_u64().unwrap() as usize]
        })
        .collect()
    };
    assert!(of_kind("markup").iter().any(|span| span.contains("](https://post.example/logo.svg)")));
    assert!(
        of_kind("title").contains(&"Bolt stops the")
            && of_kind("related").iter().any(|span| span.contains("Bakers stay"))
    );
}

#[test]
fn what_stands_in_front_of_a_page_goes_into_the_article() {
    let front = "---\ntitle: \"Bolt stops the ferry\"\ndate: 2031-05-03\nauthors: [Mirva Lind, Ola Berg]\nsite: Island Post\npermalink: https://post.example/bolt\nlang: en\n---\n\n";
    let text = PAGE
        .split("\n\n")
        .filter(|part| part.starts_with("The ferry") || part.starts_with("A bolt"));
    let page = format!("{front}{}\n", text.collect::<Vec<_>>().join("\n\n"));
    let record = Record::from_text(page.as_str(), Some(RecordFormat::Markdown)).unwrap();
    let articles = CLEANER.clean_record(&record).articles;
    let [article] = &articles[..] else { panic!("{articles:?}") };
    assert_eq!(article.title.as_deref(), Some("Bolt stops the ferry"));
    assert_eq!(article.meta.published.as_deref(), Some("2031-05-03"));
    assert_eq!(article.meta.authors, ["Mirva Lind", "Ola Berg"]);
    assert_eq!(article.meta.source.as_deref(), Some("Island Post"));
    assert_eq!(article.url.as_deref(), Some("https://post.example/bolt"));
    assert_eq!(article.provenance.range.start, page.find("The ferry").unwrap());
}

#[test]
fn fields_of_crawlers_that_hold_markdown_are_read_as_such() {
    let line =
        serde_json::json!({"markdown": PAGE, "metadata": {"url": "https://post.example/bolt"}});
    let dumps = folder(&[("crawl.jsonl", format!("{line}\n").as_bytes())]);
    let (_, output) = run(&[dumps.path()]);
    assert_eq!(output.ledger[0]["format"], "markdown");
    assert_eq!(output.articles[0]["title"], "Bolt stops the ferry");
    assert_eq!(output.articles[0]["url"], "https://post.example/bolt");
}

#[test]
fn markdown_that_a_run_has_written_is_read_back() {
    let dumps = folder(&[("bolt.md", PAGE.as_bytes())]);
    let (_, first) = run(&[dumps.path()]);
    let out = TempDir::new().unwrap();
    let written = Run::new(&CLEANER, vec![PathBuf::from(dumps.path())], out.path());
    written.format(Format::Markdown).run(|_| {}).unwrap();
    let (_, second) = run(&[&out.path().join("articles")]);
    for field in ["title", "text", "authors", "published", "source", "language", "url", "id"] {
        assert_eq!(second.articles[0][field], first.articles[0][field], "{field}");
    }
}

#[test]
fn pages_of_one_reader_in_a_file_are_records_each_with_its_title_and_address() {
    let text: Vec<&str> = PAGE
        .split("\n\n")
        .filter(|part| part.starts_with("The ferry") || part.starts_with("So the smith"))
        .collect();
    let page = |title: &str, name: &str, text: &str| {
        format!(
            "Title: {title}\n\nURL Source: https://post.example/{name}\n\nMarkdown Content:\n{text}\n\n"
        )
    };
    let both = page("Bolt stops the ferry", "bolt", text[0])
        + &page("A smith is called", "smith", text[1]);
    for name in ["pages.md", "pages.txt", "pages"] {
        let dumps = folder(&[(name, both.as_bytes())]);
        let (_, output) = run(&[dumps.path()]);
        let of = |field: &str| output.articles.iter().map(|a| a[field].clone()).collect::<Vec<_>>();
        assert_eq!(of("title"), ["Bolt stops the ferry", "A smith is called"], "{name}");
        assert_eq!(of("url"), ["https://post.example/bolt", "https://post.example/smith"]);
        let records = output.articles.iter().map(|a| a["provenance"]["record"].clone());
        assert_eq!(records.collect::<Vec<_>>(), ["1", "2"]);
    }
}

#[test]
fn the_marks_of_other_markup_are_none_of_titles_and_headings() {
    let parts: Vec<&str> = PAGE
        .split("\n\n")
        .filter(|part| {
            ["The ferry", "A bolt", "So the smith"].iter().any(|start| part.starts_with(start))
        })
        .collect();
    let [lead, text, end] = parts[..] else { panic!("{parts:?}") };
    for (title, heading) in [
        ("= Bolt stops the ferry", "== What was done"),
        ("= Bolt stops the ferry =", "== What was done =="),
        ("\\title{Bolt stops the ferry}", "\\section{What was done}\\label{sec:done}"),
        (
            "====================\nBolt stops the ferry\n====================",
            "What was done\n=============",
        ),
        ("Bolt stops the ferry\n####################", "What was done\n*************"),
    ] {
        let page = format!("{title}\n\n{lead}\n\n{text}\n\n{heading}\n\n{end}\n\n{lead}\n");
        let articles = CLEANER.clean(&page).articles;
        let [article] = &articles[..] else { panic!("{articles:?}") };
        assert_eq!(article.title.as_deref(), Some("Bolt stops the ferry"), "{title}");
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        let is_heading = |role: &BlockType| matches!(role, BlockType::Heading { .. });
        let block = article.blocks.iter().find(|block| is_heading(&block.role)).unwrap();
        assert_eq!(paragraphs[block.paragraphs.clone()], ["What was done"], "{heading}");
    }
}

#[test]
fn a_page_that_a_table_lays_out_is_read_cell_by_cell() {
    let parts: Vec<&str> = PAGE
        .split("\n\n")
        .filter(|part| {
            ["The ferry", "A bolt", "So the smith"].iter().any(|start| part.starts_with(start))
        })
        .collect();
    let page = format!(
        "Bolt stops the ferry | Island Post\n\n|  |  |\n| --- | --- |\n| * [News](/news) * [Sport](/sport) * [Log in](/login) | Bolt stops the ferry  By Mirva Lind  {}  |\n| [Privacy](/privacy)  [Contact](/contact) | © 2031 Island Post |\n",
        parts.join("  ")
    );
    let record = Record::from_text(page.as_str(), Some(RecordFormat::Markdown)).unwrap();
    let article = CLEANER.clean_record(&record).articles.remove(0);
    assert_eq!(article.title.as_deref(), Some("Bolt stops the ferry"));
    let text: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(text.len(), 3, "{text:?}");
    assert!(text.iter().zip(&parts).all(|(own, part)| own[..20] == part[..20]), "{text:?}");
}
