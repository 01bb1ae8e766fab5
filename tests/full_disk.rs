//! A disk without room, in earnest: on a small tmpfs a run ends with status 3 and a clear line and leaves nothing half, and with room it writes what it
//! would have written. Where nothing can be mounted, nothing is tested.

#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{folder, sentence};

/// Runs lines of a shell in `place`, where `small` is a disk of so many kilobytes as long as they run; `room` gives it more. None where that cannot be had.
fn on_a_small_disk(place: &Path, kilobytes: usize, lines: &str) -> Option<String> {
    let script = format!(
        "mount -t tmpfs -o size={kilobytes}k tmpfs small 2>/dev/null && echo mounted || exit 0\n\
         room() {{ mount -o remount,size=64m small; }}\n\
         clean() {{ \"$0\" clean in -q -j 1 --rules none --model none \"$@\"; echo \"status $?\"; }}\n\
         exec 2>&1\n{lines}"
    );
    std::fs::create_dir_all(place.join("small")).unwrap();
    let ran = Command::new("unshare")
        .args(["-rm", "sh", "-c", &script, env!("CARGO_BIN_EXE_dechaff")])
        .current_dir(place)
        .output();
    let said = ran.map_or_else(|_| String::new(), |ran| String::from_utf8(ran.stdout).unwrap());
    let said = said.strip_prefix("mounted\n").map(str::to_owned);
    if said.is_none() {
        let _ =
            writeln!(std::io::stderr(), "nothing can be mounted here: full disks were not tested");
    }
    said
}

/// Dumps that make articles and a ledger of some 250 KB.
fn dumps() -> tempfile::TempDir {
    let of = |from: u64| (from..from + 20).map(sentence).collect::<Vec<_>>().join(" ");
    let stories: Vec<String> = (0..60).map(|n| format!("Quay {n}\n\n{}\n", of(100 * n))).collect();
    let names: Vec<String> = (0..60).map(|n| format!("in/{n:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&stories).map(|(name, story)| (&**name, story.as_bytes())).collect();
    folder(&files)
}

#[test]
fn an_output_without_room() {
    let place = dumps();
    let at = |name: &str| place.path().join(name);
    for kilobytes in [8, 40, 200] {
        let lines = "clean -o small/out; ls -A small/out; echo --; room\n\
                     clean -o small/out; cp -r small/out with-room; clean -o at-once >/dev/null";
        let Some(said) = on_a_small_disk(place.path(), kilobytes, lines) else { return };
        let (failed, rest) = said.split_once('\n').unwrap();
        let expected = "dechaff: small/out: No space left on device (os error 28)";
        assert!(failed.starts_with(expected), "{kilobytes} KB: {said}");
        assert_eq!(rest, "status 3\n--\nstatus 0\n", "{kilobytes} KB");
        let files = |out: &str| {
            let mut files = crate::forms::files(&at(out));
            files.remove("manifest.json").unwrap();
            files
        };
        assert!(files("with-room") == files("at-once"), "{kilobytes} KB");
        for folder in ["with-room", "at-once"] {
            std::fs::remove_dir_all(at(folder)).unwrap();
        }
    }
}

#[test]
fn a_folder_for_temporary_files_without_room() {
    let place = dumps();
    let lines = "export TMPDIR=$PWD/small\n\
                 clean -o - >stream; cat stream; ls -A small; room\n\
                 clean -o - >with-room; TMPDIR= clean -o - >at-once; cmp with-room at-once && wc -l <at-once";
    let Some(said) = on_a_small_disk(place.path(), 40, lines) else { return };
    let expected = format!(
        "dechaff: {}: No space left on device (os error 28)\nstatus 3\n",
        place.path().join("small").display()
    );
    let (failed, whole) = said.split_at(expected.len());
    assert_eq!(failed, expected);
    assert!(whole.trim().parse::<u32>().is_ok_and(|lines| lines > 1), "{said}");
}

/// The files are written before the index is: the run is repeated with --force, and the index knows what it would.
#[test]
fn an_index_without_room() {
    let place = dumps();
    let lines = "clean -o out --index small/seen.index; room\n\
                 clean -o out --force --index small/seen.index; clean -o at-once --index seen.index\n\
                 cmp small/seen.index seen.index; cmp out/articles.jsonl at-once/articles.jsonl";
    let Some(said) = on_a_small_disk(place.path(), 20, lines) else { return };
    let expected = "dechaff: small/seen.index: No space left on device (os error 28)\nstatus 3\nstatus 0\nstatus 0\n";
    assert_eq!(said, expected);
}
