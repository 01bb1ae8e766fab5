//! The file of an index: two heads, of which the younger whole one says which parts count, and the parts behind them.
//!
//! Parts are only ever added behind those that count. A commit writes one head, then the other, so a run that ends in the middle of it, or
//! before, leaves a file of which one head still tells; and where one is damaged later, the other says the same. Each part has a hash in
//! the heads, which is looked at when the file is opened: what was changed by anything but a commit is refused.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_64;

use crate::compare::index::merge::copy;
use crate::compare::index::segment::{DAMAGED, Segment, damaged, read_at};
use crate::error::{Error, Result};

const MAGIC: &[u8; 8] = b"dechaffX";
/// The version of the format.
const FORMAT: u64 = 4;
/// How a file of the first version begins, which was one of the redb store.
const FIRST_VERSION: &[u8; 4] = b"redb";
/// What is said of a file that another run has open, and of one that is no index.
const IN_USE: &str = "is in use by another run; wait for it or take another file";
const NO_INDEX: &str = "cannot be opened as an index; name another file";
/// Bytes of a head.
const HEAD: usize = 4096;
/// Numbers of a head before those of its parts: version, age, articles replaced so far, parts.
const NUMBERS: usize = 4;
/// Where parts begin.
const PARTS: u64 = 2 * HEAD as u64;
/// Room without use may be one in so many bytes of what counts.
const UNUSED: u64 = 8;
/// Bytes without use that are not worth a copy.
const SMALL: u64 = 1 << 16;

/// What counts of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// Articles whose place a more complete copy has taken.
    pub(super) superseded: u64,
    /// The parts, the oldest first.
    pub(super) segments: Vec<Segment>,
}

impl State {
    /// Where the next part may begin.
    pub(super) fn end(&self) -> u64 {
        self.segments.iter().map(|s| s.at + s.len()).max().unwrap_or(PARTS)
    }

    /// The number of the next article.
    pub(super) fn next(&self) -> u64 {
        self.segments.last().map_or(0, |last| last.end)
    }

    /// Articles that were not replaced.
    pub(super) fn articles(&self) -> u64 {
        let removed: u64 = self.segments.iter().map(|s| s.removed).sum();
        self.segments.iter().map(|s| s.articles).sum::<u64>().saturating_sub(removed)
    }

    fn head(&self, age: u64) -> Vec<u8> {
        let numbers = [FORMAT, age, self.superseded, self.segments.len() as u64];
        let mut head = MAGIC.to_vec();
        let fields = self.segments.iter().flat_map(Segment::fields);
        numbers.into_iter().chain(fields).for_each(|n| head.extend(n.to_le_bytes()));
        head.resize(HEAD - 8, 0);
        head.extend(xxh3_64(&head).to_le_bytes());
        head
    }
}

/// The numbers of a head that is whole, from the version on.
fn numbers_of(head: &[u8]) -> Option<impl Iterator<Item = u64>> {
    let (numbers, sum) = head.split_last_chunk::<8>()?;
    if !numbers.starts_with(MAGIC) || xxh3_64(numbers) != u64::from_le_bytes(*sum) {
        return None;
    }
    let (numbers, _) = numbers[MAGIC.len()..].as_chunks::<8>();
    Some(numbers.iter().map(|n| u64::from_le_bytes(*n)))
}

/// Whether a head is whole and of another version.
fn is_other_version(head: &[u8]) -> bool {
    numbers_of(head).and_then(|mut numbers| numbers.next()).is_some_and(|format| format != FORMAT)
}

/// What a head says: its age, and what counts.
fn read_head(head: &[u8]) -> Option<(u64, State)> {
    let mut numbers = numbers_of(head)?;
    let [format, age, superseded, count] =
        [numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?];
    if format != FORMAT {
        return None;
    }
    let mut segment = || {
        let mut fields = [0; Segment::FIELDS];
        for field in &mut fields {
            *field = numbers.next()?;
        }
        Some(Segment::from_fields(fields))
    };
    let segments = (0..count).map(|_| segment()).collect::<Option<_>>()?;
    Some((age, State { superseded, segments }))
}

/// An index file that is open, and locked.
#[derive(Debug)]
pub(super) struct IndexFile {
    pub(super) file: File,
    pub(super) path: PathBuf,
    age: u64,
    pub(super) state: State,
}

impl Drop for IndexFile {
    /// A program that is begun at this moment has the file too for a while: closing it alone would leave it locked.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl IndexFile {
    /// Parts that a head has room for.
    pub(super) const MOST_SEGMENTS: usize =
        (HEAD - 8 - MAGIC.len() - 8 * NUMBERS) / (8 * Segment::FIELDS);

