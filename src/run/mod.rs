//! A whole run: walk, read, clean; then, with all articles known, find copies, learn what is repeated, write. Parallel over records, in the
//! order of their dumps' paths.

pub(crate) mod dedup;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod own;
pub(crate) mod parts;
pub(crate) mod prefetch;
pub(crate) mod publish;
pub(crate) mod published;
pub(crate) mod rebuild;
pub(crate) mod repeated;
pub(crate) mod rewrite;
pub(crate) mod settings;
pub(crate) mod spans;
pub(crate) mod stash;
pub(crate) mod summary;
pub(crate) mod within;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::clean::Cleaner;
use crate::clean::cleaned::Cleaned;
use crate::compare::index;
use crate::compare::repeat::RepeatedSentences;
use crate::compare::{Copies, Deduplicator, Fingerprint};
use crate::error::{Error, Failure, Result, Skipped};
use crate::guard::{look, unheard};
use crate::read::{Part, Reader, Record};
use crate::run::event::Event;
use crate::run::prefetch::{Feed, feed};
use crate::run::publish::{Paragraphs, SecondPass, look_up};
use crate::run::settings::{Settings, tells_settings};
use crate::run::spans::Spans;
use crate::run::stash::{Stash, Stashed};
use crate::run::summary::Summary;
use crate::run::within::clean_within;
use crate::sentences::Sentence;
use crate::text::letters::NormalizedText;
use crate::walk::{Filter, Source, check_given, is_filtered, walk};
use crate::write::{Companions, Format, LedgerLine, Manifest, Output, PackName, SCHEMA};

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
    /// [`Error::NothingToRead`], [`Error::Format`], [`Error::Index`], [`Error::TooManyTexts`], [`Error::Stopped`], or [`Error::Io`] on the output folder. A bad input is no error but a [`Failure`].
    pub fn run(&self, observe: impl FnMut(Event)) -> Result<Summary> {
        let stop = &self.settings.stop;
        stop.unless_set(|| self.run_here(observe)).unwrap_or(Err(Error::Stopped))
    }

    fn run_here(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let clock = (jiff::Timestamp::now(), Instant::now());
        check_given(&self.paths)?;
        let mut index = self.index.as_ref().map(|path| self.open_index(path)).transpose()?;
        let mut output = Output::open(
            &self.out,
            self.settings.force,
            self.format,
            self.settings.layout,
            Companions { ledger: self.ledger, copies: index.is_some() },
        )?;
        let mut summary = Summary::default();
        let sources = self.walk(&mut output, &mut summary, &mut observe)?;
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
        let (paragraphs, keep_duplicates) = (self.paragraphs, self.keep_duplicates);
        let mut knowledge = SecondPass {
            stash: &stash,
            copies,
            learned: &learned,
            standings,
            paragraphs,
            spans: self.spans,
            shared: FxHashMap::default(),
            keep_duplicates,
            merge_own: self.merge_own,
            thresholds: self.settings.thresholds,
        };
        knowledge.find_spans()?;
        let firsts = pool.install(|| knowledge.firsts(session.as_mut()))?;
        knowledge.write(&firsts, &mut output, &mut session, &mut summary)?;
        summary.failures.sort();
        summary.skipped.sort();
        output.finish(self.manifest(&summary, clock))?;
        // The articles are there: what takes long now must not end without the index.
        unheard(|| session.map_or(Ok(()), index::Session::commit))?;
        Ok(summary)
    }

    /// The dumps to read, without the index and what the run writes itself.
    fn walk(
        &self,
        output: &mut Output,
        summary: &mut Summary,
        observe: &mut impl FnMut(Event),
    ) -> Result<Vec<Source>> {
        let folder = output.folder().clone();
        let out = Some(folder.path()).filter(|_| !folder.is_stream());
        let mut found = walk(&self.paths, &self.filter, out);
        let unmatched = found.skipped.iter().filter(|skipped| is_filtered(skipped)).count();
        if unmatched > 0 && found.sources.is_empty() && found.failures.is_empty() {
            return Err(Error::NothingMatches { files: unmatched });
        }
        folder.check(&found)?;
        if let Some(index) = self.index.as_ref().and_then(|index| index.canonicalize().ok()) {
            let is_index = |source: &mut Source| {
                let path = source.path.as_ref().and_then(|path| path.canonicalize().ok());
                path.as_ref() == Some(&index)
            };
            let indexes = found.sources.extract_if(.., is_index);
            found.skipped.extend(
                indexes.map(|source| Skipped { dump: source.dump, reason: "is the index".into() }),
            );
        }
        observe(Event::Walked {
            dumps: found.sources.len(),
            bytes: found.sources.iter().map(|s| s.bytes).sum(),
        });
        summary.skipped = found.skipped;
        for failure in found.failures {
            observe(Event::Failed(&failure));
            summary.fail(failure, output)?;
        }
        Ok(found.sources)
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
        let mut stash = Stash::open(&output.folder().scratch())?;
        let mut texts = Deduplicator::with_thresholds(self.settings.thresholds);
        let (sender, batches) = sync_channel(0);
        let reader = &self.reader.anew();
        std::thread::scope(|scope| {
            let read = move || {
                self.settings.stop.clone().watch();
                feed(reader, sources, &sender);
            };
            std::thread::Builder::new()
                .spawn_scoped(scope, read)
                .map_err(|source| Error::Io { path: self.out.clone(), source })?;
            for batch in batches {
                let done: Vec<_> = pool
                    .install(|| batch.into_par_iter().map(|feed| self.clean_one(feed)).collect());
                look();
                for outcome in done {
                    match outcome {
                        Outcome::Done(source, done) => {
                            summary.add(&done.cleaned);
                            stash_one(&mut stash, &mut texts, &sources[source].dump, *done)?;
                        }
                        Outcome::Failed(source, record, error) => {
                            let dump = sources[source].dump.clone();
                            let failure = Failure { dump, record, error };
                            observe(Event::Failed(&failure));
                            summary.fail(failure, output)?;
                        }
                        Outcome::Skipped(source, reason) => {
                            let dump = sources[source].dump.clone();
                            summary.skipped.push(Skipped { dump, reason });
                        }
                        Outcome::End(source) => {
                            let Source { dump, bytes, .. } = &sources[source];
                            observe(Event::Done { dump, bytes: *bytes });
                        }
                    }
                }
            }
            Ok::<(), Error>(())
        })?;
        if let Some((field, dump, others)) = reader.nowhere() {
            let error = format!(
                "has no field {field:?}, nor has anything else; its fields are {}",
                others.join(", ")
            );
            let failure = Failure { dump, record: None, error };
            observe(Event::Failed(&failure));
            summary.fail(failure, output)?;
        }
        Ok((stash.finish()?, texts))
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

    /// Cleans a part of a dump, and tells that it is done.
    fn clean_one(&self, feed: Feed) -> Outcome {
        let (Feed::Part(_, _, bytes) | Feed::End(_, bytes)) = feed;
        let outcome = self.outcome(feed);
        self.settings.heard.tell(bytes);
        outcome
    }

    fn outcome(&self, feed: Feed) -> Outcome {
        match feed {
            Feed::Part(source, Part::Record(record), _) => {
                let limits = self.reader.within();
                match clean_within(self.cleaner, &record, &self.settings.stop, limits) {
                    Ok((cleaned, sentences)) => {
                        Outcome::Done(source, Box::new(Done::new(record, cleaned, sentences)))
                    }
                    Err(reason) => Outcome::Failed(source, record.id, reason),
                }
            }
            Feed::Part(source, Part::Broken { record, reason }, _) => {
                Outcome::Failed(source, record, reason.to_string())
            }
            Feed::Part(source, Part::Skipped { records, reason }, _) => {
                Outcome::Skipped(source, format!("{records} {reason}"))
            }
            Feed::End(source, _) => Outcome::End(source),
        }
    }

    fn manifest<'a>(
        &'a self,
        summary: &'a Summary,
        (started, clock): (jiff::Timestamp, Instant),
    ) -> Manifest<'a> {
        Manifest {
            schema: SCHEMA,
            tool: concat!("dechaff ", env!("CARGO_PKG_VERSION")),
            started: started.to_string(),
            seconds: clock.elapsed().as_secs_f64(),
            options: &self.options,
            format: self.format,
            files: Vec::new(),
            rule_packs: self
                .cleaner
                .rules()
                .packs()
                .iter()
                .map(|p| PackName { name: &p.name, digest: &p.digest })
                .collect(),
            inputs: summary.inputs,
            bytes: summary.bytes,
            articles: summary.articles,
            canonical: summary.articles - summary.copies - summary.known,
            copies: summary.copies,
            known: summary.known,
            without_article: serde_json::json!(summary.without_article),
            left_out: summary.left_out,
            removed: &summary.removed,
            beside: &summary.beside,
            own: summary.own,
            failures: &summary.failures,
            failed: summary.failed,
            failed_by_reason: &summary.failed_by_reason,
            skipped: &summary.skipped,
        }
    }
}

