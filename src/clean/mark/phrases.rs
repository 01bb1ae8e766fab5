//! Rule hits: lines, blocks, sentences, sections and the rest of an article.

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::clean::mark::marks::{Cut, Marks};
use crate::clean::mark::markup::is_sentence_below;
use crate::clean::mark::recurring::{RecurringThresholds, leave_recurring_ends};
use crate::clean::mark::strength::Strength;
use crate::clean::rules::{Findings, Hit, Rules, Scope, Scratch};
use crate::guard::look;
use crate::html::{DomFeatures, ElementRoles};
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

/// Marks what the rules say about each block; `evidence` is what the elements of a page of HTML say of it.
pub(crate) fn mark_phrases(
    page: &Page,
    evidence: Option<&[DomFeatures]>,
    rules: &Rules,
    marks: &mut Marks,
    thresholds: &PhraseThresholds,
) {
    let mut section: Option<(Hit, usize)> = None;
    // The last running text, and the one above the section.
    let (mut text, mut above) = (None, None);
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
                || evidence.is_some_and(|all| {
                    let is_with_text = |above: usize| all[above].holder == all[*from].holder;
                    above.is_none() && begins_story(&all[*from], &all[index])
                        || above.is_some_and(is_with_text)
                            && is_sentence_below(page, all, *from, index)
                })
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
                Scope::Section => (section, above) = (Some((hit.clone(), index)), text),
                Scope::Rest => marks.ends.push(index),
                Scope::Separator => marks.separators.push(index),
                _ => {}
            }
        }
        if block.is_prose() && findings.hits.is_empty() {
            text = Some(index);
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

/// Whether the story of the page begins below the head of a section: the headline, any main heading where no headline is known above it, the main
/// element of the page, or what is said to hold the text.
fn begins_story(head: &DomFeatures, own: &DomFeatures) -> bool {
    let is_headline = !head.is_below_headline() && (own.is_below_headline() || own.heading == 1);
    let enters = |role| own.hints.any(role) && !head.hints.any(role);
    is_headline || enters(ElementRoles::MAIN) || enters(ElementRoles::TEXT)
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

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    /// What is kept of a page, one paragraph after the other.
    fn kept(page: &str) -> String {
        let cleaner = Cleaner::new(Options::default()).unwrap();
        let cleaned =
            if page.starts_with('<') { cleaner.clean_html(page) } else { cleaner.clean(page) };
        cleaned.articles.iter().map(|article| &*article.text).collect()
    }

    const FORECAST: [&str; 4] = [
        "Tides: high at six and again at seven.",
        "Ice: thin along the northern shore.",
        "Small boats should wait for the pilot.",
        "The next report comes at noon.",
    ];

    #[test]
    fn a_ticker_above_the_headline_ends_where_the_story_begins() {
        let lines: String = FORECAST.iter().map(|line| format!("<p>{line}</p>")).collect();
        let page = |head: &str, opening: &str, closing: &str| {
            format!(
                "<title>Ice report for the sound</title><header><p>{head}</p></header>{opening}<h1>Ice report for the sound</h1>\
                 <div>By <a rel=author>Ada Fenn</a></div>{lines}{closing}"
            )
        };
        for head in ["Breaking news", "Trending", "Top stories", "Latest news from Norrby"] {
            for (opening, closing) in
                [("<main>", "</main>"), ("<article>", "</article>"), ("<div>", "</div>")]
            {
                assert_eq!(kept(&page(head, opening, closing)), FORECAST.join("\n\n"), "{head}");
            }
        }
    }

    #[test]
    fn a_tagline_with_a_place_heads_no_other_stories() {
        let text = FORECAST.join("\n\n");
        for head in ["News from Norrby", "Breaking news"] {
            let page = format!("{head}\n\nIce report for the sound\n\nBy Ada Fenn\n\n{text}\n");
            assert!(kept(&page).contains(FORECAST[1]), "{head}: {}", kept(&page));
        }
    }
}
