//! Elements of no known name, which a page defines by itself: `news-paragraph`, `x-byline`; in XML of another kind all that HTML does not know.

use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::span::Span;

/// Bytes within which such an element is looked through.
const NEAR: usize = 2000;

/// Elements that stand within a line of text, in HTML and in other kinds of XML.
const WITHIN_LINES: [&str; 48] = [
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "bold",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "emphasis",
    "ext-link",
    "font",
    "hi",
    "i",
    "ins",
    "italic",
    "kbd",
    "label",
    "literal",
    "mark",
    "nobr",
    "q",
    "ref",
    "ruby",
    "s",
    "samp",
    "sc",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "ulink",
    "underline",
    "var",
    "xref",
    "named-content",
    "inline-formula",
    "uri",
];

/// Elements whose content a page of HTML hides, or that have none there, and that are as any others in other XML.
const OF_PAGES: [&str; 20] = [
    "area", "audio", "base", "canvas", "datalist", "embed", "frame", "input", "link", "map",
    "object", "option", "param", "select", "source", "template", "track", "video", "iframe",
    "noscript",
];

/// Whether a source is XML of another kind than HTML.
pub(in crate::html) fn is_xml(source: &str) -> bool {
    let source = source.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let first = || {
        Scanner::new(source).find_map(|token| match token {
            Token::Start { name, .. } => Some(name),
            _ => None,
        })
    };
    source.starts_with("<?xml") && first().is_some_and(|name| !name.eq_ignore_ascii_case("html"))
}

/// The element of that name and how it stands in the text. In other XML than HTML a title heads a section, headlines have names of their own (those
/// of JATS, NITF and NewsML), as have code and lists (DocBook, TEI), and what is no text is spelled out (FictionBook).
pub(in crate::html) fn tag_of(name: &str, is_xml: bool) -> (Tag, Display) {
    let is = |known: &[&str]| known.iter().any(|known| name.eq_ignore_ascii_case(known));
    match () {
        () if is_xml && is(&["title"]) => (Tag::Heading(2), Display::Paragraph),
        () if is_xml && is(&["article-title", "hl1", "headline"]) => {
            (Tag::Heading(1), Display::Paragraph)
        }
        () if is_xml && is(&["programlisting", "screen"]) => (Tag::Pre, Display::Paragraph),
        () if is_xml && is(&["itemizedlist", "orderedlist"]) => (Tag::List, Display::Paragraph),
        () if is_xml && is(&["listitem", "list-item", "item"]) => (Tag::Li, Display::Line),
        () if is_xml && is(&["binary"]) => (Tag::Other, Display::Hidden),
        () if is_xml && is(&OF_PAGES) => (Tag::Other, Display::Inline),
        () => Tag::of(name),
    }
}

/// The length of what opens a section of characters (CDATA) that a source begins with: its content may be markup of HTML.
pub(in crate::html) fn cdata(source: &str) -> Option<usize> {
    const OPENING: &str = "<![CDATA[";
    source.starts_with(OPENING).then_some(OPENING.len())
}

/// The parts of a text without what closes such sections.
pub(in crate::html) fn without_cdata_ends(source: &str, text: Span) -> impl Iterator<Item = Span> {
    let whole = text.of(source);
    whole.split("]]>").filter(|part| !part.is_empty()).map(move |part| {
        let start = text.start + (part.as_ptr() as usize - whole.as_ptr() as usize);
        Span::new(start, start + part.len())
    })
}

/// Whether the name of an element is one that a page defines.
pub(in crate::html) fn is_custom(name: &str, is_xml: bool) -> bool {
    let is_known = || WITHIN_LINES.iter().any(|known| name.eq_ignore_ascii_case(known));
    tag_of(name, is_xml).1 == Display::Inline
        && (name.contains('-') || is_xml)
        && !(is_xml && is_known())
}

