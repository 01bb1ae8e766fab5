//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

pub(crate) mod assemble;
pub(crate) mod cleaned;
pub(crate) mod explain;
pub(crate) mod form;
pub(crate) mod judge;
pub(crate) mod language;
pub(crate) mod mark;
pub(crate) mod meta;
pub(crate) mod model;
pub(crate) mod record;
pub(crate) mod region;
pub(crate) mod reprint;
pub(crate) mod rules;
pub(crate) mod segment;
#[cfg(feature = "run")]
pub(crate) mod sentences;
pub(crate) mod site;
pub(crate) mod source;
pub(crate) mod split;
pub(crate) mod stated;
#[cfg(test)]
mod tables;
pub(crate) mod thresholds;
pub(crate) mod title;

use crate::clean::cleaned::Cleaned;
use std::ops::Range;
use std::path::PathBuf;

use crate::clean::assemble::assemble;
use crate::clean::form::settle_runs;
use crate::clean::judge::{Case, Strictness, Verdict};
use crate::clean::mark::{
    Marks, detect, mark_lines_about, mark_listings, mark_markup, mark_phrases, mark_verse,
};
use crate::clean::model::{Features, Model, ModelInput, Opinion};
use crate::clean::region::{likely_region, text_region};
use crate::clean::reprint::strike_reprints;
use crate::clean::rules::{Pack, Rules, built_in_packs};
use crate::clean::segment::Segment;
use crate::clean::site::PageContext;
use crate::clean::source::to_source;
use crate::clean::split::split;
use crate::clean::thresholds::Thresholds;
use crate::clean::title::find_title;
use crate::error::Result;
use crate::html::{HtmlPage, Rendered};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::page::Page;
use crate::span::Kind;

/// What a [`Cleaner`] is built from.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Rule packs of the user's own, applied beside the built-in ones.
    pub packs: Vec<Pack>,
    /// Whether the built-in packs are left out.
    pub no_built_in_rules: bool,
    /// The model that is used.
    pub model: ModelChoice,
    /// How much must speak for a block before it is kept.
    pub strictness: Strictness,
    /// The numbers that the stages decide by. The defaults were chosen together, and the model was trained with them.
    pub thresholds: Thresholds,
}

/// Which model judges blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelChoice {
    /// The one that is compiled in.
    #[default]
    BuiltIn,
    /// None: rules and detectors alone.
    None,
    /// The one in a file.
    File(PathBuf),
}

/// Turns texts into clean articles. Built once, then used for any number of texts from any number of threads.
///
/// ```
/// use dechaff::{Cleaner, Options};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let dump = "Home\nSport\nQuay reopens after storm\n\nThe old quay was opened again on Monday, two weeks after the \
///     storm had torn away its railings and flooded the ticket hall.\n\nShare on Facebook\n";
/// let cleaned = cleaner.clean(dump);
/// assert_eq!(cleaned.articles.len(), 1);
/// assert_eq!(cleaned.articles[0].title.as_deref(), Some("Quay reopens after storm"));
/// assert_eq!(cleaned.ledger.bytes(), dump.len());
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Cleaner {
    rules: Rules,
    model: Option<Model>,
    strictness: Strictness,
    thresholds: Thresholds,
}

/// What became of the text that a view shows.
pub(crate) struct Shown {
    /// Articles and account, in places of that text.
    pub(crate) cleaned: Cleaned,
    /// The verdict on each block.
    pub(crate) verdicts: Vec<Verdict>,
    /// The page whose text it is, where the view is the source of one.
    pub(crate) page: Option<Rendered>,
}

impl Cleaner {
    /// Compiles the rules.
    ///
    /// # Errors
    /// [`crate::Error::RulePack`] when a pack cannot be used, [`crate::Error::Model`] when a model file cannot.
    pub fn new(options: Options) -> Result<Self> {
        let mut packs = if options.no_built_in_rules { Vec::new() } else { built_in_packs() };
        packs.extend(options.packs);
        let model = match &options.model {
            ModelChoice::BuiltIn => Some(Model::built_in()?),
            ModelChoice::None => None,
            ModelChoice::File(path) => Some(Model::read(path)?),
        };
        Ok(Self {
            rules: Rules::new(packs),
            model,
            strictness: options.strictness,
            thresholds: options.thresholds,
        })
    }

