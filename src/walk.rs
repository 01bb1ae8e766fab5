//! From the paths that were given to a sorted list of dumps. Links are not followed, and of what is no regular file only what was given
//! itself is read; whatever is left out is named with its reason.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::error::{Error, Failure, Result, Skipped};
use crate::outputs::{ARTICLES, has_tree, is_output};

/// A dump to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path relative to the path that was given, `/` on every platform; the file's name where a file was given, `-` for standard input.
    pub dump: String,
    /// Where to read it; None for standard input.
    pub path: Option<PathBuf>,
    /// Its size in bytes when it was listed.
    pub bytes: u64,
    /// Whether it was found in a folder, and so may be no dump at all; false where the file itself was given.
    pub in_folder: bool,
}

/// What a walk found, each list sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walked {
    /// Dumps to read.
    pub sources: Vec<Source>,
    /// What was left out on purpose.
    pub skipped: Vec<Skipped>,
    /// What could not be reached.
    pub failures: Vec<Failure>,
    /// The first file that was given itself and stands where the run writes.
    pub in_output: Option<PathBuf>,
}

/// Which files are dumps, by glob patterns on their name or relative path.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
    documents: bool,
}

/// Why a filter refuses a file.
const EXCLUDED: &str = "matches --exclude";
const NOT_INCLUDED: &str = "does not match --include";

/// Whether a file was left out as its name does not match what was asked for.
pub(crate) fn is_filtered(skipped: &Skipped) -> bool {
    [EXCLUDED, NOT_INCLUDED].contains(&skipped.reason.as_str())
}

/// How the names of files of documents end, before the ending of a compression.
const DOCUMENTS: [&str; 6] = ["jsonl", "ndjson", "json", "parquet", "csv", "tsv"];
const COMPRESSIONS: [&str; 4] = ["gz", "zst", "bz2", "xz"];

impl Filter {
    /// Files that match one of `include` (any, when it is empty) and none of `exclude`.
    ///
    /// # Errors
    /// [`Error::Glob`] for a pattern that cannot be read.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self> {
        Ok(Self { include: globs(include)?, exclude: globs(exclude)?, documents: false })
    }

    /// Of the files in folders those that hold documents by their name: `.jsonl`, `.ndjson`, `.json`, `.parquet`, `.csv` and `.tsv`, compressed or not, but
    /// not what a run writes beside its articles. Files that are given themselves are all taken.
    #[must_use]
    pub fn documents() -> Self {
        Self { documents: true, ..Self::default() }
    }

    fn refuses(&self, dump: &str, in_folder: bool) -> Option<&'static str> {
        let name = dump.rsplit('/').next().unwrap_or(dump);
        if self.documents && in_folder {
            return if is_output(name) && !name.starts_with(ARTICLES) {
                Some("is what a run writes beside its articles")
            } else if !holds_documents(name) {
                Some("is no .jsonl, .ndjson, .json, .parquet, .csv or .tsv file")
            } else {
                None
            };
        }
        let hits = |set: &GlobSet| set.is_match(dump) || set.is_match(name);
        if self.exclude.as_ref().is_some_and(hits) {
            Some(EXCLUDED)
        } else if self.include.as_ref().is_some_and(|set| !hits(set)) {
            Some(NOT_INCLUDED)
        } else {
            None
        }
    }
}

fn holds_documents(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let mut endings = lower
        .split('.')
        .skip(1)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .skip_while(|ending| COMPRESSIONS.contains(ending));
    endings.next().is_some_and(|ending| DOCUMENTS.contains(&ending))
}

fn globs(patterns: &[String]) -> Result<Option<GlobSet>> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let refuse = |pattern: &str| {
        let pattern = pattern.to_string();
        move |e: globset::Error| Error::Glob { pattern, reason: e.kind().to_string() }
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(GlobBuilder::new(pattern).build().map_err(refuse(pattern))?);
    }
    set.build().map(Some).map_err(refuse(&patterns.join(" ")))
}

/// Refuses a path that stands nowhere, before anything is written: it is misspelt, or a pattern that the shell left as it is.
///
/// # Errors
/// [`Error::NoSuchPath`] with the first such path.
pub(crate) fn check_given(paths: &[PathBuf]) -> Result<()> {
    let stands =
        |path: &&PathBuf| path.as_os_str() == "-" || std::fs::symlink_metadata(path).is_ok();
    let Some(path) = paths.iter().find(|path| !stands(path)) else { return Ok(()) };
    let is_pattern = path.as_os_str().to_string_lossy().contains(['*', '?', '[']);
    Err(Error::NoSuchPath { path: path.clone(), is_pattern })
}

/// Lists the dumps under `paths`; `out`, the folder that is written to, is left out.
#[must_use]
pub fn walk(paths: &[PathBuf], filter: &Filter, out: Option<&Path>) -> Walked {
    let mut found = Walked::default();
    let mut taken = HashSet::new();
    let out = out
        .and_then(|out| out.canonicalize().ok())
        .map(|folder| Output { has_tree: has_tree(&folder), folder });
    let mut roots: Vec<&PathBuf> = paths.iter().collect();
    roots.sort_by_cached_key(|path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf()));
    for path in roots {
        if path.as_os_str() == "-" {
            if taken.insert(path.clone()) {
                found.sources.push(Source {
                    dump: "-".into(),
                    path: None,
                    bytes: 0,
                    in_folder: false,
                });
            }
            continue;
        }
        walk_one(path, filter, out.as_ref(), &mut taken, &mut found);
    }
    found.sources.sort_by(|a, b| (&a.dump, &a.path).cmp(&(&b.dump, &b.path)));
    found.skipped.sort();
    found.failures.sort();
    found
}

