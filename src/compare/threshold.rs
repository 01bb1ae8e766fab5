//! How much must be shared by copies: the numbers that the comparison hangs on, in one place.

use serde::{Deserialize, Serialize};

/// The numbers that the comparison of texts hangs on. Where a share is meant it runs from 0 to 1; letters are those of
/// [`Letters`](crate::text::letters::Letters). A file of them names only those that differ from the defaults.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// Texts as a story is often copied. A shingle in no more texts weighs fully, in more the less the more there are.
    pub few_texts: usize,
    /// The least share of a text's sampled shingles that must propose another text, among those that it would show in its sample.
    pub proposed: f32,
    /// The least part of the share that makes a copy which must show in the samples: these are small.
    pub shown: f32,
    /// The same of what the shingles weigh: less, as a few common ones in a small sample change that much.
    pub weighed: f32,
    /// The least share of one text that stands in the other, where both are of one length: what one misread letter in eleven leaves.
    pub least_share: f32,
    /// How much more of a text must stand in one that is far longer.
    pub more_if_short: f32,
    /// Texts of which so much of either stands in the other are copies even if what they share is common: so are the hundreds of
    /// copies of a report that was taken over everywhere.
    pub all_but_the_same: f32,
    /// So many shared shingles are more than texts have in common by chance, and less of a text is enough.
    pub many_shingles: u32,
    /// By how much less.
    pub less_of_many: f32,
    /// Shingles of those compared that two texts must share; fewer are a phrase or chance, not a text.
    pub least_shingles: u32,
    /// The largest share of a text that a passage may be which it has alone; of one of two copies no passage is a larger one.
    /// Without it two of three pairs among the first 1,500 paragraphs of a news archive are wrong.
    pub own_passage: f32,
    /// Letters that the other text does not have and that make a passage. Misread letters and changed words leave shorter gaps.
    pub passage: i32,
    /// Compared shingles in a passage, at least.
    pub passage_shingles: i32,
    /// Shingles of a passage that one which both texts have outweighs: a few that meet by chance do not end it.
    pub outweighed: i32,
    /// Shingles of a far shorter text that do not tell how much of it stands in the longer one: then more of both are compared…
    pub few_shingles: usize,
    /// … unless so many of them …
    pub fewest_shingles: usize,
    /// … say already that a smaller share than this does.
    pub promising: f32,
    /// Copies are near, not contained, if the smaller share is at least this part of the larger.
    pub near: f32,
    /// The least part of the longest copy that a complete one has.
    pub complete: f32,
    /// Bytes of an article that could be anybody's: copies that are no longer must have the same headline too.
    pub short: usize,
    /// How alike two headlines are that differ by a few letters.
    pub same_title: f64,
    /// The least similarity of articles that are copies. Documents may be scans, of which noise leaves less; articles that share
    /// less share their background.
    pub least_similarity: f32,
    /// The share of the articles with a sentence in which it stands at the edge, if it is boilerplate.
    pub at_edge: f64,
    /// Letters of the shortest sentence that is counted.
    pub sentence: u32,
    /// Letters of the shortest paragraph that is looked for in other stories.
    pub paragraph: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            few_texts: 8,
            proposed: 0.25,
            shown: 0.5,
            weighed: 0.45,
            least_share: 0.45,
            more_if_short: 0.35,
            all_but_the_same: 0.8,
            many_shingles: 1000,
            less_of_many: 0.1,
            least_shingles: 20,
            own_passage: 0.2,
            passage: 64,
            passage_shingles: 8,
            outweighed: 4,
            few_shingles: 1 << 5,
            fewest_shingles: 1 << 2,
            promising: 0.4,
            near: 0.8,
            complete: 0.95,
            short: 300,
            same_title: 0.85,
            least_similarity: 0.65,
            at_edge: 0.8,
            sentence: 20,
            paragraph: 60,
        }
    }
}

impl Thresholds {
    /// The least share of one text that stands in the other if they are copies, by their letters.
    pub(super) fn least_share(&self, anchor: u32, text: u32) -> f32 {
        let shorter = 1.0 - (text as f32 / anchor as f32).min(1.0);
        self.least_share + self.more_if_short * shorter * shorter.sqrt()
    }
}
