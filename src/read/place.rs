//! Where a stream stands in a dump, and how it is to be read.

use std::sync::Arc;

use crate::error::Unreadable;
use crate::read::budget::Budget;
use crate::read::limits::{Limits, MOST_LAYERS};
use crate::read::looked::Looked;
use crate::read::pass::PassFields;
use crate::read::peek::Peek;
use crate::read::record::{Part, Parts};

/// Reads a stream as what its first bytes say that it is. Archives are given it for their members.
pub(super) type Open = for<'r> fn(Place, Peek<'r>) -> Parts<'r>;

/// How records are read.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// The field that holds the text; without it the usual names are tried.
    pub(super) text_field: Option<String>,
    /// The fields that a record brings along.
    pub(super) pass_fields: PassFields,
    /// Whether the dump was found in a folder, and so may be no dump at all.
    pub(super) in_folder: bool,
    pub(super) limits: Limits,
    /// Whether the field is there.
    pub(super) looked: Looked,
}

/// Where a stream stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The name of the file, without the endings of its compressions.
    pub(super) name: String,
    /// The record that the stream is.
    pub(super) record: Option<String>,
    /// Archives that it stands in.
    archives: usize,
    pub(super) settings: Arc<Settings>,
    /// What may come out of the dump.
    pub(super) budget: Arc<Budget>,
}

impl Place {
    /// A dump as a whole, of so many bytes as far as they are known.
    pub(super) fn new(name: String, settings: Settings, bytes: u64) -> Self {
        let budget = Arc::new(Budget::new(settings.limits, bytes));
        Self { name, record: None, archives: 0, settings: Arc::new(settings), budget }
    }

    /// The id of a record in this stream.
    pub(super) fn id(&self, record: &str) -> Option<String> {
        Some(
            self.record
                .as_ref()
                .map_or_else(|| record.to_owned(), |outer| format!("{outer}#{record}")),
        )
    }

    /// A member of the archive that this stream is.
    pub(super) fn member(&self, name: &str) -> Self {
        Self {
            name: name.into(),
            record: self.id(name),
            archives: self.archives + 1,
            ..self.clone()
        }
    }

    /// A record of this stream that holds others.
    pub(super) fn within(&self, record: &str) -> Self {
        Self { record: self.id(record), ..self.clone() }
    }

    /// Whether an archive stands too deep in others to be opened.
    pub(super) fn is_deep(&self) -> bool {
        self.archives >= self.settings.limits.depth.min(Limits::DEEPEST)
    }

    /// Whether other files stand beside it, in a folder or an archive, so that it may be something else than a dump.
    pub(super) fn is_among_others(&self) -> bool {
        self.settings.in_folder || self.archives > 0
    }

    /// The same without the endings of `layers` compressions.
    pub(super) fn unpacked(mut self, layers: usize) -> Self {
        for _ in 0..layers.min(MOST_LAYERS) {
            let stem = self.name.rsplit_once('.').map_or(self.name.len(), |(stem, _)| stem.len());
            self.name.truncate(stem);
        }
        self
    }

    /// The field that holds the text, where it was named.
    pub(super) fn text_field(&self) -> Option<&str> {
        self.settings.text_field.as_deref()
    }

    /// Why the stream, or the rest of it, cannot be read.
    pub(super) fn broken(&self, reason: Unreadable) -> Part {
        Part::Broken { record: self.record.clone(), reason }
    }

    /// The same as all that the stream gives.
    pub(super) fn all_broken<'r>(&self, reason: Unreadable) -> Parts<'r> {
        Box::new(std::iter::once(self.broken(reason)))
    }
}
