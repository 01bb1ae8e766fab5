//! The second pass: what is written of each record, now that all of the run is known.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use crate::article::{Article, Copy, CopyOf, Provenance, Repeat};
use crate::dedup::archive::{Known, Session, Standing};
use crate::dedup::{Copies, Relation};
use crate::error::{Error, Result};
use crate::repeat::{Learned, Sentence};
use crate::run::Summary;
use crate::span::Kind;
use crate::write::{Cut, KnownCopy, Output, Repeats, Stashed, StashedLedger, cut_article};

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

/// Letters of the shortest paragraph that is looked for in other stories.
const LONG_ENOUGH: u32 = 60;

/// What the run as a whole knows.
#[derive(Debug)]
pub(crate) struct Knowledge<'r> {
    pub(crate) stash: &'r Stashed,
    pub(crate) copies: &'r Copies,
    pub(crate) learned: &'r Learned,
    pub(crate) paragraphs: Paragraphs,
    pub(crate) keep_duplicates: bool,
}

/// Where a paragraph stands first, and in how many stories.
#[derive(Debug, Clone, Copy)]
struct First {
    first: usize,
    stories: u32,
}

type Firsts = FxHashMap<u64, First>;

impl Knowledge<'_> {
    /// Writes every record, and counts what this pass takes out.
    pub(crate) fn write(&self, output: &mut Output, session: &mut Option<Session>, summary: &mut Summary) -> Result<()> {
        let firsts = if self.paragraphs == Paragraphs::Keep { Firsts::default() } else { self.firsts()? };
        for record in 0..self.stash.records() {
            let line = self.stash.ledger(record)?;
            let mut ledger: Option<StashedLedger> = None;
            for number in self.stash.articles_of(record) {
                let sentences = self.stash.sentences(number)?;
                let cuts = self.cuts(number, &sentences, &firsts)?;
                let written = self.keep_duplicates || self.copies.folded(number).is_none();
                if cuts.is_empty() {
                    if written {
                        summary.known += usize::from(self.write_article(number, None, &sentences, &firsts, session, output)?);
                    }
                    continue;
                }
                let mut article = self.stash.article(number)?;
                cut_article(&mut article, &sentences, &cuts);
                let position = article.provenance.article;
                let parsed = match ledger.take() {
                    Some(ledger) => ledger,
                    None => serde_json::from_slice(&line).map_err(|e| Error::io(self.stash.folder())(e.into()))?,
                };
                ledger.insert(parsed).cut(position, &mut article, &sentences, &cuts);
                if written {
                    summary.known += usize::from(self.write_article(number, Some(article), &sentences, &firsts, session, output)?);
                }
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

    /// Writes an article, and its copies with it: the stashed line as it is, where nothing is to be said that it does not say yet. One that
    /// an earlier run has seen is only named. Says whether it was one.
    fn write_article(
        &self,
        number: usize,
        cut: Option<Article>,
        sentences: &[Sentence],
        firsts: &Firsts,
        session: &mut Option<Session>,
        output: &mut Output,
    ) -> Result<bool> {
        let repeats = if self.paragraphs == Paragraphs::Mark { self.repeats(number, sentences, firsts)? } else { Vec::new() };
        let (copies, folded) = (self.copies.of(number), self.copies.folded(number));
        if cut.is_none() && copies.is_empty() && folded.is_none() && repeats.is_empty() && session.is_none() {
            output.article_line(&self.stash.line(number)?)?;
            return Ok(false);
        }
        let mut article = cut.map_or_else(|| self.stash.article(number), Ok)?;
        article.provenance.repeats = repeats;
        article.provenance.copies = copies.iter().map(|&copy| self.copy(copy)).collect::<Result<_>>()?;
        if let Some(folded) = folded {
            let mut canonical = self.stash.article(folded.into)?;
            let sentences = self.stash.sentences(folded.into)?;
            cut_article(&mut canonical, &sentences, &self.cuts(folded.into, &sentences, firsts)?);
            article.provenance.copy_of = Some(CopyOf { id: canonical.id, relation: folded.relation, similarity: rounded(folded.similarity) });
        } else if let Some(session) = session {
            match session.take(&article)? {
                Standing::New => {}
                Standing::Supersedes(known) => article.supersedes = Some(known.id),
                Standing::CopyOf(known) => return write_known(article, known, self.keep_duplicates, output).map(|()| true),
            }
        }
        output.article(&article)?;
        Ok(false)
    }

    /// A copy as its canonical article names it.
    fn copy(&self, number: usize) -> Result<Copy> {
        let folded = self.copies.folded(number).expect("a copy is folded into its canonical article");
        Ok(copy_of(self.stash.article(number)?, folded.relation, folded.similarity))
    }

    /// The sentences that go out of an article: boilerplate at its ends, and paragraphs of earlier stories where those are dropped. Never all.
    fn cuts(&self, number: usize, sentences: &[Sentence], firsts: &Firsts) -> Result<Vec<Cut>> {
        let kept = self.learned.kept(sentences);
        let mut cuts = Vec::new();
        for side in [0..kept.start, kept.end..sentences.len()] {
            let lesson = sentences[side.clone()].iter().filter_map(|s| self.learned.lesson(s)).max_by_key(|lesson| lesson.stories);
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
                    cuts.extend(range.map(|at| Cut { sentence: kept.start + at, repeats: repeats.clone() }));
                }
            }
        }
        cuts.sort_unstable_by_key(|cut| cut.sentence);
        Ok(cuts)
    }

    /// The paragraphs of an article that stand in an earlier one, for marking them.
    fn repeats(&self, number: usize, sentences: &[Sentence], firsts: &Firsts) -> Result<Vec<Repeat>> {
        let kept = &sentences[self.learned.kept(sentences)];
        let mut order: Vec<u32> = kept.iter().map(|s| s.paragraph).collect();
        order.dedup();
        let repeat = |(range, standing): (std::ops::Range<usize>, First)| {
            let Repeats { dump, record, article, .. } = self.place(standing.first, standing.stories)?;
            let paragraph = order.iter().position(|&p| p == kept[range.start].paragraph).unwrap_or(0);
            Ok(Repeat { paragraph, dump, record, article })
        };
        self.earlier(number, kept, firsts).into_iter().map(repeat).collect()
    }

    /// The paragraphs among `sentences` that an earlier story has, as ranges of sentences.
    fn earlier(&self, number: usize, sentences: &[Sentence], firsts: &Firsts) -> Vec<(std::ops::Range<usize>, First)> {
        let story = |number: usize| self.copies.folded(number).map_or(number, |folded| folded.into);
        let mut at = 0;
        let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).map(|paragraph| {
            at += paragraph.len();
            (at - paragraph.len()..at, hash_of(paragraph).and_then(|hash| firsts.get(&hash)))
        });
        paragraphs.filter_map(|(range, standing)| Some((range, *standing.filter(|s| s.first < story(number))?))).collect()
    }

    /// Where each paragraph stands first. Copies do not count.
    fn firsts(&self) -> Result<Firsts> {
        let mut firsts = Firsts::default();
        for number in (0..self.stash.len()).filter(|&number| self.copies.folded(number).is_none()) {
            let sentences = self.stash.sentences(number)?;
            let mut hashes: Vec<u64> = sentences.chunk_by(|a, b| a.paragraph == b.paragraph).filter_map(hash_of).collect();
            hashes.sort_unstable();
            hashes.dedup();
            for hash in hashes {
                firsts.entry(hash).or_insert(First { first: number, stories: 0 }).stories += 1;
            }
        }
        firsts.retain(|_, standing| standing.stories > 1);
        Ok(firsts)
    }

    fn place(&self, first: usize, stories: u32) -> Result<Repeats> {
        let Provenance { dump, record, article, .. } = self.stash.article(first)?.provenance;
        Ok(Repeats { stories, dump, record, article })
    }
}

