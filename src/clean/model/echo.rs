//! Whether a line says again what stands in it or next to it, as a picture's text and its caption do.

use std::ops::Range;

use crate::page::Page;

/// The most that [`echo`] says.
pub(super) const MOST: f32 = 2.0;

/// Words that must be the same.
const WORDS: usize = 4;
/// Words of a line that are looked at.
const LOOKED_AT: usize = 60;

/// [`MOST`] for a block that begins anew with the words that it began with; otherwise the share of its words that the block before or after
/// it begins with, at least four of them: 0 to 1.
pub(super) fn echo(page: &Page, index: usize, blocks: &Range<usize>) -> f32 {
    let words = page.words(index);
    let words = &words[..words.len().min(LOOKED_AT)];
    let Some(begin) = words.get(..WORDS) else { return 0.0 };
    if words[WORDS..].windows(WORDS).any(|later| later == begin) {
        return MOST;
    }
    let same =
        |other: usize| words.iter().zip(page.words(other)).take_while(|(a, b)| a == b).count();
    let before = index.checked_sub(1).filter(|before| blocks.contains(before));
    let after = Some(index + 1).filter(|after| blocks.contains(after));
    let longest = [before, after].into_iter().flatten().map(same).max().unwrap_or(0);
    if longest < WORDS { 0.0 } else { longest as f32 / words.len() as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_printed_twice_echoes() {
        let text = "The old lock stands open in the spring.\n\nThe old lock stands open in the spring. Photo: Ole Brandt\n\n\
            A boat on the ice A boat on the ice near Velmouth\n\nThe board met at noon, and went home.";
        let page = Page::new(text);
        let echoes: Vec<f32> = (0..4).map(|index| echo(&page, index, &(0..4))).collect();
        assert_eq!(echoes, [1.0, 8.0 / 11.0, 2.0, 0.0]);
    }
}
