//! What a run did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clean::cleaned::Cleaned;
use crate::clean::cleaned::LeftOut;
use crate::clean::mark::ERROR_PAGE;
use crate::error::{Failure, Result, Skipped};
use crate::ledger::Entry;
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

/// Failures that are kept in memory, and named in the manifest.
const NAMED: usize = 1_000;
/// Reasons that are counted one by one.
const REASONS: usize = 100;

impl Summary {
    /// Counts a failure: names it here, or in a file of its own with all others where there are many.
    pub(crate) fn fail(&mut self, failure: Failure, output: &mut Output) -> Result<()> {
        self.failed += 1;
        let reason = without_numbers(&failure.error);
        let is_new = !self.failed_by_reason.contains_key(&reason);
        let is_full = is_new && self.failed_by_reason.len() >= REASONS;
        let reason = if is_full { "other".into() } else { reason };
        *self.failed_by_reason.entry(reason).or_default() += 1;
        if self.failures.len() < NAMED {
            self.failures.push(failure);
            return Ok(());
        }
        if self.failed == NAMED as u64 + 1 {
            self.failures.iter().try_for_each(|before| output.failure(before))?;
        }
        output.failure(&failure)
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
    /// Counts what a part of the run did; its failures, and what it left out, are told apart.
    pub(crate) fn join(&mut self, part: &Self) {
        self.inputs += part.inputs;
        self.bytes += part.bytes;
        self.articles += part.articles;
        self.copies += part.copies;
        self.without_article.no_paragraph += part.without_article.no_paragraph;
        self.without_article.error_page += part.without_article.error_page;
        self.without_article.no_text_of_an_article += part.without_article.no_text_of_an_article;
        self.left_out.add(part.left_out);
        for (kinds, of_part) in
            [(&mut self.removed, &part.removed), (&mut self.beside, &part.beside)]
        {
            for (kind, amount) in of_part {
                kinds.entry(*kind).or_default().join(*amount);
            }
        }
        self.own.join(part.own);
    }

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

/// A reason with `#` in the place of each number, which differs from input to input.
fn without_numbers(reason: &str) -> String {
    let mut shown = String::with_capacity(reason.len());
    for c in reason.chars() {
        match c {
            '0'..='9' if shown.ends_with('#') => {}
            '0'..='9' => shown.push('#'),
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_apart_by_their_words() {
        assert_eq!(
            without_numbers("is a binary file (zero byte at offset 4711)"),
            "is a binary file (zero byte at offset #)"
        );
    }
}
