//! Blocks of related articles: whole other stories below the article, each under its source and a time relative to the reading.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::dates;
use crate::page::Page;
use crate::span::Kind;

/// Blocks between the heading of the related stories and the first relative time.
const REACH: usize = 6;

/// Stories that are listed at least.
const STORIES: usize = 2;

/// Words of the paragraphs above the heading, at least: where there is no article, what follows is none of its related stories.
const STORY: u32 = 50;

/// Marks all that follows a debris heading under which stories with relative times are listed.
pub(super) fn mark_related(page: &Page, segment: &Segment, marks: &mut Marks) {
    let times: Vec<usize> = segment
        .blocks
        .clone()
        .filter(|&i| {
            page.blocks[i].shape.words <= 5
                && page.blocks[i].shape.chars <= 60
                && dates::is_relative(page.text_of(i))
        })
        .collect();
    let first_prose = segment.blocks.clone().find(|&i| marks.is_text(page, i));
    let Some(&first) = times.iter().find(|&&t| first_prose.is_some_and(|p| p < t)) else { return };
    let from = first.saturating_sub(REACH).max(segment.blocks.start);
    let heading = (from..first).find(|&i| {
        marks.of(i).is_some_and(|m| {
            m.force >= Force::Strong && matches!(m.kind, Kind::Related | Kind::Teaser | Kind::Nav)
        })
    });
    let is_list = |&heading: &usize| {
        let words = |index: usize| page.blocks[index].shape.words;
        let above = (segment.blocks.start..heading).filter(|&i| marks.is_text(page, i));
        times.iter().filter(|&&time| time > heading).count() >= STORIES
            && above.map(words).sum::<u32>() >= STORY
    };
    if let Some(heading) = heading.filter(is_list) {
        for index in heading + 1..segment.blocks.end {
            marks.set(index, Kind::Related, "related-block");
        }
    }
}
