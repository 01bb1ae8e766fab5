//! What a run over documents did.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Failure, Skipped};
use crate::run::failures::Failures;

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were read.
    pub inputs: usize,
    /// Their bytes, unpacked.
    pub bytes: u64,
    /// Documents in them.
    pub articles: usize,
    /// Those that stand for themselves or for a cluster.
    pub canonical: usize,
    /// Those that were folded into another.
    pub copies: usize,
    /// Those that are alike another and would lose too much if they were folded.
    pub related: usize,
    /// Clusters of two documents and more.
    pub clusters: usize,
    /// Lines and files that could not be read, sorted: the first thousand of them.
    pub failures: Vec<Failure>,
    /// How many there are of them. Where there are more than a thousand, all are named in `failures.jsonl`.
    pub failed: u64,
    /// How many by what went wrong, with `#` for numbers; of a hundred reasons, the others together as `other`.
    pub failed_by_reason: BTreeMap<String, u64>,
    /// Files left out on purpose.
    pub skipped: Vec<Skipped>,
}

impl Summary {
    /// Counts a file of so many bytes that was read.
    pub(super) fn read(&mut self, bytes: u64) {
        self.inputs += 1;
        self.bytes += bytes;
    }

    /// Where it counts failures.
    pub(super) fn failures(&mut self) -> Failures<'_> {
        Failures {
            named: &mut self.failures,
            count: &mut self.failed,
            by_reason: &mut self.failed_by_reason,
        }
    }
}
