//! The dumps that a run reads: those in what was given, without what it writes itself.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result, Skipped};
use crate::run::event::Event;
use crate::run::summary::Summary;
use crate::walk::{Filter, Source, Walked, is_filtered, walk};
use crate::write::{Folder, Output};

/// The dumps in what was given, without what the run writes into `folder`.
pub(super) fn found(paths: &[PathBuf], filter: &Filter, folder: &Folder) -> Result<Walked> {
    let out = Some(folder.path()).filter(|_| !folder.is_stream());
    let found = walk(paths, filter, out);
    let unmatched = found.skipped.iter().filter(|skipped| is_filtered(skipped)).count();
    if unmatched > 0 && found.sources.is_empty() && found.failures.is_empty() {
        return Err(Error::NothingMatches { files: unmatched });
    }
    folder.check(&found)?;
    Ok(found)
}

/// The same without the index of the run.
pub(super) fn without_index(mut found: Walked, index: Option<&Path>) -> Walked {
    if let Some(index) = index.and_then(|index| index.canonicalize().ok()) {
        let is_index = |source: &mut Source| {
            let path = source.path.as_ref().and_then(|path| path.canonicalize().ok());
            path.as_ref() == Some(&index)
        };
        let indexes = found.sources.extract_if(.., is_index);
        found.skipped.extend(
            indexes.map(|source| Skipped { dump: source.dump, reason: "is the index".into() }),
        );
    }
    found
}

/// The dumps to read. What was skipped and what failed is counted and told.
pub(super) fn begun(
    found: Walked,
    output: &mut Output,
    summary: &mut Summary,
    observe: &mut impl FnMut(Event),
) -> Result<Vec<Source>> {
    observe(Event::Walked {
        dumps: found.sources.len(),
        bytes: found.sources.iter().map(|s| s.bytes).sum(),
    });
    summary.skipped = found.skipped;
    for failure in found.failures {
        observe(Event::Failed(&failure));
        summary.fail(failure, output)?;
    }
    Ok(found.sources)
}