fn copy_of(article: Article, relation: Relation, similarity: f32) -> Copy {
    let Article { title, provenance, .. } = article;
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

/// Names an article that an earlier run has seen, and its copies; where copies are kept it is written too.
fn write_known(mut article: Article, known: Known, keep: bool, output: &mut Output) -> Result<()> {
    let Known { id, relation, similarity } = known;
    let copies = std::mem::take(&mut article.provenance.copies);
    if keep {
        article.provenance.copy_of = Some(CopyOf { id: id.clone(), relation, similarity: rounded(similarity) });
        output.article(&article)?;
    }
    for copy in [copy_of(article, relation, similarity)].into_iter().chain(copies) {
        output.copy(&KnownCopy { id: id.clone(), copy })?;
    }
    Ok(())
}

/// The hash of a paragraph's sentences; None where it is too short to be looked for.
fn hash_of(paragraph: &[Sentence]) -> Option<u64> {
    let long = paragraph.iter().map(|s| s.letters).sum::<u32>() >= LONG_ENOUGH;
    let mut hash = Xxh3::new();
    paragraph.iter().for_each(|s| hash.update(&s.hash.to_le_bytes()));
    long.then(|| hash.digest())
}

/// To four digits, which is what a similarity is worth.
fn rounded(similarity: f32) -> f64 {
    (f64::from(similarity) * 1e4).round() / 1e4
}
