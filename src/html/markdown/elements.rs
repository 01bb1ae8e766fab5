//! Markdown written out as the HTML that it stands for, and the way back.
//!
//! What is read is CommonMark with GitHub's tables, footnotes, strikethrough and task lists, and formulas between dollar signs. Tags of HTML in it
//! are tags, but for those whose text would go on until they are closed and that nothing closes: as on GitHub these are text. What a heading stands
//! above is a section, and what stands above the first heading is one too. A paragraph that is a link is a card with what stands below it, as far as
//! the next one or the end of the section.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::guard::look;
use crate::html::markdown::caption::is_caption;
use crate::html::markdown::front_matter::FrontMatter;
use crate::html::markdown::layout_rows::links_in;
use crate::html::markdown::written::{Written, end_tags};
use crate::html::shown::formula;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

impl Unfolded {
    /// Writes a page of Markdown out as HTML, with what stands in front of it as its head.
    pub(in crate::html) fn of_markdown(source: &str, front: &FrontMatter) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM;
        let formulas =
            if formula::are_in(source) { Options::ENABLE_MATH } else { Options::empty() };
        let mut page = MarkdownPage {
            source,
            html: Written::new(source, front),
            note: None,
            end_tags: Vec::new(),
            sections: vec![ABOVE_ALL],
            picture: Span::new(0, 0),
            is_caption: false,
            holders: 0,
            is_head: false,
            is_code: false,
            is_card: false,
        };
        page.html.tag("<section>");
        for (event, Range { start, end }) in
            Parser::new_ext(source, options | formulas).into_offset_iter()
        {
            look();
            page.event(event, Span::new(start, end));
        }
        page.html.out
    }
}

/// A page that is being written out.
struct MarkdownPage<'s> {
    source: &'s str,
    html: Written<'s>,
    /// The label of a footnote whose text begins next.
    note: Option<Span>,
    /// The last end tag of each element that holds no tags, in the block of HTML that is being read.
    end_tags: Vec<(&'s str, usize)>,
    /// The levels of the headings whose sections are open.
    sections: Vec<u8>,
    /// Where the last picture stands.
    picture: Span,
    /// Whether the paragraph that is open is the caption of a picture.
    is_caption: bool,
    /// Lists, quotations and the like that are open: a heading in them opens no section.
    holders: u32,
    /// Whether the head of a table is open.
    is_head: bool,
    /// Whether a block of code is open.
    is_code: bool,
    /// Whether a card is open: a paragraph that is a link, and what stands below it.
    is_card: bool,
}

/// The level of what stands above the first heading, which every heading ends.
const ABOVE_ALL: u8 = 7;

