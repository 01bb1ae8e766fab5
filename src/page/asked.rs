//! Headlines that ask or cry out: a question is read as running text wherever it has enough words, but not beside the line with the day.

use crate::dates;
use crate::page::shape::BlockStats;
use crate::text::chars::is_closer;

/// Words of the longest.
const WORDS: u32 = 24;
/// Characters of the longest.
const CHARS: u32 = 160;
/// Words of the longest line with a day beside one.
const BESIDE: u32 = 12;

/// A block, as far as it is looked at.
pub(super) struct Said<'t> {
    pub(super) text: &'t str,
    pub(super) shape: &'t BlockStats,
    pub(super) is_prose: bool,
}

impl Said<'_> {
    /// Whether it is one question or cry.
    fn is_asked(&self) -> bool {
        self.is_prose
            && self.shape.stops == 1
            && self.shape.words <= WORDS
            && self.shape.chars <= CHARS
            && self.text.trim_end_matches(is_closer).ends_with(['?', '!', '？', '！'])
    }

    /// Whether it is a line with a day.
    fn has_day(&self) -> bool {
        !self.is_prose
            && self.shape.digits > 0
            && self.shape.words <= BESIDE
            && self.shape.chars <= CHARS
            && !dates::find(self.text, dates::Order::DayFirst).is_empty()
    }
}

/// Which of so many blocks are one question or cry each, with the day it was published right below, or right above where a text follows.
pub(super) fn headlines<'t>(count: usize, said: impl Fn(usize) -> Said<'t>) -> Vec<usize> {
    let is_headline = |&at: &usize| {
        let below = || Some(at + 1).filter(|&below| below < count).map(&said);
        // Below a headline and its day the text may begin with a question.
        let has_head = || at.checked_sub(2).is_some_and(|above| !said(above).is_prose);
        let has_day_above =
            || !has_head() && at.checked_sub(1).is_some_and(|above| said(above).has_day());
        said(at).is_asked()
            && below().is_some_and(|below| below.has_day() || below.is_prose && has_day_above())
    };
    (0..count).filter(is_headline).collect()
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
