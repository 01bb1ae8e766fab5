//! What a run folded of a record: which article each went to, and what of it stands nowhere there.

use std::collections::HashMap;
use std::fs::File;
use std::hash::Hash;
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use dechaff::printable;
use dechaff::{Copy, CopyOf, Record, Relation, Span};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::finished::{Finished, without_ledger};

/// The output of a run: its files, in which lines are found by what they are about.
pub(crate) struct Folds {
    ledgers: Lines<RecordKey>,
    articles: Lines<ArticleKey>,
    known: Lines<KnownKey>,
    /// The article that was read last: many records may have been folded into it.
    last: Option<(ArticleKey, Copies)>,
}

/// The copies of an article by where they stand, each with where the article does.
type Copies = HashMap<Place, (Place, Copy)>;

/// Lines of files, and where those with a key stand, as (file, offset).
struct Lines<K> {
    files: Vec<PathBuf>,
    places: HashMap<K, Vec<(usize, u64)>>,
}

/// What a line of the ledger is found by.
#[derive(PartialEq, Eq, Hash, Deserialize)]
struct RecordKey {
    digest: String,
    record: Option<String>,
}

/// What an article is found by.
#[derive(PartialEq, Eq, Hash, Deserialize)]
struct ArticleKey {
    id: String,
}

/// What a copy of an article that an earlier run has written is found by.
#[derive(PartialEq, Eq, Hash, Deserialize)]
struct KnownKey {
    /// That of the article.
    id: String,
    #[serde(flatten)]
    place: Place,
}

/// An article of a record that was folded into another.
#[derive(Debug, Serialize)]
pub(crate) struct Fold {
    /// The article, from 1.
    pub(crate) article: usize,
    /// The id of the article that it went to.
    copy_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<Relation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
    /// Where that stands; null where an earlier run has written it, or where the articles are no JSON lines.
    into: Option<Place>,
    /// The share of its bytes that stands nowhere there, and where; null where that is not known.
    own_share: Option<f64>,
    own: Option<Vec<Span>>,
}

/// Where an article stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Place {
    dump: String,
    record: Option<String>,
    article: usize,
}

/// What is read of a line of the ledger.
#[derive(Deserialize)]
struct LedgerLine {
    dump: String,
    record: Option<String>,
    spans: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    start: usize,
    end: usize,
    article: Option<usize>,
    copy_of: Option<String>,
}

/// What is read of a line of the articles.
#[derive(Deserialize)]
struct ArticleLine {
    provenance: Provenance,
}

#[derive(Deserialize)]
struct Provenance {
    dump: String,
    record: Option<String>,
    article: usize,
    copies: Vec<Copy>,
}

/// A line of the copies of what earlier runs have written.
#[derive(Deserialize)]
struct KnownLine {
    #[serde(flatten)]
    of: CopyOf,
}

impl Folds {
    /// Those of a run into this folder.
    pub(crate) fn open(out: &Path) -> anyhow::Result<Self> {
        let files = |name: &str| -> anyhow::Result<Vec<PathBuf>> {
            let all =
                std::fs::read_dir(out).map_err(|e| anyhow::anyhow!("{}: {e}", out.display()))?;
            let mut found = Vec::new();
            for file in all {
                let path = file?.path();
                let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let rest = file_name.strip_prefix(name).unwrap_or_default();
                let is_shard = rest.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
                if is_shard == ".jsonl" {
                    found.push(path);
                }
            }
            found.sort();
            Ok(found)
        };
        let ledgers = files("ledger")?;
        anyhow::ensure!(!ledgers.is_empty() || !Finished::has_no_ledger(out), without_ledger(out));
        anyhow::ensure!(
            !ledgers.is_empty(),
            "{}: holds no ledger.jsonl; name the folder of a run whose files are not compressed",
            printable(&out.display().to_string())
        );
        Ok(Self {
            ledgers: Lines::of(ledgers)?,
            articles: Lines::of(files("articles")?)?,
            known: Lines::of(files("copies")?)?,
            last: None,
        })
    }

    /// What was folded of a record that stands in a dump of this path; None where the run has not seen the record.
    pub(crate) fn of(&mut self, path: &Path, record: &Record) -> anyhow::Result<Option<Vec<Fold>>> {
        let key = RecordKey { digest: record.digest(), record: record.id.clone() };
        let mut found: Option<LedgerLine> = None;
        self.ledgers.each(&key, |line: LedgerLine| {
            // Of dumps with the same text the one of this name.
            if found.is_none() || path.ends_with(&line.dump) {
                found = Some(line);
            }
        })?;
        let Some(LedgerLine { dump, record, spans, .. }) = found else { return Ok(None) };
        let mut folds: Vec<Fold> = Vec::new();
        for Entry { article, copy_of, .. } in &spans {
            if let (Some(article), Some(id)) = (*article, copy_of)
                && folds.iter().all(|fold| fold.article != article)
            {
                let copy_of = id.clone();
                folds.push(Fold {
                    article,
                    copy_of,
                    relation: None,
                    similarity: None,
                    into: None,
                    own_share: None,
                    own: None,
                });
            }
        }
        for fold in &mut folds {
            let place = Place { dump: dump.clone(), record: record.clone(), article: fold.article };
            let of_article = spans
                .iter()
                .filter(|entry| entry.article == Some(fold.article) && entry.copy_of.is_some());
            let bytes = of_article.map(|entry| entry.end - entry.start).sum();
            self.complete(fold, &place, bytes)?;
        }
        Ok(Some(folds))
    }

