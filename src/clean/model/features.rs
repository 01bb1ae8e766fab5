//! What the model sees of a block. The same code serves training (`dechaff features`) and use, so that they cannot drift apart.

use std::ops::{Range, RangeInclusive};

use rustc_hash::FxHashMap;

use crate::clean::mark::{Marks, Strength};
use crate::clean::model::around::{FARTHEST, GROUPS, Sums, WINDOWS, flag, log, nearest_marks};
use crate::clean::model::dates::{self as around_dates, Entry};
use crate::clean::model::range::{BLOCKS, Column, TEXT, bound};
use crate::clean::segment::Segment;
use crate::dates;
use crate::page::{Block, Marker, Page};
use crate::span::Kind;

/// The features of a block itself, in the order of its row; the names with `@` are those of a neighbour.
const OWN: [Column; 42] = [
    Column::to("chars", TEXT),
    Column::to("words", 7.0),
    Column::share("letters"),
    Column::share("upper"),
    Column::share("capitalised"),
    Column::share("commas"),
    Column::to("stops", 5.0),
    Column::share("stop_rate"),
    Column::share("symbols"),
    Column::share("ends_sentence"),
    Column::share("ends_colon"),
    Column::share("starts_lower"),
    Column::share("bullet"),
    Column::share("number"),
    Column::to("indent", 40.0),
    Column::to("gap", 4.0),
    Column::to("gap_after", 4.0),
    Column::share("prose"),
    Column::to("word_length", 20.0),
    Column::share("frequent"),
    Column::share("in_text"),
    Column::between("in_title", -1.0, 1.0),
    Column::to("copies", 4.0),
    Column::share("first_copy"),
    Column::to("index", BLOCKS),
    Column::to("index_back", BLOCKS),
    Column::share("place"),
    Column::share("text_before"),
    Column::share("text_after"),
    Column::to("to_prose_before", 40.0),
    Column::to("to_prose_after", 40.0),
    Column::to("prose_before", TEXT),
    Column::to("prose_after", TEXT),
    Column::share("link"),
    Column::to("date", 3.0),
    Column::to("mark_debris", 2.0),
    Column::share("mark_about"),
    Column::share("mark_hint"),
    Column::between("mark_kind", -1.0, Kind::ALL.len() as f32),
    Column::share("after_end"),
    Column::share("in_region"),
    Column::between("region_edge", -60.0, 60.0),
];
/// Names of the features that are looked up at neighbours.
const NEAR: [&str; 8] =
    ["chars", "ends_sentence", "prose", "bullet", "gap", "in_text", "mark_debris", "capitalised"];
/// Where the neighbours stand.
const OFFSETS: [isize; 4] = [-2, -1, 1, 2];
/// Characters of the longest line that is looked at for a date.
const LONGEST_DATE: u32 = 300;
/// The value of a neighbour's feature where there is no neighbour.
const NO_NEIGHBOUR: f32 = -1.0;
/// The features of the page.
const WHOLE: [Column; 6] = [
    Column::to("blocks", BLOCKS),
    Column::to("prose_blocks", 5.0),
    Column::share("prose_share"),
    Column::share("wrapped"),
    Column::share("title_found"),
    Column::between("to_title", -99.0, 200.0),
];

/// How many features a block has.
pub(crate) const FEATURES: usize = OWN.len()
    + NEAR.len() * OFFSETS.len()
    + WINDOWS.len()
    + 2 * GROUPS.len()
    + WHOLE.len()
    + around_dates::COLUMNS.len();

/// The features of the blocks of one article, a row for each block.
#[derive(Debug, Default)]
pub(crate) struct Features {
    rows: Vec<f32>,
    text_before: Vec<f32>,
}

impl Features {
    /// The names with the range of the values, in the order of a row.
    #[must_use]
    pub(crate) fn ranges() -> Vec<(String, RangeInclusive<f32>)> {
        let own = OWN.iter().map(|c| (c.name.into(), c.least..=c.most));
        let near = OFFSETS.iter().flat_map(|offset| {
            NEAR_COLUMNS.iter().map(move |&column| {
                let Column { name, least, most } = OWN[column];
                (format!("{name}@{offset}"), least.min(NO_NEIGHBOUR)..=most)
            })
        });
        let groups =
            GROUPS.iter().flat_map(|(name, _)| ["-", "+"].map(|side| format!("{name}{side}")));
        own.chain(near)
            .chain(WINDOWS.iter().map(|c| (c.name.into(), c.least..=c.most)))
            .chain(groups.map(|name| (name, 0.0..=FARTHEST)))
            .chain(
                WHOLE
                    .iter()
                    .chain(&around_dates::COLUMNS)
                    .map(|c| (c.name.into(), c.least..=c.most)),
            )
            .collect()
    }

    /// The row of the `index`th block of the article.
    #[must_use]
    pub(crate) fn row(&self, index: usize) -> &[f32] {
        &self.rows[index * FEATURES..(index + 1) * FEATURES]
    }

