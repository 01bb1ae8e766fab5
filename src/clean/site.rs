//! A rendered page with what the stages need to know of it: evidence on its blocks, its headline, what it says of itself.

use std::ops::Range;

use crate::article::{Article, Meta};
use crate::bylines;
use crate::clean::build::{Elements, resolve_links};
use crate::clean::chosen::Chosen;
use crate::clean::mark::Marks;
use crate::clean::segment::Segment;
use crate::clean::stated::{Stated, Word, merge};
use crate::dates;
use crate::html::evidence::dom_features::DomFeatures;
use crate::html::shown::rendered::Rendered;
use crate::html::stated::metadata::PageMeta;
use crate::html::{ArticleElement, AuthorThresholds, HtmlPage, HtmlThresholds};
use crate::page::Page;
use crate::span::{Kind, Span};
use crate::text::fold;

/// What a page tells beyond its text.
#[derive(Debug)]
pub(crate) struct PageContext<'r> {
    /// What its elements say about each block.
    pub(crate) evidence: Vec<DomFeatures>,
    /// The block that is the headline.
    headline: Option<usize>,
    /// The articles of a page that has several elements for them.
    articles: Vec<ArticleElement>,
    /// Whether it was written in Markdown.
    pub(crate) is_markdown: bool,
    /// Whether it is an article that was cleaned before.
    pub(crate) is_clean: bool,
    /// What a user's rules say of its elements.
    pub(crate) chosen: Chosen,
    /// Which names are those of authors.
    names: AuthorThresholds,
    meta: &'r PageMeta,
    rendered: &'r Rendered,
}

impl<'r> PageContext<'r> {
    pub(crate) fn of(source: &'r HtmlPage, page: &Page, thresholds: &HtmlThresholds) -> Self {
        let rendered = &source.shown;
        let headline = source.headline(page);
        let articles = source.articles(page, headline, thresholds);
        // Of several articles none is the one that the page is about.
        let headline = headline.filter(|_| articles.is_empty());
        let evidence = source.evidence(page, headline, thresholds);
        let &HtmlPage { is_markdown, is_clean, .. } = source;
        let (chosen, meta, names) = (Chosen::default(), &source.stated, thresholds.names.clone());
        Self { names, evidence, headline, articles, is_markdown, is_clean, chosen, meta, rendered }
    }

