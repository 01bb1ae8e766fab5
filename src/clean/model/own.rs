//! What a block shows of itself, and where it stands: each column with the value of its rows.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::mark::{Mark, Marks, Strength};
use crate::clean::model::around::{flag, log};
use crate::clean::model::credit;
use crate::clean::model::echo::{self, echo};
use crate::clean::model::range::{BLOCKS, Column, TEXT};
use crate::clean::segment::Segment;
use crate::dates;
use crate::guard::look;
use crate::page::shape::BlockStats;
use crate::page::{Block, Marker, Page};
use crate::span::Kind;

/// A column, and what stands there for a block.
pub(super) struct Feature {
    pub(super) column: Column,
    value: fn(&Seen) -> f32,
}

const fn of(column: Column, value: fn(&Seen) -> f32) -> Feature {
    Feature { column, value }
}

/// The features of a block itself, in the order of its row.
pub(super) const OWN: [Feature; 44] = [
    of(Column::to("chars", TEXT), |b| log(b.shape.chars as f32)),
    of(Column::to("words", 7.0), |b| log(b.shape.words as f32)),
    of(Column::share("letters"), |b| share(b.shape.letters, b.shape.chars)),
    of(Column::share("upper"), |b| share(b.shape.upper, b.shape.letters)),
    of(Column::share("capitalised"), |b| share(b.shape.capitalised, b.shape.words)),
    of(Column::share("commas"), |b| share(b.shape.commas, b.shape.words)),
    of(Column::to("stops", 5.0), |b| log(b.shape.stops as f32)),
    of(Column::share("stop_rate"), |b| share(b.shape.stops, b.shape.words)),
    of(Column::share("symbols"), |b| share(b.shape.symbols, b.shape.chars)),
    of(Column::share("ends_sentence"), |b| flag(b.shape.ends_sentence)),
    of(Column::share("ends_colon"), |b| flag(b.shape.ends_colon)),
    of(Column::share("starts_lower"), |b| flag(b.shape.starts_lower)),
    of(Column::share("bullet"), |b| flag(b.block.marker == Some(Marker::Bullet))),
    of(Column::share("number"), |b| flag(b.block.marker == Some(Marker::Number))),
    of(Column::to("indent", 40.0), |b| b.block.indent as f32),
    of(Column::to("gap", 4.0), |b| b.block.gap as f32),
    of(Column::to("gap_after", 4.0), |b| b.gap_after),
    of(Column::share("prose"), |b| flag(b.block.is_prose())),
    of(Column::to("word_length", 20.0), |b| share(b.shape.letters, b.shape.words)),
    of(Column::share("frequent"), |b| b.frequent),
    of(Column::share("in_text"), |b| b.in_text),
    of(Column::between("in_title", -1.0, 1.0), |b| b.in_title),
    of(Column::to("copies", 4.0), |b| log(b.copies as f32)),
    of(Column::share("first_copy"), |b| flag(b.is_first_copy)),
    of(Column::to("index", BLOCKS), |b| log(b.at)),
    of(Column::to("index_back", BLOCKS), |b| log(b.count - b.at)),
    of(Column::share("place"), |b| b.at / b.count),
    of(Column::share("text_before"), |b| b.running.share_before),
    of(Column::share("text_after"), |b| b.running.share_after),
    of(Column::to("to_prose_before", 40.0), |b| b.running.distance_before),
    of(Column::to("to_prose_after", 40.0), |b| b.running.distance_after),
    of(Column::to("prose_before", TEXT), |b| log(b.running.chars_before)),
    of(Column::to("prose_after", TEXT), |b| log(b.running.chars_after)),
    of(Column::share("link"), |b| {
        flag(b.text.contains("://") || b.text.contains("www.") || b.text.contains('@'))
    }),
    of(Column::to("date", 3.0), |b| b.date()),
    of(Column::to("credit", credit::MOST), |b| credit::credit(b.text)),
    of(Column::to("echo", echo::MOST), |b| b.echo),
    of(Column::to("mark_debris", 2.0), |b| b.debris()),
    of(Column::share("mark_about"), |b| flag(b.strong().is_some_and(|m| m.kind.is_about()))),
    of(Column::share("mark_hint"), |b| flag(b.mark.is_some_and(|m| m.strength == Strength::Hint))),
    of(Column::between("mark_kind", -1.0, Kind::ALL.len() as f32), |b| {
        let number = |m: &Mark| Kind::ALL.iter().position(|&k| k == m.kind).unwrap_or(0) as f32;
        b.mark.map_or(-1.0, number)
    }),
    of(Column::share("after_end"), |b| flag(b.is_after_end)),
    of(Column::share("in_region"), |b| flag(b.is_in_region)),
    of(Column::between("region_edge", -60.0, 60.0), |b| b.region_edge),
];

