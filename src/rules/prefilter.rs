//! Which patterns may match a text, found in one pass over it.
//!
//! Each pattern gives literals of which every match holds one; an Aho-Corasick automaton holds those of all patterns (the filter of
//! RE2's FilteredRE2, by Cox). Only the patterns whose literals turn up are tried, so a thousand rules cost one scan.

use std::collections::BTreeMap;

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Anchored, Input, MatchKind, StartKind};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind};

/// Bytes of a literal that are looked at.
const LITERAL: usize = 8;
/// Literals that one pattern may give.
const LITERALS: usize = 4_000;

/// The literals of a group of patterns.
#[derive(Debug)]
pub(super) struct Prefilter {
    begin: Literals,
    inside: Literals,
    /// Patterns without literals.
    always: Vec<usize>,
    longest: u32,
}

/// Literals that must stand at the begin of a text, or anywhere in it.
#[derive(Debug)]
struct Literals {
    automaton: Option<AhoCorasick>,
    anchored: Anchored,
    /// For each literal the patterns that gave it.
    givers: Vec<Vec<usize>>,
}

impl Prefilter {
    /// The filter of `patterns`; with `anchored`, they match from the first byte of a text on. None is tried on a text of over `longest` characters.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = (usize, &'a str)>, anchored: bool, longest: u32) -> Self {
        let (mut begin, mut inside, mut always) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for (id, pattern) in patterns {
            let Ok(hir) = regex_syntax::parse(pattern) else {
                always.push(id);
                continue;
            };
            let prefixes = if anchored { begin_literals(&hir) } else { None };
            let (found, into) = match prefixes {
                Some(found) => (Some(found), &mut begin),
                None => (required_literals(&hir), &mut inside),
            };
            match found {
                Some(found) => found.into_iter().for_each(|literal| into.entry(literal).or_insert_with(Vec::new).push(id)),
                None => always.push(id),
            }
        }
        let (begin, inside) = (Literals::new(begin, Anchored::Yes, &mut always), Literals::new(inside, Anchored::No, &mut always));
        Self { begin, inside, always, longest }
    }

    /// Characters of the longest text that some pattern is tried on.
    pub(super) fn longest(&self) -> u32 {
        self.longest
    }

    /// Fills `found` with the patterns that may match `text`, each once, in the order of their ids.
    pub(super) fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        found.clear();
        self.begin.find(text, found);
        self.inside.find(text, found);
        found.extend(&self.always);
        found.sort_unstable();
        found.dedup();
    }

    /// Whether some pattern may match a part of `text`.
    pub(super) fn any_candidate(&self, text: &str, found: &mut Vec<usize>) -> bool {
        self.candidates(text, found);
        !found.is_empty()
    }
}

impl Literals {
    /// The automaton of `literals`; where they are too many for one, their patterns go to `always`, so that none is lost.
    fn new(literals: BTreeMap<Vec<u8>, Vec<usize>>, anchored: Anchored, always: &mut Vec<usize>) -> Self {
        let (keys, givers): (Vec<_>, Vec<_>) = literals.into_iter().unzip();
        let start = if anchored.is_anchored() { StartKind::Anchored } else { StartKind::Unanchored };
        let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::Standard).start_kind(start).build(keys).ok();
        if automaton.is_none() {
            always.extend(givers.iter().flatten());
        }
        Self { automaton, anchored, givers }
    }

    fn find(&self, text: &str, found: &mut Vec<usize>) {
        let Some(automaton) = &self.automaton else { return };
        let input = Input::new(text).anchored(self.anchored);
        let mut state = OverlappingState::start();
        while automaton.try_find_overlapping(input.clone(), &mut state).is_ok() {
            let Some(hit) = state.get_match() else { break };
            found.extend(&self.givers[hit.pattern().as_usize()]);
        }
    }
}

/// Literals one of which every match begins with.
fn begin_literals(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let mut extractor = Extractor::new();
    extractor.kind(ExtractKind::Prefix).limit_total(LITERALS).limit_literal_len(LITERAL).limit_class(12);
    let mut found = extractor.extract(hir);
    found.keep_first_bytes(LITERAL);
    found.dedup();
    let literals: Vec<Vec<u8>> = found.literals()?.iter().map(|l| l.as_bytes().to_vec()).collect();
    let telling = |literal: &Vec<u8>| literal.len() > 1 || literal.first().is_some_and(u8::is_ascii_punctuation);
    (!literals.is_empty() && literals.iter().all(telling)).then_some(literals)
}

/// Literals one of which every match holds: of the parts that a match must have, those of the part whose literals are longest.
fn required_literals(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    let shortest = |literals: &Vec<Vec<u8>>| literals.iter().map(Vec::len).min().unwrap_or(0);
    let own = begin_literals(hir);
    let inner = match hir.kind() {
        HirKind::Capture(capture) => required_literals(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required_literals(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required_literals).max_by_key(shortest),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required_literals).collect();
            all.map(|all| all.concat()).filter(|all| all.len() <= LITERALS)
        }
        _ => None,
    };
    own.into_iter().chain(inner).max_by_key(shortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_candidate_where_one_of_its_literals_stands() {
        let filter = Prefilter::new([(0, "read (also|more)"), (1, "[0-9]+ comments?"), (2, ".*")].into_iter(), false, 100);
        let mut found = Vec::new();
        filter.candidates("please read more", &mut found);
        assert_eq!(found, [0, 2]);
        filter.candidates("12 comments", &mut found);
        assert_eq!(found, [1, 2]);
    }

    #[test]
    fn a_whole_line_is_tried_by_how_it_begins() {
        let filter = Prefilter::new([(0, "share( this)?"), (1, ".+ ago")].into_iter(), true, 100);
        let mut found = Vec::new();
        filter.candidates("please share", &mut found);
        assert_eq!(found, [0; 0]);
        filter.candidates("share an hour ago", &mut found);
        assert_eq!(found, [0, 1]);
    }
}
