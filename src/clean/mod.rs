//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

pub(crate) mod assemble;
pub(crate) mod cleaned;
pub(crate) mod judge;
pub(crate) mod language;
pub(crate) mod mark;
pub(crate) mod meta;
pub(crate) mod model;
pub(crate) mod record;
pub(crate) mod reprint;
pub(crate) mod rules;
pub(crate) mod segment;
pub(crate) mod site;
pub(crate) mod source;
pub(crate) mod split;

use crate::clean::cleaned::Cleaned;
use std::ops::Range;
use std::path::PathBuf;

use crate::article::Article;
use crate::clean::assemble::assemble;
use crate::clean::judge::{Case, Strictness, Verdict, likely_region, text_region};
use crate::clean::mark::marks::Marks;
use crate::clean::mark::{
    detect, find_title, mark_lines_about, mark_markup, mark_phrases, spare_headings,
};
use crate::clean::model::{Features, Model, Subject};
use crate::clean::reprint::strike_reprints;
use crate::clean::rules::{Pack, Rules};
use crate::clean::segment::Segment;
use crate::clean::site::Site;
use crate::clean::source::{sentences_to_source, to_source};
use crate::clean::split::split;
use crate::error::Result;
use crate::html::Rendered;
use crate::ledger::{Ledger, LedgerBuilder};
use crate::page::Page;
use crate::read::{Format, Record};
use crate::sentences::{Sentence, sentences_of};
use crate::span::{Kind, Span};

/// What a [`Cleaner`] is built from.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Rule packs of the user's own, applied beside the built-in ones.
    pub packs: Vec<Pack>,
    /// Whether the built-in packs are left out.
    pub no_built_in_rules: bool,
    /// The model that is used.
    pub model: Choice,
    /// How much must speak for a block before it is kept.
    pub strictness: Strictness,
}

/// Which model judges blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Choice {
    /// The one that is compiled in.
    #[default]
    BuiltIn,
    /// None: rules and detectors alone.
    None,
    /// The one in a file.
    File(PathBuf),
}

/// Why the model thinks of a block as it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Where the block stands.
    pub span: Span,
    /// How likely it is text of the article, 0 to 1.
    pub probability: f32,
    /// The features that weighed most, with their weight in log-odds of being text.
    pub weights: Vec<(String, f32)>,
}

/// What the model sees of a block.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// Which article of the text it stands in, from 0.
    pub segment: usize,
    /// Where it stands.
    pub span: Span,
    /// Its first words, hashed.
    pub words: Vec<u32>,
    /// Characters of text before it; none are told for a page of HTML.
    pub text_before: f32,
    /// Its features, in the order of their names.
    pub features: Vec<f32>,
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
}

impl Cleaner {
    /// Compiles the rules.
    ///
    /// # Errors
    /// [`crate::Error::RulePack`] when a pack cannot be used, [`crate::Error::Model`] when a model file cannot.
    pub fn new(options: Options) -> Result<Self> {
        let mut packs = if options.no_built_in_rules { Vec::new() } else { Pack::built_in()? };
        packs.extend(options.packs);
        let model = match &options.model {
            Choice::BuiltIn => Some(Model::built_in()?),
            Choice::None => None,
            Choice::File(path) => Some(Model::read(path)?),
        };
        Ok(Self { rules: Rules::new(packs), model, strictness: options.strictness })
    }

    /// The rules in use.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What the model sees of each block of `text`. For training.
    #[doc(hidden)]
    #[must_use]
    pub fn features(&self, text: &str) -> Vec<Sight> {
        let page = Page::new(text);
        let (marks, segments) = self.examine(&page, None);
        let mut sights = Vec::new();
        for (number, (segment, region)) in segments.iter().enumerate() {
            let features = Features::of(&page, segment, region, &marks);
            sights.extend(segment.blocks.clone().map(|index| Sight {
                segment: number,
                span: page.blocks[index].span,
                words: page.words(index).iter().take(40).copied().collect(),
                text_before: features.text_before()[index - segment.blocks.start],
                features: features.row(index - segment.blocks.start).to_vec(),
            }));
        }
        sights
    }

    /// What the model sees of each block of a page of HTML, with its log-odds by text alone. For training; empty without a model.
    #[doc(hidden)]
    #[must_use]
    pub fn html_features(&self, source: &str) -> Vec<Sight> {
        let Some(model) = &self.model else { return Vec::new() };
        let rendered = Rendered::of(source);
        let page = Page::rendered(&rendered.text);
        let site = Site::of(&rendered, &page);
        let (marks, segments) = self.examine(&page, Some(&site));
        let mut sights = Vec::new();
        for (number, (segment, region)) in segments.iter().enumerate() {
            let rows = model.seen(Subject {
                page: &page,
                segment,
                region,
                marks: &marks,
                evidence: Some(&site.evidence),
            });
            sights.extend(segment.blocks.clone().zip(rows).map(|(index, features)| Sight {
                segment: number,
                span: page.blocks[index].span,
                words: page.words(index).to_vec(),
                text_before: 0.0,
                features,
            }));
        }
        sights
    }

