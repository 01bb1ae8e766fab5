//! What splitting asks of each block of a page, worked out once: words of text, runs of lines between texts, dates, numbers.

use std::cell::OnceCell;
use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};

use crate::clean::mark::Marks;
use crate::clean::split::dated::{Dated, LONGEST, first_date, is_headline_with_day};
use crate::clean::split::signature::signed_by;
use crate::page::{Block, Page};
use crate::span::Kind;
use crate::text::chars::{is_mark, is_unspaced};
use crate::text::sentence::ends_plainly;

/// Words at the head of two lines that make them prints of one headline; in scripts without spaces two characters count as one.
const ALIKE: u32 = 4;

/// Running sums over the blocks of a page, so that a stretch of any length is measured at once.
#[derive(Debug)]
pub(super) struct Sums(Vec<u32>);

impl Sums {
    pub(super) fn of(values: impl Iterator<Item = u32>) -> Self {
        let sums = values.scan(0, |sum: &mut u32, value| {
            *sum = sum.saturating_add(value);
            Some(*sum)
        });
        Self([0].into_iter().chain(sums).collect())
    }

    /// The sum over a stretch.
    pub(super) fn within(&self, blocks: Range<usize>) -> u32 {
        self.0[blocks.end.max(blocks.start)] - self.0[blocks.start]
    }
}

