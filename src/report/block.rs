//! A record as the page has it: its text, the verdict on each stretch of it and what led there, its articles.

use std::collections::BTreeMap;

use dechaff::{
    Article, BlockType, Explanation, Kind, Mark, Reason, Record, Relation, Span, Strength,
    TextBlock,
};
use serde::Serialize;

use crate::finished::LedgerSpan;
use crate::report::shown::Shown;
use crate::report::stories::Fold;
use crate::report::units::Units;

/// What the page is told of a record. Lengths and places are units of UTF-16 of the text that is shown; where that is missing, bytes.
#[derive(Serialize)]
pub(super) struct Block<'b> {
    text: Option<String>,
    /// Why there is no text.
    missing: Option<&'b str>,
    /// Whether the record goes on behind what is shown.
    is_cut: bool,
    /// Of each span its length, kind, article (0 for none), what decided (0 for nothing, else its place in the list of those from 1), the
    /// bytes of it that are not shown, and whether it is kept.
    spans: Vec<(usize, usize, usize, usize, usize, bool)>,
    reasons: Vec<Why<'b>>,
    articles: Vec<PageArticle<'b>>,
}

/// What was known of a stretch of text when it was judged.
#[derive(Serialize)]
struct Why<'b> {
    at: (usize, usize),
    probability: Option<f32>,
    needed: Option<f32>,
    weights: Vec<(&'b str, f32)>,
    marks: Vec<(Kind, String, &'static str)>,
}

#[derive(Serialize)]
struct PageArticle<'b> {
    article: usize,
    id: &'b str,
    title: Option<&'b str>,
    published: Option<&'b str>,
    source: Option<&'b str>,
    authors: &'b [String],
    language: Option<&'b str>,
    url: Option<&'b str>,
    paragraphs: Vec<&'b str>,
    blocks: Vec<TextBlock>,
    copies: Vec<PageCopy<'b>>,
    /// Where it went, if it was folded.
    folded: Option<Folded<'b>>,
}

/// A copy, in the article that it was folded into.
#[derive(Serialize)]
struct PageCopy<'b> {
    row: Option<usize>,
    dump: &'b str,
    record: Option<&'b str>,
    article: usize,
    relation: Relation,
    similarity: f64,
    title: Option<&'b str>,
}

/// The article that a copy went to, and what of the copy stands nowhere there.
#[derive(Serialize)]
struct Folded<'b> {
    row: usize,
    article: usize,
    relation: Relation,
    similarity: f64,
    own: Option<Vec<&'b str>>,
}

/// What a block is made of.
pub(super) struct Of<'b> {
    pub(super) record: Result<&'b Record, &'b str>,
    pub(super) explained: Option<&'b Explanation>,
    pub(super) spans: &'b [LedgerSpan],
    /// Those that the run has written.
    pub(super) articles: &'b [Article],
    /// What became of those that it has not, by their numbers.
    pub(super) folds: &'b BTreeMap<usize, Fold>,
}

impl<'b> Block<'b> {
    /// The block of a record; `decider` gives the place of what decided, `row` that of a record in the list.
    pub(super) fn new(
        of: &Of<'b>,
        decider: impl Fn(&str) -> usize,
        row: impl Fn(&str, Option<&str>) -> Option<usize>,
    ) -> Self {
        let view = of.record.ok().map(|record| record.view.as_str());
        let shown = Shown::of(view, of.spans);
        let units = shown.text.as_deref().map(Units::of);
        let at = |byte: usize| {
            let byte = shown.place_of(byte);
            units.as_ref().map_or(byte, |units| units.at(byte))
        };
        let spans = of.spans[..shown.ends.len()].iter().map(|span| {
            let len = at(span.end).saturating_sub(at(span.start));
            let by = span.rule.as_deref().map_or(0, &decider);
            let left_out = shown.left_out(span);
            (len, place_of(span.kind), span.article.unwrap_or(0), by, left_out, span.is_kept())
        });
        let spans: Vec<_> = spans.collect();
        let reasons = of.explained.map_or(&[][..], |explained| &explained.reasons);
        let reasons =
            reasons.iter().filter(|reason| reason.span.start < shown.until).map(|reason| {
                let Reason { span, marks, probability, needed, weights } = reason;
                Why {
                    at: (at(span.start), at(span.end)),
                    probability: probability.map(|probability| rounded(probability, 1e3)),
                    needed: needed.map(|needed| rounded(needed, 1e3)),
                    weights: weights
                        .iter()
                        .map(|(name, w)| (name.as_str(), rounded(*w, 1e1)))
                        .collect(),
                    marks: marks.iter().map(said).collect(),
                }
            });
        let written = of.articles.iter().map(|article| PageArticle::new(article, None, &row));
        let cleaned = of.explained.map_or(&[][..], |explained| &explained.cleaned.articles);
        let folded = cleaned.iter().filter_map(|article| {
            let fold = of.folds.get(&article.provenance.article)?;
            let is_written = of
                .articles
                .iter()
                .any(|written| written.provenance.article == article.provenance.article);
            let own =
                |own: &Vec<(usize, usize)>| own_texts(view.unwrap_or_default(), of.spans, own);
            let folded = Folded {
                row: fold.row,
                article: fold.article,
                relation: fold.relation,
                similarity: fold.similarity,
                own: fold.own.as_ref().map(own),
            };
            (!is_written).then(|| PageArticle::new(article, Some(folded), &row))
        });
        let mut articles: Vec<PageArticle> = written.chain(folded).collect();
        articles.sort_by_key(|article| article.article);
        let bytes = of.spans.last().map_or(0, |span| span.end);
        let reasons = reasons.collect();
        let (missing, is_cut) = (of.record.err(), shown.until < bytes);
        let text = shown.text;
        Self { text, missing, is_cut, spans, reasons, articles }
    }
}

