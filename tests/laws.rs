//! What holds for every text whatever, and for every article that comes out.

use std::sync::LazyLock;

use proptest::prelude::*;

use dechaff::stages::{HtmlPage, feature_rows};
use dechaff::{Beside, Kind};
use dechaff::{Cleaner, Options, Record, RecordFormat};

use crate::oracles::{is_shown_where_it_says, partitions, squeezed, stands_where_it_says};
use crate::support::{CLEANER, STORY, samples};

/// A cleaner made as [`CLEANER`] is.
static OTHER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(Options::default()).unwrap());

/// A cleaner that keeps all that can stay with the text.
static KEEPER: LazyLock<Cleaner> = LazyLock::new(|| {
    let mut options = Options::default();
    options.beside = Beside::ALL.to_vec();
    Cleaner::new(options).unwrap()
});

/// Pieces that dumps are made of: words, bullets, dates, phrases of debris, odd white space, odd Unicode.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,10}",
        2 => prop::sample::select(vec![" ", ".", ", ", ": ", "\u{a0}", "\t", "\u{200b}", "\u{feff}", "\u{2028}", "\u{3000}"]).prop_map(str::to_string),
        1 => "\\PC{1,6}",
        1 => prop::sample::select(vec!["ß", "İ", "ﬁ", "e\u{301}", "👩\u{200d}🚀", "\u{202e}abc", "港の防波堤。", "مرحبا", "\u{0}"]).prop_map(str::to_string),
    ]
}

fn line() -> impl Strategy<Value = String> {
    let words = || prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.join(" "));
    let prose = words().prop_map(|w| format!("The council of the town met on Monday to speak about {w}, and it will meet again in the spring."));
    prop_oneof![
        4 => words(),
        3 => prose,
        2 => (prop::sample::select(vec!["* ", "  • ", "- ", "12. ", "     * "]), words()).prop_map(|(mark, w)| format!("{mark}{w}")),
        2 => prop::sample::select(vec![
            "Share on Facebook", "Read also: Ferries stop at noon", "© 2031 The Gazette. All rights reserved.", "16 June 2031 at 15:53", "Photo: Mirva Lindqvist",
            "By Mirva Lindqvist", "Become a patron!", "# # #", "----------", "<page=3>", "Leave a comment", "Sign up for our newsletter. It is free.", "Related articles",
        ]).prop_map(str::to_string),
        3 => Just(String::new()),
    ]
}

