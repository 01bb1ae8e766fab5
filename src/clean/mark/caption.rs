//! Captions that are printed twice, as the picture's text and below it, and those whose credit stands in a line of its own.

use crate::adjustable::adjustable;
use crate::bylines::looks_like_name;
use crate::clean::mark::detector::{PARTED_CREDIT, SECOND_PRINT};
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What a caption looks like that stands twice.
    SecondPrintThresholds {
        /// Words of the shortest caption.
        least_words: u32 = 4,
        /// Words of the longest.
        most_words: u32 = 60,
        /// Bytes of folded text of the credit that only one of the two prints has, at most.
        credit_bytes: usize = 60,
        /// Pairs from which on none of them needs a credit.
        pairs: usize = 2,
    }
}

/// Marks lines that stand twice in a row amid the paragraphs as captions, where there are several such pairs, or one line of a pair is a
/// caption for sure.
pub(super) fn mark_second_prints(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &SecondPrintThresholds,
) {
    let Some(first) = segment.blocks.clone().find(|&i| marks.is_text(page, i)) else { return };
    let pairs: Vec<usize> = (first + 1..segment.blocks.end.saturating_sub(1))
        .filter(|&at| {
            is_pair(page, marks, at, thresholds) && segment.title.is_none_or(|title| at > title)
        })
        .collect();
    let credited = |&at: &usize| [at, at + 1].iter().any(|&i| marks.kind(i) == Some(Kind::Caption));
    if pairs.len() < thresholds.pairs && !pairs.iter().any(credited) {
        return;
    }
    for at in pairs {
        for index in [at, at + 1] {
            marks.detect(index, &SECOND_PRINT);
        }
    }
}

/// Words of the longest caption whose credit stands in the line below it.
const MOST_WORDS: u32 = 35;

/// Marks a caption that ends in a word alone with a colon, `The old mill. Photo:`, and the name in the line below it.
pub(super) fn mark_parted_credits(page: &Page, segment: &Segment, marks: &mut Marks) {
    for index in segment.blocks.clone().skip(1) {
        let (above, name) = (page.text_of(index - 1), page.text_of(index));
        let announces = above.strip_suffix(':').is_some_and(|line| {
            line.rsplit_once(['.', '!', '?']).is_some_and(|(_, word)| {
                word.starts_with(' ') && word.trim().chars().all(char::is_alphabetic)
            })
        });
        let is_credit = |name: &str| name.split('/').all(|part| is_word_or_name(part.trim()));
        let is_short = page.blocks[index - 1].shape.words <= MOST_WORDS;
        if announces && is_short && is_credit(name) && segment.blocks.contains(&(index - 1)) {
            marks.detect(index - 1, &PARTED_CREDIT);
            marks.detect(index, &PARTED_CREDIT);
        }
    }
}

/// Whether these are two to five words that begin in upper case, or one.
fn is_word_or_name(part: &str) -> bool {
    looks_like_name(part)
        || part.starts_with(char::is_uppercase) && part.chars().all(char::is_alphabetic)
}

/// Whether a block and the next are one line of text, but for a credit.
fn is_pair(page: &Page, marks: &Marks, at: usize, t: &SecondPrintThresholds) -> bool {
    let (a, b) = (page.folded(at), page.folded(at + 1));
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let is_line = |index: usize| {
        let block = &page.blocks[index];
        (t.least_words..=t.most_words).contains(&block.shape.words)
            && block.marker.is_none()
            && marks
                .of(index)
                .is_none_or(|m| m.kind == Kind::Caption || m.strength == Strength::Hint)
    };
    longer.len() <= shorter.len() + t.credit_bytes
        && longer.starts_with(shorter)
        && is_line(at)
        && is_line(at + 1)
}
