//! A whole run: walk, read, clean; then, with all articles known, find copies, learn what is repeated, write. Parallel over records, in the
//! order of their dumps' paths.

mod clean_parts;
pub(crate) mod cleaning;
pub(crate) mod dedup;
pub(crate) mod draft;
pub(crate) mod dumps;
pub(crate) mod earlier;
pub(crate) mod event;
pub(crate) mod failures;
pub(crate) mod first_pass;
pub(crate) mod outcome;
pub(crate) mod own;
pub(crate) mod parts;
pub(crate) mod prefetch;
pub(crate) mod publish;
pub(crate) mod published;
pub(crate) mod rebuild;
pub(crate) mod repeated;
pub(crate) mod resume;
pub(crate) mod rewrite;
pub(crate) mod settings;
pub(crate) mod stash;
pub(crate) mod summary;
pub(crate) mod terms;
pub(crate) mod treatment;
pub(crate) mod within;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::clean::Cleaner;
use crate::compare::index;
use crate::compare::repeat::RepeatedSentences;
use crate::compare::{Copies, Deduplicator};
use crate::error::{Error, Result};
use crate::guard::unheard;
use crate::read::Reader;
use crate::run::clean_parts::task::Spread;
use crate::run::cleaning::{Cleaning, no_such_field};
use crate::run::dumps::{begun, found, without_index};
use crate::run::event::Event;
use crate::run::first_pass::FirstPass;
use crate::run::parts::share::{PartOf, PartProgress};
use crate::run::publish::{SecondPass, look_up};
use crate::run::resume::kept::Keeping;
use crate::run::resume::plan::{Plan, WORK, told};
use crate::run::resume::resumed;
use crate::run::settings::{MEMORY, Settings, tells_settings};
use crate::run::stash::{Stash, Stashed};
use crate::run::summary::Summary;
use crate::run::terms::{TOOL, Terms};
use crate::run::treatment::{Paragraphs, Spans, Treatment};
use crate::spill::Room;
use crate::walk::{Filter, Source, check_given};
use crate::write::{Companions, Folder, Format, Output, is_stream};

/// A run over files and folders.
///
/// ```no_run
/// use dechaff::{Cleaner, Options, Run};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let summary = Run::new(&cleaner, vec!["scrapes".into()], "out").run(|_| {})?;
/// println!("{} articles out of {} records", summary.articles, summary.inputs);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Run<'c> {
    cleaner: &'c Cleaner,
    paths: Vec<PathBuf>,
    out: PathBuf,
    settings: Settings,
    filter: Filter,
    reader: Reader,
    resume: bool,
    keep_duplicates: bool,
    merge_own: bool,
    paragraphs: Paragraphs,
    spans: Spans,
    repeated: u32,
    index: Option<PathBuf>,
    format: Format,
    ledger: bool,
    options: serde_json::Value,
}

