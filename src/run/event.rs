//! TODO

use crate::error::Failure;
use crate::run::Done;

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
}
