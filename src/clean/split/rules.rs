//! What says by itself that another article begins: feed heads, separators, repeated lines with dates.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::mark::FeedThresholds;
use crate::clean::mark::{Marks, feed_heads};
use crate::clean::segment::{FeedHead, Segment};
use crate::clean::split::items::{Item, ProseWords, SplitThresholds, are_articles};
use crate::clean::split::letters::{buttoned_texts, signed_texts};
use crate::page::Page;
use crate::span::Kind;
use crate::{bylines, dates};

/// Parts a page where feed heads, separators or repeated date lines say that another article begins.
#[must_use]
pub(crate) fn split(
    page: &Page,
    marks: &Marks,
    thresholds: &SplitThresholds,
    feed: &FeedThresholds,
) -> Vec<Segment> {
    let prose = ProseWords::of(page);
    let heads = feed_heads(page, feed);
    let mut starts: Vec<usize> = heads.iter().map(|h| h.start).collect();
    starts.extend(after_separators(page, &prose, marks, thresholds));
    let items = if heads.len() < thresholds.items {
        let letters = signed_texts(page, &prose, marks, thresholds);
        let buttoned = buttoned_texts(page, marks, thresholds);
        let dated = repeated_items(page, &prose, marks, thresholds);
        // Of equals the last.
        [buttoned, letters, dated].into_iter().max_by_key(Vec::len).unwrap_or_default()
    } else {
        Vec::new()
    };
    starts.extend(items.iter().map(|item| item.start));
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts[1..].iter().copied().chain([page.blocks.len()]);
    let cut: Vec<Range<usize>> =
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    let cut = merge_without_text(page, marks, cut, &heads);
    let above = items.first().map_or(0, |item| item.start);
    let words = |blocks: &Range<usize>| prose.within(blocks.clone());
    let mut of_items: Vec<u32> =
        cut.iter().filter(|blocks| blocks.start >= above).map(words).collect();
    of_items.sort_unstable();
    let median = of_items.get(of_items.len() / 2).copied().unwrap_or(0);
    let segment = |blocks: Range<usize>| {
        let feed = heads.binary_search_by_key(&blocks.start, |h| h.start).ok().map(|at| heads[at]);
        let item =
            items.binary_search_by_key(&blocks.start, |item| item.start).ok().map(|at| items[at]);
        Segment {
            title: feed.map(|f| f.title).or(item.and_then(|item| item.title)),
            is_item: item.is_some_and(|item| item.title.is_none()),
            is_around: blocks.end <= above && words(&blocks) * 2 < median,
            signature: item.and_then(|item| item.signature),
            feed,
            blocks,
            ..Segment::default()
        }
    };
    cut.into_iter().map(segment).collect()
}

/// A stretch without a paragraph is no article: it goes with the one before it, unless it comes first.
fn merge_without_text(
    page: &Page,
    marks: &Marks,
    cut: Vec<Range<usize>>,
    heads: &[FeedHead],
) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(cut.len());
    for blocks in cut {
        let has_text = heads.binary_search_by_key(&blocks.start, |h| h.start).is_ok()
            || blocks.clone().any(|i| marks.is_text(page, i));
        match merged.last_mut() {
            Some(last) if !has_text => last.end = blocks.end,
            _ => merged.push(blocks),
        }
    }
    merged
}

/// Articles that begin after a separator: one that says so in words, or symbols alone that part headlines with their texts.
fn after_separators(
    page: &Page,
    prose: &ProseWords,
    marks: &Marks,
    thresholds: &SplitThresholds,
) -> Vec<usize> {
    let mut symbols: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for index in 0..page.blocks.len() {
        if is_rule(page.text_of(index)) {
            symbols.entry(page.text_of(index)).or_default().push(index + 1);
        }
    }
    let mut starts: Vec<usize> =
        marks.separators().iter().map(|&i| i + 1).filter(|&i| i < page.blocks.len()).collect();
    for after in symbols.into_values() {
        let all = after.iter().filter(|&&start| start < page.blocks.len()).count();
        let opens = |&start: &usize| opens_article(page, marks, start, thresholds);
        let opening: Vec<usize> = after.into_iter().filter(opens).collect();
        let most = opening.len() as f64 * thresholds.separators_per_headline;
        let end = page.blocks.len();
        if all as f64 <= most
            && are_articles(prose, &opening, end, thresholds.text_words, thresholds)
        {
            starts.extend(opening);
        }
    }
    starts
}

