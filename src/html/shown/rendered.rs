//! A page as text, and where in its source each part of the text stands.

use crate::html::markup::hints::ElementRoles;
use crate::html::markup::tag::Tag;
use crate::html::shown::outline::Outline;
use crate::html::shown::selected::Selected;
use crate::span::Span;

/// A page of HTML as the text it shows.
#[derive(Debug, Default)]
pub struct Rendered {
    /// A block element a line, with blank lines around paragraphs; list items as `• …`, the cells of a row parted by tabs.
    pub text: String,
    /// In the order of the text, which is that of the source but for what is read behind where it is used.
    pub(crate) pieces: Vec<Piece>,
    pub(in crate::html) elements: Vec<Element>,
    pub(in crate::html) lines: Vec<Line>,
    pub(crate) outline: Outline,
    /// The text of the elements that were to be selected.
    pub(crate) selected: Vec<Selected>,
    /// The days that elements state, in the order of the source.
    pub(in crate::html) days: Vec<ElementDay>,
    /// The elements that are said to name an author, each with its text.
    pub(in crate::html) names: Vec<(u32, Span)>,
    /// Whether it is a text that was laid out anew: its pieces stand in another order than in the source, with white space between them.
    pub(crate) is_layout: bool,
}

/// A stretch of the text with its place in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// In the rendered text.
    pub(crate) text: Span,
    /// In the source.
    pub(crate) source: Span,
    /// Whether white space and something that is not shown, or the border of a cell, part it from the one before.
    pub(crate) apart: bool,
}

impl Piece {
    /// Whether each byte of the text is one of the source; otherwise it is a character reference.
    pub(crate) fn is_even(&self) -> bool {
        self.text.len() == self.source.len()
    }
}

/// An element that makes lines, or of which something is said.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct Element {
    /// The one that holds it; the first holds itself.
    pub(in crate::html) parent: u32,
    pub(in crate::html) tag: Tag,
    /// What itself says, not what holds it.
    pub(in crate::html) hints: ElementRoles,
}

impl Default for Element {
    fn default() -> Self {
        Self { parent: 0, tag: Tag::Other, hints: ElementRoles::default() }
    }
}

/// A day that an element states for machines.
#[derive(Debug, Clone)]
pub(in crate::html) struct ElementDay {
    /// The element, or the innermost one around it that is kept.
    pub(in crate::html) element: u32,
    /// As it is written there.
    pub(in crate::html) day: String,
}

/// A line of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::html) struct Line {
    /// Where it begins in the text.
    pub(in crate::html) start: usize,
    /// The innermost element that holds all of it.
    pub(in crate::html) element: u32,
    /// Its bytes, white space between its parts left out.
    pub(in crate::html) bytes: u32,
    /// Those of them that stand in links.
    pub(in crate::html) linked: u32,
}

impl Rendered {
    /// The places in the source of a range of the text, in order. One, however many tags stand in it; several where something that is not
    /// shown, or the border of a cell, stands in white space. None for a range without text.
    #[must_use]
    pub(crate) fn source_of(&self, text: Span) -> Vec<Span> {
        let from = self.pieces.partition_point(|piece| piece.text.end <= text.start);
        let mut spans: Vec<Span> = Vec::new();
        for piece in self.pieces[from..].iter().take_while(|piece| piece.text.start < text.end) {
            let mut source = piece.source;
            if piece.is_even() {
                source.start += text.start.saturating_sub(piece.text.start);
                source.end -= piece.text.end.saturating_sub(text.end);
            }
            match spans.last_mut().filter(|last| !piece.apart && last.end <= source.start) {
                Some(last) => last.end = source.end,
                None => spans.push(source),
            }
        }
        spans
    }

    /// The source of a range of the text, from its first to its last byte.
    pub(crate) fn stretch_of(&self, text: Span) -> Option<Span> {
        let spans = self.source_of(text);
        let start = spans.iter().map(|span| span.start).min()?;
        Some(Span::new(start, spans.iter().map(|span| span.end).max()?))
    }

    /// The line of the text that begins at `start`.
    pub(in crate::html) fn line_at(&self, start: usize) -> &str {
        let rest = &self.text[start..];
        &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
    }

