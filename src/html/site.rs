//! A rendered page with what the stages need to know of it: evidence on its blocks, its headline, what it says of itself.

use super::evidence::Evidence;
use super::metadata::PageMeta;
use super::rendered::Rendered;
use crate::article::Article;
use crate::mark::same_text;
use crate::page::{Page, fold};
use crate::segment::Segment;

/// What a page tells beyond its text.
#[derive(Debug)]
pub(crate) struct Site<'r> {
    /// What its elements say about each block.
    pub(crate) evidence: Vec<Evidence>,
    meta: &'r PageMeta,
}

impl<'r> Site<'r> {
    pub(crate) fn of(rendered: &'r Rendered, page: &Page) -> Self {
        Self { evidence: rendered.evidence(page), meta: &rendered.meta }
    }

    /// All blocks as one article, where the page says that it is one, with the block that is its headline.
    pub(crate) fn whole(&self, page: &Page) -> Option<Segment> {
        let title = self.headline(page);
        (title.is_some() || self.meta.is_article).then_some(Segment { blocks: 0..page.blocks.len(), title, feed: None })
    }

    /// The heading that is the headline which the page names; without such a name, or none that fits, the only heading of the first level.
    fn headline(&self, page: &Page) -> Option<usize> {
        let named: Vec<String> = self.meta.headlines.iter().map(|headline| fold(headline)).collect();
        let headings = |most: u8| (0..page.blocks.len()).filter(move |&i| (1..=most).contains(&self.evidence[i].heading));
        let fits = |index: &usize| named.iter().any(|name| is_named(page.folded(*index), name));
        headings(1).find(fits).or_else(|| headings(3).find(fits)).or_else(|| {
            let only = headings(1).next().filter(|&only| headings(1).all(|other| page.folded(other) == page.folded(only)))?;
            let begins = || page.folded(only).len() >= 4 && named.iter().any(|name| name.starts_with(page.folded(only)));
            (page.blocks[only].is_headline_like() && page.blocks[only].shape.words >= 3 || begins()).then_some(only)
        })
    }

    /// Whether the page says what its headline is.
    pub(crate) fn names_headline(&self) -> bool {
        !self.meta.headlines.is_empty()
    }

    /// Fills in what the text does not say, and what the page says better.
    pub(crate) fn complete(&self, articles: &mut [Article]) {
        let Some(article) = articles.iter_mut().max_by_key(|article| article.text.len()) else { return };
        if article.title.is_none() {
            article.title = self.meta.headlines.first().map(|headline| self.meta.without_site(headline).to_owned());
        }
        let meta = &mut article.meta;
        if self.meta.published.is_some() {
            meta.published.clone_from(&self.meta.published);
        }
        if !self.meta.authors.is_empty() {
            meta.authors.clone_from(&self.meta.authors);
        } else if meta.authors.is_empty() {
            meta.authors.clone_from(&self.meta.maybe_authors);
        }
        if self.meta.publisher.is_some() {
            meta.source.clone_from(&self.meta.publisher);
        }
        if meta.language.is_none() {
            meta.language.clone_from(&self.meta.language);
        }
        article.url.clone_from(&self.meta.url);
    }
}

/// Whether a heading is what the page names, with or without the name of the site.
fn is_named(heading: &str, name: &str) -> bool {
    heading.len() >= 4 && (same_text(heading, name) || heading.len() * 2 > name.len() && (name.starts_with(heading) || name.ends_with(heading)))
}
