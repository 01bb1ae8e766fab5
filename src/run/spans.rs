//! Long stretches that several stories of a run have word for word: where they stand, and which sentences go with them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::compare::spans::{SharedSpan, SpanFinder};
use crate::error::Result;
use crate::run::earlier::EarlierSpan;
use crate::run::own::own_of;
use crate::run::stash::Stashed;
use crate::sentences::Sentence;
use crate::span::Span;

/// How to treat a stretch of fifty words and more that several stories have word for word, wherever it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Spans {
    /// It stays in every story.
    #[default]
    Keep,
    /// It stays, and the later stories say where it stands, and where first.
    Mark,
    /// Its sentences stay in the first story alone.
    Drop,
}

/// For each article that has any, the stretches that an earlier one has too; the articles are of different stories, in order.
pub(crate) fn shared_spans(
    stash: &Stashed,
    articles: impl Iterator<Item = usize> + Clone,
) -> Result<FxHashMap<usize, Vec<SharedSpan<u32>>>> {
    let mut finder = SpanFinder::default();
    articles.clone().for_each(|article| finder.push(article as u32, &stash.text(article)));
    let mut samples = finder.finish();
    let mut shared = FxHashMap::default();
    for article in articles {
        let other = |earlier: u32| stash.text(earlier as usize);
        let found = samples.of(article as u32, &stash.text(article), other);
        if !found.is_empty() {
            shared.insert(article, found);
        }
    }
    stash.check()?;
    Ok(shared)
}

/// The sentences of an article's text that stand in stretches as a whole, each with its stretch.
pub(crate) fn covered<'s>(
    text: &str,
    sentences: &[Sentence],
    spans: &'s [EarlierSpan],
) -> Vec<(usize, &'s EarlierSpan)> {
    let ranges = ranges_of(text, sentences);
    let holder = |(at, range): (usize, Range<usize>)| {
        let words = text.get(range.clone())?;
        let start = range.start + words.find(char::is_alphanumeric)?;
        let end = range.start + words.rfind(char::is_alphanumeric)?;
        let span = spans.get(spans.partition_point(|span| span.range.end <= end))?;
        (span.range.start <= start).then_some((at, span))
    };
    ranges.into_iter().enumerate().filter_map(holder).collect()
}

/// Where the sentences of an article stand in its text.
fn ranges_of(text: &str, sentences: &[Sentence]) -> Vec<Range<usize>> {
    let (mut ranges, mut start) = (Vec::with_capacity(sentences.len()), 0);
    let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    for (paragraph, sentences) in text.split("\n\n").zip(paragraphs) {
        let mut from = 0;
        for sentence in sentences {
            let is_apart = paragraph.get(from..).is_some_and(|rest| rest.starts_with(' '));
            from += usize::from(from > 0 && is_apart);
            let end = from + sentence.squeezed as usize;
            ranges.push(start + from..start + end);
            from = end;
        }
        start += paragraph.len() + 2;
    }
    ranges
}

/// Where a stretch stands in the record of its article, from which nothing is cut.
pub(crate) fn place_in_record(
    article: &Article,
    sentences: &[Sentence],
    range: &Range<usize>,
) -> Option<Span> {
    let own = own_of(article, sentences, &[], std::slice::from_ref(range));
    let start = own.iter().map(|own| own.span.start).min()?;
    Some(Span::new(start, own.iter().map(|own| own.span.end).max()?))
}
