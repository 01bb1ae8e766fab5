//! Which branches of the patterns may match a text, found in one scan of it.
//!
//! The literals that a text must hold stand in one Aho-Corasick automaton (as a double array: Aoe 1989; Kanda et al. 2023), so a thousand
//! rules cost one scan; what a text begins with, and branches that are lists of whole texts, cost a few look-ups.

use std::collections::BTreeMap;
use std::fmt;

use daachorse::DoubleArrayAhoCorasick;

use crate::clean::rules::branch::{LONGEST_TEXT, MOST_CLAUSES, Need, OPENING};
#[cfg(test)]
use crate::clean::rules::keys::put;
use crate::clean::rules::keys::{Keys, Lists, numbers};

/// What is found of the literals of one branch: the number of a clause in the lowest bits, and above them that of the branch.
pub(super) type Found = u32;

const CLAUSE_BITS: u32 = 2;
const _: () = assert!(MOST_CLAUSES < 1 << CLAUSE_BITS);

fn found(branch: u32, clause: u8) -> Found {
    branch << CLAUSE_BITS | u32::from(clause)
}

fn branch_of(found: Found) -> u32 {
    found >> CLAUSE_BITS
}

/// The literals of all branches.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    whole: Keys,
    begin: Keys,
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
    givers: Lists,
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
        let (mut wholes, mut begins) = (Vec::new(), Vec::new());
        let mut insides = BTreeMap::<Vec<u8>, Vec<Found>>::new();
        for (branch, need) in (0..).zip(needs) {
            let (begin, inside) = match need {
                Need::Whole(texts) => {
                    wholes.extend(texts.into_iter().map(|text| (text, branch)));
                    filter.clauses.push(0);
                    continue;
                }
                Need::Parts { begin, inside } => (begin, inside),
            };
            let mut count = 0;
            if let Some(begin) = begin {
                begins.extend(begin.into_iter().map(|literal| (literal, found(branch, count))));
                count += 1;
            }
            for clause in inside {
                clause.into_iter().for_each(|literal| {
                    insides.entry(literal).or_default().push(found(branch, count))
                });
                count += 1;
            }
            if count == 0 {
                filter.always.push(branch);
            }
            filter.clauses.push(count);
        }
        filter.whole = Keys::new(wholes);
        filter.begin = Keys::new(begins);
        if let Some(inside) = Literals::new(insides) {
            filter.inside = inside;
        } else {
            // Too many literals for an automaton: every branch is tried.
            filter.always = (0..filter.clauses.len() as u32).collect();
            filter.clauses.fill(0);
        }
        filter
    }

    /// The branches that may list `text` among their whole texts.
    pub(super) fn listing(&self, text: &str) -> impl Iterator<Item = usize> {
        let text = Some(text).filter(|text| text.len() <= LONGEST_TEXT);
        text.into_iter()
            .flat_map(|text| self.whole.get(text.as_bytes()))
            .map(|branch| branch as usize)
    }

    /// Tells `each` the branches that may match `text`, in order; `room` is for what is found on the way.
    pub(super) fn candidates(
        &self,
        text: &str,
        room: &mut Vec<Found>,
        mut each: impl FnMut(usize),
    ) {
        room.clear();
        for len in 1..=OPENING.min(text.len()) {
            room.extend(self.begin.get(&text.as_bytes()[..len]));
        }
        self.inside.find(text, room);
        room.extend(self.always.iter().map(|&branch| found(branch, 0)));
        room.sort_unstable();
        room.dedup();
        for found in room.chunk_by(|a, b| branch_of(*a) == branch_of(*b)) {
            let branch = branch_of(found[0]) as usize;
            if found.len() >= usize::from(self.clauses[branch]) {
                each(branch);
            }
        }
    }

    /// Writes what [`Self::read`] reads.
    #[cfg(test)]
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let mut always = Vec::new();
        put(&mut always, self.always.iter().map(|&branch| branch as usize));
        let automaton =
            self.inside.automaton.as_ref().map_or_else(Vec::new, |automaton| automaton.serialize());
        let givers = self.inside.givers.bytes();
        let keys = [self.whole.bytes(), self.begin.bytes()];
        for part in keys.into_iter().flatten().chain([givers, &self.clauses, &always, &automaton]) {
            put(bytes, [part.len()]);
            bytes.extend(part);
        }
    }

    /// A filter that was made beforehand; None where its form is that of another version.
    pub(super) fn read(mut bytes: &'static [u8]) -> Option<Self> {
        let mut part = || {
            let (len, rest) = bytes.split_first_chunk()?;
            let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
            bytes = rest;
            Some(part)
        };
        let whole = Keys::of_bytes([part()?, part()?]);
        let begin = Keys::of_bytes([part()?, part()?]);
        let givers = Lists::of_bytes(part()?);
        let (clauses, always) = (part()?.to_vec(), numbers(part()?).collect());
        let automaton = match part()? {
            [] => None,
            automaton => Some(DoubleArrayAhoCorasick::deserialize(automaton).ok()?.0),
        };
        Some(Self { whole, begin, inside: Literals { automaton, givers }, clauses, always })
    }
}

impl Literals {
    /// The automaton of `literals`; None where they are too many.
    fn new(literals: BTreeMap<Vec<u8>, Vec<Found>>) -> Option<Self> {
        if literals.is_empty() {
            return Some(Self::default());
        }
        let givers = Lists::new(literals.values().map(Vec::as_slice));
        Some(Self {
            automaton: Some(DoubleArrayAhoCorasick::new(literals.into_keys()).ok()?),
            givers,
        })
    }

    fn find(&self, text: &str, found: &mut Vec<Found>) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(text) {
            found.extend(self.givers.get(hit.value() as usize));
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
        assert_eq!(filter.listing("share this").collect::<Vec<_>>(), [0]);
        assert_eq!(filter.listing("share that").count(), 0);
        assert_eq!(candidates(&filter, "posted an hour ago"), [1]);
        assert_eq!(candidates(&filter, "he posted an hour ago"), [0; 0]);
    }
}
