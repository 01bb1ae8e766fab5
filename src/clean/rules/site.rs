//! What a user says of the pages of a site: which of their elements are no text, which are, and where an article begins.

use std::sync::Arc;

use serde::Deserialize;

use crate::html::{HtmlPage, HtmlThresholds, Selector};
use crate::span::Kind;

/// Rules for sites in one pack.
#[cfg(any(feature = "packs", test))]
pub(super) const MOST: usize = 1_000;
/// Selectors of one rule.
#[cfg(any(feature = "packs", test))]
const SELECTORS: usize = 64;

/// What is said of the elements of pages from one site, by selectors of CSS: elements, classes, ids and attributes, one within another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteRule {
    /// `<pack>.<name>`, as the ledger names it.
    pub id: String,
    /// The host of the pages' addresses, or a domain that holds it.
    pub site: String,
    /// Elements that are no text.
    #[serde(default)]
    pub drop: Vec<String>,
    /// What these are.
    #[serde(default = "other")]
    pub kind: Kind,
    /// Elements that are text.
    #[serde(default)]
    pub keep: Vec<String>,
    /// Elements that each begin an article.
    pub split: Option<String>,
    /// Why the elements are what the rule says.
    pub why: String,
    /// Fragments of HTML with an element that a selector selects; each selector selects one in some of them.
    pub hit: Vec<String>,
    /// Fragments of HTML in which none does.
    pub spare: Vec<String>,
}

fn other() -> Kind {
    Kind::Other
}

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Drop(Kind),
    Keep,
    Split,
}

/// A rule whose selectors are read.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) id: Arc<str>,
    host: String,
    pub(crate) selectors: Vec<(Choice, Selector)>,
    rule: SiteRule,
}

impl SiteRule {
    /// Its selectors as they are written, each with what becomes of its elements.
    fn written(&self) -> impl Iterator<Item = (Choice, &String)> {
        let drop = self.drop.iter().map(|text| (Choice::Drop(self.kind), text));
        let keep = self.keep.iter().map(|text| (Choice::Keep, text));
        drop.chain(keep).chain(self.split.iter().map(|text| (Choice::Split, text)))
    }

    /// What cannot be used in it.
    #[cfg(any(feature = "packs", test))]
    pub(super) fn fault(&self) -> Option<String> {
        if host_of(&format!("https://{}/", self.site)) != Some(self.site.to_ascii_lowercase()) {
            return Some(format!("site {:?} is no host, such as gazette.example", self.site));
        }
        if !self.kind.is_debris() || matches!(self.kind, Kind::Repeated | Kind::Copy) {
            return Some("this kind is not for what is dropped".into());
        }
        match self.written().count() {
            0 => return Some("gives no selector under drop, keep or split".into()),
            SELECTORS.. => return Some(format!("gives {SELECTORS} selectors or more")),
            _ => {}
        }
        let mut read = self.written().map(|(_, text)| (text, Selector::parse(text)));
        read.find_map(|(text, read)| read.err().map(|reason| format!("selector {text:?} {reason}")))
    }
}

impl Site {
    /// Reads the selectors of a rule; those that cannot be read select nothing.
    pub(super) fn new(rule: &SiteRule) -> Self {
        let read = |(choice, text): (Choice, &String)| Some((choice, Selector::parse(text).ok()?));
        Self {
            id: rule.id.as_str().into(),
            host: rule.site.to_ascii_lowercase(),
            selectors: rule.written().filter_map(read).collect(),
            rule: rule.clone(),
        }
    }

    /// Whether a host is the site, or stands below it.
    pub(super) fn holds(&self, host: &str) -> bool {
        let below = host.strip_suffix(&*self.host);
        below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
    }

    /// Its own examples that come out wrong.
    pub(super) fn faults(&self) -> Vec<String> {
        let SiteRule { id, hit, spare, .. } = &self.rule;
        let selectors: Vec<&Selector> = self.selectors.iter().map(|(_, read)| read).collect();
        let selected = |fragment: &String| {
            let page = HtmlPage::selecting(fragment, &HtmlThresholds::default(), &selectors);
            page.shown.selected.iter().map(|s| s.selector).collect::<Vec<_>>()
        };
        let hits: Vec<Vec<usize>> = hit.iter().map(selected).collect();
        let missed = hit.iter().zip(&hits).filter(|(_, hits)| hits.is_empty());
        let missed = missed.map(|(fragment, _)| format!("{id}: does not hit {fragment:?}"));
        let idle = self.rule.written().enumerate();
        let idle = idle.filter(|(at, _)| !hits.iter().any(|hits| hits.contains(at)));
        let idle = idle.map(|(_, (_, text))| {
            format!("{id}: selector {text:?} selects nothing in the examples under hit")
        });
        let taken = spare.iter().filter(|fragment| !selected(fragment).is_empty());
        let taken = taken.map(|fragment| format!("{id}: does not spare {fragment:?}"));
        missed.chain(idle).chain(taken).collect()
    }
}