    /// Characters of the paragraphs before each block of the article, however many.
    #[must_use]
    pub(crate) fn text_before(&self) -> &[f32] {
        &self.text_before
    }

    /// How many rows there are.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.rows.len() / FEATURES
    }

    /// Measures the blocks of `segment`; `region` is where its text stands by the sum over its paragraphs.
    #[must_use]
    pub(crate) fn of(
        page: &Page,
        segment: &Segment,
        region: &Range<usize>,
        marks: &Marks,
    ) -> Features {
        let blocks = segment.blocks.clone();
        let mut rows = vec![0.0; blocks.len() * FEATURES];
        let context = Context::new(page, segment, region, marks);
        for (row, index) in rows.chunks_exact_mut(FEATURES).zip(blocks.clone()) {
            context.own(index, &mut row[..OWN.len()]);
        }
        add_running(page, blocks.clone(), &mut rows);
        let own: Vec<[f32; NEAR.len()]> =
            rows.chunks_exact(FEATURES).map(|row| NEAR_COLUMNS.map(|c| row[c])).collect();
        let sums = Sums::new(page, blocks.clone(), marks);
        for (at, row) in rows.chunks_exact_mut(FEATURES).enumerate() {
            let mut column = OWN.len();
            for offset in OFFSETS {
                let neighbour = at.checked_add_signed(offset).and_then(|n| own.get(n));
                match neighbour {
                    Some(values) => row[column..column + NEAR.len()].copy_from_slice(values),
                    None => row[column..column + NEAR.len()].fill(NO_NEIGHBOUR),
                }
                column += NEAR.len();
            }
            sums.windows(at, &mut row[column..column + WINDOWS.len()]);
            column += WINDOWS.len() + 2 * GROUPS.len();
            context.whole(blocks.start + at, &mut row[column..DATES]);
        }
        const MARKS: usize = OWN.len() + NEAR.len() * OFFSETS.len() + WINDOWS.len();
        let dated =
            |row: &[f32], index: usize| row[DATE] > 0.0 || marks.kind(index) == Some(Kind::Meta);
        let entry = |(row, index): (&[f32], usize)| {
            let chars = text_chars(&page.blocks[index]) as f32;
            Entry {
                dated: dated(row, index),
                chars,
                text: if page.blocks[index].is_prose() && row[MARK_DEBRIS] == 0.0 {
                    chars
                } else {
                    0.0
                },
            }
        };
        let entries: Vec<Entry> =
            rows.chunks_exact(FEATURES).zip(blocks.clone()).map(entry).collect();
        let text_before = around_dates::measure(&entries, |at, values| {
            rows[at * FEATURES + DATES..(at + 1) * FEATURES].copy_from_slice(&values)
        });
        nearest_marks(blocks, marks, |at, column, distance| {
            rows[at * FEATURES + MARKS + column] = log(distance as f32)
        });
        Features { rows, text_before }
    }
}

/// The column of the first feature of dates.
const DATES: usize = FEATURES - around_dates::COLUMNS.len();
/// The columns that say whether a block is a date, and debris by its mark.
const DATE: usize = 34;
const MARK_DEBRIS: usize = 35;
/// Columns of the features that neighbours lend, in the order of [`NEAR`].
const NEAR_COLUMNS: [usize; NEAR.len()] = [0, 9, 17, 12, 15, 20, 35, 4];

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// What the features of every block of an article need.
struct Context<'p> {
    page: &'p Page<'p>,
    segment: &'p Segment,
    region: &'p Range<usize>,
    marks: &'p Marks,
    /// How often each word stands in paragraphs of the article.
    counts: FxHashMap<u32, u32>,
    /// How often a word must stand there to be frequent.
    frequent: u32,
    copies: FxHashMap<&'p str, (u32, usize)>,
    end: usize,
    prose_blocks: u32,
    prose_share: f32,
}

/// Characters of a block; of one without letters and digits none, as a line may be drawn as long as one likes.
fn text_chars(block: &Block) -> u32 {
    if block.is_symbolic() { 0 } else { block.shape.chars }
}

