//! A few of the documents that all parts have read.

use std::borrow::Cow;

use crate::run::dedup::piece::Pieces;
use crate::run::parts::docs::Docs;
use crate::run::parts::keys::Doc;

/// A few documents, numbered from 0.
pub(super) struct Chosen<'d> {
    pub(super) docs: &'d Docs<'d>,
    pub(super) list: &'d [Doc],
}

impl Pieces for Chosen<'_> {
    fn piece(&self, number: usize) -> Cow<'_, [u8]> {
        self.docs.piece(self.list[number]).into()
    }
}
