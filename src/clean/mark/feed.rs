//! Heads of feed items: source, headline, an excerpt of the text, then the headline alone and the text itself.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{FEED_EXCERPT, FEED_SOURCE, REPEATED_HEADLINE};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::{FeedHead, Segment};
use crate::page::Page;
use crate::text::alike::{is_prefix_alike, same_text};

adjustable! {
    /// What the head of a feed item looks like.
    FeedThresholds {
        /// Blocks between the headline in the list and the one above the text, at most.
        excerpt_blocks: usize = 4,
        /// Blocks after the headline among which the text must begin.
        reach: usize = 8,
        /// Characters of the shortest excerpt.
        excerpt_chars: u32 = 60,
        /// Bytes of folded text that an excerpt and the text must have in common.
        common_bytes: usize = 50,
        /// Words of the longest line that names the source.
        source_words: u32 = 8,
    }
}

/// Finds heads of feed items: a headline, an excerpt, the same headline, and soon after it a text that begins like the excerpt.
pub(crate) fn feed_heads(page: &Page, thresholds: &FeedThresholds) -> Vec<FeedHead> {
    let mut heads = Vec::new();
    let mut from = 0;
    for listed in 0..page.blocks.len() {
        if listed < from || !page.blocks[listed].is_headline_like() {
            continue;
        }
        let title = (1..=thresholds.excerpt_blocks)
            .map(|n| listed + n + 1)
            .take_while(|&t| t < page.blocks.len())
            .find(|&t| {
                page.blocks[t].gap > 0
                    && same_text(page.folded(listed), page.folded(t))
                    && (listed + 1..t)
                        .any(|excerpt| excerpt_of_text_after(page, excerpt, t, thresholds))
            });
        if let Some(title) = title {
            let above = listed
                .checked_sub(1)
                .filter(|&s| s >= from && is_source_line(page, s, listed, thresholds));
            heads.push(FeedHead { start: above.unwrap_or(listed), source: above, listed, title });
            from = title + 1;
        }
    }
    if let [head] = heads[..] {
        heads.retain(|_| head.source.is_some() && page.blocks[head.listed].marker.is_some());
    }
    heads
}

/// Whether the block is the cut beginning of the text below `title`.
fn excerpt_of_text_after(
    page: &Page,
    excerpt: usize,
    title: usize,
    thresholds: &FeedThresholds,
) -> bool {
    let short = page.folded(excerpt);
    let begins_alike = |i: usize| {
        page.blocks[i].is_prose()
            && short != page.folded(i)
            && is_prefix_alike(short, page.folded(i), thresholds.common_bytes)
    };
    page.blocks[excerpt].shape.chars >= thresholds.excerpt_chars
        && (title + 1..page.blocks.len().min(title + 1 + thresholds.reach)).any(begins_alike)
}

fn is_source_line(page: &Page, source: usize, listed: usize, thresholds: &FeedThresholds) -> bool {
    let (s, l) = (&page.blocks[source], &page.blocks[listed]);
    l.gap == 0
        && s.shape.words <= thresholds.source_words
        && s.marker.is_some() == l.marker.is_some()
        && !s.shape.ends_sentence
}

/// Marks the head of a feed item: its source, the headline in the list, and the excerpt between that and the headline.
pub(super) fn mark_excerpts(segment: &Segment, marks: &mut Marks) {
    if let Some(head) = &segment.feed {
        for index in segment.blocks.start..head.title {
            marks.detect(index, &FEED_EXCERPT);
        }
        if let Some(source) = head.source {
            marks.set(source, &FEED_SOURCE);
        }
        marks.set(head.listed, &REPEATED_HEADLINE);
    }
}
