//! Why a record was cleaned as it was, from one pass over it.

use std::ops::Range;

use crate::clean::author::AuthorScorer;
use crate::clean::cleaned::Cleaned;
use crate::clean::cleaner::{About, Cleaner, Shown, to_view};
use crate::clean::columns::unfold;
use crate::clean::inherit::source_candidates;
use crate::clean::labelled::record_of;
use crate::clean::mark::Mark;
use crate::clean::meta::meta_of;
use crate::clean::model::{Features, ModelInput};
use crate::clean::record::complete_all;
use crate::clean::segment::Segment;
use crate::clean::split::{SplitCandidate, split_candidates};
use crate::page::Page;
use crate::read::{Format, Record};
use crate::span::Span;

/// What was known of a block when it was judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Where the block stands, in the view.
    pub span: Span,
    /// What rules and detectors said of it, the strongest first.
    pub marks: Vec<Mark>,
    /// How likely it is text of the article by the model, 0 to 1; none without a model.
    pub probability: Option<f32>,
    /// Where the model decided, the probability that was asked for at this place, 0 to 1.
    pub needed: Option<f32>,
    /// The features that weighed most in that probability, with their weight in log-odds of being text.
    pub weights: Vec<(String, f32)>,
}

/// A cleaned record with the reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What [`Cleaner::clean_record`] gives.
    pub cleaned: Cleaned,
    /// For each block, in the order of the view, what was known of it.
    pub reasons: Vec<Reason>,
}

impl Explanation {
    /// Cleans a record, and tells for each block the `most` features that weighed most.
    #[must_use]
    pub fn of(cleaner: &Cleaner, record: &Record, most: usize) -> Self {
        let mut reasons = Vec::new();
        let judge = |subject: ModelInput| {
            // A page that is looked at again is judged anew from its first block on.
            if subject.segment.blocks.start == 0 {
                reasons.clear();
            }
            let judged =
                cleaner.model().map_or_else(Vec::new, |model| model.explain(subject, most));
            let (predictions, weights): (Vec<_>, Vec<_>) = judged.into_iter().unzip();
            let mut weights = weights.into_iter();
            for (at, index) in subject.segment.blocks.clone().enumerate() {
                reasons.push(Reason {
                    span: subject.page.blocks[index].span,
                    marks: subject.marks.all_of(index).to_vec(),
                    probability: predictions.get(at).map(|prediction| prediction.probability),
                    needed: None,
                    weights: weights.next().unwrap_or_default(),
                });
            }
            predictions
        };
        let Shown { cleaned, verdicts, page } =
            cleaner.clean_shown(&record.view, record.format, About::of(record), judge);
        for (reason, verdict) in reasons.iter_mut().zip(verdicts) {
            reason.needed = verdict.needed;
        }
        let mut cleaned = to_view(page.as_ref(), &record.view, cleaned);
        complete_all(&mut cleaned, record);
        if let Some(page) = page {
            for reason in &mut reasons {
                reason.span = page.stretch_of(reason.span).unwrap_or(reason.span);
            }
            reasons.sort_by_key(|reason| reason.span.start);
        }
        Self { cleaned, reasons }
    }
}

/// What the model sees of a block.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureRow {
    /// Which article of the text it stands in, from 0.
    pub segment: usize,
    /// Where it stands in the text that is shown.
    pub span: Span,
    /// Its words, hashed; of plain text the first ones.
    pub words: Vec<u32>,
    /// Characters of text before it; none are told for a page of HTML.
    pub text_before: f32,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
}

/// What the model sees of each block of a text, or of a page of HTML or Markdown with its log-odds by text alone. For training; of such pages empty
/// without a model, and of text in columns too, as labels are those of whole lines.
#[doc(hidden)]
#[must_use]
pub fn feature_rows(cleaner: &Cleaner, view: &str, format: Format) -> Vec<FeatureRow> {
    /// Words of a block of plain text that are given.
    const WORDS: usize = 40;
    let mut found = Vec::new();
    let mut segments = 0..;
    let has_elements = matches!(format, Format::Html | Format::Markdown);
    let look = |subject: ModelInput| {
        let ModelInput { page, segment, region, marks, .. } = subject;
        if segment.blocks.start == 0 {
            found.clear();
            segments = 0..;
        }
        let rows: Vec<(Vec<f32>, f32)> = if has_elements {
            let seen = cleaner.model().map_or_else(Vec::new, |model| model.seen(subject));
            seen.into_iter().map(|row| (row, 0.0)).collect()
        } else {
            let features = Features::of(page, segment, region, marks);
            let rows = (0..features.len()).map(|at| features.row(at).to_vec());
            rows.zip(features.text_before().iter().copied()).collect()
        };
        let number = segments.next().unwrap_or(0);
        found.extend(segment.blocks.clone().zip(rows).map(|(index, (features, text_before))| {
            FeatureRow {
                segment: number,
                span: page.blocks[index].span,
                words: page
                    .words(index)
                    .iter()
                    .take(if has_elements { usize::MAX } else { WORDS })
                    .copied()
                    .collect(),
                text_before,
                features,
            }
        }));
        Vec::new()
    };
    let shown = cleaner.clean_shown(view, format, About::default(), look);
    if !has_elements && shown.page.is_some() {
        found.clear();
    }
    found
}

/// What the scorer sees of a candidate for a headline.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct TitleRow {
    /// Which article of the text it stands in, from 0.
    pub segment: usize,
    /// Where the headline would stand in the text.
    pub span: Span,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
}

