//! What stands within an element.

/// Sums over the text within an element.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::html) struct Within {
    /// Characters of its paragraphs.
    pub(in crate::html) prose: f64,
    /// Its bytes, and those that stand in links.
    pub(in crate::html) bytes: f64,
    pub(in crate::html) linked: f64,
    /// Its blocks.
    pub(in crate::html) blocks: u32,
}

/// What was measured of a page before its blocks are looked at.
#[derive(Debug)]
pub(in crate::html) struct Measured<'a> {
    /// For each block the line that it begins on.
    pub(in crate::html) lines: &'a [usize],
    /// For each block the level of the heading it stands in, 0 for none.
    pub(in crate::html) levels: &'a [u8],
    /// Sums over each element.
    pub(in crate::html) within: &'a [Within],
    /// Elements around each element.
    pub(in crate::html) depths: &'a [u32],
}
