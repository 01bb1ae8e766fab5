//! What earlier runs saw: articles in a file, found again by what their fingerprints share.
//!
//! One writer at a time; what a session took is there after its commit and not before, whatever happens in between.

pub(crate) mod tables;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub use crate::compare::index::tables::Known;
use crate::compare::index::tables::{
    ARTICLES, EXACT, Kept, SHINGLES, best, known, proposed, remove,
};
use redb::{
    Database, ReadableDatabase, ReadableTable, ReadableTableMetadata, TableDefinition,
    WriteTransaction,
};
use serde::Serialize;

use crate::article::Article;
use crate::article::Relation;
use crate::compare::articles::Facts;
use crate::compare::fingerprint::Fingerprint;
use crate::compare::thresholds::Thresholds;
use crate::error::{Error, Result};
use crate::text::letters::NormalizedText;

/// The version of the file's format.
const FORMAT: u64 = 1;
const ABOUT: TableDefinition<&str, u64> = TableDefinition::new("about");

/// An index file.
///
/// ```no_run
/// use dechaff::{Cleaner, Index, Options, IndexMatch};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let mut index = Index::open("seen.redb")?;
/// let mut session = index.session()?;
/// for article in cleaner.clean("…").articles {
///     match session.take(&article)? {
///         IndexMatch::New => println!("new: {}", article.text),
///         IndexMatch::CopyOf(known) => println!("a copy of {}", known.id),
///         IndexMatch::Supersedes(known) => println!("more complete than {}", known.id),
///     }
/// }
/// session.commit()?;
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Index {
    database: Database,
    path: PathBuf,
    thresholds: Thresholds,
}

/// What an article is next to those in the index.
#[derive(Debug, Clone, PartialEq)]
pub enum IndexMatch {
    /// No copy of any; it is in the index now.
    New,
    /// A copy of one that is as complete.
    CopyOf(Known),
    /// A more complete copy of one, whose place it has taken.
    Supersedes(Known),
}

impl IndexMatch {
    /// The article of the index that it is about.
    #[must_use]
    pub fn known(&self) -> Option<&Known> {
        match self {
            IndexMatch::New => None,
            IndexMatch::CopyOf(known) | IndexMatch::Supersedes(known) => Some(known),
        }
    }
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

fn failed<E: Into<redb::Error>>(path: &Path) -> impl Fn(E) -> Error {
    move |e| match e.into() {
        redb::Error::Io(source) => Error::Io { path: path.into(), source },
        other => Error::Index { path: path.into(), reason: other.to_string() },
    }
}

/// Runs a step on a file that may be damaged in ways that the store only notices by breaking down.
fn guarded<T>(path: &Path, step: impl FnOnce() -> Result<T, redb::Error>) -> Result<T> {
    let broken =
        || Error::Index { path: path.into(), reason: "is damaged; begin a new one".into() };
    crate::guard::guarded(step).ok_or_else(broken)?.map_err(failed(path))
}

impl Index {
    /// Opens an index file, which is made where missing.
    ///
    /// # Errors
    /// [`Error::Index`] when it is none, is of another format, or is open elsewhere.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        let path = path.as_ref();
        let refuse = |reason: &str| Error::Index { path: path.into(), reason: reason.into() };
        if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            return Err(refuse("its folder is missing; make it first"));
        }
        let database = guarded(path, || Ok(Database::create(path)))?.map_err(|e| match e {
            redb::DatabaseError::DatabaseAlreadyOpen => {
                refuse("is in use by another run; wait for it or take another file")
            }
            redb::DatabaseError::UpgradeRequired(_) => {
                refuse("was made by another version; begin a new one")
            }
            other => refuse(&format!("cannot be opened as an index: {other}")),
        })?;
        let index = Index { database, path: path.into(), thresholds: Thresholds::default() };
        let transaction = guarded(path, || Ok(index.database.begin_write()?))?;
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
        guarded(path, || Ok(transaction.commit()?))?;
        Ok(index)
    }

    /// Compares by these thresholds.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// Begins to take articles.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn session(&mut self) -> Result<Session<'_>> {
        let transaction = guarded(&self.path, || Ok(self.database.begin_write()?))?;
        Ok(Session {
            transaction,
            path: &self.path,
            letters: NormalizedText::default(),
            of_known: NormalizedText::default(),
            thresholds: self.thresholds,
        })
    }

    /// How much it holds.
    ///
    /// # Errors
    /// [`Error::Index`] when it cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let transaction = guarded(&self.path, || Ok(self.database.begin_read()?))?;
        let articles = transaction
            .open_table(ARTICLES)
            .map_err(failed(&self.path))?
            .len()
            .map_err(failed(&self.path))?;
        let about = transaction.open_table(ABOUT).map_err(failed(&self.path))?;
        let superseded =
            about.get("superseded").map_err(failed(&self.path))?.map_or(0, |count| count.value());
        let bytes = std::fs::metadata(&self.path).map_err(Error::io(&self.path))?.len();
        Ok(Stats { articles, superseded, bytes })
    }

    /// Gives back the room that superseded articles took; says whether the file became smaller.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn compact(&mut self) -> Result<bool> {
        guarded(&self.path, || Ok(self.database.compact()?))
    }
}

/// Takes articles into an index, all of them or, without [`Session::commit`], none.
pub struct Session<'i> {
    transaction: WriteTransaction,
    path: &'i Path,
    letters: NormalizedText,
    of_known: NormalizedText,
    thresholds: Thresholds,
}

