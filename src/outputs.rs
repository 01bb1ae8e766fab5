//! The names of the files that a run writes.

use serde::Deserialize;
use std::path::Path;

/// The articles of a run of `dechaff clean`, and what `dechaff dedup` leaves of its documents. As of the others, the name without its ending.
pub(crate) const ARTICLES: &str = "articles";

/// The verdict on every byte, of `dechaff clean`.
pub(crate) const LEDGER: &str = "ledger";

/// What an earlier run has seen, of `dechaff clean` with an index.
pub(crate) const COPIES: &str = "copies";

/// What was folded into what, of `dechaff dedup`.
pub(crate) const CLUSTERS: &str = "clusters";

/// What is alike and is no copy, of `dechaff dedup`.
pub(crate) const RELATED: &str = "related";

/// What could not be read or cleaned, where the manifest has no room for it.
pub(crate) const FAILURES: &str = "failures";

pub(crate) const MANIFEST: &str = "manifest.json";

/// The folder of the Dolma documents.
pub(crate) const DOCUMENTS: &str = "documents";

/// Whether runs write files of this name, which is relative to their folder, with `/` between its parts.
pub(crate) fn is_output(name: &str) -> bool {
    let document = name.strip_prefix(DOCUMENTS).and_then(|name| name.strip_prefix('/'));
    let Some((stem, ending)) = document.unwrap_or(name).split_once('.') else { return false };
    let is_number = |n: &str| n.len() >= 5 && n.bytes().all(|b| b.is_ascii_digit());
    let stem = stem
        .rsplit_once('-')
        .filter(|(_, number)| is_number(number))
        .map_or(stem, |(stem, _)| stem);
    let is_lines = matches!(ending, "jsonl" | "jsonl.gz" | "jsonl.zst");
    match document {
        Some(_) => stem == ARTICLES && is_lines,
        None if stem == ARTICLES => is_lines || ending == "parquet",
        None => {
            [LEDGER, COPIES, CLUSTERS, RELATED, FAILURES].contains(&stem) && is_lines
                || name == MANIFEST
        }
    }
}

/// Whether an earlier run has written the folder `articles` in `folder`: its manifest says so.
pub(crate) fn has_tree(folder: &Path) -> bool {
    files_of_manifest(folder).iter().any(|file| file.strip_suffix('/') == Some(ARTICLES))
}

/// What an earlier run has written in `folder`, by its manifest.
pub(crate) fn files_of_manifest(folder: &Path) -> Vec<String> {
    #[derive(Deserialize)]
    struct Manifest {
        files: Vec<String>,
    }
    let manifest = std::fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    manifest.map_or_else(Vec::new, |manifest| manifest.files)
}
