//! One run at a time in a folder.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::error::{Error, Result};

/// The file that a run has locked while it works in a folder.
const LOCK: &str = ".dechaff.lock";

/// The right to write to a folder. It ends with its owner, or with the process, however that ends.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Keeps the file open, and so locked.
    _file: Handle,
}

impl Lock {
    /// Takes the lock of a folder; None where the file system knows no locks.
    ///
    /// # Errors
    /// [`Error::OutputBusy`] while another run has it.
    pub(super) fn take(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(LOCK);
        loop {
            let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(Error::io(&path))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Error::OutputBusy { path: folder.into() }),
                Err(TryLockError::Error(_)) => return Ok(None),
            }
            let file = Handle::from_file(file).map_err(Error::io(&path))?;
            // The run before may have removed the file after it was opened here: then another one can be locked by others.
            if Handle::from_path(&path).is_ok_and(|there| there == file) {
                return Ok(Some(Self { path, _file: file }));
            }
        }
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
            let lock = Lock::take(dir.path()).unwrap().expect("locks are known here");
            assert!(matches!(Lock::take(dir.path()), Err(Error::OutputBusy { .. })));
            drop(lock);
            assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        }
    }
}
