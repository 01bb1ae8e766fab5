//! The articles of a run as the page lists them, what was folded into each, and what several of them have.

use std::collections::{BTreeMap, HashMap};

use dechaff::{Article, Relation};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::report::excerpt::excerpt;
use crate::report::limits::{COPIES, ROWS};
use crate::report::rows::Rows;

/// An article in the list.
#[derive(Debug, Serialize)]
pub(super) struct Story {
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) language: Option<String>,
    pub(super) published: Option<String>,
    /// The record that it stands in, by its place in the list.
    pub(super) row: usize,
    pub(super) article: usize,
    pub(super) chars: usize,
    pub(super) copies: usize,
}

/// What became of an article that was folded.
#[derive(Debug, Clone)]
pub(super) struct Fold {
    /// Where the article stands that it went to.
    pub(super) row: usize,
    pub(super) article: usize,
    pub(super) relation: Relation,
    pub(super) similarity: f64,
    /// What stands nowhere there, in bytes of its record.
    pub(super) own: Option<Vec<(usize, usize)>>,
}

/// A paragraph that several stories have.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) stories: usize,
    pub(super) row: usize,
    pub(super) article: usize,
    pub(super) excerpt: String,
}

/// What the articles say, all of them counted and those of listed records listed.
#[derive(Debug, Default)]
pub(super) struct Stories {
    pub(super) listed: Vec<Story>,
    pub(super) total: usize,
    pub(super) sources: BTreeMap<String, usize>,
    pub(super) languages: BTreeMap<String, usize>,
    /// By record and article.
    pub(super) folds: HashMap<(usize, usize), Fold>,
    /// The records of the copies of what a record holds.
    pub(super) beside: HashMap<usize, Vec<usize>>,
    shared: HashMap<u64, Shared>,
}

/// Characters of a paragraph that is worth a look where it comes back.
const PARAGRAPH: usize = 60;

impl Stories {
    /// Reads the articles to their end.
    pub(super) fn read(
        lines: impl Iterator<Item = anyhow::Result<Article>>,
        rows: &Rows,
    ) -> anyhow::Result<Self> {
        let mut stories = Self::default();
        for line in lines {
            stories.add(&line?, rows);
        }
        Ok(stories)
    }

    /// Paragraphs that several stories have, those of most stories first.
    pub(super) fn shared(&self) -> Vec<&Shared> {
        let mut shared: Vec<&Shared> = self.shared.values().filter(|s| s.stories > 1).collect();
        shared.sort_by_key(|s| (usize::MAX - s.stories, s.row, s.article, &s.excerpt));
        shared
    }

    fn add(&mut self, article: &Article, rows: &Rows) {
        self.total += 1;
        let count = |counts: &mut BTreeMap<String, usize>, name: &Option<String>| {
            *counts.entry(name.clone().unwrap_or_default()).or_default() += 1;
        };
        count(&mut self.sources, &article.meta.source);
        count(&mut self.languages, &article.meta.language);
        let place = &article.provenance;
        let Some(row) = rows.find(&place.dump, place.record.as_deref()) else { return };
        for copy in &place.copies {
            let Some(of) = rows.find(&copy.dump, copy.record.as_deref()) else { continue };
            let (relation, similarity) = (copy.relation, copy.similarity);
            let own = copy.own.as_ref();
            let own = own.map(|own| own.iter().map(|span| (span.start, span.end)).collect());
            let fold = Fold { row, article: place.article, relation, similarity, own };
            self.folds.insert((of, copy.article), fold);
            let beside = self.beside.entry(row).or_default();
            if of != row && beside.len() < COPIES && !beside.contains(&of) {
                beside.push(of);
            }
        }
        if self.listed.len() >= ROWS {
            return;
        }
        self.compare_paragraphs(article, row);
        self.listed.push(Story {
            title: article.title.clone(),
            source: article.meta.source.clone(),
            language: article.meta.language.clone(),
            published: article.meta.published.clone(),
            row,
            article: place.article,
            chars: article.text.chars().count(),
            copies: place.copies.len(),
        });
    }

    fn compare_paragraphs(&mut self, article: &Article, row: usize) {
        for paragraph in article.text.split("\n\n") {
            if paragraph.chars().nth(PARAGRAPH - 1).is_none() {
                continue;
            }
            let folded: String =
                paragraph.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            let (number, shared) = (
                article.provenance.article,
                self.shared.entry(xxh3_64(folded.as_bytes())).or_default(),
            );
            if shared.stories == 0 {
                (shared.row, shared.article) = (row, number);
            }
            // Twice in one article is no sign of anything.
            if shared.stories == 0 || (shared.row, shared.article) != (row, number) {
                shared.stories += 1;
            }
            if shared.stories == 2 && shared.excerpt.is_empty() {
                shared.excerpt = excerpt(paragraph);
            }
        }
    }
}
