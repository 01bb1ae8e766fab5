//! Lines that speak about the article: dates and bylines.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{BYLINE, DATE_LINE};
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::page::{Block, Page};
use crate::{bylines, dates};

adjustable! {
    /// How long lines about the article are.
    AboutThresholds {
        /// Words of the longest date line or byline.
        words: u32 = 24,
        /// Characters of the longest date line or byline.
        chars: u32 = 300,
        /// Words of the longest line that is a relative time.
        relative_words: u32 = 6,
        /// Words of the longest part of a line of parts of which one is a byline.
        part_words: usize = 5,
        /// Lines with a name and a date, one below the other and of one form, from which on they are a list of events and no bylines.
        events: usize = 3,
    }
}

/// Marks lines that hold nothing but a date, and lines that name an author or publication next to one; several of these in a row and of one
/// form are a list of events.
pub(crate) fn mark_lines_about(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &AboutThresholds,
) {
    let mut bylines = Vec::new();
    for index in segment.blocks.clone() {
        let block = &page.blocks[index];
        if block.shape.words > thresholds.words
            || block.shape.chars > thresholds.chars
            || block.is_prose()
            || marks.of(index).is_some_and(|m| m.strength > Strength::Hint)
        {
            continue;
        }
        let text = &*page.plain_text_of(index);
        if block.shape.digits > 0 && dates::is_date_line(text)
            || block.shape.words <= thresholds.relative_words && dates::is_relative(text)
        {
            marks.detect(index, &DATE_LINE);
        } else if bylines::is_byline(text, block.shape.digits > 0)
            || names_an_author(text, thresholds.part_words)
        {
            bylines.push(index);
        }
    }
    let is_next =
        |&a: &usize, &b: &usize| b == a + 1 && are_alike(&page.blocks[a], &page.blocks[b]);
    for run in bylines.chunk_by(is_next).filter(|run| run.len() < thresholds.events) {
        run.iter().for_each(|&index| marks.detect(index, &BYLINE));
    }
}

/// Whether a line is several short parts, one of them a byline: `Leave a comment / Harbour / By Mara Quill`.
fn names_an_author(text: &str, part_words: usize) -> bool {
    let parts_line = |byte| matches!(byte, b'|' | b'/') || !byte.is_ascii();
    if !text.bytes().any(parts_line) {
        return false;
    }
    let parts: Vec<&str> = text.split(" / ").flat_map(|part| part.split(['|', '·', '•'])).collect();
    let is_short = |part: &&str| part.split_whitespace().count() <= part_words;
    let is_named = |part: &&str| {
        let names = bylines::authors_in(part.trim(), dates::Order::DayFirst);
        names.is_some_and(|names| names.iter().all(|name| bylines::looks_like_name(name)))
    };
    parts.len() > 1 && parts.iter().all(is_short) && parts.iter().any(is_named)
}

/// Whether two blocks stand as items of one list do.
fn are_alike(a: &Block, b: &Block) -> bool {
    a.marker == b.marker && a.indent == b.indent
}
