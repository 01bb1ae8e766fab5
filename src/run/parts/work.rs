//! The folder that parts share: what each stage of each part leaves there, whole or not at all.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::error::{Error, Result};
use crate::guard::look;
use crate::spill::file::SpillFile;
use crate::spill::merge::Merged;
use crate::spill::sorted::{SortedFile, SortedWriter};
use crate::spill::{Room, Sorter};
use crate::write::{Lock, make_folder, new_folder};

/// How the folder of a stage begins that is not whole.
const UNFINISHED: &str = ".unfinished-";
/// Items that are worked on at a time, and the bytes after which there are enough.
const BATCH: usize = 1 << 12;
const BATCH_BYTES: u64 = 1 << 23;

/// One part's view of the folder. No other process does this part as long as it lives.
#[derive(Debug)]
pub(crate) struct Work {
    folder: PathBuf,
    /// From 0.
    pub(crate) part: usize,
    pub(crate) parts: usize,
    memory: u64,
    /// How the names of its stages begin, where they are those of a comparison within the run.
    prefix: &'static str,
    /// None where it is the view of a part that this process does anyway.
    _lock: Option<Lock>,
}

impl Work {
    pub(crate) fn open(folder: PathBuf, part: usize, parts: usize, memory: u64) -> Result<Self> {
        let own = folder.join(name_of(part));
        make_folder(&own).map_err(Error::io(&own))?;
        let lock = Lock::take(&own).map_err(|error| match error {
            Error::OutputBusy { .. } => {
                let reason = "another process does this part; wait for that".into();
                Error::Part { path: own.clone(), reason }
            }
            other => other,
        })?;
        if lock.is_locked() {
            remove_unfinished(&own).map_err(Error::io(&own))?;
        }
        Ok(Self { folder, part, parts, memory, prefix: "", _lock: Some(lock) })
    }

    /// The same part's view of stages whose names all begin alike.
    pub(crate) fn within(&self, prefix: &'static str) -> Self {
        let Self { part, parts, memory, .. } = *self;
        Self { folder: self.folder.clone(), part, parts, memory, prefix, _lock: None }
    }

    /// What this part leaves.
    pub(crate) fn own(&self) -> PathBuf {
        self.folder.join(name_of(self.part))
    }

    /// What a stage of a part has left.
    fn left(&self, part: usize, stage: &str) -> PathBuf {
        self.folder.join(name_of(part)).join(format!("{}{stage}", self.prefix))
    }

    /// Whether a part has done a stage.
    pub(crate) fn has(&self, part: usize, stage: &str) -> bool {
        self.left(part, stage).is_dir()
    }

    /// Begins what this part leaves of a stage.
    pub(crate) fn draft<'w>(&'w self, stage: &'w str) -> Result<Draft<'w>> {
        let own = self.own();
        let folder = new_folder(UNFINISHED, &own);
        Ok(Draft { work: self, stage, folder: folder.map_err(Error::io(&own))? })
    }

    /// The rows that all parts have left in these files of stages for a part, sorted.
    pub(crate) fn rows(&self, files: &[(&str, &str)], of: usize) -> Result<Rows> {
        let of_part = |part| files.iter().map(move |(stage, name)| (part, *stage, *name));
        let files = (0..self.parts).flat_map(of_part);
        let files = files.map(|(part, stage, name)| self.left(part, stage).join(name));
        Rows::of(files, of, self.parts)
    }

    /// The rows that all parts have left in lists, sorted.
    pub(crate) fn lists(&self, stage: &str, name: &str) -> Result<Rows> {
        Rows::of((0..self.parts).map(|part| self.left(part, stage).join(name)), 0, 1)
    }

    /// The rows that this part has left for itself.
    pub(crate) fn own_rows(&self, stage: &str, name: &str) -> Result<Rows> {
        Rows::of([self.left(self.part, stage).join(name)].into_iter(), 0, 1)
    }

    /// A table that a part has left.
    pub(crate) fn table(&self, part: usize, stage: &str, name: &str) -> Result<SortedFile> {
        SortedFile::open(&self.left(part, stage).join(name), 1)
    }

    /// A file that a part has left.
    pub(crate) fn file(&self, part: usize, stage: &str, name: &str) -> Result<SpillFile> {
        SpillFile::there(&self.left(part, stage).join(name))
    }

