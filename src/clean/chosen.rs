//! What a user's rules for a site say of the text of a page. Their word decides, whatever else is said of it.

use std::ops::Range;
use std::sync::Arc;

use crate::clean::build::trimmed;
use crate::clean::judge::Verdict;
use crate::clean::mark::{Cut, Mark, Marks, Strength};
use crate::clean::rules::{Choice, Site};
use crate::clean::segment::Segment;
use crate::html::evidence::dom_features::DomFeatures;
use crate::html::{Selected, Selector};
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// Blocks at the beginning of an article among which its heading is looked for.
const HEAD: usize = 4;

/// The rules for the site of a page.
#[derive(Debug, Default)]
pub(crate) struct SiteChoices<'r> {
    choices: Vec<(Arc<str>, Choice)>,
    pub(crate) selectors: Vec<&'r Selector>,
}

impl<'r> SiteChoices<'r> {
    /// What some sites say.
    pub(crate) fn of(sites: &[&'r Site]) -> Self {
        let all = sites.iter().flat_map(|site| {
            site.selectors.iter().map(|(choice, read)| ((site.id.clone(), *choice), read))
        });
        let (choices, selectors) = all.unzip();
        Self { choices, selectors }
    }

    /// What they say of the blocks of a page on which these elements were selected.
    pub(crate) fn on(&self, page: &Page, selected: &[Selected]) -> Chosen {
        let mut chosen = Chosen { blocks: vec![None; page.blocks.len()], ..Chosen::default() };
        let mut ranks = vec![None; page.blocks.len()];
        for &Selected { selector, order, text } in selected {
            let (id, choice) = &self.choices[selector];
            let first = page.blocks.partition_point(|block| block.span.end <= text.start);
            let kind = match choice {
                Choice::Split => {
                    let begins = (first < page.blocks.len()).then_some(first);
                    chosen.starts.extend(begins);
                    continue;
                }
                Choice::Drop(kind) => *kind,
                Choice::Keep => Kind::Body,
            };
            let Some(text) = trimmed(page.text, text) else { continue };
            // The innermost element has the last word; of what is said of one element, that it goes.
            let rank = Some((order, kind != Kind::Body));
            let by = Decider::Rule(id.clone());
            let reached = page.blocks[first..].iter().take_while(|b| b.span.start < text.end);
            for (index, span) in (first..).zip(reached.map(|block| block.span)) {
                if text.start <= span.start && span.end <= text.end {
                    if rank > ranks[index] {
                        let by = by.clone();
                        ranks[index] = rank;
                        chosen.blocks[index] = Some(Mark { kind, by, strength: Strength::Sure });
                    }
                } else if kind != Kind::Body {
                    let within = Span::new(text.start.max(span.start), text.end.min(span.end));
                    chosen.cuts.push(Cut { block: index, span: within, kind, by: by.clone() });
                }
            }
        }
        chosen.starts.sort_unstable();
        chosen.starts.dedup();
        chosen.cuts.sort_by_key(|cut| (cut.block, cut.span.start));
        chosen
    }
}

/// What was said of the blocks of a page.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    /// For each block that is dropped or kept, by whom.
    blocks: Vec<Option<Mark>>,
    /// What is dropped within blocks.
    cuts: Vec<Cut>,
    /// Blocks that begin an article.
    starts: Vec<usize>,
}

impl Chosen {
    /// Adds it to the evidence, ahead of all that was said before.
    pub(crate) fn mark(&self, marks: &mut Marks) {
        for (index, mark) in self.blocks.iter().enumerate() {
            if let Some(mark) = mark {
                marks.decide(index, mark.clone());
            }
        }
        marks.cut_out(self.cuts.iter().cloned());
    }

    /// The articles, one from each element on that begins one; None where no element does.
    pub(crate) fn articles(&self, page: &Page, evidence: &[DomFeatures]) -> Option<Vec<Segment>> {
        let first = *self.starts.first()?;
        let above = (first > 0).then(|| Segment {
            blocks: 0..first,
            is_named: true,
            is_around: true,
            ..Segment::default()
        });
        let ends = self.starts.iter().skip(1).copied().chain([page.blocks.len()]);
        let article = |blocks: Range<usize>| Segment {
            title: blocks.clone().take(HEAD).find(|&index| evidence[index].heading > 0),
            blocks,
            is_item: true,
            ..Segment::default()
        };
        let articles = self.starts.iter().copied().zip(ends).map(|(from, end)| article(from..end));
        Some(above.into_iter().chain(articles).collect())
    }

    /// Overrules the verdicts on the blocks of an article, but for its headline where that is kept.
    pub(crate) fn overrule(&self, blocks: Range<usize>, verdicts: &mut [Verdict]) {
        for (index, verdict) in blocks.zip(verdicts) {
            let mark = self.blocks.get(index).and_then(Option::as_ref);
            let Some(mark) = mark else { continue };
            if verdict.kind != Kind::Title || mark.kind != Kind::Body {
                *verdict = Verdict::marked(mark);
            }
        }
    }
}
