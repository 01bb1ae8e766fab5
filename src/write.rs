//! The files of a run: written beside their place under a hidden name, moved there when whole.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::article::Article;
use crate::error::{Error, Failure, Result, Skipped};
use crate::ledger::Ledger;
use crate::span::Kind;

/// Version of the output format.
pub const SCHEMA: u32 = 1;
/// The files of a run.
pub const FILES: [&str; 3] = ["articles.jsonl", "ledger.jsonl", "manifest.json"];

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

/// An output folder that is being filled. Dropped before [`Output::finish`], it leaves nothing behind.
#[derive(Debug)]
pub(crate) struct Output {
    folder: PathBuf,
    articles: BufWriter<NamedTempFile>,
    ledger: BufWriter<NamedTempFile>,
}

impl Output {
    /// Opens `folder`, which is created where missing. Without `force`, one that holds a run's files is refused.
    pub(crate) fn open(folder: &Path, force: bool) -> Result<Output> {
        if folder.exists() && !folder.is_dir() {
            return Err(Error::io(folder)(std::io::Error::other("is a file, not a folder")));
        }
        std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
        if !force && FILES.iter().any(|name| folder.join(name).exists()) {
            return Err(Error::OutputTaken { path: folder.into() });
        }
        let temporary = || tempfile::Builder::new().prefix(".dechaff-").tempfile_in(folder).map(BufWriter::new).map_err(Error::io(folder));
        Ok(Output { articles: temporary()?, ledger: temporary()?, folder: folder.into() })
    }

    pub(crate) fn article(&mut self, article: &Article) -> Result<()> {
        line(&mut self.articles, article).map_err(Error::io(&self.folder))
    }

    pub(crate) fn ledger(&mut self, ledger: &LedgerLine) -> Result<()> {
        line(&mut self.ledger, ledger).map_err(Error::io(&self.folder))
    }

    /// Moves the files to their places, the manifest last.
    pub(crate) fn finish(self, manifest: &Manifest) -> Result<()> {
        let mut last = tempfile::Builder::new().prefix(".dechaff-").tempfile_in(&self.folder).map(BufWriter::new).map_err(Error::io(&self.folder))?;
        serde_json::to_writer_pretty(&mut last, manifest)
            .map_err(std::io::Error::from)
            .and_then(|()| last.write_all(b"\n"))
            .map_err(Error::io(&self.folder))?;
        for (file, name) in [self.articles, self.ledger, last].into_iter().zip(FILES) {
            let path = self.folder.join(name);
            persist(file, &path).map_err(Error::io(&path))?;
        }
        Ok(())
    }
}

fn line(out: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
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