fn dump() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n", "\n \u{a0}\n"]);
    prop::collection::vec((line(), end), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A page of HTML: lines in elements that are closed, left open, crossed or not shown.
fn html() -> impl Strategy<Value = String> {
    const TAGS: [&str; 44] = [
        "<h2>",
        "</h2>",
        "<ol start=3>",
        "</ol>",
        "<blockquote>",
        "</blockquote>",
        "<tr>",
        "<th rowspan=2>",
        "</td>",
        "<code>",
        "</code>",
        "<em>",
        "</em>",
        "<button>",
        "<p>",
        "</p>",
        "<div class='sidebar'>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a href='x'>",
        "</a>",
        "<ul><li>",
        "</ul>",
        "<li>",
        "<br>",
        "<table><tr><td>",
        "<td>",
        "</table>",
        "<!-- c -->",
        "<script>s</script>",
        "<span hidden>",
        "</span>",
        "<h1>",
        "</h1>",
        "<nav>",
        "</nav>",
        "<pre>",
        "</pre>",
        "&amp;",
        "&nbsp;",
        "&eacute",
        "<p",
    ];
    let part = prop_oneof![4 => prop::sample::select(&TAGS[..]).prop_map(str::to_string), 2 => line(), 1 => Just(" \n".to_string())];
    prop::collection::vec(part, 0..40)
        .prop_map(|parts| format!("<!DOCTYPE html><title>T</title>{}", parts.concat()))
}

/// A page of Markdown: lines with marks in them, blocks within blocks, HTML, what stands in front.
fn markdown() -> impl Strategy<Value = String> {
    const MARKS: [&str; 36] = [
        "# ",
        "## ",
        "\n\n",
        "\n\n",
        "\n",
        "\n\n> ",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n    ",
        "\n\t",
        "**",
        "*",
        "_",
        "`",
        "\n```\n",
        "[",
        "](/quay)",
        "](https://gazette.example/the-\n  quay)",
        "![",
        "](a b.png \"c\")",
        "\n| a | b |\n|---|---|\n| c | ",
        " | ",
        "\n---\n",
        "\n***\n",
        "\\*",
        "&amp;",
        "<b>",
        "<div hidden>",
        "\n\n<!-- ",
        " -->",
        "[^1]",
        "\n\n[^1]: ",
        "<https://gazette.example>",
        "$a_b$",
    ];
    let part =
        prop_oneof![4 => prop::sample::select(&MARKS[..]).prop_map(str::to_string), 3 => line()];
    let front = prop::sample::select(vec!["", "---\ntitle: The quay\n---\n", "+++\n"]);
    (front, prop::collection::vec(part, 0..40))
        .prop_map(|(front, parts)| format!("{front}{}", parts.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_accounted_for(text in dump()) {
        for cleaner in [&*CLEANER, &KEEPER] {
            let cleaned = cleaner.clean(&text);
            partitions(&text, &cleaned);
            stands_where_it_says(&text, &cleaned);
        }
    }

    #[test]
    fn any_page_is_accounted_for(source in html()) {
        for cleaner in [&*CLEANER, &KEEPER] {
            let cleaned = cleaner.clean_html(&source);
            partitions(&source, &cleaned);
            is_shown_where_it_says(&HtmlPage::of(&source), &cleaned);
        }
    }

    #[test]
    fn any_markdown_is_accounted_for(source in markdown()) {
        let record = Record::from_text(source, Some(RecordFormat::Markdown));
        // What is nearly nothing but NULs is no text.
        prop_assume!(record.is_ok());
        let record = record.unwrap();
        let cleaned = CLEANER.clean_record(&record);
        partitions(&record.view, &cleaned);
        is_shown_where_it_says(&HtmlPage::of_markdown(&record.view), &cleaned);
    }

    #[test]
    fn cleaners_that_were_made_alike_give_the_same_result(text in dump()) {
        prop_assert_eq!(CLEANER.clean(&text), OTHER.clean(&text));
    }

    #[test]
    fn the_id_depends_on_the_words_alone(spaces in "[ \\t]{1,5}") {
        let spaced = STORY.split('\n').map(|l| l.replace(' ', &spaces)).collect::<Vec<_>>().join("\r\n");
        let [plain, spaced] = [STORY, &spaced].map(|t| CLEANER.clean(t).articles.remove(0));
        prop_assert_eq!(plain.id, spaced.id);
    }
}

#[test]
fn every_sample_is_accounted_for() {
    for (_, text) in samples("") {
        for text in [text.clone(), text.replace('\n', "\r\n"), text.replace(' ', "\u{a0}")] {
            let cleaned = CLEANER.clean(&text);
            partitions(&text, &cleaned);
            stands_where_it_says(&text, &cleaned);
        }
    }
}

/// Lines may end as old Macs wrote them.
/// Columns of words of any width, of any length, side by side.
fn columns() -> impl Strategy<Value = String> {
    let side = || proptest::collection::vec("[a-z船闸]{1,9}( [a-z]{2,9}){2,5}", 4..12);
    (side(), side(), 3usize..6).prop_map(|(left, right, gap)| {
        let wide = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        let width = left.iter().map(|line| wide(line)).max().unwrap_or(0usize) + gap;
        let rows = (0..left.len().max(right.len())).map(|row| {
            let (left, right) = (left.get(row), right.get(row));
            let left = left.map_or("", String::as_str);
            format!(
                "{left}{}{}\n",
                " ".repeat(width - wide(left)),
                right.map_or("", String::as_str)
            )
        });
        format!("The quay\n\n{}\nAll of it is true.\n", rows.collect::<String>())
    })
}

proptest! {
    #[test]
    fn text_in_columns_is_accounted_for(text in columns()) {
        let cleaned = CLEANER.clean(&text);
        partitions(&text, &cleaned);
        for article in &cleaned.articles {
            let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
            assert_eq!(paragraphs.len(), article.provenance.paragraphs.len());
            for (&paragraph, ranges) in paragraphs.iter().zip(&article.provenance.paragraphs) {
                let found: Vec<&str> = ranges.iter().map(|range| range.of(&text)).collect();
                assert_eq!(squeezed(&found.join(" ")), squeezed(paragraph));
            }
        }
    }
}

#[test]
fn carriage_returns_alone_end_lines_too() {
    for (dump, text) in samples("") {
        assert_eq!(CLEANER.clean(&text.replace('\n', "\r")), CLEANER.clean(&text), "{dump}");
    }
}

/// Clean text stays as it is: an article printed as headline, empty line and paragraphs is cleaned to that very article.
#[test]
fn a_cleaned_article_is_clean() {
    let mut faults = Vec::new();
    for (dump, text) in samples("") {
        for article in CLEANER.clean(&text).articles {
            let printed = article
                .title
                .iter()
                .chain([&article.text])
                .cloned()
                .collect::<Vec<_>>()
                .join("\n\n");
            let again = CLEANER.clean(&printed);
            let entries = again.ledger.entries().iter();
            let lost = entries.filter(|e| !e.kind.is_kept() && e.kind != Kind::Blank);
            faults.extend(lost.map(|e| {
                format!(
                    "{dump}, article {}: {} {:?}: {:?}",
                    article.provenance.article,
                    e.kind,
                    e.rule.as_ref().map(ToString::to_string),
                    e.span.of(&printed)
                )
            }));
            let whole = again.articles.len() == 1
                && again.articles[0].title == article.title
                && again.articles[0].text == article.text;
            if !whole {
                let titles: Vec<_> = again.articles.iter().map(|a| &a.title).collect();
                faults.push(format!(
                    "{dump}, article {}: comes out as {titles:?}",
                    article.provenance.article
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A paragraph of a log, another one for each number.
fn entry(number: usize) -> String {
    const WHO: [&str; 5] = ["captain", "cook", "pilot", "purser", "youngest of the deckhands"];
    const WHAT: [&str; 7] = [
        "the wind had gone round to the north before anybody was awake",
        "two barrels of herring had been washed from the deck by a sea that nobody saw coming",
        "a light was seen over the reef and could not be explained",
        "the bread was finished and the last of the coffee was kept for the night watch",
        "the pump in the fore hold had been mended with the leather of an old boot",
        "four geese had followed the ship since noon",
        "the island came out of the fog much closer than the chart would have it",
    ];
    format!(
        "On day {} of the voyage the {} wrote in the log that {}. By the evening, {} miles further on, this was forgotten, and the crew sat below and sang.",
        number + 2,
        WHO[number % WHO.len()],
        WHAT[number % WHAT.len()],
        3 * number + 11,
    )
}

/// Prose that is added behind an article, or in its middle, takes nothing from what stood there. How far that holds is bounded by the lengths
/// that the model was trained on: texts from 50 KB on wait for one that has seen such.
#[test]
fn prose_that_is_added_takes_nothing_away() {
    let paragraphs: Vec<&str> = STORY.trim_end().split("\n\n").collect();
    for count in [1, 4, 16, 64] {
        let entries: Vec<String> = (0..count).map(entry).collect();
        let behind =
            [&paragraphs[..], &entries.iter().map(String::as_str).collect::<Vec<_>>()].concat();
        let middle = [
            &paragraphs[..2],
            &entries.iter().map(String::as_str).collect::<Vec<_>>(),
            &paragraphs[2..],
        ]
        .concat();
        for dump in [behind, middle] {
            let kept: Vec<String> =
                CLEANER.clean(&dump.join("\n\n")).articles.into_iter().map(|a| a.text).collect();
            let lost: Vec<&&str> =
                dump[1..].iter().filter(|p| !kept.iter().any(|text| text.contains(**p))).collect();
            assert!(lost.is_empty(), "of {count} added: {lost:?}");
        }
    }
}

/// No value that the model sees lies outside of its column's range, however long or odd a text is.
#[test]
fn features_stay_within_their_ranges() {
    let day = "The crew met on Monday, and the harbour office said that it would meet again. ";
    let texts = [
        String::new(),
        day.repeat(14_000),
        "word".repeat(50_000),
        format!("{}\n", ",;.!?".repeat(5_000)),
        "16 June 2031 at 15:53\n".repeat(2_000),
        "Comments\nShare\nRelated articles\n".repeat(1_000),
        format!("The headline\n\n{}", format!("{day}{day}\n\n").repeat(1_500)),
        format!("{}{day}\n", " ".repeat(5_000)),
        format!("{}\n{}", "港の防波堤。".repeat(5_000), "\n".repeat(2_000) + day),
    ];
    let check = |names: &[(String, std::ops::RangeInclusive<f32>)], row: &[f32]| {
        assert_eq!(names.len(), row.len());
        for ((name, range), value) in names.iter().zip(row) {
            assert!(range.contains(value), "{name} is {value}, not in {range:?}");
        }
    };
    let (of_text, of_html) = (Cleaner::feature_ranges(false), Cleaner::feature_ranges(true));
    for text in &texts {
        let rows = |text: &str, format| feature_rows(&CLEANER, text, format);
        rows(text, RecordFormat::Text).iter().for_each(|row| check(&of_text, &row.features));
        let deep =
            format!("{}<p>{}", "<div class=comments>".repeat(300), text.replace('\n', "<p>"));
        rows(&deep, RecordFormat::Html).iter().for_each(|row| check(&of_html, &row.features));
        let deep = format!("{}# {text}", "> ".repeat(300));
        rows(&deep, RecordFormat::Markdown).iter().for_each(|row| check(&of_html, &row.features));
    }
}
