//! Rules matched against blocks: one scan for the literals of all patterns, then the few that it lets through one by one.

use std::ops::Range;
use std::sync::Arc;

use crate::clean::rules::built_in::begin_built_in;
use crate::clean::rules::compiled::{Branch, Compiled, Lazy};
use crate::clean::rules::pack::{Pack, Rule, Scope};
use crate::clean::rules::prefilter::{Found, Prefilter};
use crate::clean::rules::site::{Site, host_of};
use crate::error::Error;
use crate::page::Block;
use crate::span::{Decider, Kind};
use crate::text::pattern::Pattern;
use crate::text::sentence::sentences;
use crate::text::{Room, fold};

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

/// The rules of several packs, shared between threads.
#[derive(Debug)]
pub struct Rules {
    packs: Vec<Pack>,
    rules: Vec<Matchable>,
    branches: Vec<Branch>,
    /// The filter of the rules that are compiled in and that of the others, each with the place of its first branch.
    filters: Vec<(usize, Prefilter)>,
    sites: Vec<Site>,
}

#[derive(Debug)]
struct Matchable {
    rule: Rule,
    id: Arc<str>,
    until: Lazy,
}

/// Bytes of the longest paragraph that is looked through for sentences of debris.
const LONGEST_PARAGRAPH: usize = 1 << 16;

/// Room for what is found of literals on the way, and for what patterns try; kept from block to block, so that it is not allocated for each.
#[derive(Debug, Default)]
pub struct Scratch {
    found: Vec<Found>,
    room: Room,
}

/// What the rules found in a block.
#[derive(Debug, Default)]
pub struct Findings {
    /// Rules that match the whole block.
    pub hits: Vec<Hit>,
    /// Branches of sentence rules that may match a sentence of it.
    in_sentences: Vec<usize>,
}

impl Matchable {
    fn new(rule: &Rule) -> Matchable {
        Matchable { rule: rule.clone(), id: Arc::from(&*rule.id), until: Lazy::default() }
    }

    fn ends_at(&self, line: &str) -> bool {
        let until = self.rule.until.as_ref();
        let pattern = |until: &str| Pattern::new(Scope::Line.anchored(until));
        until
            .is_some_and(|until| self.until.is_match(|| pattern(until), line, &mut Room::default()))
    }

    fn hit(&self, rule: usize) -> Hit {
        Hit {
            kind: self.rule.kind,
            scope: self.rule.scope,
            by: Decider::Rule(self.id.clone()),
            rule,
        }
    }

    /// What the rule looks at of a block with this folded text.
    fn view<'t>(&self, folded: &'t str, line: &'t str) -> &'t str {
        if self.rule.scope.is_whole_line() { line } else { folded }
    }
}

