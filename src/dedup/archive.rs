//! What earlier runs saw: articles in a file, found again by what their fingerprints share.
//!
//! One writer at a time; what a session took is there after its commit and not before, whatever happens in between.

use std::path::{Path, PathBuf};

use redb::{
    Database, MultimapTable, MultimapTableDefinition, ReadableMultimapTable, ReadableTable, ReadableTableMetadata, Table, TableDefinition, WriteTransaction,
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::batch::Relation;
use super::canonical::COMPLETE;
use super::cluster::is_copy;
use super::fingerprint::Fingerprint;
use super::letters::Letters;
use super::overlap::Anchor;
use super::weight::Weights;
use crate::article::Article;
use crate::error::{Error, Result};

/// The version of the file's format.
const FORMAT: u64 = 1;
/// Articles with a shingle that are looked up; a shingle of more proposes none.
const POSTINGS: usize = 64;
/// Articles that a text is compared with.
const COMPARED: usize = 12;
/// Sampled shingles that must be shared with an article before texts are compared.
const LEAST_SHARED: u32 = 2;

const ABOUT: TableDefinition<&str, u64> = TableDefinition::new("about");
const ARTICLES: TableDefinition<u64, &[u8]> = TableDefinition::new("articles");
const EXACT: TableDefinition<u128, u64> = TableDefinition::new("exact");
const SHINGLES: MultimapTableDefinition<u32, u64> = MultimapTableDefinition::new("shingles");

/// An index file.
///
/// ```no_run
/// use dechaff::{Cleaner, Index, Options, Standing};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let index = Index::open("seen.redb")?;
/// let mut session = index.session()?;
/// for article in cleaner.clean("…").articles {
///     match session.take(&article)? {
///         Standing::New => println!("new: {}", article.text),
///         Standing::CopyOf(known) => println!("a copy of {}", known.id),
///         Standing::Supersedes(known) => println!("more complete than {}", known.id),
///     }
/// }
/// session.commit()?;
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Index {
    database: Database,
    path: PathBuf,
}

/// An article of the index.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// How the two relate.
    pub relation: Relation,
    /// How similar they are, 0 to 1.
    pub similarity: f32,
}

/// What an article is next to those in the index.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// No copy of any; it is in the index now.
    New,
    /// A copy of one that is as complete.
    CopyOf(Known),
    /// A more complete copy of one, whose place it has taken.
    Supersedes(Known),
}

/// How much an index holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Articles.
    pub articles: u64,
    /// Articles whose place a more complete copy has taken.
    pub superseded: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// An article as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(borrow)]
    text: std::borrow::Cow<'a, str>,
}

fn failed<E: Into<redb::Error>>(path: &Path) -> impl Fn(E) -> Error {
    move |e| Error::Index { path: path.into(), reason: e.into().to_string() }
}

impl Index {
    /// Opens an index file, which is made where missing.
    ///
    /// # Errors
    /// [`Error::Index`] when it is none, is of another format, or is open elsewhere.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        let refuse = |reason: &str| Error::Index { path: path.into(), reason: reason.into() };
        let database = Database::create(path).map_err(|e| match e {
            redb::DatabaseError::DatabaseAlreadyOpen => refuse("is in use by another run; wait for it or take another file"),
            redb::DatabaseError::UpgradeRequired(_) => refuse("was made by another version; begin a new one"),
            other => refuse(&format!("cannot be opened as an index: {other}")),
        })?;
        let index = Index { database, path: path.into() };
        let transaction = index.database.begin_write().map_err(failed(path))?;
        let format = {
            let mut about = transaction.open_table(ABOUT).map_err(failed(path))?;
            let known = about.get("format").map_err(failed(path))?.map(|format| format.value());
            if known.is_none() {
                about.insert("format", FORMAT).map_err(failed(path))?;
            }
            known.unwrap_or(FORMAT)
        };
        if format != FORMAT {
            return Err(refuse("was made by another version; begin a new one"));
        }
        transaction.open_table(ARTICLES).map_err(failed(path))?;
        transaction.open_table(EXACT).map_err(failed(path))?;
        transaction.open_multimap_table(SHINGLES).map_err(failed(path))?;
        transaction.commit().map_err(failed(path))?;
        Ok(index)
    }

    /// Begins to take articles.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn session(&self) -> Result<Session<'_>> {
        let transaction = self.database.begin_write().map_err(failed(&self.path))?;
        Ok(Session { transaction, path: &self.path, letters: Letters::default(), of_known: Letters::default(), anchor: Anchor::default() })
    }

    /// How much it holds.
    ///
    /// # Errors
    /// [`Error::Index`] when it cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let transaction = self.database.begin_write().map_err(failed(&self.path))?;
        let articles = transaction.open_table(ARTICLES).map_err(failed(&self.path))?.len().map_err(failed(&self.path))?;
        let about = transaction.open_table(ABOUT).map_err(failed(&self.path))?;
        let superseded = about.get("superseded").map_err(failed(&self.path))?.map_or(0, |count| count.value());
        let bytes = std::fs::metadata(&self.path).map_err(Error::io(&self.path))?.len();
        Ok(Stats { articles, superseded, bytes })
    }

    /// Gives back the room that superseded articles took; says whether the file became smaller.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn compact(&mut self) -> Result<bool> {
        self.database.compact().map_err(failed(&self.path))
    }
}

