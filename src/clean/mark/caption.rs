//! Captions that are printed twice: as the picture's text and below it.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

/// Words of the shortest caption, and of the longest.
const WORDS: std::ops::RangeInclusive<u32> = 4..=60;
/// Bytes of the credit that only one of the two prints has.
const CREDIT: usize = 60;
/// Captions from which on no credit is needed.
const PAIRS: usize = 2;

/// Marks lines that stand twice in a row amid the paragraphs as captions, where there are several such pairs, or one line of a pair is a
/// caption for sure.
pub(super) fn mark_second_prints(page: &Page, segment: &Segment, marks: &mut Marks) {
    let Some(first) = segment.blocks.clone().find(|&i| marks.is_text(page, i)) else { return };
    let pairs: Vec<usize> = (first + 1..segment.blocks.end.saturating_sub(1))
        .filter(|&at| is_pair(page, marks, at) && segment.title.is_none_or(|title| at > title))
        .collect();
    let credited = |&at: &usize| [at, at + 1].iter().any(|&i| marks.kind(i) == Some(Kind::Caption));
    if pairs.len() < PAIRS && !pairs.iter().any(credited) {
        return;
    }
    for at in pairs {
        for index in [at, at + 1] {
            marks.detect(index, Kind::Caption, "second-print", Force::Sure);
        }
    }
}

/// Whether a block and the next are one line of text, but for a credit.
fn is_pair(page: &Page, marks: &Marks, at: usize) -> bool {
    let (a, b) = (page.folded(at), page.folded(at + 1));
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let is_line = |index: usize| {
        let block = &page.blocks[index];
        WORDS.contains(&block.shape.words)
            && block.marker.is_none()
            && marks.of(index).is_none_or(|m| m.kind == Kind::Caption || m.force == Force::Hint)
    };
    longer.len() <= shorter.len() + CREDIT
        && longer.starts_with(shorter)
        && is_line(at)
        && is_line(at + 1)
}
