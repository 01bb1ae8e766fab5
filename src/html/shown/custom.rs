//! Elements of no known name, which a page defines by itself: `news-paragraph`, `x-byline`.

use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};

/// Bytes within which such an element is looked through.
const NEAR: usize = 2000;

/// Whether the name of an element is one that a page defines.
pub(in crate::html) fn is_custom(name: &str) -> bool {
    name.contains('-') && Tag::of(name).1 == Display::Inline
}

/// Whether an element stands on lines of its own: it holds an element that does, or, where it begins a line, such an element or another that a
/// page defines follows it. `rest` begins with its content.
pub(in crate::html) fn is_block(rest: &str, name: &str, begins_line: bool) -> bool {
    let near = &rest[..rest.floor_char_boundary(NEAR)];
    let mut depth = 1;
    for token in Scanner::new(near) {
        match token {
            Token::Start { name: inner, .. } | Token::End { name: inner } => {
                let is_line = matches!(Tag::of(inner).1, Display::Line | Display::Paragraph);
                if is_line && (depth > 0 || begins_line) {
                    return depth == 0 || matches!(token, Token::Start { .. });
                }
                if depth == 0 {
                    return begins_line && is_custom(inner);
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
