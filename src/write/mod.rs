//! The files of a run: written beside their place under a hidden name, moved there when whole.

mod rewrite;
mod stash;

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::article::Copy;
use crate::error::{Error, Failure, Result, Skipped};
use crate::ledger::Ledger;
use crate::span::Kind;

pub(crate) use rewrite::{Cut, Repeats, StashedLedger, cut_article};
pub(crate) use stash::{Stash, Stashed};

/// Version of the output format.
pub const SCHEMA: u32 = 1;
/// The articles of a run of `dechaff clean`, and what `dechaff dedup` leaves of its documents.
pub(crate) const ARTICLES: &str = "articles.jsonl";
/// The verdict on every byte, of `dechaff clean`.
const LEDGER: &str = "ledger.jsonl";
/// What an earlier run has seen, of `dechaff clean` with an index.
const COPIES: &str = "copies.jsonl";
/// What was folded into what, of `dechaff dedup`.
pub(crate) const CLUSTERS: &str = "clusters.jsonl";
const MANIFEST: &str = "manifest.json";
/// All names that a run of any command writes under.
pub const FILES: [&str; 5] = [ARTICLES, LEDGER, COPIES, CLUSTERS, MANIFEST];

/// How the names of files begin that do not stand in their place yet.
const UNPLACED: &str = ".dechaff-";

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

/// How much of one kind was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// Spans in the ledger.
    pub spans: u64,
    /// Bytes of them.
    pub bytes: u64,
}

/// What `manifest.json` says of a run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) schema: u32,
    pub(crate) tool: &'static str,
    pub(crate) started: String,
    pub(crate) seconds: f64,
    pub(crate) options: &'a serde_json::Value,
    pub(crate) rule_packs: Vec<PackName<'a>>,
    pub(crate) inputs: usize,
    pub(crate) bytes: u64,
    pub(crate) articles: usize,
    pub(crate) canonical: usize,
    pub(crate) copies: usize,
    pub(crate) known: usize,
    pub(crate) removed: &'a BTreeMap<Kind, Removed>,
    pub(crate) failures: &'a [Failure],
    pub(crate) skipped: &'a [Skipped],
}

/// A rule pack as the manifest names it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PackName<'a> {
    pub(crate) name: &'a str,
    pub(crate) digest: &'a str,
}

/// A file that is being written, and does not stand in its place yet.
pub(crate) type Unplaced = BufWriter<NamedTempFile>;

/// A folder whose files are written under hidden names. Those that are not placed in the end leave nothing behind.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, which is created where missing. Without `force`, one that holds any of [`FILES`] is refused.
    pub(crate) fn open(path: &Path, force: bool) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            return Err(Error::io(path)(std::io::Error::other("is a file, not a folder")));
        }
        std::fs::create_dir_all(path).map_err(Error::io(path))?;
        remove_abandoned(path).map_err(Error::io(path))?;
        if !force && FILES.iter().any(|name| path.join(name).exists()) {
            return Err(Error::OutputTaken { path: path.into() });
        }
        Ok(Self { path: path.into() })
    }

    pub(crate) fn file(&self) -> Result<Unplaced> {
        let file = tempfile::Builder::new().prefix(UNPLACED).tempfile_in(&self.path).map_err(Error::io(&self.path))?;
        // Where locks are unknown, the file is not taken for abandoned either.
        let _ = file.as_file().try_lock();
        Ok(BufWriter::new(file))
    }

    pub(crate) fn line(&self, file: &mut Unplaced, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut *file, value).map_err(std::io::Error::from).and_then(|()| file.write_all(b"\n")).map_err(Error::io(&self.path))
    }

    pub(crate) fn bytes(&self, file: &mut Unplaced, line: &[u8]) -> Result<()> {
        file.write_all(line).and_then(|()| file.write_all(b"\n")).map_err(Error::io(&self.path))
    }

    /// Moves the files to their places, the manifest last; what another run left under names that this one does not use goes before that.
    pub(crate) fn place(&self, files: impl IntoIterator<Item = (Unplaced, &'static str)>, manifest: &impl Serialize) -> Result<()> {
        let mut last = self.file()?;
        serde_json::to_writer_pretty(&mut last, manifest).map_err(std::io::Error::from).and_then(|()| last.write_all(b"\n")).map_err(Error::io(&self.path))?;
        let mut stale: Vec<&str> = FILES.into_iter().filter(|&name| name != MANIFEST).collect();
        for (file, name) in files {
            let path = self.path.join(name);
            persist(file, &path).map_err(Error::io(&path))?;
            stale.retain(|&old| old != name);
        }
        stale.into_iter().try_for_each(|name| self.clear(name))?;
        let path = self.path.join(MANIFEST);
        persist(last, &path).map_err(Error::io(&path))
    }

    /// Removes what an earlier run left under a name that this one does not use.
    fn clear(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path)(e)),
            _ => Ok(()),
        }
    }
}

/// One line of `copies.jsonl`: an article that an earlier run has seen.
#[derive(Debug, Serialize)]
pub(crate) struct KnownCopy {
    /// The id of the article it is a copy of.
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) copy: Copy,
}

/// The output of a cleaning run. Dropped before [`Output::finish`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Output {
    folder: Folder,
    articles: Unplaced,
    ledger: Unplaced,
    copies: Option<Unplaced>,
}

impl Output {
    /// Opens the folder; with `copies`, for a run that has an index of earlier ones.
    pub(crate) fn open(folder: &Path, force: bool, copies: bool) -> Result<Output> {
        let folder = Folder::open(folder, force)?;
        let copies = if copies { Some(folder.file()?) } else { None };
        Ok(Output { articles: folder.file()?, ledger: folder.file()?, copies, folder })
    }

    pub(crate) fn article(&mut self, article: &impl Serialize) -> Result<()> {
        self.folder.line(&mut self.articles, article)
    }

    pub(crate) fn article_line(&mut self, line: &[u8]) -> Result<()> {
        self.folder.bytes(&mut self.articles, line)
    }

    pub(crate) fn ledger(&mut self, ledger: &impl Serialize) -> Result<()> {
        self.folder.line(&mut self.ledger, ledger)
    }

    pub(crate) fn ledger_line(&mut self, line: &[u8]) -> Result<()> {
        self.folder.bytes(&mut self.ledger, line)
    }

    pub(crate) fn copy(&mut self, copy: &KnownCopy) -> Result<()> {
        self.copies.as_mut().map_or(Ok(()), |copies| self.folder.line(copies, copy))
    }

    pub(crate) fn finish(self, manifest: &Manifest) -> Result<()> {
        let files = [(self.articles, ARTICLES), (self.ledger, LEDGER)];
        self.folder.place(files.into_iter().chain(self.copies.map(|file| (file, COPIES))), manifest)
    }
}

/// Removes the files of runs that were killed: those that no run has locked.
fn remove_abandoned(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let is_unplaced = entry.file_name().as_encoded_bytes().starts_with(UNPLACED.as_bytes()) && entry.file_type()?.is_file();
        if is_unplaced && std::fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // Another run may have been quicker.
            let _ = std::fs::remove_file(entry.path());
        }
    }
    Ok(())
}

fn persist(file: BufWriter<NamedTempFile>, path: &Path) -> std::io::Result<()> {
    let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
