//! Lines that speak about the article: dates and bylines.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::{Block, Page};
use crate::span::Kind;
use crate::{bylines, dates};

/// Most words a date line or byline has.
const WORDS: u32 = 24;
/// Most characters it has.
const CHARS: u32 = 300;

/// Lines with a name and a date, one below the other, that are a list of events.
const EVENTS: usize = 3;

/// Marks lines that hold nothing but a date, and lines that name an author or publication next to one; several of these in a row and of one
/// form are a list of events.
pub fn mark_lines_about(page: &Page, segment: &Segment, marks: &mut Marks) {
    let mut bylines = Vec::new();
    for index in segment.blocks.clone() {
        let block = &page.blocks[index];
        if block.shape.words > WORDS
            || block.shape.chars > CHARS
            || block.is_prose()
            || marks.of(index).is_some_and(|m| m.force > Force::Hint)
        {
            continue;
        }
        let text = page.text_of(index);
        if block.shape.digits > 0 && dates::is_date_line(text)
            || block.shape.words <= 6 && dates::is_relative(text)
        {
            marks.detect(index, Kind::Meta, "date-line", Force::Strong);
        } else if bylines::is_byline(text, block.shape.digits > 0) {
            bylines.push(index);
        }
    }
    let is_next =
        |&a: &usize, &b: &usize| b == a + 1 && are_alike(&page.blocks[a], &page.blocks[b]);
    for run in bylines.chunk_by(is_next).filter(|run| run.len() < EVENTS) {
        run.iter().for_each(|&i| marks.detect(i, Kind::Meta, "byline", Force::Strong));
    }
}

/// Whether two blocks stand as items of one list do.
fn are_alike(a: &Block, b: &Block) -> bool {
    a.marker == b.marker && a.indent == b.indent
}
