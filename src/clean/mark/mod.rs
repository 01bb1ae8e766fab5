//! Marks: what rules and detectors say about blocks. They only annotate; [`crate::clean::judge`] decides and the writer cuts.

pub(crate) mod about;
pub(crate) mod caption;
pub(crate) mod card;
pub(crate) mod excerpt;
pub(crate) mod feed;
pub(crate) mod headline;
pub(crate) mod listing;
pub(crate) mod marks;
pub(crate) mod markup;
pub(crate) mod menu;
pub(crate) mod name;
pub(crate) mod phrases;
pub(crate) mod picture;
pub(crate) mod related;
pub(crate) mod tail;
pub(crate) mod teaser;
pub(crate) mod verse;

pub use crate::clean::mark::about::mark_lines_about;
pub(crate) use crate::clean::mark::feed::feed_heads;
pub use crate::clean::mark::headline::find_title;
pub(crate) use crate::clean::mark::listing::LISTING;
pub use crate::clean::mark::listing::mark_listings;
pub use crate::clean::mark::markup::{mark_markup, spare_headings};
pub(crate) use crate::clean::mark::name::NAME_BELOW;
pub use crate::clean::mark::phrases::mark_phrases;
pub(crate) use crate::clean::mark::verse::VERSE;
pub use crate::clean::mark::verse::mark_verse;
pub(crate) use crate::text::alike::{is_prefix_alike, same_text};

use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// Runs every detector that looks at one article's blocks.
pub fn detect(page: &Page, segment: &Segment, marks: &mut Marks) {
    if let Some(title) = segment.title {
        marks.clear_section(title);
        headline::mark_repeats(page, segment, title, marks);
        name::mark_name_below(page, segment, marks);
    }
    related::mark_related(page, segment, marks);
    tail::mark_tail(page, segment, marks);
    card::mark_cards(page, segment, marks);
    excerpt::mark_cut_excerpts(page, segment, marks);
    excerpt::mark_button_cards(page, segment, marks);
    caption::mark_second_prints(page, segment, marks);
    feed::mark_excerpts(segment, marks);
    picture::mark_pictures(page, segment, marks);
    menu::mark_menus(page, segment, marks);
    teaser::mark_teasers(page, segment, marks);
}
