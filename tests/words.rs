//! Words as the model sees them: training reads the same table (`training/test_words.py`), so that both know the same words.

use dechaff::RecordFormat;
use dechaff::stages::feature_rows;

use crate::support::CLEANER;

const TABLE: &str = "tests/tables/words.tsv";

/// Each line has a text and the hashes of its words; `UPDATE=1` writes the hashes anew.
#[test]
fn hashes_of_words_are_those_of_the_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(TABLE);
    let table = std::fs::read_to_string(&path).unwrap();
    let mut lines = table.lines();
    let mut hashed = format!("{}\n", lines.next().unwrap());
    for line in lines {
        let text = line.split('\t').next().unwrap();
        let words: Vec<String> = feature_rows(&CLEANER, text, RecordFormat::Text)
            .iter()
            .flat_map(|block| &block.words)
            .map(ToString::to_string)
            .collect();
        assert!(!words.is_empty(), "{text}");
        hashed.push_str(&format!("{text}\t{}\n", words.join(" ")));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &hashed).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == hashed,
        "{TABLE} is stale; run UPDATE=1 cargo test hashes_of_words"
    );
}
