//! Articles among others of one form: the model may not strike the whole text of one of them.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::judge::Verdict;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind};

adjustable! {
    /// When a page is several articles of one form.
    ItemThresholds {
        /// Articles that keep a text, at least.
        kept: usize = 2,
        /// Articles that keep a text, for one that keeps none, at least.
        for_one: usize = 2,
    }
}

/// Keeps the paragraphs below the headline of each article of which the model alone struck all, where most others keep a text.
pub(super) fn keep_items(
    page: &Page,
    segments: &[(Segment, Range<usize>)],
    verdicts: &mut [Verdict],
    t: &ItemThresholds,
) {
    let is_prose = |at: usize| page.blocks[at].is_prose();
    let titled = segments.iter().filter(|(own, _)| !own.is_around && own.title.is_some());
    let (kept, struck): (Vec<&Segment>, Vec<&Segment>) = titled
        .map(|(own, _)| own)
        .partition(|own| own.blocks.clone().any(|at| is_prose(at) && verdicts[at].kind.is_kept()));
    if kept.len() < t.kept || kept.len() < struck.len() * t.for_one {
        return;
    }
    // What stands below the last article has no line about it.
    let is_told = |own: &&Segment| {
        own.title.is_some_and(|title| {
            let near = title.saturating_sub(1).max(own.blocks.start)..title + 3;
            verdicts.get(near).is_some_and(|near| near.iter().any(|own| own.kind == Kind::Meta))
        })
    };
    if kept.iter().filter(|own| is_told(own)).count() * 2 < kept.len() {
        return;
    }
    for own in struck.into_iter().filter(is_told).collect::<Vec<_>>() {
        let below = own.title.unwrap_or(own.blocks.start)..own.blocks.end;
        for at in below.filter(|&at| is_prose(at)) {
            let is_by_model = matches!(verdicts[at].by, Some(Decider::Model | Decider::ModelBy(_)));
            if is_by_model && verdicts[at].kind.is_debris() {
                verdicts[at] = Verdict::settled(Kind::Body, 0.0);
            }
        }
    }
}
