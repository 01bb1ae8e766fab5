//! The cleaner: rules, model and thresholds, built once, for any number of texts.

use std::path::PathBuf;

use crate::clean::author::AuthorScorer;
use crate::clean::beside::Beside;
use crate::clean::chosen::SiteChoices;
use crate::clean::cleaned::Cleaned;
use crate::clean::columns::unfold;
use crate::clean::item::ItemScorer;
use crate::clean::judge::{Strictness, Verdict};
use crate::clean::model::{Features, Model, ModelInput, Prediction};
use crate::clean::publisher::SourceScorer;
use crate::clean::rules::{Pack, Rules, built_in_packs};
use crate::clean::site::PageContext;
use crate::clean::source::to_source;
use crate::clean::split::Splitter;
use crate::clean::stages::Stages;
use crate::clean::subtitles::words_of_subtitles;
use crate::clean::thresholds::Thresholds;
use crate::clean::title::TitleScorer;
use crate::clean::wanted::Wanted;
use crate::error::Result;
use crate::html::{HtmlPage, Rendered};
use crate::page::Page;
use crate::read::{Format, Record};

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
    /// What is kept beside the text of an article, in paragraphs of its own; nothing by default.
    pub beside: Vec<Beside>,
    /// Which articles are wanted; all by default.
    pub wanted: Wanted,
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
    titles: Option<TitleScorer>,
    authors: Option<AuthorScorer>,
    sources: Option<SourceScorer>,
    splitter: Option<Splitter>,
    items: Option<ItemScorer>,
    strictness: Strictness,
    beside: Vec<Beside>,
    wanted: Wanted,
    pub(crate) thresholds: Thresholds,
}

/// What is known of a record beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// Where it was found.
    pub(crate) address: Option<&'a str>,
    /// The headline that its container states.
    pub(crate) headline: Option<&'a str>,
}

impl<'a> About<'a> {
    pub(crate) fn of(record: &'a Record) -> Self {
        Self { address: record.address(), headline: record.about.title.as_deref() }
    }
}

