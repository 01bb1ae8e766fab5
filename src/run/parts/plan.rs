//! What all parts of a run must agree on: the documents, the options, and in how many parts.

use std::cmp::Reverse;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::outputs::MANIFEST;
use crate::run::parts::keys::WORK;
use crate::run::settings::differing;
use crate::walk::Source;
use crate::write::{Digester, Folder, is_whole, make_folder, read_file, show};

const PLAN: &str = "plan.json";
/// The file that says which run has written the output, once its parts are done.
const PUBLISHED: &str = ".dechaff.published";

/// What all parts agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    tool: String,
    parts: usize,
    /// The name of each, and how it is told from others.
    options: Vec<(String, String)>,
    files: Vec<File>,
}

/// A file that is read, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct File {
    name: String,
    bytes: u64,
    /// When it was written, in nanoseconds since 1970.
    modified: String,
}

/// A plan as it stands in the folder.
#[derive(Serialize, Deserialize)]
struct Begun {
    started: String,
    #[serde(flatten)]
    plan: Plan,
}

impl Plan {
    /// The plan of a command with these options, by their names.
    ///
    /// # Errors
    /// [`Error::Part`] where an input is no file that other processes can read too.
    pub(crate) fn new(
        command: &str,
        options: Vec<(String, String)>,
        sources: &[Source],
        parts: usize,
    ) -> Result<Self> {
        let tool = format!("dechaff {command} {}", env!("CARGO_PKG_VERSION"));
        let file = |source: &Source| {
            let about = source.path.as_ref().map(std::fs::metadata);
            let modified = about.and_then(Result::ok).filter(std::fs::Metadata::is_file);
            let modified = modified.and_then(|about| about.modified().ok()).ok_or_else(|| {
                let reason = "is no file that all parts can read; give --part files".into();
                Error::Part { path: PathBuf::from(&source.dump), reason }
            })?;
            let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
            let modified = since.as_nanos().to_string();
            Ok(File { name: source.dump.clone(), bytes: source.bytes, modified })
        };
        let files = sources.iter().map(file).collect::<Result<_>>()?;
        Ok(Self { tool, parts, options, files })
    }

