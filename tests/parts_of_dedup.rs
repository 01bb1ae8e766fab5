//! `dechaff dedup --part i/n`: many processes that share a folder write what one does, whatever becomes of them on the way.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{folder, sentence};

/// Documents with copies of every kind, a chain each of which is a little shorter than the one before, texts of one template, a sentence that one in four
/// texts has, ids that are taken and lines that cannot be read; in files of unlike sizes.
fn documents() -> TempDir {
    let mut texts = crate::spread::stories();
    let of = |from: u64, to: u64| (from..to).map(sentence).collect::<Vec<_>>().join(" ");
    texts.extend((4..40).map(|length| of(50_000, 50_000 + length)));
    texts.extend((0..20).map(|n| of(60_000, 60_008) + &sentence(61_000 + n)));
    for text in texts.iter_mut().step_by(4) {
        *text = sentence(70_000) + text;
    }
    let mut files = vec![String::new(); 6];
    for (n, text) in texts.iter().enumerate() {
        let mut document = json!({"id": n, "text": text});
        if n % 2 == 0 {
            document["date"] = json!(format!("{}-01-01", 3000 - n));
        }
        if n % 40 == 7 {
            document["id"] = json!("taken");
        }
        if n % 3 == 0 {
            document["id"] = json!(format!("story-{}", 5 * n % 1000));
        }
        let file = &mut files[n * n % 13 % 6];
        *file += &format!("{document}\n");
        if n % 90 == 0 {
            *file += "{\"id\": 7}\n";
        }
    }
    let names = ["a.jsonl", "b.jsonl", "c/a.jsonl", "c/b.jsonl", "d.jsonl", "e.jsonl"];
    let files: Vec<(&str, &[u8])> =
        names.iter().zip(&files).map(|(name, file)| (*name, file.as_bytes())).collect();
    folder(&files)
}

/// The files of a run; of the manifest all but when it began and how long it took.
fn written(out: &Path) -> (Vec<String>, Value) {
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    let mut manifest: Value = serde_json::from_str(&read("manifest.json")).unwrap();
    for told in ["started", "seconds"] {
        manifest.as_object_mut().unwrap().remove(told).unwrap();
    }
    (["articles.jsonl", "clusters.jsonl", "related.jsonl"].map(read).to_vec(), manifest)
}

/// What one process writes.
fn at_once(documents: &Path) -> (Vec<String>, Value) {
    let out = TempDir::new().unwrap();
    dechaff().args(["dedup", "-q", "-o"]).args([out.path(), documents]).assert().code(1);
    written(out.path())
}

