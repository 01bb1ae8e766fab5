//! The README says what the program says. Its Rust examples are run as documentation tests.

use crate::cli::dechaff;

const README: &str = include_str!("../README.md");

fn trimmed(text: &str) -> String {
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_usage_is_what_help_prints() {
    for command in ["clean", "dedup"] {
        let help = String::from_utf8(dechaff().args([command, "--help"]).output().unwrap().stdout)
            .unwrap();
        let block = README
            .split("```text\n")
            .find(|b| b.contains(&format!("Usage: dechaff {command}")))
            .expect("a usage block");
        assert_eq!(trimmed(block.split("```").next().unwrap()), trimmed(&help));
    }
}

/// The rule that the README shows passes `dechaff rules check`.
#[test]
fn the_rule_in_the_readme_is_a_good_one() {
    let pack =
        README.split("```toml\n").nth(1).and_then(|b| b.split("```").next()).expect("a rule pack");
    let dir = crate::support::folder(&[("mine.toml", pack.as_bytes())]);
    dechaff()
        .args(["rules", "check", "--rules", "mine.toml"])
        .current_dir(dir.path())
        .assert()
        .success();
}

/// The example before and after cleaning is a part of a sample, word for word.
#[test]
fn the_example_comes_out_of_the_samples() {
    let sample = include_str!("../samples/aggregator/tide-barrier.txt");
    let before =
        README.split("```text\n").nth(1).and_then(|b| b.split("```").next()).expect("the example");
    for line in before.lines().filter(|l| !l.trim().is_empty()) {
        assert!(
            line.split("…").all(|part| sample.contains(part.trim())),
            "{line:?} does not stand in the sample"
        );
    }
}

/// Every feature that `dechaff explain` may name is told what it is.
#[test]
fn every_feature_of_the_model_is_explained() {
    const EXPLAINED: &str = include_str!("../docs/explain.md");
    for (name, _) in dechaff::Cleaner::feature_ranges(true) {
        let base = name.split('@').next().unwrap();
        let base = base.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+'));
        let known = base.starts_with('<') || EXPLAINED.contains(&format!("`{base}`"));
        assert!(known, "docs/explain.md does not say what {name} is");
    }
}
