//! What the page says of the run as a whole.

use std::collections::BTreeMap;

use dechaff::Kind;
use serde::Serialize;
use serde_json::Value;

use crate::finished::Manifest;
use crate::report::limits::SKIPPED;
use crate::report::rows::{Amount, Row, Rows};
use crate::report::stories::Stories;

/// The head of the page.
#[derive(Serialize)]
pub(super) struct Overview<'r> {
    pub(super) folder: &'r str,
    tool: &'r str,
    started: &'r str,
    format: &'r str,
    /// What the manifest counts.
    counts: BTreeMap<&'static str, &'r Value>,
    failures: &'r [Value],
    skipped: &'r [Value],
    /// All kinds, in the order that spans name them by.
    kinds: Vec<KindLine>,
    /// All that decided, in the order that spans name them by.
    deciders: Vec<DeciderLine<'r>>,
    /// Rules that decided nowhere.
    never: Vec<&'r str>,
    sources: Vec<(&'r str, usize)>,
    languages: Vec<(&'r str, usize)>,
    shown: Shown,
    /// Dumps that could not be read again, and why.
    missing: &'r BTreeMap<String, String>,
    /// Why the model's reasons are not shown.
    not_judged: Option<&'r str>,
}

/// How much of the run the page shows, and how much there is.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Shown {
    /// Records that are listed.
    pub(super) records: usize,
    pub(super) all_records: usize,
    /// Those with their texts.
    pub(super) texts: usize,
    /// Articles that are listed.
    pub(super) articles: usize,
    pub(super) all_articles: usize,
}

#[derive(Serialize)]
struct KindLine {
    name: &'static str,
    /// `kept`, `about`, `removed` or `space`.
    class: &'static str,
    #[serde(flatten)]
    amount: Amount,
}

#[derive(Serialize)]
struct DeciderLine<'r> {
    by: &'r str,
    kind: Kind,
    #[serde(flatten)]
    amount: Amount,
}

/// A record in the list.
#[derive(Serialize)]
pub(super) struct RowLine<'r> {
    dump: &'r str,
    record: Option<&'r str>,
    format: &'r str,
    bytes: usize,
    kept: usize,
    removed: usize,
    articles: usize,
    /// Whether the page has a block of it.
    open: bool,
}

impl<'r> RowLine<'r> {
    pub(super) fn new(row: &'r Row, open: bool) -> Self {
        Self {
            dump: &row.dump,
            record: row.record.as_deref(),
            format: &row.format,
            bytes: row.bytes,
            kept: row.kept,
            removed: row.removed,
            articles: row.articles,
            open,
        }
    }
}

/// What of the manifest stands above all else.
const COUNTED: [&str; 9] = [
    "inputs",
    "bytes",
    "articles",
    "canonical",
    "copies",
    "known",
    "failed",
    "failed_by_reason",
    "without_article",
];

impl<'r> Overview<'r> {
    pub(super) fn new(
        folder: &'r str,
        manifest: &'r Manifest,
        rows: &'r Rows,
        stories: &'r Stories,
        rules: &'r [String],
    ) -> Self {
        let rest = |name: &str| manifest.rest.get(name);
        let list = |name: &str| rest(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let skipped = list("skipped");
        let kinds = Kind::ALL.into_iter().map(|kind| KindLine {
            name: kind.name(),
            class: class_of(kind),
            amount: rows.kinds.get(&kind).copied().unwrap_or_default(),
        });
        let deciders = rows.deciders.iter().map(|(by, (kind, amount))| DeciderLine {
            by,
            kind: *kind,
            amount: *amount,
        });
        let fired = |rule: &str| rows.deciders.contains_key(&format!("rule:{rule}"));
        Self {
            folder,
            tool: &manifest.tool,
            started: &manifest.started,
            format: &manifest.format,
            counts: COUNTED
                .into_iter()
                .filter_map(|name| rest(name).map(|value| (name, value)))
                .collect(),
            failures: list("failures"),
            skipped: &skipped[..skipped.len().min(SKIPPED)],
            kinds: kinds.collect(),
            deciders: deciders.collect(),
            never: rules.iter().map(String::as_str).filter(|rule| !fired(rule)).collect(),
            sources: most_first(&stories.sources),
            languages: most_first(&stories.languages),
            shown: Shown {
                records: rows.listed.len(),
                all_records: rows.total,
                texts: 0,
                articles: stories.listed.len(),
                all_articles: stories.total,
            },
            missing: &EMPTY,
            not_judged: None,
        }
    }

    /// Says how many texts are in the page, whose dumps could not be read again, and why nothing was judged again.
    pub(super) fn with_texts(
        mut self,
        texts: usize,
        missing: &'r BTreeMap<String, String>,
        not_judged: Option<&'r str>,
    ) -> Self {
        self.shown.texts = texts;
        Self { missing, not_judged, ..self }
    }

    pub(super) fn shown(&self) -> Shown {
        self.shown
    }
}

static EMPTY: BTreeMap<String, String> = BTreeMap::new();

/// Names by their counts, the largest first; at most a thousand.
fn most_first(counts: &BTreeMap<String, usize>) -> Vec<(&str, usize)> {
    let mut names: Vec<(&str, usize)> =
        counts.iter().map(|(name, &count)| (name.as_str(), count)).collect();
    names.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    names.truncate(1_000);
    names
}

fn class_of(kind: Kind) -> &'static str {
    match kind {
        kind if kind.is_kept() => "kept",
        kind if kind.is_about() => "about",
        kind if kind.is_debris() => "removed",
        _ => "space",
    }
}