impl Rules {
    /// The rules of `packs`.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Rules {
        let rules: Vec<Matchable> =
            packs.iter().flat_map(|p| &p.rules).map(Matchable::new).collect();
        let made = begin_built_in(&packs).zip(Compiled::built_in());
        let (count, made) = made.map_or((0, None), |(count, made)| (count, Some(made)));
        let others = Compiled::of(rules.iter().map(|rule| &rule.rule).enumerate().skip(count));
        let (mut branches, mut filters) = (Vec::new(), Vec::new());
        let compiled = made.into_iter().chain([others]);
        for compiled in compiled.filter(|compiled| !compiled.branches.is_empty()) {
            filters.push((branches.len(), compiled.filter));
            branches.extend(compiled.branches);
        }
        let sites = packs.iter().flat_map(|pack| &pack.sites).map(Site::new).collect();
        Rules { packs, rules, branches, filters, sites }
    }

    /// The packs the rules came from.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Whether something is said of the pages of sites.
    pub(crate) fn know_sites(&self) -> bool {
        !self.sites.is_empty()
    }

    /// What is said of the pages of the site that an address belongs to; None where it names no host.
    pub(crate) fn at(&self, address: &str) -> Option<Vec<&Site>> {
        let host = host_of(address)?;
        Some(self.sites.iter().filter(|site| site.holds(&host)).collect())
    }

    /// The rules that match a whole block, in their order, given its folded text; and what may match a sentence of it.
    #[must_use]
    pub fn match_block(&self, block: &Block, folded: &str, scratch: &mut Scratch) -> Findings {
        let mut findings = Findings::default();
        let Findings { hits, in_sentences } = &mut findings;
        let Scratch { found, room } = scratch;
        let chars = block.shape.chars;
        let line = trim_line(folded);
        if folded.len() > LONGEST_PARAGRAPH {
            return findings;
        }
        for (first, filter) in &self.filters {
            for at in filter.listing(line) {
                let branch = &self.branches[first + at];
                let Matchable { rule, .. } = &self.rules[branch.rule];
                if chars <= rule.max_chars() && branch.matches(rule, line, room) {
                    hits.push(self.rules[branch.rule].hit(branch.rule));
                }
            }
            filter.candidates(folded, found, |at| {
                let branch = &self.branches[first + at];
                let Matchable { rule, .. } = &self.rules[branch.rule];
                if rule.scope == Scope::Sentence {
                    in_sentences.push(first + at);
                } else if chars <= rule.max_chars()
                    && hits.iter().all(|hit| hit.rule != branch.rule)
                    && branch.matches(rule, self.rules[branch.rule].view(folded, line), room)
                {
                    hits.push(self.rules[branch.rule].hit(branch.rule));
                }
            });
        }
        hits.sort_unstable_by_key(|hit| hit.rule);
        hits.dedup_by_key(|hit| hit.rule);
        findings
    }

    /// Whether the folded text of a block ends the section that `hit` began.
    #[must_use]
    pub fn ends_section(&self, hit: &Hit, folded: &str) -> bool {
        self.rules[hit.rule].ends_at(trim_line(folded))
    }

    /// The sentences of `text` that a rule matches, as byte ranges of it, given what [`Self::match_block`] found in the block.
    #[must_use]
    pub fn match_sentences(&self, text: &str, findings: &Findings) -> Vec<(Range<usize>, Hit)> {
        let mut found = Vec::new();
        if findings.in_sentences.is_empty() {
            return found;
        }
        let mut room = Room::default();
        for range in sentences(text) {
            let sentence = fold(&text[range.clone()]);
            let chars = count(&sentence);
            let mut matches = |branch: &&Branch| {
                let Matchable { rule, .. } = &self.rules[branch.rule];
                chars <= rule.max_chars() && branch.matches(rule, &sentence, &mut room)
            };
            if let Some(branch) =
                findings.in_sentences.iter().map(|&at| &self.branches[at]).find(&mut matches)
            {
                found.push((range, self.rules[branch.rule].hit(branch.rule)));
            }
        }
        found
    }

    /// Runs each rule's own examples.
    ///
    /// # Errors
    /// One line for each example that comes out wrong.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let check = |(number, rule): (usize, &Matchable)| {
            let Rule { id, hit, spare, .. } = &rule.rule;
            let mut faults = Vec::new();
            if hit.len() < 2 || spare.len() < 2 {
                faults.push(format!("{id}: needs two examples in `hit` and two in `spare`"));
            }
            faults.extend(
                hit.iter()
                    .filter(|t| !self.takes_some(number, t))
                    .map(|t| format!("{id}: does not hit {t:?}")),
            );
            faults.extend(
                spare
                    .iter()
                    .filter(|t| self.takes_some(number, t))
                    .map(|t| format!("{id}: does not spare {t:?}")),
            );
            faults
        };
        let of_sites = self.sites.iter().flat_map(Site::faults);
        let faults: Vec<String> =
            self.rules.iter().enumerate().flat_map(check).chain(of_sites).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Refuses packs with a rule whose own examples come out wrong.
    ///
    /// # Errors
    /// [`Error::RulePack`] with the first such rule.
    pub fn refuse_faults(&self) -> Result<(), Error> {
        let Err(faults) = self.check() else { return Ok(()) };
        let (rule, reason) = faults[0].split_once(": ").unwrap_or(("", &faults[0]));
        let holds = |pack: &&Pack| {
            pack.rules.iter().any(|r| r.id == rule) || pack.sites.iter().any(|s| s.id == rule)
        };
        let pack = self.packs.iter().find(holds).map_or("", |pack| &pack.name);
        Err(Error::RulePack {
            pack: format!("pack {pack:?}"),
            rule: Some(rule.into()),
            reason: reason.into(),
        })
    }

    /// Whether a rule takes some block or sentence of `text`.
    fn takes_some(&self, rule: usize, text: &str) -> bool {
        let page = crate::page::Page::new(text);
        let mut room = Scratch::default();
        (0..page.blocks.len()).any(|i| {
            let mut findings = self.match_block(&page.blocks[i], page.folded(i), &mut room);
            let takes = |hit: &Hit| hit.rule == rule;
            findings.in_sentences.retain(|&at| self.branches[at].rule == rule);
            findings.hits.iter().any(takes)
                || self
                    .match_sentences(page.text_of(i), &findings)
                    .iter()
                    .any(|(_, hit)| takes(hit))
        })
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// A line as whole-line rules see it: without the marks that labels and links end with.
fn trim_line(folded: &str) -> &str {
    let end = folded.trim_end_matches([' ', ':', '.', '!', '?', '>', '›', '→', '»']);
    let trimmed = if folded.ends_with('"') && folded.matches('"').count() % 2 == 1 {
        end.trim_end_matches(['"', ' '])
    } else {
        end
    };
    if trimmed.is_empty() { folded } else { trimmed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::rules::built_in_packs;

    #[cfg(feature = "packs")]
    #[test]
    fn a_bad_pack_is_refused_with_file_rule_and_reason() {
        let toml = "name = \"mine\"\n[[rule]]\nid = \"mine.nav.x\"\nkind = \"nav\"\nscope = \"line\"\npattern = \"(\"\nwhy = \"\"\nhit = []\nspare = []\n";
        let message = Pack::parse("mine.toml", toml).unwrap_err().to_string();
        assert!(message.starts_with("mine.toml: rule mine.nav.x: pattern:"), "{message}");
    }

    #[test]
    fn every_rule_hits_and_spares_what_it_says() {
        let rules = Rules::new(built_in_packs());
        if let Err(faults) = rules.check() {
            panic!("{}", faults.join("\n"));
        }
    }

    #[test]
    fn the_branches_of_a_rule_match_what_its_pattern_matches() {
        let rules = Rules::new(built_in_packs());
        for (number, rule) in rules.rules.iter().enumerate() {
            let Rule { id, scope, pattern, hit, spare, .. } = &rule.rule;
            let whole = regex::Regex::new(&scope.anchored(pattern)).unwrap();
            for text in hit.iter().chain(spare.iter()).map(|t| fold(t)) {
                let view = rule.view(&text, trim_line(&text));
                let listed = rules.filters.iter().any(|(first, filter)| {
                    filter.listing(view).any(|b| rules.branches[first + b].rule == number)
                });
                let matched = rules
                    .branches
                    .iter()
                    .filter(|b| b.rule == number)
                    .any(|b| b.matches(&rule.rule, view, &mut Room::default()));
                assert_eq!(whole.is_match(view), matched, "{id}: {text:?}");
                assert!(!listed || matched, "{id}: {text:?}");
            }
        }
    }
}