    /// The part that reads each file: the largest file goes first, and to the part that has the least to read.
    pub(crate) fn dealt(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.files.len()).collect();
        order.sort_by_key(|&at| (Reverse(self.files[at].bytes), at));
        let (mut dealt, mut bytes) = (vec![0; self.files.len()], vec![0u64; self.parts]);
        for at in order {
            let least = (0..self.parts).min_by_key(|&part| (bytes[part], part)).unwrap_or(0);
            dealt[at] = least;
            // A file of no bytes is work, too.
            bytes[least] += self.files[at].bytes + 1;
        }
        dealt
    }

    /// Writes the plan down, unless another part has. When all of it began.
    ///
    /// # Errors
    /// [`Error::Part`] where the parts were begun by another plan.
    pub(crate) fn agree(&self, out: &Path) -> Result<jiff::Timestamp> {
        let folder = out.join(WORK);
        let io = |error| Error::io(&folder)(error);
        make_folder(&folder).map_err(io)?;
        let path = folder.join(PLAN);
        if !path.exists() {
            let started = jiff::Timestamp::now().to_string();
            let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(io)?;
            let begun = Begun { started, plan: self.clone() };
            serde_json::to_writer(&mut file, &begun).map_err(|error| io(error.into()))?;
            file.flush().and_then(|()| show(file.as_file())).map_err(io)?;
            file.as_file().sync_all().map_err(io)?;
            match file.persist_noclobber(&path) {
                Err(error) if error.error.kind() != ErrorKind::AlreadyExists => {
                    return Err(io(error.error));
                }
                _ => {}
            }
        }
        let other = |what: String| {
            let reason = format!(
                "the parts of the run in it were begun {what}; give the same, or remove {WORK} in it to begin anew"
            );
            Error::Part { path: out.into(), reason }
        };
        let json = read_file(&path).map_err(io)?.unwrap_or_default();
        let begun: Begun = serde_json::from_slice(&json)
            .map_err(|_| other("by another version of dechaff".into()))?;
        match self.difference(&begun.plan) {
            Some(what) => Err(other(what)),
            None => begun.started.parse().map_err(|_| other("by nobody".into())),
        }
    }

    /// What is different in another plan.
    fn difference(&self, begun: &Self) -> Option<String> {
        if self.tool != begun.tool {
            return Some(format!("by {}", begun.tool));
        }
        if self.parts != begun.parts {
            return Some(format!("as {} parts, not {}", begun.parts, self.parts));
        }
        if let Some(name) = differing(&self.options, &begun.options) {
            return Some(format!("with another {name}"));
        }
        let differing = self.files.iter().zip(&begun.files).find(|(here, there)| here != there);
        let longer = if self.files.len() > begun.files.len() { self } else { begun };
        let shorter = self.files.len().min(begun.files.len());
        let file = differing.map(|(here, _)| here).or_else(|| longer.files.get(shorter));
        file.map(|file| format!("with other files, or before they were changed ({})", file.name))
    }

    /// Whether no parts were begun by another plan.
    pub(crate) fn is_last(&self, out: &Path) -> bool {
        let json = read_file(&out.join(WORK).join(PLAN)).ok().flatten();
        serde_json::from_slice(&json.unwrap_or_default())
            .map_or(true, |begun: Begun| begun.plan == *self)
    }

    fn digest(&self) -> Option<String> {
        let mut digester = Digester::default();
        digester.take(&serde_json::to_vec(self).ok()?);
        Some(digester.finish().digest)
    }

    /// How the output is told to be that of this plan.
    fn mark(&self, out: &Path) -> Option<String> {
        let manifest = Digester::of_file(&out.join(MANIFEST)).ok()?;
        Some(format!("{} {}\n", self.digest()?, manifest.finish().digest))
    }

    /// Whether the output is that of this plan, and all of it is there.
    pub(crate) fn is_published(&self, out: &Path) -> bool {
        let mark = || self.mark(out).map(String::into_bytes);
        let noted = read_file(&out.join(PUBLISHED)).ok().flatten();
        noted.is_some() && is_whole(out) && noted == mark()
    }

    /// Notes that it is.
    pub(crate) fn publish(&self, out: &Folder) -> Result<()> {
        out.note(PUBLISHED, &self.mark(out.path()).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(parts: usize, bytes: &[u64]) -> Plan {
        let file =
            |(n, &bytes)| File { name: format!("{n}.jsonl"), bytes, modified: String::new() };
        let files = bytes.iter().enumerate().map(file).collect();
        Plan { tool: "dechaff".into(), parts, options: Vec::new(), files }
    }

    #[test]
    fn files_are_dealt_out_so_that_each_part_has_as_much_to_read() {
        assert_eq!(plan(3, &[10, 50, 20, 20, 0]).dealt(), [1, 0, 1, 2, 2]);
        assert_eq!(plan(2, &[0, 0, 0]).dealt(), [0, 1, 0]);
        assert_eq!(plan(4, &[7]).dealt(), [0]);
    }

    #[test]
    fn another_plan_is_told_by_what_differs_first() {
        let begun = plan(2, &[1, 2]);
        assert_eq!(begun.difference(&begun), None);
        assert_eq!(plan(3, &[1, 2]).difference(&begun).unwrap(), "as 2 parts, not 3");
        let more = Plan { options: vec![("--loss".into(), "0.2".into())], ..plan(2, &[1, 2]) };
        for (here, there) in [(&more, &begun), (&begun, &more)] {
            assert_eq!(here.difference(there).unwrap(), "with another --loss");
        }
        for files in [&[1, 3][..], &[1], &[1, 2, 3]] {
            let other = plan(2, files).difference(&begun).unwrap();
            assert!(other.starts_with("with other files"), "{other}");
        }
    }
}
