//! How much memory the lists of a run may take together, and where what does not fit goes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::error::Result;
use crate::spill::file::SpillFile;

/// The most that a list is worked on at a time, in bytes, where memory does not end.
const LARGEST_PIECE: usize = 1 << 28;
/// The least, however little memory there is.
const SMALLEST_PIECE: usize = 1 << 16;

/// Memory that several lists share. Which of them is spilled first shows in nothing that is read back.
#[derive(Debug, Clone)]
pub(crate) struct Room(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    folder: PathBuf,
    bytes: u64,
    left: AtomicI64,
}

impl Default for Room {
    /// Room without end: nothing is spilled.
    fn default() -> Self {
        Self::new(&std::env::temp_dir(), u64::MAX)
    }
}

impl Room {
    /// Room for so many bytes; what does not fit goes to files in `folder`.
    pub(crate) fn new(folder: &Path, bytes: u64) -> Self {
        let left = AtomicI64::new(i64::try_from(bytes).unwrap_or(i64::MAX));
        Self(Arc::new(Shared { folder: folder.into(), bytes, left }))
    }

    /// Takes so many bytes, if there are as many.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let bytes = bytes as i64;
        let left = |left: i64| (left >= bytes).then(|| left - bytes);
        self.0.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok()
    }

    /// Takes so many bytes for what cannot be spilled.
    pub(crate) fn owe(&self, bytes: usize) {
        self.0.left.fetch_sub(bytes as i64, Ordering::Relaxed);
    }

    /// Gives so many bytes back.
    pub(crate) fn give(&self, bytes: usize) {
        self.0.left.fetch_add(bytes as i64, Ordering::Relaxed);
    }

    /// Bytes of a list that are worked on at a time.
    pub(crate) fn piece(&self) -> usize {
        usize::try_from(self.0.bytes / 8)
            .unwrap_or(LARGEST_PIECE)
            .clamp(SMALLEST_PIECE, LARGEST_PIECE)
    }

    /// A new file, which nobody else sees and which goes with the run, however that ends.
    pub(super) fn file(&self) -> Result<SpillFile> {
        SpillFile::open(&self.0.folder)
    }
}
