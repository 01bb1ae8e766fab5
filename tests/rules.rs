//! Rules must leave clean text alone.

use dechaff::{Decider, Kind};

use crate::support::{CLEANER, samples};

/// `samples/clean` speaks of donations, newsletters, cookies and comments without being debris.
#[test]
fn no_rule_takes_anything_from_a_clean_article() {
    let samples = samples("clean/");
    assert!(samples.len() >= 2);
    for (dump, text) in samples {
        let cleaned = CLEANER.clean(&text);
        let lost: Vec<String> = cleaned
            .ledger
            .entries()
            .iter()
            .filter(|e| e.kind.is_debris() && matches!(e.rule, Some(Decider::Rule(_))))
            .map(|e| {
                format!(
                    "{dump}: {} {:?}: {:?}",
                    e.kind,
                    e.rule.as_ref().map(ToString::to_string),
                    e.span.of(&text)
                )
            })
            .collect();
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }
}

/// Each clean article comes out whole: its first line is the headline, all other lines are its text.
#[test]
fn a_clean_article_comes_out_whole() {
    for (dump, text) in samples("clean/") {
        let cleaned = CLEANER.clean(&text);
        let (title, body) = text.trim().split_once("\n\n").unwrap();
        let lines = body
            .split('\n')
            .filter(|l| !l.trim().is_empty())
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(cleaned.articles.len(), 1, "{dump}");
        assert_eq!(cleaned.articles[0].title.as_deref(), Some(title), "{dump}");
        assert_eq!(cleaned.articles[0].text, lines.collect::<Vec<_>>().join("\n\n"), "{dump}");
    }
}

#[test]
fn every_built_in_rule_can_be_named() {
    let rules = CLEANER.rules();
    let mut ids: Vec<&str> = rules.packs().iter().flat_map(|p| &p.rules).map(|r| &*r.id).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands in two packs");
    for pack in rules.packs() {
        for rule in &pack.rules {
            assert!(
                rule.id.starts_with(&format!("{}.", pack.name)),
                "{} stands in pack {}",
                rule.id,
                pack.name
            );
            assert!(!rule.why.is_empty() && rule.kind != Kind::Body, "{}", rule.id);
        }
    }
}