fn walk_one(
    root: &Path,
    filter: &Filter,
    out: Option<&Output>,
    taken: &mut HashSet<PathBuf>,
    found: &mut Walked,
) {
    let mut entries = walkdir::WalkDir::new(root).follow_root_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let dump = e
                    .path()
                    .filter(|path| *path != root)
                    .map_or_else(|| root.display().to_string(), |path| name_of(path, root));
                let error = e.io_error().map_or_else(|| e.to_string(), ToString::to_string);
                found.failures.push(Failure { dump, record: None, error });
                continue;
            }
        };
        let dump = name_of(entry.path(), root);
        let mut skip = |reason: &str| {
            found.skipped.push(Skipped { dump: dump.clone(), reason: reason.into() })
        };
        let is_dir = entry.file_type().is_dir() || entry.depth() == 0 && entry.path().is_dir();
        if entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".") {
            skip("is hidden");
            if is_dir {
                entries.skip_current_dir();
            }
        } else if is_dir {
            if entry.depth() > 0
                && out.is_some_and(|out| entry.path().canonicalize().is_ok_and(|p| p == out.folder))
            {
                skip("is the output folder");
                entries.skip_current_dir();
            }
        } else if is_our_output(entry.path(), out) {
            if entry.depth() == 0 {
                found.in_output.get_or_insert_with(|| entry.path().to_path_buf());
            } else {
                skip("is the output of a run");
            }
        } else if entry.path_is_symlink() && entry.depth() > 0 {
            skip("is a link");
        } else if !entry.path().is_file() && entry.depth() > 0 {
            skip("is no regular file");
        } else if let Some(reason) = filter.refuses(&dump, entry.depth() > 0) {
            skip(reason);
        } else if !taken
            .insert(entry.path().canonicalize().unwrap_or_else(|_| entry.path().to_path_buf()))
        {
            skip("was given twice");
        } else {
            let (bytes, in_folder) = (entry.metadata().map_or(0, |m| m.len()), entry.depth() > 0);
            found.sources.push(Source { dump, path: Some(entry.into_path()), bytes, in_folder });
        }
    }
}

/// Whether a file is one that a run has written into `out`, or writes there.
fn is_our_output(path: &Path, out: Option<&Output>) -> bool {
    let Some(out) = out else { return false };
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    if !out.has_tree && !is_output(&name) {
        return false;
    }
    let folder = path.parent().and_then(|parent| parent.canonicalize().ok());
    let below = folder
        .and_then(|folder| folder.strip_prefix(&out.folder).map(|below| below.join(&*name)).ok());
    below.is_some_and(|below| {
        is_output(&name_of(&below, Path::new(""))) || out.has_tree && below.starts_with(ARTICLES)
    })
}

/// The folder that a run writes to.
struct Output {
    folder: PathBuf,
    /// Whether an earlier run has left a folder of articles there.
    has_tree: bool,
}

/// `path` relative to `root`, with `/` between its parts; the last part where they are the same.
fn name_of(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() {
        path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
    } else {
        parts.join("/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_arguments_does_not_matter_and_nothing_is_left_out_silently() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b/x.txt", "a/y.txt", "a/.hidden", "a/z.csv", "out/articles.jsonl"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let filter = Filter::new(&["*.txt".into()], &[]).unwrap();
        let [a, b, out] = ["a", "b", "out"].map(|n| dir.path().join(n));
        let found = walk(&[b.clone(), a.clone(), b.join("x.txt")], &filter, Some(&out));
        assert_eq!(found, walk(&[a, b.clone(), b.join("x.txt")], &filter, Some(&out)));
        assert_eq!(
            found.sources.iter().map(|s| s.dump.as_str()).collect::<Vec<_>>(),
            ["x.txt", "y.txt"]
        );
        let reasons: Vec<_> =
            found.skipped.iter().map(|s| (s.dump.as_str(), s.reason.as_str())).collect();
        assert_eq!(
            reasons,
            [
                (".hidden", "is hidden"),
                ("x.txt", "was given twice"),
                ("z.csv", "does not match --include")
            ]
        );
        let all = walk(&[dir.path().to_path_buf()], &filter, Some(&out));
        assert!(all.skipped.iter().any(|s| s.dump == "out" && s.reason == "is the output folder"));
    }

    #[test]
    fn of_a_folder_documents_are_taken_by_their_names() {
        let names = ["a.jsonl", "b.JSON.gz", "c.v2.ndjson.zst", "d.parquet", "e.csv.gz"];
        assert!(names.into_iter().all(|name| Filter::documents().refuses(name, true).is_none()));
        for name in ["notes.txt", "gz", "json", "out/manifest.json", "ledger.jsonl"] {
            assert!(Filter::documents().refuses(name, true).is_some(), "{name}");
            assert_eq!(Filter::documents().refuses(name, false), None);
        }
        assert_eq!(Filter::documents().refuses("out/articles.jsonl", true), None);
    }

    #[test]
    fn a_missing_path_is_a_failure() {
        let found = walk(&["no/such/place".into()], &Filter::default(), None);
        assert_eq!(found.failures.len(), 1);
    }
}
