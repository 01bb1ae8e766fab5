//! The headline: which block of an article it is.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::mark::PictureThresholds;
use crate::clean::mark::{Marks, Strength, is_slug};
use crate::page::Page;
use crate::span::Kind;
use crate::text::alike::{Stems, same_text};

adjustable! {
    /// What a headline looks like. A block scores by the share of its longer words whose stems stand in the first paragraphs (0 to 1), and by what
    /// is added or taken off for its form and its place; the best block is the headline.
    TitleThresholds {
        /// Paragraphs after a headline that it is compared with.
        look_ahead: usize = 12,
        /// Blocks between a headline and the first paragraph, at most.
        reach: usize = 40,
        /// Lines of the longest headline.
        lines: usize = 3,
        /// Score of the least convincing headline.
        least: f32 = 0.55,
        /// What a block further up must score more than one below it.
        margin: f32 = 0.05,
        /// Stems that must be shared for the share of them to count in full.
        stems: usize = 3,
        /// Longer words from which on a block has the length of a headline.
        full_stems: usize = 4,
        /// Added for the length of a headline.
        full: f32 = 0.35,
        /// Added for a blank line above.
        set_apart: f32 = 0.1,
        /// Taken off for a list marker.
        listed: f32 = 0.4,
        /// Taken off for a full stop at the end.
        sentence: f32 = 0.9,
        /// Added where the block stands again.
        repeated: f32 = 0.35,
        /// Blocks below the first paragraph down to which it may stand again.
        repeated_reach: usize = 30,
        /// Bytes of folded text of the shortest block that is looked for again.
        repeated_bytes: usize = 12,
        /// Bytes of folded text that a repetition has more: fewer than this.
        repeated_more: usize = 60,
        /// Added where a date or byline stands below.
        above_meta: f32 = 0.3,
        /// Added for the first block.
        first: f32 = 0.2,
        /// Taken off for each block of debris between a block and the first paragraph.
        debris_between: f32 = 0.03,
        /// Taken off for each paragraph between.
        prose_between: f32 = 0.3,
        /// Taken off for each other block between.
        other_between: f32 = 0.05,
    }
}

/// The block that is the article's headline: before the first paragraph at `text_start`, short, about the same things as the text.
/// None where nothing is convincing; a paragraph is never taken for one.
#[must_use]
pub(crate) fn find_title(
    page: &Page,
    blocks: Range<usize>,
    text_start: usize,
    marks: &Marks,
    (t, picture): (&TitleThresholds, &PictureThresholds),
) -> Option<usize> {
    let prose = (text_start..blocks.end).filter(|&i| is_text(page, marks, i)).take(t.look_ahead);
    let text_stems = Stems::of(prose.map(|i| page.folded(i)));
    let from = blocks.start.max(text_start.saturating_sub(t.reach));
    let mut best: Option<(f32, usize)> = None;
    let mut distance = 0.0;
    let mut above_meta = false;
    for index in (from..text_start).rev() {
        if let Some(score) = headline_score(page, index, &text_stems, marks, (t, picture)) {
            let repeated = (from..blocks.end.min(text_start + t.repeated_reach))
                .any(|other| other != index && repeats(page, index, other, t));
            let score = score - distance
                + if repeated { t.repeated } else { 0.0 }
                + if above_meta { t.above_meta } else { 0.0 }
                + if index == blocks.start { t.first } else { 0.0 };
            if best.is_none_or(|(top, _)| score > top + t.margin) {
                best = Some((score, index));
            }
        }
        above_meta |= marks.kind(index) == Some(Kind::Meta);
        distance += match marks.kind(index) {
            Some(kind) if !kind.is_debris() => 0.0,
            Some(_) => t.debris_between,
            None if page.blocks[index].is_prose() => t.prose_between,
            None => t.other_between,
        };
    }
    let (_, found) = best.filter(|&(score, _)| score >= t.least)?;
    let prints = |&i: &usize| {
        page.blocks[i].is_headline_like()
            && page.blocks[i].marker.is_none()
            && same_text(page.folded(i), page.folded(found))
    };
    (from..found).find(prints).or(Some(found))
}

/// A paragraph, or a line of what a detector takes for text.
fn is_text(page: &Page, marks: &Marks, index: usize) -> bool {
    page.blocks[index].is_prose() || marks.kind(index) == Some(Kind::Body)
}

/// How much a block looks like the headline of a text with these words; None where it cannot be one.
fn headline_score(
    page: &Page,
    index: usize,
    text_stems: &Stems,
    marks: &Marks,
    (t, picture): (&TitleThresholds, &PictureThresholds),
) -> Option<f32> {
    let block = &page.blocks[index];
    if !block.is_headline_like()
        || block.lines.len() > t.lines
        || holds_address(page.text_of(index))
        || marks.of(index).is_some_and(|m| m.strength > Strength::Hint)
    {
        return None;
    }
    let (words, shared) = text_stems.shared_with(page.folded(index));
    if is_slug(page, index, picture) || words == 0 {
        return None;
    }
    let mut score = shared as f32 / words as f32
        * (shared.min(t.stems) as f32 / words.min(t.stems).max(1) as f32);
    score += if words >= t.full_stems { t.full } else { 0.0 };
    score += if block.gap > 0 { t.set_apart } else { 0.0 };
    score -= if block.marker.is_some() { t.listed } else { 0.0 };
    score -= if block.shape.ends_sentence && page.text_of(index).ends_with('.') {
        t.sentence
    } else {
        0.0
    };
    Some(score)
}

/// Whether a line holds the address of a page or of a mailbox.
pub(super) fn holds_address(text: &str) -> bool {
    let is_mailbox = |word: &str| {
        word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    };
    text.contains("://") || text.contains('@') && text.split_whitespace().any(is_mailbox)
}

fn repeats(page: &Page, title: usize, other: usize, thresholds: &TitleThresholds) -> bool {
    let (t, o) = (page.folded(title), page.folded(other));
    t.len() >= thresholds.repeated_bytes
        && (same_text(t, o)
            || (o.len() > t.len()
                && o.len() < t.len() + thresholds.repeated_more
                && (o.starts_with(t) || o.ends_with(t))))
}
