//! Cards of other stories that stand in runs: excerpts that are cut off, and cards that end in one button.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{BUTTON_CARDS, CUT_EXCERPTS};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What rows of excerpts and of cards look like.
    ExcerptThresholds {
        /// Cut excerpts that a page of nothing else has at least.
        excerpts: usize = 3,
        /// Percent of such a page's paragraphs that are cut, at least.
        cut: usize = 80,
        /// Blocks of the smallest card, its button left out.
        card_least: usize = 2,
        /// Blocks of the largest.
        card_most: usize = 5,
        /// Words of the longest card.
        card_words: u32 = 80,
        /// Words of the longest button.
        button_words: u32 = 2,
        /// Capitals of the shortest button.
        button_letters: u32 = 3,
    }
}

/// Marks the paragraphs of a page that holds but the cut beginnings of other stories.
pub(super) fn mark_cut_excerpts(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &ExcerptThresholds,
) {
    let prose: Vec<usize> = segment.blocks.clone().filter(|&i| page.blocks[i].is_prose()).collect();
    let is_cut = |&&index: &&usize| {
        page.text_of(index).ends_with('…') || page.text_of(index).ends_with("...")
    };
    let cut: Vec<usize> = prose.iter().filter(is_cut).copied().collect();
    if cut.len() >= thresholds.excerpts && cut.len() * 100 >= prose.len() * thresholds.cut {
        for index in cut {
            marks.detect(index, &CUT_EXCERPTS);
        }
    }
}

/// Marks cards in a row: each begins with a headline and ends in the same button.
pub(super) fn mark_button_cards(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &ExcerptThresholds,
) {
    let mut buttons: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for index in segment.blocks.clone() {
        let shape = &page.blocks[index].shape;
        if (1..=thresholds.button_words).contains(&shape.words)
            && shape.upper == shape.letters
            && shape.letters >= thresholds.button_letters
            && shape.digits == 0
            && marks.of(index).is_none_or(|mark| mark.kind != Kind::Ad)
        {
            buttons.entry(page.folded(index)).or_default().push(index);
        }
    }
    let mut found = Vec::new();
    for at in buttons.values() {
        let cards: Vec<Range<usize>> =
            at.iter().filter_map(|&button| card(page, segment, button, thresholds)).collect();
        let forms: Vec<Vec<bool>> = cards.iter().map(|card| form(page, card)).collect();
        let in_a_row = cards
            .windows(2)
            .zip(forms.windows(2))
            .filter(|(cards, forms)| cards[0].end + 1 == cards[1].start && forms[0] == forms[1]);
        found.extend(in_a_row.flat_map(|(cards, _)| cards[0].start..cards[1].end + 1));
    }
    for index in found {
        marks.detect(index, &BUTTON_CARDS);
    }
}

/// The blocks above a button, up to the headline in capitals that begins the card.
fn card(
    page: &Page,
    segment: &Segment,
    button: usize,
    t: &ExcerptThresholds,
) -> Option<Range<usize>> {
    let from = segment.blocks.start.max(button.saturating_sub(t.card_most));
    let is_head = |&index: &usize| {
        let block = &page.blocks[index];
        block.is_headline_like() && block.shape.upper == block.shape.letters
    };
    let head = (from..button).rev().find(is_head)?;
    let words: u32 = page.blocks[head..button].iter().map(|b| b.shape.words).sum();
    let together =
        (head + 1..=button).all(|index| page.blocks[index].gap == page.blocks[button].gap);
    ((t.card_least..=t.card_most).contains(&(button - head))
        && words <= t.card_words
        && together
        && segment.title != Some(head))
    .then_some(head..button)
}

/// Which blocks of a card are sentences.
fn form(page: &Page, card: &Range<usize>) -> Vec<bool> {
    page.blocks[card.clone()].iter().map(|block| block.shape.ends_sentence).collect()
}
