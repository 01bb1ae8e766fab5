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
