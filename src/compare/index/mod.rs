//! What earlier runs saw: articles in a file, found again by what their fingerprints share.
//!
//! One writer at a time; what a session took is there after its commit and not before, whatever happens in between. Of an article some
//! 450 bytes are kept and no text:
//!
//! 1. `bits` and `filter`: numbers and sets in few bits
//! 2. `digest`: what is kept of an article; `aligned`: a text next to that; `matching`: whether the two are copies
//! 3. `segment`: a part of the file and look-ups in it; `merge`: how parts are written
//! 4. `file`: which parts count; `pending`: what is not written yet; `session`: all of this for one article after the other

pub(crate) mod aligned;
pub(crate) mod bits;
pub(crate) mod digest;
pub(crate) mod file;
pub(crate) mod filter;
pub(crate) mod matching;
pub(crate) mod merge;
pub(crate) mod pending;
pub(crate) mod segment;
pub(crate) mod session;

use std::path::Path;

use serde::Serialize;

use crate::compare::index::file::{IndexFile, State};
pub use crate::compare::index::matching::{IndexMatch, Known};
pub use crate::compare::index::session::Session;
use crate::compare::thresholds::Thresholds;
use crate::error::{Error, Result};

/// An index file.
///
/// ```no_run
/// use dechaff::{Cleaner, Index, Options, IndexMatch};
///
/// let cleaner = Cleaner::new(Options::default())?;
/// let mut index = Index::open("seen.index")?;
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
    file: IndexFile,
    thresholds: Thresholds,
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

impl Index {
    /// Opens an index file, which is made where missing.
    ///
    /// # Errors
    /// [`Error::Index`] when it is none, is of another format, or is open elsewhere; [`Error::Io`] when it cannot be read or made.
    pub fn open(path: impl AsRef<Path>) -> Result<Index> {
        Ok(Index { file: IndexFile::open(path.as_ref())?, thresholds: Thresholds::default() })
    }

    /// Makes an index of what `fill` takes into it, which then takes the place of the one at `path`.
    #[cfg(feature = "run")]
    pub(crate) fn anew(path: &Path, fill: impl FnOnce(&mut Index) -> Result<()>) -> Result<Stats> {
        let replaced = IndexFile::hold(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let temporary = tempfile::Builder::new()
            .prefix(".index-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(Error::io(path))?;
        if let Some(about) = replaced.as_ref().and_then(|file| file.metadata().ok()) {
            temporary.as_file().set_permissions(about.permissions()).map_err(Error::io(path))?;
        }
        let mut index = Self::open(temporary.path())?;
        fill(&mut index)?;
        let stats = index.stats()?;
        // What was committed may have become a file of its own.
        let file = temporary.into_temp_path();
        file.persist(path).map_err(|error| Error::io(path)(error.error))?;
        Ok(stats)
    }

    /// Compares by these thresholds.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// Begins to take articles.
    ///
    /// # Errors
    /// None today: what is wrong with the file shows when it is opened, read or written.
    pub fn session(&mut self) -> Result<Session<'_>> {
        Ok(Session::new(&mut self.file, self.thresholds))
    }

    /// How much it holds.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let about = self.file.file.metadata().map_err(Error::io(&self.file.path))?;
        let State { superseded, .. } = self.file.state;
        Ok(Stats { articles: self.file.state.articles(), superseded, bytes: about.len() })
    }

    /// Gives back the room that superseded articles took; says whether the file became smaller.
    ///
    /// # Errors
    /// [`Error::Index`] and [`Error::Io`] when the file cannot be written.
    pub fn compact(&mut self) -> Result<bool> {
        let before = self.stats()?.bytes;
        Session::new(&mut self.file, self.thresholds).compact()?;
        Ok(self.stats()?.bytes < before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::{Cleaner, Options, Relation};

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
        let path = folder.path().join("seen.index");
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
        let mut index = Index::open(folder.path().join("seen.index")).unwrap();
        index.session().unwrap().take(&article(&[QUAY])).unwrap();
        assert_eq!(index.stats().unwrap().articles, 0);
    }

    #[test]
    fn a_file_that_is_no_index_or_is_in_use_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        std::fs::write(&path, "not an index, and longer than nothing at all").unwrap();
        assert!(Index::open(&path).unwrap_err().to_string().contains("notes.txt"));
        // The first version was a store of another kind; the second had other keys.
        let mut second = b"dechaffX\x02".to_vec();
        second.resize(4088, 0);
        second.extend(xxhash_rust::xxh3::xxh3_64(&second).to_le_bytes());
        for earlier in [[&b"redb"[..], &[0; 9000]].concat(), second.repeat(2)] {
            std::fs::write(&path, earlier).unwrap();
            let refused = Index::open(&path).unwrap_err().to_string();
            assert!(
                refused.contains("another version") && refused.contains("delete it"),
                "{refused}"
            );
        }
        let path = folder.path().join("seen.index");
        let _open = Index::open(&path).unwrap();
        assert!(Index::open(&path).unwrap_err().to_string().contains("in use"));
    }

    #[test]
    fn a_damaged_file_breaks_nothing_down() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen.index");
        let [quay, mill, both] = [&[QUAY, CREWS][..], &[MILL], &[CREWS, MILL]].map(article);
        take(&mut Index::open(&path).unwrap(), &quay);
        take(&mut Index::open(&path).unwrap(), &mill);
        let whole = std::fs::read(&path).unwrap();
        let mut refused = 0;
        for at in (0..whole.len()).filter(|at| at % 512 == 0 || *at > 8192 && at % 17 == 0) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            std::fs::write(&path, &damaged).unwrap();
            let seen = Index::open(&path).and_then(|mut index| {
                let mut session = index.session()?;
                session.take(&quay)?;
                session.take(&both)?;
                session.commit()?;
                index.compact()
            });
            if let Err(error) = seen {
                refused += 1;
                assert!(error.to_string().contains("seen.index"), "{error}");
            }
        }
        assert!(refused > 0, "{refused}");
    }
}