/// What became of a part of the dump with this number.
enum Outcome {
    Done(usize, Box<Done>),
    Failed(usize, Option<String>, String),
    Skipped(usize, String),
    End(usize),
}

/// A record that was cleaned.
struct Done {
    record: Option<String>,
    digest: String,
    encoding: String,
    format: &'static str,
    cleaned: Cleaned,
    /// For each article what it is compared by, and its sentences.
    articles: Vec<(Fingerprint, Vec<Sentence>)>,
}

impl Done {
    fn new(record: Record, cleaned: Cleaned, sentences: Vec<Vec<Sentence>>) -> Self {
        let mut letters = NormalizedText::default();
        let fingerprints = cleaned.articles.iter().map(|article| {
            letters.read(&article.text);
            Fingerprint::new(&letters)
        });
        Self {
            digest: record.digest(),
            encoding: record.encoding.to_ascii_lowercase(),
            format: record.format.name(),
            articles: fingerprints.zip(sentences).collect(),
            record: record.id,
            cleaned,
        }
    }
}

fn stash_one(stash: &mut Stash, texts: &mut Deduplicator, dump: &str, done: Done) -> Result<()> {
    let Done { record, digest, encoding, format, cleaned, articles } = done;
    let bytes = cleaned.ledger.bytes();
    stash.record(&LedgerLine {
        dump,
        record: record.as_deref(),
        digest,
        bytes,
        encoding: &encoding,
        format,
        spans: &cleaned.ledger,
    })?;
    for (mut article, (fingerprint, sentences)) in cleaned.articles.into_iter().zip(articles) {
        article.provenance.dump = dump.into();
        texts.push(&fingerprint)?;
        stash.article(&article, &sentences)?;
    }
    Ok(())
}
