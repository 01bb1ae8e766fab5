//! The paragraphs of all articles, compared as their texts are: which stand in an earlier story too.

use crate::compare::fingerprint::Fingerprint;
use crate::compare::paragraphs::{
    RepeatedParagraph, SharedParagraph, is_compared, paragraph_thresholds, repeated_paragraphs,
};
use crate::error::Result;
use crate::run::clean_parts::by_story::ArticlesByStory;
use crate::run::clean_parts::learned::Learned;
use crate::run::clean_parts::places::{ArticlePlace, Own, article_of, line_of};
use crate::run::clean_parts::task::Spread;
use crate::run::earlier::{EarlierParagraph, kept_paragraphs};
use crate::run::parts::clusters::{Gathered, each_cluster};
use crate::run::parts::comparing::comparing;
use crate::run::parts::docs::{DOCUMENTS, Docs, Texts};
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::{Doc, damaged, rank_of, take};
use crate::run::parts::stage::Stage;
use crate::run::parts::work::{Draft, in_batches};
use crate::run::rewrite::Repeats;
use crate::run::settings::{Settings, rounded};
use crate::text::letters::NormalizedText;

/// How the names of the stages begin that compare paragraphs.
const WITHIN: &str = "paragraphs-";
/// The stage of these that leaves the paragraphs.
const TEXTS: &str = "texts";
/// The last one, with what stands in an earlier story, by article: article, paragraph, where it stands first.
pub(super) const FIRSTS: &str = "paragraphs-firsts";
pub(super) const BY_ARTICLE: &str = "by-article";

/// The comparison of paragraphs.
struct OfParagraphs {
    settings: Settings,
}

impl Task for OfParagraphs {
    const DOCUMENTS: &'static str = TEXTS;
    const TEXTS: &'static str = TEXTS;

    fn settings(&self) -> &Settings {
        &self.settings
    }

    fn text(&self, piece: Vec<u8>) -> Result<String> {
        Ok(Piece::of(&piece)?.text.to_owned())
    }
}

fn of_paragraphs(job: &Job<Spread<'_>>) -> Job<OfParagraphs> {
    let mut settings = job.task.settings().clone();
    settings.thresholds = paragraph_thresholds(settings.thresholds);
    job.within(WITHIN, OfParagraphs { settings })
}

/// The stages that compare paragraphs, in their order.
pub(super) fn comparing_paragraphs<'t>() -> Vec<Stage<'t, Spread<'t>>> {
    let mut stages = vec![Stage::of_all(format!("{WITHIN}{TEXTS}"), texts)];
    stages.extend(comparing().into_iter().map(|stage| stage.within(WITHIN, of_paragraphs)));
    stages.push(Stage::of_all(FIRSTS, firsts));
    stages
}

/// A paragraph as it is kept: its article, which one of that it is, the canonical article of its story, its text.
struct Piece<'p> {
    article: Doc,
    paragraph: u32,
    story: Doc,
    text: &'p str,
}

impl<'p> Piece<'p> {
    fn of(mut piece: &'p [u8]) -> Result<Self> {
        let (article, paragraph) = (Doc::take(&mut piece)?, u32::from_be_bytes(take(&mut piece)?));
        let story = Doc::take(&mut piece)?;
        let text = std::str::from_utf8(piece).map_err(|_| damaged())?;
        Ok(Self { article, paragraph, story, text })
    }

    fn to_bytes(&self) -> Vec<u8> {
        let Self { article, paragraph, story, text } = self;
        let (article, story) = (article.to_bytes(), story.to_bytes());
        [&article[..], &paragraph.to_be_bytes(), &story, text.as_bytes()].concat()
    }
}

/// By file: articles, copies → paragraphs; by text: text, paragraph; by shingle: shingle, text.
fn texts(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let learned = Learned::all(job)?;
    let (own, docs) = (Own::open(job)?, Docs::open(job)?);
    let mut pieces = draft.bytes(DOCUMENTS)?;
    let mut texts = Texts::new(draft, job.work.parts);
    let mut articles = ArticlesByStory::open(job)?;
    let compared = |letters: &mut NormalizedText, (place, story): (ArticlePlace, Doc)| {
        let text = article_of(&docs.read(place.doc)?)?.text;
        let sentences = own.sentences(&place)?;
        let mut found = Vec::new();
        for (paragraph, text) in kept_paragraphs(&text, &sentences, &learned.sentences) {
            letters.read(text);
            if is_compared(letters, job.thresholds()) {
                let piece = Piece { article: place.doc, paragraph, story, text }.to_bytes();
                found.push((piece, Fingerprint::new(letters)));
            }
        }
        Ok((place.doc.source, found))
    };
    let mut at = 0;
    in_batches(
        || articles.next_with_story(),
        |(place, _)| place.doc.len,
        NormalizedText::default,
        compared,
        |(source, found)| {
            found.into_iter().try_for_each(|(piece, fingerprint)| {
                let doc = Doc { source, at, len: piece.len() as u64 };
                at += doc.len;
                pieces.add(&piece)?;
                let mut names = fingerprint.sample().to_vec();
                names.sort_unstable();
                names.dedup();
                texts.push(doc, &rank_of(&fingerprint), names.into_iter())
            })
        },
    )?;
    pieces.finish()?;
    texts.finish()
}

/// By anchor: clusters of paragraphs → by file: article, paragraph that an earlier story has, where it stands first.
fn firsts(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let docs = Docs::open(job)?;
    let mut out = draft.outbox(BY_ARTICLE, 1);
    each_cluster(
        &of_paragraphs(job),
        |gathered| repeated(&docs, gathered),
        |_, rows| {
            rows.iter().try_for_each(|(article, repeated)| {
                let number = repeated.paragraph.to_be_bytes();
                let row = [&article.to_bytes()[..], &number, &line_of(repeated)?].concat();
                out.push(job.part_of(article.source), &[&row])
            })
        },
    )?;
    out.finish()
}

/// The paragraphs of a cluster that an earlier story has, with their articles.
fn repeated(articles: &Docs, gathered: Gathered) -> Result<Vec<(Doc, EarlierParagraph)>> {
    let Gathered { docs, list, clusters, loss } = gathered;
    let Some(cluster) = clusters.first() else { return Ok(Vec::new()) };
    let all = cluster.in_order();
    let read = |&(number, same): &(usize, usize)| {
        let piece = docs.read(list[number])?;
        let Piece { article, paragraph, story, .. } = Piece::of(&piece)?;
        Ok((SharedParagraph { article, story, same }, paragraph))
    };
    let (shared, numbers): (Vec<_>, Vec<u32>) =
        all.iter().map(read).collect::<Result<Vec<_>>>()?.into_iter().unzip();
    let loss = |paragraph: usize, first: usize| loss(all[paragraph].0, all[first].0);
    let named = |repeated: RepeatedParagraph| {
        let RepeatedParagraph { paragraph, first, stories, similarity } = repeated;
        let first = article_of(&articles.read(shared[first].article)?)?.provenance;
        let first = Repeats { similarity: Some(rounded(similarity)), ..first.repeats(stories) };
        let article = shared[paragraph].article;
        Ok((article, EarlierParagraph { paragraph: numbers[paragraph], similarity, first }))
    };
    repeated_paragraphs(&shared, loss).into_iter().map(named).collect()
}
