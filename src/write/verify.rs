//! Whether the files of a run stand together as it wrote them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::outputs::{ARTICLES, DOCUMENTS, MANIFEST, is_output};
use crate::write::digest::{Digest, Digester, FolderDigester};
use crate::write::lock::Lock;
use crate::write::transaction;

/// What [`verify`] has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Files that are as the run wrote them, without the manifest.
    pub files: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// What is not, by name.
    pub flaws: Vec<Flaw>,
}

/// A fault of the output of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Flaw {
    /// There is no manifest, or none that can be read.
    NoManifest,
    /// The manifest has no digests: an earlier version wrote it.
    NoDigests,
    /// This file, which the manifest names, is not there or cannot be read.
    Missing(String),
    /// This file holds something else than what was written.
    Changed(String),
    /// This file looks like the output of a run, and the manifest does not name it.
    Unnamed(String),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoManifest => write!(f, "{MANIFEST} is not there or cannot be read"),
            Self::NoDigests => write!(f, "{MANIFEST} has no digests; an earlier version wrote it"),
            Self::Missing(name) => write!(f, "{name} is not there or cannot be read"),
            Self::Changed(name) => write!(f, "{name} was changed"),
            Self::Unnamed(name) => write!(f, "{name} belongs to no run"),
        }
    }
}

#[derive(Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    started: String,
    files: Vec<String>,
    #[serde(default)]
    digests: BTreeMap<String, Digest>,
}

impl Manifest {
    fn read(folder: &Path) -> Option<Self> {
        let path = folder.join(MANIFEST);
        // What is no file may never end.
        let is_file = std::fs::metadata(&path).ok()?.is_file();
        is_file.then(|| serde_json::from_slice(&std::fs::read(path).ok()?).ok())?
    }
}

/// When the run began whose manifest stands in a folder, as it says: nothing where it cannot be read, None where there is none.
pub(crate) fn begun(folder: &Path) -> Option<String> {
    std::fs::symlink_metadata(folder.join(MANIFEST)).ok()?;
    Some(Manifest::read(folder).unwrap_or_default().started)
}

/// Whether there is a manifest, and each file that it names has as many bytes as it says. What these are is not looked at.
pub(crate) fn is_whole(folder: &Path) -> bool {
    let stands = |(name, written): (&String, &Digest)| {
        let there = std::fs::symlink_metadata(folder.join(name));
        is_output(name) && there.is_ok_and(|there| there.is_file() && there.len() == written.bytes)
    };
    Manifest::read(folder).is_some_and(|manifest| manifest.digests.iter().all(stands))
}

/// Reads all files of a run and compares them with what its manifest says. A run that was killed while it put its files in their places is ended
/// first.
///
/// # Errors
/// [`Error::OutputBusy`] while a run writes to the folder, [`Error::Io`] where there is none, or where what a run began cannot be ended.
pub fn verify(folder: &Path) -> Result<Verified> {
    if !folder.is_dir() {
        return Err(Error::io(folder)(std::io::Error::other("is no folder")));
    }
    let _lock = match Lock::take(folder) {
        Err(busy @ Error::OutputBusy { .. }) => return Err(busy),
        Ok(lock) if lock.is_locked() => {
            transaction::recover(folder).map_err(Error::io(folder))?;
            Some(lock)
        }
        // Nobody can write here, or the file system knows no locks: it is looked at as it stands.
        _ => None,
    };
    let Some(manifest) = Manifest::read(folder) else {
        return Ok(Verified { flaws: vec![Flaw::NoManifest], ..Verified::default() });
    };
    let mut found = Verified::default();
    if manifest.digests.is_empty() && !manifest.files.is_empty() {
        found.flaws.push(Flaw::NoDigests);
    }
    for (name, expected) in &manifest.digests {
        let there = match name.strip_suffix('/') {
            Some(tree) if tree == ARTICLES => of_tree(&folder.join(tree)),
            None if is_output(name) => {
                Digester::of_file(&folder.join(name)).map(|file| file.finish())
            }
            _ => Err(std::io::ErrorKind::NotFound.into()),
        };
        match there {
            Ok(digest) if digest == *expected => {
                found.files += digest.files.unwrap_or(1);
                found.bytes += digest.bytes;
            }
            Ok(_) => found.flaws.push(Flaw::Changed(name.clone())),
            Err(_) => found.flaws.push(Flaw::Missing(name.clone())),
        }
    }
    let is_named = |name: &String| name == MANIFEST || manifest.files.contains(name);
    found.flaws.extend(outputs(folder).into_iter().filter(|n| !is_named(n)).map(Flaw::Unnamed));
    found.flaws.sort();
    Ok(found)
}

/// The files that look like those of runs.
fn outputs(folder: &Path) -> Vec<String> {
    let names = |below: &str| {
        let entries = std::fs::read_dir(folder.join(below)).into_iter().flatten().flatten();
        let below = if below.is_empty() { String::new() } else { format!("{below}/") };
        entries
            .map(|entry| format!("{below}{}", entry.file_name().to_string_lossy()))
            .filter(|name| is_output(name))
            .collect::<Vec<_>>()
    };
    [names(""), names(DOCUMENTS)].concat()
}

/// Every regular file below a folder, by its name there. A link is not followed.
fn files_below(
    folder: &Path,
    mut see: impl FnMut(String, PathBuf) -> std::io::Result<()>,
) -> std::io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).follow_links(false).min_depth(1) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        see(parts.join("/"), entry.path().into())?;
    }
    Ok(())
}

fn of_tree(folder: &Path) -> std::io::Result<Digest> {
    let mut digester = FolderDigester::default();
    files_below(folder, |name, path| {
        digester.take(&name, &Digester::of_file(&path)?);
        Ok(())
    })?;
    Ok(digester.finish())
}

/// Whether the folder `articles` is the one that the manifest of a run names: as many pages as it wrote, and nothing else.
pub(super) fn is_tree_of_manifest(folder: &Path) -> bool {
    let digests = Manifest::read(folder).unwrap_or_default().digests;
    let Some(written) = digests.get(&format!("{ARTICLES}/")).and_then(|tree| tree.files) else {
        return false;
    };
    let mut files = 0;
    let is_page = |name: &str| name.ends_with(".md") || name.ends_with(".txt");
    let all_pages = files_below(&folder.join(ARTICLES), |name, _| {
        files += 1;
        if is_page(&name) { Ok(()) } else { Err(std::io::ErrorKind::Other.into()) }
    });
    all_pages.is_ok() && files == written
}
