//! Which sentences are boilerplate, counted over a run.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::compare::Thresholds;
use crate::error::Result;
use crate::sentences::Sentence;

/// How often edges are looked at again after what was learned is taken from them.
pub const ROUNDS: usize = 12;

/// What is known of a sentence that is boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepeatedSentence {
    /// Different stories at whose edge it stands.
    pub stories: u32,
    /// The first article of those, by its number.
    pub first: u32,
}

/// The sentences that are boilerplate.
#[derive(Debug, Default)]
pub struct RepeatedSentences {
    sentences: FxHashMap<u64, RepeatedSentence>,
    thresholds: Thresholds,
}

/// A sentence at the edge of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    hash: u64,
    story: u32,
    article: u32,
}

/// What is counted of a sentence at the edges of articles that come story by story, each once.
#[derive(Debug)]
pub(crate) struct AtEdges<D> {
    stories: u32,
    articles: u64,
    /// The story that came last, and the first article.
    last: Option<D>,
    first: Option<D>,
}

impl<D: Copy + Ord> AtEdges<D> {
    pub(crate) fn none() -> Self {
        Self { stories: 0, articles: 0, last: None, first: None }
    }

    pub(crate) fn add(&mut self, story: D, article: D) {
        self.stories += u32::from(self.last.replace(story) != Some(story));
        self.articles += 1;
        self.first = self.first.min(Some(article)).or(Some(article));
    }

    /// How many stories there are, the first article, and how many articles, where there are at least `least` stories.
    pub(crate) fn of_stories(self, least: u32) -> Option<(u32, D, u64)> {
        let first = self.first.filter(|_| self.stories >= least)?;
        Some((self.stories, first, self.articles))
    }
}

impl RepeatedSentences {
    /// Learns from articles, which `each` shows one after another, every time it is called: sentences that stand at the edge of at least
    /// `least` stories, and hardly ever within one. `story_of` says of each article, by its number, of which story it is: copies are of one.
    ///
    /// Only what stands at edges is held in memory, some hundred bytes an article.
    ///
    /// # Errors
    /// Those of `each`.
    pub(crate) fn learn(
        story_of: &[u32],
        least: u32,
        thresholds: Thresholds,
        mut each: impl FnMut(&mut dyn FnMut(usize, &[Sentence])) -> Result<()>,
    ) -> Result<RepeatedSentences> {
        let mut learned = RepeatedSentences { thresholds, ..RepeatedSentences::default() };
        for _ in 0..ROUNDS {
            let mut edges: Vec<Edge> = Vec::new();
            each(&mut |article, sentences| {
                let edge = |hash| Edge { hash, story: story_of[article], article: article as u32 };
                edges.extend(learned.edges(sentences).map(edge));
            })?;
            edges.sort_unstable();
            edges.dedup_by_key(|edge| (edge.hash, edge.article));
            let mut candidates: FxHashMap<u64, (RepeatedSentence, u64)> = edges
                .chunk_by(|a, b| a.hash == b.hash)
                .filter_map(|same| {
                    let mut counted = AtEdges::none();
                    same.iter().for_each(|edge| counted.add(edge.story, edge.article));
                    let (stories, first, articles) = counted.of_stories(least)?;
                    Some((same[0].hash, (RepeatedSentence { stories, first }, articles)))
                })
                .collect();
            drop(edges);
            let everywhere = count_articles(&candidates, &mut each)?;
            candidates.retain(|hash, (_, at_edge)| {
                let everywhere = everywhere.get(hash).copied().unwrap_or(0);
                learned.is_boilerplate(*at_edge, everywhere)
            });
            if candidates.is_empty() {
                break;
            }
            learned
                .sentences
                .extend(candidates.into_iter().map(|(hash, (lesson, _))| (hash, lesson)));
        }
        Ok(learned)
    }

    /// Nothing learned yet; `thresholds` say what counts.
    #[must_use]
    pub fn with_thresholds(thresholds: Thresholds) -> Self {
        Self { thresholds, ..Self::default() }
    }

    /// Learns that the sentences with this hash are boilerplate.
    pub fn add(&mut self, hash: u64, lesson: RepeatedSentence) {
        self.sentences.insert(hash, lesson);
    }

    /// The hashes of the sentences at the edges of an article, of what is left of it by what was learned so far; one may come twice.
    pub fn edges<'s>(&'s self, sentences: &'s [Sentence]) -> impl Iterator<Item = u64> + 's {
        let kept = &sentences[self.kept(sentences)];
        let ends = [kept.first(), kept.last()].map(|end| end.map(|s| s.paragraph));
        let at_edge = move |s: &&Sentence| !self.is_short(s) && ends.contains(&Some(s.paragraph));
        kept.iter().filter(at_edge).map(|s| s.hash)
    }

    /// Whether a sentence is boilerplate that stands at the edge of so many articles, and in so many anywhere.
    #[must_use]
    pub fn is_boilerplate(&self, at_edge: u64, everywhere: u64) -> bool {
        at_edge as f64 / everywhere as f64 >= self.thresholds.at_edge
    }

