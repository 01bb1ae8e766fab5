//! What of an article stands in earlier stories too: what is cut of it for that, and what is only named. It looks at nothing but the article, what
//! was learned, and what is given to it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Repeat, RepeatedSpan};
use crate::compare::repeat::{RepeatedSentence, RepeatedSentences};
use crate::run::publish::Paragraphs;
use crate::run::published::cuts_at_ends;
use crate::run::rewrite::{Cut, Repeats};
use crate::run::spans::{Spans, covered, place_in_record};
use crate::sentences::Sentence;

/// How to treat what several stories share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Treatment {
    /// Paragraphs, nearly as they are in an earlier story.
    pub paragraphs: Paragraphs,
    /// Long stretches, word for word.
    pub spans: Spans,
    /// The share of a paragraph that may be lost where it is dropped.
    pub loss: f32,
}

impl Treatment {
    /// Whether something is cut of articles.
    #[must_use]
    pub fn drops(&self) -> bool {
        self.paragraphs == Paragraphs::Drop || self.spans == Spans::Drop
    }

    /// Whether something is only named in articles.
    #[must_use]
    pub fn marks(&self) -> bool {
        self.paragraphs == Paragraphs::Mark || self.spans == Spans::Mark
    }
}

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