    /// What a part tells of a stage.
    pub(crate) fn told<T: DeserializeOwned>(&self, part: usize, stage: &str) -> Result<T> {
        let file = self.file(part, stage, TOLD)?;
        let mut json = vec![0; file.len() as usize];
        file.read(&mut json, 0)?;
        serde_json::from_slice(&json).map_err(|_| file.damaged())
    }
}

/// What a stage of a part tells in JSON.
const TOLD: &str = "told.json";

fn name_of(part: usize) -> String {
    format!("part-{:03}", part + 1)
}

/// Removes what a process left that was killed.
fn remove_unfinished(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Brings the names in a folder to the disk, where the system can.
fn sync(folder: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

/// What a part leaves of a stage, while it is made. Dropped, it leaves nothing.
pub(crate) struct Draft<'w> {
    work: &'w Work,
    stage: &'w str,
    folder: TempDir,
}

impl Draft<'_> {
    /// A file of rows for each part, which is sorted in one of so many shares of the memory.
    pub(crate) fn outbox(&self, name: &str, shares: u64) -> Outbox {
        self.sorted(name, self.work.parts, shares)
    }

    /// A file of rows that are sorted, all in one.
    pub(crate) fn list(&self, name: &str, shares: u64) -> Outbox {
        self.sorted(name, 1, shares)
    }

    fn sorted(&self, name: &str, buckets: usize, shares: u64) -> Outbox {
        // What does not fit is read again by this process alone, so it goes with it.
        let room = Room::new(self.folder.path(), self.work.memory / shares);
        let path = self.folder.path().join(name);
        Outbox { sorter: Sorter::new(&room), row: Vec::new(), path, buckets }
    }

    /// A file of rows that come sorted, in which they are found.
    pub(crate) fn table(&self, name: &str) -> Result<SortedWriter> {
        SortedWriter::create(self.folder.path().join(name), 1)
    }

    /// A file of bytes.
    pub(crate) fn bytes(&self, name: &str) -> Result<Bytes> {
        let path = self.folder.path().join(name);
        let file = File::create_new(&path).map_err(Error::io(&path))?;
        Ok(Bytes { path, file: BufWriter::with_capacity(1 << 18, file) })
    }

    /// Tells something in JSON.
    pub(crate) fn tell(&self, told: &impl Serialize) -> Result<()> {
        let mut file = self.bytes(TOLD)?;
        let json = serde_json::to_vec(told).map_err(|e| Error::io(&file.path)(e.into()))?;
        file.add(&json)?;
        file.finish()
    }

    /// Leaves it. Where another process has left the same meanwhile, that stays.
    pub(crate) fn finish(self) -> Result<()> {
        let to = self.work.left(self.work.part, self.stage);
        let place = || {
            sync(self.folder.path())?;
            match std::fs::rename(self.folder.path(), &to) {
                Err(_) if to.is_dir() => return Ok(()),
                moved => moved?,
            }
            to.parent().map_or(Ok(()), sync)
        };
        let placed: std::io::Result<()> = place();
        placed.map_err(Error::io(&to))
    }
}

/// A file of bytes, one behind the other.
pub(crate) struct Bytes {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Bytes {
    pub(crate) fn add(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(Error::io(&self.path))
    }

    /// Closes it, and brings it to the disk.
    pub(crate) fn finish(self) -> Result<()> {
        let Self { path, file } = self;
        let file = file.into_inner().map_err(std::io::IntoInnerError::into_error);
        file.and_then(|file| file.sync_all()).map_err(Error::io(&path))
    }
}

/// Rows on their way to parts.
pub(crate) struct Outbox {
    sorter: Sorter,
    row: Vec<u8>,
    path: PathBuf,
    buckets: usize,
}

impl Outbox {
    /// Adds a row for a part, which comes in pieces.
    pub(crate) fn push(&mut self, part: usize, pieces: &[&[u8]]) -> Result<()> {
        self.row.clear();
        self.row.extend((part as u16).to_be_bytes());
        pieces.iter().for_each(|piece| self.row.extend_from_slice(piece));
        self.sorter.push(&self.row)
    }

