//! What is spread: a run over dumps.

use serde_json::json;

use crate::error::Result;
use crate::run::parts::job::Task;
use crate::run::parts::keys::damaged;
use crate::run::settings::Settings;
use crate::run::stash::text_of;
use crate::run::terms::Terms;

/// A run over dumps of which this process does a part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread<'r> {
    pub(crate) terms: Terms<'r>,
    pub(crate) pool: &'r rayon::ThreadPool,
}

impl Task for Spread<'_> {
    const DOCUMENTS: &'static str = CLEAN;
    const TEXTS: &'static str = CLEAN;

    fn settings(&self) -> &Settings {
        self.terms.cleaning.settings
    }

    fn text(&self, line: Vec<u8>) -> Result<String> {
        text_of(&line).map_err(|_| damaged())
    }
}

/// The stage that cleans.
pub(super) const CLEAN: &str = "clean";

impl Spread<'_> {
    /// What all parts must have been told alike.
    pub(super) fn options(&self) -> Vec<(String, String)> {
        let Terms { cleaning, keep_duplicates, merge_own, repeated, treatment, .. } = self.terms;
        let Terms { format, companions, .. } = self.terms;
        let Settings { preferred, layout, thresholds, .. } = cleaning.settings;
        let own = [
            ("--format", json!(format)),
            ("--ledger", json!(companions.ledger)),
            ("--compress", json!(layout.compression)),
            ("--shard", json!(layout.shard)),
            ("--keep-duplicates", json!(keep_duplicates)),
            ("--merge-own", json!(merge_own)),
            ("--prefer", json!(preferred)),
            ("--loss", json!(thresholds.loss)),
            ("--compare-thresholds", json!(thresholds)),
            ("--repeated", json!(repeated)),
            ("--paragraphs", json!(treatment.paragraphs)),
            ("--spans", json!(treatment.spans)),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value.to_string()));
        let of_cleaner = cleaning.cleaner.told().map(|(name, value)| (name.to_owned(), value));
        own.into_iter().chain(of_cleaner).chain(cleaning.reader.told()).collect()
    }
}