    /// Adds what the other files say of a fold of so many bytes.
    fn complete(&mut self, fold: &mut Fold, place: &Place, bytes: usize) -> anyhow::Result<()> {
        let id = fold.copy_of.clone();
        if let Some((into, copy)) = self.copies(ArticleKey { id: id.clone() })?.get(place) {
            fold.into = Some(into.clone());
            (fold.relation, fold.similarity) = (Some(copy.relation), Some(copy.similarity));
            let own: Option<usize> =
                copy.own.as_ref().map(|own| own.iter().map(|span| span.len()).sum());
            fold.own_share = own.map(|own| (own as f64 / bytes.max(1) as f64 * 1e4).round() / 1e4);
            fold.own = copy.own.clone();
        }
        self.known.each(&KnownKey { id, place: place.clone() }, |KnownLine { of }: KnownLine| {
            (fold.relation, fold.similarity) = (Some(of.relation), Some(of.similarity));
        })
    }

    /// The copies of an article.
    fn copies(&mut self, key: ArticleKey) -> anyhow::Result<&Copies> {
        let last = self.last.take().filter(|(last, _)| *last == key);
        let read = match last {
            Some((_, copies)) => copies,
            None => {
                let mut all = Copies::new();
                self.articles.each(&key, |line: ArticleLine| {
                    let Provenance { dump, record, article, copies } = line.provenance;
                    let into = Place { dump, record, article };
                    all.extend(copies.into_iter().map(|copy| {
                        let Copy { dump, record, article, .. } = &copy;
                        let (dump, record) = (dump.clone(), record.clone());
                        (Place { dump, record, article: *article }, (into.clone(), copy))
                    }));
                })?;
                all
            }
        };
        Ok(&self.last.insert((key, read)).1)
    }
}

impl Fold {
    /// Says it in words, with what only this article has.
    pub(crate) fn show(&self, text: &str, out: &mut impl Write) -> std::io::Result<()> {
        let Self { article, copy_of, .. } = self;
        write!(out, "article {article} was folded into {copy_of}")?;
        if let Some(Place { dump, record, article }) = &self.into {
            let record =
                record.as_deref().map_or(String::new(), |record| format!(", record {record}"));
            write!(out, " (article {article} of {}{})", printable(dump), printable(&record))?;
        }
        if let (Some(relation), Some(similarity)) = (self.relation, self.similarity) {
            let relation = format!("{relation:?}").to_lowercase();
            write!(out, ": {relation}, similarity {similarity}")?;
        }
        match (&self.own, self.own_share) {
            (Some(own), Some(share)) => {
                writeln!(out, "; {:.1} % of it stands nowhere there", 100.0 * share)?;
                own.iter().try_for_each(|span| {
                    let shown = text.get(span.start..span.end).unwrap_or_default();
                    writeln!(out, "  {}-{}  {}", span.start, span.end, printable(shown))
                })
            }
            _ => writeln!(out),
        }
    }
}

impl<K: DeserializeOwned + Eq + Hash> Lines<K> {
    /// Reads the keys of all lines.
    fn of(files: Vec<PathBuf>) -> anyhow::Result<Self> {
        let mut places: HashMap<K, Vec<(usize, u64)>> = HashMap::new();
        for (number, path) in files.iter().enumerate() {
            let (mut file, mut line, mut at) = (open(path)?, String::new(), 0);
            loop {
                line.clear();
                let len = file.read_line(&mut line).map_err(|e| failed(path, e))?;
                if len == 0 {
                    break;
                }
                let key = serde_json::from_str(&line).map_err(|e| failed(path, e))?;
                places.entry(key).or_default().push((number, at));
                at += len as u64;
            }
        }
        Ok(Self { files, places })
    }

    /// Reads the lines with this key.
    fn each<T: DeserializeOwned>(&self, key: &K, mut take: impl FnMut(T)) -> anyhow::Result<()> {
        for &(number, at) in self.places.get(key).into_iter().flatten() {
            let path = &self.files[number];
            let (mut file, mut line) = (open(path)?, String::new());
            file.seek(SeekFrom::Start(at)).map_err(|e| failed(path, e))?;
            file.read_line(&mut line).map_err(|e| failed(path, e))?;
            take(serde_json::from_str(&line).map_err(|e| failed(path, e))?);
        }
        Ok(())
    }
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    File::open(path).map(BufReader::new).map_err(|e| failed(path, e))
}

fn failed(path: &Path, error: impl std::fmt::Display) -> anyhow::Error {
    anyhow::anyhow!("{}: {error}", printable(&path.display().to_string()))
}
