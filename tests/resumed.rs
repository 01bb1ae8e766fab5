//! `dechaff clean --resume`: a run that was ended on its way goes on from the dumps that are whole, and writes what it would have written at once.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{STORY, folder};

/// Another story than [`STORY`].
const WEIR: &str = "Mill gives the weir to the town\n\nThe mill at the upper weir was given to the town on Friday by the family that had ground there since 1790.\n";
/// Bytes of a dump after which those up to it are kept.
const LARGE: u64 = 33 << 20;

/// Three lots of dumps: the first two end with a large file that is no table, which is told by its end.
fn dumps() -> TempDir {
    let place = folder(&[
        ("in/a/story.txt", STORY.as_bytes()),
        ("in/a/weir.txt", WEIR.as_bytes()),
        ("in/b/weir.txt", WEIR.as_bytes()),
        ("in/c/story.jsonl", b"{\"id\": 1}\n"),
        ("in/c/weir.txt", WEIR.as_bytes()),
    ]);
    for large in ["in/a/z.parquet", "in/b/z.parquet"] {
        let mut file = File::create(place.path().join(large)).unwrap();
        file.write_all(b"PAR1").unwrap();
        file.set_len(LARGE).unwrap();
    }
    place
}

fn clean(place: &Path, out: &str, more: &[&str]) -> Output {
    let common = ["clean", "in", "-q", "-j", "1", "--rules", "none", "--model", "none", "-o", out];
    dechaff().current_dir(place).args(common).args(more).output().unwrap()
}

/// The files of a folder but hidden ones; of the manifest all but when the run began and how long it took.
fn written(out: &Path) -> Vec<(String, String)> {
    let shown = crate::forms::files(out).into_iter().filter(|(name, _)| !name.starts_with('.'));
    let files = shown.map(|(name, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        let is_steady =
            |line: &&str| !line.contains("\"started\"") && !line.contains("\"seconds\"");
        (name, text.lines().filter(is_steady).collect::<Vec<_>>().join("\n"))
    });
    files.collect()
}

/// What a run has kept of lots of dumps.
fn kept(out: &Path) -> usize {
    let kept = std::fs::read_dir(out.join(".dechaff.resume")).into_iter().flatten().flatten();
    kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("lot-")).count()
}

/// Killed, or without room, at some of its calls (each takes too long): called again it writes the same, and nothing else is left.
#[test]
#[cfg(target_os = "linux")]
fn a_run_that_ends_at_any_call_goes_on() {
    let place = dumps();
    let at = |name: &str| place.path().join(name);
    let run = |out: &str, fault: &[(&str, String)]| {
        let arguments = ["clean", "in", "-q", "-j", "1", "--rules", "none", "--model", "none"];
        let arguments = [&arguments[..], &["--resume", "-o", out]].concat();
        crate::faults::dechaff(place.path(), &arguments, fault)
    };
    assert_eq!(clean(place.path(), "at-once", &[]).status.code(), Some(1));
    let expected = written(&at("at-once"));
    run("out", &[("FAULT_LOG", at("calls").display().to_string())]);
    assert!(written(&at("out")) == expected);
    let Ok(calls) = std::fs::read_to_string(at("calls")) else { return };
    let calls: u32 = calls.parse().unwrap();
    let mut lots = Vec::new();
    for (nth, call) in (3..=calls).step_by(6).enumerate() {
        std::fs::remove_dir_all(at("out")).unwrap();
        let fault = if nth % 2 == 0 { "kill" } else { "28" };
        let fault = [("FAULT_AT", call.to_string()), ("FAULT", fault.to_string())];
        run("out", &fault);
        lots.push(kept(&at("out")));
        if !at("out/manifest.json").exists() && !at("out/.dechaff.intent").exists() {
            let again = run("out", &[]);
            let said = String::from_utf8_lossy(&again.stderr);
            assert_eq!(again.status.code(), Some(1), "{fault:?}: {said}");
        } else {
            crate::faults::dechaff(place.path(), &["verify", "out"], &[]);
        }
        let left = written(&at("out"));
        assert!(left == expected, "{fault:?}: {left:?}");
    }
    assert!(lots.iter().any(|kept| (1..3).contains(kept)), "{lots:?} of {calls}");
}

