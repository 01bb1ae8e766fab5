//! What text browsers such as lynx, elinks and w3m print around the text of a page: a mark with a number before each link, the addresses of the
//! links as a list below the page, signs for pictures and for the controls of forms.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3_iter};

use crate::page::address_list::AddressList;
use crate::page::line::Line;
use crate::span::Span;

/// Addresses of the shortest list that is known by its form alone.
const ADDRESSES: usize = 3;
/// A list is that of the page's links where at least one in so many of its numbers stands before the text of a link.
const NUMBERS_PER_LINK: usize = 4;
/// Signs of pictures and controls from which on a text was printed by a text browser.
const SIGNS: usize = 3;
/// Bytes of the longest sign.
const LONGEST_SIGN: usize = 80;

/// What a text browser added to a text.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The marks of links, such as `[12]`, in order.
    pub(crate) links: Vec<Span>,
    /// The signs of pictures and controls, such as `[IMG]` or `(BUTTON)`, in order.
    pub(crate) controls: Vec<Span>,
    /// The lists of addresses, as ranges of lines, in order.
    pub(crate) lists: Vec<Range<usize>>,
}

impl Printed {
    /// Finds what a text browser added. A list counts where the numbers of its addresses stand before links, or where it closes the text;
    /// without such a list `[12]` is a citation.
    pub(super) fn of(text: &str, lines: &[Line]) -> Self {
        let mut printed = Self::default();
        let end = lines.iter().rposition(|line| !line.is_blank()).map_or(0, |last| last + 1);
        let mut from = 0;
        for list in AddressList::all(text, lines) {
            let start = lines[list.lines.start].span.start;
            // Each list is that of the text since the one before: no stretch is searched twice.
            let marks = list.marks_in(text, from..start.max(from));
            from = lines[list.lines.end - 1].span.end;
            let before_links = marks.iter().filter(|mark| stands_before_link(text, **mark)).count();
            let is_of_links = before_links * NUMBERS_PER_LINK >= list.addresses;
            if is_of_links {
                printed.links.extend(marks);
            }
            if is_of_links
                || list.lines.end == end && list.addresses >= ADDRESSES && !list.is_labelled
            {
                printed.lists.push(list.lines);
            }
        }
        let (controls, sure) = controls(text);
        if !printed.links.is_empty() {
            printed.controls = controls;
        } else if sure >= SIGNS {
            // Without a link's mark the text may speak of such signs: those within its lines stay.
            printed.controls = controls;
            printed.controls.retain(|sign| stands_at_edge(text, *sign));
        }
        printed
    }

    /// Bytes of the marks that a stretch begins with, and of the white space after each.
    pub(super) fn leading(&self, text: &str, span: Span) -> usize {
        let mut at = span.start;
        for mark in self.links_in(span).iter().take_while(|mark| mark.end <= span.end) {
            if mark.start != at {
                break;
            }
            let rest = &text[mark.end..span.end];
            at = mark.end + (rest.len() - rest.trim_start().len());
        }
        at - span.start
    }

    /// A stretch of the text without the marks of links. The signs of controls stay: rules and model know the lines that hold these.
    pub(crate) fn plain<'t>(&self, text: &'t str, span: Span) -> Cow<'t, str> {
        let marks = self.links_in(span);
        if marks.is_empty() {
            return Cow::Borrowed(span.of(text));
        }
        let mut plain = String::with_capacity(span.len());
        let mut at = span.start;
        for mark in marks {
            plain.push_str(&text[at..mark.start.max(at)]);
            at = mark.end.clamp(at, span.end);
        }
        plain.push_str(&text[at..span.end]);
        Cow::Owned(plain)
    }

    /// The marks of links that begin within a stretch.
    fn links_in(&self, span: Span) -> &[Span] {
        let from = self.links.partition_point(|mark| mark.start < span.start);
        let marks = &self.links[from..];
        &marks[..marks.partition_point(|mark| mark.start < span.end)]
    }
}

/// Whether a mark stands before the text of a link and not, as a citation, behind what it is about.
fn stands_before_link(text: &str, mark: Span) -> bool {
    let before = text[..mark.start].chars().next_back();
    let after = text[mark.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric)
        && after.is_some_and(|c| c.is_alphanumeric() || "[\"'“‘«„「『#@$€£".contains(c))
}

/// What looks like the sign of a picture or a control, in order; and how many of these are nothing else.
fn controls(text: &str) -> (Vec<Span>, usize) {
    /// Underscores of the shortest field.
    const FIELD: usize = 5;
    let (mut found, mut sure) = (Vec::new(), 0);
    let mut end = 0;
    for at in memchr3_iter(b'[', b'(', b'_', text.as_bytes()) {
        if at < end {
            continue;
        }
        let rest = &text[at..];
        let length = if rest.starts_with("(BUTTON)") {
            sure += 1;
            Some("(BUTTON)".len())
        } else if rest.starts_with('[') {
            bracketed(rest).map(|(length, is_sure)| {
                sure += usize::from(is_sure);
                length
            })
        } else {
            Some(rest.bytes().take_while(|b| *b == b'_').count()).filter(|&n| n >= FIELD)
        };
        if let Some(length) = length {
            end = at + length;
            found.push(Span::new(at, end));
        }
    }
    (found, sure)
}

/// Whether a stretch begins or ends its line.
fn stands_at_edge(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end_matches([' ', '*', '•']);
    let after = text[span.end..].trim_start_matches(' ');
    before.is_empty()
        || before.ends_with('\n')
        || after.is_empty()
        || after.starts_with(['\n', '\r'])
}

