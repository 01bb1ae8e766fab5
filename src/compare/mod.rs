//! Copies of texts: the same, nearly the same, or one within the other.
//!
//! 1. [`NormalizedText`](crate::NormalizedText): a text to its letters and digits, and the hash under which exact copies meet
//! 2. `shingle`: letters to overlapping runs of eight
//! 3. `fingerprint` and `samples`: a sample of them, which is kept of every text
//! 4. `rarity`, `tables`, `rows`, `held` and `propose`: texts that share rare shingles of their samples, and enough of all
//! 5. `thresholds`, `weight`, `gap`, `loss` and `overlap`: two texts aligned, what of one stands nowhere in the other, and how much is the same
//! 6. `anchors`, `place` and `cluster`: anchors, and the texts that match them; `story`: the copy that stands for all, and what it holds enough of
//! 7. `same`, `gather` and `deduplicator`: all of this over many texts
//! 8. `canonical`: which copy stands for all
//! 9. `articles`: the same for the articles of a run; `paragraphs` for their paragraphs
//! 10. `repeat`: sentences that stand around many stories
//! 11. `spans`: long stretches that several stories have
//! 12. `index`: what earlier runs saw

pub(crate) mod anchors;
pub(crate) mod articles;
pub(crate) mod canonical;
pub(crate) mod cluster;
pub(crate) mod deduplicator;
pub(crate) mod fingerprint;
pub(crate) mod gap;
pub(crate) mod gather;
pub(crate) mod grow;
pub(crate) mod held;
pub(crate) mod index;
pub(crate) mod loss;
pub(crate) mod overlap;
#[cfg(feature = "run")]
pub(crate) mod paragraphs;
pub(crate) mod place;
pub(crate) mod propose;
pub(crate) mod rarity;
#[cfg(feature = "run")]
pub(crate) mod repeat;
pub(crate) mod rows;
pub(crate) mod same;
pub(crate) mod samples;
#[cfg(test)]
mod sensitivity;
pub(crate) mod shingle;
#[cfg(feature = "run")]
pub(crate) mod spans;
pub(crate) mod story;
pub(crate) mod tables;
pub(crate) mod thresholds;
pub(crate) mod weight;

#[cfg(feature = "run")]
pub(crate) use crate::compare::articles::{Copies, Facts};
pub use crate::compare::deduplicator::{Deduplicator, Found, Losses};
pub use crate::compare::fingerprint::Fingerprint;
pub use crate::compare::gather::{Cluster, Member, Related};
#[cfg(feature = "run")]
pub(crate) use crate::compare::loss::own_text;
pub use crate::compare::thresholds::Thresholds;
