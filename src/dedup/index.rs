//! Fingerprints of many texts in, clusters of copies out.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::cluster::{Place, places};
use super::fingerprint::Fingerprint;
use super::propose::{posting, propose};

/// How a text relates to the anchor of its cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same letters and digits.
    Exact,
    /// Most of either stands in the other.
    Near,
    /// Most of one stands in the other, which holds much else.
    Contained,
}

/// A text that belongs to an anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Its number in the index.
    pub text: usize,
    /// How it relates to the anchor.
    pub relation: Relation,
    /// Near: the shared part of both together (Dice's coefficient). Contained: the shared part of the one that is contained. From 0 to 1.
    pub similarity: f32,
    /// How much of the anchor it has, from 0 to 1: the part of the anchor that stands in it, or its length next to the anchor's if that is
    /// more, as it is where letters were misread in one of them.
    pub completeness: f32,
}

/// An anchor, the longest of its copies, and the texts that match it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// Its number in the index.
    pub anchor: usize,
    /// All others, at least one, by their numbers.
    pub members: Vec<Member>,
}

/// Fingerprints of texts, some 200 bytes a text. A text may be an article or a paragraph.
///
/// ```
/// use dechaff::dedup::{Fingerprint, Index, Letters, Relation};
///
/// let texts = ["The old quay was opened again on Monday, two weeks after the storm.", "THE OLD QUAY was opened again on Monday – two weeks after the storm"];
/// let (mut index, mut letters) = (Index::default(), Letters::default());
/// for text in texts {
///     letters.read(text);
///     index.push(&Fingerprint::new(&letters));
/// }
/// let clusters = index.clusters(|number| texts[number].into());
/// assert_eq!(clusters[0].members[0].relation, Relation::Exact);
/// ```
#[derive(Debug, Default)]
pub struct Index {
    exact: Vec<u128>,
    letters: Vec<u32>,
    /// Sampled shingles with the number of the text.
    postings: Vec<u64>,
}

impl Index {
    /// Adds the next text; they are numbered from 0.
    pub fn push(&mut self, fingerprint: &Fingerprint) {
        let number = u32::try_from(self.exact.len()).expect("fewer than 2^32 texts");
        grow(&mut self.exact, 1);
        self.exact.push(fingerprint.exact);
        grow(&mut self.letters, 1);
        self.letters.push(fingerprint.letters);
        grow(&mut self.postings, fingerprint.sample.len());
        self.postings.extend(fingerprint.sample.iter().map(|&shingle| posting(shingle, number)));
    }

    /// The clusters of two texts and more, by the number of their anchor. `text` gives each text once more, to compare it.
    ///
    /// In what order the texts were pushed shows in their numbers alone, the number of threads nowhere. Of several texts with the
    /// same letters the one with the lowest number stands for all.
    #[must_use]
    pub fn clusters<'t>(self, text: impl Fn(usize) -> Cow<'t, str> + Sync) -> Vec<Cluster> {
        let Self { exact, letters, mut postings } = self;
        let mut order: Vec<u32> = (0..exact.len() as u32).collect();
        order.sort_unstable_by_key(|&n| (Reverse(letters[n as usize]), exact[n as usize], n));
        let same: Vec<&[u32]> = order.chunk_by(|&a, &b| exact[a as usize] == exact[b as usize]).collect();
        let mut ranks = vec![None; exact.len()];
        for (rank, copies) in same.iter().enumerate() {
            ranks[copies[0] as usize] = Some(rank as u32);
        }
        postings.retain_mut(|p| ranks[*p as u32 as usize].map(|rank| *p = posting((*p >> 32) as u32, rank)).is_some());
        drop(ranks);
        let lengths: Vec<u32> = same.iter().map(|copies| letters[copies[0] as usize]).collect();
        let (proposals, weights) = propose(postings, &lengths);
        let places = places(proposals, &lengths, &weights, &|rank: u32| text(same[rank as usize][0] as usize));
        gather(&same, &places, &lengths)
    }
}

/// From places to clusters: exact copies go where the text that stands for them goes.
fn gather(same: &[&[u32]], places: &[Option<Place>], letters: &[u32]) -> Vec<Cluster> {
    let mut members: Vec<Vec<Member>> = vec![Vec::new(); same.len()];
    for (rank, (copies, place)) in same.iter().zip(places).enumerate() {
        match place {
            None => {
                let member = |&n: &u32| Member { text: n as usize, relation: Relation::Exact, similarity: 1.0, completeness: 1.0 };
                members[rank].extend(copies[1..].iter().map(member));
            }
            Some(Place { anchor, overlap }) => {
                let (relation, similarity) = overlap.relation();
                let length = letters[rank] as f32 / letters[*anchor as usize] as f32;
                let completeness = if relation == Relation::Near { length.max(overlap.of_anchor) } else { overlap.of_anchor };
                let member = |&n: &u32| Member { text: n as usize, relation, similarity, completeness };
                members[*anchor as usize].extend(copies.iter().map(member));
            }
        }
    }
    let mut clusters: Vec<Cluster> = same
        .iter()
        .zip(members)
        .filter(|(_, members)| !members.is_empty())
        .map(|(copies, mut members)| {
            members.sort_unstable_by_key(|m| m.text);
            Cluster { anchor: copies[0] as usize, members }
        })
        .collect();
    clusters.sort_unstable_by_key(|c| c.anchor);
    clusters
}

/// Makes room for `more` in steps of an eighth: doubling would leave up to half of the memory unused.
fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 8 + 1024));
    }
}
