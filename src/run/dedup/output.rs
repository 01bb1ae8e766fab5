//! The files of a run over documents.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{Failure, Result};
use crate::outputs::{ARTICLES, CLUSTERS, FAILURES, RELATED};
use crate::run::dedup::summary::Summary;
use crate::run::dedup::terms::Terms;
use crate::write::{Content, Files, Folder, Format, Layout, SCHEMA, Written};

/// What the manifest says that the run was told.
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

/// The program and its version.
pub(super) const TOOL: &str = concat!("dechaff ", env!("CARGO_PKG_VERSION"));

/// The files that are being written, each of lines sorted by id.
pub(super) struct Output<'f> {
    folder: &'f Folder,
    /// The documents that are left.
    pub(super) articles: Files,
    /// What standard output has no room for.
    pub(super) clusters: Option<Files>,
    pub(super) related: Option<Files>,
    /// Begun with the first failure that the manifest has no room for.
    failures: Option<Files>,
}

impl<'f> Output<'f> {
    pub(super) fn new(folder: &'f Folder, layout: Layout) -> Result<Self> {
        let whole = Layout { shard: None, ..layout };
        let beside = |stem| {
            (!folder.is_stream())
                .then(|| Files::new(folder, stem, Content::Lines, whole))
                .transpose()
        };
        let (clusters, related) = (beside(CLUSTERS)?, beside(RELATED)?);
        let articles = Files::new(folder, ARTICLES, Content::Lines, layout)?;
        Ok(Self { folder, articles, clusters, related, failures: None })
    }

    /// Counts a failure, and names it where there are many in a file of its own, unless all goes to standard output.
    pub(super) fn fail(&mut self, failure: Failure, summary: &mut Summary) -> Result<()> {
        summary.failures().add(failure, |failure| self.failure(failure))
    }

    fn failure(&mut self, failure: &Failure) -> Result<()> {
        if self.folder.is_stream() {
            return Ok(());
        }
        let files = match self.failures.take() {
            Some(files) => files,
            None => Files::new(self.folder, FAILURES, Content::Lines, Layout::default())?,
        };
        self.failures.insert(files).value(failure)
    }

    /// Closes all files.
    pub(super) fn finish(self) -> Result<Closed<'f>> {
        let mut files = self.articles.finish()?;
        for lines in [self.clusters, self.related, self.failures].into_iter().flatten() {
            files.extend(lines.finish()?);
        }
        Ok(Closed { folder: self.folder, written: Written { files, tree: None } })
    }
}

/// Files that are whole.
pub(super) struct Closed<'f> {
    folder: &'f Folder,
    written: Written,
}

impl Closed<'_> {
    /// Puts them in their places, with the manifest of a run that began then and took so long.
    pub(super) fn place(
        self,
        summary: &Summary,
        terms: &Terms,
        started: jiff::Timestamp,
        taken: Duration,
    ) -> Result<()> {
        let manifest = Manifest {
            schema: SCHEMA,
            tool: TOOL,
            started: started.to_string(),
            seconds: taken.as_secs_f64(),
            options: Options {
                preferred: &terms.settings.preferred,
                text_field: terms.text_field,
                loss: terms.settings.thresholds.loss,
                limits: terms.limits.changed(),
            },
            format: Format::Jsonl,
            files: self.written.names(),
            summary,
        };
        self.folder.place(self.written, &manifest)
    }
}
