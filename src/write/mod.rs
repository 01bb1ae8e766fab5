//! What a run writes: articles in one of several forms, the ledger, the manifest. Files appear whole or not at all.

pub(crate) mod digest;
pub(crate) mod dolma;
pub(crate) mod file_name;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod format;
pub(crate) mod inside;
pub(crate) mod lock;
pub(crate) mod markdown;
pub(crate) mod pages;
pub(crate) mod parquet;
pub(crate) mod printable;
pub(crate) mod text;
pub(crate) mod transaction;
pub(crate) mod tree;
pub(crate) mod verify;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::article::Copy;
use crate::clean::cleaned::LeftOut;
use crate::error::{Error, Failure, Result, Skipped};
use crate::ledger::Ledger;
use crate::outputs::{ARTICLES, COPIES, FAILURES, LEDGER};
use crate::span::Kind;
use crate::write::pages::Pages;
use crate::write::tree::Tree;

pub(crate) use crate::write::digest::Digester;
pub(crate) use crate::write::files::{Content, Files};
pub use crate::write::folder::is_stream;
pub(crate) use crate::write::folder::{Folder, Written};
pub use crate::write::format::{Compression, Format, Layout};
pub(crate) use crate::write::inside::{make_folder, new_folder, open_file, read_file, show};
pub(crate) use crate::write::lock::Lock;
pub use crate::write::verify::{Flaw, Verified, verify};
pub(crate) use crate::write::verify::{begun, is_whole};

/// Version of the output format.
pub(crate) const SCHEMA: u32 = 2;

/// One line of `ledger.jsonl`.
#[derive(Debug, Serialize)]
pub(crate) struct LedgerLine<'a> {
    pub(crate) dump: &'a str,
    pub(crate) record: Option<&'a str>,
    pub(crate) digest: String,
    pub(crate) bytes: usize,
    pub(crate) encoding: &'a str,
    pub(crate) format: &'a str,
    pub(crate) spans: &'a Ledger,
}

/// How much of one kind was removed, or kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Spans in the ledger.
    pub spans: u64,
    /// Bytes of them.
    pub bytes: u64,
}

impl Removed {
    /// Counts a span of so many bytes.
    pub(crate) fn add(&mut self, bytes: usize) {
        self.spans += 1;
        self.bytes += bytes as u64;
    }

    /// Counts as much as is counted elsewhere.
    pub(crate) fn join(&mut self, other: Self) {
        self.spans += other.spans;
        self.bytes += other.bytes;
    }

    /// Takes back a span of so many bytes.
    pub(crate) fn take(&mut self, bytes: usize) {
        self.spans -= 1;
        self.bytes -= bytes as u64;
    }
}

/// What `manifest.json` says of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) schema: u32,
    pub(crate) tool: &'static str,
    pub(crate) started: String,
    pub(crate) seconds: f64,
    pub(crate) options: &'a serde_json::Value,
    pub(crate) format: Format,
    /// What stands beside the manifest; [`Output::finish`] fills it in.
    pub(crate) files: Vec<String>,
    pub(crate) rule_packs: Vec<PackName<'a>>,
    pub(crate) inputs: usize,
    pub(crate) bytes: u64,
    pub(crate) articles: usize,
    pub(crate) canonical: usize,
    pub(crate) copies: usize,
    pub(crate) known: usize,
    pub(crate) without_article: serde_json::Value,
    /// Articles that are not wanted, by the reason.
    pub(crate) left_out: LeftOut,
    pub(crate) removed: &'a BTreeMap<Kind, Removed>,
    /// What is kept beside the text of articles.
    pub(crate) beside: &'a BTreeMap<Kind, Removed>,
    /// What only copies have that were folded.
    pub(crate) own: Removed,
    pub(crate) failures: &'a [Failure],
    pub(crate) failed: u64,
    pub(crate) failed_by_reason: &'a BTreeMap<String, u64>,
    pub(crate) skipped: &'a [Skipped],
}

/// A rule pack as the manifest names it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PackName<'a> {
    pub(crate) name: &'a str,
    pub(crate) digest: &'a str,
}

/// One line of `copies.jsonl`: an article that an earlier run has seen.
#[derive(Debug, Serialize)]
pub(crate) struct KnownCopy {
    /// The id of the article it is a copy of.
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) copy: Copy,
}

/// What is written with the articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Companions {
    /// The account of every byte.
    pub(crate) ledger: bool,
    /// What an index of earlier runs knew already.
    pub(crate) copies: bool,
}

