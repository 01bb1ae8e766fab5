//! Articles side by side: a page that has several `article` elements, each a text of its own with a heading and a line about it.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::adjustable::adjustable;
use crate::bylines;
use crate::html::evidence::entries::is_dated;
use crate::html::markup::hints::ElementRoles;
use crate::html::shown::rendered::Rendered;
use crate::page::Page;
use crate::structure::InlineType;

adjustable! {
    /// When `article` elements side by side are articles, rather than cards, comments or the parts of one text.
    SideBySideThresholds {
        /// Paragraphs of the shortest text, but for the short ones among others.
        paragraphs: usize = 2,
        /// Words of the shortest paragraph.
        sentence: u32 = 4,
        /// Characters of its long paragraphs, at least.
        chars: u32 = 150,
        /// The part of the longest text that each has, at least.
        of_longest: f64 = 0.1,
        /// The part of the page's paragraphs that they hold together, at least.
        together: f64 = 0.6,
        /// Blocks at its beginning, and at its end, among which the line about an article stands.
        near: usize = 6,
        /// The part of a heading that is a link, at least, where it leads to the article.
        linked: f32 = 0.9,
    }
}

/// What an element is said to be that holds no article of the page.
const OTHERS: [ElementRoles; 6] = [
    ElementRoles::COMMENTS,
    ElementRoles::RELATED,
    ElementRoles::ASIDE,
    ElementRoles::SIDEBAR,
    ElementRoles::NAV,
    ElementRoles::AD,
];

/// One of several articles of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArticleElement {
    /// Its blocks.
    pub(crate) blocks: Range<usize>,
    /// The block that is its heading.
    pub(crate) heading: usize,
}

/// An `article` element that may be an article.
#[derive(Debug)]
struct Candidate {
    element: ArticleElement,
    parent: u32,
    level: u8,
    /// Words of its heading: one alone may be the name of who wrote it.
    words: u32,
    paragraphs: usize,
    chars: u32,
}

impl Rendered {
    /// The articles of a page of several, in their order; none where it is no such page. `levels` are those of the headings that its blocks
    /// stand in.
    pub(super) fn side_by_side(
        &self,
        page: &Page,
        levels: &[u8],
        t: &SideBySideThresholds,
    ) -> Vec<ArticleElement> {
        let lines = self.lines_of(page);
        let is_linked = |at: usize| {
            let line = &self.lines[lines[at]];
            line.linked as f32 >= t.linked * line.bytes as f32 && self.leads_on(page, at)
        };
        let candidates: Vec<Candidate> = self
            .outermost_articles(&lines)
            .into_iter()
            .filter_map(|(element, blocks)| {
                let parent = self.elements[element as usize].parent;
                candidate(page, (levels, &is_linked), (parent, blocks), t)
            })
            .collect();
        let longest = candidates.iter().map(|article| article.chars).max().unwrap_or(0);
        let is_full = |article: &&Candidate| {
            article.words > 1
                && article.paragraphs >= t.paragraphs
                && article.chars >= t.chars
                && f64::from(article.chars) >= t.of_longest * f64::from(longest)
        };
        let forms: FxHashSet<(u32, u8)> =
            candidates.iter().filter(is_full).map(|a| (a.parent, a.level)).collect();
        // A post of one paragraph is one too, among longer ones of its form.
        let is_one = |article: &&Candidate| {
            is_full(article) || forms.contains(&(article.parent, article.level))
        };
        let prose = |chars: u32| f64::from(chars);
        let all = page.blocks.iter().filter(|block| block.is_prose()).map(|b| b.shape.chars).sum();
        let held = candidates.iter().filter(is_one).map(|article| article.chars).sum();
        if candidates.iter().filter(is_full).count() < 2 || prose(held) < t.together * prose(all) {
            return Vec::new();
        }
        let articles = candidates.iter().filter(is_one);
        articles.map(|article| article.element.clone()).collect()
    }

    /// Whether a link in a block leads to another page, not to a part of its own.
    fn leads_on(&self, page: &Page, block: usize) -> bool {
        // The white space before a link counts to it.
        let start = block.checked_sub(1).map_or(0, |above| page.blocks[above].span.end);
        let marks = &self.outline.marks;
        let from = marks.partition_point(|mark| mark.text.start < start);
        let mut within =
            marks[from..].iter().take_while(|mark| mark.text.start < page.blocks[block].span.end);
        within.any(|mark| matches!(mark.role, InlineType::Link { .. }))
    }

    /// The `article` elements that stand in no other, with the blocks that they hold.
    fn outermost_articles(&self, lines: &[usize]) -> Vec<(u32, Range<usize>)> {
        let mut outermost = vec![0; self.elements.len()];
        let mut is_of_others = vec![false; self.elements.len()];
        for (at, element) in self.elements.iter().enumerate().skip(1) {
            let parent = element.parent as usize;
            is_of_others[at] =
                is_of_others[parent] || OTHERS.iter().any(|hint| element.hints.any(*hint));
            outermost[at] = match outermost[parent] {
                0 if element.hints.any(ElementRoles::ARTICLE) => at as u32,
                around => around,
            };
        }
        let mut articles: Vec<(u32, Range<usize>)> = Vec::new();
        for (at, &line) in lines.iter().enumerate() {
            let element = self.lines[line].element as usize;
            let article = outermost[element];
            if article == 0 || is_of_others[article as usize] {
                continue;
            }
            match articles.last_mut().filter(|(last, _)| *last == article) {
                Some((_, blocks)) => blocks.end = at + 1,
                None => articles.push((article, at..at + 1)),
            }
        }
        articles
    }
}

