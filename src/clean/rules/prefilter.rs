//! Which branches of the patterns may match a text, found in one scan of it.
//!
//! The literals that a text must hold stand in one Aho-Corasick automaton (as a double array: Aoe 1989; Kanda et al. 2023), so a thousand
//! rules cost one scan; what a text begins with, and branches that are lists of whole texts, cost a few look-ups.

use std::collections::BTreeMap;
use std::fmt;

use daachorse::DoubleArrayAhoCorasick;
use rustc_hash::FxHashMap;

use crate::clean::rules::branch::{Need, OPENING};

/// What is found of the literals of one branch: clause number `clause` of branch `branch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    branch: u32,
    clause: u8,
}

/// The literals of all branches.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    whole: FxHashMap<Vec<u8>, Vec<u32>>,
    begin: FxHashMap<Vec<u8>, Vec<Found>>,
    inside: Literals,
    /// Clauses of each branch, all of which must be found.
    clauses: Vec<u8>,
    /// Branches without literals.
    always: Vec<u32>,
}

/// Literals that may stand anywhere in a text.
#[derive(Default)]
struct Literals {
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    /// The clauses that contain each literal.
    givers: Vec<Vec<Found>>,
}

impl fmt::Debug for Literals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literals").field("givers", &self.givers).finish_non_exhaustive()
    }
}

impl Prefilter {
    /// The filter of branches with these needs; a branch is known by its place among them.
    pub(super) fn new(needs: impl IntoIterator<Item = Need>) -> Self {
        let mut filter = Prefilter::default();
        let mut insides: BTreeMap<Vec<u8>, Vec<Found>> = BTreeMap::new();
        for (branch, need) in (0..).zip(needs) {
            let (begin, inside) = match need {
                Need::Whole(texts) => {
                    texts
                        .into_iter()
                        .for_each(|text| filter.whole.entry(text).or_default().push(branch));
                    filter.clauses.push(0);
                    continue;
                }
                Need::Parts { begin, inside } => (begin, inside),
            };
            let mut count = 0;
            for literal in begin.iter().flatten() {
                filter
                    .begin
                    .entry(literal.clone())
                    .or_default()
                    .push(Found { branch, clause: count });
            }
            count += u8::from(begin.is_some());
            for clause in inside {
                clause.into_iter().for_each(|literal| {
                    insides.entry(literal).or_default().push(Found { branch, clause: count })
                });
                count += 1;
            }
            if count == 0 {
                filter.always.push(branch);
            }
            filter.clauses.push(count);
        }
        if let Some(inside) = Literals::new(insides) {
            filter.inside = inside;
        } else {
            // Too many literals for an automaton: every branch is tried.
            filter.always = (0..filter.clauses.len() as u32).collect();
            filter.clauses.fill(0);
        }
        filter
    }

    /// The branches that list `text` among their whole texts.
    pub(super) fn listing(&self, text: &str) -> &[u32] {
        self.whole.get(text.as_bytes()).map_or(&[], Vec::as_slice)
    }

    /// Tells `each` the branches that may match `text`, in order; `room` is for what is found on the way.
    pub(super) fn candidates(
        &self,
        text: &str,
        room: &mut Vec<Found>,
        mut each: impl FnMut(usize),
    ) {
        room.clear();
        let beginnings =
            (1..=OPENING.min(text.len())).filter_map(|len| self.begin.get(&text.as_bytes()[..len]));
        room.extend(beginnings.flatten());
        self.inside.find(text, room);
        room.extend(self.always.iter().map(|&branch| Found { branch, clause: 0 }));
        room.sort_unstable();
        room.dedup();
        for found in room.chunk_by(|a, b| a.branch == b.branch) {
            let branch = found[0].branch as usize;
            if found.len() >= usize::from(self.clauses[branch]) {
                each(branch);
            }
        }
    }
}

impl Literals {
    /// The automaton of `literals`; None where they are too many.
    fn new(literals: BTreeMap<Vec<u8>, Vec<Found>>) -> Option<Self> {
        if literals.is_empty() {
            return Some(Self::default());
        }
        let (keys, givers): (Vec<_>, Vec<_>) = literals.into_iter().unzip();
        Some(Self { automaton: Some(DoubleArrayAhoCorasick::new(keys).ok()?), givers })
    }

    fn find(&self, text: &str, found: &mut Vec<Found>) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(text) {
            found.extend(&self.givers[hit.value() as usize]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::rules::Scope;
    use crate::clean::rules::branch::branches;

    fn filter(patterns: &[&str], scope: Scope) -> Prefilter {
        Prefilter::new(
            patterns.iter().flat_map(|p| branches(p)).map(|branch| Need::of(branch, scope)),
        )
    }

    fn candidates(filter: &Prefilter, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        filter.candidates(text, &mut Vec::new(), |branch| found.push(branch));
        found
    }

    #[test]
    fn a_branch_is_a_candidate_where_all_its_clauses_are_found() {
        let filter = filter(
            &["read (also|more) .{1,60}(here|there)$", "[0-9]+ comments?", ".*"],
            Scope::Block,
        );
        assert_eq!(candidates(&filter, "please read more of it here"), [0, 2]);
        assert_eq!(candidates(&filter, "please read more of it"), [2]);
        assert_eq!(candidates(&filter, "12 comments"), [1, 2]);
    }

    #[test]
    fn a_whole_line_is_looked_up_or_tried_by_how_it_begins() {
        let filter = filter(&["share( this)?", "posted .+ ago"], Scope::Line);
        assert_eq!(filter.listing("share this"), [0]);
        assert_eq!(filter.listing("share that"), [0; 0]);
        assert_eq!(candidates(&filter, "posted an hour ago"), [1]);
        assert_eq!(candidates(&filter, "he posted an hour ago"), [0; 0]);
    }
}
