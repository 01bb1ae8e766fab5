//! What `dechaff explain` says of a dump, and of a run: which article a folded one went to, and what of it is lost.

use std::path::Path;

use serde_json::Value;
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{Output, STORY, folder};

/// The same story in another paper: a figure is another one, and the last sentence is missing.
fn other() -> String {
    STORY
        .replace("Forty volunteers", "Ninety volunteers")
        .replace(" The ferries to the islands will run twice a day until the autumn.", "")
}

fn clean(input: &Path, options: &[&str]) -> TempDir {
    let out = TempDir::new().unwrap();
    let command = dechaff().arg("clean").arg(input).args(["--quiet", "-o"]).arg(out.path());
    command.args(options).assert().success();
    out
}

fn explain(dump: &Path, out: &Path, options: &[&str]) -> String {
    let command = dechaff().arg("explain").arg(dump).arg("--run").arg(out);
    let output = command.args(options).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_folded_article_is_shown_with_where_it_went_and_what_is_lost() {
    let dir = folder(&[("a.txt", STORY.as_bytes()), ("b.txt", other().as_bytes())]);
    let out = clean(dir.path(), &[]);
    let id = Output::of(out.path()).articles[0]["id"].as_str().unwrap().to_string();
    let shown = explain(&dir.path().join("b.txt"), out.path(), &[]);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines.iter().any(|line| line.contains("copy") && line.contains("The old quay was opened"))
    );
    let folded =
        lines.iter().position(|line| line.starts_with("article 1 was folded into")).unwrap();
    let places =
        [format!("into {id} (article 1 of a.txt): "), "% of it stands nowhere there".into()];
    assert!(places.iter().all(|place| lines[folded].contains(place.as_str())), "{}", lines[folded]);
    let own: Vec<&str> =
        lines[folded + 1..].iter().map(|line| line.rsplit("  ").next().unwrap()).collect();
    assert_eq!(own, ["Ninety"]);
}

#[test]
fn programs_read_the_same_from_the_last_lines() {
    let dir = folder(&[("a.txt", STORY.as_bytes()), ("b.txt", other().as_bytes())]);
    let out = clean(dir.path(), &[]);
    let shown = explain(&dir.path().join("b.txt"), out.path(), &["--json"]);
    let fold: Value = serde_json::from_str(shown.lines().last().unwrap()).unwrap();
    assert_eq!(fold["into"], serde_json::json!({"dump": "a.txt", "record": null, "article": 1}));
    let dump = other();
    let words = |span: &Value| {
        let at = |end: usize| span[end].as_u64().unwrap() as usize;
        dump[at(0)..at(1)].to_string()
    };
    let own: Vec<String> = fold["own"].as_array().unwrap().iter().map(words).collect();
    assert_eq!(own, ["Ninety"]);
    let share = fold["own_share"].as_f64().unwrap();
    assert!((0.01..0.1).contains(&share), "{share}");
    let of_canonical = explain(&dir.path().join("a.txt"), out.path(), &["--json"]);
    assert!(!of_canonical.contains("copy_of"), "nothing of it was folded");
}

#[test]
fn what_an_earlier_run_has_written_is_named_by_its_id() {
    let dir = folder(&[("a.txt", STORY.as_bytes()), ("seen/b.txt", STORY.as_bytes())]);
    let index = dir.path().join("seen.index");
    let index = ["--index", index.to_str().unwrap()];
    let first = clean(&dir.path().join("a.txt"), &index);
    let out = clean(&dir.path().join("seen"), &index);
    let shown = explain(&dir.path().join("seen/b.txt"), out.path(), &["--json"]);
    let fold: Value = serde_json::from_str(shown.lines().last().unwrap()).unwrap();
    assert_eq!(fold["copy_of"], Output::of(first.path()).articles[0]["id"]);
    assert_eq!((&fold["relation"], &fold["into"]), (&"exact".into(), &Value::Null));
}

#[test]
fn of_equal_records_each_is_told_from_the_others() {
    let line = |text: &str| serde_json::json!({ "text": text }).to_string() + "\n";
    let lines = [STORY, STORY, &other(), STORY].map(line).concat();
    let dir = folder(&[("stories.jsonl", lines.as_bytes())]);
    let out = clean(dir.path(), &[]);
    let canonical = Output::of(out.path()).articles[0]["provenance"]["record"].clone();
    let shown = explain(&dir.path().join("stories.jsonl"), out.path(), &["--json"]);
    let lines = shown.lines().map(|line| serde_json::from_str(line).unwrap());
    let folds: Vec<Value> = lines.filter(|line: &Value| line["into"].is_object()).collect();
    let records: Vec<&Value> = folds.iter().map(|fold| &fold["record"]).collect();
    assert_eq!(records, ["2", "3", "4"]);
    assert!(folds.iter().all(|fold| fold["into"]["record"] == canonical), "{folds:?}");
    let relations: Vec<&Value> = folds.iter().map(|fold| &fold["relation"]).collect();
    assert_eq!(relations, ["exact", "contained", "exact"]);
}

#[test]
fn a_folder_without_a_ledger_is_refused() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let command =
        dechaff().arg("explain").arg(dir.path().join("a.txt")).arg("--run").arg(dir.path());
    let output = command.output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("holds no ledger.jsonl") && said.lines().count() == 1, "{said}");
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
    let rows: Vec<Value> = String::from_utf8(json.stdout)
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
        (&"title".into(), &1.into(), &Value::Null)
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
    let rows: Vec<Value> = String::from_utf8(json.stdout)
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
