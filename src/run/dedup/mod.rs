//! The whole of `dechaff dedup`: documents in, canonical ones and clusters out.

mod documents;
mod output;
mod parts;
mod piece;
mod stories;
mod summary;
mod terms;

use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::compare::deduplicator::{Deduplicator, Found, Losses};
use crate::compare::gather::{Cluster, Related};
use crate::error::{Error, Failure, Result};
use crate::read::Limits;
use crate::run::dedup::documents::{Documents, Ids};
use crate::run::dedup::output::Output;
use crate::run::dedup::piece::Pieces;
use crate::run::dedup::stories::{Canonical, RelatedLine, cluster_line, stories};
pub use crate::run::dedup::summary::Summary;
use crate::run::dedup::terms::Terms;
use crate::run::event::Event;
use crate::run::failures::{failure_of, row_of};
use crate::run::parts::alike::alike_as_published;
use crate::run::parts::share::{PartOf, PartProgress};
use crate::run::settings::{Settings, tells_settings};
use crate::spill::{Room, Sorter};
use crate::walk::{Filter, check_given, walk};
use crate::write::{Folder, Format, is_stream};

/// A run over files of documents: JSON, an object a line or in any other way, and Parquet, compressed or not.
///
/// ```no_run
/// use dechaff::Dedup;
///
/// let summary = Dedup::new(vec!["articles.jsonl".into()], "out").run(|_| {})?;
/// println!("{} of {} are copies", summary.copies, summary.articles);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Dedup {
    paths: Vec<PathBuf>,
    out: PathBuf,
    settings: Settings,
    text_field: Option<String>,
    limits: Limits,
    memory: u64,
}

/// Bytes of memory that a run takes before it spills, if it is not told.
const MEMORY: u64 = 2 << 30;

tells_settings!(Dedup);

impl Dedup {
    /// A run over `paths` (files, folders, `-`) into the folder `out`; with `-` the documents that are left go to standard output, and nothing else is written.
    pub fn new(paths: Vec<PathBuf>, out: impl AsRef<Path>) -> Self {
        Self {
            paths,
            out: out.as_ref().into(),
            settings: Settings::default(),
            text_field: None,
            limits: Limits::default(),
            memory: MEMORY,
        }
    }

    /// The field of a document that holds its text; without it the usual names are tried.
    #[must_use]
    pub fn text_field(self, text_field: Option<String>) -> Self {
        Self { text_field, ..self }
    }

    /// What is taken of a file at most.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Takes about so many bytes of memory, 2 GiB if it is not told; what does not fit goes to files beside the output, which nobody else sees
    /// and which are gone when the run is. Nothing of it shows in what is written. Some 100 bytes for each document stay in memory in any case.
    #[must_use]
    pub fn memory(self, memory: u64) -> Self {
        Self { memory, ..self }
    }

    /// Runs, and tells `observe` what happens.
    ///
    /// # Errors
    /// Only when nothing can be written: [`Error::NoSuchPath`](crate::Error::NoSuchPath), [`Error::OutputTaken`](crate::Error::OutputTaken), [`Error::OutputBusy`](crate::Error::OutputBusy), [`Error::InputTaken`](crate::Error::InputTaken), [`Error::NothingToRead`](crate::Error::NothingToRead), [`Error::NoDocuments`](crate::Error::NoDocuments), [`Error::Format`](crate::Error::Format), [`Error::TooManyTexts`](crate::Error::TooManyTexts), [`Error::Stopped`](crate::Error::Stopped), or
    /// [`Error::Io`](crate::Error::Io) on the output folder. A bad line or file is a [`Failure`](crate::Failure).
    pub fn run(&self, observe: impl FnMut(Event) + Send) -> Result<Summary> {
        let pool = self.settings.pool(&self.out)?;
        let stop = &self.settings.stop;
        stop.unless_set(|| pool.install(|| self.run_here(observe))).unwrap_or(Err(Error::Stopped))
    }

    /// Does what is due now for one part of a run that is spread over several processes or machines, which share the folder. All parts together, each
    /// run again until it is done, write what [`Self::run`] writes. A part that is killed is run again; with `wait` it looks until it is done
    /// whether others are far enough.
    ///
    /// # Errors
    /// Those of [`Self::run`], and [`Error::Part`](crate::Error::Part) where the parts were begun with other documents or options, or another process does this part.
    pub fn run_part(
        &self,
        part: PartOf,
        wait: bool,
        observe: impl FnMut(Event) + Send,
    ) -> Result<PartProgress<Summary>> {
        let pool = self.settings.pool(&self.out)?;
        let stop = &self.settings.stop;
        let work = || parts::run(&self.paths, &self.out, (part, wait), self.terms(), observe);
        stop.unless_set(|| pool.install(work)).unwrap_or(Err(Error::Stopped))
    }

