//! The configuration file, and what a shell and a manual are told of the command.

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{STORY, folder};

/// A folder with a dump and this configuration file.
fn place(config: &str) -> TempDir {
    folder(&[("in/a.txt", STORY.as_bytes()), ("dechaff.toml", config.as_bytes())])
}

/// Cleans there, and gives the options in the manifest, or what is said of a failure.
fn options(place: &TempDir, arguments: &[&str]) -> Result<Value, String> {
    let command = dechaff().args(["clean", "in", "-o", "out", "--force"]).args(arguments);
    let output = command.current_dir(place.path()).output().unwrap();
    if !output.status.success() {
        assert_eq!(output.status.code(), Some(2));
        return Err(String::from_utf8(output.stderr).unwrap());
    }
    let manifest = std::fs::read(place.path().join("out/manifest.json")).unwrap();
    Ok(serde_json::from_slice::<Value>(&manifest).unwrap()["options"].clone())
}

#[test]
fn options_come_from_the_file_beside_and_the_command_line_wins() {
    let place = place(
        "strictness = \"strict\"\nexclude = [\"*.bak\", \"old/*\"]\nrepeated = 5\nmerge-own = true\nquiet = false\nloss = 0.2\n",
    );
    let used = options(&place, &["--strictness", "keep"]).unwrap();
    assert_eq!(used["strictness"], "keep");
    assert_eq!(used["exclude"], serde_json::json!(["*.bak", "old/*"]));
    assert_eq!(
        (&used["repeated"], &used["merge_own"], &used["loss"]),
        (&5.into(), &true.into(), &0.2.into())
    );
    assert_eq!(used["config"], "dechaff.toml");
    let used = options(&place, &["--exclude", "*.tmp", "--config", "none"]).unwrap();
    assert_eq!((&used["strictness"], &used["config"]), (&"balanced".into(), &Value::Null));
    assert_eq!(used["exclude"], serde_json::json!(["*.tmp"]));
}

#[test]
fn a_file_may_be_named_and_serves_every_command_that_has_its_options() {
    let place = place("strictness = \"keep\"\n");
    std::fs::write(
        place.path().join("good.toml"),
        "strictness = \"strict\"\nprefer = \"The Gazette\"\n",
    )
    .unwrap();
    let used = options(&place, &["--config", "good.toml"]).unwrap();
    assert_eq!(
        (&used["strictness"], &used["prefer"]),
        (&"strict".into(), &serde_json::json!(["The Gazette"]))
    );
    let explain = ["explain", "in/a.txt", "--config", "good.toml"];
    dechaff().args(explain).current_dir(place.path()).assert().success();
    dechaff().args(["rules", "list"]).current_dir(place.path()).assert().success();
}

#[test]
fn what_a_file_gets_wrong_is_said_in_one_line_with_its_name() {
    for (config, wanted) in [
        (
            "strictnes = \"keep\"\n",
            "no option has the name \"strictnes\"; the nearest name is strictness",
        ),
        ("strictness = \"lax\"\n", "invalid value 'lax' for '--strictness <STRICTNESS>'"),
        ("merge-own = \"yes\"\n", "merge-own wants true or false"),
        ("repeated = true\n", "repeated wants a text, a number or a list of them"),
        ("force = true\n", "force is said on the command line only"),
        ("quiet = true\nquiet = [\n", "dechaff.toml:2: "),
    ] {
        let said = options(&place(config), &[]).unwrap_err();
        assert!(said.starts_with("dechaff: dechaff.toml") && said.contains(wanted), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let said = options(&place(""), &["--config", "nowhere.toml"]).unwrap_err();
    assert!(said.starts_with("dechaff: nowhere.toml: "), "{said}");
}

#[test]
fn shells_are_told_every_command() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dechaff().args(["completions", shell]).output().unwrap();
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(["clean", "report", "strictness"].into_iter().all(|name| script.contains(name)));
    }
}

#[test]
fn the_manual_has_a_page_for_each_command_that_the_help_names() {
    let dir = TempDir::new().unwrap();
    let man = |options: &[&str]| {
        let command = dechaff().args(["man", "man1"]).args(options).current_dir(dir.path());
        command.output().unwrap().status.code()
    };
    assert_eq!(man(&[]), Some(0));
    let page = std::fs::read_to_string(dir.path().join("man1/dechaff-clean.1")).unwrap();
    assert!(page.contains("strictness") && page.contains("Examples"));
    let pages = std::fs::read_dir(dir.path().join("man1")).unwrap();
    let names: Vec<String> =
        pages.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.contains(&"dechaff.1".into()) && names.contains(&"dechaff-rules-check.1".into()));
    assert!(!names.contains(&"dechaff-features.1".into()), "it is hidden");
    assert_eq!((man(&[]), man(&["--force"])), (Some(2), Some(0)));
}

#[test]
fn the_version_names_the_model_and_the_packs() {
    let output = dechaff().arg("--version").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], concat!("dechaff ", env!("CARGO_PKG_VERSION")));
    assert!(lines[1].starts_with("model ") && lines[1].contains("xxh3:"));
    let packs = dechaff::built_in_packs();
    assert_eq!(lines.len(), 2 + packs.len());
    assert!(lines[2].ends_with(&packs[0].digest));
    let output = dechaff().arg("-V").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 1);
}
