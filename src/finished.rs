//! The files of a finished run, read back: its manifest, and its lines one at a time.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use dechaff::{Kind, Wanted, printable};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The folder that a run of `dechaff clean` has written to.
pub(crate) struct Finished {
    folder: PathBuf,
    pub(crate) manifest: Manifest,
}

/// What is read of the manifest.
#[derive(Deserialize)]
pub(crate) struct Manifest {
    pub(crate) tool: String,
    pub(crate) started: String,
    pub(crate) format: String,
    pub(crate) files: Vec<String>,
    #[serde(default)]
    pub(crate) rule_packs: Vec<PackName>,
    #[serde(default)]
    options: Option<Map<String, Value>>,
    /// All else, as it stands.
    #[serde(flatten)]
    pub(crate) rest: Map<String, Value>,
}

#[derive(Deserialize, PartialEq, Eq)]
pub(crate) struct PackName {
    pub(crate) name: String,
    pub(crate) digest: String,
}

impl Manifest {
    /// An option of the run by its name; null where it has none.
    pub(crate) fn option(&self, name: &str) -> &Value {
        self.options.as_ref().and_then(|options| options.get(name)).unwrap_or(&Value::Null)
    }

    /// The paths in an option.
    pub(crate) fn paths(&self, name: &str) -> Vec<PathBuf> {
        let listed = self.option(name).as_array().map_or(&[][..], Vec::as_slice);
        listed.iter().filter_map(Value::as_str).map(PathBuf::from).collect()
    }
}

/// A line of the ledger: a record, and the verdict on every byte of it.
#[derive(Deserialize)]
pub(crate) struct LedgerLine {
    pub(crate) dump: String,
    pub(crate) record: Option<String>,
    pub(crate) digest: String,
    pub(crate) bytes: usize,
    pub(crate) format: String,
    pub(crate) spans: Vec<LedgerSpan>,
}

/// A stretch of a record with its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct LedgerSpan {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) article: Option<usize>,
    pub(crate) rule: Option<String>,
    pub(crate) kept: Option<bool>,
}

impl LedgerSpan {
    /// Whether it is in the article's text or title.
    pub(crate) fn is_kept(&self) -> bool {
        self.kept.unwrap_or(self.kind.is_kept())
    }

    /// Whether it is debris that no article keeps, and that is lost: the text of a copy stands in another article, and that of one that is not
    /// wanted is no debris.
    pub(crate) fn is_lost(&self) -> bool {
        let is_debris = self.kind.is_debris() && self.kind != Kind::Copy;
        is_debris && !self.is_kept() && !self.is_unwanted()
    }

    /// Whether it is of an article that the run was told to leave out.
    pub(crate) fn is_unwanted(&self) -> bool {
        self.rule.as_deref().is_some_and(Wanted::is_unwanted)
    }

    pub(crate) fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

impl Finished {
    /// The run that has written to this folder.
    pub(crate) fn open(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join("manifest.json");
        let bytes = std::fs::read(&path).map_err(|e| {
            let shown = printable(&folder.display().to_string());
            anyhow::anyhow!("{shown}: holds no finished run (manifest.json: {e}); name the folder that dechaff clean wrote to")
        })?;
        let manifest = serde_json::from_slice(&bytes).map_err(|e| failed(&path, e))?;
        let finished = Self { folder: folder.into(), manifest };
        anyhow::ensure!(!finished.files("ledger").is_empty(), without_ledger(folder));
        Ok(finished)
    }

    /// Whether the run into this folder was told to write no ledger.
    pub(crate) fn has_no_ledger(folder: &Path) -> bool {
        let manifest = std::fs::read(folder.join("manifest.json")).ok();
        let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        manifest.is_some_and(|manifest| manifest.option("ledger") == "none")
    }

    pub(crate) fn ledger(&self) -> Lines<LedgerLine> {
        Lines::of(self.files("ledger"))
    }

    /// The articles, each read as a `T`; nothing where they are no JSON lines.
    pub(crate) fn articles<T>(&self) -> Lines<T> {
        let is_lines = self.manifest.format == "jsonl";
        Lines::of(if is_lines { self.files("articles") } else { Vec::new() })
    }

    /// The files of lines with this stem, in their order.
    fn files(&self, stem: &str) -> Vec<PathBuf> {
        let is_own = |name: &&String| {
            let rest = name.strip_prefix(stem).unwrap_or_default();
            let ending = rest.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
            matches!(ending, ".jsonl" | ".jsonl.gz" | ".jsonl.zst")
        };
        self.manifest.files.iter().filter(is_own).map(|name| self.folder.join(name)).collect()
    }
}

/// The lines of files, one after the other; one is in memory at a time.
pub(crate) struct Lines<T> {
    files: VecDeque<PathBuf>,
    open: Option<(PathBuf, Box<dyn BufRead>)>,
    number: u64,
    line: String,
    of: PhantomData<T>,
}

impl<T> Lines<T> {
    fn of(files: Vec<PathBuf>) -> Self {
        Self { files: files.into(), open: None, number: 0, line: String::new(), of: PhantomData }
    }
}

impl<T: DeserializeOwned> Iterator for Lines<T> {
    type Item = anyhow::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.open.is_none() {
                let path = self.files.pop_front()?;
                self.number = 0;
                match opened(&path) {
                    Ok(file) => self.open = Some((path, file)),
                    Err(error) => return Some(Err(error)),
                }
            }
            let (path, file) = self.open.as_mut()?;
            self.line.clear();
            self.number += 1;
            match file.read_line(&mut self.line) {
                Ok(0) => self.open = None,
                Ok(_) => {
                    let at = || PathBuf::from(format!("{}:{}", path.display(), self.number));
                    return Some(serde_json::from_str(&self.line).map_err(|e| failed(&at(), e)));
                }
                Err(error) => {
                    let error = failed(path, error);
                    (self.open, self.files) = (None, VecDeque::new());
                    return Some(Err(error));
                }
            }
        }
    }
}

/// What is said of a folder without a ledger.
pub(crate) fn without_ledger(folder: &Path) -> String {
    let shown = printable(&folder.display().to_string());
    match Finished::has_no_ledger(folder) {
        true => format!(
            "{shown}: has no ledger, as its run was told --ledger none; clean the dumps again with --ledger jsonl"
        ),
        false => format!("{shown}: its run wrote no ledger"),
    }
}

fn opened(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let file = File::open(path).map_err(|e| failed(path, e))?;
    Ok(match path.extension().and_then(|ending| ending.to_str()) {
        Some("gz") => Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(file))),
        Some("zst") => {
            let decoder = zstd::Decoder::new(file).map_err(|e| failed(path, e))?;
            Box::new(BufReader::new(decoder))
        }
        _ => Box::new(BufReader::with_capacity(1 << 16, file)),
    })
}

fn failed(path: &Path, error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("{}: {error}", printable(&path.display().to_string()))
}
