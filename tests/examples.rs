//! The programs in examples/ do what they say.

use std::path::Path;
use std::process::Command;

/// What an example prints.
fn printed(name: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dechaff")).with_file_name("examples").join(name);
    let output = Command::new(program.with_extension(std::env::consts::EXE_EXTENSION)).output();
    let output = output.unwrap_or_else(|e| panic!("{name}, which `cargo test` builds: {e}"));
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_text_shows_its_article_and_what_each_line_is() {
    let shown = printed("one_text");
    assert!(shown.starts_with("Old quay reopens after storm\nThe old quay was opened again"));
    assert!(shown.contains("Share: Share on Facebook"), "{shown}");
}

#[test]
fn an_ingestion_job_cleans_bytes_and_names_what_it_cannot_read() {
    let shown = printed("ingestion");
    assert!(shown.contains("page-7: Old quay reopens after storm"), "{shown}");
    assert!(shown.contains("crawl/8.html: Mill gives the weir to the town"), "{shown}");
    assert!(shown.contains("crawl/7.jsonl, record 2: "), "{shown}");
}

#[test]
fn a_pack_of_ones_own_strikes_its_phrase() {
    let shown = printed("own_rules");
    assert!(shown.starts_with("The old quay was opened again"), "{shown}");
    assert!(shown.contains("Donation by rule:reading-room.donation.friends"), "{shown}");
}
