//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

use std::ops::Range;

use crate::clean::assemble::assemble;
use crate::clean::author::AuthorScorer;
use crate::clean::beside::Beside;
use crate::clean::build::{Forms, Structure};
use crate::clean::cleaned::{Cleaned, LeftOut};
use crate::clean::form::{keep_headings, keep_tables, settle_runs};
use crate::clean::headlines::{Headlines, own_titles};
use crate::clean::inherit::{inherit_day, inherit_issue, inherit_source};
use crate::clean::item::keep_items;
use crate::clean::judge::{JudgeInput, Strictness, Verdict};
use crate::clean::labelled::{complete, mark_records, only_title, record_of, record_segments};
use crate::clean::mail::mark_mail;
use crate::clean::mark::{
    AROUND_RECORDS, Marks, SIGNED, Strength, detect, mark_error_page, mark_headings,
    mark_item_feet, mark_lines_about, mark_listings, mark_markup, mark_phrases, mark_printed,
    mark_quotations, mark_verse, stage,
};
use crate::clean::meta::{meta_of, source_beside};
use crate::clean::model::{ModelInput, Prediction};
use crate::clean::publisher::SourceScorer;
use crate::clean::region::{likely_region, text_region};
use crate::clean::reprint::strike_reprints;
use crate::clean::rules::Rules;
use crate::clean::segment::Segment;
use crate::clean::site::PageContext;
use crate::clean::split::{Splitter, buttoned_texts, signature_of, split};
use crate::clean::thread::keep_posts;
use crate::clean::thresholds::Thresholds;
use crate::clean::title::{Candidates, Prints, TitleScorer, headline_within, span};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::page::{Block, Page};
use crate::span::{Decider, Kind, Span};

/// What the stages decide by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stages<'a> {
    /// Phrases of all packs.
    pub(crate) rules: &'a Rules,
    /// Tells headlines from other lines; without it rules do.
    pub(crate) titles: Option<&'a TitleScorer>,
    /// Tells authors from other names; without it rules do.
    pub(crate) authors: Option<&'a AuthorScorer>,
    /// Tells the publisher from other names; without it rules do.
    pub(crate) sources: Option<&'a SourceScorer>,
    /// How much must speak for a block before it is kept.
    pub(crate) strictness: Strictness,
    /// Says where a page parts; without it rules do.
    pub(crate) splitter: Option<&'a Splitter>,
    /// What is kept beside the text of an article.
    pub(crate) beside: &'a [Beside],
    /// The numbers.
    pub(crate) thresholds: &'a Thresholds,
}

