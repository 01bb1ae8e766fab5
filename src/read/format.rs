//! What a record is written in.

use crate::error::Unreadable;

/// The format of a record's text view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// The source of a page.
    Html,
    /// The plain text of a mail.
    Mail,
}

/// Bytes in which a page shows that it is one.
const HEAD: usize = 2048;
/// Tags that a whole page begins with.
const PAGE: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
/// What a collection of documents begins with, whose tags are those of fields.
const DOCUMENT: &str = "<doc>";
/// Tags that a piece of a page begins with.
const PIECE: [&str; 10] =
    ["<article", "<div", "<figure", "<h1", "<h2", "<img", "<main", "<p", "<section", "<table"];

impl Format {
    /// Its name in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Mail => "mail",
        }
    }

    /// The format of a file, by its name where that tells, else by how it begins.
    pub(super) fn of_file(name: &str, view: &str) -> Self {
        let extension =
            name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        if ["html", "htm", "xhtml"].contains(&extension.as_str()) {
            Self::Html
        } else {
            Self::of_page(view)
        }
    }

    /// The format that a media type without its parameters, in lower case, names; None for another medium.
    pub(super) fn of_media(media: &str) -> Option<Self> {
        match media {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/plain" => Some(Self::Text),
            _ => None,
        }
    }

    /// The format by how a whole page begins.
    pub(super) fn of_page(view: &str) -> Self {
        let head = head_of(view);
        let is_page = head.starts_with('<')
            && !head.starts_with(DOCUMENT)
            && PAGE
                .iter()
                .any(|tag| head.match_indices(tag).any(|(at, _)| ends(&head[at + tag.len()..])));
        if is_page { Self::Html } else { Self::Text }
    }

    /// The format of a field, which may hold a piece of a page.
    pub(super) fn of_field(field: &str, view: &str) -> Self {
        let head = head_of(view);
        let is_piece = field.contains("html")
            || PIECE.iter().any(|tag| head.strip_prefix(tag).is_some_and(ends));
        if is_piece { Self::Html } else { Self::of_page(view) }
    }
}

/// Tags that a feed begins with, after what XML says of itself.
const FEED: [&str; 4] = ["<rss", "<feed", "<atom:feed", "<rdf:rdf"];

/// Whether text begins as a feed does, and as no page.
pub(super) fn is_feed(view: &str) -> bool {
    let head = head_of(view);
    let has = |tag: &&str| head.match_indices(tag).any(|(at, tag)| ends(&head[at + tag.len()..]));
    head.starts_with('<') && FEED.iter().any(has) && Format::of_page(view) == Format::Text
}

/// Why text is no dump of a page though its bytes are text: a document for printing, or a feed in an encoding in which it is not told from text by its bytes.
pub(super) fn foreign(view: &str) -> Option<Unreadable> {
    if head_of(view).starts_with("%pdf-") {
        return Some(Unreadable::Foreign { format: "a PDF", advice: "extract its text first" });
    }
    // One in UTF-8 is read entry by entry.
    is_feed(view).then_some(Unreadable::Foreign {
        format: "a feed (RSS or Atom)",
        advice: "convert it to UTF-8 first",
    })
}

fn head_of(view: &str) -> String {
    let view = view.trim_start_matches('\u{feff}').trim_start();
    view[..view.floor_char_boundary(HEAD)].to_ascii_lowercase()
}

/// Whether the name of a tag ends before `rest`.
fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_text_that_speaks_of_them() {
        for page in [
            "<!DOCTYPE html><p>x",
            "\u{feff}\n<HTML lang=en>",
            "<!-- saved -->\n<html>",
            "<?xml version=\"1.0\"?><html>",
            "<head\n>",
        ] {
            assert_eq!(Format::of_page(page), Format::Html, "{page}");
        }
        for text in
            ["The <html> tag opens a page.", "<header> is another tag", "<p>One paragraph", ""]
        {
            assert_eq!(Format::of_page(text), Format::Text, "{text}");
        }
        assert_eq!(Format::of_field("content", "<p class=a>One"), Format::Html);
        assert_eq!(Format::of_field("content", "<person> said"), Format::Text);
        assert_eq!(Format::of_file("a/b.HTM", "no tag at all"), Format::Html);
    }

    #[test]
    fn documents_for_print_and_feeds_are_refused_and_what_speaks_of_them_is_not() {
        for foreign in [
            "%PDF-1.4\n1 0 obj",
            "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        ] {
            assert!(super::foreign(foreign).is_some(), "{foreign}");
        }
        for text in [
            "A %PDF- file begins so.",
            "The <rss> tag opens a feed.",
            "<!doctype html><pre>&lt;<rss></pre>",
            "<feeding time>",
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }
}
