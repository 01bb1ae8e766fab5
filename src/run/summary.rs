//! What a run did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clean::cleaned::Cleaned;
use crate::clean::cleaned::LeftOut;
use crate::clean::mark::ERROR_PAGE;
use crate::error::{Failure, Result, Skipped};
use crate::ledger::Entry;
use crate::run::failures::Failures;
use crate::run::rewrite::Recount;
use crate::span::{Decider, Kind};
use crate::write::{Output, Removed};

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Articles that are [not wanted](crate::Wanted), by the reason. They are not among the articles found.
    pub left_out: LeftOut,
    /// What was removed, by kind.
    pub removed: BTreeMap<Kind, Removed>,
    /// What was kept [beside](crate::Beside) the text of articles, by kind.
    pub beside: BTreeMap<Kind, Removed>,
    /// What only copies have that were folded into others.
    pub own: Removed,
    /// Inputs that could not be cleaned: the first thousand of them.
    pub failures: Vec<Failure>,
    /// How many there are of them. Where there are more than a thousand, all are named in `failures.jsonl`.
    pub failed: u64,
    /// How many by what went wrong, with `#` for numbers; of a hundred reasons, the others together as `other`.
    pub failed_by_reason: BTreeMap<String, u64>,
    /// Files, and records of files, left out on purpose.
    pub skipped: Vec<Skipped>,
}

/// Records that gave no article, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WithoutArticle {
    /// They hold no paragraph.
    pub no_paragraph: usize,
    /// They are what a server sends in the place of a page: "Not Found", "Access Denied", a check for robots.
    pub error_page: usize,
    /// They hold paragraphs, none of which was taken for the text of an article. The ledger says what decided.
    pub no_text_of_an_article: usize,
}

impl Summary {
    /// Counts a failure: names it here, or in a file of its own with all others where there are many.
    pub(crate) fn fail(&mut self, failure: Failure, output: &mut Output) -> Result<()> {
        let failures = Failures {
            named: &mut self.failures,
            count: &mut self.failed,
            by_reason: &mut self.failed_by_reason,
        };
        failures.add(failure, |failure| output.failure(failure))
    }

    /// Adds what was counted of other dumps, without failures.
    pub(crate) fn merge(&mut self, other: Self) {
        let Self {
            inputs,
            bytes,
            articles,
            copies,
            without_article,
            left_out,
            removed,
            beside,
            own,
            skipped,
            ..
        } = other;
        self.inputs += inputs;
        self.bytes += bytes;
        self.articles += articles;
        self.copies += copies;
        let WithoutArticle { no_paragraph, error_page, no_text_of_an_article } = without_article;
        self.without_article.no_paragraph += no_paragraph;
        self.without_article.error_page += error_page;
        self.without_article.no_text_of_an_article += no_text_of_an_article;
        self.left_out.add(left_out);
        for (counts, more) in [(&mut self.removed, removed), (&mut self.beside, beside)] {
            for (kind, amount) in more {
                counts.entry(kind).or_default().join(amount);
            }
        }
        self.own.join(own);
        self.skipped.extend(skipped);
    }

    pub(crate) fn add(&mut self, cleaned: &Cleaned) {
        self.inputs += 1;
        self.bytes += cleaned.ledger.bytes() as u64;
        self.articles += cleaned.articles.len();
        self.left_out.add(cleaned.left_out);
        let holds_none = cleaned.articles.is_empty() && cleaned.left_out.all() == 0;
        let by_error = Decider::Detector(ERROR_PAGE.name);
        let is_error = |entry: &Entry| entry.rule.as_ref() == Some(&by_error);
        if holds_none && cleaned.ledger.entries().iter().any(is_error) {
            self.without_article.error_page += 1;
        } else if holds_none && cleaned.holds_prose {
            self.without_article.no_text_of_an_article += 1;
        } else if holds_none {
            self.without_article.no_paragraph += 1;
        }
        for entry in cleaned.ledger.entries() {
            let counts = match (entry.is_kept, entry.kind.is_kept(), entry.kind.is_debris()) {
                (true, false, _) => &mut self.beside,
                (false, _, true) => &mut self.removed,
                _ => continue,
            };
            counts.entry(entry.kind).or_default().add(entry.span.len());
        }
    }
}

impl Summary {
    /// Counts what the second pass changed in a ledger.
    pub(crate) fn recount(&mut self, recount: &Recount) {
        for &(kind, bytes) in &recount.beside_before {
            self.beside.entry(kind).or_default().take(bytes);
        }
        for &(kind, bytes) in &recount.beside {
            self.beside.entry(kind).or_default().add(bytes);
        }
        for &(kind, bytes) in &recount.removed {
            self.removed.entry(kind).or_default().add(bytes);
        }
    }
}
