//! Text that a page prints again: for narrow screens beside wide ones, in a print view, or as data for a script.
//!
//! One paragraph may well come back in an article, as a refrain or a quotation pulled out; a whole stretch in the same order does not.

use std::collections::hash_map::Entry;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::clean::judge::Verdict;
use crate::clean::mark::stage;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What a stretch that is printed again has. Striking such stretches: word F1 +0.003 on WCXB.
    ReprintThresholds {
        /// Characters of a block from which on it counts as a paragraph here.
        paragraph_chars: u32 = 60,
        /// Paragraphs in a row, at least.
        paragraphs: usize = 2,
        /// Characters of those paragraphs, at least.
        chars: u32 = 400,
        /// Blocks that the first print may have more between two paragraphs.
        more_between: usize = 4,
    }
}

/// Takes back the verdict on blocks of the text that have stood in it before, where they are a stretch of several paragraphs in the same order.
/// `verdicts` are those on the `blocks` of one article.
pub(crate) fn strike_reprints(
    page: &Page,
    blocks: Range<usize>,
    verdicts: &mut [Verdict],
    thresholds: &ReprintThresholds,
) {
    let kept: Vec<usize> =
        blocks.clone().filter(|&index| verdicts[index - blocks.start].kind == Kind::Body).collect();
    let earlier = earlier_prints(page, &kept);
    for at in stretches(page, &kept, &earlier, thresholds).into_iter().flatten() {
        verdicts[kept[at] - blocks.start] = Verdict::detected(Kind::Repeated, stage::PRINTED_AGAIN);
    }
}

/// For each of the `kept` blocks which of them has the same words before it, if one has.
fn earlier_prints(page: &Page, kept: &[usize]) -> Vec<Option<usize>> {
    let mut first = FxHashMap::default();
    let mut look_up = |(at, &index): (usize, &usize)| match first.entry(page.words(index)) {
        Entry::Occupied(print) => Some(*print.get()),
        Entry::Vacant(place) => {
            place.insert(at);
            None
        }
    };
    kept.iter().enumerate().map(&mut look_up).collect()
}

/// The stretches of the kept blocks that all stand before, their paragraphs in the same order and as close to each other.
fn stretches(
    page: &Page,
    kept: &[usize],
    earlier: &[Option<usize>],
    thresholds: &ReprintThresholds,
) -> Vec<Range<usize>> {
    let chars = |at: usize| page.blocks[kept[at]].shape.chars;
    let is_paragraph = |at: &usize| chars(*at) >= thresholds.paragraph_chars;
    let follows = |a: &usize, b: &usize| {
        earlier[*a] < earlier[*b]
            && earlier[*b] <= earlier[*a].map(|print| print + (b - a) + thresholds.more_between)
    };
    let mut found = Vec::new();
    let mut end = 0;
    for again in earlier.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let mut from = end;
        end += again.len();
        let paragraphs: Vec<usize> =
            (from..end).filter(|_| again[0].is_some()).filter(is_paragraph).collect();
        for run in paragraphs.chunk_by(follows) {
            let last = run[run.len() - 1];
            let headings = (last + 1..end).take_while(|at| !is_paragraph(at)).count();
            let length: u32 = run.iter().map(|&at| chars(at)).sum();
            if run.len() >= thresholds.paragraphs && length >= thresholds.chars {
                found.push(from..last + 1 + headings);
            }
            from = last + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "The crossing";
    const FIRST: &str = "The ferry left the old harbour a little after six in the morning, with forty passengers, two lorries of hay and a cage of \
        racing pigeons that a breeder wanted to let fly from the far side of the sound.";
    const SECOND: &str = "Halfway across the wind turned and the captain, who had sailed these waters for thirty years, asked everybody on the upper \
        deck to come down and hold on to whatever was bolted to the floor of the saloon.";
    const OTHER: &str = "Nobody was hurt, but the pigeons got loose, and most of them reached their loft before the ferry had reached its pier at noon.";

    /// The text that is left of these blocks when all were kept.
    fn left(blocks: &[&str]) -> Vec<String> {
        let text = blocks.join("\n\n");
        let page = Page::new(&text);
        let mut verdicts = vec![Verdict::kept(); page.blocks.len()];
        strike_reprints(&page, 0..page.blocks.len(), &mut verdicts, &ReprintThresholds::default());
        (0..page.blocks.len())
            .filter(|&index| verdicts[index].kind == Kind::Body)
            .map(|index| page.text_of(index).to_owned())
            .collect()
    }

    #[test]
    fn a_text_that_is_printed_again_is_kept_once_with_its_headings() {
        assert_eq!(
            left(&[HEADING, FIRST, SECOND, HEADING, FIRST, SECOND, OTHER]),
            [HEADING, FIRST, SECOND, OTHER]
        );
        assert_eq!(
            left(&[FIRST, HEADING, SECOND, OTHER, FIRST, HEADING, SECOND]),
            [FIRST, HEADING, SECOND, OTHER]
        );
    }

    #[test]
    fn a_paragraph_that_comes_back_alone_or_in_another_order_stays() {
        assert_eq!(left(&[FIRST, SECOND, OTHER, FIRST]).len(), 4);
        assert_eq!(left(&[FIRST, SECOND, OTHER, SECOND, FIRST]).len(), 5);
        assert_eq!(
            left(&[FIRST, SECOND, OTHER, OTHER, FIRST, SECOND]),
            [FIRST, SECOND, OTHER, OTHER]
        );
    }

    #[test]
    fn quotations_that_are_recalled_stay() {
        let recalled = [
            FIRST,
            OTHER,
            SECOND,
            HEADING,
            "First the words of the breeder:",
            FIRST,
            "Then those of the captain:",
            SECOND,
        ];
        assert_eq!(left(&recalled), recalled);
    }

    #[test]
    fn short_lines_that_come_back_stay() {
        let refrain = ["Row, row, row to the pier", "Gently over the sound"];
        let song =
            [refrain[0], refrain[1], OTHER, refrain[0], refrain[1], FIRST, refrain[0], refrain[1]];
        assert_eq!(left(&song), song);
    }
}
