//! Which sentences are boilerplate, counted over the articles of all parts in rounds, as one machine does.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::compare::repeat::{AtEdges, ROUNDS, RepeatedSentence, RepeatedSentences};
use crate::compare::samples::nth_of;
use crate::error::Result;
use crate::run::clean_parts::by_story::ArticlesByStory;
use crate::run::clean_parts::cleaned::HASHES;
use crate::run::clean_parts::places::{ArticlePlace, Own, article_of, line_of};
use crate::run::clean_parts::task::{CLEAN, Spread};
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged, take_number};
use crate::run::parts::work::{Draft, in_batches};
use crate::run::rewrite::Repeats;

/// What a round leaves: sentences at edges, by their hashes; and what is learned.
const EDGES: &str = "edges";
const LESSONS: &str = "lessons";

/// The stage of a round that looks at the edges of articles.
pub(super) fn edges_of(round: usize) -> String {
    format!("edges-{round:02}")
}

/// The stage of a round that learns.
pub(super) fn lessons_of(round: usize) -> String {
    format!("lessons-{round:02}")
}

/// What is told of a round.
#[derive(Debug, Serialize, Deserialize)]
struct LessonsTold {
    learned: usize,
}

/// Whether anything was learned in a round that all parts have done.
fn has_learned(job: &Job<Spread>, round: usize) -> Result<bool> {
    for part in 0..job.work.parts {
        let LessonsTold { learned } = job.work.told(part, &lessons_of(round))?;
        if learned > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many rounds there are, up to so many, by what was told of those before: the first, if sentences are taken for boilerplate at all, and
/// one after each that has learned something.
pub(super) fn rounds(job: &Job<Spread>, most: usize) -> Result<usize> {
    if job.task.terms.repeated == 0 {
        return Ok(0);
    }
    for round in 1..most {
        if !has_learned(job, round)? {
            return Ok(round);
        }
    }
    Ok(most)
}

/// What was learned of all articles, and where each sentence stands first.
pub(super) struct Learned {
    pub(super) sentences: RepeatedSentences,
    firsts: Vec<Repeats>,
}

impl Learned {
    /// What was learned in all rounds.
    pub(super) fn all(job: &Job<Spread>) -> Result<Self> {
        Self::before(job, ROUNDS + 1)
    }

    /// What was learned in the rounds before one.
    fn before(job: &Job<Spread>, round: usize) -> Result<Self> {
        let mut sentences = RepeatedSentences::with_thresholds(*job.thresholds());
        let mut firsts = Vec::new();
        for stage in (1..=rounds(job, round - 1)?).map(lessons_of) {
            let mut rows = job.work.lists(&stage, LESSONS)?;
            while let Some(row) = rows.next()? {
                let row = &mut &row[..];
                let (hash, first) = (take_number(row)?, firsts.len() as u32);
                let repeats: Repeats = serde_json::from_slice(row).map_err(|_| damaged())?;
                sentences.add(hash, RepeatedSentence { stories: repeats.stories, first });
                firsts.push(repeats);
            }
        }
        Ok(Self { sentences, firsts })
    }

    /// Where a sentence that was learned stands first.
    pub(super) fn first(&self, lesson: RepeatedSentence) -> Result<Repeats> {
        self.firsts.get(lesson.first as usize).cloned().ok_or_else(damaged)
    }
}

/// By file: articles, copies → by sentence: sentence at the edge of an article, its story, the article.
pub(super) fn edges(job: &Job<Spread>, draft: &Draft, round: usize) -> Result<()> {
    let learned = Learned::before(job, round)?;
    let own = Own::open(job)?;
    let mut out = draft.outbox(EDGES, 1);
    let mut articles = ArticlesByStory::open(job)?;
    let edges = |(): &mut (), (place, story): (ArticlePlace, Doc)| {
        let sentences = own.sentences(&place)?;
        let hashes: BTreeSet<u64> = learned.sentences.edges(&sentences).collect();
        Ok((hashes, story, place.doc))
    };
    in_batches(
        || articles.next_with_story(),
        |_| 0,
        || (),
        edges,
        |(hashes, story, doc)| {
            let (story, doc) = (story.to_bytes(), doc.to_bytes());
            let mut hashes = hashes.into_iter();
            hashes.try_for_each(|hash| {
                out.push(nth_of(hash, job.work.parts), &[&hash.to_be_bytes(), &story, &doc])
            })
        },
    )?;
    out.finish()
}

/// By sentence: the stories at whose edge it stands, the articles that have it → what is learned.
pub(super) fn lessons(job: &Job<Spread>, draft: &Draft, round: usize) -> Result<()> {
    let judge = RepeatedSentences::with_thresholds(*job.thresholds());
    let docs = Docs::open(job)?;
    let mut lessons = draft.table(LESSONS)?;
    let mut edges = job.work.rows(&[(&edges_of(round), EDGES)], job.work.part)?;
    let mut everywhere = job.work.rows(&[(CLEAN, HASHES)], job.work.part)?;
    let mut told = LessonsTold { learned: 0 };
    while let Some(hash) = edges.key::<8>() {
        let mut counted = AtEdges::none();
        edges.each_of(&hash, |mut row| {
            counted.add(Doc::take(&mut row)?, Doc::take(&mut row)?);
            Ok(())
        })?;
        let counted = counted.of_stories(job.task.terms.repeated);
        let Some((stories, first, at_edge)) = counted else { continue };
        if judge.is_boilerplate(at_edge, everywhere.count_of(&hash)?) {
            let repeats = article_of(&docs.read(first)?)?.provenance.repeats(stories);
            lessons.push(0, &[&hash[..], &line_of(&repeats)?].concat())?;
            told.learned += 1;
        }
    }
    lessons.finish()?;
    draft.tell(&told)
}
