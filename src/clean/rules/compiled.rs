//! What is derived of the patterns of rules: their branches, and the filter that says which of these to try.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::clean::rules::branch::{Need, branches};
use crate::clean::rules::keys::numbers;
#[cfg(test)]
use crate::clean::rules::keys::put;
use crate::clean::rules::pack::Rule;
use crate::clean::rules::prefilter::Prefilter;
use crate::text::Room;
use crate::text::pattern::Pattern;
use crate::text::stored::Stored;

/// What was made beforehand of the built-in packs.
static BUILT_IN: &[u8] = include_bytes!("built_in.bin");

/// The steps of their branches. None where they cannot be read.
static STEPS: LazyLock<Option<Stored>> =
    LazyLock::new(|| parts(BUILT_IN).and_then(|[_, _, steps]| Stored::read(steps)));

/// A pattern that is compiled when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Lazy(OnceLock<Box<Pattern>>);

impl Lazy {
    /// Whether the pattern that `make` gives, the same each time, matches `text`.
    pub(super) fn is_match(
        &self,
        make: impl FnOnce() -> Pattern,
        text: &str,
        room: &mut Room,
    ) -> bool {
        self.0.get_or_init(|| Box::new(make())).is_match(text, room)
    }
}

/// One alternative of a rule's pattern.
#[derive(Debug)]
pub(super) struct Branch {
    /// The rule, by its place among those of all packs.
    pub(super) rule: usize,
    /// Where in its pattern it stands.
    place: Range<usize>,
    /// Its place among the branches that are compiled in.
    built_in: Option<usize>,
    pattern: Lazy,
}

impl Branch {
    fn new(rule: usize, place: Range<usize>, built_in: Option<usize>) -> Self {
        Self { rule, place, built_in, pattern: Lazy::default() }
    }

    /// Whether it matches `text`: a line, block or sentence as the scope of its rule wants it.
    pub(super) fn matches(&self, rule: &Rule, text: &str, room: &mut Room) -> bool {
        self.pattern.is_match(|| self.compile(rule), text, room)
    }

    fn compile(&self, rule: &Rule) -> Pattern {
        let pattern = rule.scope.anchored(&rule.pattern[self.place.clone()]);
        match self.built_in.zip(STEPS.as_ref()) {
            Some((branch, steps)) => Pattern::with(pattern, steps.get(branch)),
            None => Pattern::new(pattern),
        }
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
                found.push(Branch::new(rule, from..from + branch.len(), None));
            }
        }
        Self { branches: found, filter: Prefilter::new(needs) }
    }

    /// Those of the built-in packs, made beforehand. None where a crate below is of another version than the one that they were made with.
    pub(super) fn built_in() -> Option<Self> {
        Self::read(BUILT_IN)
    }

    pub(super) fn read(bytes: &'static [u8]) -> Option<Self> {
        let [branches, filter, _] = parts(bytes)?;
        let numbers: Vec<usize> = numbers(branches).map(|number| number as usize).collect();
        let branch = |(at, &[rule, from, to]): (_, &[_; 3])| Branch::new(rule, from..to, Some(at));
        let branches = numbers.as_chunks().0.iter().enumerate().map(branch).collect();
        Some(Self { branches, filter: Prefilter::read(filter)? })
    }

    /// What [`Self::read`] reads, of branches of `rules`.
    #[cfg(test)]
    pub(super) fn bytes(&self, rules: &[&Rule]) -> Vec<u8> {
        let (mut branches, mut filter, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
        for Branch { rule, place, .. } in &self.branches {
            put(&mut branches, [*rule, place.start, place.end]);
        }
        self.filter.write(&mut filter);
        let patterns: Vec<Pattern> =
            self.branches.iter().map(|branch| branch.compile(rules[branch.rule])).collect();
        let steps = crate::text::stored::write(patterns.iter().map(Pattern::steps));
        for part in [branches, filter, steps] {
            put(&mut bytes, [part.len()]);
            bytes.extend(part);
        }
        bytes
    }
}

/// The branches, the filter and the steps.
fn parts(mut bytes: &'static [u8]) -> Option<[&'static [u8]; 3]> {
    let mut part = || {
        let (len, rest) = bytes.split_first_chunk()?;
        let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        bytes = rest;
        Some(part)
    };
    Some([part()?, part()?, part()?])
}
