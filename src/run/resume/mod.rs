//! A run that goes on where an earlier call was ended: what the first pass leaves of whole dumps is kept in a folder of the output until all is written.

mod kept;
mod plan;

use crate::error::Result;
use crate::read::Reader;
use crate::run::first_pass::FirstPass;
use crate::run::resume::kept::{Keeping, Lot, lots, remove_unfinished};
use crate::run::resume::plan::Plan;
use crate::run::{Run, TOOL};
use crate::walk::Source;

/// The folder in the output where what is whole is kept.
pub(super) const WORK: &str = ".dechaff.resume";
/// How the name of a file in it begins that is not whole.
const UNFINISHED: &str = ".unfinished-";

impl Run<'_> {
    /// Cleans the dumps of which an earlier call has left nothing whole, and takes up what all have left.
    pub(super) fn resumed(
        &self,
        sources: &[Source],
        reader: &Reader,
        pool: &rayon::ThreadPool,
        pass: &mut FirstPass,
    ) -> Result<()> {
        let plan = Plan::new(TOOL, self.told(), sources)?;
        let folder = plan.agree(pass.output.folder().path())?;
        if pass.output.folder().is_locked() {
            remove_unfinished(&folder)?;
        }
        let plan = plan.digest();
        for (number, dumps) in lots(sources).into_iter().enumerate() {
            let (lot, dumps) = (Lot { folder: &folder, plan, number }, &sources[dumps]);
            let kept = if let Some(kept) = lot.kept()? {
                self.settings.heard.tell(dumps.iter().map(|dump| dump.bytes).sum());
                kept
            } else {
                let (reader, mut keeping) = (self.reader.anew(), Keeping::begin(lot)?);
                self.clean_all(dumps, &reader, pool, |outcome| keeping.take(dumps, outcome))?;
                keeping.finish(reader.found())?
            };
            reader.add_found(kept.take_up(pool, pass)?);
            dumps.iter().for_each(|dump| pass.end(dump));
        }
        Ok(())
    }

    /// What the first pass depends on, by the names of options.
    fn told(&self) -> Vec<(String, String)> {
        let cleaner = self.cleaner.told().into_iter();
        let cleaner = cleaner.map(|(name, value)| (name.to_owned(), value));
        cleaner.chain(self.reader.told()).collect()
    }
}