/// What the scorer sees of each candidate for the headline of each article of a text. For training.
#[doc(hidden)]
#[must_use]
pub fn title_rows(cleaner: &Cleaner, view: &str) -> Vec<TitleRow> {
    if unfold(view, &cleaner.thresholds.columns).is_some() {
        return Vec::new();
    }
    let page = Page::with(view, &cleaner.thresholds.page);
    let segments = cleaner.stages().title_candidates(&page);
    let rows = |(segment, candidates): (usize, Vec<(Span, Vec<f32>)>)| {
        candidates.into_iter().map(move |(span, features)| TitleRow { segment, span, features })
    };
    segments.into_iter().enumerate().flat_map(rows).collect()
}

/// A part of a text that may be an article, and what the scorer sees of it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRow {
    /// Where it stands in the text.
    pub span: Span,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
}

/// What the scorer of articles sees of each part of a text that holds several. For training.
#[doc(hidden)]
#[must_use]
pub fn item_rows(cleaner: &Cleaner, view: &str) -> Vec<ItemRow> {
    if unfold(view, &cleaner.thresholds.columns).is_some() {
        return Vec::new();
    }
    let page = Page::with(view, &cleaner.thresholds.page);
    let rows = cleaner.stages().item_rows(&page, |subject| cleaner.predictions(subject));
    rows.into_iter().map(|(span, features)| ItemRow { span, features }).collect()
}

/// Names that may be those of an article's authors, and what the scorer sees of them.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorRow {
    /// Which article of the text they stand by, from 0.
    pub segment: usize,
    /// The names.
    pub names: Vec<String>,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
}

/// What becomes of a text, and its page; none where the text stands in columns.
fn page_shown<'v>(cleaner: &Cleaner, view: &'v str) -> Option<(Shown, Page<'v>)> {
    let shown = cleaner
        .clean_shown(view, Format::Text, About::default(), |subject| cleaner.predictions(subject));
    let is_one_column = shown.page.is_none();
    is_one_column.then(|| (shown, Page::with(view, &cleaner.thresholds.page)))
}

/// What the scorer sees of each candidate for the authors of each article of a text. For training.
#[doc(hidden)]
#[must_use]
pub fn author_rows(cleaner: &Cleaner, view: &str) -> Vec<AuthorRow> {
    let Some((shown, page)) = page_shown(cleaner, view) else { return Vec::new() };
    let (marks, segments) = cleaner.stages().examine(&page, None);
    let segments = segments.into_iter().filter(|(segment, _)| record_of(&page, segment).is_none());
    let rows = |(at, (segment, _)): (usize, (Segment, Range<usize>))| {
        let told = meta_of(&page, &segment, &shown.verdicts, None).authors;
        let evidence = (&marks, &*shown.verdicts);
        let candidates = AuthorScorer::candidates(&page, &segment, evidence, &told);
        candidates.into_iter().map(move |(names, features)| AuthorRow {
            segment: at,
            names,
            features,
        })
    };
    segments.enumerate().flat_map(rows).collect()
}

/// A name that may be the publisher's of a text, and what the scorer sees of it.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// The name.
    pub name: String,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
}

/// What the scorer sees of each name that may be the publisher's of a text. For training.
#[doc(hidden)]
#[must_use]
pub fn source_rows(cleaner: &Cleaner, view: &str) -> Vec<SourceRow> {
    let Some((shown, page)) = page_shown(cleaner, view) else { return Vec::new() };
    let (marks, segments) = cleaner.stages().examine(&page, None);
    if segments.iter().any(|(segment, _)| record_of(&page, segment).is_some()) {
        return Vec::new();
    }
    let told = segments.iter().map(|(segment, _)| meta_of(&page, segment, &shown.verdicts, None));
    let told: Vec<_> = told.collect();
    if told.iter().any(|meta| meta.source.is_some()) {
        return Vec::new();
    }
    let authors: Vec<&str> =
        told.iter().flat_map(|meta| &meta.authors).map(String::as_str).collect();
    let by = (&*authors, shown.cleaned.articles.len());
    let candidates = source_candidates(by, &page, (&marks, &shown.verdicts));
    candidates.into_iter().map(|(name, features)| SourceRow { name, features }).collect()
}

/// A set of places at which a text may part into articles.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct SplitRow {
    /// What its lines have in common, and where an article begins from each.
    pub form: String,
    /// The first byte of each part but one that begins above all of them.
    pub starts: Vec<usize>,
    /// Its measures, in the order of their names.
    pub measures: Vec<f32>,
}

/// The sets of places at which a text may part, the first of them "no split". For training.
#[doc(hidden)]
#[must_use]
pub fn split_rows(cleaner: &Cleaner, text: &str) -> Vec<SplitRow> {
    if unfold(text, &cleaner.thresholds.columns).is_some() {
        return Vec::new();
    }
    let page = Page::with(text, &cleaner.thresholds.page);
    let marks = cleaner.stages().mark(&page, None);
    let candidates =
        split_candidates(&page, &marks, &cleaner.thresholds.split, &cleaner.thresholds.mark.feed);
    let row = |SplitCandidate { form, starts, measures }| SplitRow {
        form,
        starts: starts.into_iter().map(|start| page.blocks[start].span.start).collect(),
        measures,
    };
    candidates.into_iter().map(row).collect()
}

/// The names of the measures of a set.
#[doc(hidden)]
#[must_use]
pub fn split_names() -> Vec<String> {
    crate::clean::split::measure_names()
}
