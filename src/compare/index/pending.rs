//! Articles that a session has taken and not written yet.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use crate::compare::index::merge::{self, Source};
use crate::compare::index::segment::Segment;

/// Bytes that are held before they are written.
const MOST_BYTES: usize = 16 << 20;

/// The articles, some kilobyte for each.
#[derive(Debug, Default)]
pub(super) struct Pending {
    first: u64,
    records: Vec<Vec<u8>>,
    names: BTreeSet<(u64, u64)>,
    /// Articles, older or of these, whose place another has taken.
    removed: BTreeSet<u64>,
    bytes: usize,
}

impl Pending {
    /// None yet; the next gets this number.
    pub(super) fn new(first: u64) -> Self {
        Self { first, ..Self::default() }
    }

    pub(super) fn push(&mut self, record: Vec<u8>, names: Vec<u64>) {
        let number = self.end();
        self.bytes += record.len();
        self.names.extend(names.into_iter().map(|name| (name, number)));
        self.records.push(record);
    }

    pub(super) fn remove(&mut self, number: u64) {
        self.removed.insert(number);
    }

    /// Whether it is time to write them.
    pub(super) fn is_full(&self) -> bool {
        self.bytes + 32 * self.names.len() > MOST_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty() && self.removed.is_empty()
    }

    pub(super) fn end(&self) -> u64 {
        self.first + self.records.len() as u64
    }

    pub(super) fn record(&self, number: u64) -> Option<&[u8]> {
        self.records.get(number.checked_sub(self.first)? as usize).map(Vec::as_slice)
    }

    pub(super) fn holders(&self, name: u64) -> impl Iterator<Item = u64> {
        self.names.range((name, 0)..=(name, u64::MAX)).map(|&(_, number)| number)
    }

    pub(super) fn has_removed(&self, number: u64) -> bool {
        self.removed.contains(&number)
    }

    /// Writes them as a part.
    pub(super) fn write(&self, file: &File, at: u64, folder: &Path) -> std::io::Result<Segment> {
        let is_kept = |number: u64| !self.removed.contains(&number);
        let mut records = (self.first..)
            .zip(&self.records)
            .map(|(number, record)| Ok(if is_kept(number) { record.clone() } else { Vec::new() }));
        let mut names = self.names.iter().copied().filter(|&(_, number)| is_kept(number)).map(Ok);
        let source = Source {
            first: self.first,
            end: self.end(),
            postings: self.names.len() as u64,
            records: &mut records,
            names: &mut names,
            removed: self.removed.range(..self.first).copied().collect(),
        };
        merge::write(file, at, folder, source)
    }
}
