//! The members of a tar archive. Nothing is written to disk.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

use crate::error::Unreadable;
use crate::read::peek::Peek;
use crate::read::{Flow, Place, Visit};

/// Bytes that the head of a member may take, its long name included.
const LARGEST_HEAD: u64 = 1 << 20;

pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// Reads the regular files in an archive, each as a stream of its own.
pub(super) fn read(visit: &mut Visit, place: &Place, input: Peek) -> Flow {
    let budget = Rc::new(Cell::new(LARGEST_HEAD));
    let mut archive = ::tar::Archive::new(Budget { inner: input, left: budget.clone() });
    let mut entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => {
            return visit
                .broken(place.record.clone(), Unreadable::damaged(format!("tar: {error}")));
        }
    };
    let mut others = 0;
    loop {
        budget.set(LARGEST_HEAD);
        let mut entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                visit.broken(place.record.clone(), Unreadable::damaged(format!("tar: {error}")))?;
                break;
            }
        };
        budget.set(u64::MAX);
        let kind = entry.header().entry_type();
        let member = member_name(&String::from_utf8_lossy(&entry.path_bytes()));
        if (kind.is_file() || kind.is_gnu_sparse()) && !is_hidden(&member) {
            visit.read(&place.member(&member), Peek::new(&mut entry))?;
        } else if !kind.is_dir() {
            others += 1;
        }
        if std::io::copy(&mut entry, &mut std::io::sink()).is_err() {
            visit.broken(place.id(&member), Unreadable::damaged("tar: the member breaks off"))?;
            break;
        }
    }
    visit.skipped(others, OTHERS)
}

/// Why members are left out.
pub(super) const OTHERS: &str = "members that are hidden, links or no regular files";

/// The path of a member, without what would lead out of the folder that it is in.
pub(super) fn member_name(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !["", ".", ".."].contains(part));
    parts.map(|part| part.replace(char::is_control, "\u{fffd}")).collect::<Vec<_>>().join("/")
}

pub(super) fn is_hidden(member: &str) -> bool {
    member.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Gives out no more bytes than are left.
struct Budget<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Budget<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(out)?;
        let left = self
            .left
            .get()
            .checked_sub(read as u64)
            .ok_or_else(|| Error::other("the head of a member is too large"))?;
        self.left.set(left);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(member_name("/etc/../../passwd"), "etc/passwd");
        assert_eq!(member_name("..\\a\\./b\u{1b}[0m.txt"), "a/b\u{fffd}[0m.txt");
        assert!(is_hidden("a/.git/config") && is_hidden("__MACOSX/x") && !is_hidden("a/b.txt"));
    }
}
