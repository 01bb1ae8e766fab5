//! A file that is read at any place. One without a name is written first, and is gone when the run is.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Bytes on disk, written at the end where they are written, and read anywhere.
#[derive(Debug)]
pub(crate) struct SpillFile {
    file: File,
    /// The file, or the folder of one without a name, to name it in errors.
    place: PathBuf,
    len: u64,
}

impl SpillFile {
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(Error::io(folder))?;
        Ok(Self { file, place: folder.into(), len: 0 })
    }

    /// A file that stands there and is only read.
    pub(crate) fn there(path: &Path) -> Result<Self> {
        // To open a pipe might never end.
        if !std::fs::symlink_metadata(path).map_err(Error::io(path))?.is_file() {
            return Err(Error::damaged(path));
        }
        let file = File::open(path).map_err(Error::io(path))?;
        let len = file.metadata().map_err(Error::io(path))?.len();
        Ok(Self { file, place: path.into(), len })
    }

    /// An error that says that it is not what was written.
    pub(crate) fn damaged(&self) -> Error {
        Error::damaged(&self.place)
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(Error::io(&self.place))?;
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// So many bytes from `offset` on.
    pub(crate) fn piece(&self, offset: u64, bytes: u64) -> Result<Vec<u8>> {
        if offset.saturating_add(bytes) > self.len {
            return Err(self.damaged());
        }
        let mut piece = vec![0; bytes as usize];
        self.read(&mut piece, offset)?;
        Ok(piece)
    }

    /// Fills `bytes` with what stands from `offset` on.
    pub(crate) fn read(&self, bytes: &mut [u8], offset: u64) -> Result<()> {
        read_exact_at(&self.file, bytes, offset).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => self.damaged(),
            _ => Error::io(&self.place)(error),
        })
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> std::io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> std::io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, offset)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => {
                bytes = &mut bytes[read..];
                offset += read as u64;
            }
        }
    }
    Ok(())
}
