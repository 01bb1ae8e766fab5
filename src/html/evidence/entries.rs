//! Entries in a series, each with a day of its own: comments of readers, posts of a forum, stories of an index. They are elements of one kind
//! side by side, or lines with a day between texts.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::dates;
use crate::html::evidence::within::Within;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::Rendered;
use crate::page::{Block, Page};

/// What is said of each block, with its greatest value; all are 0 where it stands in no such element.
pub(in crate::html) const COLUMNS: [(&str, f32); 4] = [
    // The logarithm of one and at most 402 entries.
    ("entries", 6.0),
    // The part of the page's paragraphs that they hold.
    ("entries_text", 1.0),
    // Whether it stands in the first of them (1), or in a later one (2).
    ("entries_place", 2.0),
    // The part of the page's paragraphs that stands before them.
    ("entries_after", 1.0),
];

/// What is said of a block, in the order of [`COLUMNS`].
pub(in crate::html) type Entries = [f32; COLUMNS.len()];

/// Entries that make a series.
const LEAST: u32 = 3;
/// The most words and characters of a line that is looked at for a day.
const WORDS: u32 = 24;
const CHARS: u32 = 160;

/// Elements of one name with a day in each, within one element.
#[derive(Debug, Clone, Default)]
struct Series {
    count: u32,
    /// The blocks of all of them, and of the first.
    all: Range<usize>,
    first: Range<usize>,
    /// Whether each is no more than the line with the day.
    is_flat: bool,
}

impl Rendered {
    /// Where each block stands in a series of entries; `lines` are those of the blocks.
    pub(in crate::html) fn entries(
        &self,
        page: &Page,
        lines: &[usize],
        within: &[Within],
    ) -> Vec<Entries> {
        let (dated, blocks) = self.dated(page, lines);
        let mut all: FxHashMap<(u32, Tag), Series> = FxHashMap::default();
        for (at, element) in self.elements.iter().enumerate().skip(1).filter(|(at, _)| dated[*at]) {
            let is_flat = within[at].blocks < 2;
            let series = all.entry((element.parent, element.tag)).or_insert_with(|| Series {
                all: blocks[at].clone(),
                first: blocks[at].clone(),
                is_flat: true,
                ..Series::default()
            });
            if series.count == 1 && is_flat {
                series.first.end = blocks[at].start;
            }
            series.count += 1;
            series.all.end = series.all.end.max(blocks[at].end);
            series.is_flat &= is_flat;
        }
        // The last of them goes on behind its day as far as the first one does.
        for ((parent, _), series) in all.iter_mut().filter(|(_, series)| series.is_flat) {
            let end = series.all.end + series.first.len().saturating_sub(1);
            series.all.end = end.min(blocks[*parent as usize].end).max(series.all.end);
        }
        let prose = prose_before(page);
        let total = within[0].prose.max(1.0);
        let said = |series: &Series, block: usize| {
            let held = prose[series.all.end] - prose[series.all.start];
            [
                (1.0 + series.count as f32).ln(),
                (held / total).min(1.0) as f32,
                if series.first.contains(&block) { 1.0 } else { 2.0 },
                (prose[series.all.start] / total).min(1.0) as f32,
            ]
        };
        // Between lines with a day stands what they are the days of.
        let mut flat: Vec<Option<&Series>> = vec![None; self.elements.len()];
        let is_series = |series: &&Series| series.count >= LEAST;
        for ((parent, _), series) in all.iter().filter(|(_, series)| series.is_flat) {
            let known = &mut flat[*parent as usize];
            let best = [*known, Some(series)].into_iter().flatten().filter(is_series);
            *known = best.max_by_key(|series| (series.count, usize::MAX - series.all.start));
        }
        (0..lines.len())
            .map(|block| {
                let mut best = Entries::default();
                let mut at = self.lines[lines[block]].element as usize;
                loop {
                    let element = &self.elements[at];
                    let own = all.get(&(element.parent, element.tag)).filter(is_series);
                    let own = own.filter(|series| at > 0 && dated[at] && !series.is_flat);
                    let around = flat[at].filter(|series| series.all.contains(&block));
                    for series in [own, around].into_iter().flatten() {
                        let said = said(series, block);
                        if said[0] > best[0] {
                            best = said;
                        }
                    }
                    if at == 0 {
                        return best;
                    }
                    at = element.parent as usize;
                }
            })
            .collect()
    }

