//! How much must be shared by copies: the numbers that the comparison hangs on, in one place.

use std::path::Path;

use crate::adjustable::{adjustable, read_json};
use crate::error::Result;

adjustable! {
    /// The numbers that the comparison of texts hangs on. Where a share is meant it runs from 0 to 1; letters are those of
    /// [`NormalizedText`](crate::NormalizedText). A file of them names only those that differ from the defaults.
    #[derive(Copy)]
    Thresholds {
        /// Texts as a story is often copied. A shingle in no more texts weighs fully, in more the less the more there are.
        few_texts: usize = 8,
        /// The least share of a text's sampled shingles that must propose another text, among those that it would show in its sample.
        proposed: f32 = 0.25,
        /// The least part of the share that makes a copy which must show in the samples: these are small.
        shown: f32 = 0.5,
        /// The same of what the shingles weigh: less, as a few common ones in a small sample change that much.
        weighed: f32 = 0.45,
        /// The least share of one text that stands in the other, where both are of one length: one letter in nine misread leaves as much of the samples.
        least_share: f32 = 0.35,
        /// How much more of a text must stand in one that is far longer.
        more_if_short: f32 = 0.25,
        /// The least share of a text in runs that both have; of less the rest is not looked at. One letter in nine misread leaves four fifths.
        in_runs: f32 = 0.35,
        /// Letters that two texts must share; fewer are a phrase or chance, not a text.
        least_shared: f32 = 27.0,
        /// The largest share of a text that is lost where it is folded into another (`--loss`).
        loss: f32 = 0.1,
        /// The largest share of a text that may stand in it alone where it is folded by the index, however many texts have that: of these none may be written.
        own_by_index: f32 = 0.15,
        /// Edits that a misreading needs, by letter of the gap between two runs that both texts have, and one more.
        misread: f32 = 0.3,
        /// Letters of a run that counts as shared wherever it stands.
        least_run: usize = 12,
        /// Letters of the shortest passage that may count less for standing in other texts too: a name is none.
        passage: usize = 40,
        /// The least weight of shared letters, however many texts have them.
        template_weight: f32 = 0.25,
        /// Texts that may hold what both texts share before it counts less next to what is lost.
        few_shared: f32 = 5.0,
        /// The same of phrases, which fewer texts have by chance.
        few_phrases: f32 = 4.0,
        /// Texts that may hold a passage before it counts less towards what is lost.
        few_elsewhere: f32 = 2.0,
        /// Copies are near, not contained, if the smaller share is at least this part of the larger.
        near: f32 = 0.8,
        /// The least part of the longest copy that a complete one has.
        complete: f32 = 0.95,
        /// Articles up to this many bytes are folded only where their headlines match too.
        short: usize = 300,
        /// How alike two headlines are that differ by a few letters.
        same_title: f64 = 0.85,
        /// The share of the articles with a sentence in which it stands at the edge, if it is boilerplate.
        at_edge: f64 = 0.8,
        /// Letters of the shortest sentence that is counted.
        sentence: u32 = 20,
        /// The share of a paragraph that may be its own where an earlier one is named as like it; what is dropped is decided by `loss`.
        paragraph_loss: f32 = 0.35,
        /// Letters of the shortest paragraph that is looked for in other stories.
        paragraph: u32 = 60,
    }
}

impl Thresholds {
    /// Reads thresholds from a JSON file.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) when it cannot be read, [`Error::Thresholds`](crate::Error::Thresholds) when it names something that does
    /// not exist, or gives something else than a number of its kind.
    pub fn read(path: &Path) -> Result<Self> {
        read_json(path)
    }

    /// The least share of one text that stands in the other if they are copies, by their letters.
    pub(super) fn least_share(&self, anchor: u32, text: u32) -> f32 {
        let shorter = 1.0 - (text as f32 / anchor as f32).min(1.0);
        self.least_share + self.more_if_short * shorter * shorter.sqrt()
    }
}
