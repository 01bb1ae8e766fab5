//! Where the files of a run go: written under hidden names, moved to their places when all is whole.

use std::io::{BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use tempfile::{NamedTempFile, TempDir, TempPath};

use crate::error::{Error, Result};
use crate::outputs::{ARTICLES, MANIFEST};
use crate::outputs::{DOCUMENTS, files_of_manifest, has_tree, is_output};
use crate::walk::Walked;
use crate::write::lock::Lock;
use crate::write::swap;

/// How the names of files begin that do not stand in their place yet.
const HIDDEN: &str = ".dechaff-";
/// The path that stands for standard output.
const STREAM: &str = "-";

/// A file that is being written.
#[derive(Debug)]
pub(crate) enum Draft {
    /// Under a hidden name. It goes where nobody finishes it.
    File(BufWriter<NamedTempFile>),
    /// Standard output.
    Stream(BufWriter<Stdout>),
}

/// A file that is whole, and does not stand in its place yet.
#[derive(Debug)]
pub(crate) struct Whole {
    path: TempPath,
    /// Its place below the folder, with `/` between its parts.
    name: String,
}

impl Draft {
    /// Closes the file, which is to stand at `name`; None for standard output.
    pub(crate) fn finish(self, name: String) -> std::io::Result<Option<Whole>> {
        let file = match self {
            Draft::File(file) => file.into_inner().map_err(std::io::IntoInnerError::into_error)?,
            Draft::Stream(mut stream) => return stream.flush().map(|()| None),
        };
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
        }
        file.as_file().sync_all()?;
        Ok(Some(Whole { path: file.into_temp_path(), name }))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Draft::File(file) => file,
            Draft::Stream(stream) => stream,
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer().write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.writer().write_all(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer().flush()
    }
}

/// What a run has written, to be placed.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) files: Vec<Whole>,
    /// The folder `articles` of a file for each article.
    pub(crate) tree: Option<TempDir>,
}

impl Written {
    /// The names of all of it.
    pub(crate) fn names(&self) -> Vec<String> {
        let tree = self.tree.iter().map(|_| format!("{ARTICLES}/"));
        self.files.iter().map(|file| file.name.clone()).chain(tree).collect()
    }
}

/// A folder that a run writes to, or standard output. No other run writes there until it and all that was made of it are gone.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    is_stream: bool,
    _lock: Option<Arc<Lock>>,
}

impl Folder {
    /// Opens the folder, which is created where missing; `-` is standard output. A folder that another run writes to is refused; without
    /// `force`, so is one that holds the output of a run; and so is one whose folder `articles` would have to make room, where no run has
    /// written that. What killed runs left goes; where the file system knows no locks, their hidden files stay, which may be those of a run at work.
    pub(crate) fn open(path: &Path, force: bool, with_tree: bool) -> Result<Self> {
        if is_stream(path) {
            return Ok(Self { path: "standard output".into(), is_stream: true, _lock: None });
        }
        if path.exists() && !path.is_dir() {
            return Err(Error::io(path)(std::io::Error::other("is a file, not a folder")));
        }
        std::fs::create_dir_all(path).map_err(Error::io(path))?;
        let lock = Lock::take(path)?;
        if lock.is_locked() {
            remove_abandoned(path).map_err(Error::io(path))?;
        }
        swap::recover(path, ARTICLES).map_err(Error::io(path))?;
        let folder = Self { path: path.into(), is_stream: false, _lock: Some(Arc::new(lock)) };
        if !force && (with_tree && path.join(ARTICLES).exists() || !folder.outputs()?.is_empty()) {
            return Err(Error::OutputTaken { path: path.into() });
        }
        if with_tree {
            folder.check_tree()?;
        }
        Ok(folder)
    }

    pub(crate) fn is_stream(&self) -> bool {
        self.is_stream
    }

    /// Whether inputs were found that may take the place of what is in the folder.
    ///
    /// # Errors
    /// [`Error::InputTaken`] when a file that is to be read would be written over, [`Error::NothingToRead`] when nothing is to be read and
    /// an earlier run has written here.
    pub(crate) fn check(&self, found: &Walked) -> Result<()> {
        if let Some(input) = &found.in_output {
            return Err(Error::InputTaken { path: input.clone() });
        }
        if found.sources.is_empty() && !self.is_stream && !self.outputs()?.is_empty() {
            return Err(Error::NothingToRead {
                path: self.path.clone(),
                missing: found.failures.first().cloned(),
            });
        }
        Ok(())
    }

    /// Whether the folder `articles` may make room, if there is one: the files of others must not.
    fn check_tree(&self) -> Result<()> {
        let tree = self.path.join(ARTICLES);
        if tree.exists() && !has_tree(&self.path) {
            return Err(Error::io(tree)(std::io::Error::other(
                "was written by no run; move it away or choose another folder",
            )));
        }
        Ok(())
    }

