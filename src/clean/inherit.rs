//! What the articles of one page have from it, where none of them has its own: the day, the publisher.

use crate::article::Article;
use crate::clean::judge::Verdict;
use crate::clean::meta::meta_of;
use crate::clean::publisher::publisher_of;
use crate::clean::segment::Segment;
use crate::page::Page;

/// Gives the day of the whole to its articles, where none of them has a day of its own.
pub(crate) fn inherit_day(articles: &mut [Article], day: Option<&String>) {
    if articles.iter().all(|article| article.meta.published.is_none()) {
        articles.iter_mut().for_each(|article| article.meta.published = day.cloned());
    }
}

/// Gives the day above the headline of the first article to the others, where that is the only day: it is that of the issue.
pub(crate) fn inherit_issue(
    articles: &mut [Article],
    page: &Page,
    first: &Segment,
    verdicts: &[Verdict],
) {
    /// Articles of the shortest issue.
    const ARTICLES: usize = 3;
    let [own, others @ ..] = articles else { return };
    let is_only = others.iter().all(|article| article.meta.published.is_none());
    if others.len() + 1 < ARTICLES || !is_only || own.meta.published.is_none() {
        return;
    }
    let title = first.title.unwrap_or(first.blocks.start);
    let above =
        Segment { blocks: first.blocks.start..title, is_around: true, ..Segment::default() };
    let about = meta_of(page, &above, verdicts, None);
    if about.published == own.meta.published {
        others.iter_mut().for_each(|article| article.meta.published.clone_from(&about.published));
    }
}

/// Gives the publisher that a page names to all its articles, where none has one of its own. `is_free` says of a block whether nothing is known
/// of it but that it is no text.
pub(crate) fn inherit_source(
    articles: &mut [Article],
    page: &Page,
    is_free: impl Fn(usize) -> bool,
) {
    if articles.iter().all(|article| article.meta.source.is_none()) {
        let authors = articles.iter().flat_map(|article| &article.meta.authors);
        let authors: Vec<&str> = authors.map(String::as_str).collect();
        let publisher = publisher_of(page, is_free, &authors, articles.len() > 1);
        articles.iter_mut().for_each(|article| article.meta.source.clone_from(&publisher));
    }
}
