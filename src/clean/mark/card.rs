//! Embedded link cards: another story's headline and excerpt, then this article's headline glued to site and author.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::LINK_CARD;
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;

adjustable! {
    /// The extent of a link card.
    CardThresholds {
        /// Blocks before the glued line that can belong to a card: its headline, and an excerpt of some lines.
        above: usize = 6,
        /// Bytes of folded text of the shortest headline that is told apart from chance.
        headline_bytes: usize = 12,
        /// Bytes of folded text that are glued to the headline, at least.
        least_glued: usize = 3,
        /// Bytes of folded text that are glued to the headline: fewer than this.
        most_glued: usize = 120,
    }
}

/// Marks link cards: a line that is a headline with site and author glued on, the headline alone after it, and what stands above in the card.
pub(super) fn mark_cards(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &CardThresholds,
) {
    for glued in segment.blocks.clone().skip(1) {
        let alone = glued + 1;
        if alone >= segment.blocks.end || !is_glued(page, glued, alone, thresholds) {
            continue;
        }
        let first = card_start(page, segment, glued, thresholds.above);
        for index in first..=alone {
            marks.detect(index, &LINK_CARD);
        }
    }
}

/// Whether block `glued` is the text of block `alone` with more letters run on to it, no space between.
fn is_glued(page: &Page, glued: usize, alone: usize, thresholds: &CardThresholds) -> bool {
    let headline = page.folded(alone);
    headline.len() >= thresholds.headline_bytes
        && page.folded(glued).strip_prefix(headline).is_some_and(|tail| {
            (thresholds.least_glued..thresholds.most_glued).contains(&tail.len())
                && tail.starts_with(|c: char| c.is_alphanumeric() || c == '"')
        })
}

/// The card's first block. Its lines stand without blank lines between them; where all lines are set apart, it has a headline and one excerpt.
fn card_start(page: &Page, segment: &Segment, glued: usize, above: usize) -> usize {
    let lowest = segment.blocks.start.max(glued.saturating_sub(above));
    if page.blocks[glued].gap == 0 {
        let mut first = glued;
        while first > lowest && page.blocks[first].gap == 0 {
            first -= 1;
        }
        if page.blocks[first].gap > 0 || first > lowest {
            return first;
        }
    }
    let headline = glued.saturating_sub(2).max(lowest);
    if page.blocks[headline].is_headline_like() {
        headline
    } else {
        glued.saturating_sub(1).max(lowest)
    }
}
