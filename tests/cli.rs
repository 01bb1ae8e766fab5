//! Whole commands: what they print, what they write, how they end.

use std::path::Path;

use snapbox::cmd::Command;
use snapbox::str;
use tempfile::TempDir;

use crate::support::{Output, SAMPLES, STORY, folder};

/// The program, away from the terminal and the colours of whoever runs the tests.
pub(crate) fn dechaff() -> Command {
    let command = Command::new(env!("CARGO_BIN_EXE_dechaff"))
        .stdin(String::new())
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    ["COLUMNS", "CLICOLOR_FORCE", "FORCE_COLOR"].into_iter().fold(command, Command::env_remove)
}

pub(crate) fn clean(paths: &[&Path], options: &[&str]) -> TempDir {
    let out = TempDir::new().unwrap();
    dechaff()
        .arg("clean")
        .args(paths)
        .args(["--quiet", "-o"])
        .arg(out.path())
        .args(options)
        .assert()
        .success();
    out
}

/// What must not change between two runs: the articles and the ledger.
fn written(out: &TempDir) -> [Vec<u8>; 2] {
    ["articles.jsonl", "ledger.jsonl"].map(|name| std::fs::read(out.path().join(name)).unwrap())
}

#[test]
fn clean_writes_three_files_and_says_what_it_did() {
    let dir =
        folder(&[("story.txt", format!("Home\nNews\n\n{STORY}\nShare on Facebook\n").as_bytes())]);
    let out = dir.path().join("new/out");
    dechaff()
        .arg("clean")
        .arg(dir.path().join("story.txt"))
        .arg("-o")
        .arg(&out)
        .assert()
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
1 record ([..] B), 1 article, 0 of them copies -> [..]/new/out
removed: [..]

"#]]);
    let mut files: Vec<_> = std::fs::read_dir(&out)
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    assert_eq!(files, ["articles.jsonl", "ledger.jsonl", "manifest.json"]);
    let output = Output::of(&out);
    assert_eq!(output.articles[0]["title"], "Quay reopens after the storm");
    assert_eq!(output.manifest["schema"], 2);
}

