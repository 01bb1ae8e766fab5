//! Long stretches that several stories have word for word, through whole runs.

use std::fs;
use std::num::NonZero;

use dechaff::{Run, Spans};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::schema::check_all;
use crate::support::{CLEANER, Output, sentence};

/// Sixty-nine words of background that two papers print amid their own paragraphs.
const BACKGROUND: &str = "The ferry line was founded by two brothers from the salt works, who bought their first boat with what a lottery had left them. It has carried mail since the year of the great ice. In the war its boats lay under the cliffs, painted grey, and went out by night. Since then the line has belonged to the town, which has never made a penny out of it.";

/// A story that no other is like, around a middle.
fn story(seed: u64, middle: &str) -> String {
    let own = |from: u64| {
        (from..from + 4).map(|n| sentence(100 * seed + n)).collect::<Vec<_>>().join(" ")
    };
    format!(
        "Story number {seed} of the week\n\n{}\n\n{} {middle} {}\n\n{}\n",
        own(0),
        sentence(100 * seed + 10),
        // Another word than the one behind the stretch in another story, which would be a part of it.
        sentence(100 * seed + 11).replace("The", ["Each", "Some", "Many", "No"][seed as usize % 4]),
        own(20)
    )
}

fn run(dumps: &[(&str, String)], change: impl Fn(Run) -> Run) -> Output {
    let (input, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (name, text) in dumps {
        fs::write(input.path().join(name), text).unwrap();
    }
    change(Run::new(&CLEANER, vec![input.path().into()], out.path()).repeated(0))
        .run(|_| {})
        .unwrap();
    let output = Output::of(out.path());
    check_all(&output);
    output
}

fn two() -> [(&'static str, String); 3] {
    [
        ("a.txt", story(1, BACKGROUND)),
        ("b.txt", story(2, "Nobody else was there.")),
        ("c.txt", story(3, BACKGROUND)),
    ]
}

fn text(article: &Value) -> &str {
    article["text"].as_str().unwrap()
}

#[test]
fn a_long_stretch_amid_paragraphs_is_marked_with_its_range_and_first_place() {
    let dumps = two();
    let output = run(&dumps, |run| run.spans(Spans::Mark));
    assert_eq!(output.articles.len(), 3);
    let spans: Vec<&Value> =
        output.articles.iter().map(|a| &a["provenance"]["repeated_spans"]).collect();
    assert!(spans[0].is_null() && spans[1].is_null(), "the first keeps it, another has it not");
    assert_eq!(spans[2].as_array().unwrap().len(), 1);
    let span = &spans[2][0];
    assert_eq!(
        (&span["dump"], &span["record"], &span["article"]),
        (&"a.txt".into(), &Value::Null, &1.into())
    );
    let at = |end: usize| span["range"][end].as_u64().unwrap() as usize;
    assert_eq!(&dumps[2].1[at(0)..at(1)], BACKGROUND);
    assert!(text(&output.articles[2]).contains(BACKGROUND));
}

#[test]
fn dropping_leaves_it_in_the_first_story_alone_and_the_ledger_says_so() {
    let output = run(&two(), |run| run.spans(Spans::Drop));
    let has: Vec<bool> =
        output.articles.iter().map(|a| text(a).contains("founded by two brothers")).collect();
    assert_eq!(has, [true, false, false]);
    let kept = run(&two(), |run| run);
    assert_eq!(
        text(&kept.articles[2]).replace(&format!(" {BACKGROUND}"), ""),
        text(&output.articles[2])
    );
    let cut: Vec<&Value> = output.ledger[2]["spans"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["kind"] == "repeated")
        .collect();
    assert_eq!(cut.len(), 1);
    assert_eq!(
        cut[0]["repeats"],
        json!({"stories": 2, "dump": "a.txt", "record": null, "article": 1})
    );
    assert_eq!(output.manifest["removed"]["repeated"]["spans"], 1);
}

#[test]
fn what_one_story_repeats_or_its_copies_have_stays() {
    let twice = story(1, &format!("{BACKGROUND} So it was told. {BACKGROUND}"));
    let copy = twice.replace("lottery", "lotery");
    let dumps = [("a.txt", twice), ("b.txt", copy), ("c.txt", story(2, "Nobody else was there."))];
    let output = run(&dumps, |run| run.spans(Spans::Drop));
    assert_eq!(output.articles.len(), 2);
    assert_eq!(text(&output.articles[0]).matches("founded by two brothers").count(), 2);
}

#[test]
fn a_shorter_stretch_stays() {
    let (short, _) = BACKGROUND.split_once(" and went out").unwrap();
    assert_eq!(short.split_whitespace().count(), 46);
    let dumps = [("a.txt", story(1, short)), ("b.txt", story(2, short))];
    let output = run(&dumps, |run| run.spans(Spans::Drop));
    assert!(output.articles.iter().all(|article| text(article).contains(short)));
}

#[test]
fn neither_threads_nor_the_order_of_the_arguments_show() {
    let folder = TempDir::new().unwrap();
    let paths = two().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let written = |paths: Vec<std::path::PathBuf>, threads| {
        let out = TempDir::new().unwrap();
        let run =
            Run::new(&CLEANER, paths, out.path()).spans(Spans::Drop).threads(NonZero::new(threads));
        run.run(|_| {}).unwrap();
        ["articles.jsonl", "ledger.jsonl"].map(|name| fs::read(out.path().join(name)).unwrap())
    };
    let [a, b, c] = paths;
    assert_eq!(written(vec![a.clone(), b.clone(), c.clone()], 1), written(vec![c, a, b], 4));
}
