//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

use std::ops::Range;

use crate::clean::amid::{Judging, keep_amid_text};
use crate::clean::author::AuthorScorer;
use crate::clean::beside::Beside;
use crate::clean::build::{Forms, Structure};
use crate::clean::cleaned::Cleaned;
use crate::clean::form::{keep_headings, keep_tables, settle_runs};
use crate::clean::headlines::{Headlines, own_titles};
use crate::clean::item::{ItemScorer, holds_prose, mark_around, rows_of, settle_items};
use crate::clean::judge::{JudgeInput, Strictness, Verdict};
use crate::clean::judged::{Judged, Telling};
use crate::clean::labelled::{mark_records, only_title, record_segments};
use crate::clean::mail::mark_mail;
use crate::clean::mark::{
    Marks, SIGNED, Strength, detect, mark_error_page, mark_headings, mark_item_feet,
    mark_lines_about, mark_listings, mark_markup, mark_phrases, mark_printed, mark_quotations,
    mark_verse, stage,
};
use crate::clean::model::{ModelInput, Prediction};
use crate::clean::publisher::SourceScorer;
use crate::clean::region::{likely_region, text_region};
use crate::clean::reprint::strike_reprints;
use crate::clean::rules::Rules;
use crate::clean::second_look::{of_page, text_alone};
use crate::clean::segment::Segment;
use crate::clean::site::PageContext;
use crate::clean::split::{Parted, Splitter, buttoned_texts, signature_of, split};
use crate::clean::thread::keep_posts;
use crate::clean::thresholds::Thresholds;
use crate::clean::title::{Candidates, Prints, TitleScorer, headline_within, span};
use crate::page::Page;
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
    /// Tells articles from what stands around them; without it splitting alone does.
    pub(crate) items: Option<&'a ItemScorer>,
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
        let mut judged = self.look(page, site, &mut judge);
        let probabilities = self.items.and_then(|items| items.probabilities(page, &judged));
        settle_items(page, &mut judged, probabilities.as_deref(), &self.thresholds.item);
        let telling = Telling {
            authors: self.authors,
            sources: self.sources,
            beside: self.beside,
            untitled_words: self.thresholds.split.untitled_words,
        };
        judged.written(page, site.is_some(), &telling)
    }

    /// The verdicts on a page, from the second look at it where that finds more articles.
    fn look<'p>(
        &self,
        page: &'p Page,
        site: Option<&'p PageContext>,
        judge: &mut impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> Judged<'p> {
        let marks = self.mark(page, site);
        let parted = self.split(page, site, &marks);
        let missed_by = parted.lead.map(|lead| -lead).filter(|_| parted.segments.len() == 1);
        let judged = self.judge(page, site, (parted.segments, marks), judge);
        let again = missed_by
            .filter(|_| site.is_none() && !page.is_mail)
            .and_then(|missed_by| self.look_again(page, &judged.verdicts, missed_by));
        match again {
            Some(segments) => self.judge(page, site, (segments, self.mark(page, site)), judge),
            None => judged,
        }
    }

    /// What the scorer of articles sees of each part of a page of several, and where it stands.
    pub(crate) fn item_rows(
        &self,
        page: &Page,
        mut judge: impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> Vec<(Span, Vec<f32>)> {
        let judged = self.look(page, None, &mut judge);
        let place = |(own, _): &(Segment, Range<usize>)| {
            let blocks = &page.blocks[own.blocks.clone()];
            let ends = blocks.first().zip(blocks.last());
            ends.map_or(Span::new(0, 0), |(first, last)| Span::new(first.span.start, last.span.end))
        };
        let rows = rows_of(page, &judged).into_iter().map(|row| row.to_vec());
        let is_parted = judged.segments.len() > 1;
        judged.segments.iter().map(place).zip(rows).filter(|_| is_parted).collect()
    }

    /// The verdicts on the blocks of a page with these articles.
    fn judge<'p>(
        &self,
        page: &'p Page,
        site: Option<&'p PageContext>,
        (segments, marks): (Vec<Segment>, Marks),
        judge: &mut impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> Judged<'p> {
        let (marks, segments) = self.find(page, site, segments, marks);
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
            }
            let judging = Judging { page, segment, marks: &marks, structure: &structure, evidence };
            keep_amid_text(&judging, &mut own, &self.thresholds.amid);
            if let Some(site) = site {
                site.chosen.overrule(segment.blocks.clone(), &mut own);
            }
            verdicts.append(&mut own);
            likely.extend(predictions.iter().map(|prediction| prediction.probability));
            likely.resize(verdicts.len(), 1.0);
        }
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
        Judged { marks, segments, structure, verdicts, likely }
    }

    /// The articles of a page, as a look at its text alone parts it; None where it is one article. The first look missed what is asked by so much.
    fn look_again(
        &self,
        page: &Page,
        verdicts: &[Verdict],
        missed_by: f32,
    ) -> Option<Vec<Segment>> {
        let t = &self.thresholds.second_look;
        let (splitter, asked) = self.splitter.zip(t.asked_of_second(missed_by))?;
        let text = text_alone(page, verdicts, t)?;
        let part = Page::with(&page.text[text.clone()], &self.thresholds.page);
        let marks = self.mark(&part, None);
        let split = self.thresholds.split.asking(asked);
        let parted = splitter.split(&part, &marks, &split, &self.thresholds.mark.feed);
        let parts = parted.lead.is_some_and(|lead| lead >= 0.0);
        parts.then(|| of_page(page, &part, text.start, parted.segments)).flatten()
    }

    /// The stages before the verdict: evidence, and the articles, each with where its text stands.
    pub(crate) fn examine(
        &self,
        page: &Page,
        site: Option<&PageContext>,
    ) -> (Marks, Vec<(Segment, Range<usize>)>) {
        let marks = self.mark(page, site);
        let parted = self.split(page, site, &marks);
        let (mut marks, segments) = self.find(page, site, parted.segments, marks);
        let open = segments.iter().map(|(own, _)| own).filter(|own| own.is_open);
        open.for_each(|own| mark_around(own, &mut marks));
        (marks, segments)
    }

    /// Evidence on each article, its headline, and where its text stands.
    fn find(
        &self,
        page: &Page,
        site: Option<&PageContext>,
        mut segments: Vec<Segment>,
        mut marks: Marks,
    ) -> (Marks, Vec<(Segment, Range<usize>)>) {
        let may_open = self.items.is_some() && site.is_none();
        segments.iter_mut().for_each(|own| own.is_open &= may_open && holds_prose(page, own));
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
        let segments = self.split(page, None, &marks).segments;
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
        let evidence = site.map(|site| &*site.evidence);
        mark_phrases(page, evidence, self.rules, &mut marks, &self.thresholds.mark.phrases);
        mark_printed(page, &mut marks);
        if let Some(evidence) = evidence {
            mark_markup(page, evidence, &mut marks, &self.thresholds.mark.markup);
        }
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
    fn split(&self, page: &Page, site: Option<&PageContext>, marks: &Marks) -> Parted {
        let (thresholds, feed) = (&self.thresholds.split, &self.thresholds.mark.feed);
        if let Some(chosen) = site.and_then(|site| site.chosen.articles(page, &site.evidence)) {
            return chosen.into();
        }
        if let Some(articles) = site.and_then(|site| site.side_by_side(page)) {
            return articles.into();
        }
        if let Some(stories) = site.and_then(|site| site.digest(page, marks)) {
            return stories.into();
        }
        // The main heading of a newsletter is the name of it.
        let holds_many = |site: &PageContext| {
            site.is_list(page)
                || !site.is_article() && !buttoned_texts(page, marks, thresholds).is_empty()
        };
        let whole = site.filter(|site| !holds_many(site)).and_then(|site| site.whole(page));
        if let Some(whole) = whole {
            return vec![whole].into();
        }
        if let Some(records) = record_segments(page) {
            return records.into();
        }
        let of_elements = site.map(|_| thresholds.of_elements());
        let thresholds = of_elements.as_ref().unwrap_or(thresholds);
        let mut parted = match self.splitter {
            Some(splitter) => splitter.split(page, marks, thresholds, feed),
            None => split(page, marks, thresholds, feed).into(),
        };
        if let [segment] = &mut parted.segments[..] {
            segment.title = segment.title.or(only_title(page));
        }
        parted
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
        if segment.is_around && !segment.is_open {
            mark_around(&segment, marks);
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
