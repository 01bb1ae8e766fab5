//! What is derived of the patterns of rules: their branches, and the filter that says which of these to try.

use std::ops::Range;
use std::sync::OnceLock;

use crate::clean::rules::branch::{Need, branches};
use crate::clean::rules::keys::numbers;
#[cfg(test)]
use crate::clean::rules::keys::put;
use crate::clean::rules::pack::Rule;
use crate::clean::rules::prefilter::Prefilter;
use crate::text::Room;
use crate::text::pattern::Pattern;

/// A pattern that is compiled when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Lazy(OnceLock<Box<Pattern>>);

impl Lazy {
    /// Whether `pattern`, which is the same each time, matches `text`.
    pub(super) fn is_match(
        &self,
        pattern: impl FnOnce() -> String,
        text: &str,
        room: &mut Room,
    ) -> bool {
        self.0.get_or_init(|| Box::new(Pattern::new(pattern()))).is_match(text, room)
    }
}

/// One alternative of a rule's pattern.
#[derive(Debug)]
pub(super) struct Branch {
    /// The rule, by its place among those of all packs.
    pub(super) rule: usize,
    /// Where in its pattern it stands.
    place: Range<usize>,
    pattern: Lazy,
}

impl Branch {
    fn new(rule: usize, place: Range<usize>) -> Self {
        Self { rule, place, pattern: Lazy::default() }
    }

    /// Whether it matches `text`: a line, block or sentence as the scope of its rule wants it.
    pub(super) fn matches(&self, rule: &Rule, text: &str, room: &mut Room) -> bool {
        let pattern = || rule.scope.anchored(&rule.pattern[self.place.clone()]);
        self.pattern.is_match(pattern, text, room)
    }
}

/// Branches with their filter.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) branches: Vec<Branch>,
    pub(super) filter: Prefilter,
}

impl Compiled {
    /// Those of `rules`, each with its place.
    pub(super) fn of<'r>(rules: impl IntoIterator<Item = (usize, &'r Rule)>) -> Self {
        let (mut needs, mut found) = (Vec::new(), Vec::new());
        for (rule, Rule { pattern, scope, .. }) in rules {
            for branch in branches(pattern) {
                let from = branch.as_ptr() as usize - pattern.as_ptr() as usize;
                needs.push(Need::of(branch, *scope));
                found.push(Branch::new(rule, from..from + branch.len()));
            }
        }
        Self { branches: found, filter: Prefilter::new(needs) }
    }

    /// Those of the built-in packs, made beforehand. None where a crate below is of another version than the one that they were made with.
    pub(super) fn built_in() -> Option<Self> {
        Self::read(include_bytes!("built_in.bin"))
    }

    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let (len, rest) = bytes.split_first_chunk()?;
        let (branches, filter) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        let numbers: Vec<usize> = numbers(branches).map(|number| number as usize).collect();
        let branches = numbers
            .as_chunks()
            .0
            .iter()
            .map(|&[rule, from, to]| Branch::new(rule, from..to))
            .collect();
        Some(Self { branches, filter: Prefilter::read(filter)? })
    }

    /// What [`Self::read`] reads.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (mut branches, mut bytes) = (Vec::new(), Vec::new());
        for Branch { rule, place, .. } in &self.branches {
            put(&mut branches, [*rule, place.start, place.end]);
        }
        put(&mut bytes, [branches.len()]);
        bytes.extend(branches);
        self.filter.write(&mut bytes);
        bytes
    }
}
