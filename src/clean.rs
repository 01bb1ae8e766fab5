//! The order of the stages within one record: page, marks, segments, verdicts, articles, ledger.

use std::ops::Range;

use crate::article::{Article, assemble};
use crate::error::Result;
use crate::judge::{Verdict, judge, text_region};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::mark::{Marks, detect, find_title, mark_lines_about, mark_phrases};
use crate::page::Page;
use crate::rules::{Pack, Rules};
use crate::model::Features;
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
    /// [`crate::Error::RulePack`] when a pack cannot be used.
    pub fn new(options: Options) -> Result<Self> {
        let mut packs = if options.no_built_in_rules { Vec::new() } else { Pack::built_in()? };
        packs.extend(options.packs);
        Ok(Self { rules: Rules::new(packs) })
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
            rows.extend(segment.blocks.clone().map(|i| (number, page.blocks[i].span, page.words(i).iter().take(40).copied().collect(), features.row(i - segment.blocks.start).to_vec())));
        }
        rows
    }

    /// Splits `text` into articles, strips what is no article, and accounts for every byte.
    #[must_use]
    pub fn clean(&self, text: &str) -> Cleaned {
        let page = Page::new(text);
        let mut marks = Marks::new(page.blocks.len());
        mark_phrases(&page, &self.rules, &mut marks);
        let mut segments = split(&page, &marks);
        let mut verdicts = vec![Verdict { kind: Kind::Nav, by: None }; page.blocks.len()];
        for segment in &mut segments {
            judge_segment(&page, segment, &mut marks, &mut verdicts);
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

fn judge_segment(page: &Page, segment: &mut Segment, marks: &mut Marks, verdicts: &mut [Verdict]) {
    let region = examine(page, segment, marks);
    judge(page, segment, &region, marks, verdicts);
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