tells_settings!(Run<'_>);

impl<'c> Run<'c> {
    /// A run over `paths` (files, folders, `-`) into the folder `out`. With `-` for `out` the articles go to standard output as they are written,
    /// without ledger and manifest.
    pub fn new(cleaner: &'c Cleaner, paths: Vec<PathBuf>, out: impl AsRef<Path>) -> Self {
        Self {
            cleaner,
            paths,
            out: out.as_ref().into(),
            settings: Settings::default(),
            filter: Filter::default(),
            reader: Reader::default(),
            resume: false,
            keep_duplicates: false,
            merge_own: false,
            paragraphs: Paragraphs::Keep,
            spans: Spans::Keep,
            repeated: Self::REPEATED,
            index: None,
            format: Format::default(),
            ledger: true,
            options: serde_json::Value::Null,
        }
    }

    /// Stories around which a sentence stands before it is taken for boilerplate, unless [`Self::repeated`] says otherwise.
    pub const REPEATED: u32 = 4;

    /// Keeps what comes of dumps in a hidden folder of the output while the run lasts, and begins with what an earlier call has kept there that
    /// did not come to its end. What is written is the same. It takes room on the disk for all articles and ledgers once more.
    #[must_use]
    pub fn resume(self, resume: bool) -> Self {
        Self { resume, ..self }
    }

    /// Writes every article, and only says which are copies.
    #[must_use]
    pub fn keep_duplicates(self, keep_duplicates: bool) -> Self {
        Self { keep_duplicates, ..self }
    }

    /// Keeps what only copies have as an appendix of their canonical article.
    #[must_use]
    pub fn merge_own(self, merge_own: bool) -> Self {
        Self { merge_own, ..self }
    }

    /// How to treat a paragraph that several stories share.
    #[must_use]
    pub fn paragraphs(self, paragraphs: Paragraphs) -> Self {
        Self { paragraphs, ..self }
    }

    /// How to treat a stretch of fifty words and more that several stories have word for word.
    #[must_use]
    pub fn spans(self, spans: Spans) -> Self {
        Self { spans, ..self }
    }

    /// Takes a sentence at the edge of at least so many stories for boilerplate, two at least; with 0 none is.
    #[must_use]
    pub fn repeated(self, stories: u32) -> Self {
        Self { repeated: if stories == 0 { 0 } else { stories.max(2) }, ..self }
    }

    /// Takes only the files that `filter` lets through.
    #[must_use]
    pub fn filter(self, filter: Filter) -> Self {
        Self { filter, ..self }
    }

    /// Reads dumps with `reader`.
    #[must_use]
    pub fn reader(self, reader: Reader) -> Self {
        Self { reader, ..self }
    }

    /// Compares with what earlier runs saw, in an index file, and adds to it.
    #[must_use]
    pub fn index(self, index: Option<PathBuf>) -> Self {
        Self { index, ..self }
    }

    /// Writes the articles in this format; as JSON Lines otherwise.
    #[must_use]
    pub fn format(self, format: Format) -> Self {
        Self { format, ..self }
    }

    /// Writes the account of every byte too, as it does unless it is told not to.
    #[must_use]
    pub fn ledger(self, ledger: bool) -> Self {
        Self { ledger, ..self }
    }

    /// What the manifest shows as the run's options.
    #[must_use]
    pub fn describe(self, options: serde_json::Value) -> Self {
        Self { options, ..self }
    }

    fn open_index(&self, path: &PathBuf) -> Result<index::Index> {
        Ok(index::Index::open(path)?.with_thresholds(self.settings.thresholds))
    }

    /// Runs, and tells `observe` what happens.
    ///
    /// # Errors
    /// Only when nothing can be written: [`Error::NoSuchPath`], [`Error::NothingMatches`], [`Error::OutputTaken`], [`Error::OutputBusy`], [`Error::InputTaken`],
    /// [`Error::NothingToRead`], [`Error::Format`], [`Error::Index`], [`Error::Resume`], [`Error::TooManyTexts`], [`Error::Stopped`], or [`Error::Io`] on the output folder. A bad input is no error but a [`Failure`](crate::Failure).
    pub fn run(&self, observe: impl FnMut(Event)) -> Result<Summary> {
        let stop = &self.settings.stop;
        stop.unless_set(|| self.run_here(observe)).unwrap_or(Err(Error::Stopped))
    }

    /// Does what is due now for one part of a run that is spread over several processes or machines, which share the folder. All parts together, each
    /// run again until it is done, write what [`Self::run`] writes. A part that is killed is run again; with `wait` it looks until it is done
    /// whether others are far enough.
    ///
    /// # Errors
    /// Those of [`Self::run`], and [`Error::Part`] where the parts were begun with other dumps or options, or another process does this part.
    /// [`Error::Format`] where the run has an index or another output than lines or tables in a folder.
    pub fn run_part(
        &self,
        part: PartOf,
        wait: bool,
        observe: impl FnMut(Event) + Send,
    ) -> Result<PartProgress<Summary>> {
        let work = || {
            let written_as = (self.format, self.settings.layout);
            clean_parts::check(&self.out, written_as, self.index.is_some())?;
            check_given(&self.paths)?;
            let folder = Folder::unlocked(&self.out)?;
            let found = found(&self.paths, &self.filter, &folder)?;
            let pool = self.settings.pool(&self.out)?;
            let reader = self.reader.anew();
            let spread = Spread { terms: self.terms(&reader), pool: &pool };
            pool.install(|| clean_parts::run(spread, found, (folder, part, wait), observe))
        };
        self.settings.stop.unless_set(work).unwrap_or(Err(Error::Stopped))
    }

    fn run_here(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let (started, clock) = (jiff::Timestamp::now(), Instant::now());
        if self.resume && is_stream(&self.out) {
            let reason = "--resume keeps what is done in a folder; give --out one";
            return Err(Error::Format { reason });
        }
        check_given(&self.paths)?;
        let mut index = self.index.as_ref().map(|path| self.open_index(path)).transpose()?;
        let mut output = Output::open(
            &self.out,
            self.settings.force,
            self.format,
            self.settings.layout,
            self.terms(&self.reader).companions,
        )?;
        let mut summary = Summary::default();
        let found = found(&self.paths, &self.filter, output.folder())?;
        let found = without_index(found, self.index.as_deref());
        let sources = begun(found, &mut output, &mut summary, &mut observe)?;
        let pool = self.settings.pool(&self.out)?;
        let (stash, texts) =
            self.first_pass(&sources, &pool, &mut output, &mut summary, observe)?;
        let found = pool.install(|| texts.compare(|article| Cow::Owned(stash.text(article))))?;
        let mut losses = found.losses();
        let mut copies = Copies::choose(
            &found.clusters,
            &self.settings.preferred,
            &self.settings.thresholds,
            |article| stash.facts(article),
            |article, kept| losses.of(article, kept, |number| Cow::Owned(stash.text(number))),
        )?;
        copies.relate(&found.related);
        let weights = index.is_some().then(|| found.weights());
        drop(found);
        stash.check()?;
        let learned = self.learn(&stash, &copies)?;
        let session = index.as_mut().map(index::Index::session).transpose()?;
        let mut session = session.zip(weights).map(|(session, weights)| session.among(weights));
        let standings = session.as_mut().map_or_else(
            || Ok(FxHashMap::default()),
            |session| look_up(&stash, &copies, session),
        )?;
        let mut knowledge = SecondPass {
            stash: &stash,
            copies,
            learned: &learned,
            standings,
            treatment: self.treatment(),
            shared: FxHashMap::default(),
            keep_duplicates: self.keep_duplicates,
            merge_own: self.merge_own,
            thresholds: self.settings.thresholds,
        };
        knowledge.find_spans()?;
        let firsts = pool.install(|| knowledge.firsts(session.as_mut()))?;
        knowledge.write(&firsts, &mut output, &mut session, &mut summary)?;
        summary.failures.sort();
        summary.skipped.sort();
        let folder = output.folder().clone();
        output.finish(self.terms(&self.reader).manifest(&summary, started, clock.elapsed()))?;
        // The articles are there: what takes long now must not end without the index.
        unheard(|| session.map_or(Ok(()), index::Session::commit))?;
        // What was kept goes even where nobody asked for it this time. All is written: if it cannot go, that is no error of the run.
        if folder.is_locked() && folder.path().join(WORK).exists() {
            let _ = folder.forget(WORK);
        }
        Ok(summary)
    }

    /// Reads and cleans every record: into the stash, and into what finds the copies among them.
    fn first_pass(
        &self,
        sources: &[Source],
        pool: &rayon::ThreadPool,
        output: &mut Output,
        summary: &mut Summary,
        mut observe: impl FnMut(Event),
    ) -> Result<(Stashed, Deduplicator)> {
        let mut pass = FirstPass {
            stash: Stash::open(&output.folder().scratch())?,
            texts: Deduplicator::within(
                self.settings.thresholds,
                Room::new(&output.folder().scratch(), MEMORY),
            ),
            output,
            summary,
            observe: &mut observe,
        };
        let reader = self.reader.anew();
        if self.resume {
            let plan = Plan::new(TOOL, told(self.cleaner, &self.reader), sources)?;
            let clean = |dumps: &[Source], reader: &Reader, keeping: &mut Keeping| {
                let cleaning = self.terms(reader).cleaning;
                cleaning.run(dumps, pool, |outcome| keeping.take(dumps, outcome))
            };
            let used = (pool, &self.settings.heard);
            resumed(&plan, sources, &reader, used, &mut pass, clean)?;
        } else {
            let cleaning = self.terms(&reader).cleaning;
            cleaning.run(sources, pool, |outcome| pass.take(sources, outcome))?;
        }
        if let Some(failure) = no_such_field(&reader) {
            pass.fail(failure)?;
        }
        pass.finish()
    }

    fn learn(&self, stash: &Stashed, copies: &Copies) -> Result<RepeatedSentences> {
        if self.repeated == 0 {
            return Ok(RepeatedSentences::default());
        }
        RepeatedSentences::learn(
            &copies.stories(stash.len()),
            self.repeated,
            self.settings.thresholds,
            |show| {
                for article in 0..stash.len() {
                    show(article, &stash.sentences(article)?);
                }
                Ok(())
            },
        )
    }

    fn treatment(&self) -> Treatment {
        let Self { paragraphs, spans, .. } = *self;
        Treatment { paragraphs, spans, loss: self.settings.thresholds.loss }
    }

    fn terms<'r>(&'r self, reader: &'r Reader) -> Terms<'r> {
        let Self { cleaner, settings, out, .. } = self;
        let companions = Companions { ledger: self.ledger, copies: self.index.is_some() };
        Terms {
            cleaning: Cleaning { cleaner, reader, settings, out },
            keep_duplicates: self.keep_duplicates,
            merge_own: self.merge_own,
            repeated: self.repeated,
            treatment: self.treatment(),
            format: self.format,
            companions,
            options: &self.options,
        }
    }
}
