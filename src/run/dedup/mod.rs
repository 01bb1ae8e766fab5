//! The whole of `dechaff dedup`: documents in, canonical ones and clusters out.

pub(crate) mod documents;

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::article::Relation;
use crate::compare::batch::{Batch, Cluster, Member};
use crate::compare::canonical::{Copy, choose};
use crate::compare::threshold::Thresholds;
use crate::error::{Error, Failure, Result, Skipped};
use crate::outputs::{ARTICLES, CLUSTERS};
use crate::run::dedup::documents::{Documents, FileRead, Ids, Origin};
use crate::run::event::Event;
use crate::walk::{Filter, Source, walk};
use crate::write::{Content, Files, Folder, Format, Layout, SCHEMA, Whole, Written, is_stream};

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were read.
    pub inputs: usize,
    /// Their bytes, unpacked.
    pub bytes: u64,
    /// Documents in them.
    pub articles: usize,
    /// Those that stand for themselves or for a cluster.
    pub canonical: usize,
    /// Those that were folded into another.
    pub copies: usize,
    /// Clusters of two documents and more.
    pub clusters: usize,
    /// Lines and files that could not be read.
    pub failures: Vec<Failure>,
    /// Files left out on purpose.
    pub skipped: Vec<Skipped>,
}

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
    preferred: Vec<String>,
    threads: Option<NonZero<usize>>,
    force: bool,
    layout: Layout,
    text_field: Option<String>,
    thresholds: Thresholds,
}

#[derive(Serialize)]
struct Options<'a> {
    preferred: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    text_field: Option<&'a str>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    tool: &'static str,
    started: String,
    seconds: f64,
    options: Options<'a>,
    format: Format,
    files: Vec<String>,
    #[serde(flatten)]
    summary: &'a Summary,
}

/// One line of `clusters.jsonl`.
#[derive(Serialize)]
struct ClusterLine<'a> {
    cluster: Vec<&'a RawValue>,
    canonical: &'a RawValue,
    anchor: &'a RawValue,
    members: Vec<MemberLine<'a>>,
}

#[derive(Serialize)]
struct MemberLine<'a> {
    id: &'a RawValue,
    relation: Relation,
    similarity: f64,
}

impl Dedup {
    /// A run over `paths` (files, folders, `-`) into the folder `out`; with `-` the documents that are left go to standard output, and nothing else is written.
    pub fn new(paths: Vec<PathBuf>, out: impl AsRef<Path>) -> Self {
        Self {
            paths,
            out: out.as_ref().into(),
            preferred: Vec::new(),
            threads: None,
            force: false,
            layout: Layout::default(),
            text_field: None,
            thresholds: Thresholds::default(),
        }
    }

    /// Sources whose copies stand for the others where they are as complete and as early, the most preferred first.
    #[must_use]
    pub fn prefer(self, preferred: Vec<String>) -> Self {
        Self { preferred, ..self }
    }

    /// The field of a document that holds its text; without it the usual names are tried.
    #[must_use]
    pub fn text_field(self, text_field: Option<String>) -> Self {
        Self { text_field, ..self }
    }

    /// Works with so many threads; with as many as there are processors otherwise.
    #[must_use]
    pub fn threads(self, threads: Option<NonZero<usize>>) -> Self {
        Self { threads, ..self }
    }

    /// Lays out the files of documents and clusters (which are never split) like this.
    #[must_use]
    pub fn layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// Compares by these thresholds.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// Replaces the files of an earlier run in the output folder.
    #[must_use]
    pub fn force(self, force: bool) -> Self {
        Self { force, ..self }
    }

