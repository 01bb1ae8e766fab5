//! What `dechaff diff` says of two runs.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{STORY, folder};

/// A rule that takes a line of the story for a notice.
const RULES: &str = r#"name = "mine"

[[rule]]
id = "mine.notice"
kind = "other"
scope = "line"
pattern = "tickets are sold at the old gate"
why = "a notice"
hit = ["Tickets are sold at the old gate", "tickets are sold at the old gate"]
spare = ["The gate is old", "Tickets are sold"]
"#;

const NOTICE: &str = "Tickets are sold at the old gate";

fn clean(input: &Path, options: &[&str]) -> TempDir {
    let out = TempDir::new().unwrap();
    let command = dechaff().arg("clean").arg(input).args(["--quiet", "-o"]).arg(out.path());
    command.args(options).assert().success();
    out
}

/// What it prints, and its exit status.
fn diff(a: &TempDir, b: &TempDir, options: &[&str]) -> (String, i32) {
    let output = dechaff().arg("diff").arg(a.path()).arg(b.path()).args(options).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// Two dumps, and a pack with a rule of one's own.
fn dumps() -> TempDir {
    let with_notice = STORY.replace("\n\nForty", &format!("\n\n{NOTICE}\n\nForty"));
    folder(&[
        ("in/a.txt", with_notice.as_bytes()),
        ("in/b.txt", STORY.replace("quay", "weir").as_bytes()),
        ("mine.toml", RULES.as_bytes()),
    ])
}

#[test]
fn what_a_new_rule_removes_is_told_by_dump_and_by_rule() {
    let dir = dumps();
    let rules = dir.path().join("mine.toml");
    // Without a model the line stays, unless a rule speaks against it.
    let input = dir.path().join("in");
    let before = clean(&input, &["--model", "none"]);
    let after = clean(&input, &["--model", "none", "--rules", rules.to_str().unwrap()]);
    let (said, status) = diff(&before, &after, &[]);
    assert_eq!(status, 1);
    assert!(said.starts_with("a.txt: newly removed 32 B in 1"), "{said}");
    assert!(said.contains("\n  rule:mine.notice  32 B in 1\n"), "{said}");
    assert!(said.ends_with("1 of 2 records differ\n"), "{said}");
    let (said, _) = diff(&after, &before, &[]);
    assert!(
        said.contains("newly kept, by what removed it: 32 B in 1\n  rule:mine.notice"),
        "{said}"
    );
}

#[test]
fn programs_read_a_line_for_each_record_that_differs_and_one_for_the_sums() {
    let dir = dumps();
    let rules = dir.path().join("mine.toml");
    let input = dir.path().join("in");
    let before = clean(&input, &["--model", "none"]);
    let after = clean(&input, &["--model", "none", "--rules", rules.to_str().unwrap()]);
    let (said, status) = diff(&before, &after, &["--json"]);
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((status, lines.len()), (1, 2));
    let changes = lines[0]["changes"].as_array().unwrap();
    let removed: Vec<&Value> =
        changes.iter().filter(|change| change["turn"] == "removed").collect();
    let text = std::fs::read_to_string(input.join("a.txt")).unwrap();
    let at = |end: &str| removed[0][end].as_u64().unwrap() as usize;
    assert_eq!(&text[at("start")..at("end")], NOTICE);
    assert_eq!(
        (&removed[0]["was"]["kind"], &removed[0]["now"]["rule"]),
        (&"body".into(), &"rule:mine.notice".into())
    );
    assert_eq!(lines[1]["sums"]["removed_by"]["rule:mine.notice"]["bytes"], 32);
}

#[test]
fn runs_that_are_the_same_differ_in_nothing_whatever_their_files_are() {
    let dir = dumps();
    let [plain, packed] =
        [&[][..], &["--compress", "gz"]].map(|options| clean(&dir.path().join("in"), options));
    assert_eq!(diff(&plain, &packed, &[]), ("0 of 2 records differ\n".into(), 0));
}

/// The ledger of a run with a span for each paragraph, and a blank one between two.
fn paragraph_by_paragraph(line: &str, input: &Path) -> String {
    let mut line: Value = serde_json::from_str(line).unwrap();
    let text = std::fs::read_to_string(input.join(line["dump"].as_str().unwrap())).unwrap();
    let mut spans = Vec::new();
    for span in line["spans"].as_array().unwrap() {
        let [mut start, end] = ["start", "end"].map(|end| span[end].as_u64().unwrap() as usize);
        while let Some(len) = text[start..end].find("\n\n").filter(|len| *len > 0) {
            let (from, to) = (start + len, start + len + 2);
            let mut paragraph = span.clone();
            (paragraph["start"], paragraph["end"]) = (start.into(), from.into());
            let blank = [("start", from), ("end", to)].map(|(name, at)| (name, Value::from(at)));
            let blank =
                blank.into_iter().chain([("kind", "blank".into()), ("article", Value::Null)]);
            spans.extend([
                paragraph,
                blank.map(|(name, value)| (name.to_string(), value)).collect(),
            ]);
            start = to;
        }
        let mut rest = span.clone();
        rest["start"] = start.into();
        spans.push(rest);
    }
    assert!(spans.len() > line["spans"].as_array().unwrap().len());
    line["spans"] = spans.into();
    line.to_string() + "\n"
}

#[test]
fn ledgers_with_the_white_space_in_spans_or_between_them_differ_in_nothing() {
    let dir = dumps();
    let input = dir.path().join("in");
    let [run, apart] = [(); 2].map(|()| clean(&input, &[]));
    let path = apart.path().join("ledger.jsonl");
    let ledger = std::fs::read_to_string(&path).unwrap();
    let ledger: String = ledger.lines().map(|line| paragraph_by_paragraph(line, &input)).collect();
    std::fs::write(&path, ledger).unwrap();
    for (a, b) in [(&run, &apart), (&apart, &run)] {
        assert_eq!(diff(a, b, &[]), ("0 of 2 records differ\n".into(), 0));
    }
}

#[test]
fn records_that_one_run_has_alone_and_texts_that_changed_are_named() {
    let line =
        |id: &str, text: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    let old = folder(&[
        ("gone.txt", STORY.as_bytes()),
        ("same.jsonl", (line("1", STORY) + &line("2", &STORY.replace("quay", "weir"))).as_bytes()),
    ]);
    let new = folder(&[
        ("added.txt", STORY.as_bytes()),
        ("same.jsonl", (line("1", STORY) + &line("2", &STORY.replace("quay", "pier"))).as_bytes()),
    ]);
    let options = ["--keep-duplicates"];
    let (said, status) = diff(&clean(old.path(), &options), &clean(new.path(), &options), &[]);
    assert_eq!(status, 1);
    let lines: Vec<&str> = said.lines().take(3).collect();
    assert!(lines.contains(&"added.txt: a record only in B"), "{said}");
    assert!(lines.contains(&"gone.txt: a record only in A"), "{said}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("same.jsonl: ")
                && line.ends_with("a record with another text")),
        "{said}"
    );
    assert!(said.ends_with("of 4 records differ\n"), "{said}");
}

#[test]
fn a_run_that_cannot_be_read_is_refused() {
    let dir = dumps();
    let out = clean(&dir.path().join("in"), &[]);
    let broken = clean(&dir.path().join("in"), &[]);
    std::fs::write(broken.path().join("ledger.jsonl"), "{\"dump\": 7}\n").unwrap();
    for other in [&dir, &broken] {
        let output = dechaff().arg("diff").arg(out.path()).arg(other.path()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
    }
}
