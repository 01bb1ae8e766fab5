//! A whole run: walk, read, clean; then, with all articles known, find copies, learn what is repeated, write. Parallel over dumps, in the
//! order of their paths.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use crate::clean::{Cleaned, Cleaner};
use crate::dedup::archive;
use crate::dedup::{Batch, Copies, Fingerprint, Letters};
use crate::error::{Error, Failure, Result, Skipped};
use crate::html;
use crate::publish::{Knowledge, Paragraphs};
use crate::read::read;
use crate::repeat::{Learned, Sentence};
use crate::span::Kind;
use crate::walk::{Filter, Source, walk};
use crate::write::{LedgerLine, Manifest, Output, PackName, Removed, SCHEMA, Stash, Stashed};

/// Bytes of dumps that are in memory at a time.
const BATCH_BYTES: u64 = 64 << 20;
/// Dumps that are in memory at a time.
const BATCH_DUMPS: usize = 1024;

/// What happens during a run, for whoever shows progress.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The dumps are listed.
    Walked {
        /// How many there are.
        dumps: usize,
        /// Their bytes in all.
        bytes: u64,
    },
    /// A dump is done.
    Done {
        /// Its path.
        dump: &'a str,
        /// Its bytes.
        bytes: u64,
    },
    /// A dump failed.
    Failed(&'a Failure),
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Dumps that were read.
    pub inputs: usize,
    /// Their bytes.
    pub bytes: u64,
    /// Articles found.
    pub articles: usize,
    /// Those of them that are copies of others.
    pub copies: usize,
    /// Of the others, those of stories that an earlier run has seen; they and their copies are named in `copies.jsonl`.
    pub known: usize,
    /// What was removed, by kind.
    pub removed: BTreeMap<Kind, Removed>,
    /// Inputs that could not be cleaned.
    pub failures: Vec<Failure>,
    /// Files left out on purpose.
    pub skipped: Vec<Skipped>,
}

/// A run over files and folders.
///
/// ```no_run
/// use dechaff::{Cleaner, Options, Run};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let summary = Run::new(&cleaner, vec!["scrapes".into()], "out").run(|_| {})?;
/// println!("{} articles out of {} dumps", summary.articles, summary.inputs);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Run<'c> {
    cleaner: &'c Cleaner,
    paths: Vec<PathBuf>,
    out: PathBuf,
    filter: Filter,
    threads: Option<NonZero<usize>>,
    force: bool,
    preferred: Vec<String>,
    keep_duplicates: bool,
    paragraphs: Paragraphs,
    repeated: u32,
    index: Option<PathBuf>,
    options: serde_json::Value,
}

impl<'c> Run<'c> {
    /// A run over `paths` (files, folders, `-`) into the folder `out`.
    pub fn new(cleaner: &'c Cleaner, paths: Vec<PathBuf>, out: impl AsRef<Path>) -> Self {
        Self {
            cleaner,
            paths,
            out: out.as_ref().into(),
            filter: Filter::default(),
            threads: None,
            force: false,
            preferred: Vec::new(),
            keep_duplicates: false,
            paragraphs: Paragraphs::Keep,
            repeated: Self::REPEATED,
            index: None,
            options: serde_json::Value::Null,
        }
    }

    /// Stories around which a sentence stands before it is taken for boilerplate, unless [`Self::repeated`] says otherwise.
    pub const REPEATED: u32 = 4;

    /// Sources whose copies stand for the others where they are as complete and as early, the most preferred first.
    #[must_use]
    pub fn prefer(self, preferred: Vec<String>) -> Self {
        Self { preferred, ..self }
    }

    /// Writes every article, and only says which are copies.
    #[must_use]
    pub fn keep_duplicates(self, keep_duplicates: bool) -> Self {
        Self { keep_duplicates, ..self }
    }

    /// What becomes of paragraphs that stand in several stories.
    #[must_use]
    pub fn paragraphs(self, paragraphs: Paragraphs) -> Self {
        Self { paragraphs, ..self }
    }

    /// Takes a sentence at the edge of at least so many stories for boilerplate; with 0 none is.
    #[must_use]
    pub fn repeated(self, stories: u32) -> Self {
        Self { repeated: stories, ..self }
    }

    /// Takes only the files that `filter` lets through.
    #[must_use]
    pub fn filter(self, filter: Filter) -> Self {
        Self { filter, ..self }
    }

    /// Works with so many threads; with as many as there are processors otherwise.
    #[must_use]
    pub fn threads(self, threads: Option<NonZero<usize>>) -> Self {
        Self { threads, ..self }
    }

    /// Compares with what earlier runs saw, in an index file, and adds to it.
    #[must_use]
    pub fn index(self, index: Option<PathBuf>) -> Self {
        Self { index, ..self }
    }

    /// Replaces the files of an earlier run in the output folder.
    #[must_use]
    pub fn force(self, force: bool) -> Self {
        Self { force, ..self }
    }

    /// What the manifest shows as the run's options.
    #[must_use]
    pub fn describe(self, options: serde_json::Value) -> Self {
        Self { options, ..self }
    }

