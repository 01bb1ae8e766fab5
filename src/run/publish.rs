//! The second pass: what is written of each record, now that all of the run is known.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::article::Relation;
use crate::article::{Article, Copy, CopyOf, Provenance, Repeat};
use crate::compare::index::tables::Known;
use crate::compare::index::{Session, Standing};
use crate::compare::repeat::Learned;
use crate::compare::{Copies, Thresholds};
use crate::error::{Error, Result};
use crate::run::rewrite::{Cut, Repeats, StashedLedger, cut_article};
use crate::run::stash::Stashed;
use crate::run::summary::Summary;
use crate::sentences::Sentence;
use crate::span::Kind;
use crate::write::{KnownCopy, Output};

/// What becomes of paragraphs that stand in several stories, such as the background that a newsroom repeats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paragraphs {
    /// They stay in every story.
    #[default]
    Keep,
    /// They stay, and the later ones say where the first stands.
    Mark,
    /// They stay in the first story alone.
    Drop,
}

/// What the run as a whole knows.
#[derive(Debug)]
pub(crate) struct Knowledge<'r> {
    pub(crate) stash: &'r Stashed,
    pub(crate) copies: Copies,
    pub(crate) learned: &'r Learned,
    /// What canonical articles are next to those of earlier runs; empty without an index.
    pub(crate) standings: FxHashMap<usize, Standing>,
    pub(crate) paragraphs: Paragraphs,
    pub(crate) keep_duplicates: bool,
    pub(crate) thresholds: Thresholds,
}

/// An article as it is published, and what was cut for that.
struct Published {
    article: Article,
    sentences: Vec<Sentence>,
    cuts: Vec<Cut>,
}

/// Where a paragraph stands first, and in how many stories.
#[derive(Debug, Clone, Copy)]
struct First {
    first: usize,
    stories: u32,
}

type Firsts = FxHashMap<u64, First>;

/// Compares the canonical articles of a run with those of earlier ones.
pub(crate) fn look_up(
    stash: &Stashed,
    copies: &Copies,
    session: &mut Session,
) -> Result<FxHashMap<usize, Standing>> {
    let canonical = (0..stash.len()).filter(|&number| copies.folded(number).is_none());
    canonical.map(|number| Ok((number, session.look_up(&stash.article(number)?)?))).collect()
}

