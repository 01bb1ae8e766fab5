//! The numbers that the stages decide by can be changed without a build.

use crate::cli::dechaff;
use crate::support::{STORY, folder};

/// How `explain` ends, and what it says of a text with these thresholds.
fn explained(text: &str, thresholds: &str) -> (Option<i32>, String) {
    let dir = folder(&[("story.txt", text.as_bytes()), ("sweep.json", thresholds.as_bytes())]);
    let output = dechaff()
        .args(["explain", "story.txt", "--model", "none", "--thresholds", "sweep.json"])
        .current_dir(dir.path())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_file_of_thresholds_changes_what_it_names_alone() {
    let (_, usual) = explained(STORY, "{}");
    assert!(usual.contains("title        1  Quay reopens after the storm"), "{usual}");
    let (status, other) = explained(STORY, r#"{"title": {"least": 5.0}}"#);
    assert_eq!(status, Some(0));
    assert!(!other.contains("title "), "{other}");
    assert!(other.contains("body         1  The old quay"), "{other}");
}

/// What the command prints are the defaults: given back, they change nothing.
#[test]
fn the_numbers_that_are_printed_can_be_given_back() {
    let printed = dechaff().arg("thresholds").output().unwrap().stdout;
    let printed = String::from_utf8(printed).unwrap();
    assert!(printed.contains("\"balanced\": 0.4"), "{printed}");
    assert_eq!(explained(STORY, &printed), explained(STORY, "{}"));
}

#[test]
fn a_threshold_that_does_not_exist_is_named() {
    let (status, said) = explained(STORY, r#"{"title": {"lest": 5.0}}"#);
    assert_eq!(status, Some(2));
    assert!(said.contains("thresholds sweep.json: unknown field `lest`"), "{said}");
}

/// A related list holds a third of the text here; it takes none where it may take a tenth.
#[test]
fn a_detector_takes_no_more_than_its_share() {
    let list = "Related articles\nBridge closed\n3 hours ago\nThe bridge was closed on Sunday, since the river had risen above the piers \
        of it once more, and will open when the water has gone.\nFerry late\n5 hours ago\n";
    let more =
        "The first of them leaves at six in the morning, and the last comes home with the tide.";
    let text = format!("{STORY}\n{more}\n\n{list}");
    let line = |thresholds: &str| {
        let (_, shown) = explained(&text, thresholds);
        shown.lines().find(|line| line.contains("The bridge was closed")).unwrap().to_owned()
    };
    assert!(line("{}").contains("detector:related-block"));
    let bounded = r#"{"mark": {"detectors": {"related-block": {"most_share": 0.1}}}}"#;
    assert!(!line(bounded).contains("detector:related-block"));
}

/// Two texts that share most of their words are copies by the usual numbers, and none where more letters must be shared than they have.
#[test]
fn the_numbers_of_the_comparison_come_from_a_file_too() {
    let other = STORY.replace("The old quay", "An old quay");
    let folded = |thresholds: &str| {
        let files = [
            ("in/a.txt", STORY.as_bytes()),
            ("in/b.txt", other.as_bytes()),
            ("sweep.json", thresholds.as_bytes()),
        ];
        let dir = folder(&files);
        let output = dechaff()
            .args(["clean", "in", "-o", "out", "-q", "--compare-thresholds", "sweep.json"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let articles = std::fs::read_to_string(dir.path().join("out/articles.jsonl")).unwrap();
        articles.lines().count() == 1
    };
    assert!(folded("{}"));
    assert!(!folded(r#"{"least_shared": 100000.0}"#));
}
