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

/// What came of the search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    is_there: bool,
    /// The names of the first fields among which it was not.
    others: Vec<String>,
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
            if found.others.is_empty() {
                let short = |name: &str| name.chars().take(CHARS).collect();
                found.others = names.take(NAMES).map(short).collect();
            }
        });
    }

    /// What stands in the dump was passed over as it has no text.
    pub(super) fn passed_over(&self) {
        self.with(|found| {
            found.passed_over.get_or_insert_with(|| self.dump.clone());
        });
    }

    /// What came of it so far.
    #[cfg(feature = "run")]
    pub(super) fn so_far(&self) -> Found {
        self.with(|found| found.clone())
    }

    /// Adds what came of it in dumps behind those that were searched.
    #[cfg(feature = "run")]
    pub(super) fn add(&self, later: Found) {
        self.with(|found| {
            found.is_there |= later.is_there;
            if found.others.is_empty() {
                found.others = later.others;
            }
            found.passed_over = found.passed_over.take().or(later.passed_over);
        });
    }

    /// The first dump that was passed over, and the names of fields that are there, where the named one is nowhere.
    #[cfg(feature = "run")]
    pub(crate) fn nowhere(&self) -> Option<(String, Vec<String>)> {
        self.with(|found| {
            let dump = found.passed_over.clone().filter(|_| !found.is_there)?;
            Some((dump, found.others.clone()))
        })
    }
}
