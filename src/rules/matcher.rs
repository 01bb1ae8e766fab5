//! The patterns of a scope matched a set at a time, and what a set finds matched again one by one.
//!
//! A set holds each pattern in a loosened form (see [`loosen`]) that matches whatever the pattern matches and a little
//! more: it compiles fast, stays small, and runs as a DFA. The pattern as it stands is compiled when it is first needed.
//! The sets are small so that their DFAs settle: in one set of all patterns nearly every text finds new states.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use rayon::prelude::*;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::loosen::loosen;
use super::pack::{PATTERN_LIMIT, Pack, Rule, Scope};
use crate::error::Result;
use crate::page::{Block, fold, is_stop};
use crate::span::{Decider, Kind};

/// A rule that matched.
#[derive(Debug, Clone)]
pub struct Hit {
    /// What it says the text is.
    pub kind: Kind,
    /// What it takes.
    pub scope: Scope,
    /// Its id, as evidence.
    pub by: Decider,
    /// Which rule, as an index into [`Rules::rules`].
    pub rule: usize,
}

/// The rules of several packs, shared between threads.
#[derive(Debug)]
pub struct Rules {
    packs: Vec<Pack>,
    rules: Vec<Matchable>,
    sets: OnceLock<Sets>,
}

#[derive(Debug)]
struct Matchable {
    rule: Rule,
    id: Arc<str>,
    pattern: OnceLock<Option<Regex>>,
    until: OnceLock<Option<Regex>>,
}

/// The sets of each group of scopes.
#[derive(Debug)]
struct Sets {
    lines: Vec<Set>,
    blocks: Vec<Set>,
    sentences: Vec<Set>,
}

#[derive(Debug)]
struct Set {
    /// Nothing when the patterns together are too large: then each is tried on its own.
    patterns: Option<RegexSet>,
    rules: Vec<usize>,
    longest: u32,
}

/// Patterns in one set. A pattern that starts anywhere adds more states to a DFA than one that is tied to both ends.
const LINES_IN_SET: usize = 40;
const BLOCKS_IN_SET: usize = 12;
const SENTENCES_IN_SET: usize = 20;

/// Memory that one pattern set may take, in bytes.
const SET_LIMIT: usize = 256 << 20;

/// Memory that the DFA of a set may take in each thread, in bytes.
const DFA_LIMIT: usize = 64 << 20;

impl Matchable {
    fn new(rule: &Rule) -> Matchable {
        Matchable { rule: rule.clone(), id: Arc::from(rule.id.as_str()), pattern: OnceLock::new(), until: OnceLock::new() }
    }

    /// Whether the pattern itself matches; `text` is a line, block or sentence as the scope wants it.
    fn matches(&self, text: &str) -> bool {
        let compile = || compile(&anchored(self.rule.scope, &self.rule.pattern));
        self.pattern.get_or_init(compile).as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    fn ends_at(&self, line: &str) -> bool {
        let compile = || self.rule.until.as_ref().and_then(|until| compile(&anchored(Scope::Line, until)));
        self.until.get_or_init(compile).as_ref().is_some_and(|until| until.is_match(line))
    }

    fn hit(&self, rule: usize) -> Hit {
        Hit { kind: self.rule.kind, scope: self.rule.scope, by: Decider::Rule(self.id.clone()), rule }
    }
}

fn anchored(scope: Scope, pattern: &str) -> String {
    if scope.is_whole_line() { format!("^(?:{pattern})$") } else { pattern.to_owned() }
}

/// Reading a pack has refused the patterns that cannot be compiled.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(PATTERN_LIMIT).build().ok()
}

impl Set {
    fn new(rules: &[Matchable], chosen: &[usize]) -> Set {
        let patterns = chosen.iter().map(|&i| anchored(rules[i].rule.scope, &loosen(&rules[i].rule.pattern)));
        let patterns = RegexSetBuilder::new(patterns).size_limit(SET_LIMIT).dfa_size_limit(DFA_LIMIT).build().ok();
        let longest = chosen.iter().map(|&i| rules[i].rule.max_chars()).max().unwrap_or(0);
        Set { patterns, rules: chosen.to_vec(), longest }
    }

    /// Whether some rule may match.
    fn may_match(&self, text: &str) -> bool {
        self.patterns.as_ref().is_none_or(|patterns| patterns.is_match(text))
    }