/// Whether an element stands on lines of its own: it holds an element that does, or, where it begins a line, such an element or another that a
/// page defines follows it. `rest` begins with its content.
pub(in crate::html) fn is_block(rest: &str, name: &str, begins_line: bool, is_xml: bool) -> bool {
    let near = &rest[..rest.floor_char_boundary(NEAR)];
    let mut depth = 1;
    for token in Scanner::new(near) {
        match token {
            Token::Start { name: inner, .. } | Token::End { name: inner } => {
                let is_line = matches!(tag_of(inner, is_xml).1, Display::Line | Display::Paragraph);
                if is_line && (depth > 0 || begins_line) {
                    return depth == 0 || matches!(token, Token::Start { .. });
                }
                if depth == 0 {
                    return begins_line && is_custom(inner, is_xml);
                }
                if inner.eq_ignore_ascii_case(name) {
                    match token {
                        Token::End { .. } => depth -= 1,
                        _ => depth += 1,
                    }
                }
            }
            Token::Text(span) if depth == 0 && !span.of(near).trim().is_empty() => return false,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;

    fn text(source: &str) -> String {
        HtmlPage::of(source).shown.text
    }

    #[test]
    fn elements_that_a_page_defines_stand_on_lines_of_their_own_where_they_hold_or_follow_such() {
        assert_eq!(
            text("<x-ad>Advertisement</x-ad><x-p>The quay is open.</x-p>"),
            "Advertisement\nThe quay is open."
        );
        assert_eq!(
            text("<div><x-p>One.</x-p>\n<x-p>Two.</x-p></div><x-p>Three.</x-p><p>Four."),
            "One.\nTwo.\nThree.\n\nFour."
        );
        assert_eq!(text("<x-a>One<x-b><div>two</div></x-b></x-a>"), "One\ntwo");
        assert_eq!(text("<x-p>One.</x-p><x-p>Two.<x-p>Three.</x-p></x-p>"), "One.\nTwo.Three.");
    }

    #[test]
    fn elements_of_other_xml_stand_on_lines_of_their_own_and_titles_are_headings() {
        let source = "<?xml version=\"1.0\"?><story><head><hl1>The quay</hl1><by>Ida Holm</by><day iso=\"1\"/></head>\
            <part><title>One</title><para>The <emphasis>quay</emphasis> is open.</para><para>It rains.</para></part><binary>/9j4</binary></story>";
        assert_eq!(text(source), "The quay\n\nIda Holm\n\nOne\n\nThe quay is open.\nIt rains.");
        assert_eq!(
            text(
                "<?xml version=\"1.0\"?><html><head><title>One</title></head><body><by>A</by><by>B</by></body></html>"
            ),
            "AB"
        );
    }

    #[test]
    fn what_a_page_hides_is_text_in_other_xml() {
        let within = "<select>The quay is open.</select><object><para>It rains.</para></object><template>Nobody came.</template>";
        assert_eq!(
            text(&format!("<?xml version=\"1.0\"?><story>{within}</story>")),
            "The quay is open.\nIt rains.\nNobody came."
        );
        assert_eq!(text(within), "");
    }

    #[test]
    fn elements_within_a_line_stay_there() {
        for line in [
            "The <x-link>quay</x-link> is open",
            "<p><drop-cap>T</drop-cap>he quay</p>",
            "<p>See <x-a>one</x-a><x-b>two</x-b></p>",
            "<p><b>The</b> <x-a>quay</x-a></p>",
        ] {
            let shown: String = line.split(['<', '>']).step_by(2).collect();
            assert_eq!(text(line), shown, "{line}");
        }
    }

    #[test]
    fn broken_elements_are_read_to_their_end() {
        for part in ["<x-a>", "</x-a>", "<x-a><p>", "<x-a/>", "<x-"] {
            assert!(text(&part.repeat(2000)).len() < 20_000, "{part}");
        }
        assert_eq!(text("<x-a><p>One</x-a>two"), "One\n\ntwo");
    }
}
