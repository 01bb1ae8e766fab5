//! Spans of the ledger as they are read again.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::run::rewrite::cut::Repeats;
use crate::span::Kind;

/// A span of the ledger as it is read again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StashedEntry<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) article: Option<usize>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<Cow<'a, str>>,
    /// Whether it is kept, where its kind does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kept: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) repeats: Option<Repeats>,
    /// The canonical article that the text was folded into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) copy_of: Option<String>,
}

impl StashedEntry<'_> {
    /// Whether it is kept beside the text of the article.
    pub(super) fn is_beside(&self) -> bool {
        self.kept == Some(true) && !self.kind.is_kept()
    }
}