    /// The folder, to name it in errors.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A folder for files that the run forgets when it ends.
    pub(crate) fn scratch(&self) -> PathBuf {
        if self.is_stream { std::env::temp_dir() } else { self.path.clone() }
    }

    /// A new file.
    pub(crate) fn draft(&self) -> Result<Draft> {
        if self.is_stream {
            return Ok(Draft::Stream(BufWriter::with_capacity(1 << 16, std::io::stdout())));
        }
        let file = tempfile::Builder::new()
            .prefix(HIDDEN)
            .tempfile_in(&self.path)
            .map_err(Error::io(&self.path))?;
        Ok(Draft::File(BufWriter::new(file)))
    }

    /// A new folder, which everybody may read as soon as it has its place.
    pub(crate) fn hidden_folder(&self) -> Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o755));
        }
        builder.prefix(HIDDEN).tempdir_in(&self.path).map_err(Error::io(&self.path))
    }

    /// Moves what was written to its place, the manifest last; what another run left under names that this one does not use goes before
    /// that. Nothing is left to be done for standard output.
    pub(crate) fn place(&self, written: Written, manifest: &impl Serialize) -> Result<()> {
        if self.is_stream {
            return Ok(());
        }
        let mut draft = self.draft()?;
        serde_json::to_writer_pretty(&mut draft, manifest)
            .map_err(std::io::Error::from)
            .and_then(|()| draft.write_all(b"\n"))
            .map_err(Error::io(&self.path))?;
        let last = draft.finish(MANIFEST.into()).map_err(Error::io(&self.path))?;
        let mut stale: Vec<String> =
            files_of_manifest(&self.path).into_iter().filter(|name| is_output(name)).collect();
        let tree = self.path.join(ARTICLES);
        let has_stale_tree = written.tree.is_none() && has_tree(&self.path);
        if let Some(new) = written.tree {
            self.check_tree()?;
            swap::replace(&self.path, ARTICLES, new.path()).map_err(Error::io(&tree))?;
            let _ = new.keep();
        }
        for file in written.files {
            stale.retain(|old| *old != file.name);
            self.place_one(file)?;
        }
        for old in stale.iter().filter(|old| *old != MANIFEST) {
            let path = self.path.join(old);
            there(std::fs::remove_file(&path)).map_err(Error::io(&path))?;
        }
        if has_stale_tree {
            there(std::fs::remove_dir_all(&tree)).map_err(Error::io(&tree))?;
        }
        if stale.iter().any(|old| old.starts_with(DOCUMENTS)) {
            // Stays where something else is in it.
            let _ = std::fs::remove_dir(self.path.join(DOCUMENTS));
        }
        last.map_or(Ok(()), |last| self.place_one(last))
    }

    fn place_one(&self, file: Whole) -> Result<()> {
        let path = self.path.join(&file.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Error::io(parent))?;
        }
        file.path.persist(&path).map_err(|e| Error::io(&path)(e.error))
    }

    /// The files that runs have left in the folder.
    fn outputs(&self) -> Result<Vec<String>> {
        let mut outputs = Vec::new();
        for below in ["", DOCUMENTS] {
            let folder = self.path.join(below);
            let entries = match std::fs::read_dir(&folder) {
                Err(e)
                    if !below.is_empty()
                        && matches!(
                            e.kind(),
                            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                        ) =>
                {
                    continue;
                }
                entries => entries.map_err(Error::io(&folder))?,
            };
            for entry in entries {
                let name =
                    entry.map_err(Error::io(&folder))?.file_name().to_string_lossy().into_owned();
                let name = if below.is_empty() { name } else { format!("{below}/{name}") };
                outputs.extend(is_output(&name).then_some(name));
            }
        }
        Ok(outputs)
    }
}

/// Removes the hidden files and folders of runs that were killed.
fn remove_abandoned(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(HIDDEN.as_bytes()) {
            let is_folder = entry.file_type()?.is_dir();
            if is_folder {
                std::fs::remove_dir_all(entry.path())?
            } else {
                std::fs::remove_file(entry.path())?
            }
        }
    }
    Ok(())
}

/// The result of a removal; what is gone already need not be removed.
fn there(removed: std::io::Result<()>) -> std::io::Result<()> {
    removed.or_else(|e| if e.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(e) })
}

/// Whether a path that is given for the output stands for standard output.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    path.as_os_str() == STREAM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_outputs_are_known() {
        let ours = [
            "articles.jsonl",
            "articles-00007.jsonl.zst",
            "articles.parquet",
            "ledger-123456.jsonl.gz",
            "documents/articles-00000.jsonl.gz",
            "manifest.json",
        ];
        assert!(ours.into_iter().all(is_output));
        let others = [
            "articles",
            "articles-7.jsonl",
            "articles.txt",
            "ledger.parquet",
            "my-articles.jsonl",
            "documents/ledger.jsonl",
            "manifest.json.gz",
            "a/articles.jsonl",
        ];
        assert!(!others.into_iter().any(is_output));
    }
}