    /// Locks the file at a path that another is to take the place of: an index, whole or damaged, or none; nothing where there is no file.
    #[cfg(feature = "run")]
    pub(super) fn hold(path: &Path) -> Result<Option<File>> {
        let refuse = |reason: &str| Error::Index { path: path.into(), reason: reason.into() };
        let file = match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(Error::io(path))?,
        };
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => refuse(IN_USE),
            TryLockError::Error(error) => Error::io(path)(error),
        })?;
        let len = file.metadata().map_err(Error::io(path))?.len();
        let mut heads = vec![0; len.min(PARTS) as usize];
        read_at(&file, 0, &mut heads).map_err(Error::io(path))?;
        let is_index = heads.is_empty()
            || heads.starts_with(FIRST_VERSION)
            || heads.chunks(HEAD).any(|head| head.starts_with(MAGIC));
        if is_index { Ok(Some(file)) } else { Err(refuse(NO_INDEX)) }
    }

    /// Opens a file, which is made where missing.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let refuse = |reason: &str| Error::Index { path: path.into(), reason: reason.into() };
        if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            return Err(refuse("its folder is missing; make it first"));
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(Error::io(path))?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => refuse(IN_USE),
            TryLockError::Error(error) => Error::io(path)(error),
        })?;
        let len = file.metadata().map_err(Error::io(path))?.len();
        let mut index = Self { file, path: path.into(), age: 0, state: State::default() };
        if len == 0 {
            index.write_heads().map_err(Error::io(path))?;
            return Ok(index);
        }
        let mut heads = vec![0; 2 * HEAD];
        let read = read_at(&index.file, 0, &mut heads[..len.min(PARTS) as usize]);
        read.map_err(Error::io(path))?;
        let is_first = heads.starts_with(FIRST_VERSION);
        let (heads, _) = heads.as_chunks::<HEAD>();
        if is_first || heads.iter().any(|head| is_other_version(head)) {
            return Err(refuse(
                "was made by another version of dechaff; delete it or name another file, and a new index is begun",
            ));
        }
        let younger = heads.iter().filter_map(|head| read_head(head)).max_by_key(|(age, _)| *age);
        let Some((age, state)) = younger else {
            return Err(refuse(if heads.iter().any(|head| head.starts_with(MAGIC)) {
                DAMAGED
            } else {
                NO_INDEX
            }));
        };
        let follow = state.segments.windows(2).all(|two| two[0].end == two[1].first);
        if !follow || !state.segments.iter().all(|segment| segment.is_within(PARTS, len)) {
            return Err(refuse(DAMAGED));
        }
        for segment in &state.segments {
            if !segment.is_whole(&index.file).map_err(Error::io(path))? {
                return Err(refuse(DAMAGED));
            }
        }
        (index.age, index.state) = (age, state);
        Ok(index)
    }

    /// Makes a state count, once all of it is on disk; then gives back room if much is without use.
    pub(super) fn commit(&mut self, state: State) -> std::io::Result<()> {
        self.file.sync_data()?;
        self.age += 1;
        for at in [0, HEAD as u64] {
            self.file.seek(SeekFrom::Start(at))?;
            self.file.write_all(&state.head(self.age))?;
            self.file.sync_data()?;
        }
        self.state = state;
        let used: u64 = self.state.segments.iter().map(Segment::len).sum();
        let unused = self.state.end() - PARTS - used;
        if unused > SMALL && unused > used / UNUSED {
            self.rewrite()?;
        } else {
            self.file.set_len(self.state.end())?;
        }
        Ok(())
    }

    /// The folder that it stands in.
    pub(super) fn folder(&self) -> &Path {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new("."))
    }

    /// Makes a file of the parts that count alone.
    pub(super) fn rewrite(&mut self) -> std::io::Result<()> {
        let mut state = self.state.clone();
        self.replace(|from, to, mut at| {
            for segment in &mut state.segments {
                copy(from, segment.at, segment.len(), to, at)?;
                segment.at = at;
                at += segment.len();
            }
            Ok(state)
        })
    }

    /// Puts a new file in the place of this one; `write` writes its parts from a place on, and says what counts.
    pub(super) fn replace(
        &mut self,
        write: impl FnOnce(&File, &File, u64) -> std::io::Result<State>,
    ) -> std::io::Result<()> {
        let temporary = tempfile::Builder::new().prefix(".index-").tempfile_in(self.folder())?;
        if let Ok(permissions) = self.file.metadata().map(|about| about.permissions()) {
            temporary.as_file().set_permissions(permissions)?;
        }
        let state = write(&self.file, temporary.as_file(), PARTS)?;
        let mut next = Self {
            file: temporary.as_file().try_clone()?,
            path: self.path.clone(),
            age: self.age,
            state,
        };
        next.write_heads()?;
        next.file.lock()?;
        temporary.persist(&self.path).map_err(|error| error.error)?;
        *self = next;
        Ok(())
    }

    /// Writes both heads of a new file.
    fn write_heads(&mut self) -> std::io::Result<()> {
        let head = self.state.head(self.age);
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&[head.clone(), head].concat())?;
        self.file.sync_all()
    }

    /// An error of reading or writing as one of the index.
    pub(super) fn failed(&self, error: std::io::Error) -> Error {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
        match error.kind() {
            InvalidData | UnexpectedEof => {
                Error::Index { path: self.path.clone(), reason: damaged().to_string() }
            }
            _ => Error::Io { path: self.path.clone(), source: error },
        }
    }
}
