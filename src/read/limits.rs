//! Limits of size and depth.

/// Largest record that is held in memory, in bytes.
pub const LARGEST_DUMP: u64 = 1 << 29;
/// Bytes by which a container is told.
pub(super) const HEAD: usize = 4096;
/// Compressions within each other that are unpacked.
pub(super) const MOST_LAYERS: usize = 3;
/// Archives within each other that are opened.
pub(super) const MOST_ARCHIVES: usize = 2;
