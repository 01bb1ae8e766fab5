//! The files of a run take the places of those of an earlier one, all of them or none.
//!
//! What is new stands under hidden names first, whole and synced. Then one file, the intent, says what goes where and what goes away. From the
//! moment that it stands there the new files count: a run that is killed or fails after that is ended by whoever opens the folder next, and one
//! that is killed before leaves the old files as they were. The manifest goes first and comes last, so that whoever sees a manifest sees the
//! files that it names.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::outputs::{ARTICLES, DOCUMENTS, MANIFEST, is_output};
use crate::write::inside::{make_folder, read_file};

/// How the names of files begin that do not stand in their place yet.
pub(super) const HIDDEN: &str = ".dechaff-";
/// The file that says what is still to be done.
const INTENT: &str = ".dechaff.intent";

/// What is to be done so that a run's files stand in their places.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Intent {
    /// Hidden names, and the places of what stands there; the manifest last.
    pub(super) moves: Vec<(String, String)>,
    /// What an earlier run has left under names that this one does not use.
    pub(super) removals: Vec<String>,
}

impl Intent {
    /// Writes the intent down: from here on it will be done, and what it names must stay.
    pub(super) fn declare(&self, folder: &Path) -> Result<()> {
        let mut file = tempfile::Builder::new().prefix(HIDDEN).tempfile_in(folder)?;
        serde_json::to_writer(&mut file, self)?;
        file.as_file().sync_all()?;
        persist(file, &folder.join(INTENT))
    }

    /// Does it. What was done before is not done twice.
    pub(super) fn fulfil(&self, folder: &Path) -> Result<()> {
        self.check()?;
        sync(folder)?;
        if self.moves.iter().any(|(hidden, _)| folder.join(hidden).exists()) {
            // The new one is not in its place yet. While there is none, what stands here belongs to no run.
            gone(fs::remove_file(folder.join(MANIFEST)))?;
        }
        for name in &self.removals {
            remove(&folder.join(name))?;
        }
        if self.removals.iter().any(|name| name.starts_with(DOCUMENTS)) {
            // Stays where something else is in it.
            let _ = fs::remove_dir(folder.join(DOCUMENTS));
        }
        for (hidden, name) in &self.moves {
            place(folder, hidden, name)?;
        }
        sync(folder)?;
        gone(fs::remove_file(folder.join(INTENT)))?;
        sync(folder)
    }

    /// Whether it names nothing but what runs write: somebody else may have written it.
    fn check(&self) -> Result<()> {
        let is_hidden = |name: &str| name.starts_with(HIDDEN) && !name.contains(['/', '\\']);
        let is_ours = |name: &str| is_output(name) || name == ARTICLES;
        let is_known = self.moves.iter().all(|(hidden, name)| is_hidden(hidden) && is_ours(name))
            && self.removals.iter().all(|name| is_ours(name));
        if is_known { Ok(()) } else { Err(Error::other("was written by no run; remove it")) }
    }
}

/// Ends what a run began and did not live to end, if there is any.
pub(super) fn recover(folder: &Path) -> Result<()> {
    let Some(intent) = read_file(&folder.join(INTENT))? else { return Ok(()) };
    let intent: Intent = serde_json::from_slice(&intent)?;
    intent.fulfil(folder)
}

/// Moves what stands under a hidden name to its place; nothing where that was done before.
fn place(folder: &Path, hidden: &str, name: &str) -> Result<()> {
    let (from, to) = (folder.join(hidden), folder.join(name));
    let Ok(new) = fs::symlink_metadata(&from) else { return Ok(()) };
    if let Some(parent) = to.parent().filter(|parent| *parent != folder) {
        make_folder(parent)?;
    }
    if new.is_dir() {
        remove(&to)?;
    }
    fs::rename(&from, &to)?;
    to.parent().map_or(Ok(()), sync)
}

/// Removes a file, a link or a folder with all in it.
fn remove(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.is_dir() => gone(fs::remove_dir_all(path)),
        Ok(_) => gone(fs::remove_file(path)),
        Err(error) => gone(Err(error)),
    }
}

