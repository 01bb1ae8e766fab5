//! The texts of records, read from their dumps again.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use dechaff::{Error, Filter, Part, Reader, Record, Source, Stop, walk};

use crate::report::rows::Row;

/// Where dumps stand now.
pub(super) struct Dumps {
    reader: Reader,
    at: BTreeMap<String, Vec<Source>>,
    /// Whether it was known where to look.
    is_known: bool,
}

impl Dumps {
    /// The dumps below these paths, but none below `out`.
    pub(super) fn below(paths: &[PathBuf], out: &Path, reader: Reader) -> Self {
        let mut at: BTreeMap<String, Vec<Source>> = BTreeMap::new();
        for source in walk(paths, &Filter::default(), Some(out)).sources {
            at.entry(source.dump.clone()).or_default().push(source);
        }
        Self { reader, at, is_known: !paths.is_empty() }
    }

    /// Reads the wanted records of a dump again: each goes to `take` with its place in the list, or with the reason why its text is not there.
    pub(super) fn read(
        &self,
        dump: &str,
        wanted: &[(usize, &Row)],
        stop: &Stop,
        mut take: impl FnMut(usize, Result<Record, String>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut left: HashMap<(Option<String>, String), Vec<usize>> = HashMap::new();
        for (at, row) in wanted {
            left.entry((row.record.clone(), row.digest.clone())).or_default().push(*at);
        }
        let sources = self.at.get(dump).map_or(&[][..], Vec::as_slice);
        let mut broken = None;
        'sources: for source in sources.iter().filter(|source| source.path.is_some()) {
            let parts = match self.reader.open(source) {
                Ok(parts) => parts,
                Err(error) => {
                    broken.get_or_insert(format!("cannot be read: {error}"));
                    continue;
                }
            };
            for part in parts {
                if stop.is_set() {
                    return Err(Error::Stopped.into());
                }
                match part {
                    Part::Record(record) => {
                        let key = (record.id.clone(), record.digest());
                        for at in left.remove(&key).unwrap_or_default() {
                            take(at, Ok(record.clone()))?;
                        }
                    }
                    Part::Broken { reason, .. } => {
                        broken.get_or_insert(format!("cannot be read: {reason}"));
                    }
                    Part::Skipped { .. } => {}
                }
                if left.is_empty() {
                    break 'sources;
                }
            }
        }
        let why = match (dump, sources) {
            ("-", _) => "came from standard input".into(),
            (_, []) if !self.is_known => {
                "is not looked for: the run does not say where its dumps stand (see --dumps)".into()
            }
            (_, []) => "is gone".into(),
            _ => broken.unwrap_or_else(|| "was changed".into()),
        };
        let mut missing: Vec<usize> = left.into_values().flatten().collect();
        missing.sort_unstable();
        missing.into_iter().try_for_each(|at| take(at, Err(why.clone())))
    }
}
