//! The shared vocabulary: where text stands ([`Span`]), what it is ([`Kind`]) and who said so ([`Decider`]).

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A half-open range of bytes `[start, end)` in a record's text view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of `[start, end)`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward: {start}..{end}");
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text that stands there.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(deserializer)?;
        if start <= end {
            Ok(Self { start, end })
        } else {
            Err(serde::de::Error::custom("a span runs forward"))
        }
    }
}

/// What a span of a dump is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// The article's own headline.
    Title,
    /// Text of the article: paragraph, subheading, list item, quotation, table row.
    Body,
    /// Byline, date or publisher line of the article; known about it, not in its text.
    Meta,
    /// Photo caption or credit.
    Caption,
    /// Editorial note about the article itself.
    Note,
    /// Asks for money or membership.
    Donation,
    /// Asks to subscribe, follow, sign up, download an app.
    Newsletter,
    /// Points to another article, or is an excerpt of this one shown before it.
    Teaser,
    /// An embedded link card.
    Card,
    /// Text of another article in a related-articles block.
    Related,
    /// Menus, breadcrumbs, reader chrome, separators, pagers.
    Nav,
    /// The headline once more.
    Duptitle,
    /// Alternative text or file-name slug of an image.
    Alt,
    /// Share buttons, hashtags, tag lists, counters.
    Share,
    /// Comment forms and readers' comments.
    Comments,
    /// Advertisement or its label.
    Ad,
    /// Copyright, terms, cookie notices.
    Legal,
    /// Any other debris.
    Other,
    /// Debris learned from repetition.
    Repeated,
    /// Text of an article that was folded into another one.
    Copy,
    /// What a mail quotes of the mail that it answers.
    Quote,
    /// White space.
    Blank,
    /// Tags, scripts and styles of an HTML source.
    Markup,
}

// The last kind, `Markup`, has the last place.
const _: () = assert!(Kind::ALL.len() == Kind::Markup as usize + 1);

impl Kind {
    /// Every kind, in the order of the contract.
    pub const ALL: [Kind; 23] = [
        Kind::Title,
        Kind::Body,
        Kind::Meta,
        Kind::Caption,
        Kind::Note,
        Kind::Donation,
        Kind::Newsletter,
        Kind::Teaser,
        Kind::Card,
        Kind::Related,
        Kind::Nav,
        Kind::Duptitle,
        Kind::Alt,
        Kind::Share,
        Kind::Comments,
        Kind::Ad,
        Kind::Legal,
        Kind::Other,
        Kind::Repeated,
        Kind::Copy,
        Kind::Quote,
        Kind::Blank,
        Kind::Markup,
    ];

    /// Its name in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Body => "body",
            Kind::Meta => "meta",
            Kind::Caption => "caption",
            Kind::Note => "note",
            Kind::Donation => "donation",
            Kind::Newsletter => "newsletter",
            Kind::Teaser => "teaser",
            Kind::Card => "card",
            Kind::Related => "related",
            Kind::Nav => "nav",
            Kind::Duptitle => "duptitle",
            Kind::Alt => "alt",
            Kind::Share => "share",
            Kind::Comments => "comments",
            Kind::Ad => "ad",
            Kind::Legal => "legal",
            Kind::Other => "other",
            Kind::Repeated => "repeated",
            Kind::Copy => "copy",
            Kind::Quote => "quote",
            Kind::Blank => "blank",
            Kind::Markup => "markup",
        }
    }

    /// Whether it is in the article's text or title.
    #[must_use]
    pub fn is_kept(self) -> bool {
        matches!(self, Kind::Title | Kind::Body)
    }

    /// Whether it tells something about the article without being its text.
    #[must_use]
    pub fn is_about(self) -> bool {
        matches!(self, Kind::Meta | Kind::Caption | Kind::Note)
    }

    /// Whether it is debris: neither kept, nor about the article, nor mere white space or markup.
    #[must_use]
    pub fn is_debris(self) -> bool {
        !self.is_kept() && !self.is_about() && !matches!(self, Kind::Blank | Kind::Markup)
    }

    /// Whether a span of this kind carries the number of the article it stands in.
    #[must_use]
    pub fn belongs_to_article(self) -> bool {
        self.is_kept()
            || self.is_about()
            || matches!(self, Kind::Duptitle | Kind::Alt | Kind::Copy | Kind::Quote)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What decided on a span: the evidence that the ledger carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Decider {
    /// A rule of a pack, by its id.
    Rule(Arc<str>),
    /// A detector of the code, by its name.
    Detector(&'static str),
    /// The learned model.
    Model,
    /// The learned model, where its probability alone would have led to the other verdict: the step that asked for more, or for less.
    ModelBy(&'static str),
}

impl fmt::Display for Decider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Decider::Rule(id) => write!(f, "rule:{id}"),
            Decider::Detector(name) => write!(f, "detector:{name}"),
            Decider::Model => f.write_str("model"),
            Decider::ModelBy(step) => write!(f, "model:{step}"),
        }
    }
}

impl Decider {
    /// Reads what [`Display`](fmt::Display) writes.
    fn parse(written: &str) -> Option<Self> {
        match written.split_once(':') {
            Some(("rule", id)) => Some(Self::Rule(id.into())),
            Some(("detector", name)) => lasting(name).map(Self::Detector),
            Some(("model", step)) => lasting(step).map(Self::ModelBy),
            _ => (written == "model").then_some(Self::Model),
        }
    }
}

/// Names of detectors and steps that one process reads back at most: there are some fifty, and each is kept for good.
const MOST_NAMES: usize = 1 << 10;
/// Bytes of the longest of them.
const LONGEST_NAME: usize = 64;

/// A name that lasts as long as the process.
fn lasting(name: &str) -> Option<&'static str> {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return Some(known);
    }
    if names.len() >= MOST_NAMES || name.len() > LONGEST_NAME {
        return None;
    }
    let name: &'static str = Box::leak(name.into());
    names.insert(name);
    Some(name)
}

impl<'de> Deserialize<'de> for Decider {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::parse(&written).ok_or_else(|| serde::de::Error::custom("names nothing that decides"))
    }
}

impl Serialize for Decider {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_written_as_the_contract_names_it() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn every_kind_is_kept_about_the_article_debris_or_space() {
        for kind in Kind::ALL {
            let classes = [
                kind.is_kept(),
                kind.is_about(),
                kind.is_debris(),
                matches!(kind, Kind::Blank | Kind::Markup),
            ];
            assert_eq!(classes.iter().filter(|&&c| c).count(), 1, "{kind}");
        }
    }
}