/// Takes articles into an index, all of them or, without [`Session::commit`], none.
pub struct Session<'i> {
    transaction: WriteTransaction,
    path: &'i Path,
    letters: Letters,
    of_known: Letters,
    anchor: Anchor,
}

impl Session<'_> {
    /// Compares an article with all that are known, and takes it in unless it is a copy of one that is as complete.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be read or written.
    pub fn take(&mut self, article: &Article) -> Result<Standing> {
        self.weigh(article).map_err(failed(self.path))
    }

    fn weigh(&mut self, article: &Article) -> Result<Standing, redb::Error> {
        self.letters.read(&article.text);
        let fingerprint = Fingerprint::new(&self.letters);
        let mut articles = self.transaction.open_table(ARTICLES)?;
        let mut exact = self.transaction.open_table(EXACT)?;
        let mut shingles = self.transaction.open_multimap_table(SHINGLES)?;
        let same = exact.get(fingerprint.exact)?.map(|number| number.value());
        let found = match same {
            Some(number) => Some(Match { number, relation: Relation::Exact, similarity: 1.0, completeness: 1.0 }),
            None => {
                let (numbers, weights) = proposed(&fingerprint, &shingles)?;
                best(&self.letters, &numbers, &weights, &articles, &mut self.anchor, &mut self.of_known)?
            }
        };
        let Some((found, known)) = found.map(|found| found.known(&articles).map(|known| (found, known))).transpose()? else {
            add(article, &fingerprint, &mut articles, &mut exact, &mut shingles)?;
            return Ok(Standing::New);
        };
        if found.completeness >= COMPLETE {
            return Ok(Standing::CopyOf(known));
        }
        remove(found.number, &mut self.of_known, &mut articles, &mut exact, &mut shingles)?;
        add(article, &fingerprint, &mut articles, &mut exact, &mut shingles)?;
        let mut about = self.transaction.open_table(ABOUT)?;
        let superseded = about.get("superseded")?.map_or(0, |count| count.value());
        about.insert("superseded", superseded + 1)?;
        Ok(Standing::Supersedes(known))
    }

    /// Writes what was taken.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn commit(self) -> Result<()> {
        self.transaction.commit().map_err(failed(self.path))
    }
}

/// A known article that a text is a copy of.
struct Match {
    number: u64,
    relation: Relation,
    similarity: f32,
    /// How much of the longer of the two the known one has.
    completeness: f32,
}

impl Match {
    fn known(&self, articles: &Articles) -> Result<Known, redb::Error> {
        let line = articles.get(self.number)?;
        let kept = line.as_ref().and_then(|line| serde_json::from_slice::<Kept>(line.value()).ok());
        let id = kept.map(|kept| kept.id.into_owned()).ok_or_else(|| redb::Error::Corrupted(format!("article {} is missing", self.number)))?;
        Ok(Known { id, relation: self.relation, similarity: self.similarity })
    }
}

type Articles<'t> = Table<'t, u64, &'static [u8]>;
type Exact<'t> = Table<'t, u128, u64>;
type Shingles<'t> = MultimapTable<'t, u32, u64>;

/// The articles that share most of the sampled shingles of a text, and what the shingles weigh.
fn proposed(fingerprint: &Fingerprint, shingles: &Shingles) -> Result<(Vec<u64>, Weights), redb::Error> {
    let mut weights = Weights::default();
    let mut shared: FxHashMap<u64, u32> = FxHashMap::default();
    for &shingle in &fingerprint.sample {
        let numbers: Vec<u64> = shingles.get(shingle)?.take(POSTINGS).map(|n| n.map(|n| n.value())).collect::<Result<_, _>>()?;
        weights.note(shingle, numbers.len() + 1);
        if numbers.len() < POSTINGS {
            numbers.into_iter().for_each(|number| *shared.entry(number).or_default() += 1);
        }
    }
    let mut found: Vec<(u32, u64)> = shared.into_iter().filter(|&(_, count)| count >= LEAST_SHARED).map(|(number, count)| (count, number)).collect();
    found.sort_unstable_by_key(|&(count, number)| (std::cmp::Reverse(count), number));
    Ok((found.into_iter().take(COMPARED).map(|(_, number)| number).collect(), weights))
}

