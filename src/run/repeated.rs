//! What of an article stands in others too: boilerplate at its ends, paragraphs and long stretches of earlier stories; what is cut of it,
//! and what is only named.

use crate::article::{Provenance, Repeat, RepeatedSpan};
use crate::compare::index::{IndexMatch, Session};
use crate::compare::paragraphs::{Finder, First, FirstArticle, Firsts, Place};
use crate::compare::repeat::RepeatedSentence;
use crate::error::Result;
use crate::run::publish::{Paragraphs, SecondPass};
use crate::run::published::cuts_at_ends;
use crate::run::rewrite::{Cut, Repeats};
use crate::run::settings::rounded;
use crate::run::spans::{Spans, covered, place_in_record, shared_spans};
use crate::sentences::Sentence;

impl SecondPass<'_> {
    /// The sentences that go out of an article: boilerplate at its ends, and paragraphs of earlier stories where those are dropped. Never all.
    pub(super) fn cuts(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Result<Vec<Cut>> {
        let kept = self.learned.kept(sentences);
        let place = |lesson: RepeatedSentence| self.place(lesson.first as usize, lesson.stories);
        let mut cuts = cuts_at_ends(self.learned, sentences, place)?;
        if self.paragraphs == Paragraphs::Drop {
            let mut earlier = self.earlier(number, &sentences[kept.clone()], firsts);
            earlier.retain(|(_, first)| 1.0 - first.similarity <= self.thresholds.loss);
            if earlier.iter().map(|(range, _)| range.len()).sum::<usize>() < kept.len() {
                for (range, first) in earlier {
                    let repeats = self.place_of(first)?;
                    cuts.extend(
                        range.map(|at| Cut { sentence: kept.start + at, repeats: repeats.clone() }),
                    );
                }
            }
        }
        if self.spans == Spans::Drop
            && let Some(shared) = self.shared.get(&number)
        {
            let of_spans = covered(&self.stash.text(number), sentences, shared);
            let mut cut: Vec<usize> = cuts.iter().map(|cut| cut.sentence).collect();
            cut.extend(of_spans.iter().map(|(at, _)| *at));
            cut.sort_unstable();
            cut.dedup();
            if cut.len() < sentences.len() {
                for (sentence, span) in of_spans {
                    let repeats = self.place(span.first as usize, span.stories)?;
                    cuts.push(Cut { sentence, repeats });
                }
            }
        }
        cuts.sort_by_key(|cut| cut.sentence);
        cuts.dedup_by_key(|cut| cut.sentence);
        Ok(cuts)
    }

    /// Finds the long stretches that several stories have, where these are not just kept.
    pub(crate) fn find_spans(&mut self) -> Result<()> {
        if self.spans != Spans::Keep {
            let is_written = |number: &usize| {
                let is_known = matches!(self.standings.get(number), Some(IndexMatch::CopyOf(_)));
                !is_known && self.copies.folded(*number).is_none()
            };
            self.shared = shared_spans(self.stash, (0..self.stash.len()).filter(is_written))?;
        }
        Ok(())
    }

    /// The long stretches of an article that an earlier one has too, for marking them.
    pub(super) fn repeated_spans(
        &self,
        number: usize,
        sentences: &[Sentence],
    ) -> Result<Vec<RepeatedSpan>> {
        let Some(shared) = self.shared.get(&number) else { return Ok(Vec::new()) };
        let whole = self.stash.article(number)?;
        let mut spans = Vec::new();
        for span in shared {
            let Some(range) = place_in_record(&whole, sentences, span) else { continue };
            let Provenance { dump, record, article, .. } =
                self.stash.article(span.first as usize)?.provenance;
            spans.push(RepeatedSpan { range, dump, record, article });
        }
        Ok(spans)
    }

    /// The paragraphs of an article that stand in an earlier one, for marking them.
    pub(super) fn repeats(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Result<Vec<Repeat>> {
        let kept = &sentences[self.learned.kept(sentences)];
        let mut order: Vec<u32> = kept.iter().map(|s| s.paragraph).collect();
        order.dedup();
        let repeat = |(range, first): (std::ops::Range<usize>, &First)| {
            let Repeats { dump, record, article, id, similarity, .. } = self.place_of(first)?;
            let paragraph =
                order.iter().position(|&p| p == kept[range.start].paragraph).unwrap_or(0);
            let similarity = similarity.unwrap_or(1.0);
            Ok(Repeat { paragraph, dump, record, article, id, similarity })
        };
        self.earlier(number, kept, firsts).into_iter().map(repeat).collect()
    }

    /// The paragraphs among `sentences` that an earlier story has, as ranges of sentences.
    fn earlier<'f>(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &'f Firsts,
    ) -> Vec<(std::ops::Range<usize>, &'f First)> {
        let mut at = 0;
        let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).map(|sentences| {
            at += sentences.len();
            let place = Place { article: number as u32, paragraph: sentences[0].paragraph };
            (at - sentences.len()..at, firsts.of(place))
        });
        paragraphs.filter_map(|(range, first)| Some((range, first?))).collect()
    }

    /// Where each paragraph stands first: in an article of an earlier run, else in the first of this one that is written.
    pub(crate) fn firsts(&self, session: Option<&mut Session>) -> Result<Firsts> {
        if self.paragraphs == Paragraphs::Keep {
            return Ok(Firsts::default());
        }
        let story = |number: usize| self.copies.folded(number).map_or(number, |folded| folded.into);
        let is_known = |story| matches!(self.standings.get(&story), Some(IndexMatch::CopyOf(_)));
        let mut finder = Finder::new(self.thresholds);
        let (mut session, mut known) = (session, Vec::new());
        for number in (0..self.stash.len()).filter(|&number| !is_known(story(number))) {
            let sentences = self.stash.sentences(number)?;
            let text = self.stash.text(number);
            let texts: Vec<&str> = text.split("\n\n").collect();
            for paragraph in sentences[self.learned.kept(&sentences)]
                .chunk_by(|a, b| a.paragraph == b.paragraph)
                .map(|sentences| sentences[0].paragraph)
            {
                let place = Place { article: number as u32, paragraph };
                let text = texts.get(paragraph as usize).copied().unwrap_or_default();
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
        let Provenance { dump, record, article, .. } = self.stash.article(first)?.provenance;
        Ok(Repeats {
            stories,
            dump: Some(dump),
            record,
            article: Some(article),
            id: None,
            similarity: None,
        })
    }
}
