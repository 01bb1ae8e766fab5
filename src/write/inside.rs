//! What stands in a folder that others may write to, too: no link is followed out of it, and nothing else than a file is read.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;

/// The largest file that is read.
const LARGEST: u64 = 64 << 20;

/// Makes a folder where there is none.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if fs::symlink_metadata(path)?.is_dir() {
                return Ok(());
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Err(Error::other(format!("{name} is no folder; remove it")))
        }
        made => made,
    }
}

/// Reads a file that a run has left; None where there is none.
pub(crate) fn read_file(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(there) if !there.is_file() || there.len() > LARGEST => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Err(Error::other(format!("the file {name} in it was written by no run; remove it")))
        }
        Ok(_) => fs::read(path).map(Some),
    }
}

/// Opens a file that a run has left; None where there is none, or something else.
pub(crate) fn open_file(path: &Path) -> Result<Option<fs::File>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(there) if !there.is_file() => Ok(None),
        Ok(_) => fs::File::open(path).map(Some),
    }
}

/// Lets everybody read a file that was made for its owner alone.
pub(crate) fn show(file: &fs::File) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    let _ = file;
    Ok(())
}

/// A new folder whose name begins so, which everybody may read as soon as it has its place.
pub(crate) fn new_folder(prefix: &str, within: &Path) -> Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o755));
    }
    builder.prefix(prefix).tempdir_in(within)
}
