//! What of articles earlier stories have too, and how articles are published by that and by what was learned.

use std::collections::BTreeMap;

use crate::compare::repeat::RepeatedSentence;
use crate::compare::spans::{SharedSpan, SharedSpans};
use crate::error::Result;
use crate::run::clean_parts::learned::Learned;
use crate::run::clean_parts::paragraphs::{BY_ARTICLE, FIRSTS};
use crate::run::clean_parts::places::{ArticlePlace, Articles, Own, article_of, line_of};
use crate::run::clean_parts::spans::{LATER, run_of};
use crate::run::clean_parts::task::Spread;
use crate::run::earlier::{Earlier, EarlierParagraph, EarlierSpan};
use crate::run::parts::docs::Docs;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, damaged};
use crate::run::parts::work::{Draft, Fault, Rows, in_batches};
use crate::run::published::Published;
use crate::run::rewrite::Cut;
use crate::run::treatment::{Paragraphs, Spans, Treatment};
use crate::sentences::Sentence;
use crate::spill::sorted::SortedFile;

/// The stage that leaves, by article, what earlier stories have of it.
pub(super) const EARLIER: &str = "earlier";

/// Bytes of the number of a paragraph, before where it stands first.
const NUMBER: usize = 4;

/// Whether it is asked for.
pub(super) fn looks_for_earlier(job: &Job<Spread>) -> bool {
    let Treatment { paragraphs, spans, .. } = job.task.terms.treatment;
    paragraphs != Paragraphs::Keep || spans != Spans::Keep
}

/// By file: articles, paragraphs and runs of letters that earlier ones have → article, what these have of it.
pub(super) fn earlier(job: &Job<Spread>, draft: &Draft) -> Result<()> {
    let treatment = &job.task.terms.treatment;
    let docs = Docs::open(job)?;
    let mut out = draft.table(EARLIER)?;
    let mut articles = Articles::open(job)?;
    let open = |is_sought: bool, stage, name| {
        is_sought.then(|| job.work.rows(&[(stage, name)], job.work.part)).transpose()
    };
    let mut paragraphs = open(treatment.paragraphs != Paragraphs::Keep, FIRSTS, BY_ARTICLE)?;
    let mut runs = open(treatment.spans != Spans::Keep, LATER, LATER)?;
    let next = || {
        while let Some(place) = articles.next()? {
            let key = place.doc.to_bytes();
            let of = |rows: &mut Option<Rows>| {
                rows.as_mut().map_or_else(|| Ok(Vec::new()), |rows| rows.all_of(&key))
            };
            let (paragraphs, runs) = (of(&mut paragraphs)?, of(&mut runs)?);
            if !paragraphs.is_empty() || !runs.is_empty() {
                return Ok(Some((place.doc, paragraphs, runs)));
            }
        }
        Ok(None)
    };
    let gather = |(): &mut (), (doc, paragraphs, runs): (Doc, Vec<Vec<u8>>, Vec<Vec<u8>>)| {
        let paragraph = |row: &Vec<u8>| -> Result<EarlierParagraph> {
            let json = row.get(NUMBER..).ok_or_else(damaged)?;
            serde_json::from_slice(json).map_err(|_| damaged())
        };
        let paragraphs = paragraphs.iter().map(paragraph).collect::<Result<_>>()?;
        Ok((doc, Earlier { paragraphs, spans: spans(&docs, doc, &runs)? }))
    };
    in_batches(
        next,
        |(doc, ..)| doc.len,
        || (),
        gather,
        |(doc, earlier)| out.push(0, &[&doc.to_bytes()[..], &line_of(&earlier)?].concat()),
    )?;
    out.finish()
}

/// The long stretches that an article shares with earlier ones, by the runs of letters that it does.
fn spans(docs: &Docs, doc: Doc, runs: &[Vec<u8>]) -> Result<Vec<EarlierSpan>> {
    if runs.is_empty() {
        return Ok(Vec::new());
    }
    let runs: BTreeMap<_, _> =
        runs.iter().map(|row| run_of(&mut &row[..])).collect::<Result<_>>()?;
    let (text, fault) = (article_of(&docs.read(doc)?)?.text, Fault::default());
    let other = |first: Doc| {
        let text = docs.read(first).and_then(|line| Ok(article_of(&line)?.text));
        fault.or_noted(text.map(Some)).unwrap_or_default()
    };
    let found = SharedSpans::default().of(&text, |hash| runs.get(&hash).copied(), other);
    fault.check()?;
    let named = |span: SharedSpan<Doc>| {
        let first = article_of(&docs.read(span.first)?)?.provenance.repeats(span.stories);
        Ok(EarlierSpan { range: span.range, first })
    };
    found.into_iter().map(named).collect()
}

/// How the articles of this part are published.
pub(super) struct Publishing<'j> {
    learned: Learned,
    own: Own,
    docs: Docs<'j>,
    treatment: Treatment,
    /// None where nothing of earlier stories is looked for.
    earlier: Option<SortedFile>,
}

/// What is known of an article before it is published: its sentences, those that go, and what earlier stories have of it.
pub(super) struct Known {
    sentences: Vec<Sentence>,
    cuts: Vec<Cut>,
    earlier: Earlier,
}

impl<'j> Publishing<'j> {
    pub(super) fn open(job: &'j Job<Spread>) -> Result<Self> {
        let earlier = looks_for_earlier(job)
            .then(|| job.work.table(job.work.part, EARLIER, EARLIER))
            .transpose()?;
        Ok(Self {
            learned: Learned::all(job)?,
            own: Own::open(job)?,
            docs: Docs::open(job)?,
            treatment: job.task.terms.treatment,
            earlier,
        })
    }

    /// What is known of an article.
    pub(super) fn known(&self, place: &ArticlePlace) -> Result<Known> {
        let sentences = self.own.sentences(place)?;
        let row = self.earlier.as_ref().map(|table| table.find(&place.doc.to_bytes()));
        let earlier: Earlier = match row.transpose()?.flatten() {
            Some(row) => serde_json::from_slice(&row).map_err(|_| damaged())?,
            None => Earlier::default(),
        };
        let text = if self.treatment.spans == Spans::Drop && !earlier.spans.is_empty() {
            article_of(&self.docs.read(place.doc)?)?.text
        } else {
            String::new()
        };
        let first = |lesson: RepeatedSentence| self.learned.first(lesson);
        let Learned { sentences: learned, .. } = &self.learned;
        let cuts = earlier.cuts((|| text, &sentences), learned, &self.treatment, first)?;
        Ok(Known { sentences, cuts, earlier })
    }

    /// Whether an article of which this is known is published as it is.
    pub(super) fn is_whole(&self, known: &Known) -> bool {
        let is_marked = self.treatment.marks() && known.earlier != Earlier::default();
        known.cuts.is_empty() && !is_marked
    }

    /// An article as it is published.
    pub(super) fn published(&self, place: &ArticlePlace, known: Known) -> Result<Published> {
        let Known { sentences, cuts, earlier } = known;
        let mut article = article_of(&self.docs.read(place.doc)?)?;
        earlier.mark(&mut article, &sentences, &self.learned.sentences, &self.treatment);
        Ok(Published::new(article, sentences, cuts))
    }
}
