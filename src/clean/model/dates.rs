//! Where lines with a date stand around a block. An article has one or two, at its head; in a thread of comments or a list of other stories
//! every entry has its own.

use crate::clean::model::around::log;
use crate::clean::model::range::{Column, TEXT, bound};

/// The features. Those of text count after [`SOME_TEXT`] only, so that the article's own date is left out.
pub(super) const COLUMNS: [Column; 8] = [
    Column::to("dates_before", MANY),
    Column::to("dates_after", MANY),
    Column::to("dates_since_text", MANY),
    Column::to("dates_below_text", MANY),
    Column::to("to_date-", FAR as f32),
    Column::to("to_date+", FAR as f32),
    Column::to("between_dates", TEXT),
    Column::to("chars_before", TEXT),
];
/// Characters of paragraphs after which an article is under way.
pub(super) const SOME_TEXT: f32 = 400.0;
/// How far a date is looked for, in blocks.
const FAR: usize = 60;
/// Dates beyond which more of them say nothing more.
const MANY: f32 = 30.0;

/// What counts of a block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Whether it is a line with a date.
    pub(super) dated: bool,
    /// Its characters.
    pub(super) chars: f32,
    /// The same where it is a paragraph that nothing speaks against; else none.
    pub(super) text: f32,
}

/// Hands the features of each block of an article to `put` by its place, and returns the characters of text before each.
pub(super) fn measure(
    entries: &[Entry],
    mut put: impl FnMut(usize, [f32; COLUMNS.len()]),
) -> Vec<f32> {
    let mut text_before = Vec::with_capacity(entries.len());
    let all = entries.iter().filter(|e| e.dated).count() as f32;
    let (mut below, mut text) = (0.0, 0.0);
    for entry in entries {
        below += f32::from(u8::from(entry.dated && text > SOME_TEXT));
        text += entry.text;
    }
    // For each block: how far the next date is, and the characters from that date on.
    let mut next = vec![(FAR, 0.0); entries.len()];
    let (mut distance, mut chars, mut from_date) = (FAR, 0.0, 0.0);
    for (entry, next) in entries.iter().zip(&mut next).rev() {
        *next = (distance, from_date);
        chars += entry.chars;
        distance = (distance + 1).min(FAR);
        if entry.dated {
            (distance, from_date) = (1, chars);
        }
    }
    let total = chars;
    let (mut seen, mut since, mut text, mut distance) = (0.0, 0.0, 0.0, FAR);
    let (mut chars, mut to_date) = (0.0, 0.0);
    for (at, (entry, (ahead, from_next))) in entries.iter().zip(next).enumerate() {
        let dated = f32::from(u8::from(entry.dated));
        let between = (total - from_next - to_date).max(0.0);
        seen += dated;
        since += if text > SOME_TEXT { dated } else { 0.0 };
        let mut row = [
            seen,
            all - seen,
            since,
            below,
            distance as f32,
            ahead as f32,
            log(between),
            log(text),
        ];
        bound(&COLUMNS, &mut row);
        put(at, row);
        text_before.push(text);
        text += entry.text;
        distance = (distance + 1).min(FAR);
        if entry.dated {
            (distance, to_date) = (1, chars);
        }
        chars += entry.chars;
    }
    text_before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_before_and_after_and_the_text_between_them_is_measured() {
        let date = Entry { dated: true, chars: 10.0, text: 0.0 };
        let text = Entry { dated: false, chars: 500.0, text: 500.0 };
        let mut rows = Vec::new();
        let text_before = measure(&[date, text, date, text], |_, row| rows.push(row));
        assert_eq!(rows[1], [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, log(510.0), log(0.0)]);
        assert_eq!(rows[3][..6], [2.0, 0.0, 1.0, 1.0, 1.0, FAR as f32]);
        assert_eq!(rows[3][7], log(500.0));
        assert_eq!(text_before, [0.0, 0.0, 500.0, 500.0]);
    }
}