/// Whether a line is a lone bullet or a rule of dashes, stars or the like.
fn is_rule(text: &str) -> bool {
    text.len() <= 80
        && text.chars().all(|c| {
            matches!(
                c,
                '•' | '●'
                    | '■'
                    | '◆'
                    | '⁂'
                    | '*'
                    | '-'
                    | '–'
                    | '—'
                    | '='
                    | '_'
                    | '#'
                    | '~'
                    | '§'
                    | ' '
                    | '\u{a0}'
            )
        })
}

/// Whether a headline with a text below stands at `start`: set apart or over a byline, and paragraphs soon after it.
fn opens_article(page: &Page, marks: &Marks, start: usize, thresholds: &SplitThresholds) -> bool {
    let Some(block) = page.blocks.get(start) else { return false };
    let over_byline = || start + 1 < page.blocks.len() && marks.kind(start + 1) == Some(Kind::Meta);
    let headline = block.is_headline_like()
        && !page.text_of(start).ends_with('.')
        && (block.gap > 0 || over_byline())
        && block.marker.is_none()
        && block.shape.words >= thresholds.separated_headline_words;
    let end = page.blocks.len().min(start + 1 + thresholds.separated_reach);
    headline && (start + 1..end).any(|i| page.blocks[i].is_prose())
}

/// Articles of a list whose items all carry a line of one form with a date, or a topic in capitals.
fn repeated_items(
    page: &Page,
    prose: &ProseWords,
    marks: &Marks,
    thresholds: &SplitThresholds,
) -> Vec<Item> {
    let last =
        marks.ends().iter().copied().find(|&e| prose.within(0..e) > 0).unwrap_or(page.blocks.len());
    let mut forms: FxHashMap<Form, Vec<usize>> = FxHashMap::default();
    let mut dated = Vec::new();
    for index in 0..last {
        let found = forms_of(page, index, thresholds);
        if found.iter().any(|form| matches!(form, Form::Dated(_))) {
            dated.push(index);
        }
        found.into_iter().for_each(|form| forms.entry(form).or_default().push(index));
    }
    let mut best: Vec<Item> = Vec::new();
    for (form, lines) in forms.into_iter().filter(|(_, lines)| lines.len() >= thresholds.items) {
        let is_head = prose.within(0..lines[0]) < thresholds.head_words;
        let mut items: Vec<Item> = match form {
            // Where other names stand beside days between, these are posts of many.
            Form::Named(_) if lines.len() * 3 < between(&dated, &lines) * 2 => continue,
            // Those of one day are of one report.
            Form::Named(_) if days(page, &lines) * 3 < lines.len() * 2 => continue,
            Form::Named(_) => lines
                .iter()
                .map(|&line| Item { start: line, title: None, signature: None })
                .collect(),
            _ => lines
                .iter()
                .filter_map(|&line| {
                    headline_near(page, marks, line, last, thresholds).map(|title| Item {
                        start: if is_head { title.min(line) } else { title },
                        title: Some(title),
                        signature: None,
                    })
                })
                .collect(),
        };
        items.sort_unstable();
        items.dedup_by(|a, b| a.title.is_some() && a.title == b.title);
        let item_starts: Vec<usize> = items.iter().map(|item| item.start).collect();
        if items.len() >= thresholds.items
            && (form != Form::Credited || are_titled_apart(page, &items))
            && are_articles(prose, &item_starts, last, form.least_words(thresholds), thresholds)
            && (items.len(), Reverse(&items)) > (best.len(), Reverse(&best))
        {
            best = items;
        }
    }
    best
}

/// How many of the lines with a day stand from the first to the last of these.
fn between(dated: &[usize], lines: &[usize]) -> usize {
    let within = lines[0]..=lines[lines.len() - 1];
    dated.iter().filter(|line| within.contains(line)).count()
}

