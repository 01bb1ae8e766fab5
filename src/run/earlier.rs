//! What of an article stands in earlier stories too: what is cut of it for that, and what is only named. It looks at nothing but the article, what
//! was learned, and what is given to it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Repeat, RepeatedSpan};
use crate::compare::repeat::{RepeatedSentence, RepeatedSentences};
use crate::run::own::own_of;
use crate::run::rewrite::{Cut, Repeats};
use crate::run::treatment::{Paragraphs, Spans, Treatment};
use crate::sentences::Sentence;
use crate::span::Span;

/// A paragraph that an earlier story has too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierParagraph {
    /// Which one of the article, from 0.
    pub paragraph: u32,
    /// The share of it that stands in the first one, from 0 to 1.
    pub similarity: f32,
    /// Where it stands first.
    pub first: Repeats,
}

/// A stretch of the text that an earlier story has too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EarlierSpan {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Where it stands first.
    pub first: Repeats,
}

/// What of an article stands in earlier stories too, in its order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    /// The paragraphs.
    pub paragraphs: Vec<EarlierParagraph>,
    /// The long stretches.
    pub spans: Vec<EarlierSpan>,
}

/// What goes from the ends of an article as boilerplate; `place` says where a sentence stands first.
fn cuts_at_ends<E>(
    learned: &RepeatedSentences,
    sentences: &[Sentence],
    place: impl Fn(RepeatedSentence) -> Result<Repeats, E>,
) -> Result<Vec<Cut>, E> {
    let kept = learned.kept(sentences);
    let mut cuts = Vec::new();
    for side in [0..kept.start, kept.end..sentences.len()] {
        let lesson = sentences[side.clone()]
            .iter()
            .filter_map(|s| learned.lesson(s))
            .max_by_key(|lesson| lesson.stories);
        if let Some(lesson) = lesson {
            let repeats = place(lesson)?;
            cuts.extend(side.map(|sentence| Cut { sentence, repeats: repeats.clone() }));
        }
    }
    Ok(cuts)
}

/// The paragraphs of an article without what was learned, by their numbers.
pub fn kept_paragraphs<'t>(
    text: &'t str,
    sentences: &[Sentence],
    learned: &RepeatedSentences,
) -> Vec<(u32, &'t str)> {
    let texts: Vec<&str> = text.split("\n\n").collect();
    let kept = sentences[learned.kept(sentences)].chunk_by(|a, b| a.paragraph == b.paragraph);
    let numbers = kept.map(|sentences| sentences[0].paragraph);
    numbers.map(|at| (at, texts.get(at as usize).copied().unwrap_or_default())).collect()
}

impl Earlier {
    /// The sentences that go out of an article: boilerplate at its ends, which `place` says where it stands first, and what is dropped of
    /// earlier stories. Never all.
    pub(crate) fn cuts<E>(
        &self,
        (text, sentences): (impl FnOnce() -> String, &[Sentence]),
        learned: &RepeatedSentences,
        treatment: &Treatment,
        place: impl Fn(RepeatedSentence) -> Result<Repeats, E>,
    ) -> Result<Vec<Cut>, E> {
        let kept = learned.kept(sentences);
        let mut cuts = cuts_at_ends(learned, sentences, place)?;
        if treatment.paragraphs == Paragraphs::Drop {
            let mut earlier = self.paragraphs_among(&sentences[kept.clone()]);
            earlier.retain(|(_, earlier)| 1.0 - earlier.similarity <= treatment.loss);
            if earlier.iter().map(|(range, _)| range.len()).sum::<usize>() < kept.len() {
                for (range, EarlierParagraph { first, .. }) in earlier {
                    cuts.extend(
                        range.map(|at| Cut { sentence: kept.start + at, repeats: first.clone() }),
                    );
                }
            }
        }
        if treatment.spans == Spans::Drop && !self.spans.is_empty() {
            let of_spans = covered(&text(), sentences, &self.spans);
            let mut cut: Vec<usize> = cuts.iter().map(|cut| cut.sentence).collect();
            cut.extend(of_spans.iter().map(|(at, _)| *at));
            cut.sort_unstable();
            cut.dedup();
            if cut.len() < sentences.len() {
                let cut = |(sentence, span): (usize, &EarlierSpan)| Cut {
                    sentence,
                    repeats: span.first.clone(),
                };
                cuts.extend(of_spans.into_iter().map(cut));
            }
        }
        cuts.sort_by_key(|cut| cut.sentence);
        cuts.dedup_by_key(|cut| cut.sentence);
        Ok(cuts)
    }

    /// Names in an article, from which nothing is cut yet, what is to be marked.
    pub(crate) fn mark(
        &self,
        article: &mut Article,
        sentences: &[Sentence],
        learned: &RepeatedSentences,
        treatment: &Treatment,
    ) {
        if treatment.paragraphs == Paragraphs::Mark {
            article.provenance.repeats = self.repeats(&sentences[learned.kept(sentences)]);
        }
        if treatment.spans == Spans::Mark {
            let spans = self.spans.iter().filter_map(|EarlierSpan { range, first }| {
                let range = place_in_record(article, sentences, range)?;
                let Repeats { dump, record, article, .. } = first.clone();
                let (dump, article) = (dump.unwrap_or_default(), article.unwrap_or_default());
                Some(RepeatedSpan { range, dump, record, article })
            });
            article.provenance.repeated_spans = spans.collect();
        }
    }

    /// The paragraphs among `kept` sentences, as the article is written.
    fn repeats(&self, kept: &[Sentence]) -> Vec<Repeat> {
        let mut order: Vec<u32> = kept.iter().map(|s| s.paragraph).collect();
        order.dedup();
        let repeat = |(range, earlier): (Range<usize>, &EarlierParagraph)| {
            let Repeats { dump, record, article, id, similarity, .. } = earlier.first.clone();
            let paragraph =
                order.iter().position(|&p| p == kept[range.start].paragraph).unwrap_or(0);
            let similarity = similarity.unwrap_or(1.0);
            Repeat { paragraph, dump, record, article, id, similarity }
        };
        self.paragraphs_among(kept).into_iter().map(repeat).collect()
    }

    /// The paragraphs among `sentences`, as ranges of these.
    fn paragraphs_among(&self, sentences: &[Sentence]) -> Vec<(Range<usize>, &EarlierParagraph)> {
        let mut at = 0;
        let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).map(|sentences| {
            at += sentences.len();
            let number = sentences[0].paragraph;
            let found = self.paragraphs.binary_search_by_key(&number, |earlier| earlier.paragraph);
            (at - sentences.len()..at, found.ok().map(|found| &self.paragraphs[found]))
        });
        paragraphs.filter_map(|(range, found)| Some((range, found?))).collect()
    }
}

/// The sentences of an article's text that stand in stretches as a whole, each with its stretch.
fn covered<'s>(
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
fn place_in_record(
    article: &Article,
    sentences: &[Sentence],
    range: &Range<usize>,
) -> Option<Span> {
    let own = own_of(article, sentences, &[], std::slice::from_ref(range));
    let start = own.iter().map(|own| own.span.start).min()?;
    Some(Span::new(start, own.iter().map(|own| own.span.end).max()?))
}