impl Session<'_> {
    /// Compares an article with all that are known, and takes it in unless it is a copy of one that is as complete.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be read or written.
    pub fn take(&mut self, article: &Article) -> Result<IndexMatch> {
        let standing = self.look_up(article)?;
        self.add(article, &article.id, &standing)?;
        Ok(standing)
    }

    /// Compares an article with all that are known.
    pub(crate) fn look_up(&mut self, article: &Article) -> Result<IndexMatch> {
        let path = self.path;
        guarded(path, || self.find(article))
    }

    /// Takes an article that was looked up in, under an id; one that is a copy is left out.
    pub(crate) fn add(&mut self, article: &Article, id: &str, standing: &IndexMatch) -> Result<()> {
        let path = self.path;
        guarded(path, || self.insert(article, id, standing))
    }

    fn find(&mut self, article: &Article) -> Result<IndexMatch, redb::Error> {
        self.letters.read_with_quotes(&article.text);
        let fingerprint = Fingerprint::new(&self.letters);
        let articles = self.transaction.open_table(ARTICLES)?;
        let facts = Facts::from(article);
        let thresholds = self.thresholds;
        let same = self
            .transaction
            .open_table(EXACT)?
            .get(fingerprint.exact)?
            .map(|number| number.value());
        let found = match same
            .map(|number| known(number, Relation::Exact, 1.0, &facts, &articles, &thresholds))
            .transpose()?
            .flatten()
        {
            Some(known) => Some((known, 1.0)),
            None => {
                let shingles = self.transaction.open_multimap_table(SHINGLES)?;
                let (numbers, weights) = proposed(&fingerprint, &shingles, &thresholds)?;
                best(
                    &self.letters,
                    &facts,
                    &numbers,
                    &weights,
                    &articles,
                    &thresholds,
                    &mut self.of_known,
                )?
            }
        };
        Ok(match found {
            None => IndexMatch::New,
            Some((known, completeness)) if completeness >= thresholds.complete => {
                IndexMatch::CopyOf(known)
            }
            Some((known, _)) => IndexMatch::Supersedes(known),
        })
    }

    fn insert(
        &mut self,
        article: &Article,
        id: &str,
        standing: &IndexMatch,
    ) -> Result<(), redb::Error> {
        let mut articles = self.transaction.open_table(ARTICLES)?;
        let mut exact = self.transaction.open_table(EXACT)?;
        let mut shingles = self.transaction.open_multimap_table(SHINGLES)?;
        match standing {
            IndexMatch::CopyOf(_) => return Ok(()),
            IndexMatch::New => {}
            IndexMatch::Supersedes(known) => {
                remove(known.number, &mut self.of_known, &mut articles, &mut exact, &mut shingles)?;
                let mut about = self.transaction.open_table(ABOUT)?;
                let superseded = about.get("superseded")?.map_or(0, |count| count.value());
                about.insert("superseded", superseded + 1)?;
            }
        }
        self.letters.read(&article.text);
        let fingerprint = Fingerprint::new(&self.letters);
        let number = articles.last()?.map_or(0, |(number, _)| number.value() + 1);
        let kept = Kept {
            id: id.into(),
            title: article.title.as_deref().map(Cow::Borrowed),
            text: article.text.as_str().into(),
        };
        let kept = serde_json::to_vec(&kept).map_err(|e| redb::Error::Io(e.into()))?;
        articles.insert(number, kept.as_slice())?;
        exact.insert(fingerprint.exact, number)?;
        for &shingle in &fingerprint.sample {
            shingles.insert(shingle, number)?;
        }
        Ok(())
    }

    /// Writes what was taken.
    ///
    /// # Errors
    /// [`Error::Index`] when the file cannot be written.
    pub fn commit(self) -> Result<()> {
        guarded(self.path, || Ok(self.transaction.commit()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Options};

    const QUAY: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.";
    const CREWS: &str = "Crews from three towns had worked through both weekends, and the last of the new lamps was lit an hour before the first ferry came in.";
    const MILL: &str = "The paper mill at Tarn Bridge has hired forty people for a second shift, the first new hands it has taken on in eleven years.";

    fn article(paragraphs: &[&str]) -> Article {
        let cleaner = Cleaner::new(Options {
            no_built_in_rules: true,
            model: crate::ModelChoice::None,
            ..Options::default()
        })
        .unwrap();
        cleaner.clean(&paragraphs.join("\n\n")).articles.remove(0)
    }

    fn take(index: &mut Index, article: &Article) -> IndexMatch {
        let mut session = index.session().unwrap();
        let standing = session.take(article).unwrap();
        session.commit().unwrap();
        standing
    }

    #[test]
    fn a_copy_is_known_in_the_next_session_and_a_fuller_one_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen.redb");
        let (short, full) = (
            article(&[QUAY]),
            article(&[QUAY, CREWS, &CREWS.replace("three", "four"), &QUAY.to_uppercase()]),
        );
        assert_eq!(take(&mut Index::open(&path).unwrap(), &short), IndexMatch::New);
        let mut index = Index::open(&path).unwrap();
        assert!(
            matches!(take(&mut index, &short), IndexMatch::CopyOf(known) if known.id == short.id && known.relation == Relation::Exact)
        );
        assert!(
            matches!(take(&mut index, &full), IndexMatch::Supersedes(known) if known.id == short.id)
        );
        assert!(
            matches!(take(&mut index, &short), IndexMatch::CopyOf(known) if known.id == full.id && known.relation == Relation::Contained)
        );
        assert_eq!(take(&mut index, &article(&[MILL])), IndexMatch::New);
        let Stats { articles, superseded, .. } = index.stats().unwrap();
        assert_eq!((articles, superseded), (2, 1));
        index.compact().unwrap();
        assert_eq!(index.stats().unwrap().articles, 2);
    }

    #[test]
    fn what_was_not_committed_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let mut index = Index::open(folder.path().join("seen.redb")).unwrap();
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
