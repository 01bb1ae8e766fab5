//! The README and the pages in docs/ say what the program says. Their Rust examples are run as documentation tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::dechaff;

const README: &str = include_str!("../README.md");

/// What commands of the pages may be made of here. A line that needs another program is left out.
const TOOLS: [&str; 10] =
    ["dechaff", "cargo", "cat", "head", "tail", "grep", "gzip", "zcat", "dd", "ls"];

/// The README and each page of docs/ with its name, sorted.
fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .chain([root.join("README.md")])
        .collect();
    paths.sort();
    let name = |path: &Path| path.strip_prefix(root).unwrap().display().to_string();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn page_of(name: &str) -> String {
    pages().into_iter().find(|(page, _)| page == name).expect("the page").1
}

/// The blocks of this language in a page.
fn blocks<'p>(page: &'p str, language: &str) -> impl Iterator<Item = &'p str> {
    let fence = format!("\n```{language}\n");
    let starts: Vec<usize> = page.match_indices(&fence).map(|(at, _)| at + fence.len()).collect();
    starts.into_iter().map(|at| page[at..].split("\n```").next().unwrap())
}

fn trimmed(text: &str) -> String {
    text.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_usage_is_what_help_prints() {
    for (command, page) in [("clean", "docs/commands.md"), ("dedup", "docs/dedup.md")] {
        let page = page_of(page);
        let help = String::from_utf8(dechaff().args([command, "--help"]).output().unwrap().stdout)
            .unwrap();
        let shown = blocks(&page, "text")
            .find(|block| block.contains(&format!("Usage: dechaff {command}")))
            .expect("a usage block");
        assert_eq!(trimmed(shown), trimmed(&help));
    }
}

/// Whether all programs that a command line names are among those that are there.
fn is_runnable(line: &str) -> bool {
    let is_open = |part: &str| part.matches('\'').count() % 2 == 1;
    let mut commands: Vec<String> = Vec::new();
    for part in line.split('|') {
        // A bar within quotes parts nothing.
        match commands.last_mut() {
            Some(last) if is_open(last) => *last = format!("{last}|{part}"),
            _ => commands.push(part.to_string()),
        }
    }
    commands.iter().all(|c| c.split_whitespace().next().is_some_and(|tool| TOOLS.contains(&tool)))
}

/// The commands of each page, from top to bottom as printed, in a folder of their own that has the samples. `cargo` stands for what the page
/// asks to be built: `cargo run` runs the program, everything else does nothing.
#[test]
#[cfg(unix)]
fn the_commands_run_as_printed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = env!("CARGO_BIN_EXE_dechaff");
    let tools = crate::support::folder(&[(
        "cargo",
        format!(
            "#!/bin/sh\n[ \"$1\" = run ] || exit 0\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec '{program}' \"$@\"\n"
        )
        .as_bytes(),
    )]);
    let cargo = tools.path().join("cargo");
    std::fs::set_permissions(cargo, std::fs::Permissions::from_mode(0o755)).unwrap();
    symlink(program, tools.path().join("dechaff")).unwrap();
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());
    let mut ran = 0;
    for (name, page) in pages() {
        let place = tempfile::TempDir::new().unwrap();
        symlink(root.join("samples"), place.path().join("samples")).unwrap();
        symlink(root.join("tests"), place.path().join("tests")).unwrap();
        if let Some(pack) = blocks(&page, "toml").next() {
            std::fs::write(place.path().join("my-rules.toml"), pack).unwrap();
        }
        for line in blocks(&page, "sh").flat_map(str::lines).filter(|line| is_runnable(line)) {
            let mut shell = Command::new("sh");
            let output = shell.args(["-c", line]).env("PATH", &path).current_dir(place.path());
            let output = output.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{name}: {line}: {said}");
            ran += 1;
        }
    }
    assert!(ran >= 20, "only {ran} commands were found");
}

/// Links within the project lead to files that are there, and to headings of theirs.
#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let anchor = |heading: &str| {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        heading.trim().to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
    };
    for (name, page) in pages() {
        let folder = root.join(&name).parent().unwrap().to_path_buf();
        for target in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { root.join(&name) } else { folder.join(file) };
            assert!(file.exists(), "{name} links to {target}");
            if !heading.is_empty() {
                let text = std::fs::read_to_string(file).unwrap();
                let headings = text.lines().filter(|line| line.starts_with('#'));
                let found = headings.map(|line| anchor(line.trim_start_matches('#')));
                assert!(found.into_iter().any(|h| h == heading), "{name} links to {target}");
            }
        }
    }
}

/// A first page that is read, and pages behind it that are found in.
#[test]
fn pages_are_short() {
    for (name, page) in pages() {
        let most = if name == "README.md" { 150 } else { 200 };
        let lines = page.lines().count();
        assert!(lines <= most, "{name} has {lines} lines");
    }
    let long: Vec<&str> = README.lines().filter(|line| line.chars().count() > 120).collect();
    assert_eq!(long, Vec::<&str>::new());
}

/// The rules that the docs show pass `dechaff rules check`.
#[test]
fn the_rules_in_the_docs_are_good_ones() {
    let page = page_of("docs/rules.md");
    let packs: Vec<&str> = blocks(&page, "toml").collect();
    assert_eq!(packs.len(), 2);
    for pack in packs {
        let dir = crate::support::folder(&[("mine.toml", pack.as_bytes())]);
        let check = dechaff().args(["rules", "check", "--rules", "mine.toml"]);
        check.current_dir(dir.path()).assert().success();
    }
}

/// The example before and after cleaning is a part of a sample, word for word.
#[test]
fn the_example_comes_out_of_the_samples() {
    let sample = include_str!("../samples/aggregator/tide-barrier.txt");
    let before = blocks(README, "text").next().expect("the example");
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
