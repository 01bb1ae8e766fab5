//! The articles of a list as rules find them, and whether they are articles by the words that they hold.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::split::again::PagesThresholds;
use crate::page::Page;

adjustable! {
    /// What parts a page into articles: feed heads, separators, or a line of one form (a date, a topic in capitals) in each item of a list. Texts
    /// are measured by the words in their paragraphs.
    SplitThresholds {
        /// Log-odds that a page is several articles, from which on it is parted.
        lead_of_split: f32 = 0.1,
        /// Log-odds more on a page of HTML, which says itself where articles begin.
        lead_of_elements: f32 = 0.52,
        /// Log-odds more where words alone tell of the borders, or the parts look like those of one text.
        lead_of_weak: f32 = 3.2,
        /// Log-odds more where the page would be parted in two.
        lead_of_two: f32 = 2.4,
        /// The same where both have one kind of head, without a day and an author; with one, none.
        lead_of_pair: f32 = 1.0,
        /// Log-odds less where four articles or more have a headline with a day beside it, or three with an author below.
        lead_of_own_heads: f32 = 1.0,
        /// Log-odds added to the set that the rules find: they know words that part articles.
        lead_of_rules: f32 = 3.5,
        /// Log-odds added to a set that parts a page at lines which a program wrote between its pages.
        lead_of_program: f32 = 3.5,
        /// Pages that follow one another in a dump.
        pages: PagesThresholds = PagesThresholds::default(),
        /// Share of the trees that choose in the log-odds of a set, 0 to 1; the others say whether there are several articles.
        share_of_choice: f32 = 0.3,
        /// Items of the shortest list of articles.
        items: usize = 3,
        /// Words that half of the articles have at least.
        text_words: u32 = 50,
        /// Words that half of the articles under topics have at least: subheadings in capitals part shorter texts.
        topic_text_words: u32 = 150,
        /// Words that half of the articles have at least where a name stands by the day or below the text of each.
        short_text_words: u32 = 20,
        /// Blocks from the line of an item down to its headline, at most.
        reach: usize = 6,
        /// Blocks from the line of an item up to its headline, at most.
        reach_above: usize = 2,
        /// Words of an item's shortest headline.
        headline_words: u32 = 3,
        /// Words above the first line of the list: with fewer the line belongs to its item also where it stands above the headline.
        head_words: u32 = 25,
        /// Separators of one look for each that stands above a headline, at most.
        separators_per_headline: f64 = 1.5,
        /// Words of the shortest headline below a separator.
        separated_headline_words: u32 = 4,
        /// Blocks from a separator's headline to a paragraph, at most.
        separated_reach: usize = 4,
        /// Words of the longest topic.
        topic_words: u32 = 3,
        /// Capitals of the shortest topic.
        topic_letters: u32 = 4,
        /// Characters of the longest line with a date.
        date_chars: u32 = 140,
        /// Words before the date that are the same in each item, at most.
        lead_words: usize = 2,
        /// Words of the paragraphs kept of a further article without a headline, at least.
        untitled_words: u32 = 25,
        /// Percent of all words that the largest article has, at most.
        largest: u64 = 70,
        /// All words for each word above the first article, at least ...
        all_per_head: f64 = 3.0,
        /// ... or words of the largest article for each word above the first, at least.
        largest_per_head: f64 = 0.75,
    }
}

impl SplitThresholds {
    /// The same for a page of HTML.
    pub(crate) fn of_elements(&self) -> Self {
        self.asking(self.lead_of_elements)
    }

    /// The same that ask for so many log-odds more before a page parts.
    pub(crate) fn asking(&self, more: f32) -> Self {
        Self { lead_of_split: self.lead_of_split + more, ..self.clone() }
    }
}

/// An article of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub(crate) start: usize,
    /// Its headline, where the form tells.
    pub(crate) title: Option<usize>,
    /// The line below its text with the name of its author.
    pub(crate) signature: Option<usize>,
}

/// Whether the stretches from start to start are articles: most of them hold enough text, and no stretch, the text above the first included,
/// holds nearly all of it.
pub(super) fn are_articles(
    prose: &ProseWords,
    starts: &[usize],
    last: usize,
    least_words: u32,
    thresholds: &SplitThresholds,
) -> bool {
    let Some(&first) = starts.first() else { return false };
    let before = prose.within(0..first);
    let ends = starts[1..].iter().copied().chain([last]);
    let mut sizes: Vec<u32> =
        starts.iter().zip(ends).map(|(&start, end)| prose.within(start..end)).collect();
    let total: u32 = sizes.iter().sum::<u32>() + before;
    let largest = sizes.iter().copied().max().unwrap_or(0);
    sizes.sort_unstable();
    sizes[sizes.len() / 2] >= least_words
        && u64::from(largest) * 100 <= u64::from(total) * thresholds.largest
        && (f64::from(before) * thresholds.all_per_head <= f64::from(total)
            || f64::from(before) * thresholds.largest_per_head <= f64::from(largest))
}

/// Running sums of the words in paragraphs, so that a stretch of any length is measured at once.
pub(super) struct ProseWords(Vec<u32>);

impl ProseWords {
    pub(super) fn of(page: &Page) -> Self {
        let sums = page.blocks.iter().scan(0, |sum: &mut u32, block| {
            *sum += if block.is_prose() { block.shape.words } else { 0 };
            Some(*sum)
        });
        Self([0].into_iter().chain(sums).collect())
    }

    pub(super) fn within(&self, blocks: Range<usize>) -> u32 {
        self.0[blocks.end.max(blocks.start)] - self.0[blocks.start]
    }
}
