//! What a run did.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clean::cleaned::Cleaned;
use crate::error::{Failure, Skipped};
use crate::span::Kind;
use crate::write::Removed;

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records that were cleaned; a file of text is one.
    pub inputs: usize,
    /// Bytes of their text views.
    pub bytes: u64,
    /// Articles found.
    pub articles: usize,
    /// Those of them that are copies of others.
    pub copies: usize,
    /// Of the others, those of stories that an earlier run has seen; they and their copies are named in `copies.jsonl`.
    pub known: usize,
    /// Records that gave no article.
    pub without_article: WithoutArticle,
    /// What was removed, by kind.
    pub removed: BTreeMap<Kind, Removed>,
    /// What only copies have that were folded into others.
    pub own: Removed,
    /// Inputs that could not be cleaned.
    pub failures: Vec<Failure>,
    /// Files, and records of files, left out on purpose.
    pub skipped: Vec<Skipped>,
}

/// Records that gave no article, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WithoutArticle {
    /// They hold no paragraph.
    pub no_paragraph: usize,
    /// They hold paragraphs, none of which was taken for the text of an article. The ledger says what decided.
    pub no_text_of_an_article: usize,
}

impl Summary {
    pub(crate) fn add(&mut self, cleaned: &Cleaned) {
        self.inputs += 1;
        self.bytes += cleaned.ledger.bytes() as u64;
        self.articles += cleaned.articles.len();
        if cleaned.articles.is_empty() && cleaned.holds_prose {
            self.without_article.no_text_of_an_article += 1;
        } else if cleaned.articles.is_empty() {
            self.without_article.no_paragraph += 1;
        }
        for entry in cleaned.ledger.entries().iter().filter(|e| e.kind.is_debris()) {
            self.removed.entry(entry.kind).or_default().add(entry.span.len());
        }
    }
}
