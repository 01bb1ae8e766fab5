//! What becomes of a folder when a run is killed, or a call of the system fails, at any of the calls that change files. The shim in
//! `tests/faults/shim.c` does that; where no C compiler is at hand, nothing is tested.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::support::{STORY, folder};

/// The shim; None without a compiler.
static SHIM: LazyLock<Option<(TempDir, PathBuf)>> = LazyLock::new(|| {
    let dir = TempDir::new().unwrap();
    let library = dir.path().join("shim.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .arg("-ldl")
        .status();
    if compiled.is_ok_and(|status| status.success()) {
        return Some((dir, library));
    }
    let _ = writeln!(std::io::stderr(), "no C compiler: faults of the system were not tested");
    None
});

/// Another story than [`STORY`].
const WEIR: &str = "Mill gives the weir to the town\n\nThe mill at the upper weir was given to the town on Friday by the family that had ground there since 1790.\n";

/// Runs without rules and model, which take long to begin.
pub(crate) fn dechaff(place: &Path, arguments: &[&str], fault: &[(&str, String)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.current_dir(place).args(arguments).envs(fault.iter().cloned());
    if let Some((_, library)) = SHIM.as_ref().filter(|_| !fault.is_empty()) {
        command.env("LD_PRELOAD", library);
    }
    command.output().unwrap()
}

/// The files of a folder but the manifest, which holds the time, and what it names.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = crate::forms::files(folder);
    files.remove("manifest.json");
    files
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in crate::forms::files(from) {
        let path = to.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

/// Each of the calls of a run that takes the place of another: killed there, or with that error. Whatever happens, the folder is verified
/// afterwards, and is that of the one run or that of the other.
fn at_every_call(options: &[&str], fault: &str) {
    if SHIM.is_none() {
        return;
    }
    let place = folder(&[
        ("old/story.txt", STORY.as_bytes()),
        ("old/weir.txt", WEIR.as_bytes()),
        ("new/weir.txt", WEIR.as_bytes()),
    ]);
    let clean = |input: &'static str, out: &'static str| {
        let common = ["clean", input, "-o", out, "-q", "-j", "1", "--rules", "none"];
        [&common[..], &["--model", "none", "--force"], options].concat()
    };
    let at = |name: &str| place.path().join(name);
    // With an index it has a file that the other has not.
    let before = [&clean("old", "before")[..], &["--index", "seen.index"]].concat();
    assert!(dechaff(place.path(), &before, &[]).status.success());
    assert!(dechaff(place.path(), &clean("new", "after"), &[]).status.success());
    let (before, after) = (contents(&at("before")), contents(&at("after")));
    assert_ne!(before, after);

    copy(&at("before"), &at("out"));
    let log = [("FAULT_LOG", at("calls").display().to_string())];
    assert!(dechaff(place.path(), &clean("new", "out"), &log).status.success());
    let calls: u32 = std::fs::read_to_string(at("calls")).unwrap().parse().unwrap();
    assert!(calls > 10, "{calls} calls were seen");

    for call in 1..=calls {
        std::fs::remove_dir_all(at("out")).unwrap();
        copy(&at("before"), &at("out"));
        let run = dechaff(
            place.path(),
            &clean("new", "out"),
            &[("FAULT_AT", call.to_string()), ("FAULT", fault.into())],
        );
        let verified = dechaff(place.path(), &["verify", "out"], &[]);
        let said = String::from_utf8_lossy(&verified.stderr).into_owned();
        assert!(verified.status.success(), "{fault} at call {call} of {calls}: {said}");
        let left = contents(&at("out"));
        let left = left.into_iter().filter(|(name, _)| !name.starts_with(".dechaff-")).collect();
        assert!([&before, &after].contains(&&left), "{fault} at call {call}: a mix is left");
        assert!(!run.status.success() || left == after, "{fault} at call {call}: said to be well");
    }
}

#[test]
fn killed_at_any_call() {
    at_every_call(&[], "kill");
}

#[test]
fn killed_at_any_call_with_a_file_for_each_article() {
    at_every_call(&["--format", "markdown"], "kill");
}

#[test]
fn killed_at_any_call_with_documents() {
    at_every_call(&["--format", "dolma"], "kill");
}

#[test]
fn killed_at_any_call_with_shards() {
    at_every_call(&["--shard", "1", "--compress", "zst"], "kill");
}

/// A part that is killed, or that finds no room, at one call or another (each takes too long) leaves of a stage all or nothing: called again it goes on, to the same files.
#[test]
fn a_part_that_ends_at_any_call_is_called_again() {
    if SHIM.is_none() {
        return;
    }
    let place = folder(&[("in.jsonl", include_bytes!("dedup/harbour.jsonl"))]);
    let at = |name: &str| place.path().join(name);
    let dedup = |out: &str, more: &[&str], fault: &[(&str, String)]| {
        let common = ["dedup", "in.jsonl", "-o", out, "-q", "-j", "1"];
        dechaff(place.path(), &[&common[..], more].concat(), fault)
    };
    let part = |fault: &[(&str, String)]| dedup("out", &["--part", "1/1"], fault);
    assert!(dedup("at-once", &[], &[]).status.success());
    let expected = contents(&at("at-once"));
    assert!(part(&[("FAULT_LOG", at("calls").display().to_string())]).status.success());
    let calls: u32 = std::fs::read_to_string(at("calls")).unwrap().parse().unwrap();
    assert!(calls > 100, "{calls} calls were seen");
    for (nth, call) in (1..=calls).step_by(19).enumerate() {
        std::fs::remove_dir_all(at("out")).unwrap();
        let fault = if nth % 2 == 0 { "kill" } else { "28" };
        let fault = [("FAULT_AT", call.to_string()), ("FAULT", fault.to_string())];
        part(&fault);
        let again = part(&[]);
        let said = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "{fault:?}: {said}");
        let mut left = contents(&at("out"));
        assert!(left.remove(".dechaff.published").is_some(), "{fault:?}");
        assert!(left == expected, "{fault:?}: {:?}", left.keys());
    }
}

/// The index is written after the files: whatever happens, it can be opened, and knows the articles of the run or those from before.
#[test]
fn killed_at_any_call_with_an_index() {
    if SHIM.is_none() {
        return;
    }
    let place = folder(&[("old/story.txt", STORY.as_bytes()), ("new/weir.txt", WEIR.as_bytes())]);
    let at = |name: &str| place.path().join(name);
    let run = |input: &str, out: &str, fault: &[(&str, String)]| {
        let common = ["clean", input, "-o", out, "-q", "-j", "1", "--rules", "none", "--force"];
        let arguments = [&common[..], &["--model", "none", "--index", "seen.index"]].concat();
        dechaff(place.path(), &arguments, fault)
    };
    assert!(run("old", "before", &[]).status.success());
    let before = std::fs::read(at("seen.index")).unwrap();
    let log = [("FAULT_LOG", at("calls").display().to_string())];
    assert!(run("new", "after", &log).status.success());
    let (after, known) = (std::fs::read(at("seen.index")).unwrap(), contents(&at("after")));
    let calls: u32 = std::fs::read_to_string(at("calls")).unwrap().parse().unwrap();
    for fault in ["kill", "28"] {
        for call in 1..=calls {
            std::fs::write(at("seen.index"), &before).unwrap();
            let _ = std::fs::remove_dir_all(at("out"));
            let status =
                run("new", "out", &[("FAULT_AT", call.to_string()), ("FAULT", fault.into())]);
            let articles =
                dechaff::Index::open(at("seen.index")).unwrap().stats().unwrap().articles;
            assert!([1, 2].contains(&articles), "{fault} at call {call}: {articles} articles");
            assert!(!status.status.success() || articles == 2, "{fault} at call {call}");
            // A run that did not come to its end is repeated.
            if articles == 1 {
                assert!(run("new", "out", &[]).status.success(), "{fault} at call {call}");
                assert_eq!(contents(&at("out")), known, "{fault} at call {call}");
                assert_eq!(
                    std::fs::read(at("seen.index")).unwrap(),
                    after,
                    "{fault} at call {call}"
                );
            }
        }
    }
    let hidden = std::fs::read_dir(place.path()).unwrap().flatten();
    let hidden = hidden.filter(|entry| entry.file_name().to_string_lossy().starts_with(".index-"));
    assert!(hidden.count() <= 1, "the files of an index that was not finished are few");
}

#[test]
fn no_room_at_any_call() {
    at_every_call(&[], "28");
    at_every_call(&["--format", "text"], "28");
}

#[test]
fn an_error_of_the_disk_at_any_call() {
    at_every_call(&["--format", "parquet"], "5");
}

#[test]
fn a_signal_at_any_call() {
    at_every_call(&[], "4");
}

/// A run that is told to end takes away what it has begun, and says what ended it.
#[test]
fn a_run_that_is_told_to_end_leaves_nothing() {
    let place = folder(&[("in/long.txt", STORY.repeat(20_000).as_bytes())]);
    for (signal, code) in [("INT", 130), ("TERM", 143), ("HUP", 129)] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_dechaff"))
            .current_dir(place.path())
            .args(["clean", "in", "-o", "out", "-q"])
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let names = || {
            let entries = std::fs::read_dir(place.path().join("out")).into_iter().flatten();
            entries.flatten().map(|entry| entry.file_name().into_string().unwrap()).collect()
        };
        let has_begun = |names: Vec<String>| names.iter().any(|n| n.starts_with(".dechaff-"));
        while !has_begun(names()) {
            assert!(run.try_wait().unwrap().is_none(), "it ends before it is told to");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let told = Command::new("kill").args(["-s", signal, &run.id().to_string()]).status();
        assert!(told.unwrap().success());
        assert_eq!(run.wait().unwrap().code(), Some(code), "{signal}");
        assert_eq!(names(), Vec::<String>::new(), "{signal}");
    }
}

/// A run that waits for what is to come on standard input, or through a pipe, ends as any other.
#[test]
fn a_run_that_waits_leaves_nothing_either() {
    let place = folder(&[]);
    let pipe = place.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (command, input) in [("clean", "-"), ("clean", "pipe"), ("dedup", "-"), ("dedup", "pipe")] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_dechaff"))
            .current_dir(place.path())
            .args([command, input, "-o", "out", "-q"])
            .stdin(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let names = || std::fs::read_dir(place.path().join("out")).into_iter().flatten().count();
        while names() == 0 {
            assert!(run.try_wait().unwrap().is_none(), "{command} {input} ends by itself");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        // Waiting closes standard input, and so would end the run by itself.
        let _held = run.stdin.take();
        let begun = std::time::Instant::now();
        assert!(Command::new("kill").arg(run.id().to_string()).status().unwrap().success());
        assert_eq!(run.wait().unwrap().code(), Some(143), "{command} {input}");
        assert!(begun.elapsed().as_secs() < 4, "{command} {input}");
        assert_eq!(names(), 0, "{command} {input}");
    }
}

/// Where the system gives no memory the program says so, and its status says that nothing was written. It does not hang.
#[test]
fn little_memory_is_said_and_status_3() {
    let lines: String = (0..4_000)
        .map(|n| {
            serde_json::json!({ "text": crate::support::sentence(n).repeat(30) }).to_string() + "\n"
        })
        .collect();
    let place = folder(&[("in/rows.jsonl", lines.as_bytes())]);
    let mut codes = Vec::new();
    for kilobytes in (40..400).step_by(40).map(|megabytes| megabytes << 10) {
        let run = |arguments: &str| {
            let line = format!("ulimit -v {kilobytes}; exec \"$0\" {arguments}");
            Command::new("sh")
                .current_dir(place.path())
                .args(["-c", &line, env!("CARGO_BIN_EXE_dechaff")])
                .output()
                .unwrap()
        };
        // Into too little the system does not load the program, that of a debug build above all.
        if !run("-V").status.success() {
            continue;
        }
        let run = run("clean in -o out -q --force -j 8");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        let code = run.status.code();
        assert!(matches!(code, Some(0 | 3)), "{kilobytes} KB: {:?}: {said}", run.status);
        assert!(code == Some(0) || !said.is_empty(), "{kilobytes} KB");
        codes.push(code);
    }
    assert!(codes.contains(&Some(3)), "{codes:?}");
}

/// What verify says of a folder that somebody has changed.
#[test]
fn what_was_changed_is_named() {
    let place = folder(&[("in/story.txt", STORY.as_bytes())]);
    let run = |arguments: &[&str]| dechaff(place.path(), arguments, &[]);
    let clean = [
        "clean", "in", "-o", "out", "-q", "--rules", "none", "--model", "none", "--format", "text",
    ];
    assert!(run(&clean).status.success());
    let out = place.path().join("out");
    let verified = run(&["verify", "out"]);
    let said = String::from_utf8(verified.stdout).unwrap();
    assert!(said.starts_with("out: 2 files ("), "{said}");

    std::fs::write(out.join("ledger.jsonl"), "{}\n").unwrap();
    std::fs::write(out.join("copies.jsonl"), "{}\n").unwrap();
    std::fs::remove_dir_all(out.join("articles")).unwrap();
    let verified = run(&["verify", "out"]);
    assert_eq!(verified.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(verified.stderr).unwrap(),
        "dechaff: out: articles/ is not there or cannot be read\n\
         dechaff: out: ledger.jsonl was changed\n\
         dechaff: out: copies.jsonl belongs to no run\n"
    );
    std::fs::remove_file(out.join("manifest.json")).unwrap();
    assert_eq!(run(&["verify", "out"]).status.code(), Some(1));
    assert_eq!(run(&["verify", "nowhere"]).status.code(), Some(3));
}

/// A folder of pages that a stranger has put beside a manifest, or has added to, is not removed.
#[test]
fn pages_of_others_are_not_removed() {
    let place = folder(&[("in/story.txt", STORY.as_bytes())]);
    let clean = |format: &'static str| {
        let common = ["clean", "in", "-o", "out", "-q", "--rules", "none", "--model", "none"];
        dechaff(place.path(), &[&common[..], &["--force", "--format", format]].concat(), &[])
    };
    assert!(clean("text").status.success());
    let notes = place.path().join("out/articles/notes.txt");
    std::fs::write(&notes, "mine").unwrap();
    assert_eq!(clean("markdown").status.code(), Some(3));
    assert!(clean("jsonl").status.success());
    assert_eq!(std::fs::read(notes).unwrap(), b"mine");
}
