//! A file that counts the bytes that are read of it, so that a run can show how far it has come.

use std::fs::File;
use std::io::{ErrorKind, Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[cfg(feature = "parquet")]
use ::parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};

/// Bytes that were read since somebody last asked, and whether the disk gave them. Those that share it count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    bytes: AtomicU64,
    has_failed: AtomicBool,
}

impl Tally {
    /// Counts what was read, and gives it on.
    fn count(&self, read: Result<usize>) -> Result<usize> {
        match &read {
            Ok(bytes) => {
                self.0.bytes.fetch_add(*bytes as u64, Ordering::Relaxed);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => self.0.has_failed.store(true, Ordering::Relaxed),
        }
        read
    }

    /// What was counted, of which no more is known afterwards.
    #[cfg(feature = "run")]
    pub(crate) fn take(&self) -> u64 {
        self.0.bytes.swap(0, Ordering::Relaxed)
    }

    /// Whether the system could not read what stands in the file: it is not the file that is at fault.
    #[cfg(feature = "run")]
    pub(crate) fn has_failed(&self) -> bool {
        self.0.has_failed.load(Ordering::Relaxed)
    }
}

/// A file whose bytes are counted as they are read.
#[derive(Debug)]
pub(super) struct Counted {
    file: File,
    tally: Tally,
}

impl Counted {
    pub(super) fn new(file: File, tally: &Tally) -> Self {
        Self { file, tally: tally.clone() }
    }

    /// The same file, at the same place.
    pub(super) fn again(&self) -> Result<Self> {
        Ok(Self { file: self.file.try_clone()?, tally: self.tally.clone() })
    }
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        self.tally.count(self.file.read(out))
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.file.seek(to)
    }
}

#[cfg(feature = "parquet")]
impl Length for Counted {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

#[cfg(feature = "parquet")]
impl ChunkReader for Counted {
    type T = std::io::BufReader<Counted>;

    fn get_read(&self, start: u64) -> std::result::Result<Self::T, ParquetError> {
        let mut part = self.again()?;
        part.seek(SeekFrom::Start(start))?;
        Ok(std::io::BufReader::new(part))
    }

    fn get_bytes(
        &self,
        start: u64,
        length: usize,
    ) -> std::result::Result<bytes::Bytes, ParquetError> {
        let mut bytes = Vec::new();
        self.get_read(start)?.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() != length {
            let read = bytes.len();
            let reason = format!("Expected to read {length} bytes, read only {read}");
            return Err(ParquetError::EOF(reason));
        }
        Ok(bytes.into())
    }
}
