//! What a run over dumps is told.

use std::time::Duration;

use crate::run::cleaning::Cleaning;
use crate::run::summary::Summary;
use crate::run::treatment::Treatment;
use crate::write::{Companions, Format, Manifest, PackName, SCHEMA};

/// The program and its version.
pub(crate) const TOOL: &str = concat!("dechaff ", env!("CARGO_PKG_VERSION"));

/// What it is told, apart from where it reads, and what earlier runs have to do with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'r> {
    pub(crate) cleaning: Cleaning<'r>,
    pub(crate) keep_duplicates: bool,
    pub(crate) merge_own: bool,
    pub(crate) repeated: u32,
    pub(crate) treatment: Treatment,
    pub(crate) format: Format,
    pub(crate) companions: Companions,
    /// What the manifest shows as the run's options.
    pub(crate) options: &'r serde_json::Value,
}

impl Terms<'_> {
    /// The manifest of a run that began then and took so long.
    pub(crate) fn manifest<'m>(
        &'m self,
        summary: &'m Summary,
        started: jiff::Timestamp,
        taken: Duration,
    ) -> Manifest<'m> {
        let packs = self.cleaning.cleaner.rules().packs().iter();
        Manifest {
            schema: SCHEMA,
            tool: TOOL,
            started: started.to_string(),
            seconds: taken.as_secs_f64(),
            options: self.options,
            format: self.format,
            files: Vec::new(),
            rule_packs: packs.map(|p| PackName { name: &p.name, digest: &p.digest }).collect(),
            inputs: summary.inputs,
            bytes: summary.bytes,
            articles: summary.articles,
            canonical: summary.articles - summary.copies - summary.known,
            copies: summary.copies,
            known: summary.known,
            without_article: serde_json::json!(summary.without_article),
            left_out: summary.left_out,
            removed: &summary.removed,
            beside: &summary.beside,
            own: summary.own,
            failures: &summary.failures,
            failed: summary.failed,
            failed_by_reason: &summary.failed_by_reason,
            skipped: &summary.skipped,
        }
    }
}