    /// What the model thinks of each block of a record, and why: the `most` features that weighed most, and where it stands in the record's
    /// view. Empty without a model.
    #[must_use]
    pub fn reasons(&self, record: &Record, most: usize) -> Vec<Reason> {
        if record.format != Format::Html {
            return self.reasons_of(&Page::new(&record.view), None, most);
        }
        let rendered = Rendered::of(&record.view);
        let page = Page::rendered(&rendered.text);
        let mut reasons = self.reasons_of(&page, Some(&Site::of(&rendered, &page)), most);
        reasons.iter_mut().for_each(|reason| {
            reason.span = rendered.stretch_of(reason.span).unwrap_or(reason.span)
        });
        reasons
    }

    fn reasons_of(&self, page: &Page, site: Option<&Site>, most: usize) -> Vec<Reason> {
        let Some(model) = &self.model else { return Vec::new() };
        let (marks, segments) = self.examine(page, site);
        let mut reasons = Vec::new();
        for (segment, region) in &segments {
            let subject = Subject {
                page,
                segment,
                region,
                marks: &marks,
                evidence: site.map(|site| &*site.evidence),
            };
            let spans = page.blocks[segment.blocks.clone()].iter().map(|b| b.span);
            let opinions = model.judge(subject).into_iter().zip(model.explain(subject, most));
            reasons.extend(spans.zip(opinions).map(|(span, (opinion, weights))| Reason {
                span,
                probability: opinion.probability,
                weights,
            }));
        }
        reasons
    }

    /// Splits `text` into articles, strips what is no article, and accounts for every byte.
    #[must_use]
    pub fn clean(&self, text: &str) -> Cleaned {
        self.stages(&Page::new(text), None)
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
        let rendered = Rendered::of(source);
        to_source(&rendered, source, self.clean_rendered(&rendered))
    }

    /// Cleans a view, and gives with each article its sentences.
    pub(crate) fn clean_view(&self, view: &str, is_html: bool) -> (Cleaned, Vec<Vec<Sentence>>) {
        let sentences = |text: &str, cleaned: &Cleaned| {
            cleaned
                .articles
                .iter()
                .map(|a| sentences_of(text, &a.provenance.paragraphs))
                .collect::<Vec<_>>()
        };
        if !is_html {
            let cleaned = self.clean(view);
            let sentences = sentences(view, &cleaned);
            return (cleaned, sentences);
        }
        let rendered = Rendered::of(view);
        let cleaned = self.clean_rendered(&rendered);
        let sentences = sentences(&rendered.text, &cleaned)
            .into_iter()
            .map(|all| sentences_to_source(&rendered, all))
            .collect();
        (to_source(&rendered, view, cleaned), sentences)
    }

    fn clean_rendered(&self, rendered: &Rendered) -> Cleaned {
        let page = Page::rendered(&rendered.text);
        let site = Site::of(rendered, &page);
        let mut cleaned = self.stages(&page, Some(&site));
        site.complete(&mut cleaned.articles);
        cleaned
    }

    fn stages(&self, page: &Page, site: Option<&Site>) -> Cleaned {
        let (marks, segments) = self.examine(page, site);
        let mut verdicts = Vec::with_capacity(page.blocks.len());
        for (segment, region) in &segments {
            let subject = Subject {
                page,
                segment,
                region,
                marks: &marks,
                evidence: site.map(|site| &*site.evidence),
            };
            let opinions = self.model.as_ref().map_or_else(Vec::new, |model| model.judge(subject));
            let likely = likely_region(page, segment.blocks.clone(), &opinions, self.strictness);
            let case = Case {
                page,
                segment,
                region,
                marks: &marks,
                opinions: &opinions,
                likely,
                strictness: self.strictness,
            };
            verdicts.extend(segment.blocks.clone().map(|index| case.verdict(index)));
            strike_reprints(page, segment.blocks.clone(), &mut verdicts[segment.blocks.clone()]);
        }
        let mut articles = Vec::new();
        let mut numbers = vec![None; page.blocks.len()];
        for (segment, _) in &segments {
            let blocks = segment.blocks.clone();
            let has_paragraph = blocks
                .clone()
                .any(|index| verdicts[index].kind == Kind::Body && page.blocks[index].is_prose());
            let article = (has_paragraph || segments.len() == 1)
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
        Cleaned { ledger: account(page, &verdicts, &numbers, &marks), articles }
    }

    /// The stages before the verdict: marks, articles, and for each article its headline and where its text stands.
    fn examine(&self, page: &Page, site: Option<&Site>) -> (Marks, Vec<(Segment, Range<usize>)>) {
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(page, &self.rules, &mut marks);
        if let Some(site) = site {
            mark_markup(page, &site.evidence, &mut marks);
        }
        let whole = site.and_then(|site| site.whole(page));
        let is_named = whole.is_some() && site.is_some_and(Site::names_headline);
        let segments = whole.map_or_else(|| split(page, &marks), |segment| vec![segment]);
        let segments = segments.into_iter().map(|mut segment| {
            let blocks = segment.blocks.clone();
            mark_lines_about(page, &segment, &mut marks);
            let region = text_region(page, blocks.clone(), &marks);
            let text_start = region
                .clone()
                .find(|&i| page.blocks[i].is_prose() && marks.of(i).is_none())
                .unwrap_or(region.start);
            segment.title = segment.title.or_else(|| {
                if is_named { None } else { find_title(page, blocks.clone(), text_start, &marks) }
            });
            detect(page, &segment, &mut marks);
            if let Some(site) = site {
                spare_headings(&site.evidence, &segment, &mut marks);
            }
            let region = text_region(page, blocks, &marks);
            (segment, region)
        });
        let segments = segments.collect();
        (marks, segments)
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
