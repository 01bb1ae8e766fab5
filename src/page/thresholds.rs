//! What makes a block of lines, what makes it running text, and what makes it look like a headline.

use crate::adjustable::adjustable;
use crate::page::code::CodeThresholds;
use crate::page::shape::BlockStats;
use crate::page::wrap::WrapThresholds;

adjustable! {
    /// When lines make one block, when a block is running text, and when it looks like a headline. Everything above this room reads these answers.
    PageThresholds {
        /// Letters among ten characters of running text, at least; 1 or more.
        prose_letters: u32 = 6,
        /// Words of the shortest running text that ends as a sentence does.
        prose_words: u32 = 11,
        /// Words from which on running text need not end as a sentence does, if a sentence ends within it.
        prose_open_words: u32 = 25,
        /// Words from which on running text needs no end of a sentence at all.
        prose_unstopped_words: u32 = 45,
        /// Words of the shortest headline.
        headline_least_words: u32 = 2,
        /// Words of the longest headline.
        headline_most_words: u32 = 32,
        /// Characters of the longest headline.
        headline_chars: u32 = 220,
        /// Percent of a headline's characters that are letters: more than this.
        headline_letters: u32 = 50,
        /// Lines that go on from the line before.
        wrap: WrapThresholds = WrapThresholds::default(),
        /// Lines that are code.
        code: CodeThresholds = CodeThresholds::default(),
    }
}

impl PageThresholds {
    /// Running text: several words that close as a sentence, or very many.
    pub(super) fn is_prose(&self, s: &BlockStats) -> bool {
        s.letters / self.prose_letters.max(1) >= s.chars / 10
            && (s.words >= self.prose_words
                && s.stops > 0
                && (s.ends_sentence || s.words >= self.prose_open_words)
                || s.words >= self.prose_unstopped_words)
    }

    /// As short and open-ended as a headline: no colon at its end, and mostly letters.
    pub(super) fn is_headline_like(&self, s: &BlockStats) -> bool {
        (self.headline_least_words..=self.headline_most_words).contains(&s.words)
            && s.chars <= self.headline_chars
            && s.letters * 100 > s.chars * self.headline_letters
            && !s.ends_colon
    }
}
