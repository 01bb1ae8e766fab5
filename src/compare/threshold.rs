//! How much must be shared by copies: the numbers that the comparison hangs on, in one place.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The numbers that the comparison of texts hangs on. Where a share is meant it runs from 0 to 1; letters are those of
/// [`NormalizedText`](crate::NormalizedText). A file of them names only those that differ from the defaults.
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
    /// The least share of one text that stands in the other, where both are of one length: one letter in nine misread leaves as much of the samples.
    pub least_share: f32,
    /// How much more of a text must stand in one that is far longer.
    pub more_if_short: f32,
    /// The least share of a text in runs that both have; of less the rest is not looked at. One letter in nine misread leaves four fifths.
    pub in_runs: f32,
    /// Letters that two texts must share; fewer are a phrase or chance, not a text.
    pub least_shared: f32,
    /// The largest share of a text that is lost where it is folded into another (`--loss`).
    pub loss: f32,
    /// Edits that a misreading needs, by letter of the gap between two runs that both texts have, and one more.
    pub misread: f32,
    /// Letters of a run that counts as shared wherever it stands.
    pub least_run: usize,
    /// Letters of the shortest passage that may count less for standing in other texts too: a name is none.
    pub passage: usize,
    /// The least weight of shared letters, however many texts have them.
    pub template_weight: f32,
    /// Texts that may hold what both texts share before it counts less next to what is lost.
    pub few_shared: f32,
    /// Texts that may hold a passage before it counts less towards what is lost.
    pub few_elsewhere: f32,
    /// Copies are near, not contained, if the smaller share is at least this part of the larger.
    pub near: f32,
    /// The least part of the longest copy that a complete one has.
    pub complete: f32,
    /// Bytes of an article that could be anybody's: copies that are no longer must have the same headline too.
    pub short: usize,
    /// How alike two headlines are that differ by a few letters.
    pub same_title: f64,
    /// The share of the articles with a sentence in which it stands at the edge, if it is boilerplate.
    pub at_edge: f64,
    /// Letters of the shortest sentence that is counted.
    pub sentence: u32,
    /// The share of a paragraph that may be its own where an earlier one is named as like it; what is dropped is decided by `loss`.
    pub paragraph_loss: f32,
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
            least_share: 0.35,
            more_if_short: 0.25,
            in_runs: 0.35,
            least_shared: 27.0,
            loss: 0.1,
            misread: 0.3,
            least_run: 12,
            template_weight: 0.25,
            passage: 24,
            few_shared: 5.0,
            few_elsewhere: 2.0,
            near: 0.8,
            complete: 0.95,
            short: 300,
            same_title: 0.85,
            at_edge: 0.8,
            sentence: 20,
            paragraph_loss: 0.25,
            paragraph: 60,
        }
    }
}

impl Thresholds {
    /// Reads thresholds from a JSON file.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read, [`Error::Thresholds`] when it names something that does not exist, or gives something
    /// else than a number of its kind.
    pub fn read(path: &Path) -> Result<Self> {
        let json = std::fs::read(path).map_err(Error::io(path))?;
        serde_json::from_slice(&json)
            .map_err(|e| Error::Thresholds { path: path.into(), reason: e.to_string() })
    }

    /// The least share of one text that stands in the other if they are copies, by their letters.
    pub(super) fn least_share(&self, anchor: u32, text: u32) -> f32 {
        let shorter = 1.0 - (text as f32 / anchor as f32).min(1.0);
        self.least_share + self.more_if_short * shorter * shorter.sqrt()
    }
}
