//! What comes out of each dump in `samples/`, as a snapshot to read.
//!
//! After a change to the cleaning, `INSTA_UPDATE=always cargo test samples` writes the snapshots anew; read the difference
//! before you commit it. A snapshot shows what is right: where the program is not there yet, its test is ignored with the
//! reason, and `cargo test samples -- --ignored` shows what is missing.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Output, SAMPLES, run, samples};

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
            let found: Vec<String> = samples("").into_iter().map(|(dump, _)| dump).collect();
            let mut tested = vec![$($dump),*];
            tested.sort_unstable();
            assert_eq!(found, tested);
        }
    };
}

samples! {
    tide_barrier: "aggregator/tide-barrier.txt",
    funding_story: "clean/funding-story.txt",
    #[ignore = "the headline of two content words is lost"]
    letter_from_the_lighthouse: "clean/letter-from-the-lighthouse.txt",
    #[ignore = "appeals without a set phrase stay in the first and second article"]
    reader_normal_view: "feeds/reader-normal-view.txt",
    #[ignore = "the first headline is lost to the slug below it; the appeal after each story and one caption stay"]
    reader_reading_view: "feeds/reader-reading-view.txt",
    #[ignore = "starred headlines are lost; a line of the contents and the appeal above the first story stay"]
    harbour_digest: "mail/harbour-digest.txt",
    #[ignore = "a caption is taken for the headline; the newsletter box and the author box stay"]
    bakery_strike: "web/bakery-strike.txt",
    faro_noticias_es: "web/faro-noticias.es.txt",
    #[ignore = "a caption above its credit line stays"]
    hafen_umbau_de: "web/hafen-umbau.de.txt",
    // The author stands there as "Haber: …", which is not read yet.
    liman_tr: "web/liman.tr.txt",
    #[ignore = "a caption is taken for the headline"]
    marche_couvert_fr: "web/marche-couvert.fr.txt",
    #[ignore = "one sentence of the appeal stays"]
    most_ua_uk: "web/most-ua.uk.txt",
    no_headline: "web/no-headline.txt",
    reka_ru: "web/reka.ru.txt",
    #[ignore = "the name of the paper is taken for the headline; byline and caption stay"]
    tram_line_ja: "web/tram-line.ja.txt",
}

/// The articles of a dump: what is known about each, then its text as it is written.
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
    shown
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".into(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
