//! The parts of a page between the places at which it may part, and what is said of many of them at once.

use std::ops::Range;

use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::lines::Lines;
use crate::guard::look;

/// A part of a page that may be an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Its first block.
    pub(super) start: usize,
    /// The block after its last.
    pub(super) end: usize,
    /// Its first paragraph.
    pub(super) text: usize,
    /// Its last paragraph.
    pub(super) last: usize,
    /// Words of its paragraphs.
    pub(super) words: u32,
    /// Its paragraphs.
    pub(super) texts: u32,
    /// Its headline.
    pub(super) title: Option<usize>,
    /// The numbers of its first paragraph, among those of the page, and of the first behind it.
    numbers: (usize, usize),
}

impl Part {
    pub(super) fn of(lines: &Lines, cohesion: &Cohesion, start: usize, end: usize) -> Self {
        look();
        let text = lines.next_text[start].min(end);
        let numbers = (cohesion.text_at(start), cohesion.text_at(end));
        let last = numbers.1.checked_sub(1).map_or(text, |at| cohesion.texts[at]);
        Self {
            start,
            end,
            text,
            last: last.max(text),
            words: lines.words.within(start..end),
            texts: lines.texts.within(start..end),
            title: lines.headline(start, end),
            numbers,
        }
    }

    /// The numbers of its paragraphs among those of the page.
    pub(super) fn numbers(&self) -> Range<usize> {
        self.numbers.0..self.numbers.1
    }
}

/// The share of parts of which something holds; 0 of none.
pub(super) fn share<T>(parts: &[T], holds: impl Fn(&T) -> bool) -> f32 {
    parts.iter().filter(|part| holds(part)).count() as f32 / parts.len().max(1) as f32
}

/// Values in rising order.
#[derive(Debug)]
pub(super) struct Ranked(Vec<f32>);

impl Ranked {
    pub(super) fn of(values: &[f32]) -> Self {
        look();
        let mut values = values.to_vec();
        values.sort_unstable_by(f32::total_cmp);
        Self(values)
    }

    /// The value that a share of the others lies below; 0 of none.
    pub(super) fn quantile(&self, share: f32) -> f32 {
        let at = (self.0.len().max(1) - 1) as f32 * share;
        self.0.get(at.round() as usize).copied().unwrap_or(0.0)
    }
}

/// The value that a share of the others lies below; 0 of none.
pub(super) fn quantile(values: &[f32], share: f32) -> f32 {
    Ranked::of(values).quantile(share)
}

/// The standard deviation as a share of the mean.
pub(super) fn spread(values: &[f32]) -> f32 {
    let number = values.len().max(1) as f32;
    let mean = values.iter().sum::<f32>() / number;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / number;
    if mean > 0.0 { variance.sqrt() / mean } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_and_quantiles_are_of_the_values_in_any_order() {
        assert_eq!(quantile(&[9.0, 1.0, 5.0], 0.5), 5.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
        assert_eq!(spread(&[4.0, 4.0]), 0.0);
        assert!((spread(&[2.0, 6.0]) - 0.5).abs() < 1e-6);
    }
}
