//! What cleaning gives: articles, and a ledger of the text.

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::ledger::Ledger;

/// The articles of one text, and the account of every byte of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The articles, in the order of the text.
    pub articles: Vec<Article>,
    /// What every byte is. Its spans are those of the text that was given.
    pub ledger: Ledger,
    /// Whether the text holds a paragraph at all, kept or not.
    pub holds_prose: bool,
    /// Articles that it has and that are [not wanted](crate::Wanted).
    pub left_out: LeftOut,
}

/// Articles that were found and left out, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// They are of another language.
    pub other_language: usize,
    /// Their language is unknown.
    pub unknown_language: usize,
    /// Their text is too short.
    pub too_short: usize,
}

impl LeftOut {
    /// How many there are.
    #[must_use]
    pub fn all(self) -> usize {
        self.other_language + self.unknown_language + self.too_short
    }

    /// Counts others too.
    #[cfg(feature = "run")]
    pub(crate) fn add(&mut self, others: Self) {
        self.other_language += others.other_language;
        self.unknown_language += others.unknown_language;
        self.too_short += others.too_short;
    }
}
