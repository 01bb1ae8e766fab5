//! A file that counts the bytes that are read of it, so that a run can show how far it has come.

use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[cfg(feature = "parquet")]
use ::parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};

/// Bytes that were read since somebody last asked. Those that share it count together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally(Arc<AtomicU64>);

impl Tally {
    fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// What was counted, of which no more is known afterwards.
    #[cfg(feature = "run")]
    pub(crate) fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
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
        let read = self.file.read(out)?;
        self.tally.add(read);
        Ok(read)
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
        let bytes = self.file.get_bytes(start, length)?;
        self.tally.add(bytes.len());
        Ok(bytes)
    }
}