/// The host of an address, in lower case; addresses as people and programs write them, with characters that no address may have, count too.
pub(super) fn host_of(address: &str) -> Option<String> {
    let address = address.trim();
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let behind = address.trim_start_matches(is_scheme);
    let behind = behind.strip_prefix(':').unwrap_or(address);
    let named = behind.strip_prefix(is_slash).and_then(|rest| rest.strip_prefix(is_slash));
    let authority = named.unwrap_or(address).split(['/', '?', '#', '\\']).next()?;
    let host = match (named, authority.rsplit_once('@')) {
        (Some(_), Some((_, host))) => host,
        (None, Some(_)) => return None,
        (_, None) => authority,
    };
    let (host, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let host = host.trim_end_matches('.');
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c) || !c.is_ascii();
    // Without `//` it may be a path as well.
    let is_meant = named.is_some() || host.contains('.');
    let is_host = host.chars().all(|c| is_host(c) && !c.is_whitespace() && !c.is_control());
    let is_port = port.bytes().all(|b| b.is_ascii_digit());
    (!host.is_empty() && is_host && is_meant && is_port).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(site: &str, drop: &[&str]) -> SiteRule {
        SiteRule {
            id: "mine.gazette".into(),
            site: site.into(),
            drop: drop.iter().map(|&text| text.into()).collect(),
            kind: Kind::Ad,
            keep: Vec::new(),
            split: None,
            why: String::new(),
            hit: vec!["<aside class=promo>Join</aside>".into()],
            spare: vec!["<aside>Tides</aside>".into()],
        }
    }

    #[test]
    fn a_site_is_a_host_with_all_below_it() {
        let site = Site::new(&rule("Gazette.example", &["aside"]));
        assert!(site.holds("gazette.example") && site.holds("www.gazette.example"));
        assert!(!site.holds("mygazette.example") && !site.holds("gazette.example.org"));
    }

    #[test]
    fn the_host_of_an_address_is_found_though_the_address_is_not_well_written() {
        for (address, host) in [
            ("https://gazette.example/quay", Some("gazette.example")),
            ("http://www.gazette.example:80", Some("www.gazette.example")),
            ("https://me:word@GAZETTE.example./", Some("gazette.example")),
            ("https://www.gazette.example/a b|c?x={1}", Some("www.gazette.example")),
            ("https://gazette.example/%zz", Some("gazette.example")),
            ("https://gazette.example?to=https://other.example/", Some("gazette.example")),
            ("https://gazette.example\\quay@other.example", Some("gazette.example")),
            ("//www.gazette.example/a", Some("www.gazette.example")),
            (" www.gazette.example/a ", Some("www.gazette.example")),
            ("gazette.example:80/go?to=//other.example/a@b", Some("gazette.example")),
            ("https://hafen-zeitung.örtchen.example/", Some("hafen-zeitung.örtchen.example")),
            ("mailto:a@gazette.example", None),
            ("urn:gazette.example:quay", None),
            ("file:///pages/quay.html", None),
            ("pages/quay.html", None),
            ("https://two words.example/", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(host_of(address).as_deref(), host, "{address}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_told() {
        let fault = |site: &str, drop: &[&str]| rule(site, drop).fault().unwrap_or_default();
        assert_eq!(fault("gazette.example", &[".promo"]), "");
        assert!(fault("https://gazette.example", &[".promo"]).contains("is no host"));
        assert!(fault("", &[".promo"]).contains("is no host"));
        assert!(fault("gazette.example", &[]).contains("no selector"));
        assert!(fault("gazette.example", &[".promo", "p::before"]).starts_with("selector \"p::"));
        assert!(fault("gazette.example", &["p"; 64]).contains("64 selectors or more"));
    }

    #[test]
    fn a_rule_hits_and_spares_what_it_says() {
        let faults = |drop: &[&str]| Site::new(&rule("gazette.example", drop)).faults();
        assert_eq!(faults(&["aside.promo"]), [""; 0]);
        assert!(faults(&["aside"])[0].contains("does not spare \"<aside>Tides"));
        let idle = faults(&["aside.promo", "div"]);
        assert_eq!(
            idle,
            ["mine.gazette: selector \"div\" selects nothing in the examples under hit"]
        );
        assert_eq!(faults(&["div"]).len(), 2);
    }
}