    /// Runs, and tells `observe` what happens.
    ///
    /// # Errors
    /// Only when nothing can be written: [`Error::OutputTaken`], [`Error::Index`], or [`Error::Io`] on the output folder. A bad input is no error but a [`Failure`].
    pub fn run(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let clock = (jiff::Timestamp::now(), Instant::now());
        let index = self.index.as_ref().map(archive::Index::open).transpose()?;
        let mut output = Output::open(&self.out, self.force, index.is_some())?;
        let found = walk(&self.paths, &self.filter, Some(&self.out));
        observe(Event::Walked { dumps: found.sources.len(), bytes: found.sources.iter().map(|s| s.bytes).sum() });
        let mut summary = Summary { skipped: found.skipped, ..Summary::default() };
        for failure in found.failures {
            observe(Event::Failed(&failure));
            summary.failures.push(failure);
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, NonZero::get))
            .build()
            .map_err(|e| Error::Io { path: self.out.clone(), source: std::io::Error::other(e) })?;
        let (mut stash, mut texts) = (Stash::open(&self.out)?, Batch::default());
        for batch in batches(&found.sources) {
            let done: Vec<_> = pool.install(|| batch.par_iter().map(|source| self.clean_one(source)).collect());
            for (source, result) in batch.iter().zip(done) {
                match result {
                    Ok(done) => {
                        observe(Event::Done { dump: &source.dump, bytes: source.bytes });
                        summary.add(&done.cleaned);
                        stash_one(&mut stash, &mut texts, &source.dump, done)?;
                    }
                    Err(error) => {
                        let failure = Failure { dump: source.dump.clone(), record: None, error };
                        observe(Event::Failed(&failure));
                        summary.failures.push(failure);
                    }
                }
            }
        }
        let stash = stash.finish()?;
        let clusters = pool.install(|| texts.clusters(|article| Cow::Owned(stash.text(article))));
        let copies = Copies::choose(&clusters, &self.preferred, |article| stash.line(article))?;
        let learned = self.learn(&stash, &copies)?;
        let knowledge = Knowledge { stash: &stash, copies: &copies, learned: &learned, paragraphs: self.paragraphs, keep_duplicates: self.keep_duplicates };
        let mut session = index.as_ref().map(archive::Index::session).transpose()?;
        summary.copies = copies.len();
        knowledge.write(&mut output, &mut session, &mut summary)?;
        summary.failures.sort();
        output.finish(&self.manifest(&summary, clock))?;
        session.map_or(Ok(()), archive::Session::commit)?;
        Ok(summary)
    }

    fn learn(&self, stash: &Stashed, copies: &Copies) -> Result<Learned> {
        if self.repeated == 0 {
            return Ok(Learned::default());
        }
        Learned::learn(&copies.stories(stash.len()), self.repeated, |show| {
            for article in 0..stash.len() {
                show(article, &stash.sentences(article)?);
            }
            Ok(())
        })
    }

    fn clean_one(&self, source: &Source) -> Result<Done, String> {
        let text = read(source).map_err(|e| match e {
            Error::Io { source, .. } => source.to_string(),
            other => other.to_string(),
        })?;
        let is_html = html::is_page(&source.dump, &text);
        let (cleaned, sentences) = catch_unwind(AssertUnwindSafe(|| self.cleaner.clean_view(&text, is_html)))
            .map_err(|_| "the cleaner broke down on it; please report this".to_string())?;
        let mut letters = Letters::default();
        let fingerprints = cleaned.articles.iter().map(|article| {
            letters.read(&article.text);
            Fingerprint::new(&letters)
        });
        let articles = fingerprints.zip(sentences).collect();
        let digest = format!("xxh3:{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes()));
        Ok(Done { digest, format: if is_html { "html" } else { "text" }, articles, cleaned })
    }

    fn manifest<'a>(&'a self, summary: &'a Summary, (started, clock): (jiff::Timestamp, Instant)) -> Manifest<'a> {
        Manifest {
            schema: SCHEMA,
            tool: concat!("dechaff ", env!("CARGO_PKG_VERSION")),
            started: started.to_string(),
            seconds: clock.elapsed().as_secs_f64(),
            options: &self.options,
            rule_packs: self.cleaner.rules().packs().iter().map(|p| PackName { name: &p.name, digest: &p.digest }).collect(),
            inputs: summary.inputs,
            bytes: summary.bytes,
            articles: summary.articles,
            canonical: summary.articles - summary.copies - summary.known,
            copies: summary.copies,
            known: summary.known,
            removed: &summary.removed,
            failures: &summary.failures,
            skipped: &summary.skipped,
        }
    }
}

struct Done {
    digest: String,
    format: &'static str,
    cleaned: Cleaned,
    /// For each article what it is compared by, and its sentences.
    articles: Vec<(Fingerprint, Vec<Sentence>)>,
}

impl Summary {
    fn add(&mut self, cleaned: &Cleaned) {
        self.inputs += 1;
        self.bytes += cleaned.ledger.bytes() as u64;
        self.articles += cleaned.articles.len();
        for entry in cleaned.ledger.entries().iter().filter(|e| e.kind.is_debris()) {
            let removed = self.removed.entry(entry.kind).or_default();
            removed.spans += 1;
            removed.bytes += entry.span.len() as u64;
        }
    }
}

fn stash_one(stash: &mut Stash, texts: &mut Batch, dump: &str, done: Done) -> Result<()> {
    let Done { digest, format, cleaned, articles } = done;
    let bytes = cleaned.ledger.bytes();
    stash.record(dump, &LedgerLine { dump, record: None, digest, bytes, encoding: "utf-8", format, spans: &cleaned.ledger })?;
    for (mut article, (fingerprint, sentences)) in cleaned.articles.into_iter().zip(articles) {
        article.provenance.dump = dump.into();
        texts.push(&fingerprint);
        stash.article(&article, &sentences)?;
    }
    Ok(())
}

/// Runs of dumps that are small enough to be in memory together; a large one stands alone.
fn batches(sources: &[Source]) -> impl Iterator<Item = &[Source]> {
    let mut rest = sources;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fit = rest.iter().take(BATCH_DUMPS).take_while(|s| {
            bytes += s.bytes;
            bytes <= BATCH_BYTES
        });
        let (batch, after) = rest.split_at(fit.count().max(1).min(rest.len()));
        rest = after;
        (!batch.is_empty()).then_some(batch)
    })
}
