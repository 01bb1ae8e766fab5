//! Stories each under a headline of its own and closed by a line of one kind: letters by the name of their author, the items of a newsletter by a
//! button.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::clean::mark::Marks;
use crate::clean::split::items::{Item, ProseWords, SplitThresholds, are_articles};
use crate::clean::split::signature::{signature_of, signed_by};
use crate::page::Page;
use crate::span::Kind;

/// Lines of the longest headline.
const HEADLINE_LINES: usize = 3;
/// Words of the longest button.
const BUTTON_WORDS: u32 = 6;

/// The signed texts of a page; none where one of several signatures stands above no headline.
pub(super) fn signed_texts(
    page: &Page,
    prose: &ProseWords,
    marks: &Marks,
    thresholds: &SplitThresholds,
) -> Vec<Item> {
    let stories = Stories { page, marks };
    let signatures = stories.signatures();
    let items = stories
        .closed_by(&signatures, thresholds, |name| (signature_of(page, name).end, Some(name)));
    let items = stories.list_of(items, prose, thresholds.short_text_words, thresholds);
    // Lines in the place of a signature are headings of two levels where the last text has none below it.
    let last = signatures.last().copied().unwrap_or(0);
    let signed = prose.within(0..last) / signatures.len().max(1) as u32;
    if prose.within(last..page.blocks.len()) < signed { items } else { Vec::new() }
}

/// The stories of a page that end in one and the same button.
pub(crate) fn buttoned_texts(
    page: &Page,
    marks: &Marks,
    thresholds: &SplitThresholds,
) -> Vec<Item> {
    let stories = Stories { page, marks };
    let items = stories.closed_by(&stories.buttons(), thresholds, |button| (button + 1, None));
    stories.list_of(items, &ProseWords::of(page), thresholds.text_words, thresholds)
}

struct Stories<'p> {
    page: &'p Page<'p>,
    marks: &'p Marks,
}

impl Stories<'_> {
    /// The stories that these lines close, each with what `end` says of its last line: where the next begins, and whether it is a signature; none
    /// where one of them has no headline.
    fn closed_by(
        &self,
        lines: &[usize],
        thresholds: &SplitThresholds,
        end: impl Fn(usize) -> (usize, Option<usize>),
    ) -> Vec<Item> {
        let mut from = 0;
        let story = |&line: &usize| {
            let start = self.headline_above(from..line)?;
            let (next, signature) = end(line);
            from = next;
            Some(Item { start, title: Some(start), signature })
        };
        let items: Option<Vec<Item>> =
            (lines.len() >= thresholds.items).then(|| lines.iter().map(story).collect()).flatten();
        items.unwrap_or_default()
    }

    /// The stories, where they are articles.
    fn list_of(
        &self,
        items: Vec<Item>,
        prose: &ProseWords,
        least_words: u32,
        thresholds: &SplitThresholds,
    ) -> Vec<Item> {
        let starts: Vec<usize> = items.iter().map(|item| item.start).collect();
        let end = self.page.blocks.len();
        if are_articles(prose, &starts, end, least_words, thresholds) { items } else { Vec::new() }
    }

    /// The lines below texts that hold but a name, no two of them the same.
    fn signatures(&self) -> Vec<usize> {
        let mut names = FxHashSet::default();
        (1..self.page.blocks.len())
            .filter(|&index| self.page.blocks[index - 1].is_prose() && self.is_name(index))
            .filter(|&index| names.insert(self.page.folded(index)))
            .collect()
    }

    fn is_name(&self, index: usize) -> bool {
        let shape = &self.page.blocks[index].shape;
        !self.page.blocks[index].is_prose()
            && shape.digits == 0
            && self.marks.of(index).is_none()
            && signed_by(self.page.text_of(index)).is_some()
    }

    /// The lines below texts that rules know for buttons which lead on to a story, or for marks of its end, and that say the same, the most of
    /// them.
    fn buttons(&self) -> Vec<usize> {
        let mut said: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for index in 1..self.page.blocks.len() {
            let is_button = matches!(
                self.marks.kind(index),
                Some(Kind::Teaser | Kind::Newsletter | Kind::Other)
            ) && self.is_worded(index, BUTTON_WORDS);
            if is_button && self.page.blocks[index - 1].is_prose() {
                said.entry(self.page.folded(index)).or_default().push(index);
            }
        }
        said.into_values().max_by_key(|lines| (lines.len(), lines.clone())).unwrap_or_default()
    }

    /// Whether a block holds words, and no more than so many.
    fn is_worded(&self, index: usize, most: u32) -> bool {
        let block = &self.page.blocks[index];
        !block.is_symbolic() && block.shape.words <= most
    }

    /// Where the headline begins above the text that ends with this stretch: in it no text stands but for that above the headline of the first.
    fn headline_above(&self, between: Range<usize>) -> Option<usize> {
        let blocks = &self.page.blocks;
        let text = between.clone().rev().take_while(|&i| blocks[i].is_prose()).last()?;
        let lines = between.start.max(text.saturating_sub(HEADLINE_LINES))..text;
        let start = lines
            .rev()
            .take_while(|&i| !blocks[i].is_symbolic() && self.marks.of(i).is_none())
            .find(|&i| blocks[i].gap > 0 || i == 0)
            .filter(|&i| blocks[i].is_headline_like())?;
        let is_apart = between.start == 0 || (between.start..start).all(|i| !blocks[i].is_prose());
        is_apart.then_some(start)
    }
}