    /// Runs, and tells `observe` what happens. All documents are in memory until it ends.
    ///
    /// # Errors
    /// Only when nothing can be written: [`Error::OutputTaken`], [`Error::OutputBusy`], [`Error::InputTaken`], [`Error::NothingToRead`], [`Error::Format`], or
    /// [`Error::Io`] on the output folder. A bad line or file is a [`Failure`].
    pub fn run(&self, observe: impl FnMut(Event) + Send) -> Result<Summary> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, NonZero::get))
            .build()
            .map_err(|e| Error::Io { path: self.out.clone(), source: std::io::Error::other(e) })?;
        pool.install(|| self.run_here(observe))
    }

    fn run_here(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let (started, clock) = (jiff::Timestamp::now(), Instant::now());
        Format::Jsonl.check(self.layout, is_stream(&self.out))?;
        let folder = Folder::open(&self.out, self.force, false)?;
        let found = walk(
            &self.paths,
            &Filter::documents(),
            Some(folder.path()).filter(|_| !folder.is_stream()),
        );
        folder.check(&found)?;
        observe(Event::Walked {
            dumps: found.sources.len(),
            bytes: found.sources.iter().map(|s| s.bytes).sum(),
        });
        let mut summary =
            Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
        summary.failures.iter().for_each(|failure| observe(Event::Failed(failure)));
        let (mut documents, mut batch) =
            (Documents::default(), Batch::with_thresholds(self.thresholds));
        let mut ids = Ids::default();
        for source in &found.sources {
            let text_field = self.text_field.as_deref();
            let read = documents.read(source, &mut batch, &mut ids, text_field);
            summary.add(source, read, &mut observe);
        }
        drop(ids);
        summary.failures.sort();
        let clusters = batch.clusters(|number| documents.text(number));
        summary.articles = documents.len();
        summary.clusters = clusters.len();
        summary.copies = clusters.iter().map(|c| c.members.len()).sum();
        summary.canonical = summary.articles - summary.copies;
        let written = Written { files: self.write(&folder, &documents, &clusters)?, tree: None };
        let manifest = Manifest {
            schema: SCHEMA,
            tool: concat!("dechaff ", env!("CARGO_PKG_VERSION")),
            started: started.to_string(),
            seconds: clock.elapsed().as_secs_f64(),
            options: Options { preferred: &self.preferred, text_field: self.text_field.as_deref() },
            format: Format::Jsonl,
            files: written.names(),
            summary: &summary,
        };
        folder.place(written, &manifest)?;
        Ok(summary)
    }

    /// Writes the canonical documents and the clusters, both sorted by id.
    fn write(
        &self,
        folder: &Folder,
        documents: &Documents,
        clusters: &[Cluster],
    ) -> Result<Vec<Whole>> {
        let mut is_copy = vec![false; documents.len()];
        let mut sorted: Vec<(usize, &Cluster)> =
            clusters.iter().map(|cluster| (self.canonical(cluster, documents), cluster)).collect();
        sorted.sort_by(|(a, _), (b, _)| documents.order(*a, *b));
        let mut lines = (!folder.is_stream())
            .then(|| {
                Files::new(folder, CLUSTERS, Content::Lines, Layout { shard: None, ..self.layout })
            })
            .transpose()?;
        for (canonical, cluster) in sorted {
            for copy in cluster.members.iter().map(|m| m.text).chain([cluster.anchor]) {
                is_copy[copy] = copy != canonical;
            }
            lines.as_mut().map_or(Ok(()), |lines| {
                lines.value(&cluster_line(cluster, canonical, documents))
            })?;
        }
        let mut canonical: Vec<u32> =
            (0..documents.len() as u32).filter(|&number| !is_copy[number as usize]).collect();
        canonical.par_sort_unstable_by(|&a, &b| documents.order(a as usize, b as usize));
        let mut articles = Files::new(folder, ARTICLES, Content::Lines, self.layout)?;
        for number in canonical {
            articles.line(documents.line(number as usize))?;
        }
        let mut whole = articles.finish()?;
        whole.extend(lines.map_or(Ok(Vec::new()), Files::finish)?);
        Ok(whole)
    }

    /// The document that stands for a cluster.
    fn canonical(&self, cluster: &Cluster, documents: &Documents) -> usize {
        let members = cluster.members.iter().map(|m| (m.text, m.completeness));
        let mut all: Vec<(usize, f32)> = members.chain([(cluster.anchor, 1.0)]).collect();
        all.sort_by(|(a, _), (b, _)| documents.order(*a, *b));
        let origins: Vec<Origin> =
            all.iter().map(|&(number, _)| documents.origin(number)).collect();
        let copies: Vec<Copy> = all
            .iter()
            .zip(&origins)
            .map(|(&(number, completeness), Origin { date, source })| Copy {
                completeness,
                date: date.as_deref(),
                source: source.as_deref(),
                id: documents.id(number).get(),
            })
            .collect();
        choose(&copies, &self.preferred, self.thresholds.complete)
            .map_or(cluster.anchor, |place| all[place].0)
    }
}

impl Summary {
    /// Counts a file that was read.
    fn add(
        &mut self,
        source: &Source,
        read: std::io::Result<FileRead>,
        observe: &mut impl FnMut(Event),
    ) {
        let failure = |record: Option<String>, error: String| Failure {
            dump: source.dump.clone(),
            record,
            error,
        };
        let failures = match read {
            Ok(read) => {
                self.inputs += 1;
                self.bytes += read.bytes;
                observe(Event::Done { dump: &source.dump, bytes: source.bytes });
                read.failures
                    .into_iter()
                    .map(|(line, error)| failure(line.map(|line| line.to_string()), error))
                    .collect()
            }
            Err(error) => vec![failure(None, error.to_string())],
        };
        failures.iter().for_each(|failure| observe(Event::Failed(failure)));
        self.failures.extend(failures);
    }
}

/// The anchor of a cluster as it is written: of several texts with the same letters the canonical one, or the first by id.
fn anchor_of(cluster: &Cluster, canonical: usize, documents: &Documents) -> usize {
    let same = cluster
        .members
        .iter()
        .filter(|m| m.relation == Relation::Exact)
        .map(|m| m.text)
        .chain([cluster.anchor]);
    same.min_by(|&a, &b| {
        (a != canonical).cmp(&(b != canonical)).then_with(|| documents.order(a, b))
    })
    .unwrap_or(cluster.anchor)
}

fn cluster_line<'d>(
    cluster: &Cluster,
    canonical: usize,
    documents: &'d Documents,
) -> ClusterLine<'d> {
    let written_anchor = anchor_of(cluster, canonical, documents);
    let anchor = Member::exact(cluster.anchor);
    let mut all: Vec<Member> = cluster.members.iter().copied().chain([anchor]).collect();
    all.sort_by(|a, b| documents.order(a.text, b.text));
    // The anchor is to the canonical document what that is to the anchor.
    let of_anchor = all
        .iter()
        .find(|m| m.text == canonical)
        .map_or(anchor, |m| Member { text: written_anchor, ..*m });
    let member = |m: &Member| {
        let Member { text, relation, similarity, .. } =
            if m.text == written_anchor { of_anchor } else { *m };
        MemberLine {
            id: documents.id(text),
            relation,
            similarity: (f64::from(similarity) * 1e4).round() / 1e4,
        }
    };
    ClusterLine {
        cluster: all.iter().map(|m| documents.id(m.text)).collect(),
        canonical: documents.id(canonical),
        anchor: documents.id(written_anchor),
        members: all.iter().filter(|m| m.text != canonical).map(member).collect(),
    }
}
