//! Writes parts of the index, from new articles or from older parts, in one pass and little memory.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3Default;

use crate::compare::index::bits::BitWriter;
use crate::compare::index::segment::{COUNT, MOST_HOLDERS, PLACE, Segment, damaged, place};
use crate::guard::look;

/// A stretch of a file, read or written from its start on, whatever else is done with the file meanwhile.
#[derive(Debug)]
struct Stretch<'f> {
    file: &'f File,
    at: u64,
}

/// What is written, with a hash of it.
struct Summed<W> {
    inner: W,
    hash: Xxh3Default,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }
}

impl Read for Stretch<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        look();
        self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Write for Stretch<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        look();
        self.file.seek(SeekFrom::Start(self.at))?;
        let written = self.file.write(bytes)?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Copies a stretch of one file to a place in another.
pub(super) fn copy(from: &File, at: u64, len: u64, to: &File, place: u64) -> Result<()> {
    let mut source = BufReader::with_capacity(1 << 18, Stretch { file: from, at }).take(len);
    let copied = std::io::copy(&mut source, &mut Stretch { file: to, at: place })?;
    if copied == len { Ok(()) } else { Err(damaged()) }
}

/// What a part is written from.
pub(super) struct Source<'s> {
    pub(super) first: u64,
    pub(super) end: u64,
    /// Pairs of name and article, at most.
    pub(super) postings: u64,
    /// What is kept of each article from `first` to `end`; empty for one that is left out.
    pub(super) records: &'s mut dyn Iterator<Item = Result<Vec<u8>>>,
    /// Names with the articles that hold them, ascending.
    pub(super) names: &'s mut dyn Iterator<Item = Result<(u64, u64)>>,
    /// Older articles that are replaced, ascending.
    pub(super) removed: Vec<u64>,
}

/// Places that are written in a file of their own until what they point to is written.
struct Places {
    file: BufWriter<File>,
    last: u64,
    count: u64,
}

impl Places {
    fn new(folder: &Path) -> Result<Self> {
        let file = BufWriter::new(tempfile::tempfile_in(folder)?);
        let mut places = Self { file, last: 0, count: 0 };
        places.push(0)?;
        Ok(places)
    }

    /// Adds a place that lies so many bytes after the last.
    fn push(&mut self, bytes: usize) -> Result<()> {
        self.last += bytes as u64;
        self.count += 1;
        self.file.write_all(&self.last.to_le_bytes()[..PLACE as usize])
    }

    /// Writes them all, and gives what the last is.
    fn write(self, to: &mut impl Write) -> Result<u64> {
        let mut file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        std::io::copy(&mut file, to)?;
        Ok(self.last)
    }
}

/// Writes a part at a place of the file; `folder` takes what must wait meanwhile.
pub(super) fn write(file: &File, at: u64, folder: &Path, source: Source) -> Result<Segment> {
    let Source { first, end, postings, records, names, removed } = source;
    let mut segment = Segment { at, first, end, postings, ..Segment::default() };
    let out = Summed { inner: Stretch { file, at }, hash: Xxh3Default::new() };
    let mut out = BufWriter::with_capacity(1 << 18, out);
    let mut places = Places::new(folder)?;
    for record in records {
        let record = record?;
        segment.articles += u64::from(!record.is_empty());
        out.write_all(&record)?;
        places.push(record.len())?;
    }
    if places.count != end - first + 1 {
        return Err(damaged());
    }
    segment.records = places.write(&mut out)?;
    let mut places = Places::new(folder)?;
    let mut names = names.peekable();
    let mut bits = BitWriter::default();
    let mut bucket: Vec<(u64, u64)> = Vec::new();
    for number in 0..segment.buckets() {
        bucket.clear();
        while let Some(posting) = names.next_if(|posting| {
            posting.as_ref().map_or(true, |&(name, _)| segment.bucket_of(name) == number)
        }) {
            let (name, article) = posting?;
            let same = bucket.iter().rev().take_while(|(other, _)| *other == name);
            if same.take(MOST_HOLDERS).count() < MOST_HOLDERS {
                bucket.push((name, article));
            }
        }
        let mut last = segment.lowest_of(number);
        if !bucket.is_empty() {
            bits.push_rice(bucket.len() as u64, COUNT);
        }
        for &(name, article) in &bucket {
            bits.push_rice(name.checked_sub(last).ok_or_else(damaged)?, segment.gap_bits());
            bits.push(article - first, segment.number_bits());
            last = name;
        }
        let bytes = bits.take();
        out.write_all(&bytes)?;
        places.push(bytes.len())?;
    }
    if names.next().is_some() {
        return Err(damaged());
    }
    segment.lists = places.write(&mut out)?;
    segment.removed = removed.len() as u64;
    removed.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))?;
    out.flush()?;
    segment.sum = out.get_ref().hash.digest();
    Ok(segment)
}

/// Writes parts that follow each other as one, to a place of this file or another, without what `is_removed`; `removed` are the older articles that they replace.
pub(super) fn merge(
    file: &File,
    segments: &[Segment],
    (to, at): (&File, u64),
    folder: &Path,
    is_removed: &dyn Fn(u64) -> bool,
    removed: Vec<u64>,
) -> Result<Segment> {
    let [Some(first), Some(last)] = [segments.first(), segments.last()] else {
        return Err(damaged());
    };
    let mut records =
        segments.iter().flat_map(|segment| records_of(file, *segment)).map(|record| {
            let (number, record) = record?;
            Ok(if is_removed(number) { Vec::new() } else { record })
        });
    let mut streams: Vec<_> =
        segments.iter().map(|segment| names_of(file, *segment).peekable()).collect();
    let mut names = std::iter::from_fn(|| {
        let first = (0..streams.len())
            .filter_map(|n| {
                Some((streams[n].peek()?.as_ref().map_or((0, 0), |&posting| posting), n))
            })
            .min()?;
        streams[first.1].next()
    })
    .filter(|posting| posting.as_ref().map_or(true, |&(_, number)| !is_removed(number)));
    let source = Source {
        first: first.first,
        end: last.end,
        postings: segments.iter().map(|segment| segment.postings).sum(),
        records: &mut records,
        names: &mut names,
        removed,
    };
    write(to, at, folder, source)
}

