//! What text browsers such as lynx, elinks and w3m print around the text of a page: a mark with a number before each link, the addresses of the
//! links as a list below the page, signs for pictures and for the controls of forms.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3_iter};

use crate::page::line::{Line, Marker};
use crate::span::Span;

/// Addresses of the shortest list that is known by its form alone.
const ADDRESSES: usize = 3;
/// A list is that of the page's links where at least one in so many of its numbers stands before the text of a link.
const NUMBERS_PER_LINK: usize = 4;
/// Numbers that are left out between two addresses of a list at most.
const LEFT_OUT: u32 = 64;
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

/// Lines that hold only addresses, with numbers that rise or each with a bullet.
#[derive(Debug)]
struct AddressList {
    /// From the line of its head on.
    lines: Range<usize>,
    /// The numbers of its first and its last address; None where they have bullets.
    numbers: Option<(u32, u32)>,
    addresses: usize,
    /// Whether the text of a link stands in a line above its address, as elinks prints it.
    is_labelled: bool,
}

impl AddressList {
    fn all(text: &str, lines: &[Line]) -> Vec<Self> {
        let mut found = Vec::new();
        let mut open: Option<Self> = None;
        let mut at = 0;
        while at < lines.len() {
            let Some(entry) = Entry::at(text, lines, at) else {
                at += 1;
                continue;
            };
            if !open.as_ref().is_some_and(|list| list.goes_on(lines, at, &entry)) {
                found.extend(open.take());
            }
            let list = open.get_or_insert_with(|| Self {
                lines: head_above(text, lines, at)..at,
                numbers: entry.number.map(|number| (number, number)),
                addresses: 0,
                is_labelled: false,
            });
            at += entry.lines;
            list.lines.end = at;
            list.numbers = list.numbers.zip(entry.number).map(|((first, _), last)| (first, last));
            list.addresses += 1;
            list.is_labelled |= entry.lines > 1;
        }
        found.extend(open);
        found
    }

    /// Whether an address at line `at` is the next of the list. Between those with numbers a line such as `Hidden links:` may stand; numbers
    /// may be left out, as controls of forms have numbers too.
    fn goes_on(&self, lines: &[Line], at: usize, entry: &Entry) -> bool {
        let strays = lines[self.lines.end..at].iter().filter(|line| !line.is_blank()).count();
        match (self.numbers, entry.number) {
            (Some((_, last)), Some(number)) => {
                strays <= 1 && number > last && number - last <= LEFT_OUT
            }
            (None, None) => strays == 0,
            _ => false,
        }
    }

    /// The first mark of each of its numbers in a stretch of the text, in order.
    fn marks_in(&self, text: &str, range: Range<usize>) -> Vec<Span> {
        let Some((first, last)) = self.numbers else { return Vec::new() };
        let mut is_found = vec![false; (last - first) as usize + 1];
        let brackets = memchr::memchr_iter(b'[', &text.as_bytes()[range.clone()]);
        let marks = brackets.filter_map(|at| {
            let start = range.start + at;
            let (number, length) = digits(&text[start + 1..range.end])?;
            let end = start + 1 + length;
            if text.as_bytes().get(end) != Some(&b']') {
                return None;
            }
            let place = is_found.get_mut(number.checked_sub(first)? as usize)?;
            (!std::mem::replace(place, true)).then(|| Span::new(start, end + 1))
        });
        marks.collect()
    }
}

/// An address in a list.
#[derive(Debug)]
struct Entry {
    number: Option<u32>,
    /// Lines that it takes up: one, or two where the text of the link stands above.
    lines: usize,
}

impl Entry {
    fn at(text: &str, lines: &[Line], at: usize) -> Option<Self> {
        let line = &lines[at];
        let body = line.span.of(text);
        if line.marker == Some(Marker::Bullet) {
            return is_address(&body[line.marker_len..]).then_some(Self { number: None, lines: 1 });
        }
        let (number, length) = digits(body)?;
        let label = body[length..].strip_prefix(". ")?;
        let is_below = || {
            let below = lines.get(at + 1)?;
            Some(below.indent > 0 && is_address(below.span.of(text)))
        };
        let number = Some(number);
        if is_address(label.trim_start()) {
            Some(Self { number, lines: 1 })
        } else {
            is_below().unwrap_or(false).then_some(Self { number, lines: 2 })
        }
    }
}

/// The number that `text` begins with, and its length.
fn digits(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..length].parse().ok()?, length))
}

/// Whether a text is nothing but an address.
fn is_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
    match scheme {
        "javascript" | "mailto" => !rest.is_empty(),
        "tel" | "data" | "about" | "sms" => is_word(rest),
        _ => {
            scheme.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.starts_with("//")
                && is_word(rest)
        }
    }
}

/// The first of the lines `References` and `Visible links:` above the list at line `at`; `at` where there is none.
fn head_above(text: &str, lines: &[Line], at: usize) -> usize {
    const WORDS: usize = 3;
    let mut head = at;
    for line in (at.saturating_sub(2 * 2)..at).rev().filter(|&line| !lines[line].is_blank()) {
        let shown = lines[line].span.of(text);
        let is_head = shown.split_whitespace().count() <= WORDS
            && !shown.contains(|c: char| c.is_ascii_digit() || ".!?[".contains(c));
        if !is_head || head < at && !lines[head].span.of(text).ends_with(':') {
            break;
        }
        head = line;
    }
    let is_apart = head == 0 || lines[head - 1].is_blank();
    if is_apart { head } else { at }
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
