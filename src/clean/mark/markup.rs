//! What the elements of an HTML page say: menus, side bars, comments, captions, lines of links.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{BARE_TEASER, BUTTON, HEADLINE_RUN, LINKS, MAIL_QUOTE, MARKUP};
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::html::{DomFeatures, ElementRoles};
use crate::page::Page;
use crate::span::{Decider, Kind};

/// Hints, what text within is, and how far that binds; the first that fits counts.
const KINDS: [(ElementRoles, Kind, Strength); 16] = [
    (ElementRoles::COMMENTS, Kind::Comments, Strength::Strong),
    (ElementRoles::RELATED, Kind::Related, Strength::Strong),
    (ElementRoles::SHARE, Kind::Share, Strength::Strong),
    (ElementRoles::NEWSLETTER, Kind::Newsletter, Strength::Strong),
    (ElementRoles::LEGAL, Kind::Legal, Strength::Strong),
    (ElementRoles::POPUP, Kind::Nav, Strength::Strong),
    (ElementRoles::NAV, Kind::Nav, Strength::Strong),
    (ElementRoles::SIDEBAR, Kind::Nav, Strength::Strong),
    (ElementRoles::BIO, Kind::Other, Strength::Strong),
    (ElementRoles::CAPTION, Kind::Caption, Strength::Strong),
    (ElementRoles::TAGS, Kind::Share, Strength::Strong),
    (ElementRoles::FORM, Kind::Other, Strength::Strong),
    (ElementRoles::AD, Kind::Ad, Strength::Hint),
    (ElementRoles::ASIDE, Kind::Related, Strength::Hint),
    (ElementRoles::FOOTER, Kind::Nav, Strength::Hint),
    (ElementRoles::CONTENTS, Kind::Nav, Strength::Hint),
];

adjustable! {
    /// When links count.
    MarkupThresholds {
        /// Part of a line that stands in links, 0 to 1: above this it is a line of links.
        linked: f32 = 0.9,
        /// Part of a heading or paragraph that stands in links, 0 to 1: below this it links nowhere.
        linking_nowhere: f32 = 0.5,
    }
}

/// Marks what the elements around a block say it is.
pub(crate) fn mark_markup(
    page: &Page,
    evidence: &[DomFeatures],
    marks: &mut Marks,
    thresholds: &MarkupThresholds,
) {
    let by = Decider::Detector(MARKUP.name);
    // A mail that is handed on is all quotation.
    let is_cited = |evidence: &DomFeatures| evidence.hints.any(ElementRoles::CITED);
    let answers = page.blocks.iter().zip(evidence).any(|(b, e)| b.is_prose() && !is_cited(e));
    for (index, (block, evidence)) in page.blocks.iter().zip(evidence).enumerate() {
        if answers && is_cited(evidence) {
            marks.set(index, &MAIL_QUOTE);
        } else if let Some((_, kind, strength)) =
            KINDS.iter().find(|(hints, _, _)| evidence.hints.any(*hints))
        {
            marks.add(index, *kind, by.clone(), *strength);
        } else if evidence.hints.any(ElementRoles::BUTTON) && !block.is_prose() {
            if evidence.heading == 0 && !is_question(page.text_of(index)) {
                marks.detect(index, &BUTTON);
            }
        } else if evidence.hints.any(ElementRoles::BYLINE) && !block.is_prose() {
            marks.add(index, Kind::Meta, by.clone(), Strength::Hint);
        } else if evidence.linked > thresholds.linked && evidence.heading == 0 {
            marks.detect(index, &LINKS);
        }
    }
}

/// Whether a block is a sentence that links nowhere, in a paragraph of the element in which a line above it stands: the text goes on below that line.
pub(super) fn is_sentence_below(
    page: &Page,
    evidence: &[DomFeatures],
    line: usize,
    index: usize,
) -> bool {
    /// Words of the shortest, and the part of it that stands in links: less than this.
    const WORDS: u32 = 4;
    const LINKED: f32 = 0.5;
    let (own, shape, text) = (&evidence[index], &page.blocks[index].shape, page.text_of(index));
    own.is_paragraph
        && own.holder == evidence[line].holder
        && own.linked < LINKED
        && shape.ends_sentence
        && shape.words >= WORDS
        && !text.ends_with("...")
        && !text.ends_with('…')
}

/// Whether a button opens the answer to a question, as in lists of them.
fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '？', '؟']) && text.split_whitespace().count() > 2
}

/// Takes back that headings and paragraphs within the text, and the cells of a table, are headlines of other stories, where they link nowhere.
pub(super) fn spare_headings(
    evidence: &[DomFeatures],
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &MarkupThresholds,
) {
    for index in segment.blocks.clone() {
        let evidence = &evidence[index];
        if (evidence.heading > 0 || evidence.is_paragraph || evidence.is_cell())
            && evidence.in_trunk
            && evidence.linked < thresholds.linking_nowhere
        {
            marks.take_back(index, &[&BARE_TEASER, &HEADLINE_RUN]);
        }
    }
}
