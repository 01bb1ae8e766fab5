//! A page of HTML read: what it shows and what it states.

use crate::html::evidence::dom_features::DomFeatures;
use crate::html::headline::headline_of;
use crate::html::hidden_text::hidden_text;
use crate::html::markdown::front_matter::FrontMatter;
use crate::html::markup::selector::Selector;
use crate::html::shown::hidden::Revealed;
use crate::html::shown::reading::Reading;
use crate::html::shown::render::Renderer;
use crate::html::shown::rendered::Rendered;
use crate::html::side_by_side::ArticleElement;
use crate::html::stated::metadata::PageMeta;
use crate::html::stated_text::found::StatedText;
use crate::html::thresholds::HtmlThresholds;
use crate::html::unfolded::Unfolded;
use crate::page::{Block, Page};

/// A page of HTML: what it shows, and what it states of itself.
#[derive(Debug, Default)]
pub struct HtmlPage {
    /// The text that it shows.
    pub shown: Rendered,
    /// What it states of its article.
    pub(crate) stated: PageMeta,
    /// The text that it states of its article.
    pub(crate) text: StatedText,
    /// Whether it is one of Markdown, whose elements have no names and roles.
    pub(crate) is_markdown: bool,
    /// Whether it is an article that dechaff has cleaned.
    pub(crate) is_clean: bool,
}

/// What a page is read by: the numbers, and what is to be selected.
type By<'b> = (&'b HtmlThresholds, &'b [&'b Selector]);

impl HtmlPage {
    /// Reads a page, by the default thresholds.
    #[must_use]
    pub fn of(source: &str) -> Self {
        Self::with(source, &HtmlThresholds::default())
    }

    /// Reads a page of Markdown as the page of HTML that it stands for, by the default thresholds. All places are those of the Markdown.
    #[must_use]
    pub fn of_markdown(source: &str) -> Self {
        Self::with_markdown(source, &HtmlThresholds::default())
    }

    /// The block of `page`, which was read from what it shows, that is the headline.
    pub(crate) fn headline(&self, page: &Page) -> Option<usize> {
        headline_of(page, &self.shown.levels(page), &self.stated)
    }

    /// The articles of a page of several `article` elements; none of one that is an article, or a text with parts, below `headline`.
    pub(crate) fn articles(
        &self,
        page: &Page,
        headline: Option<usize>,
        t: &HtmlThresholds,
    ) -> Vec<ArticleElement> {
        let articles = self.shown.side_by_side(page, &self.shown.levels(page), &t.side_by_side);
        let Some(first) = articles.first().map(|article| article.blocks.start) else {
            return articles;
        };
        let is_above = headline.is_some_and(|headline| headline < first);
        let is_opened = page.blocks[..first].iter().any(Block::is_prose);
        if is_above && (self.stated.is_article || is_opened) { Vec::new() } else { articles }
    }

    /// What its elements say about each block of `page`, whose headline is given.
    pub(crate) fn evidence(
        &self,
        page: &Page,
        headline: Option<usize>,
        t: &HtmlThresholds,
    ) -> Vec<DomFeatures> {
        self.shown.evidence(page, headline, &self.text, &t.evidence)
    }

    /// Reads a page, and the pages that its frames hold, and those that their frames hold.
    #[must_use]
    pub(crate) fn with(source: &str, t: &HtmlThresholds) -> Self {
        Self::selecting(source, t, &[])
    }

    /// The same, and notes where the elements stand that selectors select.
    #[must_use]
    pub(crate) fn selecting(source: &str, t: &HtmlThresholds, selectors: &[&Selector]) -> Self {
        let listings = Unfolded::of_listings(source);
        let Some(listings) = listings else { return Self::unfolded(source, (t, selectors), 2) };
        let mut page = Self::unfolded(&listings.text, (t, selectors), 2);
        page.shown.pieces = listings.to_source(page.shown.pieces);
        page
    }

    /// Reads a page of Markdown as the page of HTML that it stands for.
    #[must_use]
    pub(crate) fn with_markdown(source: &str, t: &HtmlThresholds) -> Self {
        let front = FrontMatter::of(source);
        let linked = Unfolded::of_open_links(source, front.end);
        let mended = match &linked {
            Some(linked) => Unfolded::of_mended(&linked.text, 0),
            None => Unfolded::of_mended(source, front.end),
        };
        let unfolded = Unfolded::of_markdown(&mended.text, &front);
        let mut page = Self::with(&unfolded.text, t);
        page.is_markdown = true;
        page.is_clean = front.is_of_article();
        let pieces = mended.to_source(unfolded.to_source(page.shown.pieces));
        page.shown.pieces = match linked {
            Some(linked) => linked.to_source(pieces),
            None => pieces,
        };
        page
    }

    /// Reads a page with so many levels of pages in frames.
    fn unfolded(source: &str, by: By, levels: usize) -> Self {
        let unfolded = if levels > 0 { Unfolded::of_frames(source) } else { None };
        let Some(unfolded) = unfolded else { return Self::folded(source, by) };
        let mut page = Self::unfolded(&unfolded.text, by, levels - 1);
        page.shown.pieces = unfolded.to_source(page.shown.pieces);
        page
    }

    /// Reads a page, and what of the text that it states it does not print.
    fn folded(source: &str, by: By) -> Self {
        let t = by.0;
        let mut page = Self::printed(source, by);
        page.text = StatedText::of(source, &page.stated.linked_data, &t.stated_text);
        if page.text.is_empty() && page.shown.text.len() < t.little_text {
            page.text = StatedText::in_data(source, &t.stated_text);
        }
        if let Some(unfolded) = page.text.unfolded(source, &page.shown, &t.stated_text) {
            page.shown = Self::printed(&unfolded.text, by).shown;
            page.shown.pieces = unfolded.to_source(page.shown.pieces);
        }
        page
    }

    /// Reads what a page prints. Where it hides nearly all of its text, as some do until a script runs, what is hidden is shown; of another page
    /// the hidden elements that hold much of its text.
    fn printed(source: &str, (t, selectors): By) -> Self {
        let read = |revealed: Revealed| Renderer::new(source, revealed, t, selectors).run();
        let Reading { mut shown, mut stated, left_out, .. } = read(Revealed::None);
        let shown_bytes = shown.text.len();
        if shown_bytes < t.little_text && left_out.bytes > t.hidden_per_shown * shown_bytes {
            Reading { shown, stated, .. } = read(Revealed::All);
        } else if left_out.in_lines >= t.hidden.least_bytes {
            let all = read(Revealed::All);
            let those = hidden_text(&shown, &all.shown, &all.hidden_elements, &t.hidden);
            if !those.is_empty() {
                Reading { shown, stated, .. } = read(Revealed::Those(&those));
            }
        }
        Self { shown, stated, ..Self::default() }
    }
}
