//! Packs of rules of one's own: how they are listed, checked, refused, and what they cut.

use snapbox::str;

use crate::cli::{clean, dechaff};
use crate::support::{Output, STORY, folder};

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
