//! The members of a zip archive. Nothing is written to disk.

use std::io::{Cursor, Read, Seek};

use crate::error::Unreadable;
use crate::read::bomb;
use crate::read::peek::Peek;
use crate::read::tar::{OTHERS, is_hidden, member_name};
use crate::read::{Flow, Place, Visit};

/// Members that only office documents and programs have.
const NO_ARCHIVE: [&str; 2] = ["[Content_Types].xml", "META-INF/MANIFEST.MF"];

pub(super) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Reads an archive out of a stream. Its list of members stands at its end, so it is held in memory.
pub(super) fn read_stream(visit: &mut Visit, place: &Place, mut input: Peek) -> Flow {
    match input.held() {
        Ok(bytes) => read(visit, place, Cursor::new(bytes)),
        Err(reason) => visit.broken(place.record.clone(), reason),
    }
}

/// Reads the files in an archive, each as a stream of its own, in the order of its list.
pub(super) fn read(visit: &mut Visit, place: &Place, mut input: impl Read + Seek) -> Flow {
    let size = input.seek(std::io::SeekFrom::End(0)).unwrap_or(0);
    let damaged = |error: ::zip::result::ZipError| Unreadable::damaged(format!("zip: {error}"));
    let mut archive = match ::zip::ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return visit.broken(place.record.clone(), damaged(error)),
    };
    if NO_ARCHIVE.iter().any(|name| archive.index_for_name(name).is_some()) {
        return visit.broken(
            place.record.clone(),
            Unreadable::damaged("is an office document or a program, not an archive of dumps"),
        );
    }
    let (mut others, mut unpacked) = (0, 0);
    for index in 0..archive.len() {
        if let Err(bomb) = bomb::check(size, unpacked) {
            return visit.broken(place.record.clone(), Unreadable::damaged(format!("zip: {bomb}")));
        }
        let mut member = match archive.by_index(index) {
            Ok(member) => member,
            Err(error) => {
                visit.broken(place.id(&(index + 1).to_string()), damaged(error))?;
                continue;
            }
        };
        let name =
            member.name().map_or_else(|_| (index + 1).to_string(), |name| member_name(&name));
        if member.is_dir() {
            continue;
        }
        if member.is_symlink() || is_hidden(&name) {
            others += 1;
            continue;
        }
        visit.read(
            &place.member(&name),
            Peek::new(Tally { inner: &mut member, bytes: &mut unpacked }),
        )?;
    }
    visit.skipped(others, OTHERS)
}

/// Counts the bytes that come out.
struct Tally<'t, R> {
    inner: R,
    bytes: &'t mut u64,
}

impl<R: Read> Read for Tally<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read =
            self.inner.read(out).map_err(|e| std::io::Error::new(e.kind(), format!("zip: {e}")))?;
        *self.bytes += read as u64;
        Ok(read)
    }
}
