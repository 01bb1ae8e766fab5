//! Passages that stand in one of two texts alone. Copies of a text differ here and there, by what was misread, changed or left out; or one of them
//! holds the other. Where both have a large passage of their own, what they share may be no more than the boilerplate around two stories, even in
//! a set that shows too little of it to know it for common.

use crate::compare::threshold::Thresholds;

/// The part of a text, 0 to 1, that its largest passage is which the other text does not have. Of the text the shingles at a level
/// are given in order: what each weighs, and whether the other text has it.
///
/// The square of the weight counts, which is the plain ratio of frequencies: a passage that is itself boilerplate tells no texts apart.
pub(super) fn largest_passage(
    shingles: impl Iterator<Item = (f32, bool)>,
    level: u32,
    thresholds: &Thresholds,
) -> f32 {
    let least = (thresholds.passage >> level).max(thresholds.passage_shingles);
    let (mut all, mut largest, mut passage) = (0.0, 0.0f32, 0.0);
    let (mut evidence, mut is_passage) = (0, false);
    for (weight, is_shared) in shingles {
        let weight = weight * weight;
        all += weight;
        if is_shared {
            evidence = (evidence - thresholds.outweighed).max(0);
        } else {
            evidence = (evidence + 1).min(least);
            passage += weight;
        }
        if evidence == 0 {
            (passage, is_passage) = (0.0, false);
        }
        is_passage |= evidence == least;
        if is_passage {
            largest = largest.max(passage);
        }
    }
    if all > 0.0 { largest / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shingles of one weight: shared where there is an `x`.
    fn largest(shingles: &str) -> f32 {
        largest_passage(shingles.chars().map(|c| (1.0, c == 'x')), 0, &Thresholds::default())
    }

    #[test]
    fn gaps_that_misread_letters_leave_are_no_passages() {
        assert_eq!(largest(&"xxxxx--------".repeat(30)), 0.0);
        assert_eq!(largest(&("x".repeat(100) + &"-".repeat(60) + &"x".repeat(100))), 0.0);
    }

    #[test]
    fn the_largest_counts_and_not_the_sum() {
        let (shared, passage) = ("x".repeat(100), "-".repeat(100));
        assert_eq!(largest(&(passage.clone() + &shared)), 0.5);
        assert_eq!(largest(&[passage.clone(), shared.clone(), passage, shared].concat()), 0.25);
    }

    #[test]
    fn a_phrase_that_both_texts_have_by_chance_ends_no_passage() {
        assert!(largest(&("x".repeat(300) + &("-".repeat(90) + "xxx").repeat(3))) > 0.45);
    }

    #[test]
    fn boilerplate_is_no_passage_of_its_own() {
        let shingles = (0..200).map(|n| if n < 100 { (1.0, true) } else { (0.2, false) });
        assert!(largest_passage(shingles, 0, &Thresholds::default()) < 0.05);
    }
}
