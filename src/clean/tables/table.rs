//! The tables: how they are read, compared and written anew.

use std::path::PathBuf;
use std::sync::LazyLock;

use crate::clean::tables::{outcome, reading};
use crate::clean::{Cleaner, ModelChoice, Options};

/// A cleaner without a model. Compiling the rules takes a while, so all tables share it.
static CLEANER: LazyLock<Cleaner> = LazyLock::new(cleaner);

pub(super) fn cleaner() -> Cleaner {
    Cleaner::new(Options { model: ModelChoice::None, ..Options::default() }).unwrap()
}

/// A table: its name, and what comes out for an input of it under a heading.
type Table = (&'static str, fn(&Cleaner, &str, &str) -> String);

/// Tables whose lines are tests: `input => outcome`.
const LINES: [Table; 5] = [
    ("blocks", outcome::block),
    ("forms", outcome::form),
    ("regions", outcome::region),
    ("likely", outcome::likely),
    ("verdicts", outcome::verdict),
];

/// Tables of blocks: `=== heading`, the input, `---`, the outcome.
const BLOCKS: [Table; 10] = [
    ("detectors", outcome::detected),
    ("evidence", reading::evidence),
    ("headlines", outcome::headline),
    ("titles", outcome::titles),
    ("lines", reading::blocks),
    ("records", outcome::records),
    ("shown", reading::shown),
    ("splits", outcome::articles),
    ("stated", reading::stated),
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

/// Writes `{a30}` out as a sentence of 30 words; another letter gives other words. Any other brace stands for itself.
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
        let Some((letter, count, rest)) = code_of(part) else {
            expanded.push('{');
            expanded.push_str(part);
            continue;
        };
        let seed = usize::from(letter);
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

/// The letter and the number that `part` begins with up to a closing brace, and the rest.
fn code_of(part: &str) -> Option<(u8, usize, &str)> {
    let (code, rest) = part.split_once('}')?;
    let letter = *code.as_bytes().first().filter(|letter| letter.is_ascii_lowercase())?;
    Some((letter, code[1..].parse().ok()?, rest))
}

/// The tests that do not come out as they should, each with what comes out.
pub(super) fn failures(cleaner: &Cleaner) -> impl Iterator<Item = String> {
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
