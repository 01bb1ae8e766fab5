//! Bare headlines of other stories among the paragraphs, told from subheadings by what they talk about and where they stand.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::{Block, Page};
use crate::span::Kind;
use crate::text::alike::Stems;

/// Shortest run of lines like headlines that is a list of other stories.
const RUN: usize = 4;

/// Words of a line that is too long for a subheading.
const LONG: u32 = 15;

/// Marks headlines of other stories between the paragraphs of an article.
pub(super) fn mark_teasers(page: &Page, segment: &Segment, marks: &mut Marks) {
    let Some(text) = text_range(page, segment, marks) else { return };
    let candidates: Vec<bool> =
        text.clone().map(|i| marks.of(i).is_none() && is_candidate(page, i, segment)).collect();
    let candidate = |i: usize| candidates[i - text.start];
    if !text.clone().any(candidate) {
        return;
    }
    let stems = Stems::of(text.clone().filter(|&i| marks.is_text(page, i)).map(|i| page.folded(i)));
    let mut index = text.start;
    while index < text.end {
        let run = (index..text.end).take_while(|&i| candidate(i)).count();
        for at in index..index + run {
            if run >= RUN {
                marks.detect(at, Kind::Teaser, "headline-run", Force::Hint);
            } else if is_foreign(page, at, run > 1, &stems) {
                marks.detect(at, Kind::Teaser, "bare-teaser", Force::Strong);
            }
        }
        index += run.max(1);
    }
}

/// From the first to the last paragraph.
fn text_range(page: &Page, segment: &Segment, marks: &Marks) -> Option<std::ops::Range<usize>> {
    let mut prose = segment.blocks.clone().filter(|&i| marks.is_text(page, i));
    let first = prose.next()?;
    Some(first..prose.next_back()?)
}

fn is_candidate(page: &Page, index: usize, segment: &Segment) -> bool {
    let block: &Block = &page.blocks[index];
    let s = &block.shape;
    s.words >= 5
        && block.is_headline_like()
        && !block.is_prose()
        && block.marker.is_none()
        && (!s.ends_sentence
            || page.text_of(index).ends_with(['?', '!', '…'])
            || page.text_of(index).ends_with("..."))
        && !s.starts_lower
        && !s.starts_quote
        && segment.title != Some(index)
}

/// Whether a headline speaks of what the article does not: names that stand nowhere in it, or mostly other words. One of two that stand
/// together needs less, as subheadings do not stack.
fn is_foreign(page: &Page, index: usize, stacked: bool, stems: &Stems) -> bool {
    let (words, shared) = stems.shared_with(page.folded(index));
    let foreign = (words - shared) * 100 / words.max(1);
    let shape = &page.blocks[index].shape;
    let title_case = shape.words >= 6 && shape.capitalised * 10 >= shape.words * 7;
    if title_case || stacked {
        return words >= 4 && foreign >= 40;
    }
    let text = page.blocks[index].unmarked().of(page.text);
    let names = text.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase));
    let foreign_names = names
        .filter(|w| stems.lack(&crate::text::fold(w.trim_matches(|c: char| !c.is_alphanumeric()))))
        .count();
    words >= 5
        && (foreign_names >= 2 && foreign >= 50
            || foreign >= 85
            || shape.words >= LONG && foreign >= 40)
}
