//! The members of a tar archive. Nothing is written to disk.

use std::io::{Error, Read, Result};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Unreadable;
use crate::read::peek::Peek;
use crate::read::place::{Open, Place};
use crate::read::record::{Part, Parts};

/// Bytes that the head of a member may take, its long name included.
const LARGEST_HEAD: u64 = 1 << 20;
/// Bytes in whose multiples heads and members are stored.
const BLOCK: u64 = 512;

/// Reads the regular files in an archive, each as a stream of its own.
pub(super) fn read<'r>(place: Place, input: Peek<'r>, open: Open) -> Parts<'r> {
    let input = Shared { inner: Arc::new(Mutex::new(input)), left: Arc::default() };
    Box::new(Members { place, open, input: Some(input), member: None, others: 0 })
}

/// The records of the members, one after the other.
struct Members<'r> {
    place: Place,
    open: Open,
    /// None at the end.
    input: Option<Shared<'r>>,
    member: Option<Member<'r>>,
    others: usize,
}

/// What ends an archive before its end.
struct Fault {
    record: Option<String>,
    reason: String,
}

struct Member<'r> {
    name: String,
    /// Bytes behind it up to the next head.
    padding: u64,
    /// None where nobody wants it.
    parts: Option<Parts<'r>>,
}

impl Iterator for Members<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while self.input.is_some() {
            let part = match self.member.as_mut().and_then(|member| member.parts.as_mut()?.next()) {
                Some(part) => return Some(part),
                None => self.end_member().and_then(|()| self.begin_member()),
            };
            if let Err(Fault { record, reason }) = part {
                self.input = None;
                return Some(Part::Broken { record, reason: damaged(reason) });
            }
        }
        Part::skipped(std::mem::take(&mut self.others), OTHERS)
    }
}

impl Members<'_> {
    /// Passes over what is left of a member.
    fn end_member(&mut self) -> std::result::Result<(), Fault> {
        let (Some(Member { name, padding, .. }), Some(input)) = (self.member.take(), &self.input)
        else {
            return Ok(());
        };
        input.left.fetch_add(padding, Relaxed);
        match std::io::copy(&mut input.clone(), &mut std::io::sink()) {
            Ok(_) if input.left.load(Relaxed) == 0 => Ok(()),
            Ok(_) => Err(self.fault(&"unexpected EOF during skip")),
            Err(_) => {
                Err(Fault { record: self.place.id(&name), reason: "the member breaks off".into() })
            }
        }
    }

    /// What is wrong with the archive.
    fn fault(&self, reason: &dyn ToString) -> Fault {
        Fault { record: self.place.record.clone(), reason: reason.to_string() }
    }

    /// Reads the next head.
    fn begin_member(&mut self) -> std::result::Result<(), Fault> {
        let Some(input) = &self.input else { return Ok(()) };
        input.left.store(LARGEST_HEAD, Relaxed);
        // An archive of its own for each member: the entries of one cannot be kept beside it.
        let mut archive = ::tar::Archive::new(Head(input.clone()));
        let entry = archive.entries().and_then(|mut entries| entries.next().transpose());
        let Some(entry) = entry.map_err(|error| self.fault(&error))? else {
            self.input = None;
            return Ok(());
        };
        let kind = entry.header().entry_type();
        let name = member_name(&String::from_utf8_lossy(&entry.path_bytes()));
        let is_wanted = kind.is_file() && !is_hidden(&name);
        // A file with holes is smaller in the archive than on disk.
        let stored = entry.header().entry_size().ok().filter(|_| kind.is_gnu_sparse());
        let size = stored.unwrap_or_else(|| entry.size());
        self.others += usize::from(!is_wanted && !kind.is_dir());
        self.place.budget.pieces(1).map_err(|reason| self.fault(&reason))?;
        input.left.store(size, Relaxed);
        let parts =
            is_wanted.then(|| (self.open)(self.place.member(&name), Peek::new(input.clone())));
        let padding = size.wrapping_neg() % BLOCK;
        self.member = Some(Member { name, padding, parts });
        Ok(())
    }
}

fn damaged(reason: impl std::fmt::Display) -> Unreadable {
    Unreadable::damaged(format!("tar: {reason}"))
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

/// An archive's bytes, of which no more are given out than are left of a head or a member.
#[derive(Clone)]
struct Shared<'r> {
    inner: Arc<Mutex<Peek<'r>>>,
    left: Arc<AtomicU64>,
}

impl Read for Shared<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let most =
            usize::try_from(self.left.load(Relaxed)).map_or(out.len(), |left| left.min(out.len()));
        let read =
            self.inner.lock().unwrap_or_else(PoisonError::into_inner).read(&mut out[..most])?;
        self.left.fetch_sub(read as u64, Relaxed);
        Ok(read)
    }
}

/// The bytes of a head, whose end is an error.
struct Head<'r>(Shared<'r>);

impl Read for Head<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.0.left.load(Relaxed) == 0 {
            return Err(Error::other("the head of a member is too large"));
        }
        self.0.read(out)
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