impl MarkdownPage<'_> {
    fn event(&mut self, event: Event, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if !self.is_code && span.of(self.source) == &*text => {
                self.html.running_text(span);
            }
            Event::Text(text) => self.html.text(&text, span),
            Event::Code(text) => {
                let marks = span.of(self.source).bytes().take_while(|&b| b == b'`').count();
                self.html.tag("<code>");
                self.html.text(&text, Span::new(span.start + marks, span.end - marks));
                self.html.tag("</code>");
            }
            Event::InlineMath(tex) if formula::is_tex(tex.trim()) => {
                self.html.formula(&tex, span, 1)
            }
            Event::DisplayMath(tex) => self.html.formula(&tex, span, 2),
            Event::InlineMath(_) | Event::SoftBreak => self.html.copy(span),
            Event::Html(_) => self.html.raw(span, &self.end_tags),
            Event::InlineHtml(_) => {
                self.end_tags.clear();
                self.html.raw(span, &self.end_tags);
            }
            Event::FootnoteReference(_) => {
                self.html.tag("<sup>");
                self.html.label(span);
                self.html.tag("</sup>");
            }
            Event::HardBreak => self.html.tag("<br>"),
            Event::Rule => self.html.tag("<hr>"),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, span: Span) {
        self.is_code |= matches!(tag, Tag::CodeBlock(_));
        self.holders += u32::from(is_holder(&tag.to_end()));
        let label = self.note.take().filter(|_| tag == Tag::Paragraph);
        match tag {
            Tag::Image { dest_url, .. } => {
                if self.html.begin_picture(&dest_url) {
                    self.picture = span;
                }
            }
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.html.element("a", "href", &format!("mailto:{dest_url}"));
            }
            Tag::Link { dest_url, .. } => self.html.element("a", "href", &dest_url),
            Tag::TableHead => {
                self.is_head = true;
                self.html.tag("<thead><tr>");
            }
            Tag::TableCell if self.is_head => self.html.tag("<th>"),
            Tag::Heading { level, .. } => {
                self.section(level as u8);
                self.html.tag(&format!("<{level}>"));
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if !info.trim().is_empty() => {
                let language = info.split_whitespace().next().unwrap_or_default();
                self.html.tag("<pre>");
                self.html.element("code", "class", &format!("language-{language}"));
            }
            Tag::List(Some(first)) => self.html.tag(&format!("<ol start={first}>")),
            Tag::HtmlBlock => {
                // Its tags may close what stands around the card.
                if self.holders == 0 {
                    self.end_card();
                }
                self.end_tags = end_tags(self.source, span);
            }
            Tag::FootnoteDefinition(_) => {
                self.html.tag("<div>");
                let label = span.of(self.source).find("]:");
                self.note = label.map(|end| Span::new(span.start, span.start + end + 1));
            }
            Tag::Paragraph if self.holders == 0 && is_link(span.of(self.source)) => {
                self.end_card();
                self.is_card = true;
                self.html.tag("<div><p>");
            }
            Tag::Paragraph if is_caption(self.source, self.picture, span) => {
                self.is_caption = true;
                self.html.tag("<figcaption>");
            }
            tag => self.html.tag(opening(&tag)),
        }
        if let Some(label) = label {
            self.html.label(label);
            self.html.tag(" ");
        }
    }

    fn end(&mut self, tag: TagEnd) {
        self.holders -= u32::from(is_holder(&tag));
        match tag {
            TagEnd::Image => self.html.end_picture(),
            TagEnd::Heading(level) => self.html.tag(&format!("</{level}>")),
            TagEnd::CodeBlock => {
                self.is_code = false;
                self.html.tag("</code></pre>");
            }
            TagEnd::List(true) => self.html.tag("</ol>"),
            TagEnd::TableHead => {
                self.is_head = false;
                self.html.tag("</tr></thead>");
            }
            TagEnd::TableCell if self.is_head => self.html.tag("</th>"),
            TagEnd::Paragraph if std::mem::take(&mut self.is_caption) => {
                self.html.tag("</figcaption>")
            }
            tag => self.html.tag(closing(tag)),
        }
    }

    /// Opens the section of a heading, and closes those that it ends.
    fn section(&mut self, level: u8) {
        if self.holders > 0 {
            return;
        }
        self.end_card();
        while self.sections.pop_if(|open| *open >= level).is_some() {
            self.html.tag("</section>");
        }
        self.sections.push(level);
        self.html.tag("<section>");
    }

    fn end_card(&mut self) {
        if std::mem::take(&mut self.is_card) {
            self.html.tag("</div>");
        }
    }
}

/// Whether a paragraph is nothing but links.
fn is_link(text: &str) -> bool {
    let text = text.trim();
    let mut at = 0;
    for link in links_in(text) {
        if !text[at..link.start].trim().is_empty() {
            return false;
        }
        at = link.end;
    }
    at > 0 && text[at..].trim().is_empty()
}

/// Whether what stands in an element belongs to it alone.
fn is_holder(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Table | TagEnd::FootnoteDefinition
    )
}

fn opening(tag: &Tag) -> &'static str {
    match tag {
        Tag::Paragraph => "<p>",
        Tag::BlockQuote(_) => "<blockquote>",
        Tag::CodeBlock(_) => "<pre><code>",
        Tag::List(_) => "<ul>",
        Tag::Item => "<li>",
        Tag::Table(_) => "<table>",
        Tag::TableRow => "<tr>",
        Tag::TableCell => "<td>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        _ => "",
    }
}

