//! Headlines that ask or cry out: a question is read as running text wherever it has enough words, but not beside the line with the day.

use crate::dates;
use crate::page::block::Block;
use crate::text::chars::is_closer;

/// Words of the longest.
const WORDS: u32 = 24;
/// Characters of the longest.
const CHARS: u32 = 160;
/// Words of the longest line with a day beside one.
const BESIDE: u32 = 12;

/// The blocks that are one question or cry each, with the day it was published right below, or right above where a text follows.
pub(super) fn headlines(text: &str, blocks: &[Block]) -> Vec<usize> {
    let of = |block: &Block| block.span.of(text);
    let is_one = |block: &Block| {
        let shape = &block.shape;
        block.is_prose()
            && shape.stops == 1
            && shape.words <= WORDS
            && shape.chars <= CHARS
            && of(block).trim_end_matches(is_closer).ends_with(['?', '!', '？', '！'])
    };
    let has_day = |block: &Block| {
        !block.is_prose()
            && block.shape.digits > 0
            && block.shape.words <= BESIDE
            && block.shape.chars <= CHARS
            && !dates::find(of(block), dates::Order::DayFirst).is_empty()
    };
    let is_headline = |&at: &usize| {
        let above = at.checked_sub(1).map(|above| &blocks[above]);
        let below = blocks.get(at + 1);
        is_one(&blocks[at])
            && (below.is_some_and(has_day)
                || above.is_some_and(has_day) && below.is_some_and(Block::is_prose))
    };
    (0..blocks.len()).filter(is_headline).collect()
}

#[cfg(test)]
mod tests {
    use crate::page::Page;

    #[test]
    fn a_question_beside_the_day_is_a_headline() {
        let question = "Who will mend the sluice below the old mill before the water comes back?";
        let text = "The council looked at it for an hour on Monday, and then went home.";
        for (page, at) in [
            (format!("{question}\n\n3 May 2031 by Ida Holm\n\n{text}"), 0),
            (format!("3 May 2031\n\n{question}\n\n{text}"), 1),
        ] {
            assert!(!Page::new(&page).blocks[at].is_prose(), "{page}");
        }
    }

    #[test]
    fn a_question_amid_a_text_stays_one() {
        let text = "The council looked at it for an hour on Monday, and then went home.\n\n\
            Who will mend the sluice below the old mill before the water comes back?\n\n\
            Nobody in the room knew that, or would say so while the mayor was there.";
        assert!(Page::new(text).blocks[1].is_prose());
    }
}