/// What became of the text that a view shows.
pub(crate) struct Shown {
    /// Articles and account, in places of that text.
    pub(crate) cleaned: Cleaned,
    /// The verdict on each block.
    pub(crate) verdicts: Vec<Verdict>,
    /// The page whose text it is, where the view is the source of one or stands in columns.
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
        let titles = match &options.model {
            ModelChoice::None => None,
            ModelChoice::BuiltIn | ModelChoice::File(_) => Some(TitleScorer::built_in()?),
        };
        let authors = model.as_ref().map(|_| AuthorScorer::built_in()).transpose()?;
        let sources = model.as_ref().map(|_| SourceScorer::built_in()).transpose()?;
        let splitter = model.as_ref().map(|_| Splitter::built_in()).transpose()?;
        let items = model.as_ref().map(|_| ItemScorer::built_in()).transpose()?;
        Ok(Self {
            rules: Rules::new(packs),
            model,
            titles,
            authors,
            sources,
            splitter,
            items,
            strictness: options.strictness,
            beside: options.beside,
            wanted: options.wanted,
            thresholds: options.thresholds,
        })
    }

    /// The rules in use.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The same, with pages parted by the built-in model.
    ///
    /// # Errors
    /// [`crate::Error::Model`] if that does not fit this version, which the tests rule out.
    #[doc(hidden)]
    pub fn parted_by_model(self) -> Result<Self> {
        Ok(Self { splitter: Some(Splitter::built_in()?), ..self })
    }

    /// The features that a row of training has, of text or of a page of HTML, each with the range of its values.
    #[doc(hidden)]
    #[must_use]
    pub fn feature_ranges(of_html: bool) -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        if of_html { Model::ranges() } else { Features::ranges() }
    }

    /// The same of a candidate for a headline.
    #[doc(hidden)]
    #[must_use]
    pub fn title_feature_ranges() -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        TitleScorer::ranges().map(|(name, range)| (name.into(), range)).collect()
    }

    /// The same of the parts of a page that may be articles.
    #[doc(hidden)]
    #[must_use]
    pub fn item_feature_ranges() -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        ItemScorer::ranges().collect()
    }

    /// The same of the candidates for authors.
    #[doc(hidden)]
    #[must_use]
    pub fn author_feature_ranges() -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        AuthorScorer::ranges().map(|(name, range)| (name.into(), range)).collect()
    }

    /// The same of the names that may be a publisher's.
    #[doc(hidden)]
    #[must_use]
    pub fn source_feature_ranges() -> Vec<(String, std::ops::RangeInclusive<f32>)> {
        SourceScorer::ranges().map(|(name, range)| (name.into(), range)).collect()
    }

    /// What tells it from others, by the names of options.
    #[cfg(feature = "run")]
    pub(crate) fn told(&self) -> [(&'static str, String); 6] {
        let packs: Vec<&str> = self.rules.packs().iter().map(|pack| &*pack.digest).collect();
        [
            ("--rules", packs.join(" ")),
            ("--model", format!("{:?}", self.model.as_ref().map(|model| model.digest))),
            ("--strictness", format!("{:?}", self.strictness)),
            ("--keep", format!("{:?}", self.beside)),
            ("--lang or --min-chars", format!("{:?}", self.wanted)),
            ("--thresholds", format!("{:?}", self.thresholds)),
        ]
    }

    /// The model in use, if one is.
    pub(crate) fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// Splits `text` into articles, strips what is no article, and accounts for every byte.
    #[must_use]
    pub fn clean(&self, text: &str) -> Cleaned {
        let shown = self
            .clean_shown(text, Format::Text, About::default(), |subject| self.predictions(subject));
        to_view(shown.page.as_ref(), text, shown.cleaned)
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
        let shown = self.clean_shown(source, Format::Html, About::default(), |subject| {
            self.predictions(subject)
        });
        to_view(shown.page.as_ref(), source, shown.cleaned)
    }

    pub(crate) fn predictions(&self, subject: ModelInput) -> Vec<Prediction> {
        self.model.as_ref().map_or_else(Vec::new, |model| model.judge(subject))
    }

    /// Cleans what `view` shows; `judge` says of the blocks of each article how likely they are text, or nothing where there is no model.
    ///
    /// All places are those of the text that is shown: of the view, or of the page that is given back. Where the view was found is said by its
    /// address, if by anything but itself.
    pub(crate) fn clean_shown(
        &self,
        view: &str,
        format: Format,
        about: About,
        judge: impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> Shown {
        let (html, choices) = match format {
            Format::Html => self.read_html(view, about.address),
            Format::Markdown => {
                let page = HtmlPage::with_markdown(view, &self.thresholds.html);
                (page, SiteChoices::default())
            }
            Format::Text | Format::Mail => return self.clean_text(view, format, about, judge),
        };
        let mut page = Page::rendered(&html.shown.text, &self.thresholds.page);
        page.headline = about.headline.map(str::to_owned);
        let mut site = PageContext::of(&html, &page, &self.thresholds.html);
        site.chosen = choices.on(&page, &html.shown.selected);
        let (mut cleaned, verdicts) = self.stages().run(&page, Some(&site), judge);
        site.complete(&mut cleaned.articles);
        self.wanted.leave_out(&mut cleaned);
        Shown { cleaned, verdicts, page: Some(html.shown) }
    }

    /// Reads a page, and what rules for its site say of its elements.
    fn read_html(&self, view: &str, address: Option<&str>) -> (HtmlPage, SiteChoices<'_>) {
        let t = &self.thresholds.html;
        let mut read = None;
        let stated = || {
            let page = read.insert(HtmlPage::with(view, t));
            page.stated.url.as_deref().and_then(|url| self.rules.at(url)).unwrap_or_default()
        };
        let sites = match self.rules.know_sites() {
            true => address.and_then(|url| self.rules.at(url)).unwrap_or_else(stated),
            false => Vec::new(),
        };
        let choices = SiteChoices::of(&sites);
        let page = match read {
            Some(page) if sites.is_empty() => page,
            _ => HtmlPage::selecting(view, t, &choices.selectors),
        };
        (page, choices)
    }

    fn clean_text(
        &self,
        view: &str,
        format: Format,
        about: About,
        judge: impl FnMut(ModelInput) -> Vec<Prediction>,
    ) -> Shown {
        let words = words_of_subtitles(view, &self.thresholds.subtitles);
        let unfolded = words.or_else(|| unfold(view, &self.thresholds.columns));
        let shown = unfolded.as_ref().map_or(view, |unfolded| &unfolded.text);
        let mut page = Page::with(shown, &self.thresholds.page);
        page.is_mail = format == Format::Mail;
        page.headline = about.headline.map(str::to_owned);
        let (mut cleaned, verdicts) = self.stages().run(&page, None, judge);
        self.wanted.leave_out(&mut cleaned);
        Shown { cleaned, verdicts, page: unfolded }
    }

    /// What its stages decide by.
    pub(crate) fn stages(&self) -> Stages<'_> {
        Stages {
            rules: &self.rules,
            titles: self.titles.as_ref(),
            authors: self.authors.as_ref(),
            sources: self.sources.as_ref(),
            splitter: self.splitter.as_ref(),
            items: self.items.as_ref(),
            strictness: self.strictness,
            beside: &self.beside,
            thresholds: &self.thresholds,
        }
    }
}

/// Carries what was found in the text that a page shows to its source.
pub(crate) fn to_view(page: Option<&Rendered>, view: &str, cleaned: Cleaned) -> Cleaned {
    let cleaned = moved(page, view, cleaned);
    Cleaned { ledger: cleaned.ledger.coalesced(), ..cleaned }
}

/// The same with a ledger that has an entry for each block.
pub(crate) fn moved(page: Option<&Rendered>, view: &str, cleaned: Cleaned) -> Cleaned {
    match page {
        Some(page) => to_source(page, view, cleaned),
        None => cleaned,
    }
}
