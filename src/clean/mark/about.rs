//! Lines that speak about the article: dates and bylines.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;
use crate::{bylines, dates};

/// Most words a date line or byline has.
const WORDS: u32 = 24;
/// Most characters it has.
const CHARS: u32 = 300;

/// Marks lines that hold nothing but a date, and lines that name an author or publication next to one.
pub fn mark_lines_about(page: &Page, segment: &Segment, marks: &mut Marks) {
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
            marks.detect(index, Kind::Meta, "byline", Force::Strong);
        }
    }
}