/// Differences between places that follow each other.
fn lengths(file: &File, at: u64, count: u64) -> impl Iterator<Item = Result<usize>> {
    let mut places = BufReader::new(Stretch { file, at });
    let mut last = None;
    let mut next = move || {
        let mut bytes = [0; PLACE as usize];
        places.read_exact(&mut bytes)?;
        let place = place(bytes);
        let before = last.replace(place).unwrap_or(place);
        place.checked_sub(before).map(|len| len as usize).ok_or_else(damaged)
    };
    (0..=count).map(move |_| next()).skip(1)
}

/// What is kept of all articles of a part, with their numbers.
fn records_of(file: &File, segment: Segment) -> impl Iterator<Item = Result<(u64, Vec<u8>)>> {
    let mut records = BufReader::with_capacity(1 << 16, Stretch { file, at: segment.at });
    let lengths = lengths(file, segment.places_at(), segment.end - segment.first);
    (segment.first..).zip(lengths).map(move |(number, len)| {
        let mut record = Vec::new();
        records.by_ref().take(len? as u64).read_to_end(&mut record)?;
        Ok((number, record))
    })
}

/// All names of a part with the articles that hold them.
fn names_of(file: &File, segment: Segment) -> impl Iterator<Item = Result<(u64, u64)>> {
    let mut lists = BufReader::with_capacity(1 << 16, Stretch { file, at: segment.lists_at() });
    let mut lengths = (0..).zip(lengths(file, segment.buckets_at(), segment.buckets()));
    let mut waiting: VecDeque<(u64, u64)> = VecDeque::new();
    std::iter::from_fn(move || {
        while waiting.is_empty() {
            let (bucket, len) = lengths.next()?;
            let mut bytes = Vec::new();
            let read = len.and_then(|len| lists.by_ref().take(len as u64).read_to_end(&mut bytes));
            if let Err(error) = read {
                return Some(Err(error));
            }
            waiting.extend(segment.postings_of(bucket, &bytes));
        }
        waiting.pop_front().map(Ok)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A part with articles of these numbers, each with the names that are divisible by it.
    fn part(file: &File, at: u64, numbers: std::ops::Range<u64>, removed: &[u64]) -> Segment {
        let mut records = numbers.clone().map(|number| Ok(vec![number as u8; number as usize]));
        let name = |n: u64| n << 30 | n;
        let names = (1..200).flat_map(|n| {
            numbers
                .clone()
                .filter(move |number| n % number == 0)
                .map(move |number| Ok((name(n), number)))
        });
        let source = Source {
            first: numbers.start,
            end: numbers.end,
            postings: 500,
            records: &mut records,
            names: &mut { names },
            removed: removed.to_vec(),
        };
        write(file, at, &std::env::temp_dir(), source).unwrap()
    }

    fn holders(segment: &Segment, file: &File, n: u64) -> Vec<u64> {
        let mut found = Vec::new();
        segment.holders(file, n << 30 | n, &mut found).unwrap();
        found
    }

    #[test]
    fn what_was_written_is_looked_up_and_stays_when_parts_are_merged() {
        let file = tempfile::tempfile().unwrap();
        let old = part(&file, 100, 1..9, &[]);
        let new = part(&file, 100 + old.len(), 9..17, &[3, 4]);
        assert_eq!(
            (holders(&old, &file, 24), holders(&new, &file, 24)),
            (vec![1, 2, 3, 4, 6, 8], vec![12])
        );
        assert_eq!(new.record(&file, 12).unwrap(), [12; 12]);
        assert_eq!([3, 5].map(|number| new.has_removed(&file, number).unwrap()), [true, false]);
        let at = 100 + old.len() + new.len();
        let merged = merge(
            &file,
            &[old, new],
            (&file, at),
            &std::env::temp_dir(),
            &|n| n == 3 || n == 4,
            vec![],
        )
        .unwrap();
        assert_eq!(holders(&merged, &file, 24), [1, 2, 6, 8, 12]);
        assert_eq!((merged.articles, merged.record(&file, 3).unwrap()), (14, vec![]));
        assert!((5..17).all(|n| merged.record(&file, n).unwrap() == vec![n as u8; n as usize]));
    }

    #[test]
    fn of_a_name_that_many_articles_hold_some_are_kept() {
        let file = tempfile::tempfile().unwrap();
        let mut records = (0..1000).map(|_| Ok(Vec::new()));
        let mut names = (0..1000).map(|number| Ok((7, number)));
        let source = Source {
            first: 0,
            end: 1000,
            postings: 1000,
            records: &mut records,
            names: &mut names,
            removed: vec![],
        };
        let segment = write(&file, 0, &std::env::temp_dir(), source).unwrap();
        let mut found = Vec::new();
        segment.holders(&file, 7, &mut found).unwrap();
        assert_eq!(found, (0..MOST_HOLDERS as u64).collect::<Vec<_>>());
    }
}
