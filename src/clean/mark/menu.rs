//! Menus: runs of short lines without a sentence among them.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

/// Shortest run that is a menu.
const RUN: usize = 5;
/// Most words a menu's item has.
const WORDS: u32 = 5;

/// Marks runs of short blocks as menus. A list that a sentence with a colon opens, or whose items read on, is none.
pub(super) fn mark_menus(page: &Page, segment: &Segment, marks: &mut Marks) {
    let mut run = segment.blocks.start;
    for index in segment.blocks.start..=segment.blocks.end {
        if index < segment.blocks.end && is_item(page, index, segment) {
            continue;
        }
        let opened = run > segment.blocks.start && page.blocks[run - 1].shape.ends_colon;
        if index - run >= RUN && !opened {
            for item in run..index {
                marks.detect(item, Kind::Nav, "menu-run", Force::Hint);
            }
        }
        run = index + 1;
    }
    for index in segment.blocks.clone() {
        if page.blocks[index].is_symbolic() {
            marks.detect(index, Kind::Nav, "symbols-only", Force::Strong);
        }
    }
}

fn is_item(page: &Page, index: usize, segment: &Segment) -> bool {
    let s = &page.blocks[index].shape;
    s.words <= WORDS
        && s.stops == 0
        && s.commas == 0
        && !s.ends_colon
        && segment.title != Some(index)
}
