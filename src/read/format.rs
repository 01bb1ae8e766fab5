//! What a record is written in.

use crate::error::Unreadable;
use crate::read::fetched::begins_fetched_page;

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
    /// Markdown.
    Markdown,
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
            Self::Markdown => "markdown",
        }
    }

    /// The format of a file, by its name where that tells, else by how it begins.
    pub(super) fn of_file(name: &str, view: &str) -> Self {
        /// Those of Markdown.
        const NAMES: [&str; 6] = ["md", "markdown", "mdown", "mkd", "mkdn", "qmd"];
        let extension =
            name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        if ["html", "htm", "xhtml"].contains(&extension.as_str()) {
            Self::Html
        } else if NAMES.contains(&extension.as_str()) || begins_fetched_page(view) {
            Self::Markdown
        } else if ["txt", "text"].contains(&extension.as_str()) {
            // The name says that its marks are text.
            Self::of_page(view)
        } else {
            Self::of_text(view)
        }
    }

    /// The format that a media type without its parameters, in lower case, names; None for another medium.
    pub(super) fn of_media(media: &str) -> Option<Self> {
        match media {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/markdown" | "text/x-markdown" => Some(Self::Markdown),
            "text/plain" => Some(Self::Text),
            _ => None,
        }
    }

    /// The format by how a whole page begins; XML of other kinds is read as a page is.
    pub(super) fn of_page(view: &str) -> Self {
        let head = head_of(view);
        let is_page = head.starts_with('<')
            && !head.starts_with(DOCUMENT)
            && PAGE
                .iter()
                .any(|tag| head.match_indices(tag).any(|(at, _)| ends(&head[at + tag.len()..])));
        let is_xml = head.starts_with("<?xml") && !begins_feed(&head);
        if is_page || is_xml { Self::Html } else { Self::Text }
    }

    /// The format by how a whole page begins, or by the marks of Markdown in it.
    fn of_text(view: &str) -> Self {
        match Self::of_page(view) {
            Self::Text if begins_fetched_page(view) || is_markdown(view) => Self::Markdown,
            format => format,
        }
    }

    /// The format of a field, which may hold a piece of a page.
    pub(super) fn of_field(field: &str, view: &str) -> Self {
        let head = head_of(view);
        let is_piece = field.contains("html")
            || PIECE.iter().any(|tag| head.strip_prefix(tag).is_some_and(ends));
        if is_piece {
            Self::Html
        } else if names_markdown(field) {
            Self::Markdown
        } else {
            Self::of_text(view)
        }
    }
}

/// Whether the name of a field says that it holds Markdown: `markdown`, `content_markdown`, `body_md`.
fn names_markdown(field: &str) -> bool {
    let field = field.to_ascii_lowercase();
    field.contains("markdown") || field.rsplit(['_', '-', '.', ' ']).next() == Some("md")
}

/// Bytes in which text shows that it is Markdown.
const MARKED: usize = 1 << 16;

/// Whether text has headings with `#`, and links or blocks of code as Markdown has them, in number.
fn is_markdown(view: &str) -> bool {
    /// Links, where there is a heading; a block of code, which two fences bound, speaks for as many of them as stand here a fence.
    const LINKS: usize = 4;
    const FENCE: usize = 2;
    let view = &view[..view.floor_char_boundary(MARKED)];
    let heading = |line: &&str| {
        let level = line.bytes().take_while(|&b| b == b'#').count();
        (1..=6).contains(&level) && line[level..].starts_with(' ') && line.len() > level + 1
    };
    if !view.lines().any(|line| heading(&line)) {
        return false;
    }
    let is_address = |rest: &str| ["http", "/", "#", "mailto:"].iter().any(|a| rest.starts_with(a));
    let links = view.match_indices("](").filter(|(at, mark)| is_address(&view[at + mark.len()..]));
    let fences = view.lines().filter(|line| line.starts_with("```")).count();
    links.count() + fences * FENCE >= LINKS
}

/// Tags that a feed begins with, after what XML says of itself.
const FEED: [&str; 4] = ["<rss", "<feed", "<atom:feed", "<rdf:rdf"];