/// A page seen as lines that may open articles.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) marks: &'a Marks,
    /// Words of paragraphs.
    pub(super) words: Sums,
    /// Words of paragraphs that do not break off, as those of cards for other pages do.
    pub(super) finished: Sums,
    /// Paragraphs.
    pub(super) texts: Sums,
    /// Headlines right above a text.
    pub(super) heads: Sums,
    /// Lines with a date.
    pub(super) dates: Sums,
    /// Lines about an article, as rules say.
    pub(super) about: Sums,
    /// For each block the first of the lines that stand between the text above and it.
    pub(super) top: Vec<usize>,
    /// For each block the first of the lines up to it that no blank line and no text parts from it.
    pub(super) group: Vec<usize>,
    /// For each block the next paragraph from it on, or the number of blocks.
    pub(super) next_text: Vec<usize>,
    /// For each block whether it stands near a text, and in no listing of code: only there may an article begin.
    pub(super) is_near_text: Vec<bool>,
    /// For each block whether it may be the headline of the text below.
    pub(super) is_title: Vec<bool>,
    /// For each block whether it may be the headline with the day beside it.
    pub(super) is_title_with_day: Vec<bool>,
    /// For each block its text with digits free, hashed; 0 for those far from a text.
    pub(super) literal: Vec<u64>,
    /// The first date of each line, and of the head of each paragraph.
    pub(super) dated: Vec<Option<Dated>>,
    /// For each block what it begins with.
    pub(super) begins: Vec<Beginning>,
    /// For each block the first that begins with the same words.
    pub(super) first_print: Vec<usize>,
    /// The lines that a list of contents names, once they are asked for.
    pub(super) named: OnceCell<Vec<usize>>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(page: &'a Page<'a>, marks: &'a Marks) -> Self {
        let blocks = &page.blocks;
        let count = blocks.len();
        let ends_text = ends_of_text(page, marks);
        let (mut top, mut group) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for (index, block) in blocks.iter().enumerate() {
            let below_text = index == 0 || ends_text[index - 1];
            top.push(if below_text { index } else { top[index - 1] });
            group.push(if below_text || block.gap > 0 { index } else { group[index - 1] });
        }
        let mut next_text = vec![count; count + 1];
        for index in (0..count).rev() {
            next_text[index] = if blocks[index].is_prose() { index } else { next_text[index + 1] };
        }
        let is_near_text = near_text(page, &next_text);
        let near = |index: usize| is_near_text[index].then_some(index);
        let dated: Vec<Option<Dated>> =
            (0..count).map(|index| near(index).and_then(|index| first_date(page, index))).collect();
        let may_be_title = |i: usize| {
            is_near_text[i]
                && is_headline(page, i)
                && dated[i].is_none()
                && !marks.kind(i).is_some_and(|kind| kind.is_debris() || kind == Kind::Meta)
                && !page.text_of(i).contains("://")
        };
        let is_title: Vec<bool> = (0..count).map(may_be_title).collect();
        let may_be_title_with_day = |i: usize| {
            let day = dated[i].filter(|_| is_near_text[i] && is_headline(page, i));
            day.is_some_and(|day| is_headline_with_day(page.text_of(i), day))
        };
        let is_title_with_day = (0..count).map(may_be_title_with_day).collect();
        let literal = |index: usize| {
            let block = &blocks[index];
            let is_line = !block.is_prose() && block.shape.chars <= LONGEST;
            if is_line && is_near_text[index] { hash_without_digits(page.folded(index)) } else { 0 }
        };
        let literal = (0..count).map(literal).collect();
        let begins: Vec<Beginning> =
            (0..count).map(|index| Beginning::of(page.folded(index))).collect();
        let flags = |flag: &dyn Fn(usize) -> bool| Sums::of((0..count).map(|i| u32::from(flag(i))));
        Self {
            words: Sums::of(blocks.iter().map(|b| if b.is_prose() { b.shape.words } else { 0 })),
            finished: Sums::of((0..count).map(|i| {
                let breaks_off = page.text_of(i).ends_with('…') || page.text_of(i).ends_with("...");
                if blocks[i].is_prose() && !breaks_off { blocks[i].shape.words } else { 0 }
            })),
            texts: flags(&|i| blocks[i].is_prose()),
            heads: flags(&|i| is_headline(page, i) && next_text[i] == i + 1),
            dates: flags(&|i| !blocks[i].is_prose() && dated[i].is_some()),
            about: flags(&|i| marks.kind(i) == Some(Kind::Meta)),
            page,
            marks,
            top,
            group,
            next_text,
            is_near_text,
            is_title,
            is_title_with_day,
            literal,
            dated,
            first_print: first_prints(&begins),
            begins,
            named: OnceCell::new(),
        }
    }

    /// Blocks of the page.
    pub(super) fn len(&self) -> usize {
        self.page.blocks.len()
    }

    /// Words of all text.
    pub(super) fn all_words(&self) -> u32 {
        self.words.within(0..self.len())
    }

    /// Whether a block is a line of its own, not too long to have a form.
    pub(super) fn is_line(&self, index: usize) -> bool {
        let block = &self.page.blocks[index];
        !block.is_prose() && block.shape.chars <= LONGEST
    }

    /// Whether a block is as short as an entry of a list of contents, and no line of a listing.
    pub(super) fn may_be_entry(&self, index: usize) -> bool {
        let listings = &self.page.listings;
        let next = listings.partition_point(|listing| listing.end <= index);
        self.page.blocks[index].shape.chars <= LONGEST
            && !listings.get(next).is_some_and(|listing| listing.contains(&index))
    }

    /// Whether a new sheet of paper begins at a block.
    pub(super) fn is_below_form_feed(&self, index: usize) -> bool {
        let blocks = &self.page.blocks;
        let above = if index == 0 { 0 } else { blocks[index - 1].span.end };
        self.page.text[above..blocks[index].span.start].contains('\u{c}')
    }

    /// Whether a block could be a headline.
    pub(super) fn is_headline(&self, index: usize) -> bool {
        is_headline(self.page, index)
    }

    /// The line itself, or the one below where it holds the name of the author of the text right above, and a blank line follows.
    pub(super) fn below_signature(&self, line: usize) -> usize {
        let blocks = &self.page.blocks;
        let closes = line > 0
            && line + 1 < blocks.len()
            && blocks[line - 1].is_prose()
            && blocks[line].gap == 0
            && blocks[line + 1].gap > 0
            && !blocks[line].is_prose()
            && blocks[line].shape.digits == 0
            && signed_by(self.page.text_of(line)).is_some();
        line + usize::from(closes)
    }

    /// The headline of an article that begins at `start` and ends before `end`: the first line above its text that looks like one.
    pub(super) fn headline(&self, start: usize, end: usize) -> Option<usize> {
        /// Lines of the longest head.
        const REACH: usize = 12;
        let above_text = start..self.next_text[start].min(end).min(start + REACH);
        let fits = |&i: &usize| self.is_title[i];
        let wide = |i: &usize| fits(i) && self.page.blocks[*i].shape.words >= 3;
        let with_day = |&i: &usize| self.is_title_with_day[i];
        let any = above_text.clone().find(wide).or_else(|| above_text.clone().find(fits));
        any.or_else(|| above_text.clone().rev().find(with_day))
    }
}

