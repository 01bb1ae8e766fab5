//! The articles of this part, by the stories that they tell.

use crate::error::Result;
use crate::run::clean_parts::places::{ArticlePlace, Articles};
use crate::run::clean_parts::stories::BY_COPY;
use crate::run::clean_parts::task::Spread;
use crate::run::parts::alike::STORIES;
use crate::run::parts::job::Job;
use crate::run::parts::keys::Doc;
use crate::run::parts::work::Rows;

/// The articles of this part in their order, beside what copies are folded into.
pub(super) struct ArticlesByStory {
    articles: Articles,
    copies: Rows,
}

impl ArticlesByStory {
    pub(super) fn open(job: &Job<Spread>) -> Result<Self> {
        let copies = job.work.rows(&[(STORIES, BY_COPY)], job.work.part)?;
        Ok(Self { articles: Articles::open(job)?, copies })
    }

    /// The next article that is no copy.
    pub(super) fn next_canonical(&mut self) -> Result<Option<ArticlePlace>> {
        while let Some(place) = self.articles.next()? {
            if !self.copies.has(&place.doc.to_bytes())? {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// The next article, and the canonical one of its story.
    pub(super) fn next_with_story(&mut self) -> Result<Option<(ArticlePlace, Doc)>> {
        let Some(place) = self.articles.next()? else { return Ok(None) };
        let into = self.copies.all_of(&place.doc.to_bytes())?;
        let story = into.first().map(|row| Doc::take(&mut &row[..])).transpose()?;
        Ok(Some((place, story.unwrap_or(place.doc))))
    }
}
