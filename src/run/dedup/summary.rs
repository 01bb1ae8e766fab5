//! What a run over documents did.

use serde::Serialize;

use crate::error::{Failure, Skipped};
use crate::run::dedup::documents::FileRead;
use crate::run::event::Event;
use crate::walk::Source;

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were read.
    pub inputs: usize,
    /// Their bytes, unpacked.
    pub bytes: u64,
    /// Documents in them.
    pub articles: usize,
    /// Those that stand for themselves or for a cluster.
    pub canonical: usize,
    /// Those that were folded into another.
    pub copies: usize,
    /// Those that are alike another and would lose too much if they were folded.
    pub related: usize,
    /// Clusters of two documents and more.
    pub clusters: usize,
    /// Lines and files that could not be read.
    pub failures: Vec<Failure>,
    /// Files left out on purpose.
    pub skipped: Vec<Skipped>,
}

impl Summary {
    /// Counts a file that was read.
    pub(super) fn add(
        &mut self,
        source: &Source,
        read: std::io::Result<FileRead>,
        observe: &mut impl FnMut(Event),
    ) {
        let failure = |record: Option<String>, error: String| Failure {
            dump: source.dump.clone(),
            record,
            error,
        };
        let failures = match read {
            Ok(read) => {
                self.inputs += 1;
                self.bytes += read.bytes;
                observe(Event::Done { dump: &source.dump, bytes: source.bytes });
                read.failures
                    .into_iter()
                    .map(|(line, error)| failure(line.map(|line| line.to_string()), error))
                    .collect()
            }
            Err(error) => vec![failure(None, error.to_string())],
        };
        failures.iter().for_each(|failure| observe(Event::Failed(failure)));
        self.failures.extend(failures);
    }
}
