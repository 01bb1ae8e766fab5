//! Where lines with a date stand around a block. An article has one or two, at its head; in a thread of comments or a list of other stories
//! every entry has its own.

use crate::clean::model::around::log;

/// Names of the features. Those of text count after [`SOME_TEXT`] only, so that the article's own date is left out.
pub(super) const COLUMNS: [&str; 8] = [
    "dates_before",
    "dates_after",
    "dates_since_text",
    "dates_below_text",
    "to_date-",
    "to_date+",
    "between_dates",
    "chars_before",
];
/// The column that says how much text stands before a block, as a logarithm.
pub(super) const CHARS_BEFORE: usize = 7;
/// Characters of paragraphs after which an article is under way.
pub(super) const SOME_TEXT: f32 = 400.0;
/// How far a date is looked for, in blocks.
const FAR: usize = 60;

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

/// The features of each block of an article, handed to `put` by its place.
pub(super) fn measure(entries: &[Entry], mut put: impl FnMut(usize, [f32; COLUMNS.len()])) {
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
        put(
            at,
            [
                seen,
                all - seen,
                since,
                below,
                distance as f32,
                ahead as f32,
                log(between),
                log(text),
            ],
        );
        text += entry.text;
        distance = (distance + 1).min(FAR);
        if entry.dated {
            (distance, to_date) = (1, chars);
        }
        chars += entry.chars;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_before_and_after_and_the_text_between_them_is_measured() {
        let date = Entry { dated: true, chars: 10.0, text: 0.0 };
        let text = Entry { dated: false, chars: 500.0, text: 500.0 };
        let mut rows = Vec::new();
        measure(&[date, text, date, text], |_, row| rows.push(row));
        assert_eq!(rows[1], [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, log(510.0), log(0.0)]);
        assert_eq!(rows[3][..6], [2.0, 0.0, 1.0, 1.0, 1.0, FAR as f32]);
        assert_eq!(rows[3][CHARS_BEFORE], log(500.0));
    }
}
