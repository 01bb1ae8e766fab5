//! Lines that speak about the article: dates and bylines.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{BYLINE, DATE_LINE};
use crate::clean::mark::force::Force;
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
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
    }
}

/// Marks lines that hold nothing but a date, and lines that name an author or publication next to one.
pub(crate) fn mark_lines_about(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &AboutThresholds,
) {
    for index in segment.blocks.clone() {
        let block = &page.blocks[index];
        if block.shape.words > thresholds.words
            || block.shape.chars > thresholds.chars
            || block.is_prose()
            || marks.of(index).is_some_and(|m| m.force > Force::Hint)
        {
            continue;
        }
        let text = page.text_of(index);
        if block.shape.digits > 0 && dates::is_date_line(text)
            || block.shape.words <= thresholds.relative_words && dates::is_relative(text)
        {
            marks.detect(index, &DATE_LINE);
        } else if bylines::is_byline(text, block.shape.digits > 0) {
            marks.detect(index, &BYLINE);
        }
    }
}
