//! How each copy is named by its canonical article, and what becomes of it.

use serde::{Deserialize, Serialize};

use crate::article::CopyOf;
use crate::error::Result;
use crate::run::clean_parts::earlier::Publishing;
use crate::run::clean_parts::folded::{CUT, FOLDS, IDS};
use crate::run::clean_parts::places::{ArticlePlace, Articles, article_of, line_of};
use crate::run::clean_parts::stories::How;
use crate::run::clean_parts::task::Spread;
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged, take};
use crate::run::parts::work::{Draft, in_batches};
use crate::run::settings::rounded;
use crate::spill::sorted::SortedFile;
use crate::write::Removed;

/// The stage, and what it leaves: how copies are named, by canonical article; by copy, what changes in the ledger, and its line where copies are kept.
pub(super) const COPIES: &str = "copies";
pub(super) const NAMED: &str = "named";
pub(super) const CHANGES: &str = "changes";
pub(super) const LINES: &str = "lines";

/// What is told of copies.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct CopiesTold {
    pub(super) copies: usize,
    /// What only they have.
    pub(super) own: Removed,
}

/// What comes of a copy.
struct Named {
    copy: Doc,
    into: Doc,
    /// As its canonical article names it: a copy, and perhaps an appendix.
    named: Vec<u8>,
    /// The number of the article in its record, and what changes there.
    change: Option<Vec<u8>>,
    line: Option<Vec<u8>>,
    own: Removed,
}

/// The published ids of the canonical articles of all parts.
struct Ids(Vec<SortedFile>);

impl Ids {
    fn open(job: &Job<Spread>) -> Result<Self> {
        let tables = (0..job.work.parts).map(|part| job.work.table(part, CUT, IDS));
        tables.collect::<Result<_>>().map(Self)
    }

    fn of(&self, part: usize, doc: Doc) -> Result<String> {
        let row = self.0[part].find(&doc.to_bytes())?.ok_or_else(damaged)?;
        Ok(format!("{:032x}", u128::from_be_bytes(take(&mut &row[..])?)))
    }
}

/// By file: articles, what they are folded into → by canonical article: canonical article, copy, how that is named; changes; lines of copies.
pub(super) fn copies(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let terms = &job.task.terms;
    let publishing = Publishing::open(job)?;
    let (docs, ids) = (Docs::open(job)?, Ids::open(job)?);
    let mut named = draft.outbox(NAMED, 1);
    let (mut changes, mut lines) = (draft.table(CHANGES)?, draft.table(LINES)?);
    let mut articles = Articles::open(job)?;
    let mut folds = job.work.rows(&[(FOLDS, FOLDS)], job.work.part)?;
    let next = || {
        while let Some(place) = articles.next()? {
            if let Some(row) = folds.all_of(&place.doc.to_bytes())?.first() {
                let row = &mut &row[..];
                return Ok(Some((place, Doc::take(row)?, How::take(row)?)));
            }
        }
        Ok(None)
    };
    let name = |(): &mut (), (place, into, how): (ArticlePlace, Doc, How)| {
        let copy = publishing.published(&place, publishing.known(&place)?)?;
        let own = copy.own(&article_of(&docs.read(into)?)?.text, job.thresholds());
        let How { relation, similarity } = how;
        let id = ids.of(job.part_of(into.source), into)?;
        let merged = if terms.merge_own { &own[..] } else { &[] };
        let kept = copy.copy(relation, similarity, Some(&own));
        let mut counted = Removed::default();
        own.iter().for_each(|own| counted.add(own.span.len()));
        let fold = (!terms.keep_duplicates).then(|| (id.clone(), merged));
        let is_changed = fold.is_some() || copy.is_cut();
        let number = copy.article.provenance.article;
        let change = is_changed.then(|| line_of(&(number, copy.change(fold)))).transpose()?;
        let named = line_of(&(kept, copy.appendix(merged)))?;
        let mut article = copy.article;
        article.provenance.copy_of = Some(CopyOf { id, relation, similarity: rounded(similarity) });
        let line = terms.keep_duplicates.then(|| line_of(&article)).transpose()?;
        Ok(Named { copy: place.doc, into, named, change, line, own: counted })
    };
    let mut told = CopiesTold::default();
    in_batches(
        next,
        |(place, into, _)| place.doc.len.saturating_add(into.len),
        || (),
        name,
        |Named { copy, into, named: row, change, line, own }| {
            told.copies += 1;
            told.own.join(own);
            let (copy, to) = (copy.to_bytes(), job.part_of(into.source));
            named.push(to, &[&into.to_bytes(), &copy, &row])?;
            for (table, of_copy) in [(&mut changes, change), (&mut lines, line)] {
                if let Some(row) = of_copy {
                    table.push(0, &[&copy[..], &row].concat())?;
                }
            }
            Ok(())
        },
    )?;
    named.finish()?;
    changes.finish()?;
    lines.finish()?;
    draft.tell(&told)
}
