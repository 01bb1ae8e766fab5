//! What the stages within a record make of small texts: tables of input and outcome in `tests/tables`.
//!
//! A line or a small block of a table is a test. `{a30}` in an input stands for a sentence of 30 words, another one for each letter. After a
//! change to a stage, `TABLES=update cargo test tables` writes the outcomes anew; read the difference before you commit it.
//!
//! All tables but that of titles need no model. `cargo test every_threshold -- --ignored --nocapture` halves and doubles every threshold, one at a time, and lists
//! those that no table notices.

pub(crate) mod outcome;
pub(crate) mod sweep;

use std::path::PathBuf;
use std::sync::LazyLock;

use crate::clean::{Cleaner, ModelChoice, Options};

/// A cleaner without a model. Compiling the rules takes a while, so all tables share it.
static CLEANER: LazyLock<Cleaner> = LazyLock::new(cleaner);

fn cleaner() -> Cleaner {
    Cleaner::new(Options { model: ModelChoice::None, ..Options::default() }).unwrap()
}

/// A table: its name, and what comes out for an input of it under a heading.
type Table = (&'static str, fn(&Cleaner, &str, &str) -> String);

/// Tables whose lines are tests: `input => outcome`.
const LINES: [Table; 4] = [
    ("blocks", outcome::block),
    ("regions", outcome::region),
    ("likely", outcome::likely),
    ("verdicts", outcome::verdict),
];

/// Tables of blocks: `=== heading`, the input, `---`, the outcome.
const BLOCKS: [Table; 5] = [
    ("detectors", outcome::detected),
    ("headlines", outcome::headline),
    ("titles", outcome::titles),
    ("splits", outcome::articles),
    ("texts", outcome::text),
];

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "tables", &format!("{name}.txt")].iter().collect()
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap()
}

/// One test of a table.
struct Row {
    heading: String,
    input: String,
    outcome: String,
}

/// The tests of a table of lines, without comments.
fn lines(table: &str) -> Vec<Row> {
    let rows = table.lines().filter_map(|line| line.split_once("=>"));
    rows.map(|(input, outcome)| Row {
        heading: String::new(),
        input: input.trim().into(),
        outcome: outcome.trim().into(),
    })
    .collect()
}

/// The tests of a table of blocks.
fn blocks(table: &str) -> Vec<Row> {
    let cases = table.split("\n=== ").skip(1);
    cases
        .map(|case| {
            let (heading, rest) = case.split_once('\n').unwrap();
            let (input, outcome) = rest.split_once("\n---").unwrap();
            Row {
                heading: heading.trim().into(),
                input: input.into(),
                outcome: outcome.trim().into(),
            }
        })
        .collect()
}

/// Writes `{a30}` out as a sentence of 30 words; another letter gives other words.
fn expand(input: &str) -> String {
    const WORDS: [&str; 24] = [
        "harbour", "engine", "meadow", "copper", "window", "lantern", "barrel", "orchard", "ferry",
        "granite", "pigeon", "saddle", "thunder", "velvet", "walnut", "bridge", "candle", "dragon",
        "feather", "hammer", "island", "kettle", "ladder", "marble",
    ];
    const STEPS: [usize; 5] = [1, 5, 7, 11, 13];
    let mut expanded = String::new();
    let mut parts = input.split('{');
    expanded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a closed brace");
        let (letter, count) = code.split_at(1);
        let seed = usize::from(letter.as_bytes()[0]);
        let count: usize = count.parse().expect("a number of words");
        let word = |at: usize| WORDS[(seed * 7 + at * STEPS[seed % STEPS.len()]) % WORDS.len()];
        let words: Vec<&str> = (0..count).map(word).collect();
        let sentence = words.join(" ");
        expanded.push_str(&sentence[..1].to_uppercase());
        expanded.push_str(&sentence[1..]);
        expanded.push('.');
        expanded.push_str(rest);
    }
    expanded
}

/// The tests that do not come out as they should, each with what comes out.
fn failures(cleaner: &Cleaner) -> impl Iterator<Item = String> {
    let of_lines = LINES.map(|table| (table, lines as fn(&str) -> Vec<Row>));
    let of_blocks = BLOCKS.map(|table| (table, blocks as fn(&str) -> Vec<Row>));
    of_lines.into_iter().chain(of_blocks).flat_map(move |((name, outcome_of), rows_of)| {
        rows_of(&read(name)).into_iter().filter_map(move |Row { heading, input, outcome }| {
            let found = outcome_of(cleaner, &heading, &expand(&input));
            (found != outcome).then(|| {
                format!("{name}: {heading}\n{input}\n--- expected\n{outcome}\n--- found\n{found}\n")
            })
        })
    })
}

/// Writes the outcomes of the tables anew.
fn update() {
    for (name, outcome) in LINES {
        let line = |line: &str| match line.split_once("=>") {
            Some((input, _)) => {
                let input = input.trim_end();
                format!("{input} => {}\n", outcome(&CLEANER, "", &expand(input.trim())))
            }
            None => format!("{line}\n"),
        };
        std::fs::write(path(name), read(name).lines().map(line).collect::<String>()).unwrap();
    }
    for (name, outcome) in BLOCKS {
        let table = read(name);
        let head = table.split("\n=== ").next().unwrap();
        let mut written = head.trim_end().to_owned() + "\n";
        for Row { heading, input, .. } in blocks(&table) {
            let found = outcome(&CLEANER, &heading, &expand(&input));
            written += &format!("\n=== {heading}\n{input}\n---\n{found}\n");
        }
        std::fs::write(path(name), written).unwrap();
    }
}

#[test]
fn the_tables_come_out_as_they_say() {
    if std::env::var_os("TABLES").is_some_and(|mode| mode == "update") {
        update();
    }
    let failures: Vec<String> = failures(&CLEANER).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn each_detector_finds_two_texts_and_spares_two() {
    let rows = blocks(&read("detectors"));
    for detector in crate::clean::mark::DETECTORS {
        for (wanted, finds) in [("hit", true), ("spare", false)] {
            let heading = format!("{} {wanted}", detector.name);
            let rows: Vec<&Row> = rows.iter().filter(|row| row.heading == heading).collect();
            assert!(rows.len() >= 2, "{heading}: {} texts", rows.len());
            for row in rows {
                assert_eq!(row.outcome != "-", finds, "{heading}:\n{}", row.input);
            }
        }
    }
}
