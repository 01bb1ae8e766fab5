//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

use std::ops::Range;
use std::path::PathBuf;

use crate::article::{Article, assemble};
use crate::error::Result;
use crate::judge::{Case, Strictness, Verdict, text_region};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::mark::{Marks, detect, find_title, mark_lines_about, mark_phrases};
use crate::model::{Features, Model};
use crate::page::Page;
use crate::rules::{Pack, Rules};
use crate::span::{Kind, Span};
use crate::split::{Segment, split};

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

/// The articles of one text, and the account of every byte of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned {
    /// The articles, in the order of the text.
    pub articles: Vec<Article>,
    /// What every byte is. Its spans are those of the text that was given.
    pub ledger: Ledger,
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

    /// What the model sees of each block of `text`: its segment, its place, its features. For training.
    #[doc(hidden)]
    #[must_use]
    pub fn features(&self, text: &str) -> Vec<(usize, Span, Vec<u32>, Vec<f32>)> {
        let page = Page::new(text);
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(&page, &self.rules, &mut marks);
        let mut rows = Vec::new();
        for (number, mut segment) in split(&page, &marks).into_iter().enumerate() {
            let region = examine(&page, &mut segment, &mut marks);
            let features = Features::of(&page, &segment, &region, &marks);
            rows.extend(
                segment
                    .blocks
                    .clone()
                    .map(|i| (number, page.blocks[i].span, page.words(i).iter().take(40).copied().collect(), features.row(i - segment.blocks.start).to_vec())),
            );
        }
        rows
    }

    /// What the model thinks of each block of `text`, and why: the `most` features that weighed most. Empty without a model.
    #[must_use]
    pub fn reasons(&self, text: &str, most: usize) -> Vec<Reason> {
        let Some(model) = &self.model else { return Vec::new() };
        let page = Page::new(text);
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(&page, &self.rules, &mut marks);
        let mut reasons = Vec::new();
        for mut segment in split(&page, &marks) {
            let region = examine(&page, &mut segment, &mut marks);
            let opinions = model.judge(&page, &segment, &region, &marks);
            let weights = model.explain(&page, &segment, &region, &marks, most);
            let blocks = page.blocks[segment.blocks.clone()].iter();
            reasons.extend(blocks.zip(opinions).zip(weights).map(|((block, opinion), weights)| Reason {
                span: block.span,
                probability: opinion.probability,
                weights,
            }));
        }
        reasons
    }

    /// Splits `text` into articles, strips what is no article, and accounts for every byte.
    #[must_use]
    pub fn clean(&self, text: &str) -> Cleaned {
        let page = Page::new(text);
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(&page, &self.rules, &mut marks);
        let mut segments = split(&page, &marks);
        let several = segments.len() > 1;
        let mut verdicts = vec![Verdict { kind: Kind::Nav, by: None }; page.blocks.len()];
        for segment in &mut segments {
            let region = examine(&page, segment, &mut marks);
            let opinions = self.model.as_ref().map_or_else(Vec::new, |model| model.judge(&page, segment, &region, &marks));
            let case = Case { page: &page, segment, region: &region, marks: &marks, opinions: &opinions, strictness: self.strictness };
            segment.blocks.clone().for_each(|index| verdicts[index] = case.verdict(index));
            let judged = &mut verdicts[segment.blocks.clone()];
            let has_text = judged.iter().zip(&page.blocks[segment.blocks.clone()]).any(|(v, block)| v.kind == Kind::Body && block.is_prose());
            if several && !has_text {
                judged.iter_mut().filter(|v| v.kind.is_kept()).for_each(|v| *v = Verdict::without_text());
            }
        }
        let mut articles = Vec::new();
        let mut numbers = vec![None; page.blocks.len()];
        for segment in &segments {
            let article = assemble(&page, segment, articles.len() + 1, &verdicts, &marks);
            if let Some(article) = article {
                numbers[segment.blocks.clone()].fill(Some(articles.len() + 1));
                articles.push(article);
            }
        }
        Cleaned { ledger: account(&page, &verdicts, &numbers, &marks), articles }
    }
}

/// Finds an article's headline, runs the detectors on it, and says where its text stands.
fn examine(page: &Page, segment: &mut Segment, marks: &mut Marks) -> Range<usize> {
    mark_lines_about(page, segment, marks);
    let region = text_region(page, segment.blocks.clone(), marks);
    if segment.title.is_none() {
        let text_start = region.clone().find(|&i| page.blocks[i].is_prose() && marks.of(i).is_none()).unwrap_or(region.start);
        segment.title = find_title(page, segment.blocks.clone(), text_start, marks);
    }
    detect(page, segment, marks);
    text_region(page, segment.blocks.clone(), marks)
}

fn account(page: &Page, verdicts: &[Verdict], numbers: &[Option<usize>], marks: &Marks) -> Ledger {
    let mut ledger = LedgerBuilder::default();
    for (index, block) in page.blocks.iter().enumerate() {
        let verdict = &verdicts[index];
        let number = |kind: Kind| numbers[index].filter(|_| kind.belongs_to_article());
        ledger.cover(block.span.start, Kind::Blank, None, None);
        if verdict.kind == Kind::Body {
            for cut in marks.cuts_of(index) {
                ledger.cover(cut.span.start, Kind::Body, number(Kind::Body), None);
                ledger.cover(cut.span.end, cut.kind, number(cut.kind), Some(cut.by.clone()));
            }
        }
        ledger.cover(block.span.end, verdict.kind, number(verdict.kind), verdict.by.clone());
    }
    ledger.finish(page.text.len())
}
