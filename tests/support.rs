//! What several tests need: the samples, one cleaner, a run into a folder that goes away.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dechaff::Source;
use dechaff::{Cleaner, Options, Run, Summary};
use dechaff::{Part, Reader, Record};
use serde_json::Value;
use tempfile::TempDir;

/// The folder of made-up dumps.
pub(crate) const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");

/// A cleaner with the built-in rules. Compiling them takes a while, so all tests share it.
pub(crate) static CLEANER: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(Options::default()).unwrap());

/// Path (relative to `samples/`) and text of every sample below `folder`, sorted.
pub(crate) fn samples(folder: &str) -> Vec<(String, String)> {
    let found = dechaff::walk(&[PathBuf::from(SAMPLES)], &dechaff::Filter::default(), None);
    let is_text = |dump: &str| dump.starts_with(folder) && !dump.ends_with(".warc");
    let below = found.sources.into_iter().filter(|s| is_text(&s.dump));
    below.map(|s| (s.dump, std::fs::read_to_string(s.path.unwrap()).unwrap())).collect()
}

/// The three files of a run, read back.
pub(crate) struct Output {
    pub(crate) articles: Vec<Value>,
    pub(crate) ledger: Vec<Value>,
    pub(crate) manifest: Value,
}

impl Output {
    pub(crate) fn of(folder: &Path) -> Output {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let lines =
            |name: &str| read(name).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        Output {
            articles: lines("articles.jsonl"),
            ledger: lines("ledger.jsonl"),
            manifest: serde_json::from_str(&read("manifest.json")).unwrap(),
        }
    }

    /// The dumps that were cleaned.
    pub(crate) fn dumps(&self) -> Vec<&str> {
        self.ledger.iter().map(|l| l["dump"].as_str().unwrap()).collect()
    }

    /// The dumps in a list of the manifest, each with the text under `reason`.
    pub(crate) fn listed(&self, list: &str, reason: &str) -> Vec<(&str, &str)> {
        self.manifest[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (f["dump"].as_str().unwrap(), f[reason].as_str().unwrap()))
            .collect()
    }
}

/// Cleans `paths` with the library into a temporary folder.
pub(crate) fn run(paths: &[&Path]) -> (Summary, Output) {
    let out = TempDir::new().unwrap();
    let summary = Run::new(&CLEANER, paths.iter().map(PathBuf::from).collect(), out.path())
        .run(|_| {})
        .unwrap();
    (summary, Output::of(out.path()))
}

/// The views of a dump's records by their ids, and what could not be read of it.
pub(crate) type Records = (Vec<Record>, Vec<(Option<String>, String)>);

/// Reads a dump.
pub(crate) fn records(path: &Path) -> Records {
    let dump = path.file_name().unwrap().to_string_lossy().into_owned();
    let (mut records, mut broken) = (Vec::new(), Vec::new());
    let source = Source { dump, path: Some(path.into()), bytes: 0, in_folder: false };
    for part in Reader::default().open(&source).unwrap() {
        match part {
            Part::Record(record) => records.push(record),
            Part::Broken { record, reason } => broken.push((record, reason.to_string())),
            Part::Skipped { .. } => {}
        }
    }
    (records, broken)
}

/// A temporary folder that holds `files`: path and bytes of each.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    dir
}

/// A dump that is one plain article.
pub(crate) const STORY: &str = "Quay reopens after the storm\n\n\
    The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.\n\n\
    Forty volunteers had carried the sand out of the hall in buckets. The ferries to the islands will run twice a day until the autumn.\n";

/// Words that look like a text of no language, the same at every run.
pub(crate) fn sentence(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut word = || -> String {
        (0..2 + next(3))
            .flat_map(|_| {
                [b"bdfgklmnprstv"[next(13) as usize] as char, b"aeiou"[next(5) as usize] as char]
            })
            .collect()
    };
    let words: Vec<String> = (0..14).map(|_| word()).collect();
    format!("The {}.", words.join(" "))
}
