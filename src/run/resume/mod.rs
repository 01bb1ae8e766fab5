//! A run that goes on where an earlier call was ended: what the first pass leaves of whole dumps is kept in a folder of the output until all is written.

pub(crate) mod kept;
pub(crate) mod plan;

use crate::error::Result;
use crate::read::Reader;
use crate::run::first_pass::FirstPass;
use crate::run::resume::kept::{Keeping, Lot, lots, remove_unfinished};
use crate::run::resume::plan::Plan;
use crate::run::settings::Heard;
use crate::walk::Source;

/// Cleans the dumps of which an earlier call has left nothing whole, by `clean`, and takes up what all have left.
pub(super) fn resumed(
    plan: &Plan,
    sources: &[Source],
    reader: &Reader,
    (pool, heard): (&rayon::ThreadPool, &Heard),
    pass: &mut FirstPass,
    clean: impl Fn(&[Source], &Reader, &mut Keeping) -> Result<()>,
) -> Result<()> {
    let folder = plan.agree(pass.output.folder().path())?;
    if pass.output.folder().is_locked() {
        remove_unfinished(&folder)?;
    }
    let plan = plan.digest();
    for (number, numbers) in lots(sources).into_iter().enumerate() {
        let (first, dumps) = (numbers.start, &sources[numbers]);
        let lot = Lot { folder: &folder, plan, number };
        let kept = if let Some(kept) = lot.kept()? {
            heard.tell(dumps.iter().map(|dump| dump.bytes).sum());
            kept
        } else {
            let (reader, mut keeping) = (reader.anew(), Keeping::begin(lot)?);
            clean(dumps, &reader, &mut keeping)?;
            keeping.finish(reader.found().numbered(|number| first + number))?
        };
        reader.add_found(kept.take_up(pool, pass)?);
        dumps.iter().for_each(|dump| pass.end(dump));
    }
    Ok(())
}