/// The result of a removal; what is gone already need not be removed.
fn gone(removed: Result<()>) -> Result<()> {
    removed.or_else(|e| if e.kind() == ErrorKind::NotFound { Ok(()) } else { Err(e) })
}

fn persist(file: NamedTempFile, to: &PathBuf) -> Result<()> {
    file.persist(to).map(|_| ()).map_err(|e| e.error)
}

/// Brings the names in a folder to the disk, where the system can.
fn sync(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with the files of one run in their places and those of another under hidden names, and what the other intends.
    fn between() -> (tempfile::TempDir, Intent) {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("articles/story/quay.md", "old");
        write("ledger.jsonl", "old");
        write("ledger-00001.jsonl", "old");
        write("manifest.json", "old");
        write(".dechaff-a/story/weir.md", "new");
        write(".dechaff-b", "new");
        write(".dechaff-c", "new");
        let moves = [("a", "articles"), ("b", "ledger.jsonl"), ("c", "manifest.json")];
        let moves = moves.iter().map(|(a, b)| (format!("{HIDDEN}{a}"), (*b).to_string())).collect();
        (dir, Intent { moves, removals: vec!["ledger-00001.jsonl".into()] })
    }

    fn all(folder: &Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                    found.push((name, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    fn new_files() -> Vec<(String, String)> {
        ["articles/story/weir.md", "ledger.jsonl", "manifest.json"]
            .map(|name| (name.into(), "new".into()))
            .to_vec()
    }

    #[test]
    fn what_is_intended_is_done() {
        let (dir, intent) = between();
        intent.declare(dir.path()).unwrap();
        intent.fulfil(dir.path()).unwrap();
        assert_eq!(all(dir.path()), new_files());
    }

    /// A run that was killed after any of its steps: the one before is whole until the intent stands, the new one after that.
    #[test]
    fn a_run_that_was_killed_is_ended_by_the_next() {
        let (dir, _) = between();
        let before = all(dir.path());
        recover(dir.path()).unwrap();
        assert_eq!(all(dir.path()), before);
        for done in 0..=6 {
            let (dir, intent) = between();
            intent.declare(dir.path()).unwrap();
            let at = |name: &str| dir.path().join(name);
            let steps: [&dyn Fn(); 6] = [
                &|| fs::remove_file(at("manifest.json")).unwrap(),
                &|| fs::remove_file(at("ledger-00001.jsonl")).unwrap(),
                &|| fs::remove_dir_all(at("articles")).unwrap(),
                &|| fs::rename(at(".dechaff-a"), at("articles")).unwrap(),
                &|| fs::rename(at(".dechaff-b"), at("ledger.jsonl")).unwrap(),
                &|| fs::rename(at(".dechaff-c"), at("manifest.json")).unwrap(),
            ];
            steps[..done].iter().for_each(|step| step());
            recover(dir.path()).unwrap();
            assert_eq!(all(dir.path()), new_files(), "killed after {done} steps");
        }
    }

    #[test]
    fn an_intent_that_names_files_of_others_is_refused() {
        for (moves, removals) in [
            (vec![("../notes", "ledger.jsonl")], vec![]),
            (vec![(".dechaff-x", "notes.txt")], vec![]),
            (vec![], vec!["../notes.txt"]),
        ] {
            let (dir, _) = between();
            let moves = moves.into_iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
            let removals = removals.into_iter().map(String::from).collect();
            let before = all(dir.path());
            Intent { moves, removals }.declare(dir.path()).unwrap();
            assert!(recover(dir.path()).is_err());
            fs::remove_file(dir.path().join(INTENT)).unwrap();
            assert_eq!(all(dir.path()), before);
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_not_followed_out_of_the_folder() {
        let (dir, other) = (between().0, tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(other.path(), dir.path().join(DOCUMENTS)).unwrap();
        let moves = vec![(".dechaff-b".into(), "documents/articles.jsonl.gz".into())];
        assert!(Intent { moves, removals: Vec::new() }.fulfil(dir.path()).is_err());
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }
}