/// The length of the sign in brackets that `text` begins with, and whether it is nothing else.
fn bracketed(text: &str) -> Option<(usize, bool)> {
    const NAMES: [&str; 9] =
        ["IMG", "INPUT", "BUTTON", "EMBED", "INLINE", "LINK", "FRAME", "IFRAME", "USEMAP"];
    const PICTURES: [&str; 8] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp"];
    let reach = &text.as_bytes()[..text.len().min(LONGEST_SIGN)];
    let close = memchr(b']', reach)?;
    let inner = &text[1..close];
    let is_picture = || {
        let name = inner.to_ascii_lowercase();
        !inner.contains(char::is_control) && PICTURES.iter().any(|ending| name.ends_with(ending))
    };
    // In Markdown the text of a link may be the name of a picture.
    let is_markdown = matches!(text.as_bytes().get(close + 1), Some(b'(' | b':'));
    let is_sure = NAMES.contains(&inner) || !is_markdown && is_picture();
    let is_field = inner.len() > 1
        && (inner.starts_with(' ') && inner.ends_with(' ') && !inner.contains(['\n', '['])
            || inner.bytes().all(|b| b == b'_'));
    (is_sure || is_field).then_some((close + 1, is_sure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    const LYNX: &str = "\
   [1]Home [2]Harbour [3]Weather

Copper bridge closed

   The [4]town council has closed the copper bridge, the second [5][1]
   this year. [6][bridge.png] Boats wait at the quay.

References

   Visible links:
   1. https://quay.example/
   2. https://quay.example/harbour
   3. https://quay.example/weather
   4. https://council.example/
   5. https://quay.example/bridge#note1

   Hidden links:
   7. javascript:void (0)
";

    fn shown<'t>(text: &'t str, spans: &[Span]) -> Vec<&'t str> {
        spans.iter().map(|span| span.of(text)).collect()
    }

    /// The marks and signs of a text, and its lists.
    fn printed(text: &str) -> (Vec<&str>, Vec<&str>) {
        let lines = Line::all(text);
        let printed = Printed::of(text, &lines);
        let list =
            |list: &Range<usize>| &text[lines[list.start].span.start..lines[list.end - 1].span.end];
        let signs = [&printed.links[..], &printed.controls].concat();
        (shown(text, &signs), printed.lists.iter().map(list).collect())
    }

    #[test]
    fn marks_of_links_are_those_that_the_list_numbers_each_once() {
        let (signs, lists) = printed(LYNX);
        assert_eq!(signs, ["[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[bridge.png]"]);
        assert_eq!(lists.len(), 1);
        assert!(lists[0].starts_with("References") && lists[0].ends_with("(0)"));
    }

    #[test]
    fn a_block_is_measured_without_marks() {
        let page = Page::new(LYNX);
        let block = |start: &str| {
            let at = (0..page.blocks.len()).find(|&i| page.text_of(i).starts_with(start)).unwrap();
            (page.folded(at), page.blocks[at].unmarked().of(LYNX))
        };
        let menu = block("[1]Home");
        assert_eq!(menu, ("home harbour weather", "Home [2]Harbour [3]Weather"));
        let text = block("The [4]town").0;
        assert!(text.starts_with("the town council has") && text.contains("second [1] this year."));
    }

    #[test]
    fn numbers_behind_words_are_citations() {
        let cited = "The weir was rebuilt[1] after the flood[2] of that year [3].\n\nSources\n\n";
        for list in [
            "1. https://weir.example/a\n2. https://weir.example/b\n3. https://weir.example/c\n\nRead on.",
            "1. Mason, The Weir. https://weir.example/a\n2. Quill, Floods. https://weir.example/b\n3. Fenn.",
            "1. Mason, The Weir.\n   https://weir.example/a\n2. Quill, Floods.\n   https://weir.example/b\n3. Fenn, Mills.\n   https://weir.example/c",
            "[1] https://weir.example/a\n[2] https://weir.example/b\n[3] https://weir.example/c",
        ] {
            assert_eq!(printed(&format!("{cited}{list}")), (vec![], vec![]), "{list}");
        }
    }

    #[test]
    fn a_list_may_have_the_text_of_a_link_above_its_address() {
        let text = "  • [1]Home\n  • [3]Shop [2][ Search ]\n\n  1. Home\n\thttps://quay.example/\n  3. Shop\n\thttps://quay.example/shop\n";
        let (signs, lists) = printed(text);
        assert_eq!(signs, ["[1]", "[3]", "[2]", "[ Search ]"]);
        assert_eq!(lists, [text[text.find("1. ").unwrap()..].trim_end()]);
    }

    #[test]
    fn addresses_alone_are_a_list_where_they_close_the_text() {
        let list = "* https://quay.example/a\n* https://quay.example/b\n* mailto:mara@quay.example";
        assert_eq!(printed(&format!("Copper bridge closed.\n\n{list}\n")).1, [list]);
        assert!(printed(&format!("{list}\n\nCopper bridge closed.")).1.is_empty());
    }

    #[test]
    fn signs_count_where_there_are_several() {
        let text = "[IMG]\n(BUTTON) Send\nName: ________\n[harbour at night.JPG]";
        assert_eq!(printed(text).0, ["[IMG]", "(BUTTON)", "________", "[harbour at night.JPG]"]);
        assert!(printed("Write [IMG] for a picture, and ________ for a field.").0.is_empty());
        assert!(printed(&"See [quay.png](quay.png) and the piles. ".repeat(4)).0.is_empty());
    }
}
