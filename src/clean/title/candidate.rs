//! What may be the headline: a block, or a few that it is wrapped over.

use std::borrow::Cow;
use std::ops::Range;

use crate::clean::mark::Marks;
use crate::clean::title::rule::holds_address;
use crate::page::Page;
use crate::page::shape::BlockStats;
use crate::span::{Kind, Span};

/// Blocks above the text down from which candidates stand.
const ABOVE: usize = 150;
/// Blocks below the beginning of dense text down to which they stand.
const BELOW: usize = 6;
/// Words of the longest candidate.
const WORDS: u32 = 42;
/// Characters of the longest candidate.
const CHARS: u32 = 260;
/// How headlines are wrapped.
#[derive(Debug, Clone, Copy)]
struct Wrapping {
    /// Blocks that one is wrapped over at most.
    blocks: usize,
    /// Characters of the shortest line that one goes on from.
    chars: u32,
    /// Whether one may break behind a colon and before a number, and goes on in no line about the article.
    is_free: bool,
}

/// That of an article alone, and that of one of several, of which the others tell how long headlines are.
const ALONE: Wrapping = Wrapping { blocks: 3, chars: 24, is_free: false };
const OF_ITEM: Wrapping = Wrapping { blocks: 4, chars: 10, is_free: true };

/// A block, or a few that follow each other, which may be the headline.
#[derive(Debug)]
pub(super) struct Candidate<'p> {
    /// Its blocks.
    pub(super) blocks: Range<usize>,
    /// Its folded text.
    pub(super) folded: Cow<'p, str>,
    /// Its measures.
    pub(super) shape: BlockStats,
}

impl<'p> Candidate<'p> {
    /// One block, which may be part of a headline; none where it is too long, holds an address, or is said to be text, as a line of a song is.
    fn of(page: &'p Page, marks: &Marks, index: usize) -> Option<Self> {
        let shape = page.blocks[index].shape;
        let folded = Cow::Borrowed(page.folded(index));
        let fits = (1..=WORDS).contains(&shape.words)
            && shape.chars <= CHARS
            && marks.kind(index) != Some(Kind::Body)
            && !holds_address(&folded);
        fits.then_some(Self { blocks: index..index + 1, folded, shape })
    }

    /// Whether it may be a whole headline: it has words, and opens no list with a colon.
    fn is_whole(&self) -> bool {
        self.shape.letters > 1 && !self.shape.ends_colon
    }

    /// The same with the block below, where the last line may go on in it.
    fn wrapped(&self, page: &Page, marks: &Marks, wrapping: Wrapping) -> Option<Self> {
        let above = &page.blocks[self.blocks.end - 1];
        let next = page.blocks.get(self.blocks.end)?;
        let may_follow = |next: Candidate| match wrapping.is_free {
            true => !is_about(page, marks, self.blocks.end),
            false => next.is_whole() && self.is_whole(),
        };
        let goes_on = self.blocks.len() < wrapping.blocks
            && next.gap == 0
            && next.marker.is_none()
            && Candidate::of(page, marks, self.blocks.end).is_some_and(may_follow)
            && above.shape.chars >= wrapping.chars
            && !above.shape.ends_sentence
            && self.shape.words + next.shape.words <= WORDS
            && self.shape.chars + next.shape.chars < CHARS;
        goes_on.then(|| {
            let blocks = self.blocks.start..self.blocks.end + 1;
            let folded = format!("{} {}", self.folded, page.folded(self.blocks.end));
            Self {
                shape: BlockStats::of(span(page, &blocks).of(page.text)),
                folded: folded.into(),
                blocks,
            }
        })
    }
}

/// Whether a line tells of the article, or of a day: none that a headline goes on in.
pub(super) fn is_about(page: &Page, marks: &Marks, index: usize) -> bool {
    marks.kind(index).is_some_and(Kind::is_about)
        || page.blocks[index].shape.digits > 0 && !page.days(index).is_empty()
}

/// Where blocks stand, the list marker of the first left out.
pub(crate) fn span(page: &Page, blocks: &Range<usize>) -> Span {
    Span::new(page.blocks[blocks.start].unmarked().start, page.blocks[blocks.end - 1].span.end)
}

/// What may be the headline of a text that begins between the blocks `text` and `dense`, in the order of the first block; of one of several articles
/// where `is_item` says so.
pub(super) fn candidates<'p>(
    page: &'p Page,
    marks: &Marks,
    blocks: Range<usize>,
    (text, dense): (usize, usize),
    is_item: bool,
) -> Vec<Candidate<'p>> {
    let wrapping = if is_item { OF_ITEM } else { ALONE };
    let from = blocks.start.max(text.min(dense).saturating_sub(ABOVE));
    let to = blocks.end.min(text.max(dense) + BELOW + 1);
    let mut candidates = Vec::new();
    for index in from..to {
        let mut next = Candidate::of(page, marks, index);
        while let Some(candidate) = next {
            let longer = candidate.wrapped(page, marks, wrapping);
            next = longer.filter(|longer| longer.blocks.end <= blocks.end);
            if candidate.is_whole() {
                candidates.push(candidate);
            }
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The folded candidates of a text in which no stretch is set to a width.
    fn folded(text: &str) -> Vec<String> {
        folded_as(text, false)
    }

    fn folded_as(text: &str, is_item: bool) -> Vec<String> {
        let page = Page::new(text);
        let marks = Marks::new(page.blocks.len());
        let all = candidates(&page, &marks, 0..page.blocks.len(), (0, 0), is_item);
        all.into_iter().map(|candidate| candidate.folded.into_owned()).collect()
    }

    #[test]
    fn a_long_line_may_go_on_below_and_a_short_one_not() {
        let (first, second) = ("the night ferry sails again after", "nine days of strike");
        assert_eq!(
            folded(&format!("{first}\n{second}")),
            [first, &format!("{first} {second}"), second]
        );
        assert_eq!(folded(&format!("{first}\n\n{second}")), [first, second]);
        assert_eq!(
            folded("night ferry\nnine days of strike"),
            ["night ferry", "nine days of strike"]
        );
        assert_eq!(
            folded("was the ferry right to go on strike?\nnine days"),
            ["was the ferry right to go on strike?", "nine days"]
        );
    }

    #[test]
    fn that_of_one_of_several_may_break_behind_a_colon_and_goes_on_in_no_line_about_it() {
        let broken = "the ferries of the sound: \n2031";
        assert_eq!(folded_as(broken, true), ["the ferries of the sound: 2031"]);
        assert!(folded(broken).is_empty());
        let head = "the night ferry sails again";
        assert_eq!(folded_as(&format!("{head}\n3 May 2031"), true), [head, "3 may 2031"]);
    }

    #[test]
    fn what_has_no_words_or_too_many_is_none() {
        assert!(folded("----\n\n12\n\n").is_empty());
        assert!(folded("What the crew asks for:\n\n").is_empty());
        assert!(folded(&"harbour ".repeat(60)).is_empty());
        assert!(folded("Membership: members@harbour.example").is_empty());
    }
}
