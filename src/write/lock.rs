//! One run at a time in a folder.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::error::{Error, Result};

/// The file that a run has locked while it works in a folder.
const LOCK: &str = ".dechaff.lock";

/// The right to write to a folder. It ends with its owner, or with the process, however that ends.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    /// Keeps the file open, and so locked.
    _file: Handle,
    is_locked: bool,
}

impl Lock {
    /// Takes the lock of a folder, or writes there without one where the file system knows no locks.
    ///
    /// # Errors
    /// [`Error::OutputBusy`] while another run has it, [`Error::Io`] also where the lock is no file of the folder.
    pub(crate) fn take(folder: &Path) -> Result<Self> {
        Self::take_by(folder, File::try_lock)
    }

    fn take_by(
        folder: &Path,
        try_lock: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self> {
        let path = folder.join(LOCK);
        loop {
            let Some(file) = open(&path).map_err(Error::io(&path))? else { continue };
            let is_locked = match try_lock(&file) {
                Ok(()) => true,
                Err(TryLockError::WouldBlock) => {
                    return Err(Error::OutputBusy { path: folder.into() });
                }
                Err(TryLockError::Error(_)) => false,
            };
            let file = Handle::from_file(file).map_err(Error::io(&path))?;
            // The run before may have removed the file after it was opened here: then another one can be locked by others.
            if !is_locked || Handle::from_path(&path).is_ok_and(|there| there == file) {
                return Ok(Self { path, _file: file, is_locked });
            }
        }
    }

    /// Whether no other run can be at work in the folder.
    pub(crate) fn is_locked(&self) -> bool {
        self.is_locked
    }
}

/// Opens the file of a lock, or creates it; None where it has gone meanwhile. A link is not followed: it may lead out of the folder.
fn open(path: &Path) -> std::io::Result<Option<File>> {
    match File::options().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        created => return created.map(Some),
    }
    let opened = std::fs::symlink_metadata(path).and_then(|there| {
        let refuse =
            || std::io::Error::other("is no regular file; remove it or choose another folder");
        if there.is_file() { File::options().write(true).open(path) } else { Err(refuse()) }
    });
    match opened {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is locked by the next run.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_at_a_time_and_nothing_stays_of_it() {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let lock = Lock::take(dir.path()).unwrap();
            assert!(lock.is_locked());
            assert!(matches!(Lock::take(dir.path()), Err(Error::OutputBusy { .. })));
            drop(lock);
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn where_locks_are_unknown_nothing_stays_either() {
        let dir = tempfile::tempdir().unwrap();
        let unknown = |_: &File| Err(TryLockError::Error(ErrorKind::Unsupported.into()));
        let lock = Lock::take_by(dir.path(), unknown).unwrap();
        assert!(!lock.is_locked());
        drop(lock);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_does_not_lead_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        std::fs::create_dir(&out).unwrap();
        std::os::unix::fs::symlink("../outside", out.join(LOCK)).unwrap();
        assert!(matches!(Lock::take(&out), Err(Error::Io { .. })));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
