//! Where the files of a run go: written under hidden names, moved to their places when all is whole.

use std::collections::BTreeMap;
use std::io::{BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use tempfile::{NamedTempFile, TempDir, TempPath};

use crate::error::{Error, Result};
use crate::outputs::{ARTICLES, DOCUMENTS, MANIFEST, files_of_manifest, is_output};
use crate::walk::Walked;
use crate::write::digest::{Digest, Digester};
use crate::write::inside::{new_folder, show};
use crate::write::lock::Lock;
use crate::write::transaction::{self, HIDDEN, Intent};
use crate::write::verify::is_tree_of_manifest;

/// The path that stands for standard output.
const STREAM: &str = "-";

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct Draft {
    to: Destination,
    digester: Digester,
}

#[derive(Debug)]
enum Destination {
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
    digest: Digest,
}

impl Draft {
    fn new(to: Destination) -> Self {
        Self { to, digester: Digester::default() }
    }

    /// Closes the file, which is to stand at `name`; None for standard output.
    pub(crate) fn finish(self, name: String) -> std::io::Result<Option<Whole>> {
        let file = match self.to {
            Destination::File(file) => {
                file.into_inner().map_err(std::io::IntoInnerError::into_error)?
            }
            Destination::Stream(mut stream) => return stream.flush().map(|()| None),
        };
        show(file.as_file())?;
        file.as_file().sync_all()?;
        Ok(Some(Whole { path: file.into_temp_path(), name, digest: self.digester.finish() }))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = match &mut self.to {
            Destination::File(file) => file.write(bytes),
            Destination::Stream(stream) => stream.write(bytes),
        }?;
        self.digester.take(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match &mut self.to {
            Destination::File(file) => file.flush(),
            Destination::Stream(stream) => stream.flush(),
        }
    }
}

/// What a run has written, to be placed.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) files: Vec<Whole>,
    /// The folder `articles` of a file for each article.
    pub(crate) tree: Option<(TempDir, Digest)>,
}

impl Written {
    /// The names of all of it.
    pub(crate) fn names(&self) -> Vec<String> {
        let tree = self.tree.iter().map(|_| format!("{ARTICLES}/"));
        self.files.iter().map(|file| file.name.clone()).chain(tree).collect()
    }

    fn digests(&self) -> BTreeMap<String, Digest> {
        let tree = self.tree.iter().map(|(_, digest)| (format!("{ARTICLES}/"), digest.clone()));
        self.files.iter().map(|file| (file.name.clone(), file.digest.clone())).chain(tree).collect()
    }
}

/// A manifest, and how what it names is told from other files.
#[derive(Serialize)]
struct Signed<'m, M> {
    #[serde(flatten)]
    manifest: &'m M,
    digests: BTreeMap<String, Digest>,
}

/// A folder that a run writes to, or standard output. No other run writes there until it and all that was made of it are gone.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    is_stream: bool,
    lock: Option<Arc<Lock>>,
}

impl Folder {
    /// Opens the folder, which is created where missing; `-` is standard output. A folder that another run writes to is refused; without
    /// `force`, so is one that holds the output of a run; and so is one whose folder `articles` would have to make room, where no run has
    /// written that. What killed runs left goes; where the file system knows no locks, their hidden files stay, which may be those of a run at work.
    pub(crate) fn open(path: &Path, force: bool, with_tree: bool) -> Result<Self> {
        if is_stream(path) {
            return Ok(Self { path: "standard output".into(), is_stream: true, lock: None });
        }
        if path.exists() && !path.is_dir() {
            return Err(Error::io(path)(std::io::Error::other("is a file, not a folder")));
        }
        std::fs::create_dir_all(path).map_err(Error::io(path))?;
        let lock = Lock::take(path)?;
        if lock.is_locked() {
            transaction::recover(path).map_err(Error::io(path))?;
            remove_abandoned(path).map_err(Error::io(path))?;
        }
        let folder = Self { path: path.into(), is_stream: false, lock: Some(Arc::new(lock)) };
        if !force {
            if with_tree && path.join(ARTICLES).exists() {
                return Err(Error::OutputTaken { path: path.into() });
            }
            folder.refuse_outputs()?;
        }
        if with_tree {
            folder.check_tree()?;
        }
        Ok(folder)
    }

