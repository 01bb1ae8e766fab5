//! The members of a zip archive. Nothing is written to disk.

use std::collections::BTreeMap;
use std::io::{Cursor, Error, Read, Result, Seek, SeekFrom};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use ::zip::result::ZipError;
use ::zip::{CompressionMethod, ZipArchive};
use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::error::Unreadable;
use crate::read::budget::Unpacked;
use crate::read::peek::Peek;
use crate::read::place::{Open, Place};
use crate::read::record::{Part, Parts};
use crate::read::tar::{OTHERS, is_hidden, member_name};

/// Members that only office documents and programs have.
const NO_ARCHIVE: [&str; 2] = ["[Content_Types].xml", "META-INF/MANIFEST.MF"];

/// What stands before each member in the list.
const LISTED: &[u8] = b"PK\x01\x02";

/// Why an archive ends in which a member is made of the bytes of another.
const OVERLAP: &str =
    "overlaps with another member, as in no archive of dumps; the rest is not read";

/// Reads an archive out of a stream. Its list of members stands at its end, so it is held in memory.
pub(super) fn read_stream<'r>(place: Place, mut input: Peek<'r>, open: Open) -> Parts<'r> {
    let held = input.held(place.settings.limits.record).and_then(|bytes| {
        // What is known of a member takes many times the bytes that it has in the list.
        let listed = memchr::memmem::find_iter(&bytes, LISTED).count() as u64;
        place.budget.pieces(listed).map(|()| bytes)
    });
    match held {
        Ok(bytes) => read(place, Cursor::new(bytes), open),
        Err(reason) => place.all_broken(reason),
    }
}

/// Reads the files in an archive, each as a stream of its own, in the order of its list.
pub(super) fn read<'r>(place: Place, input: impl Read + Seek + Send + 'r, open: Open) -> Parts<'r> {
    let input = Shared(Arc::new(Mutex::new(input)));
    let archive = match ZipArchive::new(input.clone()) {
        Ok(archive) => archive,
        Err(error) => return place.all_broken(damaged(error)),
    };
    if NO_ARCHIVE.iter().any(|name| archive.index_for_name(name).is_some()) {
        return place.all_broken(Unreadable::damaged(
            "is an office document or a program, not an archive of dumps",
        ));
    }
    let taken = Taken::default();
    Box::new(Members { place, open, archive, input, at: 0, taken, member: None, others: 0 })
}

fn damaged(error: impl std::fmt::Display) -> Unreadable {
    Unreadable::damaged(format!("zip: {error}"))
}

/// The records of the members, one after the other.
struct Members<'r, R> {
    place: Place,
    open: Open,
    archive: ZipArchive<Shared<R>>,
    input: Shared<R>,
    /// How many members were looked at.
    at: usize,
    taken: Taken,
    member: Option<Parts<'r>>,
    others: usize,
}

impl<'r, R: Read + Seek + Send + 'r> Iterator for Members<'r, R> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        loop {
            if let Some(part) = self.member.as_mut().and_then(Iterator::next) {
                return Some(part);
            }
            self.member = None;
            if self.at >= self.archive.len() {
                return Part::skipped(std::mem::take(&mut self.others), OTHERS);
            }
            if let Err(reason) = self.place.budget.pieces(1) {
                (self.at, self.others) = (self.archive.len(), 0);
                return Some(self.place.broken(reason));
            }
            self.at += 1;
            let record = self.place.id(&self.at.to_string());
            if let Err(reason) = self.begin_member() {
                return Some(Part::Broken { record, reason });
            }
        }
    }
}

impl<'r, R: Read + Seek + Send + 'r> Members<'r, R> {
    /// Opens the member before which `at` stands, if it is one to be read.
    fn begin_member(&mut self) -> std::result::Result<(), Unreadable> {
        let member = self.archive.by_index(self.at - 1).map_err(damaged)?;
        let name = member.name().map_or_else(|_| self.at.to_string(), |name| member_name(&name));
        if member.is_dir() {
            return Ok(());
        }
        if member.is_symlink() || is_hidden(&name) {
            self.others += 1;
            return Ok(());
        }
        let start = member.data_start().ok_or(ZipError::FileNotFound).map_err(damaged)?;
        let end = start.saturating_add(member.compressed_size());
        if !self.taken.take(member.header_start()..end) {
            drop(member);
            (self.at, self.others) = (self.archive.len(), 0);
            return Err(damaged(OVERLAP));
        }
        // The crate's own reader of a member cannot be kept beside its archive.
        let packed =
            Packed { inner: self.input.clone(), at: start, left: member.compressed_size() };
        let (sum, budget) = (member.crc32(), self.place.budget.clone());
        let content: Box<dyn Read + Send + 'r> = match member.compression() {
            CompressionMethod::Stored => Box::new(packed),
            _ => Box::new(DeflateDecoder::new(packed)),
        };
        let inner = Unpacked { inner: content, budget };
        let content = Content { inner, sum, crc: Crc::new() };
        self.member = Some((self.open)(self.place.member(&name), Peek::new(content)));
        Ok(())
    }
}

/// The bytes of an archive that members were read from: the end of each by its start.
#[derive(Default)]
struct Taken(BTreeMap<u64, u64>);

impl Taken {
    /// Takes bytes for a member, unless another has any of them.
    fn take(&mut self, bytes: Range<u64>) -> bool {
        let before = self.0.range(..bytes.end).next_back();
        let is_free = before.is_none_or(|(_, &end)| end <= bytes.start);
        if is_free {
            self.0.insert(bytes.start, bytes.end);
        }
        is_free
    }
}

/// An archive that its list and its members are read from.
struct Shared<R>(Arc<Mutex<R>>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<R: Read> Read for Shared<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(out)
    }
}

impl<R: Seek> Seek for Shared<R> {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).seek(to)
    }
}

/// The bytes of a member as they stand in the archive.
struct Packed<R> {
    inner: Shared<R>,
    at: u64,
    left: u64,
}

impl<R: Read + Seek> Read for Packed<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let most = usize::try_from(self.left).map_or(out.len(), |left| left.min(out.len()));
        self.inner.seek(SeekFrom::Start(self.at))?;
        let read = self.inner.read(&mut out[..most])?;
        self.at += read as u64;
        self.left -= read as u64;
        Ok(read)
    }
}

/// What a member unpacks to, summed.
struct Content<'r> {
    inner: Unpacked<Box<dyn Read + Send + 'r>>,
    sum: u32,
    crc: Crc,
}

impl Read for Content<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let named = |error: Error| Error::new(error.kind(), format!("zip: {error}"));
        let read = self.inner.read(out).map_err(named)?;
        self.crc.update(&out[..read]);
        if read == 0 && !out.is_empty() && self.crc.sum() != self.sum {
            return Err(Error::new(std::io::ErrorKind::InvalidData, "zip: Invalid checksum"));
        }
        Ok(read)
    }
}
