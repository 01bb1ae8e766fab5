//! The stages that compare texts, from which text each document has to where each text belongs.

use crate::run::parts::compared::{anchors, first, places, rest};
use crate::run::parts::job::Task;
use crate::run::parts::pairs::{likely, lists, shingles};
use crate::run::parts::stage::Stage;

/// These stages, in their order.
pub(crate) fn comparing<'t, T: Task + 't>() -> Vec<Stage<'t, T>> {
    vec![
        Stage::of_all("shingles", shingles),
        Stage::of_all("lists", lists),
        Stage::of_all("likely", likely),
        Stage::of_all("first", first),
        Stage::of_all("rest", rest),
        Stage::once("anchors", anchors),
        Stage::of_all("places", places),
    ]
}
