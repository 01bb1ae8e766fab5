//! What comes of reading a page.

use crate::html::shown::hidden::Hidden;
use crate::html::shown::rendered::Rendered;
use crate::html::stated::metadata::PageMeta;

/// A page that was read.
#[derive(Debug)]
pub(in crate::html) struct Reading {
    /// The page as text.
    pub(in crate::html) shown: Rendered,
    /// What it says of itself.
    pub(in crate::html) stated: PageMeta,
    /// What is hidden of it.
    pub(in crate::html) left_out: LeftOut,
    /// The hidden elements that were read all the same.
    pub(in crate::html) hidden_elements: Vec<Hidden>,
}

/// Bytes of text that were left out.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::html) struct LeftOut {
    /// All of them.
    pub(in crate::html) bytes: usize,
    /// Those that stand in long lines.
    pub(in crate::html) in_lines: usize,
}

impl LeftOut {
    /// Counts a stretch of text; from `line` bytes on it is a line.
    pub(super) fn add(&mut self, bytes: usize, line: usize) {
        self.bytes += bytes;
        self.in_lines += if bytes >= line { bytes } else { 0 };
    }
}
