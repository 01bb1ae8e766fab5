//! All patterns of a scope matched in one pass.

use std::ops::Range;
use std::sync::Arc;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::pack::{Pack, Rule, Scope};
use crate::error::{Error, Result};
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

/// The rules of several packs, compiled once and shared between threads.
#[derive(Debug)]
pub struct Rules {
    packs: Vec<Pack>,
    rules: Vec<(Rule, Arc<str>)>,
    lines: Matcher,
    blocks: Matcher,
    sentences: Matcher,
    until: Vec<Option<Regex>>,
}

#[derive(Debug)]
struct Matcher {
    set: RegexSet,
    rules: Vec<usize>,
    longest: u32,
}

/// Memory that one pattern set may take, in bytes.
const SET_LIMIT: usize = 256 << 20;

impl Matcher {
    fn new(rules: &[(Rule, Arc<str>)], takes: impl Fn(Scope) -> bool) -> Result<Matcher> {
        let chosen: Vec<usize> = (0..rules.len()).filter(|&i| takes(rules[i].0.scope)).collect();
        let patterns = chosen.iter().map(|&i| {
            let rule = &rules[i].0;
            if rule.scope.is_whole_line() { format!("^(?:{})$", rule.pattern) } else { rule.pattern.clone() }
        });
        let set = RegexSetBuilder::new(patterns)
            .size_limit(SET_LIMIT)
            .dfa_size_limit(SET_LIMIT)
            .build()
            .map_err(|e| Error::RulePack { pack: "all packs together".into(), rule: None, reason: e.to_string() })?;
        let longest = chosen.iter().map(|&i| rules[i].0.max_chars()).max().unwrap_or(0);
        Ok(Matcher { set, rules: chosen, longest })
    }

    fn hits(&self, text: &str, chars: u32, rules: &[(Rule, Arc<str>)], hits: &mut Vec<Hit>) {
        if chars > self.longest || !self.set.is_match(text) {
            return;
        }
        for at in self.set.matches(text) {
            let rule = self.rules[at];
            let (definition, id) = &rules[rule];
            if chars <= definition.max_chars() {
                hits.push(Hit { kind: definition.kind, scope: definition.scope, by: Decider::Rule(id.clone()), rule });
            }
        }
    }
}

impl Rules {
    /// Compiles the rules of `packs`.
    ///
    /// # Errors
    /// [`Error::RulePack`] when the patterns together are too large.
    pub fn new(packs: Vec<Pack>) -> Result<Rules> {
        let rules: Vec<(Rule, Arc<str>)> = packs.iter().flat_map(|p| &p.rules).map(|r| (r.clone(), Arc::from(r.id.as_str()))).collect();
        let until = rules
            .iter()
            .map(|(rule, _)| {
                let compile = |p: &String| RegexBuilder::new(&format!("^(?:{p})$")).build().ok();
                rule.until.as_ref().and_then(compile)
            })
            .collect();
        Ok(Rules {
            lines: Matcher::new(&rules, Scope::is_whole_line)?,
            blocks: Matcher::new(&rules, |s| s == Scope::Block)?,
            sentences: Matcher::new(&rules, |s| s == Scope::Sentence)?,
            until,
            packs,
            rules,
        })
    }

    /// The packs the rules came from.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Fills `hits` with the rules that match a whole block, given its folded text.
    pub fn match_block(&self, block: &Block, folded: &str, hits: &mut Vec<Hit>) {
        hits.clear();
        self.lines.hits(trim_line(folded), block.shape.chars, &self.rules, hits);
        self.blocks.hits(folded, block.shape.chars, &self.rules, hits);
    }

    /// Whether the folded text of a block ends the section that `hit` began.
    #[must_use]
    pub fn ends_section(&self, hit: &Hit, folded: &str) -> bool {
        self.until[hit.rule].as_ref().is_some_and(|until| until.is_match(trim_line(folded)))
    }

    /// The sentences of `text` that a rule matches, as byte ranges of it; `folded` is the text folded.
    #[must_use]
    pub fn match_sentences(&self, text: &str, folded: &str) -> Vec<(Range<usize>, Hit)> {
        if !self.sentences.set.is_match(folded) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut hits = Vec::new();
        for range in sentences(text) {
            let sentence = fold(&text[range.clone()]);
            hits.clear();
            self.sentences.hits(&sentence, u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX), &self.rules, &mut hits);
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
        let mut faults = Vec::new();
        for (index, (rule, _)) in self.rules.iter().enumerate() {
            if rule.hit.len() < 2 || rule.spare.len() < 2 {
                faults.push(format!("{}: needs two examples in `hit` and two in `spare`", rule.id));
            }
            faults.extend(rule.hit.iter().filter(|t| !self.rule_matches(index, t)).map(|t| format!("{}: does not hit {t:?}", rule.id)));
            faults.extend(rule.spare.iter().filter(|t| self.rule_matches(index, t)).map(|t| format!("{}: does not spare {t:?}", rule.id)));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn rule_matches(&self, index: usize, text: &str) -> bool {
        let page = crate::page::Page::new(text);
        let mut hits = Vec::new();
        (0..page.blocks.len()).any(|i| {
            self.match_block(&page.blocks[i], page.folded(i), &mut hits);
            hits.iter().any(|h| h.rule == index)
                || self.match_sentences(page.text_of(i), page.folded(i)).iter().any(|(_, h)| h.rule == index)
                || sentences(page.text_of(i)).any(|s| self.rules[index].0.scope == Scope::Sentence && self.sentence_matches(index, &page.text_of(i)[s]))
        })
    }

    fn sentence_matches(&self, index: usize, sentence: &str) -> bool {
        Regex::new(&self.rules[index].0.pattern).is_ok_and(|re| re.is_match(&fold(sentence)))
    }
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
}
