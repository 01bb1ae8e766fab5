//! A whole run: walk, read, clean, write; parallel over dumps, in the order of their paths.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;

use crate::clean::{Cleaned, Cleaner};
use crate::error::{Error, Failure, Result, Skipped};
use crate::read::read;
use crate::span::Kind;
use crate::walk::{Filter, Source, walk};
use crate::write::{LedgerLine, Manifest, Output, PackName, Removed, SCHEMA};

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
    options: serde_json::Value,
}

impl<'c> Run<'c> {
    /// A run over `paths` (files, folders, `-`) into the folder `out`.
    pub fn new(cleaner: &'c Cleaner, paths: Vec<PathBuf>, out: impl AsRef<Path>) -> Self {
        Self { cleaner, paths, out: out.as_ref().into(), filter: Filter::default(), threads: None, force: false, options: serde_json::Value::Null }
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
    /// Only when nothing can be written: [`Error::OutputTaken`], or [`Error::Io`] on the output folder. A bad input is no error but a [`Failure`].
    pub fn run(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let clock = (jiff::Timestamp::now(), Instant::now());
        let mut output = Output::open(&self.out, self.force)?;
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
        for batch in batches(&found.sources) {
            let done: Vec<_> = pool.install(|| batch.par_iter().map(|source| self.clean_one(source)).collect());
            for (source, result) in batch.iter().zip(done) {
                match result {
                    Ok(done) => {
                        observe(Event::Done { dump: &source.dump, bytes: source.bytes });
                        write_one(&mut output, &mut summary, &source.dump, done)?;
                    }
                    Err(error) => {
                        let failure = Failure { dump: source.dump.clone(), record: None, error };
                        observe(Event::Failed(&failure));
                        summary.failures.push(failure);
                    }
                }
            }
        }
        summary.failures.sort();
        output.finish(&self.manifest(&summary, clock))?;
        Ok(summary)
    }

    fn clean_one(&self, source: &Source) -> Result<Done, String> {
        let text = read(source).map_err(|e| match e {
            Error::Io { source, .. } => source.to_string(),
            other => other.to_string(),
        })?;
        let cleaned =
            catch_unwind(AssertUnwindSafe(|| self.cleaner.clean(&text))).map_err(|_| "the cleaner broke down on it; please report this".to_string())?;
        Ok(Done { digest: format!("xxh3:{:032x}", xxhash_rust::xxh3::xxh3_128(text.as_bytes())), cleaned })
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
            canonical: summary.articles,
            copies: 0,
            removed: &summary.removed,
            failures: &summary.failures,
            skipped: &summary.skipped,
        }
    }
}

struct Done {
    digest: String,
    cleaned: Cleaned,
}

fn write_one(output: &mut Output, summary: &mut Summary, dump: &str, done: Done) -> Result<()> {
    let Done { digest, cleaned } = done;
    let bytes = cleaned.ledger.bytes();
    summary.inputs += 1;
    summary.bytes += bytes as u64;
    summary.articles += cleaned.articles.len();
    for entry in cleaned.ledger.entries().iter().filter(|e| e.kind.is_debris()) {
        let removed = summary.removed.entry(entry.kind).or_default();
        removed.spans += 1;
        removed.bytes += entry.span.len() as u64;
    }
    for mut article in cleaned.articles {
        article.provenance.dump = dump.into();
        output.article(&article)?;
    }
    output.ledger(&LedgerLine { dump, record: None, digest, bytes, encoding: "utf-8", format: "text", spans: &cleaned.ledger })
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