/// How many days these lines name.
fn days(page: &Page, lines: &[usize]) -> usize {
    let day = |&line: &usize| {
        page.days(line).first().map(|day| day.iso.chars().take(10).collect::<String>())
    };
    let mut days: Vec<String> = lines.iter().filter_map(day).collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}

/// Whether most items have a headline of their own: the posts of a thread have one for all, and one label begins a line in each entry of a list of
/// books.
fn are_titled_apart(page: &Page, items: &[Item]) -> bool {
    let titles = || items.iter().filter_map(|item| item.title).map(|title| page.folded(title));
    let mut own: Vec<&str> =
        titles().map(|title| title.rsplit(':').next().unwrap_or_default().trim()).collect();
    own.sort_unstable();
    own.dedup();
    let mut labels: Vec<&str> =
        titles().filter_map(|title| title.split_once(':')).map(|(label, _)| label).collect();
    labels.sort_unstable();
    let most = labels.chunk_by(|a, b| a == b).map(<[&str]>::len).max().unwrap_or(0);
    own.len() * 4 > items.len() * 3 && most * 2 <= items.len()
}

/// What is the same in a line of every item.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Form {
    /// A topic in capitals above the headline.
    Topic,
    /// A date, with the first words before it.
    Dated(String),
    /// A date and the name of an author, both of any sort.
    Credited,
    /// A date and one name, which needs no headline.
    Named(String),
}

impl Form {
    /// Words that half of the items must have.
    fn least_words(&self, thresholds: &SplitThresholds) -> u32 {
        match self {
            Form::Topic => thresholds.topic_text_words,
            Form::Dated(_) | Form::Named(_) => thresholds.text_words,
            Form::Credited => thresholds.short_text_words,
        }
    }
}

fn forms_of(page: &Page, index: usize, thresholds: &SplitThresholds) -> Vec<Form> {
    let block = &page.blocks[index];
    let text = page.text_of(index);
    let s = &block.shape;
    if s.words <= thresholds.topic_words
        && s.upper == s.letters
        && s.upper >= thresholds.topic_letters
        && s.digits == 0
        && block.gap > 0
    {
        let headline = page
            .blocks
            .get(index + 1)
            .is_some_and(|next| next.is_headline_like() && !next.is_prose() && next.gap > 0);
        return headline.then_some(Form::Topic).into_iter().collect();
    }
    if block.shape.chars > thresholds.date_chars || block.shape.digits == 0 {
        return Vec::new();
    }
    let Some(first) = page.days(index).first() else { return Vec::new() };
    let lead: Vec<&str> =
        text[..first.start].split_whitespace().take(thresholds.lead_words).collect();
    let mut forms = vec![Form::Dated(lead.join(" "))];
    if bylines::authors_in(text, dates::Order::DayFirst).is_some() {
        forms.push(Form::Credited);
    }
    forms.extend(bylines::name_beside(text, first).map(Form::Named));
    forms
}

/// The headline of the item that `line` belongs to: right below it, before any paragraph, or else right above.
fn headline_near(
    page: &Page,
    marks: &Marks,
    line: usize,
    last: usize,
    thresholds: &SplitThresholds,
) -> Option<usize> {
    let fits = |i: &usize| {
        let block = &page.blocks[*i];
        block.is_headline_like()
            && !block.is_prose()
            && block.shape.words >= thresholds.headline_words
            && !page.text_of(*i).ends_with(['.', ',', ';'])
            && block.marker.is_none()
            && marks.of(*i).is_none()
            && !page.text_of(*i).contains("://")
            && page.days(*i).is_empty()
    };
    let above = (line.saturating_sub(thresholds.reach_above)..line)
        .rev()
        .find(fits)
        .filter(|&t| (t..line).all(|i| !page.blocks[i].is_prose()));
    let below = (line + 1..last.min(line + 1 + thresholds.reach))
        .take_while(|&i| !page.blocks[i].is_prose())
        .find(fits);
    let set_apart = |t: &usize| page.blocks[*t].gap > 0;
    match (above, below) {
        (Some(a), Some(b)) => Some(
            if set_apart(&a) && page.blocks.get(line + 1).is_some_and(crate::page::Block::is_prose)
            {
                a
            } else {
                b
            },
        ),
        (a, b) => a.or(b),
    }
}
