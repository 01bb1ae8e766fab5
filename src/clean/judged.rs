//! What is made of a page whose blocks have their verdicts: articles, with what is told of them, and the ledger.

use std::ops::Range;

use crate::clean::assemble::assemble;
use crate::clean::author::AuthorScorer;
use crate::clean::beside::Beside;
use crate::clean::build::Structure;
use crate::clean::cleaned::{Cleaned, LeftOut};
use crate::clean::inherit::{inherit_day, inherit_issue, inherit_source};
use crate::clean::judge::Verdict;
use crate::clean::labelled::{complete, record_of};
use crate::clean::mark::Marks;
use crate::clean::meta::{meta_of, source_beside};
use crate::clean::publisher::SourceScorer;
use crate::clean::segment::Segment;
use crate::ledger::{Ledger, LedgerBuilder};
use crate::page::{Block, Page};
use crate::span::{Decider, Kind};

/// A page with its articles, each with where its text stands, and the verdicts on its blocks.
pub(crate) struct Judged<'p> {
    pub(crate) marks: Marks,
    pub(crate) segments: Vec<(Segment, Range<usize>)>,
    pub(crate) structure: Structure<'p>,
    pub(crate) verdicts: Vec<Verdict>,
    /// How likely text each block is by the model, 0 to 1; 1 without one.
    pub(crate) likely: Vec<f32>,
}

/// What tells of articles.
pub(crate) struct Telling<'a> {
    /// Tells authors from other names; without it rules do.
    pub(crate) authors: Option<&'a AuthorScorer>,
    /// Tells the publisher from other names; without it rules do.
    pub(crate) sources: Option<&'a SourceScorer>,
    /// What is kept beside the text of an article.
    pub(crate) beside: &'a [Beside],
    /// Words of the shortest further article without a headline.
    pub(crate) untitled_words: u32,
}

impl Judged<'_> {
    /// The articles with what is told of them, and the ledger. A page of HTML says more of itself than these look for.
    pub(crate) fn written(
        self,
        page: &Page,
        is_html: bool,
        telling: &Telling,
    ) -> (Cleaned, Vec<Verdict>) {
        let Judged { marks, segments, structure, mut verdicts, likely: _ } = self;
        let mut articles = Vec::new();
        let mut told = Vec::new();
        let mut numbers = vec![None; page.blocks.len()];
        for (segment, _) in &segments {
            let blocks = segment.blocks.clone();
            let kept = blocks.clone().filter(|&i| verdicts[i].kind == Kind::Body);
            let paragraphs = kept.map(|i| &page.blocks[i]).filter(|block| block.is_prose());
            let words: u32 = paragraphs.map(|block| block.shape.words).sum();
            let is_rest = segment.title.is_none()
                && !segment.is_item
                && (!articles.is_empty() || segment.is_named);
            let least = match record_of(page, segment) {
                Some(_) => 0,
                None if segment.is_likely => 0,
                None if is_rest => telling.untitled_words,
                None => 1,
            };
            let article = (words >= least || segments.len() == 1)
                .then(|| {
                    let number = articles.len() + 1;
                    assemble(page, segment, number, (&verdicts, &marks), &structure, telling.beside)
                })
                .flatten();
            if let Some(mut article) = article {
                complete(page, segment, &mut article);
                numbers[blocks].fill(Some(articles.len() + 1));
                articles.push(article);
                told.push(segment);
            } else {
                verdicts[blocks]
                    .iter_mut()
                    .filter(|v| v.kind.is_kept())
                    .for_each(|v| *v = Verdict::without_text());
            }
        }
        if let Some((above, _)) = segments.first().filter(|(above, _)| above.is_around) {
            let about = meta_of(page, above, &verdicts, None);
            inherit_day(&mut articles, about.published.as_ref());
        }
        if let Some(first) = segments.iter().map(|(segment, _)| segment).find(|s| !s.is_around) {
            inherit_issue(&mut articles, page, first, &verdicts);
        }
        if !is_html {
            // Around the text of a mail no site names itself.
            let sources = telling.sources.filter(|_| !page.is_mail);
            inherit_source(&mut articles, page, (&marks, &verdicts), sources);
            if let ([article], [(segment, _)]) = (&mut articles[..], &segments[..])
                && article.meta.source.is_none()
            {
                article.meta.source = source_beside(page, segment, &verdicts);
            }
            for (article, segment) in articles.iter_mut().zip(told) {
                if let Some(scorer) = telling.authors.filter(|_| record_of(page, segment).is_none())
                {
                    scorer.complete(page, segment, (&marks, &verdicts), &mut article.meta);
                }
            }
        }
        let ledger = account(page, &verdicts, &numbers, &marks, telling.beside);
        let holds_prose = page.blocks.iter().any(Block::is_prose);
        (Cleaned { articles, ledger, holds_prose, left_out: LeftOut::default() }, verdicts)
    }
}

/// The ledger of a page by the verdicts on its blocks, the number of the article of each, and what is cut from within paragraphs.
fn account(
    page: &Page,
    verdicts: &[Verdict],
    numbers: &[Option<usize>],
    marks: &Marks,
    beside: &[Beside],
) -> Ledger {
    let mut ledger = LedgerBuilder::default();
    for (index, block) in page.blocks.iter().enumerate() {
        let verdict = &verdicts[index];
        let stays = |kind: Kind| beside.iter().any(|beside| beside.kind() == Some(kind));
        let mut cover = |end: usize, kind: Kind, by: Option<Decider>| match numbers[index] {
            Some(number) if stays(kind) => ledger.keep(end, kind, number, by),
            number => ledger.cover(end, kind, number.filter(|_| kind.belongs_to_article()), by),
        };
        cover(block.span.start, Kind::Blank, None);
        if verdict.kind == Kind::Body {
            for cut in marks.cuts_of(index) {
                cover(cut.span.start, Kind::Body, verdict.by.clone());
                cover(cut.span.end, cut.kind, Some(cut.by.clone()));
            }
        }
        cover(block.span.end, verdict.kind, verdict.by.clone());
    }
    ledger.finish(page.text.len())
}
