//! Blocks of related articles: whole other stories below the article, each under its source and a time relative to the reading.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::RELATED_BLOCK;
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::dates;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What a list of related stories looks like.
    RelatedThresholds {
        /// Blocks between the heading of the related stories and the first relative time, at most.
        reach: usize = 6,
        /// Stories that are listed at least. Two instead of one: text F1 +0.0005 on WCXB.
        stories: usize = 2,
        /// Words of the longest relative time.
        time_words: u32 = 5,
        /// Characters of the longest relative time.
        time_chars: u32 = 60,
        /// Words of the paragraphs above the heading, at least: where there is no article, what follows is none of its related stories.
        story_words: u32 = 50,
        /// Paragraphs of the longest story that is listed.
        listed: usize = 3,
    }
}

/// Marks the stories with relative times that are listed below a debris heading. Each story reaches from its time to that of the next; a story of more
/// paragraphs ends the list, and of the last story no more paragraphs are taken than that.
pub(super) fn mark_related(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &RelatedThresholds,
) {
    let times: Vec<usize> = segment
        .blocks
        .clone()
        .filter(|&i| {
            page.blocks[i].shape.words <= thresholds.time_words
                && page.blocks[i].shape.chars <= thresholds.time_chars
                && dates::is_relative(page.text_of(i))
        })
        .collect();
    let first_prose = segment.blocks.clone().find(|&i| marks.is_text(page, i));
    let Some(&first) = times.iter().find(|&&t| first_prose.is_some_and(|p| p < t)) else { return };
    let from = first.saturating_sub(thresholds.reach).max(segment.blocks.start);
    let heading = (from..first).find(|&i| {
        marks.of(i).is_some_and(|m| {
            m.strength >= Strength::Strong
                && matches!(m.kind, Kind::Related | Kind::Teaser | Kind::Nav)
        })
    });
    let Some(heading) = heading else { return };
    let above: u32 = (segment.blocks.start..heading)
        .filter(|&i| marks.is_text(page, i))
        .map(|i| page.blocks[i].shape.words)
        .sum();
    let paragraphs = |blocks: Range<usize>| blocks.filter(|&i| page.blocks[i].is_prose()).count();
    let below = times.iter().copied().filter(|&time| time > heading);
    let mut stories: Vec<usize> = Vec::new();
    for time in below {
        if stories.last().is_some_and(|&last| paragraphs(last..time) > thresholds.listed) {
            break;
        }
        stories.push(time);
    }
    let Some(&last) = stories.last() else { return };
    if stories.len() < thresholds.stories || above < thresholds.story_words {
        return;
    }
    let end = (last..segment.blocks.end).find(|&i| paragraphs(last..i + 1) > thresholds.listed);
    for index in heading + 1..end.unwrap_or(segment.blocks.end) {
        marks.set(index, &RELATED_BLOCK);
    }
}