impl Knowledge<'_> {
    /// Writes every record, takes what is new into the index, and counts what this pass takes out.
    pub(crate) fn write(
        &mut self,
        output: &mut Output,
        session: &mut Option<Session>,
        summary: &mut Summary,
    ) -> Result<()> {
        let firsts =
            if self.paragraphs == Paragraphs::Keep { Firsts::default() } else { self.firsts()? };
        self.unite_twins(&firsts)?;
        summary.copies = self.copies.len();
        summary.known = self
            .standings
            .iter()
            .filter(|(number, standing)| {
                matches!(standing, Standing::CopyOf(_)) && self.copies.folded(**number).is_none()
            })
            .count();
        for record in 0..self.stash.records() {
            let line = self.stash.ledger(record)?;
            let mut ledger: Option<StashedLedger> = None;
            for number in self.stash.articles_of(record) {
                let sentences = self.stash.sentences(number)?;
                let cuts = self.cuts(number, &sentences, &firsts)?;
                if cuts.is_empty() && self.is_told(number) {
                    output.article_line(&self.stash.line(number)?)?;
                    continue;
                }
                let published = self.publish(number, sentences, cuts)?;
                if !published.cuts.is_empty() {
                    let parsed = match ledger.take() {
                        Some(ledger) => ledger,
                        None => serde_json::from_slice(&line)
                            .map_err(|e| Error::io(self.stash.folder())(e.into()))?,
                    };
                    ledger.insert(parsed).cut(
                        published.article.provenance.article,
                        &published.sentences,
                        &published.cuts,
                    );
                }
                self.write_article(number, published, &firsts, session, output)?;
            }
            match ledger {
                Some(ledger) => {
                    for bytes in ledger.repeated() {
                        let removed = summary.removed.entry(Kind::Repeated).or_default();
                        removed.spans += 1;
                        removed.bytes += bytes as u64;
                    }
                    output.ledger(&ledger)?;
                }
                None => output.ledger_line(&line)?,
            }
        }
        Ok(())
    }

    /// Folds canonical articles whose texts are the same, or have become so by what is cut from them: the id tells articles apart.
    fn unite_twins(&mut self, firsts: &Firsts) -> Result<()> {
        let mut seen: FxHashMap<u128, usize> = FxHashMap::default();
        for number in 0..self.stash.len() {
            if self.copies.folded(number).is_some() {
                continue;
            }
            let id = self.published_id(number, firsts)?;
            match seen.entry(id) {
                Entry::Occupied(first) => self.copies.unite(number, *first.get()),
                Entry::Vacant(free) => {
                    free.insert(number);
                }
            }
        }
        Ok(())
    }

    /// The id of an article as it is published.
    fn published_id(&self, number: usize, firsts: &Firsts) -> Result<u128> {
        let may_cut = !self.learned.is_empty() || self.paragraphs == Paragraphs::Drop;
        if may_cut {
            let sentences = self.stash.sentences(number)?;
            let cuts = self.cuts(number, &sentences, firsts)?;
            if !cuts.is_empty() {
                let id = self.publish(number, sentences, cuts)?.article.id;
                return Ok(u128::from_str_radix(&id, 16).unwrap_or_default());
            }
        }
        Ok(self.stash.id(number))
    }

    /// Whether the stashed line of an article, of which nothing is cut, says all there is to say.
    fn is_told(&self, number: usize) -> bool {
        let alone = self.copies.folded(number).is_none() && self.copies.of(number).is_empty();
        alone && !self.standings.contains_key(&number) && self.paragraphs != Paragraphs::Mark
    }

    fn published(&self, number: usize, firsts: &Firsts) -> Result<Published> {
        let sentences = self.stash.sentences(number)?;
        let cuts = self.cuts(number, &sentences, firsts)?;
        self.publish(number, sentences, cuts)
    }

    fn publish(
        &self,
        number: usize,
        sentences: Vec<Sentence>,
        mut cuts: Vec<Cut>,
    ) -> Result<Published> {
        let mut article = self.stash.article(number)?;
        if !cuts.is_empty() && !cut_article(&mut article, &sentences, &cuts) {
            cuts.clear();
        }
        Ok(Published { article, sentences, cuts })
    }

    /// Writes an article with its copies. A copy is written where copies are kept; one that an earlier run has seen is named.
    fn write_article(
        &self,
        number: usize,
        published: Published,
        firsts: &Firsts,
        session: &mut Option<Session>,
        output: &mut Output,
    ) -> Result<()> {
        let Published { mut article, sentences, .. } = published;
        if self.paragraphs == Paragraphs::Mark {
            article.provenance.repeats = self.repeats(number, &sentences, firsts)?;
        }
        if let Some(folded) = self.copies.folded(number) {
            if self.keep_duplicates {
                let id = match self.standings.get(&folded.into) {
                    Some(Standing::CopyOf(known)) => known.id.clone(),
                    _ => self.published(folded.into, firsts)?.article.id,
                };
                article.provenance.copy_of = Some(CopyOf {
                    id,
                    relation: folded.relation,
                    similarity: rounded(folded.similarity),
                });
                output.article(&article)?;
            }
            return Ok(());
        }
        match self.standings.get(&number) {
            Some(Standing::CopyOf(Known { id, relation, similarity, .. })) => {
                output.copy(&KnownCopy {
                    id: id.clone(),
                    copy: copy_of(&article, *relation, *similarity),
                })?;
                for &number in self.copies.of(number) {
                    let mut copy = self.copy(number, firsts)?;
                    let own = session
                        .as_mut()
                        .map(|session| session.look_up(&self.stash.article(number)?))
                        .transpose()?;
                    if let Some(own) =
                        own.as_ref().and_then(Standing::known).filter(|own| own.id == *id)
                    {
                        (copy.relation, copy.similarity) = (own.relation, rounded(own.similarity));
                    }
                    output.copy(&KnownCopy { id: id.clone(), copy })?;
                }
                if self.keep_duplicates {
                    article.provenance.copy_of = Some(CopyOf {
                        id: id.clone(),
                        relation: *relation,
                        similarity: rounded(*similarity),
                    });
                    output.article(&article)?;
                }
                return Ok(());
            }
            Some(Standing::Supersedes(known)) => article.supersedes = Some(known.id.clone()),
            Some(Standing::New) | None => {}
        }
        article.provenance.copies = self
            .copies
            .of(number)
            .iter()
            .map(|&copy| self.copy(copy, firsts))
            .collect::<Result<_>>()?;
        if let (Some(session), Some(standing)) = (session, self.standings.get(&number)) {
            session.add(&self.stash.article(number)?, &article.id, standing)?;
        }
        output.article(&article)
    }

    /// A copy as its canonical article names it.
    fn copy(&self, number: usize, firsts: &Firsts) -> Result<Copy> {
        let folded =
            self.copies.folded(number).expect("a copy is folded into its canonical article");
        Ok(copy_of(&self.published(number, firsts)?.article, folded.relation, folded.similarity))
    }

    /// The sentences that go out of an article: boilerplate at its ends, and paragraphs of earlier stories where those are dropped. Never all.
    fn cuts(&self, number: usize, sentences: &[Sentence], firsts: &Firsts) -> Result<Vec<Cut>> {
        let kept = self.learned.kept(sentences);
        let mut cuts = Vec::new();
        for side in [0..kept.start, kept.end..sentences.len()] {
            let lesson = sentences[side.clone()]
                .iter()
                .filter_map(|s| self.learned.lesson(s))
                .max_by_key(|lesson| lesson.stories);
            if let Some(lesson) = lesson {
                let repeats = self.place(lesson.first as usize, lesson.stories)?;
                cuts.extend(side.map(|sentence| Cut { sentence, repeats: repeats.clone() }));
            }
        }
        if self.paragraphs == Paragraphs::Drop {
            let earlier = self.earlier(number, &sentences[kept.clone()], firsts);
            if earlier.iter().map(|(range, _)| range.len()).sum::<usize>() < kept.len() {
                for (range, standing) in earlier {
                    let repeats = self.place(standing.first, standing.stories)?;
                    cuts.extend(
                        range.map(|at| Cut { sentence: kept.start + at, repeats: repeats.clone() }),
                    );
                }
            }
        }
        cuts.sort_unstable_by_key(|cut| cut.sentence);
        Ok(cuts)
    }

    /// The paragraphs of an article that stand in an earlier one, for marking them.
    fn repeats(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Result<Vec<Repeat>> {
        let kept = &sentences[self.learned.kept(sentences)];
        let mut order: Vec<u32> = kept.iter().map(|s| s.paragraph).collect();
        order.dedup();
        let repeat = |(range, standing): (std::ops::Range<usize>, First)| {
            let Repeats { dump, record, article, .. } =
                self.place(standing.first, standing.stories)?;
            let paragraph =
                order.iter().position(|&p| p == kept[range.start].paragraph).unwrap_or(0);
            Ok(Repeat { paragraph, dump, record, article })
        };
        self.earlier(number, kept, firsts).into_iter().map(repeat).collect()
    }

    /// The paragraphs among `sentences` that an earlier story has, as ranges of sentences.
    fn earlier(
        &self,
        number: usize,
        sentences: &[Sentence],
        firsts: &Firsts,
    ) -> Vec<(std::ops::Range<usize>, First)> {
        let story = |number: usize| self.copies.folded(number).map_or(number, |folded| folded.into);
        let mut at = 0;
        let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).map(|paragraph| {
            at += paragraph.len();
            let hash = self.hash_of(paragraph);
            (at - paragraph.len()..at, hash.and_then(|hash| firsts.get(&hash)))
        });
        paragraphs
            .filter_map(|(range, standing)| {
                Some((range, *standing.filter(|s| s.first < story(number))?))
            })
            .collect()
    }

    /// Where each paragraph stands first. Copies do not count, nor what an earlier run has written.
    fn firsts(&self) -> Result<Firsts> {
        let mut firsts = Firsts::default();
        let is_new = |number: &usize| {
            self.copies.folded(*number).is_none()
                && !matches!(self.standings.get(number), Some(Standing::CopyOf(_)))
        };
        for number in (0..self.stash.len()).filter(is_new) {
            let sentences = self.stash.sentences(number)?;
            let mut hashes: Vec<u64> = sentences[self.learned.kept(&sentences)]
                .chunk_by(|a, b| a.paragraph == b.paragraph)
                .filter_map(|paragraph| self.hash_of(paragraph))
                .collect();
            hashes.sort_unstable();
            hashes.dedup();
            for hash in hashes {
                firsts.entry(hash).or_insert(First { first: number, stories: 0 }).stories += 1;
            }
        }
        firsts.retain(|_, standing| standing.stories > 1);
        Ok(firsts)
    }

    /// The hash of a paragraph's sentences; None where it is too short to be looked for.
    fn hash_of(&self, paragraph: &[Sentence]) -> Option<u64> {
        let letters = paragraph.iter().map(|s| s.letters).sum::<u32>();
        let mut hash = Xxh3::new();
        paragraph.iter().for_each(|s| hash.update(&s.hash.to_le_bytes()));
        (letters >= self.thresholds.paragraph).then(|| hash.digest())
    }

    fn place(&self, first: usize, stories: u32) -> Result<Repeats> {
        let Provenance { dump, record, article, .. } = self.stash.article(first)?.provenance;
        Ok(Repeats { stories, dump, record, article })
    }
}

fn copy_of(article: &Article, relation: Relation, similarity: f32) -> Copy {
    let Article { title, provenance, .. } = article.clone();
    Copy {
        dump: provenance.dump,
        record: provenance.record,
        article: provenance.article,
        range: provenance.range,
        relation,
        similarity: rounded(similarity),
        title,
    }
}

/// To four digits, which is what a similarity is worth.
fn rounded(similarity: f32) -> f64 {
    (f64::from(similarity) * 1e4).round() / 1e4
}
