//! HTML: a page's source to the text it shows, with the place in the source of every part of it.
//!
//! The record's view is the source. One scan over its tags ([`Rendered::of`]) gives the text that the stages after it read like any dump, what
//! the page says of itself, and what its elements say about each line. What the stages decide is then carried back to the source.
//!
//! Styles and scripts are not run: what a style sheet hides is taken for shown, and what a script would fetch is not there.

mod entity;
mod evidence;
mod hints;
mod jsonld;
mod metadata;
mod render;
mod rendered;
mod scan;
mod site;
mod source;
mod tag;

pub use evidence::Evidence;
pub use hints::Hints;
pub use metadata::PageMeta;
pub use rendered::Rendered;
pub(crate) use site::Site;
pub(crate) use source::{sentences_to_source, to_source};

/// Bytes at the beginning of a view that are looked at.
const HEAD: usize = 2048;

/// Whether a view is the source of an HTML page: it begins with a tag, and one that only pages have stands near its beginning.
#[must_use]
pub fn is_html(view: &str) -> bool {
    let view = view.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !view.starts_with('<') {
        return false;
    }
    let bytes = view.as_bytes();
    let head = &bytes[..bytes.len().min(HEAD)];
    let begins = |tag: &[u8], at: usize| {
        let name = head.get(at + 1..at + 1 + tag.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(tag)) && head.get(at + 1 + tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
    };
    const TAGS: [&[u8]; 6] = [b"!doctype html", b"html", b"head", b"body", b"title", b"meta"];
    memchr::memchr_iter(b'<', head).any(|at| TAGS.iter().any(|tag| begins(tag, at)))
}

/// Whether a record is read as HTML: by the name of its dump, or by what it begins with.
#[must_use]
pub fn is_page(dump: &str, view: &str) -> bool {
    let extension = std::path::Path::new(dump).extension().and_then(|e| e.to_str()).unwrap_or_default();
    ["html", "htm", "xhtml"].iter().any(|known| extension.eq_ignore_ascii_case(known)) || is_html(view)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_text() {
        assert!(is_html("\u{feff}\n<!DOCTYPE html>\n<p>a"));
        assert!(is_html("<!-- saved --><HTML lang=en>"));
        assert!(is_html("<?xml version='1.0'?><!DOCTYPE html PUBLIC ''>"));
        assert!(!is_html("Write <html> first.\n"));
        assert!(!is_html("<page=3>\nText"));
        assert!(!is_html("<rss><channel>"));
    }
}
