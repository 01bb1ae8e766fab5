//! Which marks a text has.

use crate::html::plain_markup::inline::Marks;
use crate::html::plain_markup::{asciidoc, org, restructured};
use crate::html::unfolded::Unfolded;

/// Bytes in which a text shows what marks it has.
const HEAD: usize = 1 << 16;

impl Unfolded {
    /// Writes a text with marks of another kind out as Markdown; None where it has those of Markdown, or none.
    pub(in crate::html) fn of_plain_markup(source: &str) -> Option<Self> {
        Some(match marks_of(&source[..source.floor_char_boundary(HEAD)])? {
            Marks::Restructured => restructured::written(source),
            Marks::AsciiDoc => asciidoc::written(source),
            Marks::Org => org::written(source),
        })
    }
}

fn marks_of(head: &str) -> Option<Marks> {
    let is_markdown = |line: &str| {
        let level = line.bytes().take_while(|&b| b == b'#').count();
        line.starts_with("```") || (1..=6).contains(&level) && line[level..].starts_with(' ')
    };
    let has = |is: fn(&str) -> bool| head.lines().any(is);
    if has(org::tells) {
        return Some(Marks::Org);
    }
    if head.starts_with("---") || head.lines().any(is_markdown) {
        return None;
    }
    if has(restructured::tells) {
        return Some(Marks::Restructured);
    }
    let first = head.lines().find(|line| !line.trim().is_empty())?;
    (first.starts_with("= ") || has(asciidoc::tells)).then_some(Marks::AsciiDoc)
}
