//! What cleaning gives: articles, and a ledger of the text.

use crate::article::Article;
use crate::clean::wanted::LeftOut;
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