    /// The folder, created where missing, to look at what is in it: other runs may write there.
    pub(crate) fn unlocked(path: &Path) -> Result<Self> {
        std::fs::create_dir_all(path).map_err(Error::io(path))?;
        Ok(Self { path: path.into(), is_stream: false, lock: None })
    }

    /// Refuses a folder that holds the output of a run.
    ///
    /// # Errors
    /// [`Error::OutputTaken`].
    pub(crate) fn refuse_outputs(&self) -> Result<()> {
        let is_free = self.outputs()?.is_empty();
        if is_free { Ok(()) } else { Err(Error::OutputTaken { path: self.path.clone() }) }
    }

    /// Takes away a folder in it, if it is there, all at once for whoever looks. What is left of it, as where this is killed or files in it are still
    /// open on NFS, the next run removes.
    pub(crate) fn forget(&self, name: &str) -> Result<()> {
        let hidden = self.hidden_folder()?;
        match std::fs::rename(self.path.join(name), hidden.path().join(name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            moved => {
                moved.map_err(Error::io(&self.path))?;
                let _ = hidden.close();
                Ok(())
            }
        }
    }

    /// Puts a file of a few words in its place, whatever stands there.
    pub(crate) fn note(&self, name: &str, text: &str) -> Result<()> {
        let note = || {
            let mut file = self.hidden_file()?;
            file.write_all(text.as_bytes())?;
            show(file.as_file())?;
            file.as_file().sync_all()?;
            file.persist(self.path.join(name)).map_err(|error| error.error)?;
            Ok(())
        };
        note().map_err(Error::io(&self.path))
    }

    /// Whether no other run can be at work in it, as far as locks are known there.
    pub(crate) fn is_locked(&self) -> bool {
        self.lock.as_ref().is_some_and(|lock| lock.is_locked())
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
        if tree.exists() && !is_tree_of_manifest(&self.path) {
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
            let stream = BufWriter::with_capacity(1 << 16, std::io::stdout());
            return Ok(Draft::new(Destination::Stream(stream)));
        }
        let file = self.hidden_file().map_err(Error::io(&self.path))?;
        Ok(Draft::new(Destination::File(BufWriter::new(file))))
    }

    /// A new folder, which everybody may read as soon as it has its place.
    pub(crate) fn hidden_folder(&self) -> Result<TempDir> {
        new_folder(HIDDEN, &self.path).map_err(Error::io(&self.path))
    }

    /// Puts what was written in its place, the manifest last, and takes away what another run left under names that this one does not use:
    /// all of it or nothing. Nothing is left to be done for standard output.
    pub(crate) fn place(&self, written: Written, manifest: &impl Serialize) -> Result<()> {
        if self.is_stream {
            return Ok(());
        }
        self.placed(written, manifest).map_err(Error::io(&self.path))
    }

    fn placed(&self, written: Written, manifest: &impl Serialize) -> std::io::Result<()> {
        let mut draft = Draft::new(Destination::File(BufWriter::new(self.hidden_file()?)));
        let signed = Signed { manifest, digests: written.digests() };
        serde_json::to_writer_pretty(&mut draft, &signed)?;
        draft.write_all(b"\n")?;
        let last = draft.finish(MANIFEST.into())?;
        let Written { files, tree } = written;
        let mut removals: Vec<String> =
            files_of_manifest(&self.path).into_iter().filter(|name| is_output(name)).collect();
        removals.retain(|old| old != MANIFEST && files.iter().all(|file| file.name != *old));
        if tree.is_none() && is_tree_of_manifest(&self.path) {
            removals.push(ARTICLES.into());
        }
        let mut intent = Intent { moves: Vec::new(), removals };
        let name_of =
            |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let trees = tree.iter().map(|(folder, _)| (name_of(folder.path()), ARTICLES.into()));
        let files: Vec<Whole> = files.into_iter().chain(last).collect();
        let moves = files.iter().map(|file| (name_of(&file.path), file.name.clone()));
        intent.moves = trees.chain(moves).collect();
        intent.declare(&self.path)?;
        // From here on they are not this run's to remove: whoever comes next ends what it cannot end.
        for file in files {
            file.path.keep().map_err(|e| e.error)?;
        }
        let _ = tree.map(|(folder, _)| folder.keep());
        intent.fulfil(&self.path)
    }

    fn hidden_file(&self) -> std::io::Result<NamedTempFile> {
        tempfile::Builder::new().prefix(HIDDEN).tempfile_in(&self.path)
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