/// What was kept is not cleaned again: here it is told by a story that was changed meanwhile, without a trace.
#[test]
fn what_is_kept_is_not_cleaned_again() {
    let place = dumps();
    let at = |name: &str| place.path().join(name);
    assert_eq!(clean(place.path(), "at-once", &[]).status.code(), Some(1));
    assert_eq!(clean(place.path(), "out", &["--resume"]).status.code(), Some(1));
    assert!(written(&at("out")) == written(&at("at-once")), "nothing of what was kept is left");

    // A manifest that is a folder: the run can keep, and cannot publish.
    std::fs::create_dir_all(at("out2/manifest.json/notes")).unwrap();
    assert_eq!(clean(place.path(), "out2", &["--resume", "--force"]).status.code(), Some(3));
    assert_eq!(kept(&at("out2")), 3);
    let story = at("in/a/story.txt");
    let modified = std::fs::metadata(&story).unwrap().modified().unwrap();
    std::fs::write(&story, STORY.replace('e', "i")).unwrap();
    File::options().write(true).open(&story).unwrap().set_modified(modified).unwrap();
    std::fs::remove_dir_all(at("out2/manifest.json")).unwrap();
    let again = clean(place.path(), "out2", &["--resume", "--force"]);
    assert_eq!(again.status.code(), Some(1), "{}", String::from_utf8_lossy(&again.stderr));
    assert!(written(&at("out2")) == written(&at("at-once")));
}

#[test]
fn what_another_run_has_kept_is_refused() {
    let place = dumps();
    let at = |name: &str| place.path().join(name);
    std::fs::create_dir_all(at("out/manifest.json/notes")).unwrap();
    assert_eq!(clean(place.path(), "out", &["--resume", "--force"]).status.code(), Some(3));
    std::fs::remove_dir_all(at("out/manifest.json")).unwrap();
    let refused = |more: &[&str], how: &str| {
        let run = clean(place.path(), "out", &[&["--resume", "--force"], more].concat());
        let said = String::from_utf8(run.stderr).unwrap();
        let expected = format!(
            "dechaff: out: the run to be resumed was begun {how}; give the same, or remove .dechaff.resume in it to begin anew\n"
        );
        assert_eq!((run.status.code(), said), (Some(2), expected));
    };
    refused(&["--strictness", "strict"], "with another --strictness");
    refused(&["--keep", "notes"], "with another --keep");
    refused(&["--max-record", "1M"], "with another --max-record");
    refused(&["--exclude", "*.jsonl"], "with another --exclude");
    std::fs::write(at("in/b/weir.txt"), STORY).unwrap();
    refused(&[], "with other dumps, or before they were changed (b/weir.txt)");

    let piped = dechaff().current_dir(place.path()).args(["clean", "-", "--resume", "-o", "new"]);
    let piped = piped.output().unwrap();
    let said = String::from_utf8(piped.stderr).unwrap();
    let expected = "dechaff: -: is no file that could be read again; leave out --resume\n";
    assert_eq!((piped.status.code(), &*said), (Some(2), expected));
    let streamed = clean(place.path(), "-", &["--resume"]);
    let said = String::from_utf8(streamed.stderr).unwrap();
    let expected = "dechaff: --resume keeps what is done in a folder; give --out one\n";
    assert_eq!((streamed.status.code(), &*said), (Some(2), expected));

    // Without --resume nothing is asked, and what was kept goes.
    assert_eq!(clean(place.path(), "out", &["--force"]).status.code(), Some(1));
    assert!(!at("out/.dechaff.resume").exists());
}