    /// Whether an element begins or ends right before a place in the text.
    pub(crate) fn begins_element(&self, at: usize) -> bool {
        let here = self.pieces.partition_point(|piece| piece.text.start < at);
        let (before, piece) =
            (here.checked_sub(1).map(|before| self.pieces[before]), self.pieces.get(here));
        piece.zip(before).is_some_and(|(piece, before)| {
            piece.text.start == at && before.source.end + 2 < piece.source.start
        })
    }

    /// What the page shows of a range of its source, white space squeezed.
    #[must_use]
    pub fn shown(&self, source: Span) -> String {
        let mut shown = String::new();
        let mut end = None;
        let holds =
            |piece: &&Piece| piece.source.start < source.end && piece.source.end > source.start;
        for piece in self.pieces.iter().filter(holds) {
            let mut text = piece.text;
            if piece.is_even() {
                text.start += source.start.saturating_sub(piece.source.start);
                text.end -= piece.source.end.saturating_sub(source.end);
            }
            if let Some(end) = end.filter(|&end| end < text.start) {
                shown.push_str(&self.text[end..text.start]);
            }
            shown.push_str(text.of(&self.text));
            end = Some(text.end);
        }
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The innermost element that holds both.
pub(in crate::html) fn common(elements: &[Element], mut a: u32, mut b: u32) -> u32 {
    // An element stands behind the one that holds it.
    while a != b {
        if a > b {
            a = elements[a as usize].parent;
        } else {
            b = elements[b as usize].parent;
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        crate::html::page::HtmlPage::of(source).shown.text
    }

    #[test]
    fn a_block_is_a_line_and_a_paragraph_is_set_apart() {
        assert_eq!(
            text("<h1>Head</h1><p>One\n  two<br>three <b>fo</b>ur<div>five</div><div>six</div>"),
            "Head\n\nOne two\nthree four\n\nfive\nsix"
        );
        assert_eq!(text("<ul><li>a<li><p>b</p><ul><li>c</ul></ul>d"), "• a\n\n• b\n\n• c\n\nd");
        assert_eq!(text("<table><tr><td>a<td>b<tr><th>c</th></table>"), "a\tb\nc");
        assert_eq!(text("<pre>a  b\n c</pre>"), "a b\nc");
    }

    #[test]
    fn a_heading_is_one_line_however_it_is_laid_out() {
        assert_eq!(
            text("<h1>One<br>two<br><br>three<div>four</div></h1>five"),
            "One two three four\n\nfive"
        );
        assert_eq!(text("<h2>One<p>two</p>three"), "One\n\ntwo\n\nthree");
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        assert_eq!(
            text(
                "<head><title>T</title></head>a<!-- b --><script>c</script><style>d</style><template>e</template> <i hidden>f</i>g<img alt=h>"
            ),
            "a g"
        );
        assert_eq!(text("a<svg><title/><path/></svg>b<select><option>c<option>d</select>"), "ab");
    }

    #[test]
    fn a_page_that_hides_all_is_shown() {
        assert_eq!(text("<body><div style='display: none'>all of it</div>"), "all of it");
        assert_eq!(
            text("<p>a</p><div hidden id='S:1'>sent later</div><div hidden id='menu'>b</div>"),
            "a\n\nsent later"
        );
    }

    #[test]
    fn places_lead_to_the_source_and_back() {
        let source =
            "<p>Caf&eacute; <a href=x>du\n Port</a> &amp;&nbsp;<span hidden>no</span>Quai</p>";
        let page = crate::html::page::HtmlPage::of(source).shown;
        assert_eq!(page.text, "Café du Port & Quai");
        let port = page.text.find("du").unwrap();
        assert_eq!(page.source_of(Span::new(port, port + 7))[0].of(source), "du\n Port");
        let all = page.source_of(Span::new(0, page.text.len()));
        assert_eq!(
            all.iter().map(|s| s.of(source)).collect::<Vec<_>>(),
            ["Caf&eacute; <a href=x>du\n Port</a> &amp;", "Quai"]
        );
        assert_eq!(all.iter().map(|s| page.shown(*s)).collect::<Vec<_>>().join(" "), page.text);
    }

    #[test]
    fn broken_pages_are_read_to_their_end() {
        assert_eq!(text("<p>a<div>b</p></span>c</b></td>d</div>e"), "a\n\nb\n\ncd\ne");
        let deep = "<div>".repeat(100_000) + "x";
        assert_eq!(text(&deep), "x");
        assert_eq!(text("a <b"), "a");
    }
}
