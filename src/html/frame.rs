//! Pages within a page: a frame may hold the source of another page as its attribute `srcdoc`, and browsers show it.

use memchr::memmem;

use crate::html::markup::attributes::{attributes, value_of};
use crate::html::markup::entity::{Meaning, reference};
use crate::html::markup::hints::ElementRoles;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// What opens the page of a frame where it is written out: browsers show a shadow root in its place, and keep it apart.
const OPEN: &str = "<template shadowrootmode>";
const CLOSE: &str = "</template>";

/// Whether the page in an attribute ends all that would take what stands behind it: a comment, a script, a title. It must not end the element
/// that it is written into either.
fn closes(source: &str, page: Span) -> bool {
    /// Elements whose text goes on until they are closed.
    const OPEN_ENDED: [&str; 9] = [
        "script", "style", "title", "textarea", "xmp", "iframe", "noscript", "noembed", "noframes",
    ];
    let mut decoded = Unfolded::default();
    decoded.decode(source, page);
    let text = decoded.text.to_ascii_lowercase();
    let ends = |open: &str, close: &str| {
        text.rfind(open).is_none_or(|at| text[at + open.len()..].contains(close))
    };
    ends("<!--", "-->")
        && OPEN_ENDED.iter().all(|name| ends(&format!("<{name}"), &format!("</{name}")))
        && !text.contains("</template")
        && !text.contains("<plaintext")
}

impl Unfolded {
    /// Writes out the pages of frames; None where no frame that is shown holds one.
    pub(super) fn of_frames(source: &str) -> Option<Self> {
        let names = ["srcdoc", "srcDoc", "SRCDOC"];
        names.iter().find(|name| memmem::find(source.as_bytes(), name.as_bytes()).is_some())?;
        let mut unfolded = Self::default();
        unfolded.text.reserve(source.len());
        let mut scanner = Scanner::new(source);
        let mut copied = 0;
        loop {
            let start = scanner.at();
            let Some(token) = scanner.next() else { break };
            let Token::Start { name, attributes, .. } = token else { continue };
            if Tag::of(name).1 != Display::Raw {
                continue;
            }
            if let Some(page) =
                page_of(source, name, attributes).filter(|page| closes(source, *page))
            {
                unfolded.copy(source, Span::new(copied, start));
                unfolded.text.push_str(OPEN);
                unfolded.decode(source, page);
                unfolded.text.push_str(CLOSE);
                unfolded.text.push_str("<iframe>");
                copied = scanner.at();
            }
            scanner.raw(name);
        }
        if copied == 0 {
            return None;
        }
        unfolded.copy(source, Span::new(copied, source.len()));
        Some(unfolded)
    }

    /// Adds the value of an attribute, its character references decoded.
    fn decode(&mut self, source: &str, value: Span) {
        let mut at = value.start;
        let mut from = at;
        while let Some(next) = memchr::memchr(b'&', &source.as_bytes()[from..value.end]) {
            let start = from + next;
            let Some((meaning, length)) = reference(&source[start..value.end], true) else {
                from = start + 1;
                continue;
            };
            self.copy(source, Span::new(at, start));
            let span = Span::new(start, start + length);
            match meaning {
                Meaning::Char(c) => self.push(c.encode_utf8(&mut [0; 4]), span),
                Meaning::Text(text) => self.push(text, span),
            }
            (at, from) = (span.end, span.end);
        }
        self.copy(source, Span::new(at, value.end));
    }
}

/// Where the page stands that a frame holds; None where it is not shown.
fn page_of(source: &str, name: &str, text: &str) -> Option<Span> {
    if !name.eq_ignore_ascii_case("iframe") {
        return None;
    }
    let is_hidden = |attribute| ElementRoles::of_attribute(attribute).any(ElementRoles::HIDDEN);
    if attributes(text).any(is_hidden) {
        return None;
    }
    let page = value_of(text, "srcdoc")?;
    let start = page.as_ptr() as usize - source.as_ptr() as usize;
    (!page.is_empty()).then(|| Span::new(start, start + page.len()))
}

#[cfg(test)]
mod tests {
    use crate::html::markup::entity::as_value;
    use crate::html::page::HtmlPage;
    use crate::span::Span;

    #[test]
    fn a_page_that_a_frame_holds_is_shown_and_leads_to_the_source() {
        let source = "<p>The quay</p><iframe class=a srcdoc='&lt;p&gt;was &quot;shut&quot; in M&amp;auml;rz&lt;div&gt;again' b>no</iframe><p>by Mirva</p>";
        let page = HtmlPage::of(source).shown;
        assert_eq!(page.text, "The quay\n\nwas \"shut\" in März\n\nagain\n\nby Mirva");
        let shut = page.text.find('"').unwrap();
        let places = page.source_of(Span::new(shut, shut + 13));
        assert_eq!(places.len(), 1);
        assert_eq!(places[0].of(source), "&quot;shut&quot; in M&amp;auml;");
        assert_eq!(page.shown(places[0]), "\"shut\" in Mä");
        let all = page.source_of(Span::new(0, page.text.len()));
        assert!(all.iter().all(|span| span.end <= source.len()));
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let shown: String = all.iter().map(|span| page.shown(*span) + " ").collect();
        assert_eq!(words(&shown), words(&page.text));
    }

    #[test]
    fn pages_are_read_two_levels_deep() {
        let nested = |page: &str| {
            let page = as_value(page);
            format!("{}<iframe srcdoc=\"{page}\"></iframe>", page.len())
        };
        let two = nested(&nested("<b>quay</b>"));
        assert!(HtmlPage::of(&two).shown.text.ends_with("quay"), "{two}");
        assert!(!HtmlPage::of(&nested(&two)).shown.text.contains("quay"));
    }

    #[test]
    fn a_page_in_a_frame_says_nothing_of_the_page_around_it() {
        let page = HtmlPage::of(
            "<meta property=og:title content='Quay open'><iframe srcdoc='<meta property=og:title content=Seines><body><h2>Sale'></iframe></div><p>Late boats",
        );
        assert_eq!(page.stated.headlines, ["Quay open"]);
        assert_eq!(page.shown.text, "Sale\n\nLate boats");
    }

    #[test]
    fn what_a_frame_leaves_open_takes_nothing_of_the_page_around_it() {
        for open in ["&lt;!-- ad", "&lt;style&gt;a{}", "<title>Sale", "Sale</template>"] {
            let page = format!("<p>The quay<iframe srcdoc='{open}'></iframe><p>was shut");
            let shown = HtmlPage::of(&page).shown.text;
            assert_eq!(shown.split_whitespace().collect::<Vec<_>>().join(" "), "The quay was shut");
        }
    }

    #[test]
    fn a_frame_that_is_hidden_or_has_an_address_shows_nothing() {
        let text = |source: &str| HtmlPage::of(source).shown.text;
        assert_eq!(text("<p>a<iframe hidden srcdoc='b'></iframe>"), "a");
        assert_eq!(text("<p>a<iframe src=srcdoc></iframe><!-- <iframe srcdoc=c> -->"), "a");
    }
}
