//! What is lost where a text is folded into another: the letters of it that stand nowhere in the other.
//!
//! The two are aligned by their letters: runs that both have, wherever they stand, are extended as far as they go, as in the seed and
//! extend of sequence search (Altschul et al. 1990). What lies between two runs in both texts is compared in `gap`.

use std::ops::Range;

use crate::compare::gap::{join, own_of_gap};
use crate::compare::overlap::Overlap;
use crate::compare::shingle::WIDTH;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::{Weighed, Weights};
use crate::text::letters::NormalizedText;

/// Every so many letters of the text that is kept a run may begin.
const STEP: usize = 4;

/// How two texts compare that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// How much of them is the same.
    pub overlap: Overlap,
    /// The share of the text that stands nowhere in the one that is kept, 0 to 1; what many texts share counts less.
    pub loss: f32,
}

/// Bytes of a comparison.
pub(crate) const COMPARED: usize = 12;

impl Comparison {
    /// The share of each of two texts that stands nowhere in the other; of the first what many texts share counts less.
    pub(crate) fn own(&self) -> [f32; 2] {
        [self.loss, 1.0 - self.overlap.of_anchor]
    }

    /// Whether the text may be folded into the one that is kept.
    pub(crate) fn is_edge(&self, thresholds: &Thresholds) -> bool {
        self.loss <= thresholds.loss
    }

    pub(crate) fn to_bytes(self) -> [u8; COMPARED] {
        let Self { overlap: Overlap { of_text, of_anchor }, loss } = self;
        let mut bytes = [0; COMPARED];
        let shares = bytes.as_chunks_mut().0.iter_mut().zip([of_text, of_anchor, loss]);
        shares.for_each(|(to, share)| *to = share.to_le_bytes());
        bytes
    }

    pub(crate) fn of_bytes(bytes: &[u8; COMPARED]) -> Self {
        let (shares, _) = bytes.as_chunks();
        let [of_text, of_anchor, loss] = [0, 1, 2].map(|at| f32::from_le_bytes(shares[at]));
        Self { overlap: Overlap { of_text, of_anchor }, loss }
    }
}

/// A text that is kept, with which others are aligned. Meant to be used again for the next text: it keeps its memory, and nothing else, so
/// what comes of two texts hangs on these and on the weights of the shingles of the one that may be folded.
#[derive(Debug, Default)]
pub struct Kept {
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
    pub fn set(&mut self, letters: &NormalizedText) {
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

    /// How much a text and this one share, and what of the text would be lost; None where they are not alike. Quoted lines are told from others in
    /// letters that were [read with quotes](NormalizedText::read_with_quotes).
    pub fn compare(
        &mut self,
        text: &NormalizedText,
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> Option<Comparison> {
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
        alike.then(|| Comparison { overlap, loss: self.lost(text, weights, thresholds) })
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
    pub fn loss(
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
        Weighed::of(&self.own, text.bytes(), weights, thresholds).lost()
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
        join(&mut self.own);
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