impl<'p> Context<'p> {
    fn new(
        page: &'p Page<'p>,
        segment: &'p Segment,
        region: &'p Range<usize>,
        marks: &'p Marks,
    ) -> Self {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut copies: FxHashMap<&str, (u32, usize)> = FxHashMap::default();
        let (mut prose_blocks, mut prose_chars, mut chars) = (0, 0, 0);
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
        }
    }

    fn own(&self, index: usize, row: &mut [f32]) {
        let (page, blocks) = (self.page, &self.segment.blocks);
        let block = &page.blocks[index];
        let s = &block.shape;
        let text = page.text_of(index);
        let (frequent, in_text) = self.word_shares(index, block);
        let (copies, first) = self.copies.get(page.folded(index)).copied().unwrap_or((1, index));
        let mark = self.marks.of(index);
        let strong = mark.filter(|m| m.force > Strength::Hint);
        let count = blocks.len() as f32;
        let at = (index - blocks.start) as f32;
        let edge = if index < self.region.start {
            index as f32 - self.region.start as f32
        } else {
            (index as f32 - self.region.end as f32 + 1.0).max(0.0)
        };
        let values = [
            log(s.chars as f32),
            log(s.words as f32),
            share(s.letters, s.chars),
            share(s.upper, s.letters),
            share(s.capitalised, s.words),
            share(s.commas, s.words),
            log(s.stops as f32),
            share(s.stops, s.words),
            share(s.symbols, s.chars),
            flag(s.ends_sentence),
            flag(s.ends_colon),
            flag(s.starts_lower),
            flag(block.marker == Some(Marker::Bullet)),
            flag(block.marker == Some(Marker::Number)),
            (block.indent as f32).min(40.0),
            (block.gap as f32).min(4.0),
            page.blocks
                .get(index + 1)
                .filter(|_| index + 1 < blocks.end)
                .map_or(4.0, |next| (next.gap as f32).min(4.0)),
            flag(block.is_prose()),
            share(s.letters, s.words).min(20.0),
            frequent,
            in_text,
            self.segment.title.map_or(-1.0, |t| overlap(page.words(index), page.words(t))),
            log(copies as f32),
            flag(first == index),
            log(at),
            log(count - at),
            at / count,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            flag(text.contains("://") || text.contains("www.") || text.contains('@')),
            if s.digits == 0 || s.words > 24 || s.chars > LONGEST_DATE {
                0.0
            } else {
                flag(dates::is_date_line(text)) + flag(dates::is_relative(text)) * 2.0
            },
            flag(strong.is_some_and(|m| m.kind.is_debris()))
                * strong.map_or(0.0, |m| if m.force == Strength::Sure { 2.0 } else { 1.0 }),
            flag(strong.is_some_and(|m| m.kind.is_about())),
            flag(mark.is_some_and(|m| m.force == Strength::Hint)),
            mark.map_or(-1.0, |m| Kind::ALL.iter().position(|&k| k == m.kind).unwrap_or(0) as f32),
            flag(index > self.end),
            flag(self.region.contains(&index)),
            edge.clamp(-60.0, 60.0),
        ];
        row.copy_from_slice(&values);
        bound(&OWN, row);
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

    fn whole(&self, index: usize, row: &mut [f32]) {
        let title = self.segment.title;
        let values = [
            log(self.segment.blocks.len() as f32),
            log(self.prose_blocks as f32),
            self.prose_share,
            flag(self.page.wrapped),
            flag(title.is_some()),
            title.map_or(-99.0, |t| (index as f32 - t as f32).clamp(-50.0, 200.0)),
        ];
        row.copy_from_slice(&values);
        bound(&WHOLE, row);
    }
}

fn overlap(a: &[u32], b: &[u32]) -> f32 {
    if a.len() > 60 {
        return 0.0;
    }
    share(a.iter().filter(|w| b.contains(w)).count() as u32, a.len() as u32)
}

/// Fills the columns that run over the page: text before and after, distance to the paragraphs around and their length.
fn add_running(page: &Page, blocks: Range<usize>, rows: &mut [f32]) {
    const TEXT_BEFORE: usize = 27;
    let total: f32 = blocks
        .clone()
        .filter(|&i| page.blocks[i].is_prose())
        .map(|i| page.blocks[i].shape.chars as f32)
        .sum();
    let (mut before, mut distance, mut length) = (0.0, 99.0_f32, 0.0);
    for (row, index) in rows.chunks_exact_mut(FEATURES).zip(blocks.clone()) {
        row[TEXT_BEFORE] = before / total.max(1.0);
        row[TEXT_BEFORE + 2] = distance.min(40.0);
        row[TEXT_BEFORE + 4] = log(length).min(TEXT);
        let block = &page.blocks[index];
        distance += 1.0;
        if block.is_prose() {
            (distance, length) = (1.0, block.shape.chars as f32);
            before += length;
        }
        row[TEXT_BEFORE + 1] = 1.0 - before / total.max(1.0);
    }
    let (mut distance, mut length) = (99.0_f32, 0.0);
    for (row, index) in rows.chunks_exact_mut(FEATURES).rev().zip(blocks.rev()) {
        row[TEXT_BEFORE + 3] = distance.min(40.0);
        row[TEXT_BEFORE + 5] = log(length).min(TEXT);
        distance += 1.0;
        if page.blocks[index].is_prose() {
            (distance, length) = (1.0, page.blocks[index].shape.chars as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_stand_where_their_names_do() {
        assert_eq!(NEAR_COLUMNS.map(|c| OWN[c].name), NEAR);
        assert_eq!(
            OWN.map(|c| c.name)[27..33],
            [
                "text_before",
                "text_after",
                "to_prose_before",
                "to_prose_after",
                "prose_before",
                "prose_after"
            ]
        );
        assert_eq!((OWN[DATE].name, OWN[MARK_DEBRIS].name), ("date", "mark_debris"));
        let names: Vec<String> = Features::ranges().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names[DATES..], around_dates::COLUMNS.map(|c| c.name));
        assert_eq!(names.len(), FEATURES);
    }
}
