//! Sorted rows in a file with a name, for whoever reads them later: in buckets, each of which is a run, or all in one, where a row is found by how it
//! begins (sorted string tables: Chang et al. 2006).

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::spill::file::SpillFile;
use crate::spill::merge::{BUFFER, Run, add_row};

/// Bytes of a row by which it is found.
const KEY: usize = 20;
/// Bytes of rows between two whose keys are noted.
const BLOCK: u64 = 1 << 13;
/// The end of such a file: how many buckets there are, how many keys, and this.
const MAGIC: u64 = u64::from_le_bytes(*b"dechaff1");

/// A file that is being written.
#[derive(Debug)]
pub(crate) struct SortedWriter {
    path: PathBuf,
    file: File,
    out: Vec<u8>,
    at: u64,
    buckets: usize,
    /// Where each bucket begins, up to the one that is open.
    begins: Vec<u64>,
    /// The keys of some rows, and where these stand.
    keys: Vec<([u8; KEY], u64)>,
}

impl SortedWriter {
    /// A new file of so many buckets.
    pub(crate) fn create(path: PathBuf, buckets: usize) -> Result<Self> {
        let file = File::create_new(&path).map_err(Error::io(&path))?;
        let (begins, keys) = (vec![0], Vec::new());
        Ok(Self { path, file, out: Vec::with_capacity(2 * BUFFER), at: 0, buckets, begins, keys })
    }

    /// Adds a row to a bucket. Rows come in the order of buckets, and sorted within these.
    pub(crate) fn push(&mut self, bucket: usize, row: &[u8]) -> Result<()> {
        while self.begins.len() <= bucket {
            self.begins.push(self.at);
        }
        if self.buckets == 1 && self.keys.last().is_none_or(|(_, at)| self.at - at >= BLOCK) {
            self.keys.push((key_of(row), self.at));
        }
        let before = self.out.len();
        add_row(&mut self.out, row);
        self.at += (self.out.len() - before) as u64;
        if self.out.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        self.file.write_all(&self.out).map_err(Error::io(&self.path))?;
        self.out.clear();
        Ok(())
    }

    /// Closes the file, and brings it to the disk.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.begins.resize(self.buckets + 1, self.at);
        self.begins.iter().for_each(|begin| self.out.extend(begin.to_le_bytes()));
        for (key, at) in &self.keys {
            self.out.extend_from_slice(key);
            self.out.extend(at.to_le_bytes());
        }
        for number in [self.buckets as u64, self.keys.len() as u64, MAGIC] {
            self.out.extend(number.to_le_bytes());
        }
        self.flush()?;
        self.file.sync_all().map_err(Error::io(&self.path))
    }
}

/// The first bytes of a row, and zeros where it is shorter.
fn key_of(row: &[u8]) -> [u8; KEY] {
    let mut key = [0; KEY];
    let len = row.len().min(KEY);
    key[..len].copy_from_slice(&row[..len]);
    key
}

/// A file that was written.
#[derive(Debug)]
pub(crate) struct SortedFile {
    file: SpillFile,
    begins: Vec<u64>,
    keys: Vec<([u8; KEY], u64)>,
}

impl SortedFile {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = SpillFile::there(path)?;
        let end = file.len();
        let mut last = [[0; 8]; 3];
        let at = end.checked_sub(24).ok_or_else(|| file.damaged())?;
        file.read(last.as_flattened_mut(), at)?;
        let [buckets, keys, magic] = last.map(u64::from_le_bytes);
        let about = buckets.saturating_add(1).saturating_mul(8);
        let about = about.saturating_add(keys.saturating_mul(KEY as u64 + 8));
        let start = at.checked_sub(about).filter(|_| magic == MAGIC);
        let start = start.ok_or_else(|| file.damaged())?;
        let mut read = vec![0; about as usize];
        file.read(&mut read, start)?;
        let (begins, keys) = read.split_at((buckets as usize + 1) * 8);
        let begins = begins.as_chunks().0.iter().map(|begin| u64::from_le_bytes(*begin)).collect();
        let noted = |noted: &[u8; KEY + 8]| {
            let (key, at) = noted.split_first_chunk::<KEY>()?;
            Some((*key, u64::from_le_bytes(*at.first_chunk()?)))
        };
        let keys = keys.as_chunks().0.iter().filter_map(noted).collect();
        Ok(Self { file, begins, keys })
    }

    /// The rows of a bucket.
    pub(crate) fn into_run(self, bucket: usize) -> Run<SpillFile> {
        let range = self.begins[bucket]..self.begins[bucket + 1];
        Run::new(self.file, range)
    }

    /// What follows a key in the first row that begins with it, where all are in one bucket.
    pub(crate) fn find(&self, key: &[u8; KEY]) -> Result<Option<Vec<u8>>> {
        // Several rows may begin with one key, so the first may stand before the block that this key begins.
        let block = self.keys.partition_point(|(first, _)| first < key).saturating_sub(1);
        let Some(&(_, from)) = self.keys.get(block) else { return Ok(None) };
        let to = self.keys[block..].iter().find(|(first, _)| first > key).map(|&(_, at)| at);
        let mut rows = Run::new(&self.file, from..to.unwrap_or(self.begins[1]));
        while let Some(row) = rows.next()? {
            match row.split_first_chunk() {
                Some((of_row, rest)) if of_row == key => return Ok(Some(rest.to_vec())),
                Some((of_row, _)) if of_row > key => break,
                _ => {}
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(n: u32) -> Vec<u8> {
        let mut row = vec![0; KEY];
        row[..4].copy_from_slice(&n.to_be_bytes());
        row.extend(vec![7; (n % 90) as usize]);
        row
    }

    #[test]
    fn rows_are_found_by_their_keys_and_no_others_are() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows");
        let mut rows = SortedWriter::create(path.clone(), 1).unwrap();
        (0..9_000).map(|n| row(3 * n)).for_each(|row| rows.push(0, &row).unwrap());
        rows.finish().unwrap();
        let rows = SortedFile::open(&path).unwrap();
        for n in 0..27_010 {
            let expected = (n % 3 == 0 && n < 27_000).then(|| row(n)[KEY..].to_vec());
            assert_eq!(rows.find(&key_of(&row(n))).unwrap(), expected, "{n}");
        }
    }

    #[test]
    fn each_bucket_gives_its_rows_also_one_that_has_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows");
        let mut rows = SortedWriter::create(path.clone(), 4).unwrap();
        let all = [(1, "a"), (1, "b"), (3, "")];
        all.iter().for_each(|&(bucket, row)| rows.push(bucket, row.as_bytes()).unwrap());
        rows.finish().unwrap();
        for bucket in 0..4 {
            let mut run = SortedFile::open(&path).unwrap().into_run(bucket);
            let rows = std::iter::from_fn(|| run.next().unwrap()).collect::<Vec<_>>();
            let expected = all.iter().filter(|(of, _)| *of == bucket);
            assert!(rows.iter().map(Vec::as_slice).eq(expected.map(|(_, row)| row.as_bytes())));
        }
    }

    #[test]
    fn a_file_that_was_cut_is_damaged() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("rows");
        let mut rows = SortedWriter::create(path.clone(), 2).unwrap();
        rows.push(1, b"row").unwrap();
        rows.finish().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        for len in 0..bytes.len() {
            std::fs::write(&path, &bytes[..len]).unwrap();
            assert!(SortedFile::open(&path).is_err(), "{len}");
        }
    }
}
