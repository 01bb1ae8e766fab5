//! Which branches of the patterns may match a text, found in one scan of it.
//!
//! The literals of all branches stand in two Aho-Corasick automata, one for what a text begins with and one for what it holds, so a thousand
//! rules cost one scan; branches that are lists of whole texts cost one look-up.

use std::collections::BTreeMap;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Anchored, Input, MatchKind, StartKind};
use rustc_hash::FxHashMap;

use super::branch::Need;

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
    begin: Literals,
    inside: Literals,
    /// Clauses of each branch, all of which must be found.
    clauses: Vec<u8>,
    /// Branches without literals.
    always: Vec<u32>,
}

/// Literals that must stand at the begin of a text, or anywhere in it.
#[derive(Debug, Default)]
struct Literals {
    automaton: Option<AhoCorasick>,
    /// For each literal the clauses it is of.
    givers: Vec<Vec<Found>>,
}

type Givers = BTreeMap<Vec<u8>, Vec<Found>>;

impl Prefilter {
    /// The filter of branches with these needs; a branch is known by its place among them.
    pub(super) fn new(needs: impl IntoIterator<Item = Need>) -> Self {
        let mut filter = Prefilter::default();
        let (mut begins, mut insides) = (Givers::new(), Givers::new());
        for (branch, need) in (0..).zip(needs) {
            let (begin, inside) = match need {
                Need::Whole(texts) => {
                    texts.into_iter().for_each(|text| filter.whole.entry(text).or_default().push(branch));
                    filter.clauses.push(0);
                    continue;
                }
                Need::Parts { begin, inside } => (begin, inside),
            };
            let clauses = begin.into_iter().map(|c| (c, true)).chain(inside.into_iter().map(|c| (c, false)));
            let mut count = 0;
            for (clause, opens) in clauses {
                let into = if opens { &mut begins } else { &mut insides };
                clause.into_iter().for_each(|literal| into.entry(literal).or_default().push(Found { branch, clause: count }));
                count += 1;
            }
            if count == 0 {
                filter.always.push(branch);
            }
            filter.clauses.push(count);
        }
        let built = rayon::join(|| Literals::new(begins, StartKind::Anchored), || Literals::new(insides, StartKind::Unanchored));
        match built {
            (Some(begin), Some(inside)) => (filter.begin, filter.inside) = (begin, inside),
            // Too many literals for an automaton: every branch is tried.
            _ => {
                filter.always = (0..filter.clauses.len() as u32).collect();
                filter.clauses.fill(0);
            }
        }
        filter
    }

    /// The branches that list `text` among their whole texts.
    pub(super) fn listing(&self, text: &str) -> &[u32] {
        self.whole.get(text.as_bytes()).map_or(&[], Vec::as_slice)
    }

    /// Tells `each` the branches that may match `text`, in order; `room` is for what is found on the way.
    pub(super) fn candidates(&self, text: &str, room: &mut Vec<Found>, mut each: impl FnMut(usize)) {
        room.clear();
        self.begin.find(text, Anchored::Yes, room);
        self.inside.find(text, Anchored::No, room);
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
    fn new(literals: Givers, start: StartKind) -> Option<Self> {
        let (keys, givers): (Vec<_>, Vec<_>) = literals.into_iter().unzip();
        let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).start_kind(start).build(keys).ok()?;
        Some(Self { automaton: Some(automaton), givers })
    }

    fn find(&self, text: &str, anchored: Anchored, found: &mut Vec<Found>) {
        let Some(automaton) = &self.automaton else { return };
        let input = Input::new(text).anchored(anchored);
        let mut state = OverlappingState::start();
        while automaton.try_find_overlapping(input.clone(), &mut state).is_ok() {
            let Some(hit) = state.get_match() else { break };
            found.extend(&self.givers[hit.pattern().as_usize()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::branch::branches;
    use super::super::pack::Scope;
    use super::*;

    fn filter(patterns: &[&str], scope: Scope) -> Prefilter {
        Prefilter::new(patterns.iter().flat_map(|p| branches(p)).map(|branch| Need::of(branch, scope)))
    }

    fn candidates(filter: &Prefilter, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        filter.candidates(text, &mut Vec::new(), |branch| found.push(branch));
        found
    }

    #[test]
    fn a_branch_is_a_candidate_where_all_its_clauses_are_found() {
        let filter = filter(&["read (also|more) .{1,60}(here|there)$", "[0-9]+ comments?", ".*"], Scope::Block);
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
