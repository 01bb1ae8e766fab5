//! Marks: what rules and detectors say about blocks. They only annotate; [`crate::clean::judge`] decides and the writer cuts.

pub(crate) mod about;
pub(crate) mod bound;
pub(crate) mod caption;
pub(crate) mod card;
pub(crate) mod detector;
pub(crate) mod error_page;
pub(crate) mod excerpt;
pub(crate) mod feed;
pub(crate) mod foot;
pub(crate) mod heading;
pub(crate) mod headline;
pub(crate) mod listing;
pub(crate) mod marks;
pub(crate) mod markup;
pub(crate) mod menu;
pub(crate) mod name;
pub(crate) mod other_stories;
pub(crate) mod phrases;
pub(crate) mod picture;
pub(crate) mod printed;
pub(crate) mod quote;
pub(crate) mod recurring;
pub(crate) mod related;
pub(crate) mod strength;
pub(crate) mod tail;
pub(crate) mod teaser;
pub(crate) mod thresholds;
pub(crate) mod verse;

pub(crate) use crate::clean::mark::about::mark_lines_about;
#[cfg(test)]
pub(crate) use crate::clean::mark::detector::DETECTORS;
#[cfg(feature = "run")]
pub(crate) use crate::clean::mark::detector::ERROR_PAGE;
pub(crate) use crate::clean::mark::detector::{
    AROUND_RECORDS, ATTRIBUTION, DATE_LINE, Detector, DetectorBounds, LABELLED, LIST_FOOT, LISTING,
    MAIL_QUOTE, NAME_BELOW, REPEATED_HEADLINE, SIGNATURE, SIGNED, VERSE, stage,
};
pub(crate) use crate::clean::mark::error_page::mark_error_page;
pub(crate) use crate::clean::mark::feed::feed_heads;
pub(crate) use crate::clean::mark::foot::mark_item_feet;
pub(crate) use crate::clean::mark::heading::mark_headings;
pub(crate) use crate::clean::mark::listing::mark_listings;
pub use crate::clean::mark::marks::Mark;
pub(crate) use crate::clean::mark::marks::{Cut, Marks};
pub(crate) use crate::clean::mark::markup::mark_markup;
pub(crate) use crate::clean::mark::phrases::mark_phrases;
pub(crate) use crate::clean::mark::picture::is_slug;
pub(crate) use crate::clean::mark::printed::mark_printed;
pub(crate) use crate::clean::mark::quote::{depth_and_bytes, mark_quotations};
pub use crate::clean::mark::strength::Strength;
pub(crate) use crate::clean::mark::verse::mark_verse;
pub(crate) use feed::FeedThresholds;
pub(crate) use picture::PictureThresholds;
pub(crate) use thresholds::MarkThresholds;

use crate::clean::segment::Segment;
use crate::html::DomFeatures;
use crate::page::Page;

/// Runs every detector that looks at one article's blocks; `evidence` is what the elements of a page of HTML say of each block.
pub(crate) fn detect(
    page: &Page,
    evidence: Option<&[DomFeatures]>,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &MarkThresholds,
) {
    let t = thresholds;
    if let Some(title) = segment.title {
        marks.clear_section(title);
        headline::mark_repeats(page, segment, title, marks, &t.repeats);
        name::mark_name_below(page, segment, marks, &t.name);
        name::mark_name_below_opening(page, segment, marks, &t.name);
    }
    related::mark_related(page, segment, marks, &t.related);
    tail::mark_tail(page, evidence, segment, marks, &t.tail);
    card::mark_cards(page, segment, marks, &t.card);
    excerpt::mark_cut_excerpts(page, segment, marks, &t.excerpt);
    excerpt::mark_button_cards(page, segment, marks, &t.excerpt);
    caption::mark_second_prints(page, segment, marks, &t.second_print);
    caption::mark_parted_credits(page, segment, marks);
    feed::mark_excerpts(segment, marks);
    picture::mark_pictures(page, segment, marks, &t.picture);
    menu::mark_menus(page, segment, marks, &t.menu);
    teaser::mark_teasers(page, segment, marks, &t.teaser);
    if let Some(evidence) = evidence {
        markup::spare_headings(evidence, segment, marks, &t.markup);
        other_stories::mark_other_stories(page, evidence, segment, marks, &t.other_stories);
    }
    bound::bound_shares(page, segment, marks, &t.detectors);
}
