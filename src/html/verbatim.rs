//! Lines of preformatted text as the source has them: with the white space that the text of the page squeezes.

use crate::html::entity::{Meaning, reference};
use crate::html::rendered::Rendered;
use crate::html::scan::{Scanner, Token};
use crate::html::tag::{Display, Tag};
use crate::span::Span;

/// Bytes of source before a line in which its indentation is looked for.
const BEFORE: usize = 4096;

impl Rendered {
    /// A line of the text with its indentation and the white space between its words. `source` is what the page was read from.
    pub(crate) fn verbatim(&self, line: Span, source: &str) -> String {
        let first = self.pieces.partition_point(|piece| piece.text.end <= line.start);
        let mut out = String::new();
        let mut end = first.checked_sub(1).map_or(0, |before| self.pieces[before].source.end);
        let mut shown = line.start;
        for piece in self.pieces[first..].iter().take_while(|piece| piece.text.start < line.end) {
            let mut place = piece.source;
            if piece.is_even() {
                place.start += line.start.saturating_sub(piece.text.start);
                place.end -= piece.text.end.saturating_sub(line.end);
            }
            if shown == line.start {
                let from = end.max(source.floor_char_boundary(place.start.saturating_sub(BEFORE)));
                out.push_str(&indentation(source.get(from..place.start).unwrap_or_default()));
            } else if shown < piece.text.start {
                let space = white_space(source.get(end..place.start).unwrap_or_default());
                out.push_str(if space.is_empty() { " " } else { &space });
            }
            let text = if piece.is_even() { place.of(source) } else { piece.text.of(&self.text) };
            out.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
            (end, shown) = (place.end, piece.text.end);
        }
        out
    }
}

/// The white space that a stretch of source before a line ends with, up to where the line begins.
fn indentation(source: &str) -> String {
    let mut space = String::new();
    for token in Scanner::new(source) {
        match token {
            Token::Text(text) => characters(text.of(source), |c| match c {
                '\n' | '\r' => space.clear(),
                c if c.is_whitespace() => space.push(plain(c)),
                _ => space.clear(),
            }),
            Token::Start { name, .. } | Token::End { name }
                if Tag::of(name).0 == Tag::Br || Tag::of(name).1 != Display::Inline =>
            {
                space.clear();
            }
            _ => {}
        }
    }
    space
}

/// The white space within a line that a stretch of source between two words holds.
fn white_space(source: &str) -> String {
    let mut space = String::new();
    for token in Scanner::new(source) {
        if let Token::Text(text) = token {
            characters(text.of(source), |c| {
                if c.is_whitespace() && !matches!(c, '\n' | '\r') {
                    space.push(plain(c));
                }
            });
        }
    }
    space
}

/// Spaces of every width are spaces, so that code runs.
fn plain(space: char) -> char {
    if space == '\t' { '\t' } else { ' ' }
}

fn characters(text: &str, mut each: impl FnMut(char)) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match (c, reference(rest, false)) {
            ('&', Some((Meaning::Char(c), length))) => {
                each(c);
                length
            }
            ('&', Some((Meaning::Text(text), length))) => {
                text.chars().for_each(&mut each);
                length
            }
            _ => {
                each(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::page::Page;
    use crate::page::PageThresholds;

    fn lines(source: &str) -> Vec<String> {
        let shown = HtmlPage::of(source).shown;
        let page = Page::rendered(&shown.text, &PageThresholds::default());
        page.blocks.iter().map(|block| shown.verbatim(block.span, source)).collect()
    }

    #[test]
    fn lines_keep_their_indentation_and_their_columns() {
        let source = "<p>So:</p>\n  <pre><code>\n<b>fn</b> tide(hour: u32)   -&gt; u32 {\n    table[<i>hour</i>]\n\tx\ty\n}</code></pre>";
        assert_eq!(
            lines(source)[1..],
            ["fn tide(hour: u32)   -> u32 {", "    table[hour]", "\tx\ty", "}"]
        );
    }

    #[test]
    fn a_line_may_begin_with_an_element_or_a_break() {
        let source = "<pre><span class=l><span>for</span> boat:</span><br>&nbsp; &nbsp; sail()<div>  home</div></pre>";
        assert_eq!(lines(source), ["for boat:", "    sail()", "  home"]);
    }
}
