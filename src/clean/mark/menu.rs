//! Menus: runs of short lines without a sentence among them.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{MENU_RUN, SYMBOLS_ONLY};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;

adjustable! {
    /// What a menu is.
    MenuThresholds {
        /// Blocks of the shortest menu.
        run: usize = 5,
        /// Words of its longest item.
        words: u32 = 5,
    }
}

/// Marks runs of short blocks as menus. A list that a colon introduces is not a menu, nor one whose items read on from each other.
pub(super) fn mark_menus(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &MenuThresholds,
) {
    let mut run = segment.blocks.start;
    for index in segment.blocks.start..=segment.blocks.end {
        if index < segment.blocks.end && is_item(page, index, segment, thresholds.words) {
            continue;
        }
        let opened = run > segment.blocks.start && page.blocks[run - 1].shape.ends_colon;
        if index - run >= thresholds.run && !opened {
            for item in run..index {
                marks.detect(item, &MENU_RUN);
            }
        }
        run = index + 1;
    }
    for index in segment.blocks.clone() {
        if page.blocks[index].is_symbolic() {
            marks.detect(index, &SYMBOLS_ONLY);
        }
    }
}

fn is_item(page: &Page, index: usize, segment: &Segment, most_words: u32) -> bool {
    let s = &page.blocks[index].shape;
    s.words <= most_words
        && s.stops == 0
        && s.commas == 0
        && !s.ends_colon
        && segment.title != Some(index)
}