    /// Sorts all rows, and brings them to the disk.
    pub(crate) fn finish(self) -> Result<()> {
        let mut file = SortedWriter::create(self.path, self.buckets)?;
        self.sorter.each(|row| match row.split_first_chunk() {
            Some((part, row)) => file.push(u16::from_be_bytes(*part).into(), row),
            None => Ok(()),
        })?;
        file.finish()
    }
}

/// Rows of several files, sorted, as they are read.
pub(crate) struct Rows {
    merged: Merged<SpillFile>,
    next: Option<Vec<u8>>,
}

impl Rows {
    fn of(paths: impl Iterator<Item = PathBuf>, bucket: usize, buckets: usize) -> Result<Self> {
        let run =
            |path: PathBuf| SortedFile::open(&path, buckets).map(|file| file.into_run(bucket));
        let mut merged = Merged::new(paths.map(run).collect::<Result<_>>()?)?;
        let next = merged.next().transpose()?;
        Ok(Self { merged, next })
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>> {
        look();
        let next = self.merged.next().transpose()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    /// How the next row begins.
    pub(crate) fn key<const N: usize>(&self) -> Option<[u8; N]> {
        self.next.as_ref().and_then(|row| row.first_chunk()).copied()
    }

    /// Gives what follows a key in each row that begins with it, equal ones once, and counts these; rows before it are passed over.
    pub(crate) fn each_of(
        &mut self,
        key: &[u8],
        mut take: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<usize> {
        let (mut rows, mut last) = (0, None);
        while self.next.as_ref().is_some_and(|row| **row < *key || row.starts_with(key)) {
            let row = self.next()?;
            if row != last {
                if let Some(rest) = row.as_ref().and_then(|row| row.strip_prefix(key)) {
                    rows += 1;
                    take(rest)?;
                }
                last = row;
            }
        }
        Ok(rows)
    }

    /// How many rows begin with a key, equal ones too; rows before it are passed over.
    pub(crate) fn count_of(&mut self, key: &[u8]) -> Result<u64> {
        let mut rows = 0;
        while self.next.as_ref().is_some_and(|row| **row < *key || row.starts_with(key)) {
            rows += u64::from(self.next()?.is_some_and(|row| row.starts_with(key)));
        }
        Ok(rows)
    }

    /// What follows a key in each row that begins with it.
    pub(crate) fn all_of(&mut self, key: &[u8]) -> Result<Vec<Vec<u8>>> {
        let mut all = Vec::new();
        self.each_of(key, |rest| {
            all.push(rest.to_vec());
            Ok(())
        })?;
        Ok(all)
    }

    /// Whether a row begins with a key.
    pub(crate) fn has(&mut self, key: &[u8]) -> Result<bool> {
        Ok(self.each_of(key, |_| Ok(()))? > 0)
    }
}

/// What went wrong where nobody could be told.
#[derive(Debug, Default)]
pub(crate) struct Fault(Mutex<Option<Error>>);

impl Fault {
    /// What was got, or nothing, and the error noted.
    pub(crate) fn or_noted<T>(&self, got: Result<Option<T>>) -> Option<T> {
        got.unwrap_or_else(|error| {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            None
        })
    }

    /// # Errors
    /// What went wrong last.
    pub(crate) fn check(&self) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }
}

/// Works on items, many at a time, each thread with memory of its own, and gives what comes of them in their order. `size` says how many bytes that is, about.
pub(crate) fn in_batches<T: Send, U: Send, S>(
    mut next: impl FnMut() -> Result<Option<T>>,
    size: impl Fn(&T) -> u64,
    scratch: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, T) -> Result<U> + Sync + Send,
    mut take: impl FnMut(U) -> Result<()>,
) -> Result<()> {
    loop {
        let (mut batch, mut bytes) = (Vec::with_capacity(BATCH), 0u64);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            match next()? {
                Some(item) => {
                    bytes = bytes.saturating_add(size(&item));
                    batch.push(item);
                }
                None => break,
            }
        }
        if batch.is_empty() {
            return Ok(());
        }
        look();
        let done: Vec<Result<U>> = batch.into_par_iter().map_init(&scratch, &work).collect();
        done.into_iter().try_for_each(|done| take(done?))?;
    }
}
