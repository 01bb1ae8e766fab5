//! What is folded once boilerplate is cut: articles whose texts have come to be the same are copies too, of the first of them.

use crate::article::Relation;
use crate::compare::samples::nth_of;
use crate::error::Result;
use crate::run::clean_parts::by_story::ArticlesByStory;
use crate::run::clean_parts::earlier::Publishing;
use crate::run::clean_parts::places::ArticlePlace;
use crate::run::clean_parts::stories::{BY_CANONICAL, How};
use crate::run::clean_parts::task::Spread;
use crate::run::parts::alike::{STORIES, each_alike};
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, take};
use crate::run::parts::work::{Draft, in_batches};

/// The stage that cuts: the published ids of canonical articles, the articles of each id, and what stands apart and is alike.
pub(super) const CUT: &str = "cut";
pub(super) const IDS: &str = "ids";
const BY_ID: &str = "by-id";
pub(super) const ALIKE: &str = "alike";
/// The stage that finds twins, by themselves.
pub(super) const TWINS: &str = "twins";
/// The stage that leaves what each copy is folded into in the end.
pub(super) const FOLDS: &str = "folds";

/// By file: articles, copies → the published ids of canonical articles; by id: id, canonical article. By text: what it is most
/// alike → by file: article, what it is alike, the share of each that the other lacks.
pub(super) fn cut(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let publishing = Publishing::open(job)?;
    let (mut ids, mut by_id) = (draft.table(IDS)?, draft.outbox(BY_ID, 1));
    let mut articles = ArticlesByStory::open(job)?;
    let published = |(): &mut (), place: ArticlePlace| {
        let known = publishing.known(&place)?;
        if publishing.is_whole(&known) {
            return Ok((place.doc, place.id));
        }
        let published = publishing.published(&place, known)?;
        let id = u128::from_str_radix(&published.article.id, 16).unwrap_or_default();
        Ok((place.doc, id))
    };
    in_batches(
        || articles.next_canonical(),
        |_| 0,
        || (),
        published,
        |(doc, id)| {
            let (doc, id) = (doc.to_bytes(), id.to_be_bytes());
            ids.push(0, &[&doc[..], &id].concat())?;
            by_id
                .push(nth_of(u64::from_be_bytes(take(&mut &id[..])?), job.work.parts), &[&id, &doc])
        },
    )?;
    ids.finish()?;
    by_id.finish()?;
    let mut alike = draft.outbox(ALIKE, 1);
    each_alike(job, |doc, to, own| {
        let [own, other_own] = own.map(f32::to_be_bytes);
        let row = [&doc.to_bytes()[..], &to.to_bytes(), &own, &other_own];
        alike.push(job.part_of(doc.source), &row)
    })?;
    alike.finish()
}

/// By id: canonical articles → by file: an article that is not the first of its id, and that one.
pub(super) fn twins(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let mut twins = draft.outbox(TWINS, 1);
    let mut rows = job.work.rows(&[(CUT, BY_ID)], job.work.part)?;
    while let Some(id) = rows.key::<16>() {
        let mut first = None;
        rows.each_of(&id, |mut row| {
            let doc = Doc::take(&mut row)?;
            match first {
                None => first = Some(doc),
                Some(first) => {
                    let row = [&doc.to_bytes()[..], &first.to_bytes()];
                    twins.push(job.part_of(doc.source), &row)?;
                }
            }
            Ok(())
        })?;
    }
    twins.finish()
}

/// By canonical article: its copies, what it is a twin of → by file: copy, canonical article, how they relate.
pub(super) fn folds(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let mut folds = draft.outbox(FOLDS, 1);
    let mut copies = job.work.rows(&[(STORIES, BY_CANONICAL)], job.work.part)?;
    let mut twins = job.work.rows(&[(TWINS, TWINS)], job.work.part)?;
    while let Some(key) = copies.key::<{ Doc::BYTES }>().into_iter().chain(twins.key()).min() {
        let canonical = Doc::take(&mut &key[..])?;
        let first = twins.all_of(&key)?;
        let first = first.first().map(|row| Doc::take(&mut &row[..])).transpose()?;
        let into = first.unwrap_or(canonical).to_bytes();
        let mut fold = |copy: Doc, how: How| {
            folds.push(job.part_of(copy.source), &[&copy.to_bytes(), &into, &how.to_bytes()])
        };
        if first.is_some() {
            fold(canonical, How { relation: Relation::Exact, similarity: 1.0 })?;
        }
        copies.each_of(&key, |mut row| fold(Doc::take(&mut row)?, How::take(&mut row)?))?;
    }
    folds.finish()
}
