//! The second pass: what is written of each record, now that all of the run is known.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::article::{Copy, CopyOf};
use crate::compare::index::{IndexMatch, Known, Session};
use crate::compare::paragraphs::Firsts;
use crate::compare::repeat::RepeatedSentences;
use crate::compare::spans::SharedSpan;
use crate::compare::{Copies, Thresholds};
use crate::error::{Error, Result};
use crate::run::own::Own;
use crate::run::published::{Published, alike_of, copy_of};
use crate::run::rewrite::{Change, Cut, StashedLedger};
use crate::run::settings::rounded;
use crate::run::stash::Stashed;
use crate::run::summary::Summary;
use crate::run::treatment::{Paragraphs, Treatment};
use crate::sentences::Sentence;
use crate::write::{KnownCopy, Output};

/// What the run as a whole knows.
#[derive(Debug)]
pub(crate) struct SecondPass<'r> {
    pub(crate) stash: &'r Stashed,
    pub(crate) copies: Copies,
    pub(crate) learned: &'r RepeatedSentences,
    /// What canonical articles are next to those of earlier runs; empty without an index.
    pub(crate) standings: FxHashMap<usize, IndexMatch>,
    pub(crate) treatment: Treatment,
    /// The long stretches that an earlier article has too; empty where they are kept.
    pub(crate) shared: FxHashMap<usize, Vec<SharedSpan<u32>>>,
    pub(crate) keep_duplicates: bool,
    pub(crate) merge_own: bool,
    pub(crate) thresholds: Thresholds,
}

/// Compares the canonical articles of a run with those of earlier ones.
pub(crate) fn look_up(
    stash: &Stashed,
    copies: &Copies,
    session: &mut Session,
) -> Result<FxHashMap<usize, IndexMatch>> {
    let canonical = (0..stash.len()).filter(|&number| copies.folded(number).is_none());
    canonical.map(|number| Ok((number, session.look_up(&stash.article(number)?)?))).collect()
}

