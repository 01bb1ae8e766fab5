//! Features of what stands around a block: sums over windows, and the nearest marks of each kind.

use std::ops::Range;

use crate::clean::mark::{Marks, Strength};
use crate::clean::model::range::{Column, TEXT, bound};
use crate::page::Page;
use crate::span::Kind;

/// The logarithm of one more.
pub(in crate::clean) fn log(value: f32) -> f32 {
    (1.0 + value).ln()
}

/// 1 for yes, 0 for no.
pub(in crate::clean) fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

/// The features of windows before and after.
pub(super) const WINDOWS: [Column; 16] = [
    Column::to("prose_chars-5", TEXT),
    Column::to("prose_chars+5", TEXT),
    Column::to("prose_chars-15", TEXT),
    Column::to("prose_chars+15", TEXT),
    Column::to("short-5", 5.0),
    Column::to("short+5", 5.0),
    Column::to("short-15", 15.0),
    Column::to("short+15", 15.0),
    Column::to("debris-5", 5.0),
    Column::to("debris+5", 5.0),
    Column::to("debris-15", 15.0),
    Column::to("debris+15", 15.0),
    Column::to("dates-5", 5.0),
    Column::to("dates+5", 5.0),
    Column::to("dates-15", 15.0),
    Column::to("dates+15", 15.0),
];
/// Groups of kinds whose nearest mark before and after a block is a feature.
pub(super) const GROUPS: [(&str, &[Kind]); 7] = [
    ("comments", &[Kind::Comments]),
    ("other_story", &[Kind::Related, Kind::Teaser, Kind::Card]),
    ("share", &[Kind::Share]),
    ("ask", &[Kind::Newsletter, Kind::Donation, Kind::Ad]),
    ("legal", &[Kind::Legal]),
    ("nav", &[Kind::Nav]),
    ("about", &[Kind::Meta, Kind::Note]),
];
/// How far such marks are looked for, in blocks.
const FAR: usize = 80;
/// The logarithm of one and that: the feature of a mark that is not there.
pub(super) const FARTHEST: f32 = 4.394_449;

/// Calls `put(block, column, distance)` with the distance in blocks to the nearest mark of each group, before and after the block; `block`
/// counts from the first of `blocks`.
pub(super) fn nearest_marks(
    blocks: Range<usize>,
    marks: &Marks,
    mut put: impl FnMut(usize, usize, usize),
) {
    let group_of = |index: usize| {
        let kind = marks.of(index).filter(|m| m.strength > Strength::Hint)?.kind;
        GROUPS.iter().position(|(_, kinds)| kinds.contains(&kind))
    };
    let mut walk = |order: &mut dyn Iterator<Item = usize>, after: usize| {
        let mut distances = [FAR; GROUPS.len()];
        for at in order {
            for (group, distance) in distances.iter_mut().enumerate() {
                put(at, 2 * group + after, *distance);
                *distance = (*distance + 1).min(FAR);
            }
            if let Some(group) = group_of(blocks.start + at) {
                distances[group] = 1;
            }
        }
    };
    walk(&mut (0..blocks.len()), 0);
    walk(&mut (0..blocks.len()).rev(), 1);
}

/// Running sums over the blocks, for windows of any width.
pub(super) struct Sums {
    sums: Vec<[f32; 4]>,
}

impl Sums {
    pub(super) fn new(page: &Page, blocks: Range<usize>, marks: &Marks) -> Self {
        let mut sums = Vec::with_capacity(blocks.len() + 1);
        let mut sum = [0.0; 4];
        sums.push(sum);
        for index in blocks {
            let block = &page.blocks[index];
            let debris =
                marks.of(index).is_some_and(|m| m.strength > Strength::Hint && m.kind.is_debris());
            sum[0] += if block.is_prose() && !debris { block.shape.chars as f32 } else { 0.0 };
            sum[1] += flag(block.shape.words <= 5);
            sum[2] += flag(debris);
            sum[3] += flag(marks.kind(index) == Some(Kind::Meta));
            sums.push(sum);
        }
        Self { sums }
    }

    /// Fills `row` for the block at place `at`.
    pub(super) fn windows(&self, at: usize, row: &mut [f32]) {
        let last = self.sums.len() - 1;
        let mut column = 0;
        for value in 0..4 {
            for width in [5, 15] {
                let before = self.sums[at][value] - self.sums[at.saturating_sub(width)][value];
                let after = self.sums[(at + 1 + width).min(last)][value] - self.sums[at + 1][value];
                row[column] = if value == 0 { log(before) } else { before };
                row[column + 1] = if value == 0 { log(after) } else { after };
                column += 2;
            }
        }
        bound(&WINDOWS, row);
    }
}
