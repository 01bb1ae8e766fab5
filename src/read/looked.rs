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
    /// The dump that is looked at: its number in the run, as names come twice, and its name.
    dump: (usize, String),
}

/// What came of the search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    is_there: bool,
    /// The names of the first fields among which it was not, behind the number of their dump.
    others: Option<(usize, Vec<String>)>,
    /// The first dump in which it was not, and nothing said so.
    passed_over: Option<(usize, String)>,
}

#[cfg(feature = "run")]
impl Found {
    /// The same where dumps have other numbers, in the same order.
    #[must_use]
    pub(crate) fn numbered(self, number: impl Fn(usize) -> usize) -> Self {
        Self {
            others: self.others.map(|(dump, names)| (number(dump), names)),
            passed_over: self.passed_over.map(|(dump, name)| (number(dump), name)),
            ..self
        }
    }
}

impl Looked {
    fn with<T>(&self, change: impl FnOnce(&mut Found) -> T) -> T {
        change(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same search in the dump of this number.
    #[cfg(feature = "run")]
    pub(super) fn at(&self, number: usize) -> Self {
        Self { found: self.found.clone(), dump: (number, String::new()) }
    }

    /// The same search in a dump of this name.
    pub(super) fn within(&self, name: &str) -> Self {
        Self { found: self.found.clone(), dump: (self.dump.0, name.to_owned()) }
    }

    /// The field is there.
    pub(super) fn found(&self) {
        self.with(|found| found.is_there = true);
    }

    /// An object or a row has these fields, and not the one that is looked for.
    pub(super) fn missed<'n>(&self, names: impl Iterator<Item = &'n str>) {
        self.with(|found| {
            if found.others.is_none() {
                let short = |name: &str| name.chars().take(CHARS).collect();
                let names: Vec<String> = names.take(NAMES).map(short).collect();
                found.others = (!names.is_empty()).then_some((self.dump.0, names));
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

    /// Adds what came of it in other dumps of the same run, before these or behind them.
    #[cfg(feature = "run")]
    pub(super) fn add(&self, other: Found) {
        self.with(|found| {
            found.is_there |= other.is_there;
            found.others = [found.others.take(), other.others].into_iter().flatten().min();
            found.passed_over =
                [found.passed_over.take(), other.passed_over].into_iter().flatten().min();
        });
    }

    /// The first dump that was passed over, and the names of fields that are there, where the named one is nowhere.
    #[cfg(feature = "run")]
    pub(crate) fn nowhere(&self) -> Option<(String, Vec<String>)> {
        self.with(|found| {
            let (_, dump) = found.passed_over.clone().filter(|_| !found.is_there)?;
            Some((dump, found.others.clone().unwrap_or_default().1))
        })
    }
}
