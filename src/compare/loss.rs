//! What is lost where a text is folded into another: the letters of it that stand nowhere in the other.
//!
//! The two are aligned by their letters: runs that both have, wherever they stand, are extended as far as they go, as in the seed and
//! extend of sequence search (Altschul et al. 1990). What lies between two runs in both texts is compared by edit distance (Levenshtein
//! 1966), so that misread letters and typing errors are no loss, while another number or name is.

use std::ops::Range;

use crate::compare::fingerprint::{is_sampled, level, name};
use crate::compare::overlap::Overlap;
use crate::compare::shingle::{WIDTH, shingles};
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;
use crate::text::letters::NormalizedText;

/// Every so many letters of the text that is kept a run may begin.
const STEP: usize = 4;
/// Letters of a gap that edit distance is computed for, at most; misreading leaves no longer ones.
const LONGEST_GAP: usize = 64;
/// Letters of a run that parts a gap in two.
const SHORT_RUN: usize = 4;

/// A text that is kept, with which others are aligned. Meant to be used again for the next text: it keeps its memory.
#[derive(Debug, Default)]
pub(super) struct Kept {
    letters: NormalizedText,
    /// Where a run of [`WIDTH`] letters stands, by its hash, plus one; 0 where there is none.
    places: Vec<u32>,
    row: Vec<u16>,
    runs: Vec<Run>,
    own: Vec<Range<usize>>,
    /// Whether `places` is that of `letters`.
    is_placed: bool,
}

/// Letters that both texts have.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where they stand in the text that is folded.
    text: usize,
    /// Where in the one that is kept.
    kept: usize,
    len: usize,
}

impl Run {
    fn ends(&self) -> (usize, usize) {
        (self.text + self.len, self.kept + self.len)
    }
}

impl Kept {
    /// Takes `letters` in place of those of the text before.
    pub(super) fn set(&mut self, letters: &NormalizedText) {
        self.letters.copy(letters);
        self.is_placed = false;
    }

    /// Notes where runs stand, as soon as a text is aligned.
    fn place(&mut self) {
        if std::mem::replace(&mut self.is_placed, true) {
            return;
        }
        let kept = self.letters.bytes();
        let size = (kept.len() / STEP * 2 + 2).next_power_of_two();
        self.places.clear();
        self.places.resize(size, 0);
        for at in (0..kept.len()).step_by(STEP) {
            let Some(run) = window(kept, at) else { break };
            let place = &mut self.places[slot(run, size)];
            if *place == 0 {
                *place = at as u32 + 1;
            }
        }
    }

