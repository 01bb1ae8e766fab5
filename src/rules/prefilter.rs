//! Which patterns may match a text, found in one pass over it.
//!
//! Each pattern gives the literals that one of its matches must begin or end with; one Aho-Corasick automaton holds those of all patterns
//! (the filter of RE2's FilteredRE2, by Cox). Only the patterns whose literals turn up are tried, so a thousand rules cost one scan.

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Anchored, Input, MatchKind, StartKind};
use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::{ExtractKind, Extractor};

/// Bytes of a literal that are looked at.
const LITERAL: usize = 8;
/// Literals that one pattern may give; one that would give more is always tried.
const LITERALS: usize = 4_000;

/// The literals of a group of patterns.
#[derive(Debug)]
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// For each literal the patterns that gave it.
    givers: Vec<Vec<usize>>,
    /// Patterns without literals.
    always: Vec<usize>,
    anchored: bool,
}

impl Prefilter {
    /// The filter of `patterns`; with `anchored`, they match from the first byte of a text on.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = (usize, &'a str)>, anchored: bool) -> Self {
        let mut literals: std::collections::BTreeMap<Vec<u8>, Vec<usize>> = std::collections::BTreeMap::new();
        let mut always = Vec::new();
        for (id, pattern) in patterns {
            match regex_syntax::parse(pattern).ok().and_then(|hir| literals_of(&hir, anchored)) {
                Some(found) => found.into_iter().for_each(|literal| literals.entry(literal).or_default().push(id)),
                None => always.push(id),
            }
        }
        let (keys, givers): (Vec<_>, Vec<_>) = literals.into_iter().unzip();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .start_kind(if anchored { StartKind::Anchored } else { StartKind::Unanchored })
            .build(keys)
            .ok();
        Self { automaton, givers, always, anchored }
    }

    /// Fills `found` with the patterns that may match `text`, each once, in the order of their ids.
    pub(super) fn candidates(&self, text: &str, found: &mut Vec<usize>) {
        found.clear();
        if let Some(automaton) = &self.automaton {
            let input = Input::new(text).anchored(if self.anchored { Anchored::Yes } else { Anchored::No });
            let mut state = OverlappingState::start();
            while automaton.try_find_overlapping(input.clone(), &mut state).is_ok() {
                let Some(hit) = state.get_match() else { break };
                found.extend(&self.givers[hit.pattern().as_usize()]);
            }
        }
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

/// Literals of which every match of the pattern begins (or, where those are better and it matters not, ends) with one; None where there are
/// none, or one of them is empty.
fn literals_of(hir: &Hir, anchored: bool) -> Option<Vec<Vec<u8>>> {
    let extract = |kind: ExtractKind| {
        let mut extractor = Extractor::new();
        extractor.kind(kind.clone()).limit_total(LITERALS).limit_literal_len(LITERAL).limit_class(12);
        let mut found = extractor.extract(hir);
        match kind {
            ExtractKind::Suffix => found.keep_last_bytes(LITERAL),
            _ => found.keep_first_bytes(LITERAL),
        }
        found.dedup();
        let literals: Vec<Vec<u8>> = found.literals()?.iter().map(|l| l.as_bytes().to_vec()).collect();
        literals.iter().all(|l| !l.is_empty()).then_some(literals)
    };
    let begins = extract(ExtractKind::Prefix);
    if anchored {
        return begins;
    }
    let shortest = |l: &Option<Vec<Vec<u8>>>| l.as_ref().and_then(|l| l.iter().map(Vec::len).min()).unwrap_or(0);
    let ends = extract(ExtractKind::Suffix);
    if shortest(&ends) > shortest(&begins) { ends } else { begins }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_candidate_where_one_of_its_literals_stands() {
        let filter = Prefilter::new([(0, "read (also|more)"), (1, "[0-9]+ comments?"), (2, ".*")].into_iter(), false);
        let mut found = Vec::new();
        filter.candidates("please read more", &mut found);
        assert_eq!(found, [0, 2]);
        filter.candidates("12 comments", &mut found);
        assert!(found.contains(&1) && found.contains(&2));
    }
}