fn closing(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Paragraph => "</p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::List(_) => "</ul>",
        TagEnd::Item => "</li>",
        TagEnd::Table => "</table>",
        TagEnd::TableRow => "</tr>",
        TagEnd::TableCell => "</td>",
        TagEnd::FootnoteDefinition => "</div>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Strikethrough => "</del>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FrontMatter, Unfolded};
    use crate::html::page::HtmlPage;
    use crate::span::Span;

    fn page(source: &str) -> HtmlPage {
        HtmlPage::of_markdown(source)
    }

    fn text(source: &str) -> String {
        page(source).shown.text
    }

    /// What the source has at the place of a stretch of the text.
    fn place<'s>(source: &'s str, text: &str) -> Vec<&'s str> {
        let page = page(source).shown;
        let at = page.text.find(text).unwrap();
        let places = page.source_of(Span::new(at, at + text.len()));
        places.into_iter().map(|place| place.of(source)).collect()
    }

    #[test]
    fn a_paragraph_that_is_a_link_is_a_card_with_what_stands_below() {
        let source = "## Other news\n\n[The quay](/quay) [![q](q.jpg)](/q)\n\nIt was shut.\n\n[The ferry](/ferry)\n\nIt sails.\n\n## More\n\nSee [the weir](/weir)\n";
        let front = FrontMatter::default();
        let html = Unfolded::of_markdown(source, &front).text;
        assert_eq!(
            html,
            "<section></section><section><h2>Other news</h2><div><p><a href=\"/quay\">The quay</a> <a href=\"/q\"><img src=\"q.jpg\" alt=\"q\"></a></p><p>It was shut.</p></div><div><p><a href=\"/ferry\">The ferry</a></p><p>It sails.</p></div></section><section><h2>More</h2><p>See <a href=\"/weir\">the weir</a></p>"
        );
    }

    #[test]
    fn an_emphasis_without_text_is_no_text() {
        assert_eq!(text("**** The quay ** ** is **open** ****\n"), "The quay is open");
        assert_eq!(text("** Tides by the old clock\n"), "** Tides by the old clock");
        assert_eq!(text("2 ** 3 ** 4, 2****3\n"), "2 ** 3 ** 4, 2****3");
    }

    #[test]
    fn marks_are_no_text() {
        assert_eq!(
            text(
                "# The *quay* #\n\nOne of **two**\nlines,  \n[linked](/a \"b\") \\* and `a  < b`.\n"
            ),
            "The quay\n\nOne of two lines,\nlinked * and a < b."
        );
        assert_eq!(text("Quay\n====\n\nA\n***\nB"), "Quay\n\nA\n\nB");
        assert_eq!(text("- a\n- b\n  1. c\n\n> d\n> e\n"), "• a\n• b\n\n• c\n\nd e");
        assert_eq!(text("| a | b |\n|---|---|\n| `c` | d\\|e |\n"), "a\tb\nc\td|e");
        assert_eq!(
            text("a ![b](c.png \"d\") [e][f] <https://g.example>\n\n[f]: /h\n"),
            "a e https://g.example"
        );
        assert_eq!(text("```sh\nmake <all>\n\n  test\n```\n"), "make <all>\n\ntest");
    }

    #[test]
    fn every_part_of_the_text_leads_to_its_place() {
        let source = "> The **old\n> quay** &amp; M\\*rz [open](/a) `x\n> y`\n";
        assert_eq!(text(source), "The old quay & M*rz open x y");
        assert_eq!(place(source, "old quay &"), ["old\n> quay** &amp;"]);
        assert_eq!(place(source, "M*rz open"), ["M\\*rz [open"]);
        assert_eq!(place(source, "x y"), ["x\n> y"]);
    }

    #[test]
    fn footnotes_keep_their_marks() {
        let source = "The quay[^1] is shut.\n\n[^1]: For a week.\n";
        assert_eq!(text(source), "The quay[1] is shut.\n\n[1] For a week.");
        assert_eq!(place(source, "[1] For"), ["[^1]: For"]);
    }

    #[test]
    fn html_is_read_as_such_but_for_what_nothing_closes() {
        assert_eq!(text("<div hidden>\n\na\n\n</div>\n\nb <b>c</b><!-- d -->"), "b c");
        assert_eq!(text("<style>\na {}\n\nb {}\n</style>\n\nc"), "c");
        assert_eq!(text("The <title> of a page\n\nb"), "The <title> of a page\n\nb");
        assert_eq!(text("<textarea>\n\na\n"), "<textarea> a");
    }

    #[test]
    fn formulas_are_no_marks() {
        assert_eq!(text("So $a_1 * b_1 * c$ holds."), "So a_1 * b_1 * c holds.");
        assert_eq!(text("So $5 or *$6* a day."), "So $5 or $6 a day.");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever stands in Markdown, the places of its text are in order and within it, and lead back to the text.
        #[test]
        fn any_text_is_read_and_has_its_places(pieces in prop::collection::vec("[a-zé *_`~<>&;|#$!^0-9.:=+-]{0,8}|\\[|\\]\\(|\\)|\\]: /u|\\n|\\n\\n|\\n> |\\n    |\\n- |\t|\\r\\n|&amp;|&#x301;|<title>|</p>|<!--|---\\n|\\[\\^1\\]|\\[## |\\)## |<div>\n|\\\\|```\\n|\u{0}|。", 0..40)) {
            let source = pieces.concat();
            let page = page(&source).shown;
            let mut end = 0;
            for piece in &page.pieces {
                prop_assert!(end <= piece.source.start || piece.source.is_empty(), "{source:?}");
                end = piece.source.end;
                prop_assert!(source.get(piece.source.start..end).is_some(), "{source:?}");
            }
            let shown: String = page.source_of(Span::new(0, page.text.len())).into_iter().map(|place| page.shown(place) + " ").collect();
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().concat();
            let bullets = |text: &str| words(text).replace('•', "");
            prop_assert_eq!(bullets(&shown), bullets(&page.text), "{:?}", source);
        }
    }
}