/// The place in a row of the feature of this name, known when the program is compiled.
pub(super) const fn column(name: &str) -> usize {
    let mut at = 0;
    while at < OWN.len() {
        if is_same(OWN[at].column.name.as_bytes(), name.as_bytes()) {
            return at;
        }
        at += 1;
    }
    panic!("no feature has this name")
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// What is known of a block when its features are measured.
pub(super) struct Seen<'a> {
    block: &'a Block,
    shape: &'a BlockStats,
    text: &'a str,
    mark: Option<&'a Mark>,
    running: &'a Running,
    /// Shares of its words that are frequent in the text, and that stand in it at all.
    frequent: f32,
    in_text: f32,
    in_title: f32,
    echo: f32,
    copies: u32,
    is_first_copy: bool,
    gap_after: f32,
    /// Its place among the `count` blocks of the article.
    at: f32,
    count: f32,
    is_after_end: bool,
    is_in_region: bool,
    /// Blocks to the edge of the region, below 0 above it.
    region_edge: f32,
}

impl Seen<'_> {
    fn strong(&self) -> Option<&Mark> {
        self.mark.filter(|m| m.strength > Strength::Hint)
    }

    fn debris(&self) -> f32 {
        match self.strong().filter(|m| m.kind.is_debris()) {
            Some(m) if m.strength == Strength::Sure => 2.0,
            Some(_) => 1.0,
            None => 0.0,
        }
    }

    fn date(&self) -> f32 {
        let s = self.shape;
        if s.digits == 0 || s.words > 24 || s.chars > LONGEST_DATE {
            return 0.0;
        }
        flag(dates::is_date_line(self.text)) + flag(dates::is_relative(self.text)) * 2.0
    }
}

/// Characters of the longest line that is looked at for a date.
const LONGEST_DATE: u32 = 300;

pub(super) fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// What the features of every block of an article need.
pub(super) struct Context<'p> {
    pub(super) page: &'p Page<'p>,
    pub(super) segment: &'p Segment,
    region: &'p Range<usize>,
    marks: &'p Marks,
    /// How often each word stands in paragraphs of the article.
    counts: FxHashMap<u32, u32>,
    /// How often a word must stand there to be frequent.
    frequent: u32,
    copies: FxHashMap<&'p str, (u32, usize)>,
    end: usize,
    pub(super) prose_blocks: u32,
    pub(super) prose_share: f32,
    /// The share of the long lines that end as sentences do.
    pub(super) stopped: f32,
}

/// Words of the shortest line that is long, as to whether lines end as sentences do.
const LONG_LINE: u32 = 8;

/// Characters of a block; of one without letters and digits none, as a line may be drawn as long as one likes.
pub(super) fn text_chars(block: &Block) -> u32 {
    if block.is_symbolic() { 0 } else { block.shape.chars }
}

