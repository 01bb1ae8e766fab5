//! Letters to an editor and the like: texts, each signed below with the name of its author, each under a headline of its own.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::bylines::looks_like_name;
use crate::clean::mark::Marks;
use crate::clean::split::rules::{Item, ProseWords, SplitThresholds, are_articles};
use crate::page::Page;

/// Lines of the longest headline.
const HEADLINE_LINES: usize = 3;
/// Words of the longest line below a name: a place, a trade.
const PLACE_WORDS: u32 = 5;

/// The signed texts of a page; none where one of several signatures stands above no headline.
pub(super) fn signed_texts(
    page: &Page,
    prose: &ProseWords,
    marks: &Marks,
    thresholds: &SplitThresholds,
) -> Vec<Item> {
    let letters = Letters { page, marks };
    let signatures = letters.signatures();
    if signatures.len() < thresholds.items {
        return Vec::new();
    }
    let mut items = Vec::with_capacity(signatures.len());
    let mut from = 0;
    for &signature in &signatures {
        let Some(start) = letters.headline_above(from..signature, items.is_empty()) else {
            return Vec::new();
        };
        items.push(Item { start, title: Some(start), signature: Some(signature) });
        from = signature_of(page, signature).end;
    }
    let starts: Vec<usize> = items.iter().map(|item| item.start).collect();
    let is_list =
        are_articles(prose, &starts, page.blocks.len(), thresholds.short_text_words, thresholds);
    if is_list { items } else { Vec::new() }
}

/// The blocks of a signature that begins with this one: a name, and the line right below it.
pub(crate) fn signature_of(page: &Page, name: usize) -> Range<usize> {
    let is_below = page.blocks.get(name + 1).is_some_and(|below| {
        below.gap == 0 && !below.is_prose() && below.shape.words <= PLACE_WORDS
    });
    name..name + 1 + usize::from(is_below)
}

struct Letters<'p> {
    page: &'p Page<'p>,
    marks: &'p Marks,
}

impl Letters<'_> {
    /// The lines below texts that hold but a name, no two of them the same.
    fn signatures(&self) -> Vec<usize> {
        let mut names = FxHashSet::default();
        (1..self.page.blocks.len())
            .filter(|&index| self.page.blocks[index - 1].is_prose() && self.is_name(index))
            .filter(|&index| names.insert(self.page.folded(index)))
            .collect()
    }

    fn is_name(&self, index: usize) -> bool {
        let block = &self.page.blocks[index];
        let text = self.page.text_of(index);
        (2..=4).contains(&block.shape.words)
            && block.shape.digits == 0
            && block.marker.is_none()
            && text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ".-'’".contains(c))
            && !text.ends_with('.')
            && self.marks.of(index).is_none()
            && looks_like_name(text)
    }

    /// Where the headline begins above the text that ends with this stretch: in it no other line stands, but for those above the headline of
    /// the first.
    fn headline_above(&self, between: Range<usize>, is_first: bool) -> Option<usize> {
        let blocks = &self.page.blocks;
        let text = between.clone().rev().take_while(|&i| blocks[i].is_prose()).last()?;
        let lines = between.start.max(text.saturating_sub(HEADLINE_LINES))..text;
        let start = lines
            .rev()
            .take_while(|&i| blocks[i].is_headline_like() && self.marks.of(i).is_none())
            .find(|&i| blocks[i].gap > 0)?;
        (is_first || start == between.start).then_some(start)
    }
}
