//! What the model sees of a block. The same code serves training (`dechaff features`) and use, so that they cannot drift apart.

use std::ops::{Range, RangeInclusive};

use crate::clean::mark::Marks;
use crate::clean::model::around::{FARTHEST, GROUPS, Sums, WINDOWS, flag, log, nearest_marks};
use crate::clean::model::dates::{self as around_dates, Entry};
use crate::clean::model::own::{Context, OWN, Running, column, text_chars};
use crate::clean::model::range::{BLOCKS, Column, bound};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

/// The features that are looked up at neighbours; their names end in `@` and where the neighbour stands.
const NEAR: [usize; 10] = [
    column("chars"),
    column("ends_sentence"),
    column("prose"),
    column("bullet"),
    column("gap"),
    column("in_text"),
    column("mark_debris"),
    column("capitalised"),
    column("credit"),
    column("echo"),
];
/// Where the neighbours stand.
const OFFSETS: [isize; 4] = [-2, -1, 1, 2];
/// The value of a neighbour's feature where there is no neighbour.
const NO_NEIGHBOUR: f32 = -1.0;
/// The features of the page.
const WHOLE: [Column; 7] = [
    Column::to("blocks", BLOCKS),
    Column::to("prose_blocks", 5.0),
    Column::share("prose_share"),
    Column::share("wrapped"),
    Column::share("stopped"),
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
        let own = OWN.iter().map(|f| (f.column.name.into(), f.column.least..=f.column.most));
        let near = OFFSETS.iter().flat_map(|offset| {
            NEAR.iter().map(move |&column| {
                let Column { name, least, most } = OWN[column].column;
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
        let running = Running::of(page, blocks.clone());
        for ((row, index), running) in
            rows.chunks_exact_mut(FEATURES).zip(blocks.clone()).zip(&running)
        {
            context.own(index, running, &mut row[..OWN.len()]);
        }
        let own: Vec<[f32; NEAR.len()]> =
            rows.chunks_exact(FEATURES).map(|row| NEAR.map(|c| row[c])).collect();
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
            whole(&context, blocks.start + at, &mut row[column..DATES]);
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
const DATE: usize = column("date");
const MARK_DEBRIS: usize = column("mark_debris");

/// Fills the features of the page, of which one is the distance from the headline to block `index`.
fn whole(context: &Context, index: usize, row: &mut [f32]) {
    let title = context.segment.title;
    let values = [
        log(context.segment.blocks.len() as f32),
        log(context.prose_blocks as f32),
        context.prose_share,
        flag(context.page.wrapped),
        context.stopped,
        flag(title.is_some()),
        title.map_or(-99.0, |t| (index as f32 - t as f32).clamp(-50.0, 200.0)),
    ];
    row.copy_from_slice(&values);
    bound(&WHOLE, row);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_stand_where_their_names_do() {
        let names: Vec<String> = Features::ranges().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names[DATES..], around_dates::COLUMNS.map(|c| c.name));
        assert_eq!(names.len(), FEATURES);
    }
}