/// Whether text begins as a feed does, and as no page.
pub(super) fn is_feed(view: &str) -> bool {
    let head = head_of(view);
    begins_feed(&head) && Format::of_page(view) == Format::Text
}

/// Whether a head in small letters holds the tag that a feed begins with.
fn begins_feed(head: &str) -> bool {
    let has = |tag: &&str| head.match_indices(tag).any(|(at, tag)| ends(&head[at + tag.len()..]));
    head.starts_with('<') && FEED.iter().any(has)
}

/// Why text is no dump of a page though its bytes are text: a document for printing, a database in XML, or a feed in an encoding in which it is not
/// told from text by its bytes.
pub(super) fn foreign(view: &str) -> Option<Unreadable> {
    let head = head_of(view);
    if head.starts_with("%pdf-") {
        return Some(Unreadable::Foreign { format: "a PDF", advice: "extract its text first" });
    }
    if head.starts_with("<?xml") || head.starts_with("<mediawiki") {
        if head.contains("<mediawiki ") {
            let advice = "write its pages as JSON Lines first, as WikiExtractor does";
            return Some(Unreadable::Foreign { format: "a database of MediaWiki (XML)", advice });
        }
        if head.contains("<posts>") && head.contains("<row id=") {
            let advice = "write the body of each row as JSON Lines first";
            return Some(Unreadable::Foreign {
                format: "a database of Stack Exchange (XML)",
                advice,
            });
        }
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
            "<?xml version=\"1.0\"?>\n<article><para>The quay</para></article>",
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
    fn markdown_is_told_by_names_and_by_its_marks_in_number() {
        let link = "[the quay](https://gazette.example/quay)";
        let page = format!("# The quay\n\n{link}, {link}, {link} and {link}\n");
        let code = "Build\n\n## Steps\n\n```sh\nmake\n```\n";
        for text in [page.as_str(), code] {
            assert_eq!(Format::of_file("a/b", text), Format::Markdown, "{text}");
            assert_eq!(Format::of_field("text", text), Format::Markdown, "{text}");
        }
        for text in [
            format!("The quay\n\n{link}, {link}, {link} and {link}\n"),
            format!("# The quay\n\n{link}\n"),
            "# build\nmake\n# test\nmake test\n#!/bin/sh\n".to_owned(),
            "#quay #harbour\n\n#".to_owned(),
        ] {
            assert_eq!(Format::of_file("a/b.txt", &text), Format::Text, "{text}");
        }
        assert_eq!(Format::of_file("a/b.txt", &page), Format::Text);
        let fetched = "Title: a\n\nURL Source: https://a.example\n\nMarkdown Content:\nText";
        assert_eq!(Format::of_file("a/b.txt", fetched), Format::Markdown);
        assert_eq!(Format::of_field("text", fetched), Format::Markdown);
        for name in ["a.md", "b/a.MARKDOWN"] {
            assert_eq!(Format::of_file(name, "no mark at all"), Format::Markdown);
        }
        for field in ["markdown", "content_markdown", "Body-MD", "data.md"] {
            assert_eq!(Format::of_field(field, "no mark at all"), Format::Markdown);
        }
        assert_eq!(Format::of_field("mdx", "no mark at all"), Format::Text);
        assert_eq!(Format::of_media("text/markdown"), Some(Format::Markdown));
    }

    #[test]
    fn documents_for_print_and_feeds_are_refused_and_what_speaks_of_them_is_not() {
        for foreign in [
            "%PDF-1.4\n1 0 obj",
            "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
            "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.10/\">",
            "<?xml version=\"1.0\"?>\n<posts>\n  <row Id=\"1\" Body=\"x\" />",
        ] {
            assert!(super::foreign(foreign).is_some(), "{foreign}");
        }
        for text in [
            "A %PDF- file begins so.",
            "The <rss> tag opens a feed.",
            "<!doctype html><pre>&lt;<rss></pre>",
            "<feeding time>",
            "<?xml version=\"1.0\"?><posts><post>x</post></posts>",
            "A <mediawiki version=1> element opens it.",
        ] {
            assert_eq!(foreign(text), None, "{text}");
        }
    }
}