/// Of the articles proposed the one that a text shares most with, if the two are copies.
fn best(
    letters: &Letters,
    numbers: &[u64],
    weights: &Weights,
    articles: &Articles,
    anchor: &mut Anchor,
    of_known: &mut Letters,
) -> Result<Option<Match>, redb::Error> {
    let mut best: Option<(f32, Match)> = None;
    for &number in numbers {
        let Some(kept) = articles.get(number)? else { continue };
        let Ok(kept) = serde_json::from_slice::<Kept>(kept.value()) else { continue };
        of_known.read(&kept.text);
        let [own, other] = [letters, &*of_known].map(|letters| letters.bytes().len() as u32);
        let (longer, shorter) = if own > other { (letters, &*of_known) } else { (&*of_known, letters) };
        anchor.set(longer, weights);
        let overlap = anchor.overlap(shorter, weights);
        if !is_copy(&overlap, own.max(other), own.min(other)) || best.as_ref().is_some_and(|(share, _)| *share >= overlap.larger()) {
            continue;
        }
        let (relation, similarity) = overlap.relation();
        let length = other as f32 / own.max(1) as f32;
        let completeness = match relation {
            _ if other >= own => 1.0,
            Relation::Contained => overlap.of_anchor,
            _ => length.max(overlap.of_anchor),
        };
        best = Some((overlap.larger(), Match { number, relation, similarity, completeness }));
    }
    Ok(best.map(|(_, found)| found))
}

fn add(article: &Article, fingerprint: &Fingerprint, articles: &mut Articles, exact: &mut Exact, shingles: &mut Shingles) -> Result<(), redb::Error> {
    let number = articles.last()?.map_or(0, |(number, _)| number.value() + 1);
    let kept = serde_json::to_vec(&Kept { id: article.id.as_str().into(), text: article.text.as_str().into() }).map_err(|e| redb::Error::Io(e.into()))?;
    articles.insert(number, kept.as_slice())?;
    exact.insert(fingerprint.exact, number)?;
    for &shingle in &fingerprint.sample {
        shingles.insert(shingle, number)?;
    }
    Ok(())
}

fn remove(number: u64, letters: &mut Letters, articles: &mut Articles, exact: &mut Exact, shingles: &mut Shingles) -> Result<(), redb::Error> {
    let Some(kept) = articles.remove(number)?.map(|kept| kept.value().to_vec()) else { return Ok(()) };
    let Ok(kept) = serde_json::from_slice::<Kept>(&kept) else { return Ok(()) };
    letters.read(&kept.text);
    let fingerprint = Fingerprint::new(letters);
    exact.remove(fingerprint.exact)?;
    for &shingle in &fingerprint.sample {
        shingles.remove(shingle, number)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Options};

    const QUAY: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.";
    const CREWS: &str =
        "Crews from three towns had worked through both weekends, and the last of the new lamps was lit an hour before the first ferry came in.";
    const MILL: &str = "The paper mill at Tarn Bridge has hired forty people for a second shift, the first new hands it has taken on in eleven years.";

    fn article(paragraphs: &[&str]) -> Article {
        let cleaner = Cleaner::new(Options { no_built_in_rules: true, model: crate::Choice::None, ..Options::default() }).unwrap();
        cleaner.clean(&paragraphs.join("\n\n")).articles.remove(0)
    }

    fn take(index: &Index, article: &Article) -> Standing {
        let mut session = index.session().unwrap();
        let standing = session.take(article).unwrap();
        session.commit().unwrap();
        standing
    }

    #[test]
    fn a_copy_is_known_in_the_next_session_and_a_fuller_one_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen.redb");
        let (short, full) = (article(&[QUAY]), article(&[QUAY, CREWS, &CREWS.replace("three", "four"), &QUAY.to_uppercase()]));
        assert_eq!(take(&Index::open(&path).unwrap(), &short), Standing::New);
        let mut index = Index::open(&path).unwrap();
        assert!(matches!(take(&index, &short), Standing::CopyOf(known) if known.id == short.id && known.relation == Relation::Exact));
        assert!(matches!(take(&index, &full), Standing::Supersedes(known) if known.id == short.id));
        assert!(matches!(take(&index, &short), Standing::CopyOf(known) if known.id == full.id && known.relation == Relation::Contained));
        assert_eq!(take(&index, &article(&[MILL])), Standing::New);
        let Stats { articles, superseded, .. } = index.stats().unwrap();
        assert_eq!((articles, superseded), (2, 1));
        index.compact().unwrap();
        assert_eq!(index.stats().unwrap().articles, 2);
    }

    #[test]
    fn what_was_not_committed_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open(folder.path().join("seen.redb")).unwrap();
        index.session().unwrap().take(&article(&[QUAY])).unwrap();
        assert_eq!(index.stats().unwrap().articles, 0);
    }

    #[test]
    fn a_file_that_is_no_index_or_is_in_use_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        std::fs::write(&path, "not an index, and longer than nothing at all").unwrap();
        assert!(Index::open(&path).unwrap_err().to_string().contains("notes.txt"));
        let path = folder.path().join("seen.redb");
        let _open = Index::open(&path).unwrap();
        assert!(Index::open(&path).unwrap_err().to_string().contains("in use"));
    }
}