#[test]
fn a_folder_with_a_run_in_it_is_refused_without_force() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    let input = dir.path().join("story.txt");
    let out = clean(&[&input], &[]);
    let before = written(&out);
    let again = || dechaff().arg("clean").arg(&input).args(["--quiet", "-o"]).arg(out.path());
    again().assert().code(2).stderr_eq(str![[r#"
dechaff: [..]: holds files of the names that a run writes; choose another folder or pass --force to replace them

"#]]);
    again().arg("--force").assert().success();
    assert_eq!(written(&out), before);
}

/// Nothing that is to be read is written over, and a misspelt path costs no earlier output; files of other origin stay.
#[test]
fn force_loses_no_input_and_nothing_to_a_misspelt_path() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    let out = clean(&[&dir.path().join("story.txt")], &[]);
    let foreign = out.path().join("articles-20310402.jsonl");
    std::fs::write(&foreign, "{}\n").unwrap();
    let before = written(&out);
    let run = |command: &str, input: &std::path::Path| {
        dechaff()
            .arg(command)
            .arg(input)
            .args(["--quiet", "--force", "-o"])
            .arg(out.path())
            .assert()
            .code(2)
    };
    for command in ["clean", "dedup"] {
        run(command, &out.path().join("articles.jsonl")).stderr_eq(str![[r#"
dechaff: [..]articles.jsonl: is given to be read and stands where the run writes; choose another output folder

"#]]);
        run(command, &dir.path().join("stroy.txt")).stderr_eq(str![[r#"
dechaff: [..]stroy.txt: no such file or folder

"#]]);
    }
    assert_eq!(written(&out), before);
    dechaff()
        .arg("clean")
        .arg(dir.path().join("story.txt"))
        .args(["--quiet", "--force", "-o"])
        .arg(out.path())
        .assert()
        .success();
    assert_eq!(std::fs::read_to_string(foreign).unwrap(), "{}\n");
}

#[test]
fn a_misspelt_path_writes_nothing_and_a_pattern_without_files_is_said_to_be_one() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    let out = dir.path().join("out");
    let run = |command: &str, input: &str| {
        let given = [dir.path().join("story.txt"), dir.path().join(input)];
        dechaff().arg(command).args(given).args(["-q", "-o"]).arg(&out).assert().code(2)
    };
    for command in ["clean", "dedup"] {
        run(command, "stroy.txt").stderr_eq("dechaff: [..]stroy.txt: no such file or folder\n");
        run(command, "*.warc").stderr_eq(
            "dechaff: [..]*.warc: no such file or folder; the shell found nothing that this pattern matches\n",
        );
        assert!(!out.exists());
    }
}

#[test]
fn of_many_failures_the_first_are_named_and_the_manifest_lists_all() {
    let names: Vec<String> = (0..30).map(|number| format!("{number:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &b"\0"[..])).collect();
    let (dir, out) = (folder(&files), TempDir::new().unwrap());
    let assert = dechaff().arg("clean").arg(dir.path()).arg("-o").arg(out.path()).assert().code(1);
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert_eq!(said.matches("binary file").count(), 20);
    assert!(said.contains("30 inputs failed, listed in manifest.json"), "{said}");
    assert_eq!(Output::of(out.path()).listed("failures", "error").len(), 30);
}

#[test]
fn include_and_exclude_look_at_names_and_paths() {
    let files = ["a.txt", "b.md", "old/c.txt", "old/d.md"].map(|name| (name, STORY.as_bytes()));
    let dir = folder(&files);
    let dumps = |options: &[&str]| {
        let out = clean(&[dir.path()], options);
        Output::of(out.path()).dumps().join(" ")
    };
    assert_eq!(dumps(&["--include", "*.txt"]), "a.txt old/c.txt");
    assert_eq!(dumps(&["--exclude", "old/*"]), "a.txt b.md");
    assert_eq!(
        dumps(&["--include", "*.txt", "--include", "b.*", "--exclude", "c.txt"]),
        "a.txt b.md"
    );
}

#[test]
fn a_glob_that_cannot_be_read_is_wrong_usage() {
    let out = TempDir::new().unwrap();
    let run =
        dechaff().args(["clean", "samples", "--include", "a[", "-o"]).arg(out.path().join("out"));
    run.assert().code(2).stdout_eq("").stderr_eq(str![[r#"
dechaff: glob "a[": unclosed character class[..]

"#]]);
    assert!(!out.path().join("out").exists());
}

#[test]
fn standard_input_is_a_dump_named_by_a_dash() {
    let out = TempDir::new().unwrap();
    dechaff().args(["clean", "-", "--quiet", "-o"]).arg(out.path()).stdin(STORY).assert().success();
    assert_eq!(Output::of(out.path()).dumps(), ["-"]);
    assert_eq!(Output::of(out.path()).articles.len(), 1);
}

#[test]
fn quiet_prints_nothing_even_of_failures() {
    let dir = folder(&[("bad.txt", b"\0"), ("good.txt", STORY.as_bytes())]);
    let out = TempDir::new().unwrap();
    dechaff()
        .arg("clean")
        .arg(dir.path())
        .args(["-q", "-o"])
        .arg(out.path())
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq("");
}

/// Neither the order of the arguments nor the number of threads shows in what is written.
#[test]
fn every_run_writes_the_same_bytes() {
    let [web, feeds, mail] = ["web", "feeds", "mail"].map(|name| Path::new(SAMPLES).join(name));
    let first = written(&clean(&[&web, &feeds, &mail], &["--threads", "1"]));
    assert_eq!(first, written(&clean(&[&mail, &web, &feeds], &["--threads", "2"])));
    assert!(!first[0].is_empty());
}

#[test]
fn a_dump_that_cannot_be_read_is_no_wrong_usage() {
    let dir = folder(&[("zip.txt", b"PK\0")]);
    dechaff()
        .args(["explain", "zip.txt"])
        .current_dir(dir.path())
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq("dechaff: zip.txt: is a binary file (zero byte at offset 2)\n");
    dechaff().args(["text", "-"]).stdin("").assert().code(1).stderr_eq("dechaff: -: is empty\n");
}

#[test]
fn a_folder_is_no_dump_to_be_shown() {
    for command in ["explain", "text"] {
        let run = dechaff().args([command, "samples"]).assert().code(2);
        run.stdout_eq("").stderr_eq("dechaff: samples: is a folder; name one of the dumps in it\n");
    }
}

#[test]
fn a_run_that_finds_nothing_says_why() {
    let dir = folder(&[("notes/.hidden", b"")]);
    std::fs::create_dir(dir.path().join("empty")).unwrap();
    let said = |input: &str| {
        let clean = dechaff()
            .args(["clean", input, "-o", "out", "--force"])
            .current_dir(dir.path())
            .assert()
            .success();
        let stderr = String::from_utf8(clean.get_output().stderr.clone()).unwrap();
        std::fs::remove_dir_all(dir.path().join("out")).unwrap();
        stderr.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(said("empty"), "no dump found: what was given is empty");
    assert_eq!(
        said("notes"),
        "no dump found: see what was left out, and why, in manifest.json under \"skipped\""
    );
}

#[test]
fn text_prints_the_view_that_ranges_refer_to() {
    let path = Path::new(SAMPLES).join("web/liman.tr.txt");
    let view = dechaff().arg("text").arg(&path).output().unwrap().stdout;
    assert_eq!(view, std::fs::read(&path).unwrap());
}

#[test]
#[cfg(target_os = "linux")]
fn a_pipe_with_a_name_is_a_dump() {
    let zip = std::fs::read("tests/formats/news.zip").unwrap();
    dechaff().args(["text", "/dev/stdin"]).stdin(STORY).assert().success().stdout_eq(STORY);
    dechaff()
        .args(["text", "/dev/stdin", "--record", "news/harbour.txt"])
        .stdin(zip)
        .assert()
        .success()
        .stdout_eq(STORY);
}

#[test]
fn wrong_arguments_are_wrong_usage() {
    for args in [
        &["clean"][..],
        &["clean", "samples"],
        &["clean", "samples", "-o", "out", "--threads", "0"],
        &["polish"],
        &[],
    ] {
        dechaff().args(args).assert().code(2).stdout_eq("");
    }
}
