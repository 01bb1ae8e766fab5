//! Copies of texts: the same, nearly the same, or one within the other.
//!
//! 1. [`letters`]: a text to its letters and digits, and the hash under which [exact](Relation::Exact) copies meet
//! 2. [`shingle`]: letters to overlapping runs of eight
//! 3. [`fingerprint`]: a sample of them, which is kept of every text
//! 4. `postings` and `propose`: texts that share rare shingles of their samples, and enough of all
//! 5. `weight`, `overlap` and `passages`: how much of two texts is really the same, boilerplate weighing little, and what each has alone
//! 6. `cluster`: anchors, and the texts that match them
//! 7. [`batch`]: all of this over many texts
//! 8. [`canonical`]: which copy stands for all
//! 9. `articles`: the same for the articles of a cleaning run
//! 10. [`run`]: the same for files of documents: `record`, a line of JSON, and `documents`, all lines

pub mod archive;
mod articles;
pub mod batch;
pub mod canonical;
mod cluster;
mod documents;
pub mod fingerprint;
pub mod letters;
mod overlap;
mod passages;
mod postings;
mod propose;
mod record;
pub mod run;
pub mod shingle;
mod weight;

pub(crate) use articles::{Copies, Facts};
pub use batch::{Batch, Cluster, Member, Relation};
pub use fingerprint::Fingerprint;
pub use letters::Letters;
pub use run::{Dedup, Summary};