/// An element as an article: below its heading stands its text, and beside it who wrote it or when, or its heading is a link.
fn candidate(
    page: &Page,
    (levels, is_linked): (&[u8], &dyn Fn(usize) -> bool),
    (parent, blocks): (u32, Range<usize>),
    t: &SideBySideThresholds,
) -> Option<Candidate> {
    let is_prose = |at: &usize| page.blocks[*at].is_prose();
    let heading = blocks.clone().find(|&at| (1..=3).contains(&levels[at]))?;
    let first = (heading + 1..blocks.end).find(is_prose)?;
    let paragraphs: Vec<usize> = (first..blocks.end).filter(is_prose).collect();
    let last = *paragraphs.last()?;
    let is_sentence = |at: &usize| {
        let shape = &page.blocks[*at].shape;
        is_prose(at) || shape.ends_sentence && shape.words >= t.sentence
    };
    let is_about = |at: usize| {
        let block = &page.blocks[at];
        let text = page.text_of(at);
        at != heading
            && !block.is_prose()
            && (bylines::is_byline(text, block.shape.digits > 0) || is_dated(page, at, block))
    };
    let above = blocks.start..first.min(blocks.start + t.near);
    let below = last + 1..blocks.end.min(last + 1 + t.near);
    let is_told = is_linked(heading) || above.chain(below).any(is_about);
    let text = page.text_of(last);
    let is_cut = text.ends_with(['…', ']']) || text.ends_with("...");
    let is_article = is_told && !is_cut && !(blocks.start..heading).any(|at| is_prose(&at));
    is_article.then(|| Candidate {
        parent,
        level: levels[heading],
        words: page.blocks[heading].shape.words,
        paragraphs: (heading + 1..blocks.end).filter(is_sentence).count(),
        chars: paragraphs.iter().map(|&at| page.blocks[at].shape.chars).sum(),
        element: ArticleElement { blocks, heading },
    })
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::html::thresholds::HtmlThresholds;
    use crate::page::Page;

    const TEXT: &str = "<p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings.</p>\
        <p>The ferries go every hour from Tuesday on, and the last one leaves at ten in the evening.</p>";

    /// The headings of the articles of a page.
    fn articles(source: &str) -> Vec<String> {
        let html = HtmlPage::of(source);
        let page = Page::rendered(&html.shown.text, &Default::default());
        let found = html.articles(&page, html.headline(&page), &HtmlThresholds::default());
        found.iter().map(|article| page.text_of(article.heading).to_owned()).collect()
    }

    fn post(heading: &str, about: &str, text: &str) -> String {
        format!("<article><h2>{heading}</h2><div>{about}</div>{text}</article>")
    }

    #[test]
    fn elements_with_a_heading_a_text_and_a_line_about_it_are_articles() {
        for about in ["By Mirva Lindqvist", "<time>16 May 2031</time>"] {
            let page = post("Quay reopens", about, TEXT)
                + "<div>Up next</div>"
                + &post("Mill grinds again", about, TEXT);
            assert_eq!(articles(&page), ["Quay reopens", "Mill grinds again"]);
        }
        let linked =
            |heading: &str| post(&format!("<a href=/{}>{heading}</a>", heading.len()), "", TEXT);
        let posts = linked("Quay reopens") + &linked("Mill grinds again");
        assert_eq!(articles(&posts).len(), 2);
        assert_eq!(articles(&posts.replace("href=/", "href=#")).len(), 0, "parts of a page");
        let short = "<p>One post is shorter than the others are, as it happens now and then.</p>";
        let posts =
            [("Quay reopens", TEXT), ("Mill grinds again", TEXT), ("No ferry today", short)];
        let posts: String =
            posts.map(|(heading, text)| post(heading, "16 May 2031", text)).concat();
        assert_eq!(articles(&posts).len(), 3);
        let text = TEXT.replace(".</p><p>The", ", and the") + "<p>Nobody knows who pays.</p>";
        let posts = ["Quay reopens", "Mill grinds again"];
        let posts: String = posts.map(|heading| post(heading, "16 May 2031", &text)).concat();
        assert_eq!(articles(&posts).len(), 2);
    }

    #[test]
    fn cards_comments_and_parts_of_one_text_are_no_articles() {
        let story = post("Quay reopens", "16 May 2031", &TEXT.repeat(3));
        let card = post(
            "Mill grinds again",
            "12 May 2031",
            "<p>The mill by the river grinds flour again, after forty years…</p>",
        );
        assert_eq!(articles(&format!("{story}{card}{card}")).len(), 0);
        let comment = post("Well done to all", "By Ola, 17 May 2031", TEXT);
        assert_eq!(
            articles(&story.replace("</article>", &format!("{comment}</article>"))).len(),
            0
        );
        assert_eq!(articles(&format!("{story}<div class=comments>{comment}</div>")).len(), 0);
        let of_thread = |name: &str| post(name, "16 May 2031", TEXT);
        assert_eq!(articles(&(of_thread("islander7") + &of_thread("ola"))).len(), 0);
        let part = |heading: &str| post(heading, "", TEXT);
        assert_eq!(articles(&(part("The storm") + &part("The ferries"))).len(), 0);
    }

    #[test]
    fn entries_below_the_headline_of_an_article_are_parts_of_it() {
        let entries = post("Causeway shut", "09:41, 16 May 2031", TEXT)
            + &post("No trains today", "08:15, 16 May 2031", TEXT);
        let page = format!(
            "<meta property=og:title content='Storm as it happened'><h1>Storm as it happened</h1><p>Follow the latest as the storm crosses the coast tonight, with gusts of eighty miles an hour at the point.</p>{entries}"
        );
        assert_eq!(articles(&page).len(), 0);
        assert_eq!(articles(&format!("<h1>A workshop diary</h1>{entries}")).len(), 2);
    }
}
