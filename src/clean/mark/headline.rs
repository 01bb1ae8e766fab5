//! The headline: which block it is, and where it stands again.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::mark::picture::is_slug;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;
use crate::text::alike::Stems;
use crate::text::alike::same_text;

/// Paragraphs after a headline that it is compared with.
const LOOK_AHEAD: usize = 12;
/// Blocks from the headline among which a repetition may have more text run on to it.
const NEAR: usize = 8;
/// Blocks between a headline and the first paragraph, at most.
const REACH: usize = 40;

/// The block that is the article's headline: before the first paragraph at `text_start`, short, about the same things as the text.
/// None where nothing is convincing; a paragraph is never taken for one.
#[must_use]
pub fn find_title(
    page: &Page,
    blocks: std::ops::Range<usize>,
    text_start: usize,
    marks: &Marks,
) -> Option<usize> {
    let prose = (text_start..blocks.end).filter(|&i| is_text(page, marks, i)).take(LOOK_AHEAD);
    let text_stems = Stems::of(prose.map(|i| page.folded(i)));
    let from = blocks.start.max(text_start.saturating_sub(REACH));
    let mut best: Option<(f32, usize)> = None;
    let mut distance = 0.0;
    let mut above_meta = false;
    for index in (from..text_start).rev() {
        if let Some(score) = headline_score(page, index, &text_stems, marks) {
            let repeated = (from..blocks.end.min(text_start + 30))
                .any(|other| other != index && repeats(page, index, other));
            let score = score - distance
                + if repeated { 0.35 } else { 0.0 }
                + if above_meta { 0.3 } else { 0.0 }
                + if index == blocks.start { 0.2 } else { 0.0 };
            if best.is_none_or(|(top, _)| score > top + 0.05) {
                best = Some((score, index));
            }
        }
        above_meta |= marks.kind(index) == Some(Kind::Meta);
        distance += match marks.kind(index) {
            Some(kind) if !kind.is_debris() => 0.0,
            Some(_) => 0.03,
            None if page.blocks[index].is_prose() => 0.3,
            None => 0.05,
        };
    }
    let (_, found) = best.filter(|&(score, _)| score >= 0.55)?;
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
fn headline_score(page: &Page, index: usize, text_stems: &Stems, marks: &Marks) -> Option<f32> {
    let block = &page.blocks[index];
    if !block.is_headline_like()
        || block.lines.len() > 3
        || marks.of(index).is_some_and(|m| m.force > Force::Hint)
    {
        return None;
    }
    let (words, shared) = text_stems.shared_with(page.folded(index));
    if is_slug(page, index) || words == 0 {
        return None;
    }
    let mut score = shared as f32 / words as f32 * (shared.min(3) as f32 / words.min(3) as f32);
    score += if words >= 4 { 0.35 } else { 0.0 };
    score += if block.gap > 0 { 0.1 } else { 0.0 };
    score -= if block.marker.is_some() { 0.4 } else { 0.0 };
    score -=
        if block.shape.ends_sentence && page.text_of(index).ends_with('.') { 0.9 } else { 0.0 };
    Some(score)
}

fn repeats(page: &Page, title: usize, other: usize) -> bool {
    let (t, o) = (page.folded(title), page.folded(other));
    t.len() >= 12
        && (same_text(t, o)
            || (o.len() > t.len()
                && o.len() < t.len() + 60
                && (o.starts_with(t) || o.ends_with(t))))
}

/// Marks the places where the headline of an article stands again: alone, with the site's name, or with a picture's text glued on.
pub(super) fn mark_repeats(page: &Page, segment: &Segment, title: usize, marks: &mut Marks) {
    let folded = page.folded(title);
    for index in segment.blocks.clone() {
        let other = page.folded(index);
        if index == title || folded.len() < 8 {
            continue;
        }
        let glued = folded.len() >= 24
            && index.abs_diff(title) <= NEAR
            && other.len() > folded.len()
            && other.starts_with(folded)
            && page.blocks[index].shape.words <= 60;
        let suffixed = index < title
            && other.len() > folded.len()
            && other.ends_with(folded)
            && other.len() < folded.len() + 60;
        if same_text(folded, other) || glued || suffixed {
            marks.detect(index, Kind::Duptitle, "repeated-headline", Force::Sure);
        }
    }
}
