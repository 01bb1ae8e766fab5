//! All patterns of a scope matched in one pass over the text, and what that pass lets through matched one by one.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use regex::{Regex, RegexBuilder};

use super::pack::{PATTERN_LIMIT, Pack, Rule, Scope};
use super::prefilter::Prefilter;
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
    /// Which rule, as an index into the rules of all packs, in order.
    pub rule: usize,
}

/// The rules of several packs, shared between threads. A pattern is compiled when a text first has its literals.
#[derive(Debug)]
pub struct Rules {
    packs: Vec<Pack>,
    rules: Vec<Matchable>,
    lines: Prefilter,
    blocks: Prefilter,
    sentences: Prefilter,
}

#[derive(Debug)]
struct Matchable {
    rule: Rule,
    id: Arc<str>,
    pattern: OnceLock<Option<Regex>>,
    until: OnceLock<Option<Regex>>,
}

/// Bytes of the longest paragraph that is looked through for sentences of debris.
const LONGEST_PARAGRAPH: usize = 1 << 16;

thread_local! {
    /// Room for the candidates of a text, so that none is allocated per block.
    static CANDIDATES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

impl Matchable {
    fn new(rule: &Rule) -> Matchable {
        Matchable { rule: rule.clone(), id: Arc::from(rule.id.as_str()), pattern: OnceLock::new(), until: OnceLock::new() }
    }

    /// Whether the pattern itself matches; `text` is a line, block or sentence as the scope wants it.
    fn matches(&self, text: &str) -> bool {
        let compile = || compile(&self.rule.scope.anchored(&self.rule.pattern));
        self.pattern.get_or_init(compile).as_ref().is_some_and(|pattern| pattern.is_match(text))
    }

    fn ends_at(&self, line: &str) -> bool {
        let compile = || self.rule.until.as_ref().and_then(|until| compile(&Scope::Line.anchored(until)));
        self.until.get_or_init(compile).as_ref().is_some_and(|until| until.is_match(line))
    }

    fn hit(&self, rule: usize) -> Hit {
        Hit { kind: self.rule.kind, scope: self.rule.scope, by: Decider::Rule(self.id.clone()), rule }
    }
}

/// Reading a pack has refused the patterns that cannot be compiled.
fn compile(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(PATTERN_LIMIT).build().ok()
}

impl Rules {
    /// The rules of `packs`.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Rules {
        let rules: Vec<Matchable> = packs.iter().flat_map(|p| &p.rules).map(Matchable::new).collect();
        let filter = |takes: fn(Scope) -> bool, anchored| {
            let chosen = rules.iter().enumerate().filter(|(_, r)| takes(r.rule.scope));
            let longest = chosen.clone().map(|(_, r)| r.rule.max_chars()).max().unwrap_or(0);
            Prefilter::new(chosen.map(|(index, r)| (index, r.rule.pattern.as_str())), anchored, longest)
        };
        let (lines, (blocks, sentences)) = rayon::join(
            || filter(Scope::is_whole_line, true),
            || rayon::join(|| filter(|s| s == Scope::Block, false), || filter(|s| s == Scope::Sentence, false)),
        );
        Rules { lines, blocks, sentences, packs, rules }
    }

    /// The packs the rules came from.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Fills `hits` with the rules that match a whole block, given its folded text.
    pub fn match_block(&self, block: &Block, folded: &str, hits: &mut Vec<Hit>) {
        hits.clear();
        let chars = block.shape.chars;
        self.hits(&self.lines, trim_line(folded), chars, hits);
        self.hits(&self.blocks, folded, chars, hits);
    }

    fn hits(&self, filter: &Prefilter, text: &str, chars: u32, hits: &mut Vec<Hit>) {
        if chars > filter.longest() {
            return;
        }
        CANDIDATES.with_borrow_mut(|candidates| {
            filter.candidates(text, candidates);
            let matching = candidates.iter().filter(|&&index| chars <= self.rules[index].rule.max_chars() && self.rules[index].matches(text));
            hits.extend(matching.map(|&index| self.rules[index].hit(index)));
        });
    }

    /// Whether the folded text of a block ends the section that `hit` began.
    #[must_use]
    pub fn ends_section(&self, hit: &Hit, folded: &str) -> bool {
        self.rules[hit.rule].ends_at(trim_line(folded))
    }

    /// The sentences of `text` that a rule matches, as byte ranges of it; `folded` is the text folded.
    #[must_use]
    pub fn match_sentences(&self, text: &str, folded: &str) -> Vec<(Range<usize>, Hit)> {
        let mut found = Vec::new();
        let mut hits = Vec::new();
        if folded.len() > LONGEST_PARAGRAPH || !CANDIDATES.with_borrow_mut(|candidates| self.sentences.any_candidate(folded, candidates)) {
            return found;
        }
        for range in sentences(text) {
            let sentence = fold(&text[range.clone()]);
            hits.clear();
            self.hits(&self.sentences, &sentence, count(&sentence), &mut hits);
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
            stopped = next.is_whitespace();
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
        let rules = Rules::new(Pack::built_in().unwrap());
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
    fn the_filter_lets_through_what_the_patterns_match() {
        let rules = Rules::new(Pack::built_in().unwrap());
        let mut found = Vec::new();
        for (index, rule) in rules.rules.iter().enumerate() {
            for text in rule.rule.hit.iter().map(|t| fold(t)).filter(|t| rule.matches(trim_line(t))) {
                let filter = match rule.rule.scope {
                    Scope::Block => &rules.blocks,
                    Scope::Sentence => &rules.sentences,
                    _ => &rules.lines,
                };
                filter.candidates(trim_line(&text), &mut found);
                assert!(found.contains(&index), "{}: the filter does not let {text:?} through", rule.rule.id);
            }
        }
    }
}