    /// The rules in use.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The features that a row of training has, of text or of a page of HTML, each with the range of its values.
    #[doc(hidden)]
    #[must_use]
    pub fn feature_ranges(of_html: bool) -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        if of_html { Model::ranges() } else { Features::ranges() }
    }

    /// The model in use, if one is.
    pub(crate) fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// Splits `text` into articles, strips what is no article, and accounts for every byte.
    #[must_use]
    pub fn clean(&self, text: &str) -> Cleaned {
        self.clean_shown(text, false, |subject| self.opinions(subject)).cleaned
    }

    /// Cleans a page of HTML. All ranges are bytes of its source.
    ///
    /// ```
    /// use dechaff::{Cleaner, Options};
    ///
    /// let cleaner = Cleaner::new(Options::default())?;
    /// let source = "<!DOCTYPE html><nav><a href='/'>Home</a></nav><h1>Quay reopens after storm</h1><p>The old quay was <b>opened again</b> on \
    ///     Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p><footer>Share on Facebook</footer>";
    /// let cleaned = cleaner.clean_html(source);
    /// let article = &cleaned.articles[0];
    /// assert_eq!(article.title.as_deref(), Some("Quay reopens after storm"));
    /// assert!(article.provenance.paragraphs[0][0].of(source).starts_with("The old quay was <b>opened again</b> on"));
    /// # Ok::<(), dechaff::Error>(())
    /// ```
    #[must_use]
    pub fn clean_html(&self, source: &str) -> Cleaned {
        let shown = self.clean_shown(source, true, |subject| self.opinions(subject));
        to_view(shown.page.as_ref(), source, shown.cleaned)
    }

    pub(crate) fn opinions(&self, subject: ModelInput) -> Vec<Opinion> {
        self.model.as_ref().map_or_else(Vec::new, |model| model.judge(subject))
    }

    /// Cleans what `view` shows; `judge` says of the blocks of each article how likely they are text, or nothing where there is no model.
    ///
    /// All places are those of the text that is shown: of the view, or of the page that is given back.
    pub(crate) fn clean_shown(
        &self,
        view: &str,
        is_html: bool,
        judge: impl FnMut(ModelInput) -> Vec<Opinion>,
    ) -> Shown {
        if !is_html {
            let page = Page::with(view, &self.thresholds.page);
            let (cleaned, verdicts) = self.stages(&page, None, judge);
            return Shown { cleaned, verdicts, page: None };
        }
        let html = HtmlPage::of(view);
        let page = Page::rendered(&html.shown.text, &self.thresholds.page);
        let site = PageContext::of(&html, &page);
        let (mut cleaned, verdicts) = self.stages(&page, Some(&site), judge);
        site.complete(&mut cleaned.articles);
        Shown { cleaned, verdicts, page: Some(html.shown) }
    }

    /// The stages within a record, in their order.
    fn stages(
        &self,
        page: &Page,
        site: Option<&PageContext>,
        mut judge: impl FnMut(ModelInput) -> Vec<Opinion>,
    ) -> (Cleaned, Vec<Verdict>) {
        let (marks, segments) = self.examine(page, site);
        let mut verdicts = Vec::with_capacity(page.blocks.len());
        for (segment, region) in &segments {
            let opinions = judge(ModelInput {
                page,
                segment,
                region,
                marks: &marks,
                evidence: site.map(|site| &*site.evidence),
            });
            verdicts.extend(self.verdicts(page, segment, region, &marks, &opinions));
        }
        let t = &self.thresholds.split;
        let mut articles = Vec::new();
        let mut numbers = vec![None; page.blocks.len()];
        for (segment, _) in &segments {
            let blocks = segment.blocks.clone();
            let kept = blocks.clone().filter(|&i| verdicts[i].kind == Kind::Body);
            let paragraphs = kept.map(|i| &page.blocks[i]).filter(|block| block.is_prose());
            let words: u32 = paragraphs.map(|block| block.shape.words).sum();
            let is_rest = segment.title.is_none() && !articles.is_empty();
            let least = if is_rest { t.untitled_words } else { 1 };
            let article = (words >= least || segments.len() == 1)
                .then(|| assemble(page, segment, articles.len() + 1, &verdicts, &marks))
                .flatten();
            if let Some(article) = article {
                numbers[blocks].fill(Some(articles.len() + 1));
                articles.push(article);
            } else {
                verdicts[blocks]
                    .iter_mut()
                    .filter(|v| v.kind.is_kept())
                    .for_each(|v| *v = Verdict::without_text());
            }
        }
        (Cleaned { ledger: account(page, &verdicts, &numbers, &marks), articles }, verdicts)
    }

    /// The stages before the verdict: evidence, and the articles, each with where its text stands.
    fn examine(
        &self,
        page: &Page,
        site: Option<&PageContext>,
    ) -> (Marks, Vec<(Segment, Range<usize>)>) {
        let mut marks = self.mark(page, site);
        let segments = self.split(page, site, &marks);
        let segments = segments.into_iter().map(|s| self.detect(page, site, s, &mut marks));
        let segments = segments.collect();
        (marks, segments)
    }

    /// What rules say of the blocks, the elements of a page of HTML, and the signs of code.
    fn mark(&self, page: &Page, site: Option<&PageContext>) -> Marks {
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(page, &self.rules, &mut marks, &self.thresholds.mark.phrases);
        if let Some(site) = site {
            mark_markup(page, &site.evidence, &mut marks, &self.thresholds.mark.markup);
        }
        let evidence = site.map(|site| &*site.evidence);
        mark_listings(page, evidence, &mut marks, &self.thresholds.mark.listing);
        marks
    }

    /// The articles: one where the page says so.
    fn split(&self, page: &Page, site: Option<&PageContext>, marks: &Marks) -> Vec<Segment> {
        match site.and_then(|site| site.whole(page)) {
            Some(whole) => vec![whole],
            None => split(page, marks, &self.thresholds.split, &self.thresholds.mark.feed),
        }
    }

    /// The headline of an article, what detectors say of its blocks, and where its text stands.
    fn detect(
        &self,
        page: &Page,
        site: Option<&PageContext>,
        mut segment: Segment,
        marks: &mut Marks,
    ) -> (Segment, Range<usize>) {
        let t = &self.thresholds;
        let blocks = segment.blocks.clone();
        mark_verse(page, &segment, marks, &t.mark.verse);
        mark_lines_about(page, &segment, marks, &t.mark.about);
        let region = text_region(page, blocks.clone(), marks, &t.region);
        let text_start = region
            .clone()
            .find(|&i| page.blocks[i].is_prose() && marks.of(i).is_none())
            .or_else(|| blocks.clone().find(|&i| marks.kind(i) == Some(Kind::Body)))
            .unwrap_or(region.start);
        if segment.title.is_none() && !segment.is_named {
            let thresholds = (&t.title, &t.mark.picture);
            segment.title = find_title(page, blocks.clone(), text_start, marks, thresholds);
        }
        let evidence = site.map(|site| &*site.evidence);
        detect(page, evidence, &segment, marks, &t.mark);
        let region = text_region(page, blocks, marks, &t.region);
        (segment, region)
    }

    /// The verdicts on the blocks of an article, in their order.
    fn verdicts(
        &self,
        page: &Page,
        segment: &Segment,
        region: &Range<usize>,
        marks: &Marks,
        opinions: &[Opinion],
    ) -> Vec<Verdict> {
        let t = &self.thresholds;
        let least = t.judge.least(self.strictness);
        let blocks = segment.blocks.clone();
        let case = Case {
            page,
            segment,
            region,
            marks,
            opinions,
            likely: likely_region(page, blocks.clone(), opinions, least, &t.region),
            least,
            thresholds: &t.judge,
            bounds: &t.mark.detectors,
        };
        let mut verdicts: Vec<Verdict> = blocks.clone().map(|i| case.verdict(i)).collect();
        settle_runs(&case, &mut verdicts, &t.form);
        strike_reprints(page, blocks, &mut verdicts, &t.reprint);
        verdicts
    }
}

/// Carries what was found in the text that a page shows to its source.
pub(crate) fn to_view(page: Option<&Rendered>, view: &str, cleaned: Cleaned) -> Cleaned {
    match page {
        Some(page) => to_source(page, view, cleaned),
        None => cleaned,
    }
}

fn account(page: &Page, verdicts: &[Verdict], numbers: &[Option<usize>], marks: &Marks) -> Ledger {
    let mut ledger = LedgerBuilder::default();
    for (index, block) in page.blocks.iter().enumerate() {
        let verdict = &verdicts[index];
        let number = |kind: Kind| numbers[index].filter(|_| kind.belongs_to_article());
        ledger.cover(block.span.start, Kind::Blank, None, None);
        if verdict.kind == Kind::Body {
            for cut in marks.cuts_of(index) {
                ledger.cover(cut.span.start, Kind::Body, number(Kind::Body), verdict.by.clone());
                ledger.cover(cut.span.end, cut.kind, number(cut.kind), Some(cut.by.clone()));
            }
        }
        ledger.cover(block.span.end, verdict.kind, number(verdict.kind), verdict.by.clone());
    }
    ledger.finish(page.text.len())
}
