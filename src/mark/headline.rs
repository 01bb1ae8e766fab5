//! The headline: which block it is, and where it stands again.

use rustc_hash::FxHashSet;

use super::{Force, Marks, same_text};
use crate::page::Page;
use crate::span::Kind;
use crate::split::Segment;

/// Words of the text after a headline that it is compared with.
const LOOK_AHEAD: usize = 400;
/// Blocks between a headline and the first paragraph, at most.
const REACH: usize = 40;

/// The block that is the article's headline: before the first paragraph at `text_start`, short, about the same things as the text.
/// None where nothing is convincing; a paragraph is never taken for one.
#[must_use]
pub fn find_title(page: &Page, blocks: std::ops::Range<usize>, text_start: usize, marks: &Marks) -> Option<usize> {
    let mut text_words = FxHashSet::default();
    for index in text_start..blocks.end {
        if text_words.len() > LOOK_AHEAD {
            break;
        }
        if page.blocks[index].is_prose() {
            text_words.extend(page.words(index));
        }
    }
    let from = blocks.start.max(text_start.saturating_sub(REACH));
    let mut best: Option<(f32, usize)> = None;
    let mut distance = 0.0;
    for index in (from..text_start).rev() {
        if let Some(score) = headline_score(page, index, &text_words, marks) {
            let repeated = (blocks.start..blocks.end.min(text_start + 30)).any(|other| other != index && repeats(page, index, other));
            let score = score - distance + if repeated { 0.35 } else { 0.0 };
            if best.is_none_or(|(top, at)| score > top + 0.05 || (score > top - 0.35 && same_text(page.folded(at), page.folded(index)))) {
                best = Some((best.map_or(score, |(top, _)| top.max(score)), index));
            }
        }
        distance += match marks.kind(index) {
            Some(kind) if !kind.is_debris() => 0.0,
            Some(_) => 0.03,
            None if page.blocks[index].is_prose() => 0.3,
            None => 0.05,
        };
    }
    best.filter(|&(score, _)| score >= 0.55).map(|(_, index)| index)
}

/// How much a block looks like the headline of a text with these words; None where it cannot be one.
fn headline_score(page: &Page, index: usize, text_words: &FxHashSet<u32>, marks: &Marks) -> Option<f32> {
    let block = &page.blocks[index];
    if !block.is_headline_like() || block.lines.len() > 3 || marks.of(index).is_some_and(|m| m.force > Force::Hint) {
        return None;
    }
    let words = page.words(index);
    let shared = words.iter().filter(|w| text_words.contains(w)).count();
    let overlap = shared as f32 / words.len().max(1) as f32;
    let mut score = overlap;
    score += if words.len() >= 5 { 0.35 } else { 0.0 };
    score += if block.gap > 0 { 0.1 } else { 0.0 };
    score -= if block.marker.is_some() { 0.4 } else { 0.0 };
    score -= if block.shape.ends_sentence && page.text_of(index).ends_with('.') { 0.5 } else { 0.0 };
    Some(score)
}

fn repeats(page: &Page, title: usize, other: usize) -> bool {
    let (t, o) = (page.folded(title), page.folded(other));
    t.len() >= 12 && (same_text(t, o) || (o.len() > t.len() && o.len() < t.len() + 60 && (o.starts_with(t) || o.ends_with(t))))
}

/// Marks the places where the headline of an article stands again: alone, with the site's name, or with a picture's text glued on.
pub(super) fn mark_repeats(page: &Page, segment: &Segment, title: usize, marks: &mut Marks) {
    let folded = page.folded(title);
    for index in segment.blocks.clone() {
        let other = page.folded(index);
        if index == title || folded.len() < 8 {
            continue;
        }
        let glued = other.len() > folded.len() && other.starts_with(folded) && other.len() < folded.len() * 2 + 60 && !page.blocks[index].is_prose();
        let suffixed = index < title && other.len() > folded.len() && other.ends_with(folded) && other.len() < folded.len() + 60;
        if same_text(folded, other) || glued || suffixed {
            marks.detect(index, Kind::Duptitle, "repeated-headline", Force::Sure);
        }
    }
}