impl<'b> PageArticle<'b> {
    fn new(
        article: &'b Article,
        folded: Option<Folded<'b>>,
        row: &impl Fn(&str, Option<&str>) -> Option<usize>,
    ) -> Self {
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        let copies = article.provenance.copies.iter().map(|copy| PageCopy {
            row: row(&copy.dump, copy.record.as_deref()),
            dump: &copy.dump,
            record: copy.record.as_deref(),
            article: copy.article,
            relation: copy.relation,
            similarity: copy.similarity,
            title: copy.title.as_deref(),
        });
        Self {
            article: article.provenance.article,
            id: &article.id,
            title: article.title.as_deref(),
            published: article.meta.published.as_deref(),
            source: article.meta.source.as_deref(),
            authors: &article.meta.authors,
            language: article.meta.language.as_deref(),
            url: article.url.as_deref(),
            blocks: article.blocks.iter().map(|block| in_units(block, &paragraphs)).collect(),
            copies: copies.collect(),
            paragraphs,
            folded,
        }
    }
}

/// A block whose ranges are units of UTF-16, without where its cells stand.
fn in_units(block: &TextBlock, paragraphs: &[&str]) -> TextBlock {
    let moved = |range: Span, text: &str| {
        let units = Units::of(text);
        Span::new(units.at(range.start), units.at(range.end.max(range.start)))
    };
    let mut block = block.clone();
    for span in &mut block.spans {
        span.range = moved(span.range, paragraphs.get(span.paragraph).unwrap_or(&""));
    }
    if let BlockType::Table { rows } = &mut block.role {
        for cell in rows.iter_mut().flatten() {
            for span in &mut cell.spans {
                span.range = moved(span.range, &cell.text);
            }
            cell.ranges.clear();
        }
    }
    block
}

/// The texts of these ranges, without tags.
fn own_texts<'v>(view: &'v str, spans: &[LedgerSpan], own: &[(usize, usize)]) -> Vec<&'v str> {
    let mut texts = Vec::new();
    for &(start, end) in own {
        let first = spans.partition_point(|span| span.end <= start);
        let within = spans[first..].iter().take_while(|span| span.start < end);
        let words = within.filter(|span| !matches!(span.kind, Kind::Markup | Kind::Blank));
        texts.extend(
            words
                .filter_map(|span| view.get(span.start.max(start)..span.end.min(end)))
                .filter(|text| !text.trim().is_empty()),
        );
    }
    texts
}

fn said(mark: &Mark) -> (Kind, String, &'static str) {
    let strength = match mark.strength {
        Strength::Hint => "hint",
        Strength::Strong => "strong",
        Strength::Sure => "sure",
    };
    (mark.kind, mark.by.to_string(), strength)
}

/// A number to the digits that are shown.
fn rounded(number: f32, digits: f32) -> f32 {
    (number * digits).round() / digits
}

fn place_of(kind: Kind) -> usize {
    Kind::ALL.iter().position(|other| *other == kind).unwrap_or(0)
}