    /// What is known of a sentence; None where it is no boilerplate.
    #[must_use]
    pub(crate) fn lesson(&self, sentence: &Sentence) -> Option<RepeatedSentence> {
        self.sentences.get(&sentence.hash).copied().filter(|_| !self.is_short(sentence))
    }

    /// Whether a sentence is too short to tell one story from another.
    fn is_short(&self, sentence: &Sentence) -> bool {
        sentence.letters < self.thresholds.sentence
    }

    /// Whether nothing was learned.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// What is left of an article when boilerplate is taken from both its ends; short sentences beyond it go with it. All of it where
    /// nothing would be left.
    #[must_use]
    pub(crate) fn kept(&self, sentences: &[Sentence]) -> Range<usize> {
        if self.is_empty() {
            return 0..sentences.len();
        }
        let boilerplate = |at: &usize| self.lesson(&sentences[*at]).is_some();
        let loose = |at: &usize| boilerplate(at) || self.is_short(&sentences[*at]);
        let end = (0..sentences.len())
            .rev()
            .take_while(loose)
            .filter(boilerplate)
            .last()
            .unwrap_or(sentences.len());
        let start = (0..sentences.len())
            .take_while(loose)
            .filter(boilerplate)
            .last()
            .map_or(0, |at| at + 1);
        if start < end { start..end } else { 0..sentences.len() }
    }
}

/// In how many articles each candidate stands, wherever in them.
fn count_articles(
    candidates: &FxHashMap<u64, (RepeatedSentence, u64)>,
    each: &mut impl FnMut(&mut dyn FnMut(usize, &[Sentence])) -> Result<()>,
) -> Result<FxHashMap<u64, u64>> {
    let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
    if candidates.is_empty() {
        return Ok(counts);
    }
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    each(&mut |_, sentences| {
        seen.clear();
        for sentence in sentences.iter().filter(|s| candidates.contains_key(&s.hash)) {
            if seen.insert(sentence.hash) {
                *counts.entry(sentence.hash).or_default() += 1;
            }
        }
    })?;
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences_of;
    use crate::span::Span;

    /// The sentences of an article whose paragraphs stand on lines of their own.
    fn article(text: &str) -> Vec<Sentence> {
        let mut at = 0;
        let spans: Vec<_> = text
            .split('\n')
            .map(|line| (Span::new(at, at + line.len()), at += line.len() + 1).0)
            .map(|span| vec![span])
            .collect();
        sentences_of(text, &spans)
    }

    fn learn(articles: &[Vec<Sentence>], story_of: &[u32]) -> RepeatedSentences {
        RepeatedSentences::learn(story_of, 4, Thresholds::default(), |show| {
            articles.iter().enumerate().for_each(|(number, sentences)| show(number, sentences));
            Ok(())
        })
        .unwrap()
    }

    /// Four stories that `around` closes.
    fn four(close: impl Fn(usize) -> String) -> Vec<Vec<Sentence>> {
        let story = |n: usize| {
            format!(
                "The harbour board met for the {n}th time this winter.\nIts members spoke of quay number {n} all day.\n{}",
                close(n)
            )
        };
        (0..4).map(|n| article(&story(n))).collect()
    }

    #[test]
    fn an_appeal_around_four_stories_is_learned_and_one_around_three_is_not() {
        let articles = four(|_| {
            "Our readers pay for all of this work. Thank you!\nPlease give what you can spare today.".into()
        });
        let learned = learn(&articles, &[0, 1, 2, 3]);
        assert!(articles.iter().all(|sentences| learned.kept(sentences) == (0..2)));
        assert!(learn(&articles, &[0, 1, 2, 2]).is_empty(), "two of the four are copies");
    }

    #[test]
    fn an_appeal_glued_to_the_last_paragraph_leaves_it() {
        let articles = four(|n| {
            format!(
                "Quay {n} reopens in the spring of that year. Our readers pay for all of this work."
            )
        });
        assert_eq!(learn(&articles, &[0, 1, 2, 3]).kept(&articles[0]), 0..3);
    }

    #[test]
    fn background_that_also_stands_within_stories_stays() {
        let mut articles = four(|_| "The old quay was torn away by the great storm.".into());
        articles.extend((5..9).map(|n| {
            article(&format!("The mayor spoke {n} times.\nThe old quay was torn away by the great storm.\nShe will speak {n} times more in the spring."))
        }));
        assert!(learn(&articles, &[0, 1, 2, 3, 4, 5, 6, 7]).is_empty());
    }

    #[test]
    fn an_article_of_nothing_else_stays_whole() {
        let mut articles = four(|_| "Our readers pay for all of this work.".into());
        articles.push(article("Our readers pay for all of this work."));
        assert_eq!(learn(&articles, &[0, 1, 2, 3, 4]).kept(&articles[4]), 0..1);
    }
}