    fn terms(&self) -> Terms<'_> {
        let Self { settings, text_field, limits, memory, .. } = self;
        Terms { settings, text_field: text_field.as_deref(), limits: *limits, memory: *memory }
    }

    fn run_here(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let (started, clock) = (jiff::Timestamp::now(), Instant::now());
        let terms = self.terms();
        Format::Jsonl.check(self.settings.layout, is_stream(&self.out))?;
        check_given(&self.paths)?;
        let folder = Folder::open(&self.out, self.settings.force, false)?;
        let found = walk(
            &self.paths,
            &Filter::documents(),
            Some(folder.path()).filter(|_| !folder.is_stream()),
        );
        folder.check(&found)?;
        if let ([], [], Some(path)) = (&*found.sources, &*found.failures, self.paths.first()) {
            return Err(Error::NoDocuments { path: path.clone(), others: found.skipped.len() });
        }
        observe(Event::Walked {
            dumps: found.sources.len(),
            bytes: found.sources.iter().map(|s| s.bytes).sum(),
        });
        let mut summary = Summary { skipped: found.skipped, ..Summary::default() };
        let room = Room::new(&folder.scratch(), self.memory);
        let mut failures = Sorter::new(&room);
        let mut fail = |failure: &Failure, observe: &mut dyn FnMut(Event)| {
            observe(Event::Failed(failure));
            failures.push(&row_of(failure))
        };
        found.failures.iter().try_for_each(|failure| fail(failure, &mut observe))?;
        let mut documents = Documents::new(&room);
        let mut batch = Deduplicator::within(self.settings.thresholds, room);
        let mut ids = Ids::default();
        for source in &found.sources {
            let options = (terms.text_field, terms.limits);
            let mut fail = |line: Option<usize>, error: &str| {
                fail(&Failure::at_line(&source.dump, line, error), &mut observe)
            };
            let heard = &self.settings.heard;
            match documents.read(source, &mut batch, &mut ids, options, heard, &mut fail)? {
                Ok(bytes) => {
                    summary.read(bytes);
                    observe(Event::Done { dump: &source.dump, bytes: source.bytes });
                }
                Err(error) => fail(None, &error.to_string())?,
            }
        }
        drop(ids);
        let found = batch.compare(|number| documents.text(number))?;
        let clusters = self.stories(&found, &documents);
        let related = related(&found, &clusters, &documents);
        summary.articles = documents.len();
        summary.clusters = clusters.len();
        summary.copies = clusters.iter().map(|c| c.copies.len()).sum();
        summary.canonical = summary.articles - summary.copies;
        summary.related = related.len();
        let mut output = Output::new(&folder, self.settings.layout)?;
        write(&mut output, &documents, &clusters, &related)?;
        failures.each(|row| {
            failure_of(row).map_or(Ok(()), |failure| output.fail(failure, &mut summary))
        })?;
        let closed = output.finish()?;
        found.check()?;
        documents.check()?;
        closed.place(&summary, &terms, started, clock.elapsed())?;
        Ok(summary)
    }

    /// The documents that stand for others, each with what is folded into it, sorted by id.
    fn stories(&self, found: &Found, documents: &Documents) -> Vec<Canonical> {
        let story = |losses: &mut Losses, cluster: &Cluster| {
            let loss = |text, kept| losses.of(text, kept, |number| documents.text(number));
            stories(cluster, documents, &self.settings, loss)
        };
        let all = found.clusters.par_iter().map_init(|| found.losses(), story);
        let mut all: Vec<Canonical> = all.flatten_iter().collect();
        documents.sort(&mut all, |cluster| cluster.canonical.text);
        all
    }
}

/// Writes the canonical documents, the clusters, and what is alike, each sorted by id.
fn write(
    output: &mut Output,
    documents: &Documents,
    clusters: &[Canonical],
    related: &[Related],
) -> Result<()> {
    let mut is_copy = vec![false; documents.len()];
    clusters.iter().flat_map(|c| &c.copies).for_each(|copy| is_copy[copy.text] = true);
    if let Some(lines) = &mut output.clusters {
        clusters.iter().try_for_each(|cluster| lines.value(&cluster_line(cluster, documents)))?;
    }
    if let Some(lines) = &mut output.related {
        for Related { text, to, own } in related {
            lines.value(&RelatedLine::of(*text, *to, *own, documents))?;
        }
    }
    let canonical = (0..documents.len() as u32).filter(|&number| !is_copy[number as usize]);
    documents
        .each_sorted(canonical, |number| output.articles.line(&documents.line(number as usize)))
}

/// What is alike and stands apart, sorted by id: each document once, by those that stand for their copies.
fn related(found: &Found, clusters: &[Canonical], documents: &Documents) -> Vec<Related> {
    let mut into: FxHashMap<usize, usize> = FxHashMap::default();
    for cluster in clusters {
        into.extend(cluster.copies.iter().map(|copy| (copy.text, cluster.canonical.text)));
    }
    let published = |r: &Related| {
        let into = |document| into.get(&document).copied();
        let [text, to] = alike_as_published([r.text, r.to], into)?;
        Some(Related { text, to, ..*r })
    };
    let mut related: Vec<Related> = found.related.iter().filter_map(published).collect();
    documents.sort(&mut related, |r| r.text);
    related
}
