//! Lines of preformatted text with the white space that the text of the page squeezes.

use crate::html::shown::rendered::Rendered;
use crate::span::Span;

impl Rendered {
    /// A line of the text with its indentation and the white space between its words.
    pub(crate) fn verbatim(&self, line: Span) -> String {
        let spaces = &self.outline.spaces;
        let from = spaces.partition_point(|(at, _)| *at < line.start);
        let mut out = String::new();
        // The text of a line begins behind such spaces.
        let mut shown = self.text[..line.start].trim_end_matches('\u{a0}').len();
        for (at, space) in spaces[from..].iter().take_while(|(at, _)| *at < line.end) {
            out.push_str(self.text[shown..*at].trim_end_matches([' ', '\t']));
            out.push_str(space);
            shown = *at;
        }
        out.push_str(&self.text[shown..line.end]);
        out.replace('\u{a0}', " ")
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
        page.blocks.iter().map(|block| shown.verbatim(block.span)).collect()
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
        assert_eq!(lines("<pre>a\n\u{a0}\u{a0}b\u{a0}c</pre>"), ["a", "  b c"]);
    }
}