    /// What its elements say of the build of the text.
    pub(crate) fn elements(&self, page: &Page) -> Elements<'r> {
        Elements::of(page, self.rendered)
    }

    /// All blocks as one article, where the page says that it is one, with the block that is its headline.
    pub(crate) fn whole(&self, page: &Page) -> Option<Segment> {
        let title = self.headline;
        (title.is_some() || self.meta.is_article).then_some(Segment {
            blocks: 0..page.blocks.len(),
            title,
            is_named: !self.meta.headlines.is_empty(),
            ..Segment::default()
        })
    }

    /// The articles of a page that has several elements for them, each with what follows it up to the next; none of another page.
    pub(crate) fn side_by_side(&self, page: &Page) -> Option<Vec<Segment>> {
        let first = self.articles.first()?.blocks.start;
        let above = (first > 0).then(|| Segment {
            blocks: 0..first,
            is_named: true,
            is_around: true,
            ..Segment::default()
        });
        let starts = self.articles.iter().skip(1).map(|article| article.blocks.start);
        let ends = starts.chain([page.blocks.len()]);
        let articles = self.articles.iter().zip(ends).map(|(article, end)| Segment {
            title: Some(article.heading),
            blocks: article.blocks.start..end,
            is_item: true,
            ..Segment::default()
        });
        Some(above.into_iter().chain(articles).collect())
    }

    /// Whether the page is a list of stories, each with a day and a heading of one level: the heading above them is the name of the list.
    pub(crate) fn is_list(&self, page: &Page) -> bool {
        /// The part of the page's text that they hold, at least.
        const MOST: f32 = 0.6;
        let headline = self.headline;
        if self.meta.is_article || headline.is_some_and(|at| self.evidence[at].series().is_some()) {
            return false;
        }
        let of_level = |level: u8| {
            self.evidence.iter().enumerate().filter(move |(at, block)| {
                let is_name =
                    || page.blocks[*at].shape.words > 1 && !dates::is_date_line(page.text_of(*at));
                block.heading == level && is_name()
            })
        };
        (1..=4).any(|level| {
            let heads = of_level(level).filter_map(|(_, block)| block.series());
            let heads: Vec<(u32, f32)> = heads.filter(|(_, text)| *text >= MOST).collect();
            heads.first().is_some_and(|(count, _)| heads.len().abs_diff(*count as usize) <= 1)
        })
    }

    /// The stories of a page that stand each under a heading of one level, where each has a line with its author or its day, or a link in its
    /// heading or below its text. None where a text stands above the first of them, as it does above the sections of one, or where most headings ask
    /// something.
    pub(crate) fn digest(&self, page: &Page, marks: &Marks) -> Option<Vec<Segment>> {
        /// Stories, at least.
        const STORIES: usize = 3;
        /// Words of the paragraphs of half of them, at least.
        const WORDS: u32 = 20;
        /// Percent of all words that the longest of them has, at most.
        const LONGEST: u32 = 60;
        /// The part of a heading or a button that is a link, at least.
        const LINKED: f32 = 0.9;
        if self.meta.is_article {
            return None;
        }
        let blocks = &page.blocks;
        let words = |range: Range<usize>| -> u32 {
            blocks[range].iter().filter(|block| block.is_prose()).map(|b| b.shape.words).sum()
        };
        let is_about = |at: usize| {
            let is_line = !blocks[at].is_prose();
            let text = page.text_of(at);
            let is_button =
                marks.kind(at) == Some(Kind::Teaser) && self.evidence[at].linked >= LINKED;
            is_line && (is_button || bylines::is_byline(text, blocks[at].shape.digits > 0))
        };
        let is_told = |story: &Range<usize>| {
            self.evidence[story.start].linked >= LINKED
                || (story.start + 1..story.end).any(is_about)
        };
        (2..=4).find_map(|level| {
            // A day over the heading of a story is none itself.
            let is_day = |at: usize| {
                self.evidence.get(at + 1).is_some_and(|below| below.heading > level)
                    && dates::is_date_line(page.text_of(at))
            };
            let heads: Vec<usize> = (0..blocks.len())
                .filter(|&at| self.evidence[at].heading == level && blocks[at].shape.words > 1)
                .filter(|&at| !is_day(at))
                .collect();
            let ends = heads.iter().skip(1).copied().chain([blocks.len()]);
            let stories: Vec<Range<usize>> =
                heads.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
            let mut sizes: Vec<u32> = stories.iter().cloned().map(words).collect();
            sizes.sort_unstable();
            let asks = |head: &&usize| page.text_of(**head).ends_with(['?', '？']);
            let is_digest = stories.len() >= STORIES
                && words(0..heads[0]) == 0
                && self.headline.is_none_or(|headline| headline <= heads[0])
                && sizes[sizes.len() - 1] * 100 <= sizes.iter().sum::<u32>() * LONGEST
                && sizes[0] > 0
                && sizes[sizes.len() / 2] >= WORDS
                && heads.iter().filter(asks).count() * 2 <= heads.len()
                && stories.iter().all(is_told);
            is_digest.then(|| {
                let above = (heads[0] > 0).then(|| Segment {
                    blocks: 0..heads[0],
                    is_named: true,
                    is_around: true,
                    ..Segment::default()
                });
                let story = |blocks: Range<usize>| Segment {
                    title: Some(blocks.start),
                    blocks,
                    is_item: true,
                    ..Segment::default()
                };
                above.into_iter().chain(stories.into_iter().map(story)).collect()
            })
        })
    }

    /// Whether the page names its headline, in its head or for machines.
    pub(crate) fn names_headline(&self) -> bool {
        !self.meta.headlines.is_empty()
    }

    /// Whether the page says of itself that it is an article.
    pub(crate) fn is_article(&self) -> bool {
        self.meta.is_article
    }

    /// The part of a heading that is the headline: without the name of the site behind it, and without a label, such as a day, before the
    /// name that the page gives, where an element begins or ends between the two.
    fn name_within(&self, heading: Span) -> Span {
        let named = Span::new(
            heading.start,
            heading.start + self.meta.without_site(heading.of(&self.rendered.text)).len(),
        );
        let text = named.of(&self.rendered.text);
        let name_at = |name: &String| {
            text.strip_suffix(name.as_str())
                .filter(|label| !label.is_empty())
                .map(|label| named.start + label.len())
        };
        let behind_label = self
            .meta
            .headlines
            .iter()
            .filter_map(name_at)
            .find(|&at| self.rendered.begins_element(at));
        Span::new(behind_label.unwrap_or(named.start), named.end)
    }

    /// Whether the page names itself by the title of an article.
    fn names(&self, article: &Article) -> bool {
        let Some(title) = article.title.as_deref().map(fold) else { return false };
        let is_title = |headline: &String| fold(self.meta.without_site(headline)) == title;
        self.meta.headlines.iter().any(is_title)
    }

    /// Fills in what the text does not say, and what the page says better.
    pub(crate) fn complete(&self, articles: &mut [Article]) {
        if let Some(base) = &self.rendered.outline.base {
            articles.iter_mut().for_each(|article| resolve_links(article, base));
        }
        let (several, word) = match articles {
            [_, _, ..] => (true, Word::Text),
            _ => (false, Word::Stated),
        };
        // Of several articles it speaks of the one that it names, or may speak of any of them.
        let named = articles.iter().position(|article| several && self.names(article));
        let named = named.or_else(|| {
            let longest = (0..articles.len()).max_by_key(|&at| articles[at].text.len());
            longest.filter(|_| !several || self.articles.is_empty())
        });
        if several && !self.articles.is_empty() {
            let of_page = Meta {
                source: self.meta.publisher.clone(),
                language: self.meta.language.clone(),
                ..Meta::default()
            };
            for article in articles.iter_mut() {
                merge(article, Stated { meta: of_page.clone(), ..Stated::default() }, word);
            }
        }
        if several {
            let titles: Vec<_> = articles.iter().map(|article| article.provenance.title).collect();
            let days = self.rendered.days_of_entries(&titles);
            let authors = self.rendered.authors_of_entries(&titles, &self.names);
            for (article, (published, authors)) in
                articles.iter_mut().zip(days.into_iter().zip(authors))
            {
                let meta = Meta { published, ..Meta::default() };
                merge(article, Stated { meta, ..Stated::default() }, Word::Stated);
                let meta = Meta { authors, ..Meta::default() };
                merge(article, Stated { meta, ..Stated::default() }, Word::Text);
            }
        }
        let Some(article) = named.map(|at| &mut articles[at]) else { return };
        if let Some(place) = article.provenance.title.as_mut() {
            *place = self.name_within(*place);
            article.title = Some(
                place.of(&self.rendered.text).split_whitespace().collect::<Vec<_>>().join(" "),
            );
        }
        let headline = self.meta.headlines.first();
        let certain = Meta {
            published: self.meta.published.clone(),
            source: self.meta.publisher.clone(),
            authors: self.meta.authors.clone(),
            language: self.meta.language.clone(),
        };
        let stated = Stated {
            title: headline.map(|headline| self.meta.without_site(headline).to_owned()),
            url: self.meta.url.clone(),
            meta: certain,
        };
        merge(article, stated, word);
        let doubtful = Meta { authors: self.meta.maybe_authors.clone(), ..Meta::default() };
        merge(article, Stated { meta: doubtful, ..Stated::default() }, Word::Text);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const TEXT: &str = "<p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>";

    /// The title of a page, and what stands at its place.
    fn title(head: &str, body: &str) -> (String, String) {
        let source = format!("<!DOCTYPE html><head>{head}</head><body>{body}{TEXT}</body>");
        let article =
            Cleaner::new(Options::default()).unwrap().clean_html(&source).articles.remove(0);
        (article.title.unwrap(), article.provenance.title.unwrap().of(&source).to_owned())
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_headline() {
        let (title, place) = title(
            "<meta property='og:site_name' content='The Gazette'>",
            "<h1>Quay &amp; railings reopen after storm – The Gazette</h1>",
        );
        assert_eq!(
            (title.as_str(), place.as_str()),
            ("Quay & railings reopen after storm", "Quay &amp; railings reopen after storm")
        );
    }

    #[test]
    fn a_label_in_an_element_of_its_own_is_no_part_of_the_headline() {
        let name = "<meta property='og:title' content='Quay reopens after storm'>";
        assert_eq!(
            title(name, "<h1><i>Jun 16</i> <a href=/quay>Quay reopens after storm</a></h1>").0,
            "Quay reopens after storm"
        );
        assert_eq!(
            title(name, "<h1>In pictures: Quay reopens after storm</h1>").0,
            "In pictures: Quay reopens after storm"
        );
    }

    #[test]
    fn the_heading_of_the_site_is_no_headline() {
        let names = "<meta property='og:title' content='Quay reopens'><title>Quay reopens - Harbour Gazette</title>";
        assert_eq!(title(names, "<h1>Harbour Gazette</h1><h1>Quay reopens</h1>").0, "Quay reopens");
    }
}