fn start(documents: &Path, out: &Path, part: &str, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.args(["dedup", "-q", "-j", "1", "--part", part, "-o"]).args([out, documents]);
    command.args(more).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn eight_parts_in_four_processes_of_which_some_are_killed_write_what_one_does() {
    let (documents, out) = (documents(), TempDir::new().unwrap());
    let (mut todo, mut killed) = ((1..=8).collect::<Vec<u32>>(), 0);
    for round in 0..200 {
        // At another time of its work in each round one of them is killed, while others write or read what it has left.
        let four: Vec<u32> =
            todo.iter().copied().cycle().skip(4 * round % todo.len()).take(4).collect();
        let mut processes: Vec<(u32, Child)> = Vec::new();
        for part in four {
            if processes.iter().all(|(other, _)| *other != part) {
                let part_of = format!("{part}/8");
                processes.push((part, start(documents.path(), out.path(), &part_of, &[])));
            }
        }
        std::thread::sleep(Duration::from_millis(3 * round as u64 % 41));
        if killed < 20 {
            processes[0].1.kill().unwrap();
            killed += 1;
        }
        for (part, mut process) in processes {
            match process.wait().unwrap().code() {
                Some(0 | 1) => todo.retain(|other| *other != part),
                Some(4) | None => {}
                other => panic!("part {part} ended with {other:?}"),
            }
        }
        if todo.is_empty() {
            break;
        }
    }
    assert_eq!((todo, killed), (vec![], 20));
    let (files, manifest) = at_once(documents.path());
    assert!(written(out.path()) == (files, manifest.clone()));
    for counted in ["clusters", "related", "copies"] {
        assert!(manifest[counted].as_u64().unwrap() > 20, "{manifest}");
    }
    assert!(manifest["failures"].as_array().unwrap().len() > 10);
    assert!(!out.path().join(".dechaff.parts").exists());
    dechaff().arg("verify").arg(out.path()).assert().success();
}

#[test]
fn parts_that_wait_need_one_call_each_and_one_that_comes_late_finds_all_done() {
    let (documents, out) = (documents(), TempDir::new().unwrap());
    let wait = |part| start(documents.path(), out.path(), part, &["--wait", "--memory", "200K"]);
    let processes = ["3/3", "1/3", "2/3"].map(wait);
    let ended = processes.map(|mut process| process.wait().unwrap().code());
    assert_eq!(
        ended,
        [Some(0), Some(1), Some(0)],
        "the first part publishes and tells of failures"
    );
    assert!(written(out.path()) == at_once(documents.path()));
    let before = std::fs::read(out.path().join("manifest.json")).unwrap();
    assert_eq!(wait("2/3").wait().unwrap().code(), Some(0));
    assert_eq!(std::fs::read(out.path().join("manifest.json")).unwrap(), before);
    let other =
        dechaff().args(["dedup", "--part", "2/4", "-o"]).args([out.path(), documents.path()]);
    other.assert().code(2).stderr_eq(str![[r#"
dechaff: [..]: holds files of the names that a run writes; choose another folder or pass --force to replace them

"#]]);
}

#[test]
fn a_part_is_done_by_one_process_at_a_time_and_a_dead_one_does_not_keep_it() {
    let (documents, out) = (documents(), TempDir::new().unwrap());
    let mut first = start(documents.path(), out.path(), "1/2", &["--wait"]);
    let read = out.path().join(".dechaff.parts/part-001/read");
    while !read.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let again = || {
        let part = dechaff().args(["dedup", "-q", "--part", "1/2", "-o"]);
        part.args([out.path(), documents.path()]).assert()
    };
    again().code(2).stderr_eq(str![[r#"
dechaff: [..]/.dechaff.parts/part-001: another process does this part; wait for that

"#]]);
    first.kill().unwrap();
    first.wait().unwrap();
    again().code(4);
}

/// Two small files, and a folder in which the first of two parts has done what it can.
fn begun() -> (TempDir, impl Fn(&[&str]) -> snapbox::cmd::Command) {
    let dir = folder(&[
        ("in/a.jsonl", br#"{"id": 1, "text": "the quay"}"#),
        ("in/b.jsonl", br#"{"id": 2, "text": "the weir"}"#),
    ]);
    let place = dir.path().to_path_buf();
    let part = move |given: &[&str]| {
        dechaff().args(["dedup", "in", "-o", "out"]).args(given).current_dir(&place)
    };
    part(&["--part", "1/2"]).assert().code(4);
    (dir, part)
}

/// Calls both parts until the first has nothing more to wait for, and gives how that ended.
fn to_the_end(part: &impl Fn(&[&str]) -> snapbox::cmd::Command, more: &[&str]) -> Option<i32> {
    for nth in ["1/2", "2/2"].repeat(8) {
        let done = part(&[&["--part", nth], more].concat()).output().unwrap();
        if done.status.code() != Some(4) && nth == "1/2" {
            return done.status.code();
        }
    }
    None
}

#[test]
fn a_part_says_which_others_it_waits_for() {
    let (_dir, part) = begun();
    part(&["--part", "1/2"]).assert().code(4).stderr_eq(str![[r#"
dechaff: out: part 1/2 waits for others: ids needs read of 2; run it again then

"#]]);
    part(&["--part", "2/2"]).assert().code(4).stderr_eq(str![[r#"
dechaff: out: part 2/2 waits for others: shingles needs ids of 1; run it again then

"#]]);
}

#[test]
fn parts_that_were_begun_otherwise_are_refused() {
    let (dir, part) = begun();
    part(&["--part", "2/2", "--loss", "0.2"]).assert().code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun with another --loss; give the same, or remove .dechaff.parts in it to begin anew

"#]]);
    part(&["--part", "2/3"]).assert().code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun as 2 parts, not 3; give the same, or remove .dechaff.parts in it to begin anew

"#]]);
    part(&["--part", "2/2", "--prefer", "The Herald"]).assert().code(2);
    std::fs::write(dir.path().join("in/b.jsonl"), r#"{"id": 2, "text": "the ferry"}"#).unwrap();
    part(&["--part", "2/2"]).assert().code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun with other files, or before they were changed (b.jsonl); give the same, or remove .dechaff.parts in it to begin anew

"#]]);
}

#[test]
fn what_another_run_writes_meanwhile_is_replaced_by_force_alone() {
    let (dir, part) = begun();
    let left = || std::fs::read_to_string(dir.path().join("out/articles.jsonl")).unwrap();
    let other = dechaff().args(["dedup", "in/a.jsonl", "-o", "out"]).current_dir(dir.path());
    other.assert().success();
    let before = left();
    part(&["--part", "1/2"]).assert().code(2).stderr_eq(str![[r#"
dechaff: out: holds files of the names that a run writes; choose another folder or pass --force to replace them

"#]]);
    assert_eq!(left(), before);
    assert_eq!(to_the_end(&part, &["--force"]), Some(0));
    assert_ne!(left(), before);
    // Parts of another plan that were begun since are left alone by one that comes late.
    part(&["--part", "1/2", "--loss", "0.2", "--force"]).assert().code(4);
    part(&["--part", "2/2"]).assert().success();
    part(&["--part", "2/2", "--loss", "0.2", "--force"]).assert().code(4).stderr_eq(str![[r#"
dechaff: out: part 2/2 waits for others: shingles needs ids of 1; run it again then

"#]]);
}

#[test]
fn what_parts_cannot_share_is_refused() {
    let (dir, part) = begun();
    for wrong in ["0/2", "3/2", "1/201", "1", "a/b"] {
        part(&["--part", wrong]).assert().code(2);
    }
    let stream = dechaff().args(["dedup", "in", "-o", "-", "--part", "1/2"]);
    stream.current_dir(dir.path()).assert().code(2).stderr_eq(str![[r#"
dechaff: parts share a folder that they write to; give --out a folder

"#]]);
    let stdin = dechaff().args(["dedup", "-", "-o", "other", "--part", "1/2"]);
    stdin.current_dir(dir.path()).stdin("{}").assert().code(2).stderr_eq(str![[r#"
dechaff: -: is no file that all parts can read; give --part files

"#]]);
}

#[test]
fn parts_are_not_done_whose_output_is_gone() {
    let (dir, part) = begun();
    assert_eq!(to_the_end(&part, &[]), Some(0));
    part(&["--part", "1/2"]).assert().success();
    std::fs::remove_file(dir.path().join("out/articles.jsonl")).unwrap();
    part(&["--part", "1/2"]).assert().code(2).stderr_eq(str![[r#"
dechaff: out: holds files of the names that a run writes; choose another folder or pass --force to replace them

"#]]);
    assert_eq!(to_the_end(&part, &["--force"]), Some(0));
    assert!(dir.path().join("out/articles.jsonl").exists());
}

#[test]
fn what_another_run_wrote_stays_though_a_publishing_part_was_killed() {
    let (dir, part) = begun();
    std::fs::create_dir(dir.path().join("out/.dechaff.parts/part-001/publish")).unwrap();
    let other = dechaff().args(["dedup", "in/a.jsonl", "-o", "out"]).current_dir(dir.path());
    other.assert().success();
    let manifest = || std::fs::read_to_string(dir.path().join("out/manifest.json")).unwrap();
    let before = manifest();
    assert_eq!(to_the_end(&part, &[]), Some(2));
    assert_eq!(manifest(), before);
}

#[test]
fn a_part_that_waits_ends_when_what_it_has_left_is_removed() {
    let (dir, part) = begun();
    let (work, aside) = (dir.path().join("out/.dechaff.parts"), dir.path().join("aside"));
    let waiting = std::thread::spawn(move || part(&["--part", "1/2", "--wait"]).assert());
    std::thread::sleep(Duration::from_millis(600));
    std::fs::rename(work, aside).unwrap();
    waiting.join().unwrap().code(2).stderr_eq(str![[r#"
...
dechaff: out/.dechaff.parts/part-001: was removed while this part waited; call all parts again

"#]]);
}

#[test]
fn a_damaged_file_is_named() {
    let (dir, part) = begun();
    let [places, ids] = ["places", "ids"]
        .map(|name| dir.path().join("out/.dechaff.parts/part-001/read").join(name));
    std::fs::copy(places, ids).unwrap();
    assert_eq!(part(&["--part", "2/2"]).output().unwrap().status.code(), Some(3));
    part(&["--part", "1/2"]).assert().code(3).stderr_eq(str![[r#"
dechaff: out/.dechaff.parts/part-001/read/ids: is damaged; begin the run anew (remove .dechaff.parts or .dechaff.resume first, if it is there)

"#]]);
}

#[test]
#[cfg(unix)]
fn no_link_is_followed_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let (dir, part) = begun();
    let [out, outside] = ["out", "outside"].map(|name| dir.path().join(name));
    let (work, own) = (out.join(".dechaff.parts"), out.join(".dechaff.parts/part-001"));
    std::fs::create_dir_all(outside.join(".unfinished-x")).unwrap();
    std::fs::write(outside.join("notes"), "kept").unwrap();
    let stays = || {
        assert_eq!(std::fs::read_to_string(outside.join("notes")).unwrap(), "kept");
        assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 2);
    };

    std::fs::rename(&own, dir.path().join("aside")).unwrap();
    symlink(&outside, &own).unwrap();
    part(&["--part", "1/2"]).assert().code(3).stderr_eq(str![[r#"
dechaff: out/.dechaff.parts/part-001: part-001 is no folder; remove it

"#]]);
    stays();

    std::fs::remove_dir_all(&work).unwrap();
    symlink(&outside, &work).unwrap();
    part(&["--part", "1/2"]).assert().code(3).stderr_eq(str![[r#"
dechaff: out/.dechaff.parts: .dechaff.parts is no folder; remove it

"#]]);
    stays();

    std::fs::remove_file(&work).unwrap();
    symlink(outside.join("notes"), out.join(".dechaff.published")).unwrap();
    assert_eq!(to_the_end(&part, &[]), Some(0));
    stays();
    assert!(out.join(".dechaff.published").symlink_metadata().unwrap().is_file());
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_file_does_not_hang_a_part() {
    let (dir, part) = begun();
    let pipe = |name: &str| {
        let path = dir.path().join("out").join(name);
        let _ = std::fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    pipe(".dechaff.published");
    part(&["--part", "1/2"]).assert().code(4);
    assert_eq!(to_the_end(&part, &[]), Some(0));
    // With parts of another plan, so that there is something to do.
    part(&["--part", "1/2", "--loss", "0.2", "--force"]).assert().code(4);
    pipe(".dechaff.parts/plan.json");
    part(&["--part", "1/2", "--loss", "0.2", "--force"]).assert().code(3).stderr_eq(str![[r#"
dechaff: out/.dechaff.parts: the file plan.json in it was written by no run; remove it

"#]]);
}
