//! The learned score of names for the publisher: gradient-boosted trees, in the form of those that judge blocks. `training/train_source.py` trains them.

use std::ops::RangeInclusive;

use crate::clean::model::scorer::{Scorer, likeliest};
use crate::clean::publisher::candidate::in_one_line;
use crate::clean::publisher::features::{Around, FEATURES, ranges, rows};
use crate::clean::publisher::words::in_small;
use crate::error::Result;
use crate::page::Page;

/// The least probability of the best name, and below that of the name that rules find.
const LEAST: f32 = 0.3;
const LEAST_TOLD: f32 = 0.2;

/// Tells the publisher of a page from other names around its text.
#[derive(Debug)]
pub(crate) struct SourceScorer {
    scorer: Scorer,
}

impl SourceScorer {
    /// The scorer that is compiled in.
    ///
    /// # Errors
    /// [`crate::Error::Model`] if it does not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Self> {
        let scorer = Scorer::built_in("publishers", include_bytes!("sources.model"), FEATURES)?;
        Ok(Self { scorer })
    }

    /// The names of the features with the range of their values, in the order of a row.
    pub(crate) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
        ranges()
    }

    /// The likeliest publisher of a page, or that which rules find, where it is not unlikely; none where no name is likely. Of a page with several
    /// articles what rules find comes first: the pages of training hold one.
    pub(crate) fn publisher(&self, page: &Page, around: Around) -> Option<String> {
        if let Some(told) = around.told.filter(|_| around.articles > 1) {
            return Some(told.to_owned());
        }
        let (candidates, rows): (Vec<_>, Vec<_>) = rows(page, around).into_iter().unzip();
        let scored = candidates.into_iter().zip(self.scorer.probabilities(&rows));
        let scored: Vec<_> = scored.map(|(own, probability)| (own.name, probability)).collect();
        if let Some((best, probability)) = likeliest(scored.iter().copied())
            && probability >= LEAST
        {
            return Some(in_one_line(best));
        }
        let told = around.told?;
        // Pages in scripts without capitals are too few in training to speak against one.
        if !told.chars().any(|c| c.is_lowercase() || c.is_uppercase()) {
            return Some(told.to_owned());
        }
        let own = scored.iter().find(|(name, _)| in_small(&in_one_line(name)) == in_small(told));
        own.is_none_or(|&(_, probability)| probability >= LEAST_TOLD).then(|| told.to_owned())
    }

    /// The names on a page that may be its publisher's, and what is seen of them.
    pub(crate) fn candidates(page: &Page, around: Around) -> Vec<(String, Vec<f32>)> {
        let rows = rows(page, around).into_iter();
        rows.map(|(candidate, row)| (in_one_line(candidate.name), row.to_vec())).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const TEXT: &str = "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.\n\n\
        The harbour master told the council in the evening that nobody had been hurt, and that the line would pay.\n\n";

    fn source(head: &str, foot: &str) -> Option<String> {
        let page = format!("{head}\n\nNight ferry sails again\n\n{}{foot}\n", TEXT.repeat(3));
        let cleaned = Cleaner::new(Options::default()).unwrap().clean(&page);
        cleaned.articles[0].meta.source.clone()
    }

    #[test]
    fn the_name_that_the_lines_around_the_text_print_is_the_publisher() {
        let head = "Skip to content\nNorrby Bugle\nNews\nSport\nAbout Norrby Bugle\nLog in";
        let foot = "Subscribe to Norrby Bugle\n\nContact Norrby Bugle\nnews@norrbybugle.example\n\n\
            Norrby Bugle on Facebook\n\nPrivacy";
        assert_eq!(source(head, foot).as_deref(), Some("Norrby Bugle"));
    }

    #[test]
    fn menus_name_no_publisher() {
        assert_eq!(source("Home\nNews\nSport\nLog in", "Privacy\nTerms\nContact us"), None);
    }
}