impl SecondPass<'_> {
    /// Writes every record, takes what is new into the index, and counts what this pass takes out.
    pub(crate) fn write(
        &mut self,
        firsts: &Firsts,
        output: &mut Output,
        session: &mut Option<Session>,
        summary: &mut Summary,
    ) -> Result<()> {
        self.unite_twins(firsts)?;
        summary.copies = self.copies.len();
        summary.known = self
            .standings
            .iter()
            .filter(|(number, standing)| {
                matches!(standing, IndexMatch::CopyOf(_)) && self.copies.folded(**number).is_none()
            })
            .count();
        for record in 0..self.stash.records() {
            let line = self.stash.ledger(record)?;
            let mut changes: FxHashMap<usize, Change> = FxHashMap::default();
            for number in self.stash.articles_of(record) {
                let sentences = self.stash.sentences(number)?;
                let cuts = self.cuts(number, &sentences, firsts)?;
                let kept_in = self.kept_in(number, firsts)?;
                if cuts.is_empty() && kept_in.is_none() && self.is_told(number) {
                    output.article_line(&self.stash.line(number)?)?;
                    continue;
                }
                let published = self.publish(number, (sentences, cuts), firsts)?;
                if !published.cuts.is_empty() || kept_in.is_some() {
                    let merged = self.merged(number, &published);
                    let change = published.change(kept_in.map(|id| (id, &merged[..])));
                    changes.insert(published.article.provenance.article, change);
                }
                self.write_article(number, published, firsts, session, output, summary)?;
            }
            if changes.is_empty() {
                output.ledger_line(&line)?;
                continue;
            }
            let mut ledger: StashedLedger = serde_json::from_slice(&line)
                .map_err(|e| Error::io(self.stash.folder())(e.into()))?;
            summary.recount(&ledger.change(&changes));
            output.ledger(&ledger)?;
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
        if !self.learned.is_empty() || self.treatment.drops() {
            let sentences = self.stash.sentences(number)?;
            let cuts = self.cuts(number, &sentences, firsts)?;
            if !cuts.is_empty() {
                let id = self.publish(number, (sentences, cuts), firsts)?.article.id;
                return Ok(u128::from_str_radix(&id, 16).unwrap_or_default());
            }
        }
        Ok(self.stash.id(number))
    }

    /// The id of the canonical article that stands in the place of one whose text is not written; None for one that is.
    fn kept_in(&self, number: usize, firsts: &Firsts) -> Result<Option<String>> {
        if self.keep_duplicates {
            return Ok(None);
        }
        let folded = self.copies.folded(number);
        let into = folded.map_or(number, |folded| folded.into);
        if let Some(IndexMatch::CopyOf(known)) = self.standings.get(&into) {
            return Ok(Some(known.id.clone()));
        }
        folded.map(|_| Ok(format!("{:032x}", self.published_id(into, firsts)?))).transpose()
    }

    /// What of a folded article is kept as an appendix of the canonical one.
    fn merged(&self, number: usize, copy: &Published) -> Vec<Own> {
        let folded = self.copies.folded(number).filter(|_| self.merge_own);
        let canonical = folded.filter(|folded| {
            !matches!(self.standings.get(&folded.into), Some(IndexMatch::CopyOf(_)))
        });
        let Some(folded) = canonical else { return Vec::new() };
        self.own(copy, folded.into)
    }

    fn own(&self, copy: &Published, canonical: usize) -> Vec<Own> {
        copy.own(&self.stash.text(canonical), &self.thresholds)
    }

    /// Whether the stashed line of an article, of which nothing is cut, says all there is to say.
    fn is_told(&self, number: usize) -> bool {
        let alone = self.copies.folded(number).is_none() && self.copies.of(number).is_empty();
        alone
            && self.copies.alike(number).is_none()
            && !self.standings.contains_key(&number)
            && self.treatment.paragraphs != Paragraphs::Mark
            && !self.shared.contains_key(&number)
    }

    fn published(&self, number: usize, firsts: &Firsts) -> Result<Published> {
        let sentences = self.stash.sentences(number)?;
        let cuts = self.cuts(number, &sentences, firsts)?;
        self.publish(number, (sentences, cuts), firsts)
    }

    fn publish(
        &self,
        number: usize,
        (sentences, cuts): (Vec<Sentence>, Vec<Cut>),
        firsts: &Firsts,
    ) -> Result<Published> {
        let mut article = self.stash.article(number)?;
        if self.treatment.marks() {
            let earlier = self.earlier(number, &sentences, firsts)?;
            earlier.mark(&mut article, &sentences, self.learned, &self.treatment);
        }
        Ok(Published::new(article, sentences, cuts))
    }

    /// Writes an article with its copies. A copy is written where copies are kept; one that an earlier run has seen is named.
    fn write_article(
        &self,
        number: usize,
        published: Published,
        firsts: &Firsts,
        session: &mut Option<Session>,
        output: &mut Output,
        summary: &mut Summary,
    ) -> Result<()> {
        let mut article = published.article;
        if let Some(folded) = self.copies.folded(number) {
            if self.keep_duplicates {
                let id = match self.standings.get(&folded.into) {
                    Some(IndexMatch::CopyOf(known)) => known.id.clone(),
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
            Some(IndexMatch::CopyOf(Known { id, relation, similarity, .. })) => {
                output.copy(&KnownCopy {
                    id: id.clone(),
                    copy: copy_of(&article, *relation, *similarity),
                })?;
                for &number in self.copies.of(number) {
                    let mut copy = self.copy(number, &self.published(number, firsts)?, None);
                    let own = session
                        .as_mut()
                        .map(|session| session.look_up(&self.stash.article(number)?))
                        .transpose()?;
                    if let Some(own) =
                        own.as_ref().and_then(IndexMatch::known).filter(|own| own.id == *id)
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
            Some(IndexMatch::Supersedes(known)) => article.supersedes = Some(known.id.clone()),
            Some(IndexMatch::New) | None => {}
        }
        let canonical = number;
        for &number in self.copies.of(canonical) {
            let published = self.published(number, firsts)?;
            let own = self.own(&published, canonical);
            own.iter().for_each(|own| summary.own.add(own.span.len()));
            article.provenance.copies.push(self.copy(number, &published, Some(&own)));
            if self.merge_own {
                article.appendix.extend(published.appendix(&own));
            }
        }
        if let Some(alike) = self.copies.alike(number) {
            let to = self.stash.article(alike.to)?.provenance;
            article.provenance.alike = Some(alike_of(to, alike.own));
        }
        if let (Some(session), Some(standing)) = (session, self.standings.get(&number)) {
            session.add(&self.stash.article(number)?, &article.id, standing)?;
        }
        output.article(&article)
    }

    /// A copy as its canonical article names it.
    fn copy(&self, number: usize, published: &Published, own: Option<&[Own]>) -> Copy {
        let folded =
            self.copies.folded(number).expect("a copy is folded into its canonical article");
        published.copy(folded.relation, folded.similarity, own)
    }
}
