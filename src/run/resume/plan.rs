//! What must be the same for a run to go on: the version, the options, and the dumps as they stand.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::clean::Cleaner;
use crate::error::{Error, Result};
use crate::read::Reader;
use crate::run::settings::differing;
use crate::walk::Source;
use crate::write::{make_folder, read_file, show};

/// The folder in the output where what is whole is kept.
pub(crate) const WORK: &str = ".dechaff.resume";
/// How the name of a file in it begins that is not whole.
pub(crate) const UNFINISHED: &str = ".unfinished-";
const PLAN: &str = "plan.json";

/// What a run that goes on has in common with the one that was ended.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    tool: String,
    /// The name of each, and how it is told from others.
    options: Vec<(String, String)>,
    /// A hash (xxh3, 128 bits) of all dumps as they stand.
    dumps: String,
}

impl Plan {
    /// # Errors
    /// [`Error::Resume`] where a dump is no file that can be read again.
    pub(crate) fn new(
        tool: &str,
        options: Vec<(String, String)>,
        sources: &[Source],
    ) -> Result<Self> {
        let mut hash = Xxh3::new();
        for source in sources {
            let (path, modified) = standing(source).ok_or_else(|| {
                let reason = "is no file that could be read again; leave out --resume".into();
                Error::Resume { path: PathBuf::from(&source.dump), reason }
            })?;
            for name in [source.dump.as_bytes(), path.as_os_str().as_encoded_bytes()] {
                hash.update(&(name.len() as u64).to_le_bytes());
                hash.update(name);
            }
            hash.update(&[u8::from(source.in_folder)]);
            hash.update(&source.bytes.to_le_bytes());
            hash.update(&modified.to_le_bytes());
        }
        Ok(Self { tool: tool.into(), options, dumps: format!("{:032x}", hash.digest128()) })
    }

    fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a plan is of words")
    }

    /// What tells it from others (xxh3).
    pub(crate) fn digest(&self) -> u128 {
        xxh3_128(&self.json())
    }

    /// Writes the plan down, unless an earlier call has. The folder where what is whole is kept.
    ///
    /// # Errors
    /// [`Error::Resume`] where what was kept is of another plan.
    pub(crate) fn agree(&self, out: &Path) -> Result<PathBuf> {
        let folder = out.join(WORK);
        let io = |error| Error::io(&folder)(error);
        make_folder(&folder).map_err(io)?;
        let Some(begun) = read_file(&folder.join(PLAN)).map_err(io)? else {
            let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&folder);
            let mut file = file.map_err(io)?;
            file.write_all(&self.json()).and_then(|()| show(file.as_file())).map_err(io)?;
            file.as_file().sync_all().map_err(io)?;
            file.persist(folder.join(PLAN)).map_err(|error| io(error.error))?;
            return Ok(folder);
        };
        let differs = match serde_json::from_slice(&begun) {
            Ok(begun) => self.difference(&begun),
            Err(_) => Some("by another version of dechaff".into()),
        };
        differs.map_or(Ok(folder.clone()), |how| {
            let reason = format!(
                "the run to be resumed was begun {how}; give the same, or remove {WORK} in it to begin anew"
            );
            Err(Error::Resume { path: out.into(), reason })
        })
    }

    /// What is different in the plan that was begun with.
    fn difference(&self, begun: &Self) -> Option<String> {
        if self.tool != begun.tool {
            return Some(format!("by {}", begun.tool));
        }
        if let Some(name) = differing(&self.options, &begun.options) {
            return Some(format!("with another {name}"));
        }
        (self.dumps != begun.dumps).then(|| "with other dumps, or before they were changed".into())
    }
}

/// What the first pass depends on, by the names of options.
pub(crate) fn told(cleaner: &Cleaner, reader: &Reader) -> Vec<(String, String)> {
    let cleaner = cleaner.told().into_iter().map(|(name, value)| (name.to_owned(), value));
    cleaner.chain(reader.told()).collect()
}

/// The file of a dump, and when it was written, in nanoseconds since 1970; None where it is no file.
fn standing(source: &Source) -> Option<(PathBuf, u128)> {
    let path = source.path.as_ref()?.canonicalize().ok()?;
    let about = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
    let since = about.modified().ok()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Some((path, since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(keep: &str, sources: &[Source]) -> Plan {
        Plan::new("dechaff", vec![("--keep".into(), keep.into())], sources).unwrap()
    }

    #[test]
    fn another_plan_is_told_by_what_differs_first() {
        let dir = tempfile::tempdir().unwrap();
        let source = |folder: &str, bytes| {
            let path = dir.path().join(folder).join("a.txt");
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::File::create(&path).unwrap().set_modified(UNIX_EPOCH).unwrap();
            Source { dump: "a.txt".into(), path: Some(path), bytes, in_folder: true }
        };
        let one = source("one", 1);
        let begun = plan("notes", std::slice::from_ref(&one));
        assert_eq!(begun.difference(&begun), None);
        let other = |plan: Plan| plan.difference(&begun).unwrap();
        assert_eq!(other(plan("captions", &[])), "with another --keep");
        let given = Source { in_folder: false, ..one.clone() };
        for dumps in [
            vec![],
            vec![given],
            vec![source("two", 1)],
            vec![one.clone(), one],
            vec![source("one", 2)],
        ] {
            assert_eq!(
                other(plan("notes", &dumps)),
                "with other dumps, or before they were changed"
            );
        }
    }
}
