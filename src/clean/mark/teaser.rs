//! Bare headlines of other stories among the paragraphs, told from subheadings by what they talk about and where they stand.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{BARE_TEASER, HEADLINE_RUN};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::{Block, Page, PageStems};
use crate::text::fold;

adjustable! {
    /// What tells the headline of another story from a subheading. A line is foreign by the percent of its longer words whose stems stand in no
    /// paragraph of the article.
    TeaserThresholds {
        /// Lines like headlines in the shortest run that is a list of other stories.
        run: usize = 4,
        /// Words of the shortest headline of another story.
        words: u32 = 5,
        /// Words from which on a line is too long for a subheading.
        long_words: u32 = 15,
        /// Words of the shortest line in title case.
        title_case_words: u32 = 6,
        /// Percent of the words that begin in upper case in a line in title case, at least.
        title_case: u32 = 70,
        /// Longer words that a line in title case, or one beside another, must have.
        stacked_stems: usize = 4,
        /// How foreign such a line must be, in percent.
        stacked_foreign: usize = 40,
        /// Longer words that any other line must have.
        stems: usize = 5,
        /// How foreign any other line must be, in percent.
        foreign: usize = 85,
        /// How foreign a long line must be, in percent.
        long_foreign: usize = 40,
        /// Names that stand nowhere in the article: a line with so many needs less.
        names: usize = 2,
        /// How foreign a line with such names must be, in percent.
        names_foreign: usize = 50,
    }
}

/// Marks headlines of other stories between the paragraphs of an article.
pub(super) fn mark_teasers(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &TeaserThresholds,
) {
    let Some(text) = text_range(page, segment, marks) else { return };
    let candidates: Vec<bool> = text
        .clone()
        .map(|i| marks.of(i).is_none() && is_candidate(page, i, segment, thresholds.words))
        .collect();
    let candidate = |i: usize| candidates[i - text.start];
    if !text.clone().any(candidate) {
        return;
    }
    let stems = TextStems::of(page, text.clone().filter(|&i| marks.is_text(page, i)));
    let mut index = text.start;
    while index < text.end {
        let run = (index..text.end).take_while(|&i| candidate(i)).count();
        for at in index..index + run {
            if run >= thresholds.run {
                marks.detect(at, &HEADLINE_RUN);
            } else if is_foreign(page, at, run > 1, &stems, thresholds) {
                marks.detect(at, &BARE_TEASER);
            }
        }
        index += run.max(1);
    }
}

/// Which stems of a page stand in the text of an article.
struct TextStems<'p> {
    stems: &'p PageStems,
    /// By their numbers.
    is_in_text: Vec<bool>,
}

impl<'p> TextStems<'p> {
    fn of(page: &'p Page, text: impl Iterator<Item = usize>) -> Self {
        let stems = page.stems();
        let mut is_in_text = vec![false; stems.all().len()];
        text.flat_map(|block| stems.of_block(block))
            .for_each(|&stem| is_in_text[stem as usize] = true);
        Self { stems, is_in_text }
    }

    /// How many longer words a block has, and how many of them share a stem with the text.
    fn shared_with(&self, block: usize) -> (usize, usize) {
        let own = self.stems.of_block(block);
        (own.len(), own.iter().filter(|&&stem| self.is_in_text[stem as usize]).count())
    }

    /// Whether a folded word has a stem that the text has not; words too short for one have none.
    fn lack(&self, word: &str) -> bool {
        let stem = self.stems.number_of(word);
        stem.is_some_and(|stem| stem.is_none_or(|stem| !self.is_in_text[stem as usize]))
    }
}

/// From the first to the last paragraph.
fn text_range(page: &Page, segment: &Segment, marks: &Marks) -> Option<std::ops::Range<usize>> {
    let mut prose = segment.blocks.clone().filter(|&i| marks.is_text(page, i));
    let first = prose.next()?;
    Some(first..prose.next_back()?)
}

fn is_candidate(page: &Page, index: usize, segment: &Segment, least_words: u32) -> bool {
    let block: &Block = &page.blocks[index];
    let s = &block.shape;
    s.words >= least_words
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
fn is_foreign(
    page: &Page,
    index: usize,
    stacked: bool,
    stems: &TextStems,
    t: &TeaserThresholds,
) -> bool {
    let (words, shared) = stems.shared_with(index);
    let foreign = (words - shared) * 100 / words.max(1);
    let shape = &page.blocks[index].shape;
    let title_case =
        shape.words >= t.title_case_words && shape.capitalised * 100 >= shape.words * t.title_case;
    if title_case || stacked {
        return words >= t.stacked_stems && foreign >= t.stacked_foreign;
    }
    let text = page.blocks[index].unmarked().of(page.text);
    let names = text.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase));
    let foreign_names =
        names.filter(|w| stems.lack(&fold(w.trim_matches(|c: char| !c.is_alphanumeric())))).count();
    words >= t.stems
        && (foreign_names >= t.names && foreign >= t.names_foreign
            || foreign >= t.foreign
            || shape.words >= t.long_words && foreign >= t.long_foreign)
}
