//! What must be the same for a run to go on: the version, the options, and the dumps as they stand.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::run::settings::differing;
use crate::walk::Source;
use crate::write::{make_folder, read_file, show};

/// The folder in the output where what is whole is kept.
pub(crate) const WORK: &str = ".dechaff.resume";
const PLAN: &str = "plan.json";

/// What a run that goes on has in common with the one that was ended.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    tool: String,
    /// The name of each, and how it is told from others.
    options: Vec<(String, String)>,
    dumps: Vec<Dump>,
}

/// A dump as it stands.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Dump {
    name: String,
    bytes: u64,
    /// When it was written, in nanoseconds since 1970.
    modified: String,
}

impl Plan {
    /// # Errors
    /// [`Error::Resume`] where a dump is no file that can be read again.
    pub(crate) fn new(
        tool: &str,
        options: Vec<(String, String)>,
        sources: &[Source],
    ) -> Result<Self> {
        let dump = |source: &Source| {
            let about = source.path.as_ref().and_then(|path| std::fs::metadata(path).ok());
            let modified = about.filter(std::fs::Metadata::is_file).and_then(|a| a.modified().ok());
            let modified = modified.ok_or_else(|| {
                let reason = "is no file that could be read again; leave out --resume".into();
                Error::Resume { path: PathBuf::from(&source.dump), reason }
            })?;
            let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
            let modified = since.as_nanos().to_string();
            Ok(Dump { name: source.dump.clone(), bytes: source.bytes, modified })
        };
        let dumps = sources.iter().map(dump).collect::<Result<_>>()?;
        Ok(Self { tool: tool.into(), options, dumps })
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
            let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(io)?;
            let json = serde_json::to_vec(self).map_err(|error| io(error.into()))?;
            file.write_all(&json).and_then(|()| show(file.as_file())).map_err(io)?;
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
        let other = self.dumps.iter().zip(&begun.dumps).find(|(here, there)| here != there);
        let longer = if self.dumps.len() > begun.dumps.len() { self } else { begun };
        let shorter = self.dumps.len().min(begun.dumps.len());
        let dump = other.map(|(here, _)| here).or_else(|| longer.dumps.get(shorter));
        dump.map(|dump| format!("with other dumps, or before they were changed ({})", dump.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(keep: &str, bytes: &[u64]) -> Plan {
        let dump = |(n, &bytes)| Dump { name: format!("{n}.txt"), bytes, modified: String::new() };
        let dumps = bytes.iter().enumerate().map(dump).collect();
        Plan { tool: "dechaff".into(), options: vec![("--keep".into(), keep.into())], dumps }
    }

    #[test]
    fn another_plan_is_told_by_what_differs_first() {
        let begun = plan("notes", &[1, 2]);
        assert_eq!(begun.difference(&begun), None);
        let other = |plan: Plan| plan.difference(&begun).unwrap();
        assert_eq!(other(plan("captions", &[1])), "with another --keep");
        for (dumps, named) in [(&[1, 3][..], "1.txt"), (&[1], "1.txt"), (&[1, 2, 3], "2.txt")] {
            let expected = format!("with other dumps, or before they were changed ({named})");
            assert_eq!(other(plan("notes", dumps)), expected);
        }
    }
}
