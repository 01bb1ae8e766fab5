//! What happens during a run.

use std::fmt;

use crate::error::Failure;

/// What happens during a run, for whoever shows progress.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The dumps are listed.
    Walked {
        /// How many there are.
        dumps: usize,
        /// Their bytes in all.
        bytes: u64,
    },
    /// A dump is done.
    Done {
        /// Its path.
        dump: &'a str,
        /// Its bytes.
        bytes: u64,
    },
    /// A dump, or a record of one, failed.
    Failed(&'a Failure),
    /// A part of a run that is spread has waited for others for a while.
    Waits(&'a Awaited),
}

/// What a part of a run needs of others before it can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// What this part does next.
    pub next: String,
    /// What is missing.
    pub stage: String,
    /// The parts that have not done it, from 1.
    pub parts: Vec<usize>,
}

impl fmt::Display for Awaited {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let parts: Vec<String> = self.parts.iter().map(ToString::to_string).collect();
        write!(f, "{} needs {} of {}", self.next, self.stage, parts.join(", "))
    }
}
