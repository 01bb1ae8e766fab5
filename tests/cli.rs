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

fn clean(paths: &[&Path], options: &[&str]) -> TempDir {
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
fn explain_shows_each_line_with_its_verdict() {
    let dump = format!("{STORY}\nShare on Facebook\n\nRead also: Ferries stop at noon\n");
    dechaff()
        .args(["explain", "-"])
        .env("NO_COLOR", "1")
        .stdin(dump.clone())
        .assert()
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
1 title        1  Quay reopens after the storm  detector:headline
3 body         1  The old quay was opened again on Monday, [..]  model 0.[..]
5 body         1  Forty volunteers had carried the sand [..]  model 0.[..]
7 share        -  Share on Facebook  rule:[..]
9 teaser       -  Read also: Ferries stop at noon  rule:en.teaser.[..]

"#]]);
    let of_old = dechaff()
        .args(["explain", "-"])
        .env("NO_COLOR", "1")
        .stdin(dump.replace('\n', "\r"))
        .output()
        .unwrap();
    assert_eq!(of_old.stdout.iter().filter(|&&b| b == b'\n').count(), 5);
    let json = dechaff().args(["explain", "--json", "-"]).stdin(dump.clone()).output().unwrap();
    let rows: Vec<serde_json::Value> = String::from_utf8(json.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let at = |field: &str| usize::try_from(row[field].as_u64().unwrap()).unwrap();
        assert_eq!(row["text"], dump[at("start")..at("end")].trim());
    }
    assert_eq!(
        (&rows[0]["kind"], &rows[0]["line"], &rows[3]["article"]),
        (&"title".into(), &1.into(), &serde_json::Value::Null)
    );
}

#[test]
fn explain_gives_reasons_for_the_blocks_of_a_page() {
    let paragraphs: String =
        STORY.split("\n\n").skip(1).map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let page = format!(
        "<!DOCTYPE html><title>Quay</title><main><h1>Quay reopens after the storm</h1>{paragraphs}</main><div><a href=/>More of the harbour</a></div>"
    );
    let json = dechaff().args(["explain", "--json", "-"]).stdin(page).output().unwrap();
    let rows: Vec<serde_json::Value> = String::from_utf8(json.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let judged: Vec<_> = rows.iter().filter(|row| row["rule"] == "model").collect();
    assert!(
        judged.len() >= 2
            && judged.iter().all(|row| row["model"]["weights"]
                .as_array()
                .is_some_and(|weights| weights.len() == 3)),
        "{rows:?}"
    );
}

#[test]
fn explain_uses_colours_only_where_they_are_wanted() {
    let colours = |name: &str| {
        dechaff()
            .args(["explain", "-"])
            .env(name, "1")
            .stdin(STORY)
            .output()
            .unwrap()
            .stdout
            .contains(&0x1b)
    };
    assert!(colours("CLICOLOR_FORCE"));
    assert!(!colours("NO_COLOR"));
}

#[test]
fn explain_does_not_pass_on_what_a_terminal_would_act_on() {
    let shown = dechaff()
        .args(["explain", "-"])
        .stdin(format!("{STORY}\n\u{1b}]0;owned\u{7}\n"))
        .output()
        .unwrap();
    assert!(shown.status.success() && !shown.stdout.iter().any(|b| matches!(b, 0x1b | 0x07)));
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

const PACK: &str = r#"
name = "mine"

[[rule]]
id = "mine.ad.supper"
kind = "ad"
scope = "line"
pattern = "supper is on us.*"
why = "the advertisement of the inn"
hit = ["Supper is on us", "SUPPER IS ON US tonight"]
spare = ["The supper was late", "Supper is not on us"]
"#;

#[test]
fn rules_are_listed_shown_and_checked() {
    let dir = folder(&[("mine.toml", PACK.as_bytes())]);
    let rules = |args: &[&str]| {
        dechaff()
            .arg("rules")
            .args(args)
            .args(["--rules", "mine.toml"])
            .current_dir(dir.path())
            .assert()
    };
    rules(&["list"]).success().stdout_eq(str![[r#"
...
structure.legal.copyright-year [..]legal       block      [..]
...
mine.ad.supper [..]ad          line       the advertisement of the inn

"#]]);
    for id in ["mine.ad.supper", "rule:mine.ad.supper"] {
        rules(&["show", id]).success().stdout_eq(str![[r#"
id       mine.ad.supper
kind     ad
scope    line
why      the advertisement of the inn
pattern  supper is on us.*
hits     Supper is on us
hits     SUPPER IS ON US tonight
spares   The supper was late
spares   Supper is not on us

"#]]);
    }
    rules(&["show", "mine.ad.breakfast"])
        .code(2)
        .stderr_eq("dechaff: no rule has the id \"mine.ad.breakfast\"; see `dechaff rules list`\n");
    rules(&["check"]).success().stdout_eq("[..] rules in 31 packs hit and spare what they say\n");
}

#[test]
fn a_pack_of_ones_own_cuts_and_is_named_in_ledger_and_manifest() {
    let dir = folder(&[
        ("mine.toml", PACK.as_bytes()),
        ("story.txt", format!("{STORY}\nSupper is on us!\n").as_bytes()),
    ]);
    let pack = dir.path().join("mine.toml");
    let out = clean(&[&dir.path().join("story.txt")], &["--rules", pack.to_str().unwrap()]);
    let output = Output::of(out.path());
    let spans = output.ledger[0]["spans"].as_array().unwrap();
    assert!(spans.iter().any(|s| s["kind"] == "ad" && s["rule"] == "rule:mine.ad.supper"));
    assert_eq!(output.manifest["rule_packs"].as_array().unwrap().last().unwrap()["name"], "mine");
}

#[test]
fn rules_check_names_the_examples_that_come_out_wrong() {
    let pack = PACK.replace("Supper is not on us", "Supper is on us, said the host");
    let dir = folder(&[("mine.toml", pack.as_bytes())]);
    dechaff()
        .args(["rules", "check", "--rules", "mine.toml"])
        .current_dir(dir.path())
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
mine.ad.supper: does not spare "Supper is on us, said the host"

"#]]);
}

/// A pack that cannot be used stops every command before it does anything: file, rule, reason.
#[test]
fn a_bad_pack_is_refused_with_file_rule_and_reason() {
    let cases = [
        (
            "supper is on us.*",
            "(supper",
            "dechaff: bad.toml: rule mine.ad.supper: pattern: [..]unclosed group\n",
        ),
        (
            "supper is on us.*",
            "(supper)?",
            "dechaff: bad.toml: rule mine.ad.supper: the pattern matches the empty text\n",
        ),
        (
            "kind = \"ad\"",
            "kind = \"body\"",
            "dechaff: bad.toml: rule mine.ad.supper: this kind is not for rules\n",
        ),
        (
            "kind = \"ad\"",
            "kind = \"advert\"",
            "dechaff: bad.toml: [..]unknown variant `advert`[..]\n",
        ),
        ("why = ", "reason = ", "dechaff: bad.toml: [..]unknown field `reason`[..]\n"),
    ];
    for (good, bad, message) in cases {
        let dir = folder(&[
            ("bad.toml", PACK.replace(good, bad).as_bytes()),
            ("story.txt", STORY.as_bytes()),
        ]);
        let run = dechaff()
            .args(["clean", "story.txt", "-o", "out", "--rules", "bad.toml"])
            .current_dir(dir.path());
        run.assert().code(2).stdout_eq("").stderr_eq(message);
        assert!(!dir.path().join("out").exists());
    }
}

#[test]
fn a_pack_that_is_not_there_is_wrong_usage() {
    dechaff()
        .args(["rules", "list", "--rules", "no/such.toml"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("dechaff: no/such.toml: No such file[..]\n");
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