    /// For each element whether it holds a day on a line of its own, and the blocks that it holds.
    fn dated(&self, page: &Page, lines: &[usize]) -> (Vec<bool>, Vec<Range<usize>>) {
        let mut dated = vec![false; self.elements.len()];
        let mut blocks = vec![Range { start: usize::MAX, end: 0 }; self.elements.len()];
        for (at, (block, &line)) in page.blocks.iter().zip(lines).enumerate() {
            let element = self.lines[line].element as usize;
            blocks[element] = blocks[element].start.min(at)..blocks[element].end.max(at + 1);
            dated[element] |= is_dated(page, at, block);
        }
        for at in (1..dated.len()).rev() {
            let parent = self.elements[at].parent as usize;
            dated[parent] |= dated[at];
            let (own, held) = (blocks[at].clone(), &mut blocks[parent]);
            *held = held.start.min(own.start)..held.end.max(own.end);
        }
        (dated, blocks)
    }
}

/// Characters of paragraphs before each block, and before the end.
fn prose_before(page: &Page) -> Vec<f64> {
    let mut sums = vec![0.0];
    let mut sum = 0.0;
    for block in &page.blocks {
        sum += if block.is_prose() { f64::from(block.shape.chars) } else { 0.0 };
        sums.push(sum);
    }
    sums
}

/// Whether a block is a short line with a day, or with how long ago something was.
pub(in crate::html) fn is_dated(page: &Page, at: usize, block: &Block) -> bool {
    let shape = &block.shape;
    if shape.digits == 0 || shape.words > WORDS || shape.chars > CHARS || block.is_prose() {
        return false;
    }
    let text = page.text_of(at);
    !dates::find(text, dates::Order::Unknown).is_empty() || dates::is_relative(text)
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::html::thresholds::HtmlThresholds;
    use crate::page::Page;

    const STORY: &str = "The quay was opened again on Monday, two weeks after the storm had torn away its railings, and the ferries go again.";

    /// How many entries there are, whether the block that begins so stands in the first of them, and whether all text does.
    fn of(source: &str, begin: &str) -> (f32, f32, bool) {
        let html = HtmlPage::of(source);
        let page = Page::new(&html.shown.text);
        let all = html.evidence(&page, html.headline(&page), &HtmlThresholds::default());
        let at = (0..page.blocks.len()).find(|&at| page.text_of(at).starts_with(begin)).unwrap();
        let [entries, text, place, _] = all[at].entries;
        (entries.exp().round() - 1.0, place, text > 0.99)
    }

    #[test]
    fn elements_side_by_side_with_a_day_in_each_are_entries() {
        let entry = |day: u32| {
            format!("<li><b>Ola, {day} May 2031</b><div>I was {day} times there.</div></li>")
        };
        let thread: String = (1..=4).map(entry).collect();
        let source = format!("<h1>Quay reopens</h1><p>{STORY}</p><ul>{thread}</ul>");
        assert_eq!(of(&source, "The quay"), (0.0, 0.0, false));
        assert_eq!(of(&source, "I was 1"), (4.0, 1.0, false));
        assert_eq!(of(&source, "I was 3"), (4.0, 2.0, false));
    }

    #[test]
    fn texts_between_lines_with_a_day_are_entries_too() {
        let post = |day: u32| format!("<h4>Ola, {day} May 2031</h4><p>Entry {day}. {STORY}</p>");
        let source: String = (1..=3).map(post).collect();
        assert_eq!(of(&source, "Entry 2"), (3.0, 2.0, true));
        assert_eq!(of(&source, "Entry 1"), (3.0, 1.0, true));
    }
}