    /// How much a text and this one share, and what of the text would be lost; None where they are not alike.
    pub(super) fn compare(
        &mut self,
        text: &NormalizedText,
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> Option<(Overlap, f32)> {
        self.find_runs(text.bytes(), thresholds);
        let in_runs: usize = self.runs.iter().map(|run| run.len).sum();
        if (in_runs as f32) < thresholds.in_runs * text.bytes().len() as f32 {
            return None;
        }
        self.align_between(text, thresholds);
        let overlap = self.overlap(text.bytes().len());
        let [kept, letters] = [&self.letters, text].map(|text| text.bytes().len() as u32);
        let shared = overlap.of_text * letters as f32;
        let alike = shared >= thresholds.least_shared
            && overlap.larger() >= thresholds.least_share(kept, letters);
        alike.then(|| (overlap, self.lost(text, weights, thresholds)))
    }

    /// How much a text that was aligned, of so many letters, and this one share.
    fn overlap(&mut self, letters: usize) -> Overlap {
        let own: usize = self.own.iter().map(ExactSizeIterator::len).sum();
        let in_runs: usize = self.runs.iter().map(|run| run.len).sum();
        self.runs.sort_unstable_by_key(|run| run.kept);
        let (mut covered, mut end) = (0, 0);
        for run in &self.runs {
            covered += (run.kept + run.len).saturating_sub(end.max(run.kept));
            end = end.max(run.kept + run.len);
        }
        // What was misread is no run, and stands in both texts.
        let misread = (letters - own).saturating_sub(in_runs);
        let share = |part: usize, whole: usize| (part as f32 / whole.max(1) as f32).min(1.0);
        Overlap {
            of_text: share(letters - own, letters),
            of_anchor: share(covered + misread, self.letters.bytes().len()),
        }
    }

    /// The share of a text that stands nowhere in this one, 0 to 1. Own letters that stand in other texts too are discounted; what both
    /// share counts the less the more texts have it, so that the names and numbers of a template count as what they are.
    pub(super) fn loss(
        &mut self,
        text: &NormalizedText,
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> f32 {
        self.align(text, thresholds);
        self.lost(text, weights, thresholds)
    }

    /// The same of a text that was aligned.
    fn lost(&self, text: &NormalizedText, weights: &Weights, thresholds: &Thresholds) -> f32 {
        if self.own.is_empty() {
            return 0.0;
        }
        let letters = text.bytes();
        let known = level(letters.len());
        let mut own = self.own.iter().cloned().peekable();
        let (mut lost, mut shared, mut shared_known) = (0.0f32, 0.0f32, 0u32);
        let (mut in_gap, mut gap_known) = (0.0f32, 0u32);
        let close = |gap: &Range<usize>, sum: f32, known: u32| {
            let weight =
                if known > 0 && gap.len() >= thresholds.passage { sum / known as f32 } else { 1.0 };
            gap.len() as f32 * weight
        };
        for (at, shingle) in shingles(letters).enumerate() {
            while let Some(gap) = own.next_if(|gap| gap.end <= at) {
                lost += close(&gap, in_gap, gap_known);
                (in_gap, gap_known) = (0.0, 0);
            }
            if !is_sampled(shingle, known) {
                continue;
            }
            match own.peek() {
                Some(gap) if gap.start <= at && at + WIDTH <= gap.end => {
                    in_gap += weights.beyond(name(shingle), thresholds.few_elsewhere);
                    gap_known += 1;
                }
                Some(gap) if gap.start < at + WIDTH => {}
                _ => {
                    shared += weights
                        .beyond(name(shingle), thresholds.few_shared)
                        .max(thresholds.template_weight);
                    shared_known += 1;
                }
            }
        }
        for gap in own {
            lost += close(&gap, in_gap, gap_known);
            (in_gap, gap_known) = (0.0, 0);
        }
        let own: usize = self.own.iter().map(ExactSizeIterator::len).sum();
        let kept = close(&(own..letters.len()), shared, shared_known);
        lost / (lost + kept).max(1.0)
    }

    /// Finds what of a text is its own.
    fn align(&mut self, text: &NormalizedText, thresholds: &Thresholds) {
        self.find_runs(text.bytes(), thresholds);
        self.align_between(text, thresholds);
    }

    /// Compares what lies between the runs.
    fn align_between(&mut self, text: &NormalizedText, thresholds: &Thresholds) {
        self.own.clear();
        let (of_text, of_kept) = (text.bytes(), self.letters.bytes());
        let (mut end, mut kept_end) = (0, 0);
        let last = Run { text: of_text.len(), kept: of_kept.len(), len: 0 };
        for run in self.runs.iter().chain([&last]) {
            let gap = end..run.text;
            if !gap.is_empty() {
                let before = self.own.len();
                for other in between(&gap, kept_end, run.kept, of_kept.len()).into_iter().flatten()
                {
                    self.own.truncate(before);
                    self.row.clear();
                    own_of_gap(
                        of_text,
                        gap.clone(),
                        &of_kept[other],
                        &mut self.row,
                        thresholds,
                        &mut self.own,
                    );
                    if self.own.len() == before {
                        break;
                    }
                }
            }
            (end, kept_end) = run.ends();
        }
        self.own.retain(|gap| !gap.is_empty());
        add_quoted(text, &self.letters, &self.runs, &mut self.own);
        merge(&mut self.own);
    }

    /// The runs that a text shares with this one, in the order of the text.
    fn find_runs(&mut self, text: &[u8], thresholds: &Thresholds) {
        self.place();
        let kept = self.letters.bytes();
        self.runs.clear();
        let (mut at, mut end, mut expected) = (0, 0, 0);
        while let Some(window) = window(text, at) {
            // What follows a run, but for a misread letter, stands most often where it is expected.
            let is_expected = crate::compare::loss::window(kept, expected) == Some(window);
            let place = if is_expected { Some(expected) } else { self.place_of(window) };
            let Some(place) = place else {
                (at, expected) = (at + 1, expected + 1);
                continue;
            };
            let back = common_end(&text[end..at], &kept[..place]);
            let run = Run {
                text: at - back,
                kept: place - back,
                len: back + common_start(&text[at..], &kept[place..]),
            };
            let is_near = self.runs.last().is_none_or(|last| {
                let (text_end, kept_end) = last.ends();
                run.kept >= kept_end
                    && (run.kept - kept_end).abs_diff(run.text - text_end) <= 2 * WIDTH
            });
            if run.len < if is_near { WIDTH } else { thresholds.least_run } {
                (at, expected) = (at + 1, expected + 1);
                continue;
            }
            self.runs.push(run);
            (end, expected) = run.ends();
            at = end;
        }
    }

    /// Where a run of letters stands here.
    fn place_of(&self, run: u64) -> Option<usize> {
        let place = self.places[slot(run, self.places.len())].checked_sub(1)? as usize;
        (window(self.letters.bytes(), place) == Some(run)).then_some(place)
    }
}

/// The [`WIDTH`] letters at a place.
fn window(letters: &[u8], at: usize) -> Option<u64> {
    let window = letters.get(at..)?.first_chunk::<WIDTH>()?;
    Some(u64::from_le_bytes(*window))
}

/// The ranges of bytes of a text whose letters stand nowhere in another.
pub(crate) fn own_text(text: &str, kept: &str, thresholds: &Thresholds) -> Vec<Range<usize>> {
    let (mut letters, mut aligned) = (NormalizedText::default(), Kept::default());
    letters.read_with_quotes(kept);
    aligned.set(&letters);
    letters.read_with_quotes(text);
    aligned.align(&letters, thresholds);
    if aligned.own.is_empty() {
        return Vec::new();
    }
    let places = letters.read_with_places(text);
    let end = |at: usize| text[places[at]..].chars().next().map_or(0, char::len_utf8) + places[at];
    aligned.own.iter().map(|own| places[own.start]..end(own.end - 1)).collect()
}

fn slot(run: u64, size: usize) -> usize {
    (run.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (size - 1)
}

/// How many letters two texts have in common at their start.
fn common_start(a: &[u8], b: &[u8]) -> usize {
    let (steps, _) = a.as_chunks::<WIDTH>();
    let (other, _) = b.as_chunks::<WIDTH>();
    let same = steps.iter().zip(other).take_while(|(a, b)| a == b).count() * WIDTH;
    same + a[same..].iter().zip(&b[same..]).take_while(|(a, b)| a == b).count()
}

/// How many letters two texts have in common at their end.
fn common_end(a: &[u8], b: &[u8]) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// The stretches of the kept text that may be what a gap is a misreading of: what lies between the runs around it, or as much as the
/// gap after the one and before the other.
fn between(gap: &Range<usize>, from: usize, to: usize, kept: usize) -> [Option<Range<usize>>; 3] {
    let near = to >= from && to - from <= 2 * gap.len() + WIDTH;
    [
        near.then_some(from..to),
        (!near).then_some(from..(from + gap.len()).min(kept)),
        (!near).then_some(to.saturating_sub(gap.len())..to),
    ]
}

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
    a.len() == b.len() && a.iter().zip(b).all(|(&a, &b)| look(a) == look(b))
}

/// A letter that a digit is misread for.
fn look(letter: u8) -> u8 {
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
fn own_of_gap(
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
fn whole_number(text: &[u8], stretch: Range<usize>) -> Range<usize> {
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

/// What one text says and the other quotes is not the same: its letters are added to the text's own.
fn add_quoted(
    text: &NormalizedText,
    kept: &NormalizedText,
    runs: &[Run],
    own: &mut Vec<Range<usize>>,
) {
    if text.quoted().is_empty() && kept.quoted().is_empty() {
        return;
    }
    let is_quoted = |letters: &NormalizedText, at: usize| {
        let ranges = letters.quoted();
        let before = ranges.partition_point(|range| range.start <= at);
        before > 0 && at < ranges[before - 1].end
    };
    for run in runs {
        for at in 0..run.len {
            if is_quoted(text, run.text + at) != is_quoted(kept, run.kept + at) {
                own.push(run.text + at..run.text + at + 1);
            }
        }
    }
}

/// Sorts ranges and joins those that touch.
fn merge(ranges: &mut Vec<Range<usize>>) {
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
}
