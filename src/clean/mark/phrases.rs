//! Rule hits: lines, blocks, sentences, sections and the rest of an article.

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::clean::mark::marks::{Cut, Marks};
use crate::clean::mark::recurring::{RecurringThresholds, leave_recurring_ends};
use crate::clean::mark::strength::Strength;
use crate::clean::rules::{Findings, Hit, Rules, Scope, Scratch};
use crate::guard::look;
use crate::page::{Block, Page};
use crate::span::Span;

adjustable! {
    /// How far sections and sentences of rules reach.
    PhraseThresholds {
        /// Blocks after which a section ends at the latest.
        section_blocks: usize = 60,
        /// Percent of a block's bytes that its sentences of debris take: from this on all of it is debris.
        sentences_percent: usize = 80,
        /// Words of a block: above this its sentences are looked at one by one.
        sentence_words: u32 = 3,
        /// Which lines that end a text are the feet of pages.
        recurring: RecurringThresholds = RecurringThresholds::default(),
    }
}

/// Bytes of a block from which on it is not looked up among those before it: menus come back, paragraphs seldom do.
const MENU_ITEM: usize = 64;

/// Marks what the rules say about each block.
pub(crate) fn mark_phrases(
    page: &Page,
    rules: &Rules,
    marks: &mut Marks,
    thresholds: &PhraseThresholds,
) {
    let mut section: Option<(Hit, usize)> = None;
    let mut room = Scratch::default();
    let mut of_items = FxHashMap::default();
    for index in 0..page.blocks.len() {
        look();
        let block = &page.blocks[index];
        let folded = page.folded(index);
        let mut find = || rules.match_block(block, folded, &mut room);
        let of_long;
        let findings: &Findings = if folded.len() > MENU_ITEM {
            of_long = find();
            &of_long
        } else {
            of_items.entry((folded, block.shape.chars)).or_insert_with(find)
        };
        if section.as_ref().is_some_and(|(hit, from)| {
            ends_section(block, page.text_of(index))
                || index - from > thresholds.section_blocks
                || rules.ends_section(hit, folded)
        }) {
            section = None;
        }
        for hit in &findings.hits {
            let strength =
                if hit.scope == Scope::Block { Strength::Sure } else { Strength::Strong };
            marks.add(index, hit.kind, hit.by.clone(), strength);
            match hit.scope {
                Scope::Section => section = Some((hit.clone(), index)),
                Scope::Rest => marks.ends.push(index),
                Scope::Separator => marks.separators.push(index),
                _ => {}
            }
        }
        if let Some((hit, _)) = &section {
            marks.add(index, hit.kind, hit.by.clone(), Strength::Hint);
        }
        if findings.hits.is_empty() && block.shape.words > thresholds.sentence_words {
            let percent = thresholds.sentences_percent;
            mark_sentences(page, rules, (findings, index), marks, percent);
        }
    }
    marks.ends.dedup();
    leave_recurring_ends(page, marks, &thresholds.recurring);
    marks.separators.dedup();
}

/// Running text ends a section, unless it is the cut beginning of another story.
fn ends_section(block: &Block, text: &str) -> bool {
    block.is_prose() && !text.ends_with("...") && !text.ends_with('…')
}

fn mark_sentences(
    page: &Page,
    rules: &Rules,
    (findings, index): (&Findings, usize),
    marks: &mut Marks,
    percent: usize,
) {
    let span = page.blocks[index].unmarked();
    let text = span.of(page.text);
    let found = rules.match_sentences(text, findings);
    let taken: usize = found.iter().map(|(range, _)| range.len()).sum();
    let about = found.iter().all(|(_, hit)| hit.kind.is_about());
    let whole = taken * 100 >= text.len() * percent && !(about && page.blocks[index].is_prose());
    if let Some((_, hit)) = found.iter().max_by_key(|(range, _)| range.len()).filter(|_| whole) {
        marks.add(index, hit.kind, hit.by.clone(), Strength::Sure);
        return;
    }
    marks.cuts.extend(found.into_iter().map(|(range, hit)| Cut {
        block: index,
        span: Span::new(span.start + range.start, span.start + range.end),
        kind: hit.kind,
        by: hit.by,
    }));
}
