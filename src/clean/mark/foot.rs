//! The foot of the items of a list: buttons and counters that stand below the text of each.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::ITEM_FOOT;
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;

adjustable! {
    /// What the foot of an item looks like.
    FootThresholds {
        /// Items from which on lines of one form below most of them are feet.
        items: usize = 3,
        /// Lines of the longest foot.
        lines: usize = 2,
        /// Words of the longest line.
        words: u32 = 8,
        /// Percent of the items whose foot begins with the same word, at least.
        alike: usize = 60,
    }
}

/// Marks the lines below the text of all items, where those of most begin with the same word.
pub(crate) fn mark_item_feet(
    page: &Page,
    segments: &[Segment],
    marks: &mut Marks,
    thresholds: &FootThresholds,
) {
    let items = || segments.iter().filter(|segment| !segment.is_around);
    let count = items().count();
    if count < thresholds.items {
        return;
    }
    let feet: Vec<Range<usize>> =
        items().filter_map(|item| foot_of(page, item, thresholds)).collect();
    let mut begins: FxHashMap<&str, usize> = FxHashMap::default();
    for foot in &feet {
        // The first word that is no number.
        let words = page.folded(foot.start).split(|c: char| !c.is_alphabetic());
        *begins
            .entry(words.into_iter().find(|word| !word.is_empty()).unwrap_or_default())
            .or_default() += 1;
    }
    let most = begins.into_values().max().unwrap_or(0);
    if most >= thresholds.items && most * 100 >= count * thresholds.alike {
        let lines = feet.into_iter().flatten().filter(|&index| !page.blocks[index].is_symbolic());
        lines.for_each(|index| marks.detect(index, &ITEM_FOOT));
    }
}

/// The few short lines that end an item below its text.
fn foot_of(page: &Page, item: &Segment, thresholds: &FootThresholds) -> Option<Range<usize>> {
    let text = item.blocks.clone().rev().find(|&index| page.blocks[index].is_prose())?;
    let foot = text + 1..item.blocks.end;
    let is_short = |index: usize| {
        let shape = &page.blocks[index].shape;
        shape.words <= thresholds.words && !shape.ends_sentence
    };
    let fits = (1..=thresholds.lines).contains(&foot.len())
        && foot.clone().all(is_short)
        && !page.blocks[foot.start].is_symbolic();
    fits.then_some(foot)
}
