//! What the reading of a page has open: elements, and the gap before the next text.

use crate::html::markup::tag::{Display, Tag};
use crate::html::shown::outline::Noted;
use crate::html::stated::credits::BylineElement;

/// Elements that are open at a time; what is nested deeper belongs to the last of them.
pub(super) const DEEPEST: usize = 400;

/// Elements between a heading and what belongs to it.
pub(super) const NEAR_HEADING: usize = 4;

/// What stands between the text so far and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::html) enum Gap {
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

/// An element that is open while a page is read.
#[derive(Debug)]
pub(in crate::html) struct Open {
    pub(super) id: u32,
    pub(super) tag: Tag,
    pub(super) display: Display,
    pub(super) element: u32,
    pub(super) hides: bool,
    pub(super) links: bool,
    pub(super) credit: Option<BylineElement>,
    /// Whether it is said to be about the article.
    pub(super) is_about: bool,
    /// What is noted of it once it ends.
    pub(super) noted: Option<Noted>,
    /// Whether a field in it asks for the address of a mailbox.
    pub(super) asks: bool,
    /// Where the text within begins.
    pub(super) from: usize,
}
