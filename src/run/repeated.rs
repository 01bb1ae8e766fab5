//! What of an article stands in others of the run, or in those of earlier runs: paragraphs and long stretches of earlier stories, and where each
//! stands first.

use rustc_hash::FxHashMap;

use crate::compare::index::{IndexMatch, Session};
use crate::compare::paragraphs::{Finder, First, FirstArticle, Firsts, Place};
use crate::compare::repeat::RepeatedSentence;
use crate::compare::spans::SpanFinder;
use crate::error::Result;
use crate::run::earlier::{Earlier, EarlierParagraph, EarlierSpan, kept_paragraphs};
use crate::run::publish::SecondPass;
use crate::run::rewrite::{Cut, Repeats};
use crate::run::settings::rounded;
use crate::run::treatment::{Paragraphs, Spans};
use crate::sentences::Sentence;

impl SecondPass<'_> {
    /// The sentences that go out of an article.
    pub(super) fn cuts(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Result<Vec<Cut>> {
        let earlier = if self.treatment.drops() {
            self.earlier(number, sentences, firsts)?
        } else {
            Earlier::default()
        };
        let place = |lesson: RepeatedSentence| self.place(lesson.first as usize, lesson.stories);
        let text = || self.stash.text(number);
        earlier.cuts((text, sentences), self.learned, &self.treatment, place)
    }

    /// What of an article stands in earlier stories too.
    pub(super) fn earlier(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Result<Earlier> {
        let mut earlier = Earlier::default();
        for of_paragraph in sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let paragraph = of_paragraph[0].paragraph;
            if let Some(first) = firsts.of(Place { article: number as u32, paragraph }) {
                let (similarity, first) = (first.similarity, self.place_of(first)?);
                earlier.paragraphs.push(EarlierParagraph { paragraph, similarity, first });
            }
        }
        for span in self.shared.get(&number).into_iter().flatten() {
            let first = self.place(span.first as usize, span.stories)?;
            earlier.spans.push(EarlierSpan { range: span.range.clone(), first });
        }
        Ok(earlier)
    }

    /// Finds the long stretches that several stories have, where these are not just kept.
    pub(crate) fn find_spans(&mut self) -> Result<()> {
        if self.treatment.spans != Spans::Keep {
            let is_written = |number: &usize| {
                let is_known = matches!(self.standings.get(number), Some(IndexMatch::CopyOf(_)));
                !is_known && self.copies.folded(*number).is_none()
            };
            let articles = (0..self.stash.len()).filter(is_written);
            let mut finder = SpanFinder::default();
            let numbers = articles.clone().map(|article| article as u32);
            numbers.for_each(|article| finder.push(article, &self.stash.text(article as usize)));
            let mut samples = finder.finish();
            let mut shared = FxHashMap::default();
            for article in articles {
                let other = |earlier: u32| self.stash.text(earlier as usize);
                let found = samples.of(article as u32, &self.stash.text(article), other);
                if !found.is_empty() {
                    shared.insert(article, found);
                }
            }
            self.stash.check()?;
            self.shared = shared;
        }
        Ok(())
    }

    /// Where each paragraph stands first: in an article of an earlier run, else in the first of this one that is written.
    pub(crate) fn firsts(&self, session: Option<&mut Session>) -> Result<Firsts> {
        if self.treatment.paragraphs == Paragraphs::Keep {
            return Ok(Firsts::default());
        }
        let story = |number: usize| self.copies.folded(number).map_or(number, |folded| folded.into);
        let is_known = |story| matches!(self.standings.get(&story), Some(IndexMatch::CopyOf(_)));
        let mut finder = Finder::new(self.thresholds);
        let (mut session, mut known) = (session, Vec::new());
        for number in (0..self.stash.len()).filter(|&number| !is_known(story(number))) {
            let sentences = self.stash.sentences(number)?;
            let text = self.stash.text(number);
            for (paragraph, text) in kept_paragraphs(&text, &sentences, self.learned) {
                let place = Place { article: number as u32, paragraph };
                finder.push(place, story(number) as u32, text)?;
                if let (Some(session), true) = (session.as_deref_mut(), story(number) == number) {
                    let older = self.standings.get(&number).and_then(IndexMatch::known);
                    let found = session.paragraph(text, older)?;
                    known.extend(found.map(|(id, similarity)| (place, id, similarity)));
                }
            }
        }
        let mut firsts = finder.find(|Place { article, paragraph }| {
            let text = self.stash.text(article as usize);
            text.split("\n\n").nth(paragraph as usize).unwrap_or_default().into()
        })?;
        for (place, id, similarity) in known {
            firsts.note_known(place, id, similarity);
        }
        self.stash.check()?;
        Ok(firsts)
    }

    /// Where a paragraph stands first, as it is written.
    fn place_of(&self, first: &First) -> Result<Repeats> {
        let place = match &first.article {
            FirstArticle::OfRun(article) => self.place(*article as usize, first.stories)?,
            FirstArticle::Known(id) => Repeats {
                stories: first.stories,
                dump: None,
                record: None,
                article: None,
                id: Some(id.clone()),
                similarity: None,
            },
        };
        Ok(Repeats { similarity: Some(rounded(first.similarity)), ..place })
    }

    fn place(&self, first: usize, stories: u32) -> Result<Repeats> {
        Ok(self.stash.article(first)?.provenance.repeats(stories))
    }
}
