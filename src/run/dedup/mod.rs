//! The whole of `dechaff dedup`: documents in, canonical ones and clusters out.

pub(crate) mod documents;

use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::article::Relation;
use crate::compare::canonical::{Choice, choose};
use crate::compare::deduplicator::{Deduplicator, Found, Losses};
use crate::compare::gather::{Cluster, Member, Related};
use crate::compare::story::Story;
use crate::error::{Error, Failure, Result, Skipped};
use crate::outputs::{ARTICLES, CLUSTERS, RELATED};
use crate::read::Limits;
use crate::run::dedup::documents::{Documents, FileRead, Ids, Origin};
use crate::run::event::Event;
use crate::run::settings::{Settings, rounded, tells_settings};
use crate::spill::Room;
use crate::walk::{Filter, Source, check_given, walk};
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
    /// Those that are alike another and would lose too much if they were folded.
    pub related: usize,
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
    settings: Settings,
    text_field: Option<String>,
    limits: Limits,
    memory: u64,
}

/// Bytes of memory that a run takes before it spills, if it is not told.
const MEMORY: u64 = 2 << 30;

#[derive(Serialize)]
struct Options<'a> {
    preferred: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    text_field: Option<&'a str>,
    loss: f32,
    #[serde(skip_serializing_if = "Map::is_empty")]
    limits: Map<String, Value>,
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
struct ClusterLine {
    cluster: Vec<Box<RawValue>>,
    canonical: Box<RawValue>,
    anchor: Box<RawValue>,
    members: Vec<MemberLine>,
}

#[derive(Serialize)]
struct MemberLine {
    id: Box<RawValue>,
    relation: Relation,
    similarity: f64,
    own: f64,
}

/// One line of `related.jsonl`.
#[derive(Serialize)]
struct RelatedLine {
    id: Box<RawValue>,
    to: Box<RawValue>,
    own: [f64; 2],
}

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
    /// [`Error::Io`](crate::Error::Io) on the output folder. A bad line or file is a [`Failure`].
    pub fn run(&self, observe: impl FnMut(Event) + Send) -> Result<Summary> {
        let pool = self.settings.pool(&self.out)?;
        let stop = &self.settings.stop;
        stop.unless_set(|| pool.install(|| self.run_here(observe))).unwrap_or(Err(Error::Stopped))
    }

    fn run_here(&self, mut observe: impl FnMut(Event)) -> Result<Summary> {
        let (started, clock) = (jiff::Timestamp::now(), Instant::now());
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
        let mut summary =
            Summary { skipped: found.skipped, failures: found.failures, ..Summary::default() };
        summary.failures.iter().for_each(|failure| observe(Event::Failed(failure)));
        let room = Room::new(&folder.scratch(), self.memory);
        let mut documents = Documents::new(&room);
        let mut batch = Deduplicator::within(self.settings.thresholds, room);
        let mut ids = Ids::default();
        for source in &found.sources {
            let text_field = self.text_field.as_deref();
            let (options, heard) = ((text_field, self.limits), &self.settings.heard);
            let read = documents.read(source, &mut batch, &mut ids, options, heard)?;
            summary.add(source, read, &mut observe);
        }
        drop(ids);
        summary.failures.sort();
        let found = batch.compare(|number| documents.text(number))?;
        let clusters = self.stories(&found, &documents);
        let related = related(&found, &clusters, &documents);
        summary.articles = documents.len();
        summary.clusters = clusters.len();
        summary.copies = clusters.iter().map(|c| c.copies.len()).sum();
        summary.canonical = summary.articles - summary.copies;
        summary.related = related.len();
        let files = self.write(&folder, &documents, &clusters, &related)?;
        found.check()?;
        documents.check()?;
        let written = Written { files, tree: None };
        let manifest = Manifest {
            schema: SCHEMA,
            tool: concat!("dechaff ", env!("CARGO_PKG_VERSION")),
            started: started.to_string(),
            seconds: clock.elapsed().as_secs_f64(),
            options: Options {
                preferred: &self.settings.preferred,
                text_field: self.text_field.as_deref(),
                loss: self.settings.thresholds.loss,
                limits: self.limits.changed(),
            },
            format: Format::Jsonl,
            files: written.names(),
            summary: &summary,
        };
        folder.place(written, &manifest)?;
        Ok(summary)
    }

    /// Writes the canonical documents, the clusters, and what is alike, each sorted by id.
    fn write(
        &self,
        folder: &Folder,
        documents: &Documents,
        clusters: &[Canonical],
        related: &[Related],
    ) -> Result<Vec<Whole>> {
        let mut is_copy = vec![false; documents.len()];
        clusters.iter().flat_map(|c| &c.copies).for_each(|copy| is_copy[copy.text] = true);
        let whole = Layout { shard: None, ..self.settings.layout };
        let beside = |stem| {
            (!folder.is_stream())
                .then(|| Files::new(folder, stem, Content::Lines, whole))
                .transpose()
        };
        let (mut lines, mut alike) = (beside(CLUSTERS)?, beside(RELATED)?);
        for cluster in clusters {
            lines
                .as_mut()
                .map_or(Ok(()), |lines| lines.value(&cluster_line(cluster, documents)))?;
        }
        for Related { text, to, own } in related {
            let line = RelatedLine {
                id: documents.id(*text),
                to: documents.id(*to),
                own: own.map(rounded),
            };
            alike.as_mut().map_or(Ok(()), |lines| lines.value(&line))?;
        }
        let mut articles = Files::new(folder, ARTICLES, Content::Lines, self.settings.layout)?;
        let canonical = (0..documents.len() as u32).filter(|&number| !is_copy[number as usize]);
        documents
            .each_sorted(canonical, |number| articles.line(&documents.line(number as usize)))?;
        let mut written = articles.finish()?;
        for lines in [lines, alike].into_iter().flatten() {
            written.extend(lines.finish()?);
        }
        Ok(written)
    }

    /// The documents that stand for others, each with what is folded into it, sorted by id.
    fn stories(&self, found: &Found, documents: &Documents) -> Vec<Canonical> {
        let story = |losses: &mut Losses, cluster: &Cluster| {
            let anchor = Member::exact(cluster.anchor);
            let mut members: Vec<Member> = cluster.members.clone();
            documents.sort(&mut members, |m| m.text);
            members.insert(0, anchor);
            let choose = |members: &[Member]| self.choose(members, documents);
            let loss = |text, kept| losses.of(text, kept, |number| documents.text(number));
            Story::of(&members, self.settings.thresholds.loss, choose, loss)
        };
        let stories: Vec<Story> =
            found.clusters.par_iter().map_init(|| found.losses(), story).flatten_iter().collect();
        let mut all = Vec::with_capacity(stories.len());
        for (Story { canonical, copies, apart }, cluster) in
            stories.into_iter().zip(&found.clusters)
        {
            for equal in apart.into_iter().filter(|equal| equal.len() > 1) {
                let mut copies: Vec<Member> = equal
                    .iter()
                    .map(|m| Member { text: m.text, ..Member::exact(m.same) })
                    .collect();
                let canonical = copies.remove(self.choose(&copies, documents).unwrap_or(0));
                all.push(Canonical { canonical, anchor: canonical.same, copies });
            }
            if !copies.is_empty() {
                all.push(Canonical { canonical, anchor: cluster.anchor, copies });
            }
        }
        documents.sort(&mut all, |cluster| cluster.canonical.text);
        all
    }

    /// The place of the document among the members of a cluster that stands for all.
    fn choose(&self, members: &[Member], documents: &Documents) -> Option<usize> {
        let mut order: Vec<usize> = (0..members.len()).collect();
        documents.sort(&mut order, |&at| members[at].text);
        let origins: Vec<Origin> =
            order.iter().map(|&at| documents.origin(members[at].text)).collect();
        let ids: Vec<Box<RawValue>> =
            order.iter().map(|&at| documents.id(members[at].text)).collect();
        let copies: Vec<Choice> = order
            .iter()
            .zip(&origins)
            .zip(&ids)
            .map(|((&at, Origin { date, source }), id)| Choice {
                completeness: members[at].completeness,
                date: date.as_deref(),
                source: source.as_deref(),
                id: id.get(),
            })
            .collect();
        choose(&copies, &self.settings.preferred, self.settings.thresholds.complete)
            .map(|place| order[place])
    }
}