impl<'p> Context<'p> {
    pub(super) fn new(
        page: &'p Page<'p>,
        segment: &'p Segment,
        region: &'p Range<usize>,
        marks: &'p Marks,
    ) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut copies: FxHashMap<&str, (u32, usize)> = FxHashMap::default();
        let (mut prose_blocks, mut prose_chars, mut chars) = (0, 0, 0);
        let (mut long_lines, mut stopped) = (0, 0);
        for index in segment.blocks.clone() {
            let block = &page.blocks[index];
            chars += text_chars(block);
            if block.is_prose() {
                prose_blocks += 1;
                prose_chars += block.shape.chars;
                for &word in page.words(index) {
                    *counts.entry(word).or_default() += 1;
                }
            }
            if block.shape.words >= LONG_LINE && block.marker.is_none() {
                long_lines += 1;
                stopped += u32::from(block.shape.ends_sentence);
            }
            if block.shape.chars <= 200 {
                copies.entry(page.folded(index)).or_insert((0, index)).0 += 1;
            }
        }
        let words: u32 = counts.values().sum();
        let end = marks
            .first_end(region.start.max(segment.blocks.start))
            .map_or(segment.blocks.end, |e| e.min(segment.blocks.end));
        Self {
            page,
            segment,
            region,
            marks,
            counts,
            frequent: (words / 150).max(2),
            copies,
            end,
            prose_blocks,
            prose_share: share(prose_chars, chars),
            stopped: share(stopped, long_lines),
        }
    }

    /// Fills the row of the features of block `index` itself.
    pub(super) fn own(&self, index: usize, running: &Running, row: &mut [f32]) {
        look();
        let (page, blocks) = (self.page, &self.segment.blocks);
        let block = &page.blocks[index];
        let (frequent, in_text) = self.word_shares(index, block);
        let (copies, first) = self.copies.get(page.folded(index)).copied().unwrap_or((1, index));
        let in_title = |title| overlap(page.words(index), page.words(title));
        let seen = Seen {
            block,
            shape: &block.shape,
            text: page.text_of(index),
            mark: self.marks.of(index),
            running,
            frequent,
            in_text,
            in_title: self.segment.title.map_or(-1.0, in_title),
            echo: echo(page, index, blocks),
            copies,
            is_first_copy: first == index,
            gap_after: match page.blocks.get(index + 1) {
                Some(next) if index + 1 < blocks.end => next.gap as f32,
                _ => f32::INFINITY,
            },
            at: (index - blocks.start) as f32,
            count: blocks.len() as f32,
            is_after_end: index > self.end,
            is_in_region: self.region.contains(&index),
            region_edge: if index < self.region.start {
                index as f32 - self.region.start as f32
            } else {
                (index as f32 - self.region.end as f32 + 1.0).max(0.0)
            },
        };
        for (feature, cell) in OWN.iter().zip(row) {
            *cell = feature.column.bound((feature.value)(&seen));
        }
    }

    /// The share of a block's words that are frequent in the text, and of those that stand in it at all, the block itself left out.
    fn word_shares(&self, index: usize, block: &Block) -> (f32, f32) {
        let words = self.page.words(index);
        let own = u32::from(block.is_prose());
        let (mut frequent, mut found) = (0, 0);
        for word in words.iter().take(60) {
            let count = self.counts.get(word).copied().unwrap_or(0);
            frequent += u32::from(count >= self.frequent);
            found += u32::from(count > own);
        }
        let all = words.len().min(60) as u32;
        (share(frequent, all), share(found, all))
    }
}

fn overlap(a: &[u32], b: &[u32]) -> f32 {
    if a.len() > 60 {
        return 0.0;
    }
    share(a.iter().filter(|w| b.contains(w)).count() as u32, a.len() as u32)
}

/// What stands before and after a block.
#[derive(Debug, Clone, Default)]
pub(super) struct Running {
    /// Shares of the characters of all paragraphs.
    share_before: f32,
    share_after: f32,
    /// Blocks to the next paragraph, and its characters.
    distance_before: f32,
    chars_before: f32,
    distance_after: f32,
    chars_after: f32,
}

impl Running {
    /// Those of the blocks of an article.
    pub(super) fn of(page: &Page, blocks: Range<usize>) -> Vec<Running> {
        /// More than any distance that is told apart.
        const FAR: f32 = 99.0;
        let prose = |index: usize| {
            let block = &page.blocks[index];
            block.is_prose().then_some(block.shape.chars as f32)
        };
        let total: f32 = blocks.clone().filter_map(prose).sum();
        let mut all = vec![Running::default(); blocks.len()];
        let (mut before, mut distance, mut length) = (0.0, FAR, 0.0);
        for (running, index) in all.iter_mut().zip(blocks.clone()) {
            running.share_before = before / total.max(1.0);
            running.distance_before = distance;
            running.chars_before = length;
            distance += 1.0;
            if let Some(chars) = prose(index) {
                (distance, length) = (1.0, chars);
                before += chars;
            }
            running.share_after = 1.0 - before / total.max(1.0);
        }
        let (mut distance, mut length) = (FAR, 0.0);
        for (running, index) in all.iter_mut().rev().zip(blocks.rev()) {
            running.distance_after = distance;
            running.chars_after = length;
            distance += 1.0;
            if let Some(chars) = prose(index) {
                (distance, length) = (1.0, chars);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name_of_its_own() {
        for (at, feature) in OWN.iter().enumerate() {
            assert_eq!(column(feature.column.name), at);
        }
    }
}
