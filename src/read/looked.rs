//! Whether the field that was named for the text stands anywhere in what is read, and what stands there where it does not.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// Names that are told.
const NAMES: usize = 12;
/// Characters of a name that are told.
const CHARS: usize = 40;

/// What became of the search for the named field, in all that a run reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Looked {
    found: Arc<Mutex<Found>>,
    /// The dump that is looked at.
    dump: String,
}

/// What was found of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    is_there: bool,
    /// The names of the first fields among which it was not, and the dump that has them.
    others: (String, Vec<String>),
    /// Where it was not, and nothing said so.
    passed_over: Option<String>,
}

impl Looked {
    fn with<T>(&self, change: impl FnOnce(&mut Found) -> T) -> T {
        change(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same search in a dump.
    pub(super) fn within(&self, dump: &str) -> Self {
        Self { found: self.found.clone(), dump: dump.to_owned() }
    }

    /// The field is there.
    pub(super) fn found(&self) {
        self.with(|found| found.is_there = true);
    }

    /// An object or a row has these fields, and not the one that is looked for.
    pub(super) fn missed<'n>(&self, names: impl Iterator<Item = &'n str>) {
        self.with(|found| {
            if found.others.1.is_empty() {
                let short = |name: &str| name.chars().take(CHARS).collect();
                found.others = (self.dump.clone(), names.take(NAMES).map(short).collect());
            }
        });
    }

    /// What stands in the dump was passed over as it has no text.
    pub(super) fn passed_over(&self) {
        self.with(|found| {
            found.passed_over.get_or_insert_with(|| self.dump.clone());
        });
    }

    /// What was found so far.
    #[cfg(feature = "run")]
    pub(crate) fn so_far(&self) -> Found {
        self.with(|found| found.clone())
    }

    /// Adds what was found in other dumps of the same run, whose order is that of their names.
    #[cfg(feature = "run")]
    pub(crate) fn join(&self, other: Found) {
        self.with(|found| {
            found.is_there |= other.is_there;
            let is_first = found.others.1.is_empty() || other.others.0 < found.others.0;
            if is_first && !other.others.1.is_empty() {
                found.others = other.others;
            }
            let dumps = found.passed_over.take().into_iter().chain(other.passed_over);
            found.passed_over = dumps.min();
        });
    }

    /// The first dump that was passed over, and the names of fields that are there, where the named one is nowhere.
    #[cfg(feature = "run")]
    pub(crate) fn nowhere(&self) -> Option<(String, Vec<String>)> {
        self.with(|found| {
            let dump = found.passed_over.clone().filter(|_| !found.is_there)?;
            Some((dump, found.others.1.clone()))
        })
    }
}