/// A document that stands for others.
struct Canonical {
    canonical: Member,
    /// The longest of them; of equal ones the first that was read.
    anchor: usize,
    copies: Vec<Member>,
}

/// What is alike and stands apart, sorted by id: each document once, and none with what it is folded into.
fn related(found: &Found, clusters: &[Canonical], documents: &Documents) -> Vec<Related> {
    let mut into: FxHashMap<usize, usize> = FxHashMap::default();
    for cluster in clusters {
        into.extend(cluster.copies.iter().map(|copy| (copy.text, cluster.canonical.text)));
    }
    let mut related: Vec<Related> =
        found.related.iter().copied().filter(|r| !into.contains_key(&r.text)).collect();
    for related in &mut related {
        related.to = into.get(&related.to).copied().unwrap_or(related.to);
    }
    related.retain(|r| r.text != r.to);
    documents.sort(&mut related, |r| r.text);
    related
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
fn anchor_of(cluster: &Canonical, documents: &Documents) -> usize {
    let equal = cluster.copies.iter().filter(|m| m.same == cluster.anchor);
    if cluster.canonical.same == cluster.anchor {
        return cluster.canonical.text;
    }
    let mut equal: Vec<usize> = equal.map(|m| m.text).collect();
    documents.sort(&mut equal, |&text| text);
    equal.first().copied().unwrap_or(cluster.anchor)
}

fn cluster_line(cluster: &Canonical, documents: &Documents) -> ClusterLine {
    let Canonical { canonical, copies, .. } = cluster;
    let anchor = anchor_of(cluster, documents);
    let mut all: Vec<Member> = copies.clone();
    documents.sort(&mut all, |m| m.text);
    let member = |m: &Member| {
        // The anchor is to the canonical document what that is to the anchor.
        let to = if m.text == anchor { canonical } else { m };
        MemberLine {
            id: documents.id(m.text),
            relation: to.relation,
            similarity: rounded(to.similarity),
            own: rounded(m.loss),
        }
    };
    let members = all.iter().map(member).collect();
    all.push(*canonical);
    documents.sort(&mut all, |m| m.text);
    ClusterLine {
        cluster: all.iter().map(|m| documents.id(m.text)).collect(),
        canonical: documents.id(canonical.text),
        anchor: documents.id(anchor),
        members,
    }
}
