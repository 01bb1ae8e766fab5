//! A name alone below the headline: a byline without a word that opens it.

use crate::adjustable::adjustable;
use crate::bylines::looks_like_name;
use crate::clean::mark::detector::NAME_BELOW;
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What a name alone looks like.
    NameThresholds {
        /// Words of the shortest name.
        least_words: u32 = 2,
        /// Words of the longest.
        most_words: u32 = 4,
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
