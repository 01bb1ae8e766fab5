//! Heads of feed items: source, headline, an excerpt of the text, then the headline alone and the text itself.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::{FeedHead, Segment};
use crate::page::Page;
use crate::span::Kind;
use crate::text::alike::{is_prefix_alike, same_text};

/// Blocks between the headline in the list and the one above the text.
const EXCERPT: std::ops::RangeInclusive<usize> = 1..=4;
/// Blocks after the headline among which the text must begin.
const REACH: usize = 8;
/// Characters of the shortest excerpt.
const SHORTEST: u32 = 60;
/// Bytes that an excerpt and the text must have in common.
const COMMON: usize = 50;

/// Finds heads of feed items: a headline, an excerpt, the same headline, and soon after it a text that begins like the excerpt.
pub(crate) fn feed_heads(page: &Page) -> Vec<FeedHead> {
    let mut heads = Vec::new();
    let mut from = 0;
    for listed in 0..page.blocks.len() {
        if listed < from || !page.blocks[listed].is_headline_like() {
            continue;
        }
        let title =
            EXCERPT.map(|n| listed + n + 1).take_while(|&t| t < page.blocks.len()).find(|&t| {
                page.blocks[t].gap > 0
                    && same_text(page.folded(listed), page.folded(t))
                    && (listed + 1..t).any(|excerpt| excerpt_of_text_after(page, excerpt, t))
            });
        if let Some(title) = title {
            let above =
                listed.checked_sub(1).filter(|&s| s >= from && is_source_line(page, s, listed));
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
fn excerpt_of_text_after(page: &Page, excerpt: usize, title: usize) -> bool {
    let short = page.folded(excerpt);
    let begins_alike = |i: usize| {
        page.blocks[i].is_prose()
            && short != page.folded(i)
            && is_prefix_alike(short, page.folded(i), COMMON)
    };
    page.blocks[excerpt].shape.chars >= SHORTEST
        && (title + 1..page.blocks.len().min(title + 1 + REACH)).any(begins_alike)
}

fn is_source_line(page: &Page, source: usize, listed: usize) -> bool {
    let (s, l) = (&page.blocks[source], &page.blocks[listed]);
    l.gap == 0
        && s.shape.words <= 8
        && s.marker.is_some() == l.marker.is_some()
        && !s.shape.ends_sentence
}

/// Marks the head of a feed item: its source, the headline in the list, and the excerpt between that and the headline.
pub(super) fn mark_excerpts(segment: &Segment, marks: &mut Marks) {
    if let Some(head) = &segment.feed {
        for index in segment.blocks.start..head.title {
            marks.detect(index, Kind::Teaser, "feed-excerpt", Force::Sure);
        }
        if let Some(source) = head.source {
            marks.set(source, Kind::Meta, "feed-source");
        }
        marks.set(head.listed, Kind::Duptitle, "repeated-headline");
    }
}
