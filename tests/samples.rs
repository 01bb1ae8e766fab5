//! What comes out of each dump in `samples/`, as a snapshot to read.
//!
//! After a change to the cleaning, `INSTA_UPDATE=always cargo test samples` writes the snapshots anew; read the difference
//! before you commit it. A snapshot shows what comes out today; where that is not yet right, a comment names the gap.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Output, SAMPLES, records, run};

static OUTPUT: LazyLock<Output> = LazyLock::new(|| run(&[Path::new(SAMPLES)]).1);

/// One test for each sample: its name, and the path of the dump.
macro_rules! samples {
    ($($(#[$attribute:meta])* $name:ident: $dump:literal,)*) => {
        $(
            #[test]
            $(#[$attribute])*
            fn $name() {
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => concat!("samples/", $dump) }, {
                    insta::assert_snapshot!(stringify!($name), shown($dump));
                });
            }
        )*

        #[test]
        fn every_sample_has_its_test() {
            let mut found: Vec<&str> =
                OUTPUT.ledger.iter().map(|line| line["dump"].as_str().unwrap()).collect();
            found.dedup();
            let mut tested = vec![$($dump),*];
            tested.sort_unstable();
            assert_eq!(found, tested);
        }
    };
}

samples! {
    tide_barrier: "aggregator/tide-barrier.txt",
    funding_story: "clean/funding-story.txt",
    letter_from_the_lighthouse: "clean/letter-from-the-lighthouse.txt",
    harbour_warc: "crawl/harbour.warc",
    // Gap: appeals without a set phrase stay.
    reader_normal_view: "feeds/reader-normal-view.txt",
    // Gap: one caption stays.
    reader_reading_view: "feeds/reader-reading-view.txt",
    // Gap: the head of the digest and its contents stay.
    harbour_digest: "mail/harbour-digest.txt",
    alte_muehle_de: "web/alte-muehle.de.html",
    bakery_strike: "web/bakery-strike.txt",
    faro_noticias_es: "web/faro-noticias.es.txt",
    hafen_umbau_de: "web/hafen-umbau.de.txt",
    liman_tr: "web/liman.tr.txt",
    // Gap: a caption stays.
    marche_couvert_fr: "web/marche-couvert.fr.txt",
    // Gap: one sentence of the appeal stays.
    most_ua_uk: "web/most-ua.uk.txt",
    net_menders: "web/net-menders.html",
    no_headline: "web/no-headline.txt",
    reka_ru: "web/reka.ru.txt",
    // Gap: caption stays.
    tram_line_ja: "web/tram-line.ja.txt",
}

/// The articles of a dump: what is known about each, then its text as it is written. Below them the account of the dump.
fn shown(dump: &str) -> String {
    let mut shown = String::new();
    for article in OUTPUT.articles.iter().filter(|a| a["provenance"]["dump"] == dump) {
        if !shown.is_empty() {
            shown.push_str("\n========================================\n");
        }
        for field in ["title", "published", "source", "authors", "language"] {
            writeln!(shown, "{field}: {}", plain(&article[field])).unwrap();
        }
        writeln!(shown, "\n{}", article["text"].as_str().unwrap()).unwrap();
    }
    shown + "\n======== ledger ========\n" + &account(dump)
}

/// Each line of a dump that is neither blank nor markup: kind, article, what decided, and its first words.
fn account(dump: &str) -> String {
    let (records, _) = records(&Path::new(SAMPLES).join(dump));
    let mut account = String::new();
    let ledgers = OUTPUT.ledger.iter().filter(|line| line["dump"] == dump);
    for (record, ledger) in records.iter().zip(ledgers) {
        for span in ledger["spans"].as_array().unwrap() {
            let (kind, rule) = (plain(&span["kind"]), plain(&span["rule"]));
            if kind == "blank" || kind == "markup" {
                continue;
            }
            let place = |end: &str| span[end].as_u64().unwrap() as usize;
            let text = &record.view[place("start")..place("end")];
            let article = plain(&span["article"]);
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let words: Vec<&str> = line.split_whitespace().take(5).collect();
                writeln!(account, "{kind} {article} {rule} | {}", words.join(" ")).unwrap();
            }
        }
    }
    account
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
