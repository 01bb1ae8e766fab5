//! Elements that a page hides: which of them are read all the same.

use crate::html::markup::attributes::value_of;
use crate::html::markup::scan::{Scanner, Token};

/// Which hidden elements are read as if they were shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) enum Revealed<'r> {
    /// None.
    None,
    /// All of them.
    All,
    /// Those whose attributes stand at these places of the source, in order.
    Those(&'r [usize]),
}

impl Revealed<'_> {
    /// Whether the element is among them whose attributes stand at this place.
    pub(super) fn has(self, at: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Those(those) => those.binary_search(&at).is_ok(),
        }
    }
}

/// A hidden element that was read.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct Hidden {
    /// Its number among the elements of the page.
    pub(in crate::html) element: u32,
    /// Where its attributes stand in the source.
    pub(in crate::html) at: usize,
}

/// Whether an element that is hidden from what reads a page aloud, and shown, holds the first letter of the word that goes on behind it, as initials
/// do. Where the word stands again for readers, it does not go on so. `rest` is the source behind its start tag.
pub(super) fn is_initial(attributes: &str, rest: &str) -> bool {
    /// Bytes of its text, and of all up to its end, at most.
    const LONGEST: usize = 12;
    const FAR: usize = 200;
    let is_aria =
        value_of(attributes, "aria-hidden").is_some_and(|v| v.eq_ignore_ascii_case("true"));
    let is_hidden = || ["hidden", "style"].iter().any(|name| value_of(attributes, name).is_some());
    if !is_aria || is_hidden() {
        return false;
    }
    let mut scanner = Scanner::new(rest);
    let (mut depth, mut text) = (1, String::new());
    while depth > 0 && scanner.at() < FAR && text.len() < LONGEST {
        match scanner.next() {
            Some(Token::Text(span)) => text.push_str(span.of(rest).trim()),
            Some(Token::Start { closes_itself: false, .. }) => depth += 1,
            Some(Token::End { .. }) => depth -= 1,
            _ => return false,
        }
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_one = letters == 1 && text.ends_with(char::is_uppercase);
    depth == 0 && is_one && rest[scanner.at()..].starts_with(char::is_lowercase)
}
