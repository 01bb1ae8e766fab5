//! A name alone below the headline: a byline without a word that opens it, or below a line that is but that word.

use crate::adjustable::adjustable;
use crate::bylines::{is_opening, looks_like_name};
use crate::clean::mark::detector::{BETWEEN_HEAD, NAME_BELOW};
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::dates;
use crate::page::Page;
use crate::span::Kind;

/// Words of the longest button beside the name of an author.
const BUTTON_WORDS: u32 = 2;

adjustable! {
    /// What a name alone looks like.
    NameThresholds {
        /// Words of the shortest name.
        least_words: u32 = 2,
        /// Words of the longest.
        most_words: u32 = 4,
        /// Blocks from the headline to a word that opens a byline, and from the name below it to the day, at most.
        reach: usize = 6,
    }
}

/// Marks a name that stands alone between a print of the headline and a date or verse.
pub(super) fn mark_name_below(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &NameThresholds,
) {
    for index in segment.blocks.clone().skip(1).take_while(|&i| i + 1 < segment.blocks.end) {
        let below_headline =
            segment.title == Some(index - 1) || marks.kind(index - 1) == Some(Kind::Duptitle);
        let goes_on = matches!(marks.kind(index + 1), Some(Kind::Meta | Kind::Body));
        let shape = &page.blocks[index].shape;
        if below_headline
            && goes_on
            && (thresholds.least_words..=thresholds.most_words).contains(&shape.words)
            && shape.letters + shape.words > shape.chars
            && marks.of(index).is_none_or(|mark| mark.strength == Strength::Hint)
            && looks_like_name(page.text_of(index))
        {
            marks.detect(index, &NAME_BELOW);
        }
    }
}

/// Marks a name below the word that opens a byline, with all prints of it, a portrait that begins with it, and the lines from there to the day.
pub(super) fn mark_name_below_opening(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &NameThresholds,
) {
    let Some(title) = segment.title else { return };
    let blocks = title + 1..segment.blocks.end;
    let opening = blocks.clone().take(thresholds.reach).find(|&index| {
        is_opening(page.text_of(index))
            && blocks.contains(&(index + 1))
            && page.blocks[index + 1].shape.words <= thresholds.most_words
            && looks_like_name(page.text_of(index + 1))
    });
    let Some(opening) = opening else { return };
    let name = opening + 1;
    marks.detect(opening, &NAME_BELOW);
    marks.detect(name, &NAME_BELOW);
    let head = name + 1..blocks.end.min(name + 1 + thresholds.reach);
    let day = head.clone().find(|&index| dates::is_date_line(page.text_of(index)));
    let between = head.start..day.unwrap_or(head.start);
    let is_of_name = |index: usize| page.folded(index).starts_with(page.folded(name));
    // Without another word of the author longer lines are of the article.
    let is_box = between.clone().any(is_of_name);
    for index in between {
        if page.folded(index) == page.folded(name) {
            marks.detect(index, &NAME_BELOW);
        } else if is_of_name(index)
            || !page.blocks[index].is_prose()
                && (is_box || page.blocks[index].shape.words <= BUTTON_WORDS)
        {
            marks.detect(index, &BETWEEN_HEAD);
        }
    }
}
