//! Clusters of numbered texts: exact copies go where the text that stands for them goes.

use crate::article::Relation;
use crate::compare::cluster::Fate;
use crate::compare::loss::Comparison;
use crate::compare::place::Place;
use crate::compare::same::Same;
use crate::compare::thresholds::Thresholds;

/// A text that belongs to an anchor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// its number, from 0 in the order of arrival.
    pub text: usize,
    /// The first text that has the same letters; the text itself where none before has.
    pub same: usize,
    /// How it relates to the anchor.
    pub relation: Relation,
    /// Near: the shared part of both together (Dice's coefficient). Contained: the shared part of the one that is contained. From 0 to 1.
    pub similarity: f32,
    /// How much of the anchor it has, from 0 to 1: the part of the anchor that stands in it, or its length next to the anchor's if that is
    /// more, as it is where letters were misread in one of them.
    pub completeness: f32,
    /// The share of it that stands nowhere in the anchor, from 0 to 1; what many texts share counts less.
    pub loss: f32,
}

impl Member {
    /// An anchor as a member of its own cluster.
    #[must_use]
    pub fn exact(anchor: usize) -> Self {
        Self {
            text: anchor,
            same: anchor,
            relation: Relation::Exact,
            similarity: 1.0,
            completeness: 1.0,
            loss: 0.0,
        }
    }

    /// A text that belongs to an anchor, by the letters of both, those of the anchor first.
    #[must_use]
    pub fn placed(
        text: usize,
        letters: [u32; 2],
        found: &Comparison,
        thresholds: &Thresholds,
    ) -> Self {
        let Comparison { overlap, loss } = *found;
        let (relation, similarity) = overlap.relation(thresholds);
        let length = letters[1] as f32 / letters[0] as f32;
        let of_anchor = overlap.of_anchor;
        let completeness =
            if relation == Relation::Near { length.max(of_anchor) } else { of_anchor };
        Self { text, same: text, relation, similarity, completeness, loss }
    }
}

/// An anchor, the longest of its copies, and the texts that match it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// its number, from 0 in the order of arrival.
    pub anchor: usize,
    /// All others, at least one, by their numbers.
    pub members: Vec<Member>,
}

impl Cluster {
    /// All texts in the order of arrival, each with the number of the one that stands for those of the same letters.
    #[cfg(feature = "run")]
    pub(crate) fn in_order(&self) -> Vec<(usize, usize)> {
        let members = self.members.iter().map(|member| (member.text, member.same));
        let mut all: Vec<(usize, usize)> = members.chain([(self.anchor, self.anchor)]).collect();
        all.sort_unstable();
        all
    }
}

/// A text that is like an anchor, and would lose too much if it were folded into it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Related {
    /// its number, from 0 in the order of arrival.
    pub text: usize,
    /// The number of the longer text that it is most alike.
    pub to: usize,
    /// The share of each that stands nowhere in the other, 0 to 1, in the same order; of the first what many texts share counts less.
    pub own: [f32; 2],
}

/// What is alike and stands apart.
pub(super) fn related(same: &Same, fates: &[Fate<u32>]) -> Vec<Related> {
    let first = |rank: u32| same.copies(rank as usize)[0] as usize;
    let alike = fates.iter().filter(|fate| fate.place.is_none());
    let mut related: Vec<Related> = alike
        .filter_map(|fate| Some((fate.text, fate.alike?)))
        .map(|(text, Place { anchor, found })| Related {
            text: first(text),
            to: first(anchor),
            own: found.own(),
        })
        .collect();
    related.sort_unstable_by_key(|related| related.text);
    related
}

/// From places to clusters: exact copies go where the text that stands for them goes.
pub(crate) fn gather(
    same: &Same,
    fates: &[Fate<u32>],
    letters: &[u32],
    thresholds: &Thresholds,
) -> Vec<Cluster> {
    let first = |rank: u32| same.copies(rank as usize)[0] as usize;
    let mut fates = fates.iter().filter_map(|fate| Some((fate.text, fate.place?))).peekable();
    // Each with the anchor of its cluster.
    let mut members: Vec<(usize, Member)> = Vec::new();
    for rank in 0..same.len() as u32 {
        let copies = same.copies(rank as usize);
        let placed = fates.next_if(|&(text, _)| text == rank);
        let (anchor, member, others) = match placed {
            None => (copies[0] as usize, Member::exact(copies[0] as usize), &copies[1..]),
            Some((_, Place { anchor, found })) => {
                let lengths = [anchor, rank].map(|rank| letters[rank as usize]);
                let member = Member::placed(copies[0] as usize, lengths, &found, thresholds);
                (first(anchor), member, copies)
            }
        };
        members.extend(others.iter().map(|&n| (anchor, Member { text: n as usize, ..member })));
    }
    members.sort_unstable_by_key(|(anchor, member)| (*anchor, member.text));
    members
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|of_anchor| Cluster {
            anchor: of_anchor[0].0,
            members: of_anchor.iter().map(|&(_, member)| member).collect(),
        })
        .collect()
}