/// For each block whether it is a paragraph, or a short sentence that closes a text: right below that, with further lines before the next paragraph.
fn ends_of_text(page: &Page, marks: &Marks) -> Vec<bool> {
    let blocks = &page.blocks;
    let mut is_end = false;
    let closes = |index: usize| {
        let is_above_text = blocks.get(index + 1).is_some_and(Block::is_prose);
        ends_plainly(page.text_of(index))
            && marks.of(index).is_none()
            && blocks[index].shape.words > 1
            && !is_above_text
    };
    let ends = (0..blocks.len()).map(|index| {
        is_end = blocks[index].is_prose() || is_end && closes(index);
        is_end
    });
    ends.collect()
}

/// For each block whether a text stands close below or above it, and whether it is no line of a listing.
fn near_text(page: &Page, next_text: &[usize]) -> Vec<bool> {
    /// Lines above a text that may belong to its head.
    const ABOVE: usize = 16;
    /// Lines below a text that may belong to its foot.
    const BELOW: usize = 6;
    let mut below = usize::MAX;
    let mut is_near = Vec::with_capacity(page.blocks.len());
    for (index, block) in page.blocks.iter().enumerate() {
        below = if block.is_prose() { 0 } else { below.saturating_add(1) };
        let above = next_text[index] < page.blocks.len() && next_text[index] - index <= ABOVE;
        is_near.push(above || below <= BELOW);
    }
    for listing in &page.listings {
        is_near[listing.clone()].fill(false);
    }
    is_near
}

/// The hash of a text with each run of digits as one `0`.
fn hash_without_digits(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let mut in_number = false;
    for c in text.chars() {
        let is_digit = c.is_numeric();
        if !(is_digit && in_number) {
            hasher.write_u32(if is_digit { 48 } else { c as u32 });
        }
        in_number = is_digit;
    }
    hasher.finish()
}

/// What a line begins with, the number or the mark before its first word left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beginning {
    /// The hash of its first words.
    pub(super) head: u64,
    /// The hash of all its words; of one with more than [`LONGEST`] letters, of so many and one more: no line equals it.
    pub(super) whole: u64,
    /// The words of the head, at most [`ALIKE`].
    pub(super) words: u32,
}

impl Beginning {
    fn of(folded: &str) -> Self {
        let (mut hasher, mut head) = (FxHasher::default(), None);
        let (mut halves, mut in_word, mut hashed) = (0, false, 0);
        for c in words_of(folded) {
            if !c.is_alphanumeric() {
                in_word &= c == '\'' || is_mark(c);
                continue;
            }
            let adds = if is_unspaced(c) { 1 } else { 2 * u32::from(!in_word) };
            if halves + adds > 2 * ALIKE {
                head = head.or(Some(hasher.finish()));
            }
            halves += adds;
            in_word = !is_unspaced(c);
            hasher.write_u32(c as u32);
            hashed += 1;
            if hashed > LONGEST && head.is_some() {
                break;
            }
        }
        let whole = hasher.finish();
        Self { head: head.unwrap_or(whole), whole, words: (halves / 2).min(ALIKE) }
    }

    /// Whether it has as many words as are looked at.
    pub(super) fn is_full(self) -> bool {
        self.words == ALIKE
    }
}

/// A folded text from its first word on.
fn words_of(folded: &str) -> impl Iterator<Item = char> {
    folded.trim_start_matches(|c: char| !c.is_alphabetic()).chars()
}

/// The hash of all words of a folded text.
pub(super) fn hash_of_words(folded: &str) -> u64 {
    let mut hasher = FxHasher::default();
    words_of(folded).filter(|c| c.is_alphanumeric()).for_each(|c| hasher.write_u32(c as u32));
    hasher.finish()
}

/// For each block the first that begins with the same words, which is itself for most.
fn first_prints(begins: &[Beginning]) -> Vec<usize> {
    let mut first: FxHashMap<u64, usize> = FxHashMap::default();
    begins.iter().enumerate().map(|(at, own)| *first.entry(own.head).or_insert(at)).collect()
}

/// Short, open-ended, and no paragraph.
fn is_headline(page: &Page, index: usize) -> bool {
    let block = &page.blocks[index];
    block.is_headline_like() && !block.is_prose() && !page.text_of(index).ends_with(['.', ',', ';'])
}
