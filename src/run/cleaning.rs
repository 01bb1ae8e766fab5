//! Every record is read and cleaned, many at a time, and what became of each is given in their order.

use std::path::Path;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use crate::clean::Cleaner;
use crate::error::{Error, Failure, Result};
use crate::guard::look;
use crate::read::{Part, Reader};
use crate::run::outcome::{Done, Outcome};
use crate::run::prefetch::{Feed, feed};
use crate::run::settings::Settings;
use crate::run::within::clean_within;
use crate::walk::Source;

/// What dumps are read and cleaned with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cleaning<'r> {
    pub(crate) cleaner: &'r Cleaner,
    pub(crate) reader: &'r Reader,
    pub(crate) settings: &'r Settings,
    /// Where the run writes, to name it in errors.
    pub(crate) out: &'r Path,
}

impl Cleaning<'_> {
    /// Reads and cleans dumps on the threads of `pool`.
    ///
    /// # Errors
    /// Those of `take`, which is given all that comes of them.
    pub(crate) fn run(
        self,
        sources: &[Source],
        pool: &rayon::ThreadPool,
        mut take: impl FnMut(Outcome) -> Result<()>,
    ) -> Result<()> {
        let (sender, batches) = sync_channel(0);
        std::thread::scope(|scope| {
            let read = move || {
                self.settings.stop.clone().watch();
                feed(self.reader, sources, &sender);
            };
            std::thread::Builder::new().spawn_scoped(scope, read).map_err(Error::io(self.out))?;
            for batch in batches {
                let done: Vec<_> = pool
                    .install(|| batch.into_par_iter().map(|feed| self.clean_one(feed)).collect());
                look();
                done.into_iter().try_for_each(&mut take)?;
            }
            Ok(())
        })
    }

    /// Cleans a part of a dump, and tells that it is done.
    fn clean_one(self, feed: Feed) -> Outcome {
        let (Feed::Part(_, _, bytes) | Feed::End(_, bytes, _)) = feed;
        let outcome = self.outcome(feed);
        self.settings.heard.tell(bytes);
        outcome
    }

    fn outcome(self, feed: Feed) -> Outcome {
        match feed {
            Feed::Part(source, Part::Record(record), _) => {
                let limits = self.reader.within();
                match clean_within(self.cleaner, &record, &self.settings.stop, limits) {
                    Ok((cleaned, sentences)) => {
                        Outcome::Done(source, Box::new(Done::new(record, cleaned, sentences)))
                    }
                    Err(reason) => Outcome::Failed(source, record.id, reason),
                }
            }
            Feed::Part(source, Part::Broken { record, reason }, _) => {
                Outcome::Failed(source, record, reason.to_string())
            }
            Feed::Part(source, Part::Skipped { records, reason }, _) => {
                Outcome::Skipped(source, format!("{records} {reason}"))
            }
            Feed::End(source, _, is_whole) => Outcome::End(source, is_whole),
        }
    }
}

/// The failure of a run that found the field that was named for the text nowhere.
pub(crate) fn no_such_field(reader: &Reader) -> Option<Failure> {
    let (field, dump, others) = reader.nowhere()?;
    let error = format!(
        "has no field {field:?}, nor has anything else; its fields are {}",
        others.join(", ")
    );
    Some(Failure { dump, record: None, error })
}