/// The output of a cleaning run. Dropped before [`Output::finish`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Output {
    articles: Articles,
    /// What standard output has no room for, or nobody asked for.
    ledger: Option<Files>,
    copies: Option<Files>,
    /// Begun with the first failure that the manifest has no room for.
    failures: Option<Files>,
    /// The last to go: what is not whole goes before another run may write here.
    folder: Folder,
}

#[derive(Debug)]
enum Articles {
    Files(Box<Files>),
    Tree(Tree),
    Pages(Box<Pages>),
}

impl Output {
    /// Opens the folder, or standard output.
    pub(crate) fn open(
        path: &Path,
        force: bool,
        format: Format,
        layout: Layout,
        wanted: Companions,
    ) -> Result<Output> {
        format.check(layout, is_stream(path))?;
        Self::within(Folder::open(path, force, format.is_tree())?, format, layout, wanted)
    }

    /// The output in a folder that is open.
    pub(crate) fn within(
        folder: Folder,
        format: Format,
        layout: Layout,
        wanted: Companions,
    ) -> Result<Output> {
        let files = |stem, content, layout| Files::new(&folder, stem, content, layout);
        let beside = |is_wanted: bool, stem, layout| {
            (is_wanted && !folder.is_stream())
                .then(|| files(stem, Content::Lines, layout))
                .transpose()
        };
        let articles = match format {
            Format::Jsonl => Articles::Files(Box::new(files(ARTICLES, Content::Lines, layout)?)),
            Format::Dolma => {
                Articles::Files(Box::new(files(ARTICLES, Content::Documents, layout)?))
            }
            Format::Parquet => Articles::Files(Box::new(files(ARTICLES, Content::Table, layout)?)),
            Format::Markdown | Format::Text if folder.is_stream() => {
                Articles::Pages(Box::new(Pages::new(&folder, format)?))
            }
            Format::Markdown | Format::Text => Articles::Tree(Tree::new(&folder, format)?),
        };
        let ledger = beside(wanted.ledger, LEDGER, layout)?;
        Ok(Output {
            articles,
            ledger,
            copies: beside(wanted.copies, COPIES, Layout { shard: None, ..layout })?,
            failures: None,
            folder,
        })
    }

    /// Where it goes.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    pub(crate) fn article(&mut self, article: &impl Serialize) -> Result<()> {
        let line =
            serde_json::to_vec(article).map_err(|e| Error::io(self.folder.path())(e.into()))?;
        self.article_line(&line)
    }

    pub(crate) fn article_line(&mut self, line: &[u8]) -> Result<()> {
        match &mut self.articles {
            Articles::Files(files) => files.line(line),
            Articles::Tree(tree) => tree.line(line),
            Articles::Pages(pages) => pages.line(line),
        }
    }

    pub(crate) fn ledger(&mut self, ledger: &impl Serialize) -> Result<()> {
        self.ledger.as_mut().map_or(Ok(()), |files| files.value(ledger))
    }

    pub(crate) fn ledger_line(&mut self, line: &[u8]) -> Result<()> {
        self.ledger.as_mut().map_or(Ok(()), |files| files.line(line))
    }

    pub(crate) fn copy(&mut self, copy: &KnownCopy) -> Result<()> {
        self.copies.as_mut().map_or(Ok(()), |files| files.value(copy))
    }

    /// Names a failure in a file of its own; nothing where all goes to standard output.
    pub(crate) fn failure(&mut self, failure: &Failure) -> Result<()> {
        if self.folder.is_stream() {
            return Ok(());
        }
        let files = match self.failures.take() {
            Some(files) => files,
            None => Files::new(&self.folder, FAILURES, Content::Lines, Layout::default())?,
        };
        self.failures.insert(files).value(failure)
    }

    pub(crate) fn finish(self, mut manifest: Manifest) -> Result<()> {
        let mut written = match self.articles {
            Articles::Files(files) => Written { files: files.finish()?, tree: None },
            Articles::Tree(tree) => Written { files: Vec::new(), tree: Some(tree.finish()) },
            Articles::Pages(pages) => {
                pages.finish()?;
                Written::default()
            }
        };
        for files in [self.ledger, self.copies, self.failures].into_iter().flatten() {
            written.files.extend(files.finish()?);
        }
        manifest.files = written.names();
        self.folder.place(written, &manifest)
    }
}
