//! What the articles of one page have from it, where none of them has its own: the day, the publisher.

use crate::article::Article;
use crate::clean::judge::Verdict;
use crate::clean::mark::{AROUND_RECORDS, Mark, Marks};
use crate::clean::meta::meta_of;
use crate::clean::publisher::{Around, SourceScorer, in_one_line, publisher_of};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind};

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

/// Gives the publisher that a page names to all its articles, where none has one of its own: the likeliest name, or what rules find.
pub(crate) fn inherit_source(
    articles: &mut [Article],
    page: &Page,
    evidence: (&Marks, &[Verdict]),
    scorer: Option<&SourceScorer>,
) {
    if articles.is_empty() || articles.iter().any(|article| article.meta.source.is_some()) {
        return;
    }
    let authors = articles.iter().flat_map(|article| &article.meta.authors);
    let authors: Vec<&str> = authors.map(String::as_str).collect();
    let publisher = with_told((&authors, articles.len()), page, evidence, |around| {
        let told = || around.told.map(str::to_owned);
        scorer.map_or_else(told, |scorer| scorer.publisher(page, around))
    });
    articles.iter_mut().for_each(|article| article.meta.source.clone_from(&publisher));
}

/// The names that may be the publisher's of a page with so many articles by `authors`, and what the scorer sees of them. For training.
pub(crate) fn source_candidates(
    by: (&[&str], usize),
    page: &Page,
    evidence: (&Marks, &[Verdict]),
) -> Vec<(String, Vec<f32>)> {
    with_told(by, page, evidence, |around| SourceScorer::candidates(page, around))
}

/// What `then` makes of all that is known before the publisher is chosen, the publisher that rules find among it.
fn with_told<T>(
    (authors, articles): (&[&str], usize),
    page: &Page,
    (marks, verdicts): (&Marks, &[Verdict]),
    then: impl FnOnce(Around) -> T,
) -> T {
    // None of the text, and nothing else that is known.
    let is_free = |index: usize| {
        let is_around = |mark: &Mark| mark.by == Decider::Detector(AROUND_RECORDS.name);
        verdicts[index].kind == Kind::Nav && marks.of(index).is_none_or(is_around)
    };
    let told = publisher_of(page, is_free, authors, articles > 1).map(|name| in_one_line(&name));
    then(Around { marks, verdicts, authors, articles, told: told.as_deref() })
}
