//! How far a run has come is told by bytes, within a file too.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use dechaff::{Dedup, Event, Run};
use tempfile::TempDir;

use crate::support::{CLEANER, folder, sentence};

/// Bytes that a run was done with, in the order in which it told them, and those that it said there are.
fn told(run: impl FnOnce(Arc<Mutex<Vec<u64>>>, &mut u64)) -> (Vec<u64>, u64) {
    let (told, mut all) = (Arc::new(Mutex::new(Vec::new())), 0);
    run(told.clone(), &mut all);
    (Arc::try_unwrap(told).unwrap().into_inner().unwrap(), all)
}

fn cleaned(path: &Path) -> (Vec<u64>, u64) {
    told(|told, all| {
        let out = TempDir::new().unwrap();
        let run = Run::new(&CLEANER, vec![path.into()], out.path());
        let run = run.on_bytes(move |bytes| told.lock().unwrap().push(bytes));
        let observe = |event: Event| {
            if let Event::Walked { bytes, .. } = event {
                *all = bytes;
            }
        };
        run.run(observe).unwrap();
    })
}

fn compared(path: &Path) -> (Vec<u64>, u64) {
    told(|told, all| {
        let out = TempDir::new().unwrap();
        let run = Dedup::new(vec![path.into()], out.path());
        let run = run.on_bytes(move |bytes| told.lock().unwrap().push(bytes));
        let observe = |event: Event| {
            if let Event::Walked { bytes, .. } = event {
                *all = bytes;
            }
        };
        run.run(observe).unwrap();
    })
}

/// JSON lines of so many documents.
fn documents(count: u64) -> TempDir {
    let line = |number| {
        let text: Vec<String> = (0..4).map(|at| sentence(4 * number + at)).collect();
        serde_json::json!({"id": number, "text": text.join(" ")}).to_string() + "\n"
    };
    let lines: String = (0..count).map(line).collect();
    folder(&[("all.jsonl", lines.as_bytes())])
}

#[test]
fn a_single_file_is_done_bit_by_bit() {
    let dir = documents(20_000);
    let file = dir.path().join("all.jsonl");
    let size = std::fs::metadata(&file).unwrap().len();
    for (told, all) in [cleaned(&file), compared(&file)] {
        assert_eq!((told.iter().sum::<u64>(), all), (size, size));
        assert!(told.len() > 3 && told.iter().all(|&bytes| bytes < size / 2), "{told:?}");
    }
}

/// However a file is packed, and however it is read: the bytes are those that it has on the disk, whether it can be read or not.
#[test]
fn files_of_every_format_are_done_in_the_end() {
    let formats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats");
    let (told, all) = cleaned(&formats);
    assert_eq!(told.iter().sum::<u64>(), all);
    let broken = folder(&[("zero.txt", b"caf\0"), ("torn.zip", b"PK\x03\x04torn")]);
    let (told, all) = cleaned(broken.path());
    assert_eq!(told.iter().sum::<u64>(), all);
    let tables: Vec<PathBuf> = ["rows.zstd.parquet", "rows.jsonl"].map(|f| formats.join(f)).into();
    for table in tables {
        let (told, all) = compared(&table);
        assert_eq!(told.iter().sum::<u64>(), all, "{}", table.display());
    }
}