    fn hits(&self, text: &str, chars: u32, rules: &[Matchable], hits: &mut Vec<Hit>) {
        if chars > self.longest || !self.may_match(text) {
            return;
        }
        let mut test = |at: usize| {
            let (rule, index) = (&rules[self.rules[at]], self.rules[at]);
            if chars <= rule.rule.max_chars() && rule.matches(text) {
                hits.push(rule.hit(index));
            }
        };
        match &self.patterns {
            Some(patterns) => patterns.matches(text).into_iter().for_each(&mut test),
            None => (0..self.rules.len()).for_each(&mut test),
        }
    }
}

impl Sets {
    /// Compiles the sets on all cores. Not on rayon's threads: a worker that waits here must not take up another dump,
    /// which would wait for the same sets.
    fn new(rules: &[Matchable]) -> Sets {
        let chosen = |takes: fn(Scope) -> bool| (0..rules.len()).filter(|&i| takes(rules[i].rule.scope)).collect::<Vec<_>>();
        let (lines, blocks, sentences) = (chosen(Scope::is_whole_line), chosen(|s| s == Scope::Block), chosen(|s| s == Scope::Sentence));
        let parts: Vec<&[usize]> =
            lines.chunks(LINES_IN_SET).chain(blocks.chunks(BLOCKS_IN_SET)).chain(sentences.chunks(SENTENCES_IN_SET)).collect();
        let slots: Vec<OnceLock<Set>> = parts.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(part) = parts.get(at) else { break };
                slots[at].get_or_init(|| Set::new(rules, part));
            }
        };
        thread::scope(|scope| {
            for _ in 1..thread::available_parallelism().map_or(1, usize::from).min(parts.len()) {
                scope.spawn(work);
            }
            work();
        });
        let mut sets = slots.into_iter().filter_map(OnceLock::into_inner);
        let mut take = |patterns: usize, size: usize| sets.by_ref().take(patterns.div_ceil(size)).collect();
        Sets { lines: take(lines.len(), LINES_IN_SET), blocks: take(blocks.len(), BLOCKS_IN_SET), sentences: take(sentences.len(), SENTENCES_IN_SET) }
    }
}

impl Rules {
    /// The rules of `packs`.
    ///
    /// # Errors
    /// None at present: what cannot be used is refused when a pack is read.
    pub fn new(packs: Vec<Pack>) -> Result<Rules> {
        let rules = packs.iter().flat_map(|p| &p.rules).map(Matchable::new).collect();
        Ok(Rules { packs, rules, sets: OnceLock::new() })
    }

    /// The pattern sets, compiled when they are first needed.
    fn sets(&self) -> &Sets {
        self.sets.get_or_init(|| Sets::new(&self.rules))
    }

    /// The packs the rules came from.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Fills `hits` with the rules that match a whole block, given its folded text.
    pub fn match_block(&self, block: &Block, folded: &str, hits: &mut Vec<Hit>) {
        hits.clear();
        let sets = self.sets();
        let line = trim_line(folded);
        for set in &sets.lines {
            set.hits(line, block.shape.chars, &self.rules, hits);
        }
        for set in &sets.blocks {
            set.hits(folded, block.shape.chars, &self.rules, hits);
        }
    }

    /// Whether the folded text of a block ends the section that `hit` began.
    #[must_use]
    pub fn ends_section(&self, hit: &Hit, folded: &str) -> bool {
        self.rules[hit.rule].ends_at(trim_line(folded))
    }

    /// The sentences of `text` that a rule matches, as byte ranges of it; `folded` is the text folded.
    #[must_use]
    pub fn match_sentences(&self, text: &str, folded: &str) -> Vec<(Range<usize>, Hit)> {
        let sets: Vec<&Set> = self.sets().sentences.iter().filter(|set| set.may_match(folded)).collect();
        if sets.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut hits = Vec::new();
        for range in sentences(text) {
            let sentence = fold(&text[range.clone()]);
            hits.clear();
            for set in &sets {
                set.hits(&sentence, count(&sentence), &self.rules, &mut hits);
            }
            if let Some(hit) = hits.drain(..).next() {
                found.push((range, hit));
            }
        }
        found
    }

    /// Runs each rule's own examples.
    ///
    /// # Errors
    /// One line for each example that comes out wrong.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let check = |rule: &Matchable| {
            let Rule { id, hit, spare, .. } = &rule.rule;
            let mut faults = Vec::new();
            if hit.len() < 2 || spare.len() < 2 {
                faults.push(format!("{id}: needs two examples in `hit` and two in `spare`"));
            }
            faults.extend(hit.iter().filter(|t| !takes_some(rule, t)).map(|t| format!("{id}: does not hit {t:?}")));
            faults.extend(spare.iter().filter(|t| takes_some(rule, t)).map(|t| format!("{id}: does not spare {t:?}")));
            faults
        };
        let faults: Vec<String> = self.rules.par_iter().flat_map_iter(check).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Whether a rule takes some block or sentence of `text`.
