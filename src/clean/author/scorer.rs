//! The learned score of candidates for the authors: gradient-boosted trees, in the form of those that judge blocks. `training/train_author.py`
//! trains them.

use std::ops::RangeInclusive;

use crate::article::Meta;
use crate::clean::author::columns::{FEATURES, ranges};
use crate::clean::author::features::rows;
use crate::clean::judge::Verdict;
use crate::clean::mark::Marks;
use crate::clean::model::scorer::{Scorer, likeliest};
use crate::clean::segment::Segment;
use crate::error::Result;
use crate::page::Page;
use crate::text::fold;

/// The least probability of the best candidate, below which nobody is named.
const LEAST: f32 = 0.5;
/// The same of the name that the publisher has too.
const LEAST_OF_PUBLISHER: f32 = 0.75;

/// Tells the authors of an article from other names around its text.
#[derive(Debug)]
pub(crate) struct AuthorScorer {
    scorer: Scorer,
}

impl AuthorScorer {
    /// The scorer that is compiled in.
    ///
    /// # Errors
    /// [`crate::Error::Model`] if it does not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Self> {
        let scorer = Scorer::built_in("authors", include_bytes!("authors.model"), FEATURES)?;
        Ok(Self { scorer })
    }

    /// The names of the features with the range of their values, in the order of a row.
    pub(crate) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
        ranges()
    }

    /// Names the authors of the article in `segment` where names are likely, more so one that its publisher has too; else those that rules found remain.
    pub(crate) fn complete(
        &self,
        page: &Page,
        segment: &Segment,
        evidence: (&Marks, &[Verdict]),
        meta: &mut Meta,
    ) {
        let (candidates, rows): (Vec<_>, Vec<_>) =
            rows(page, segment, evidence, &meta.authors).into_iter().unzip();
        let probabilities = self.scorer.probabilities(&rows);
        let source = meta.source.as_deref().map(fold);
        let is_publisher = |names: &[String]| names.iter().any(|name| source == Some(fold(name)));
        let likely = candidates.into_iter().zip(probabilities).filter(|(own, probability)| {
            let least = if is_publisher(&own.names) { LEAST_OF_PUBLISHER } else { LEAST };
            *probability >= least
        });
        if let Some((best, _)) = likeliest(likely) {
            meta.authors = best.names;
        }
    }

    /// The names that may be those of the authors of an article, and what is seen of them.
    pub(crate) fn candidates(
        page: &Page,
        segment: &Segment,
        evidence: (&Marks, &[Verdict]),
        told: &[String],
    ) -> Vec<(Vec<String>, Vec<f32>)> {
        let rows = rows(page, segment, evidence, told).into_iter();
        rows.map(|(candidate, row)| (candidate.names, row.to_vec())).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const TEXT: &str = "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.\n\n\
        The harbour master told the council in the evening that nobody had been hurt, and that the line would pay.\n\n";

    fn authors(head: &str, foot: &str) -> Vec<String> {
        let page = format!(
            "Home\nNews\nSport\n\nNight ferry sails again\n\n{head}\n\n{}{foot}\n",
            TEXT.repeat(3)
        );
        let cleaned = Cleaner::new(Options::default()).unwrap().clean(&page);
        cleaned.articles[0].meta.authors.clone()
    }

    #[test]
    fn a_name_beside_the_day_below_the_headline_is_the_author() {
        for head in [
            "Mara Quill | 12 May 2031",
            "12 May 2031 · 4 min read · Mara Quill",
            "Written by: Mara Quill\nUpdated 12 May 2031",
            "Mara Quill\nHarbour correspondent\n12 May 2031",
        ] {
            assert_eq!(authors(head, ""), ["Mara Quill"], "{head}");
        }
    }

    #[test]
    fn other_names_are_no_authors() {
        for head in ["12 May 2031 | Harbour News", "Home | Harbour | Ferries", "Share on Facebook"]
        {
            assert!(authors(head, "").is_empty(), "{head}");
        }
    }

    #[test]
    fn the_publisher_is_no_author() {
        let foot = "© 2031 Norrby Journal. All rights reserved.";
        assert!(authors("Norrby Journal | 12 May 2031", foot).is_empty());
    }
}
