//! What stands apart and is alike: which document is named beside which.

use crate::error::Result;
use crate::run::parts::job::Job;
use crate::run::parts::keys::{Doc, Rank, damaged, take};
use crate::run::parts::lists::Lookup;

/// The stage that leaves what the first documents of anchors are folded into, by anchor.
pub(crate) const STORIES: &str = "stories";
/// The table of that stage.
pub(crate) const INTO: &str = "into";

/// A document and one that it is alike, as those that stand for them: `into` says into what one is folded. None where one stands for both.
pub(crate) fn alike_as_published<D: Copy + PartialEq>(
    pair: [D; 2],
    into: impl Fn(D) -> Option<D>,
) -> Option<[D; 2]> {
    let [text, to] = pair.map(|document| into(document).unwrap_or(document));
    (text != to).then_some([text, to])
}

/// By text: what it is most alike → a document of it, the one beside which that is named, and the share of each that the other lacks.
pub(crate) fn each_alike<T>(
    job: &Job<T>,
    mut take_one: impl FnMut(Doc, Doc, [f32; 2]) -> Result<()>,
) -> Result<()> {
    let Job { work, .. } = job;
    let lists = Lookup::open(work, "lists", "lists")?;
    let into = Lookup::open(work, STORIES, INTO)?;
    let mut apart = work.own_rows("places", "apart")?;
    while let Some(row) = apart.next()? {
        let row = &mut &row[..];
        let (text, doc): (Rank, _) = (take(row)?, Doc::take(row)?);
        let anchor: Rank = take(row)?;
        let own = [f32::from_le_bytes(take(row)?), f32::from_le_bytes(take(row)?)];
        let to = lists.doc(&anchor).ok_or_else(damaged)?;
        let into = |asked: Doc| into.doc(if asked == doc { &text } else { &anchor });
        if let Some([doc, to]) = alike_as_published([doc, to], into) {
            take_one(doc, to, own)?;
        }
    }
    lists.check()?;
    into.check()
}
