//! What is spread: a run over dumps.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::run::parts::job::Task;
use crate::run::settings::Settings;
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
        self.terms.first_pass.settings
    }

    fn text(&self, piece: Vec<u8>) -> String {
        #[derive(Deserialize)]
        struct Line<'a> {
            #[serde(borrow)]
            text: Cow<'a, str>,
        }
        serde_json::from_slice::<Line>(&piece)
            .map(|line| line.text.into_owned())
            .unwrap_or_default()
    }
}

/// The stage that cleans.
pub(super) const CLEAN: &str = "clean";

/// Options that the manifest names and that may differ: where files stand as this process sees them, and what is compared otherwise.
const FREE: [&str; 3] = ["config", "paths", "limits"];

impl Spread<'_> {
    /// What all parts must have been told alike.
    pub(super) fn options(&self) -> Vec<(String, Value)> {
        let Terms { first_pass, keep_duplicates, merge_own, repeated, format, .. } = self.terms;
        let Settings { preferred, layout, thresholds, .. } = first_pass.settings;
        let (text_field, passed) = first_pass.reader.named();
        let packs = first_pass.cleaner.rules().packs().iter();
        let options = [
            ("--format", json!(format)),
            ("--ledger", json!(self.terms.companions.ledger)),
            ("--compress", json!(layout.compression.map(|how| format!("{how:?}")))),
            ("--shard", json!(layout.shard)),
            ("--keep-duplicates", json!(keep_duplicates)),
            ("--merge-own", json!(merge_own)),
            ("--prefer", json!(preferred)),
            ("--loss", json!(thresholds.loss)),
            ("--compare-thresholds", json!(thresholds)),
            ("--repeated", json!(repeated)),
            ("--text-field", json!(text_field)),
            ("--pass-fields", json!(format!("{passed:?}"))),
            ("--max-...", json!(first_pass.reader.within().changed())),
            ("--rules", packs.map(|pack| json!([pack.name, pack.digest])).collect()),
        ];
        let options = options.into_iter().map(|(name, value)| (name.to_owned(), value));
        let described = self.terms.options.as_object().into_iter().flatten();
        let described = described.filter(|(name, _)| !FREE.contains(&name.as_str()));
        let described =
            described.map(|(name, value)| (format!("--{}", name.replace('_', "-")), value.clone()));
        options.chain(described).collect()
    }
}
