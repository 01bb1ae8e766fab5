//! The parts of a page between the places at which it may part, and what is said of many of them at once.

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
}

impl Part {
    pub(super) fn of(lines: &Lines, cohesion: &Cohesion, start: usize, end: usize) -> Self {
        look();
        let text = lines.next_text[start].min(end);
        let last = cohesion.text_at(end).checked_sub(1).map_or(text, |at| cohesion.texts[at]);
        Self {
            start,
            end,
            text,
            last: last.max(text),
            words: lines.words.within(start..end),
            texts: lines.texts.within(start..end),
            title: lines.headline(start, end),
        }
    }
}

/// The share of parts of which something holds; 0 of none.
pub(super) fn share(parts: &[Part], holds: impl Fn(&Part) -> bool) -> f32 {
    parts.iter().filter(|part| holds(part)).count() as f32 / parts.len().max(1) as f32
}

/// The value that a share of the others lies below.
pub(super) fn quantile(values: &[f32], share: f32) -> f32 {
    look();
    let mut values = values.to_vec();
    let at = (values.len().max(1) - 1) as f32 * share;
    let at = at.round() as usize;
    if at < values.len() { *values.select_nth_unstable_by(at, f32::total_cmp).1 } else { 0.0 }
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