impl Stages<'_> {
    /// Runs them over a page; `judge` says of the blocks of each article how likely they are text, or nothing where there is no model.
    pub(crate) fn run(
        &self,
        page: &Page,
        site: Option<&PageContext>,
        mut judge: impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> (Cleaned, Vec<Verdict>) {
        let (marks, segments) = self.examine(page, site);
        let mut verdicts = Vec::with_capacity(page.blocks.len());
        let mut likely = Vec::with_capacity(page.blocks.len());
        let structure = match site {
            Some(site) => Structure::Elements(site.elements(page)),
            None => Structure::Forms(Forms::of(page, &marks)),
        };
        for (segment, region) in &segments {
            let mut predictions = judge(ModelInput {
                page,
                segment,
                region,
                marks: &marks,
                evidence: site.map(|site| &*site.evidence),
                is_markdown: site.is_some_and(|site| site.is_markdown),
            });
            // Of an article that was cleaned before, the model would take a second share.
            if site.is_some_and(|site| site.is_clean) {
                predictions.fill(Prediction::OF_CLEANED);
            }
            let mut own = self.verdicts(page, segment, region, &marks, &predictions);
            let t = &self.thresholds.form;
            let evidence = site.map(|site| &*site.evidence);
            let elements = (&structure, evidence);
            keep_tables(page, segment, elements, (&marks, &predictions), &mut own, t);
            if let Some(site) = site {
                keep_headings(page, segment, &site.evidence, &predictions, &mut own, t);
                site.chosen.overrule(segment.blocks.clone(), &mut own);
            }
            verdicts.append(&mut own);
            likely.extend(predictions.iter().map(|prediction| prediction.probability));
            likely.resize(verdicts.len(), 1.0);
        }
        keep_items(page, &segments, &likely, &mut verdicts, &self.thresholds.item);
        // In Markdown any lines with a day would part posts.
        if let Some(site) = site.filter(|site| !site.is_markdown) {
            keep_posts(page, &site.evidence, &mut verdicts, &self.thresholds.thread);
            // What is taken for a post may be the text again.
            for (segment, _) in &segments {
                let blocks = segment.blocks.clone();
                strike_reprints(
                    page,
                    blocks.clone(),
                    &mut verdicts[blocks],
                    &self.thresholds.reprint,
                );
            }
        }
        let t = &self.thresholds.split;
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
                None if is_rest => t.untitled_words,
                None => 1,
            };
            let article = (words >= least || segments.len() == 1)
                .then(|| {
                    let number = articles.len() + 1;
                    assemble(page, segment, number, (&verdicts, &marks), &structure, self.beside)
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
        // A page of HTML says more of itself.
        if site.is_none() {
            // Around the text of a mail no site names itself.
            let sources = self.sources.filter(|_| !page.is_mail);
            inherit_source(&mut articles, page, (&marks, &verdicts), sources);
            if let ([article], [(segment, _)]) = (&mut articles[..], &segments[..])
                && article.meta.source.is_none()
            {
                article.meta.source = source_beside(page, segment, &verdicts);
            }
            for (article, segment) in articles.iter_mut().zip(told) {
                if let Some(scorer) = self.authors.filter(|_| record_of(page, segment).is_none()) {
                    scorer.complete(page, segment, (&marks, &verdicts), &mut article.meta);
                }
            }
        }
        let ledger = account(page, &verdicts, &numbers, &marks, self.beside);
        let holds_prose = page.blocks.iter().any(Block::is_prose);
        (Cleaned { articles, ledger, holds_prose, left_out: LeftOut::default() }, verdicts)
    }

    /// The stages before the verdict: evidence, and the articles, each with where its text stands.
    pub(crate) fn examine(
        &self,
        page: &Page,
        site: Option<&PageContext>,
    ) -> (Marks, Vec<(Segment, Range<usize>)>) {
        let mut marks = self.mark(page, site);
        let segments = self.split(page, site, &marks);
        mark_item_feet(page, &segments, &mut marks, &self.thresholds.mark.foot);
        let headlines = Headlines::new(page, site, self.titles, self.thresholds);
        let text_of = |own: &Segment, marks: &mut Marks| self.find_text(page, own, marks);
        let headlines = headlines.all(&segments, &mut marks, text_of);
        let mut segments: Vec<(Segment, Range<usize>)> = segments
            .into_iter()
            .zip(&headlines)
            .map(|(segment, own)| self.detect(page, site, segment, own.as_ref(), &mut marks))
            .collect();
        own_titles(page, &mut segments);
        (marks, segments)
    }

    /// For each article the candidates for its headline: where they stand, and what the scorer sees of them.
    pub(crate) fn title_candidates(&self, page: &Page) -> Vec<Vec<(Span, Vec<f32>)>> {
        let mut marks = self.mark(page, None);
        let prints = Prints::of(page);
        let segments = self.split(page, None, &marks);
        mark_item_feet(page, &segments, &mut marks, &self.thresholds.mark.foot);
        let texts: Vec<usize> =
            segments.iter().map(|segment| self.find_text(page, segment, &mut marks)).collect();
        let found = TitleScorer::candidates(&prints, &marks, &segments, &texts);
        let rows = |(segment, own): (&Segment, Candidates)| {
            let within = |blocks| headline_within(page, segment.blocks.clone(), span(page, blocks));
            let spans = own.blocks.iter().map(within);
            spans.zip(own.rows.iter().map(|row| row.to_vec())).collect()
        };
        segments.iter().zip(found).map(rows).collect()
    }

    /// What rules say of the blocks, what a text browser added, the elements of a page of HTML, and the signs of code.
    pub(crate) fn mark(&self, page: &Page, site: Option<&PageContext>) -> Marks {
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(page, self.rules, &mut marks, &self.thresholds.mark.phrases);
        mark_printed(page, &mut marks);
        if let Some(site) = site {
            mark_markup(page, &site.evidence, &mut marks, &self.thresholds.mark.markup);
        }
        let evidence = site.map(|site| &*site.evidence);
        mark_listings(page, evidence, &mut marks, &self.thresholds.mark.listing);
        mark_records(page, &mut marks);
        mark_mail(page, &mut marks);
        if site.is_none() && !page.is_mail {
            mark_quotations(page, &mut marks);
            mark_headings(page, &mut marks);
        }
        mark_error_page(page, &mut marks, &self.thresholds.mark.error_page);
        if let Some(site) = site {
            site.chosen.mark(&mut marks);
        }
        marks
    }

    /// The articles: one where the page says so, and one for each record of labelled lines.
    fn split(&self, page: &Page, site: Option<&PageContext>, marks: &Marks) -> Vec<Segment> {
        let (thresholds, feed) = (&self.thresholds.split, &self.thresholds.mark.feed);
        if let Some(chosen) = site.and_then(|site| site.chosen.articles(page, &site.evidence)) {
            return chosen;
        }
        if let Some(articles) = site.and_then(|site| site.side_by_side(page)) {
            return articles;
        }
        if let Some(stories) = site.and_then(|site| site.digest(page, marks)) {
            return stories;
        }
        // The main heading of a newsletter is the name of it.
        let holds_many = |site: &PageContext| {
            site.is_list(page)
                || !site.is_article() && !buttoned_texts(page, marks, thresholds).is_empty()
        };
        let whole = site.filter(|site| !holds_many(site)).and_then(|site| site.whole(page));
        if let Some(whole) = whole {
            return vec![whole];
        }
        if let Some(records) = record_segments(page) {
            return records;
        }
        let of_elements = site.map(|_| thresholds.of_elements());
        let thresholds = of_elements.as_ref().unwrap_or(thresholds);
        let mut segments = match self.splitter {
            Some(splitter) => splitter.split(page, marks, thresholds, feed),
            None => split(page, marks, thresholds, feed),
        };
        if let [segment] = &mut segments[..] {
            segment.title = segment.title.or(only_title(page));
        }
        segments
    }

    /// Marks verse and lines about an article, and tells at which block its text begins.
    fn find_text(&self, page: &Page, segment: &Segment, marks: &mut Marks) -> usize {
        let t = &self.thresholds;
        let blocks = segment.blocks.clone();
        mark_verse(page, segment, marks, &t.mark.verse);
        mark_lines_about(page, segment, marks, &t.mark.about);
        let region = text_region(page, blocks.clone(), marks, &t.region);
        region
            .clone()
            .find(|&i| page.blocks[i].is_prose() && marks.of(i).is_none())
            .or_else(|| blocks.clone().find(|&i| marks.kind(i) == Some(Kind::Body)))
            .unwrap_or(region.start)
    }

    /// What detectors say of the blocks of an article with this headline, and where its text stands.
    fn detect(
        &self,
        page: &Page,
        site: Option<&PageContext>,
        mut segment: Segment,
        headline: Option<&Range<usize>>,
        marks: &mut Marks,
    ) -> (Segment, Range<usize>) {
        let t = &self.thresholds;
        let blocks = segment.blocks.clone();
        segment.title = headline.map(|headline| headline.start);
        if let Some(&Range { start, end }) = headline {
            self.mark_headline(start + 1..end, marks);
        }
        let evidence = site.map(|site| &*site.evidence);
        detect(page, evidence, &segment, marks, &t.mark);
        if let Some(name) = segment.signature {
            signature_of(page, name).for_each(|index| marks.set(index, &SIGNED));
        }
        // The line that parts an item from others is none of its text.
        let is_title = segment.title == Some(blocks.start);
        if segment.is_item && !is_title && marks.kind(blocks.start) == Some(Kind::Meta) {
            marks.set(blocks.start, &SIGNED);
        }
        if segment.is_around {
            let is_about = |index: &usize| marks.kind(*index) == Some(Kind::Meta);
            let others: Vec<usize> = blocks.clone().filter(|index| !is_about(index)).collect();
            others.into_iter().for_each(|index| marks.set(index, &AROUND_RECORDS));
        }
        let region = text_region(page, blocks, marks, &t.region);
        (segment, region)
    }

    /// Marks the lines over which a headline goes on.
    fn mark_headline(&self, goes_on: Range<usize>, marks: &mut Marks) {
        for index in goes_on {
            marks.add(index, Kind::Title, Decider::Detector(stage::HEADLINE), Strength::Sure);
        }
    }

    /// The verdicts on the blocks of an article, in their order.
    pub(crate) fn verdicts(
        &self,
        page: &Page,
        segment: &Segment,
        region: &Range<usize>,
        marks: &Marks,
        predictions: &[Prediction],
    ) -> Vec<Verdict> {
        let t = &self.thresholds;
        let blocks = segment.blocks.clone();
        let least = t.judge.least_of(self.strictness, page, blocks.clone(), marks, predictions);
        let input = JudgeInput {
            page,
            segment,
            region,
            marks,
            predictions,
            likely: likely_region(page, blocks.clone(), predictions, least, &t.region),
            least,
            thresholds: &t.judge,
            bounds: &t.mark.detectors,
        };
        let mut verdicts: Vec<Verdict> = blocks.clone().map(|i| input.verdict(i)).collect();
        settle_runs(&input, &mut verdicts, &t.form);
        strike_reprints(page, blocks, &mut verdicts, &t.reprint);
        verdicts
    }
}

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
