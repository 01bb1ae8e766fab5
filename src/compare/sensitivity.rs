//! Every number of the comparison is noticed: made texts, and what comes of them when a number is halved or doubled.

use serde_json::{Value, json};

use crate::compare::deduplicator::{Deduplicator, Found};
use crate::compare::fingerprint::Fingerprint;
use crate::compare::thresholds::Thresholds;
use crate::text::letters::NormalizedText;

/// Letters that look like a text of no language, the same at every run.
fn letters_of(seed: u64, count: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut letter = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + ((state >> 33) % 26) as u8)
    };
    (0..count).map(|_| letter()).collect()
}

/// A text of which every `every`th letter and the `length - 1` after it are others.
fn misread(text: &str, every: usize, length: usize) -> String {
    text.char_indices().map(|(at, c)| if at % every < length { 'z' } else { c }).collect()
}

/// A text in runs of `length` letters, the last first.
fn shuffled(text: &str, length: usize) -> String {
    text.as_bytes().rchunks(length).map(|run| String::from_utf8_lossy(run).into_owned()).collect()
}

/// Sets of texts: each tells something about some of the numbers.
fn sets() -> Vec<Vec<String>> {
    let base = letters_of(1, 1000);
    let mut sets = Vec::new();
    for own in [2, 5, 8, 12, 20, 35, 50, 60, 75] {
        let kept = base.len() * (100 - own) / 100;
        sets.push(vec![base.clone(), base[..kept].to_string() + &letters_of(2, base.len() - kept)]);
        sets.push(vec![
            base.clone() + &letters_of(4, 1000),
            base[..kept / 2].to_string() + &letters_of(3, (base.len() - kept) / 2),
        ]);
    }
    for every in [9, 11, 13, 16, 20, 32] {
        for length in [1_usize, 2, 3, 4, 6, 9, 14] {
            sets.push(vec![base.clone(), misread(&base, every * length.div_ceil(3), length)]);
        }
    }
    for length in [8, 10, 14, 18, 22, 26, 40] {
        sets.push(vec![base.clone(), shuffled(&base, length)]);
        sets.push(vec![base.clone(), base[..800].to_string() + &shuffled(&base[800..], length)]);
    }
    for seed in 20..60 {
        let text = letters_of(seed, 700);
        sets.push(vec![misread(&text, 14 + seed as usize % 4, 1), text]);
    }
    for seed in 60..90 {
        let text = letters_of(seed, 700);
        let (part, rest) = text.split_at(300 + 4 * (seed as usize - 60));
        let [other, more] = [letters_of(seed + 100, 500), letters_of(seed + 200, 800)];
        sets.push(vec![part.to_string() + &other, rest.to_string() + &more, text]);
    }
    for count in [200, 300, 400, 600, 900, 1400] {
        let long = letters_of(count, 8000);
        let inside = |every| misread(&long[3000..3000 + count as usize], every, 1);
        sets.extend([15, 40, 800].map(|every| vec![long.clone(), inside(every)]));
    }
    let long = letters_of(5, 24_000);
    for (from, count) in [
        (0, 12),
        (100, 24),
        (3000, 40),
        (7000, 60),
        (9000, 100),
        (11_000, 200),
        (12_000, 1500),
        (15_000, 800),
    ] {
        for every in [11, 14, 20, 400] {
            let inside = misread(&long[from..from + count], every, 1);
            sets.push(vec![long.clone(), inside.clone() + &letters_of(6, count / 12)]);
            sets.push(vec![long[from..from + count].into(), inside]);
        }
    }
    for count in [4_u64, 9, 13, 24] {
        for own in [10, 18, 24, 60, 350, 500] {
            let form = letters_of(7, 600);
            let filled = |n| form.clone() + &letters_of(100 + n, own);
            sets.push((0..count).map(filled).collect());
            let printed = |n| letters_of(200 + n, 400) + &letters_of(8, own);
            let mut printed: Vec<String> = (0..count).map(printed).collect();
            printed.push(letters_of(200, 400));
            printed.push(letters_of(201, 400) + &letters_of(9, 500));
            sets.push(printed);
        }
    }
    for own in [700, 900, 1000, 1060] {
        let form = letters_of(7, 600);
        sets.push((0..70).map(|n| form.clone() + &letters_of(300 + n, own)).collect());
    }
    sets
}

fn compared(texts: &[String], thresholds: Thresholds) -> Found {
    let (mut texts_seen, mut letters) =
        (Deduplicator::with_thresholds(thresholds), NormalizedText::default());
    for text in texts {
        letters.read(text);
        texts_seen.push(&Fingerprint::new(&letters)).unwrap();
    }
    texts_seen.compare(|number| texts[number].as_str().into()).unwrap()
}

/// What comes of a set.
fn outcome(texts: &[String], thresholds: Thresholds) -> String {
    let found = compared(texts, thresholds);
    format!("{:.3?} {:.3?}", found.clusters, found.related)
}

fn scaled(name: &str, factor: f64) -> Thresholds {
    let mut all = serde_json::to_value(Thresholds::default()).unwrap();
    let value = &mut all[name];
    *value = match value.as_u64() {
        Some(whole) => json!((whole as f64 * factor) as u64),
        None => json!(value.as_f64().unwrap() * factor),
    };
    serde_json::from_value(all).unwrap()
}

/// The numbers that decide elsewhere: on the canonical copy, on headlines, on sentences, on paragraphs and in the index.
const ELSEWHERE: [&str; 8] = [
    "complete",
    "short",
    "same_title",
    "at_edge",
    "sentence",
    "paragraph_loss",
    "paragraph",
    "own_by_index",
];

/// What spares comparisons: with less of it more are made, and loss decides as before.
const SPARES: [&str; 4] = ["proposed", "shown", "weighed", "in_runs"];

#[test]
fn a_number_that_is_halved_or_doubled_is_noticed() {
    let sets = sets();
    let as_it_is: Vec<String> =
        sets.iter().map(|texts| outcome(texts, Thresholds::default())).collect();
    let is_noticed = |thresholds| {
        sets.iter().zip(&as_it_is).any(|(texts, as_it_is)| outcome(texts, thresholds) != *as_it_is)
    };
    let Value::Object(all) = serde_json::to_value(Thresholds::default()).unwrap() else {
        panic!("the thresholds are an object")
    };
    let names = all.keys().filter(|name| !ELSEWHERE.contains(&name.as_str()));
    let unnoticed: Vec<(&String, f64)> = names
        .flat_map(|name| [0.5, 2.0].map(|factor| (name, factor)))
        .filter(|&(name, factor)| factor > 1.0 || !SPARES.contains(&name.as_str()))
        .filter(|&(name, factor)| !is_noticed(scaled(name, factor)))
        .collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
