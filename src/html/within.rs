//! What stands within an element.

/// Sums over the text within an element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Within {
    /// Characters of its paragraphs.
    pub(super) prose: f64,
    /// Its bytes, and those that stand in links.
    pub(super) bytes: f64,
    pub(super) linked: f64,
    /// Its blocks.
    pub(super) blocks: u32,
}

/// What was measured of a page before its blocks are looked at.
#[derive(Debug)]
pub(super) struct Measured<'a> {
    /// For each block the line that it begins on.
    pub(super) lines: &'a [usize],
    /// For each block the level of the heading it stands in, 0 for none.
    pub(super) levels: &'a [u8],
    /// Sums over each element.
    pub(super) within: &'a [Within],
    /// Elements around each element.
    pub(super) depths: &'a [u32],
}
