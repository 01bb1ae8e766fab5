//! What lies between two runs that two texts share: compared by edit distance (Levenshtein 1966), so that misread letters and typing
//! errors are no loss, while another number or name is.

use std::ops::Range;

use crate::compare::thresholds::Thresholds;

/// Letters of a gap that edit distance is computed for, at most; misreading leaves no longer ones.
const LONGEST_GAP: usize = 64;
/// Letters of a run that parts a gap in two.
const SHORT_RUN: usize = 4;

/// Whether a gap is another reading of the letters that stand in its place, and tells nothing else.
fn is_misread(gap: &[u8], other: &[u8], row: &mut Vec<u16>, thresholds: &Thresholds) -> bool {
    let longer = gap.len().max(other.len());
    if gap.is_empty() != other.is_empty() && longer > 2 {
        return false;
    }
    let allowed = (thresholds.misread * gap.len() as f32) as u16 + 1;
    longer <= 2
        || gap.len().abs_diff(other.len()) <= allowed.into() && is_within(gap, other, allowed, row)
}

/// The numbers and the words of a text, in turn.
fn pieces(text: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    text.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
}

fn is_number(piece: &[u8]) -> bool {
    piece.first().is_some_and(u8::is_ascii_digit)
}

/// Whether two readings are the same if digits are taken for the letters that they look like.
fn look_alike(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| lookalike(a) == lookalike(b))
}

/// A letter that a digit is misread for.
fn lookalike(letter: u8) -> u8 {
    match letter {
        b'0' => b'o',
        b'1' | b'i' => b'l',
        b'5' => b's',
        b'8' => b'b',
        b'9' => b'g',
        other => other,
    }
}

/// Whether so many edits at most make one short text the other.
fn is_within(a: &[u8], b: &[u8], most: u16, row: &mut Vec<u16>) -> bool {
    row.clear();
    row.extend(0..=b.len() as u16);
    for (line, x) in a.iter().enumerate() {
        let mut before = line as u16;
        row[0] = before + 1;
        for (at, y) in b.iter().enumerate() {
            let changed = before + u16::from(x != y);
            before = row[at + 1];
            row[at + 1] = changed.min(before + 1).min(row[at] + 1);
        }
        if row.iter().all(|&edits| edits > most) {
            return false;
        }
    }
    row[b.len()] <= most
}

/// Adds what of a gap is no other reading of the letters that stand in its place: all of it, or some of its numbers and words.
pub(super) fn own_of_gap(
    text: &[u8],
    gap: Range<usize>,
    other: &[u8],
    row: &mut Vec<u16>,
    thresholds: &Thresholds,
    own: &mut Vec<Range<usize>>,
) {
    let of_gap = &text[gap.clone()];
    if of_gap.len().max(other.len()) > LONGEST_GAP {
        own.push(whole_number(text, gap));
        return;
    }
    if look_alike(of_gap, other) {
        return;
    }
    let has_digits = |text: &[u8]| text.iter().any(u8::is_ascii_digit);
    let alike = pieces(of_gap).count() == pieces(other).count()
        && pieces(of_gap).zip(pieces(other)).all(|(a, b)| is_number(a) == is_number(b));
    if alike && has_digits(of_gap) {
        let mut at = gap.start;
        for (piece, other) in pieces(of_gap).zip(pieces(other)) {
            let same = if is_number(piece) {
                piece == other
            } else {
                is_misread(piece, other, row, thresholds)
            };
            if !same {
                own.push(whole_number(text, at..at + piece.len()));
            }
            at += piece.len();
        }
        return;
    }
    let one_digit =
        |text: &[u8]| pieces(text).filter(|piece| is_number(piece)).all(|piece| piece.len() == 1);
    let may_be =
        !(has_digits(of_gap) && has_digits(other)) && one_digit(of_gap) && one_digit(other);
    if may_be && is_misread(of_gap, other, row, thresholds) {
        return;
    }
    match longest_run(of_gap, other, row) {
        (at, of_other, len) if len >= SHORT_RUN => {
            let parts = [
                (gap.start..gap.start + at, &other[..of_other]),
                (gap.start + at + len..gap.end, &other[of_other + len..]),
            ];
            for (part, other) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
                own_of_gap(text, part, other, row, thresholds, own);
            }
        }
        _ => own.push(whole_number(text, gap)),
    }
}

/// The longest run that two short texts have in common: where it begins in each, and its length.
fn longest_run(a: &[u8], b: &[u8], row: &mut Vec<u16>) -> (usize, usize, usize) {
    let mut longest = (0, 0, 0);
    row.clear();
    row.resize(b.len() + 1, 0);
    for (of_a, x) in a.iter().enumerate() {
        for (of_b, y) in b.iter().enumerate().rev() {
            let len = if x == y { row[of_b] + 1 } else { 0 };
            row[of_b + 1] = len;
            if usize::from(len) > longest.2 {
                let len = usize::from(len);
                longest = (of_a + 1 - len, of_b + 1 - len, len);
            }
        }
    }
    longest
}

/// A stretch with all of the number that it begins or ends within.
pub(super) fn whole_number(text: &[u8], stretch: Range<usize>) -> Range<usize> {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let (mut start, mut end) = (stretch.start, stretch.end);
    while is_digit(start) && start > 0 && is_digit(start - 1) {
        start -= 1;
    }
    while end > 0 && is_digit(end - 1) && is_digit(end) {
        end += 1;
    }
    start..end
}

/// Sorts ranges and joins those that touch.
pub(super) fn join(ranges: &mut Vec<Range<usize>>) {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
}