fn takes_some(rule: &Matchable, text: &str) -> bool {
    let page = crate::page::Page::new(text);
    let takes = |text: &str, chars: u32| chars <= rule.rule.max_chars() && rule.matches(text);
    (0..page.blocks.len()).any(|i| match rule.rule.scope {
        Scope::Sentence => sentences(page.text_of(i)).any(|range| {
            let sentence = fold(&page.text_of(i)[range]);
            takes(&sentence, count(&sentence))
        }),
        Scope::Block => takes(page.folded(i), page.blocks[i].shape.chars),
        _ => takes(trim_line(page.folded(i)), page.blocks[i].shape.chars),
    })
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A line as whole-line rules see it: without the marks that labels and links end with.
fn trim_line(folded: &str) -> &str {
    let end = folded.trim_end_matches([' ', ':', '.', '!', '?', '>', '›', '→', '»']);
    let trimmed = if folded.ends_with('"') && folded.matches('"').count() % 2 == 1 { end.trim_end_matches(['"', ' ']) } else { end };
    if trimmed.is_empty() { folded } else { trimmed }
}

/// Byte ranges of the sentences of a paragraph, each with the white space after it left out.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        let skipped = rest.len() - rest.trim_start().len();
        start += skipped;
        if start >= text.len() {
            return None;
        }
        let from = start;
        let end = sentence_end(text, from);
        start = end;
        Some(from..from + text[from..end].trim_end().len())
    })
}

fn sentence_end(text: &str, from: usize) -> usize {
    let mut chars = text[from..].char_indices().peekable();
    let mut stopped = false;
    while let Some((at, c)) = chars.next() {
        if matches!(c, '。' | '！' | '？') {
            return from + at + c.len_utf8();
        }
        if is_stop(c) {
            stopped = true;
        } else if stopped && c.is_whitespace() {
            let next = chars.peek().map_or('A', |&(_, n)| n);
            if !next.is_lowercase() && !next.is_whitespace() {
                return from + at;
            }
            stopped = false;
        } else if !matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']') {
            stopped = false;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_falls_into_sentences() {
        let text = "The quay is closed. “Nobody may pass,” the mayor said.  Read also: Ferries stop. In 3.5 hours it rose.";
        let parts: Vec<_> = sentences(text).map(|r| &text[r]).collect();
        assert_eq!(parts, ["The quay is closed.", "“Nobody may pass,” the mayor said.", "Read also: Ferries stop.", "In 3.5 hours it rose."]);
    }

    #[test]
    fn a_bad_pack_is_refused_with_file_rule_and_reason() {
        let toml = "name = \"mine\"\n[[rule]]\nid = \"mine.nav.x\"\nkind = \"nav\"\nscope = \"line\"\npattern = \"(\"\nwhy = \"\"\nhit = []\nspare = []\n";
        let message = Pack::parse("mine.toml", toml).unwrap_err().to_string();
        assert!(message.starts_with("mine.toml: rule mine.nav.x: pattern:"), "{message}");
    }

    #[test]
    fn every_rule_hits_and_spares_what_it_says() {
        let rules = Rules::new(Pack::built_in().unwrap()).unwrap();
        if let Err(faults) = rules.check() {
            panic!("{}", faults.join("\n"));
        }
    }

    #[test]
    fn built_in_patterns_compile_and_do_not_match_the_empty_text() {
        for (name, toml) in super::super::BUILT_IN {
            Pack::parse(name, toml).unwrap();
        }
    }

    #[test]
    fn the_sets_find_what_the_patterns_match() {
        let rules = Rules::new(Pack::built_in().unwrap()).unwrap();
        let sets = rules.sets();
        let texts = || rules.rules.iter().flat_map(|r| r.rule.hit.iter().chain(&r.rule.spare)).map(|t| fold(t));
        for set in sets.lines.iter().chain(&sets.blocks).chain(&sets.sentences) {
            let patterns = set.patterns.as_ref().expect("the set fits its limit");
            for text in texts() {
                let found = patterns.matches(trim_line(&text));
                for (at, &index) in set.rules.iter().enumerate().filter(|&(at, _)| !found.matched(at)) {
                    let rule = &rules.rules[index];
                    assert!(!rule.matches(trim_line(&text)), "{}: the set ({at}) does not find {text:?}", rule.id);
                }
            }
        }
    }
}
