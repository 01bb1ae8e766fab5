//! Articles among others of one form: which of the parts of a page is one is learned from how it compares with the others. The model of blocks may not
//! strike the whole text of one, nor keep what stands around them.

mod features;

use std::ops::RangeInclusive;

use crate::adjustable::adjustable;
use crate::clean::headlines::own_titles;
use crate::clean::item::features::{FEATURES, Row, rows};
use crate::clean::judge::Verdict;
use crate::clean::judged::Judged;
use crate::clean::labelled::record_of;
use crate::clean::mark::{AROUND_RECORDS, Marks};
use crate::clean::model::scorer::Scorer;
use crate::clean::segment::Segment;
use crate::error::Result;
use crate::page::{Block, Page};
use crate::span::{Decider, Kind};

adjustable! {
    /// When a part of a page of several articles is one of them.
    ItemThresholds {
        /// Probability from which on a part is an article of which the model of blocks struck the whole text.
        struck: f32 = 0.35,
        /// Probability from which on what was left above the first article, or below the last, is one.
        around: f32 = 0.6,
        /// Probability below which a part that keeps a text is no article.
        none: f32 = 0.25,
        /// Of the words that all parts keep, the share that one may keep and be left out all the same, 0 to 1.
        most: f32 = 0.34,
    }
}

/// Tells articles from what stands around them, by gradient-boosted trees. `training/train_item.py` trains them.
#[derive(Debug)]
pub(crate) struct ItemScorer {
    scorer: Scorer,
}

impl ItemScorer {
    /// The scorer that is compiled in.
    ///
    /// # Errors
    /// [`crate::Error::Model`] if it does not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Self> {
        let scorer = Scorer::built_in("articles", include_bytes!("articles.model"), FEATURES)?;
        Ok(Self { scorer })
    }

    /// The names of the features with the range of their values, in the order of a row.
    pub(crate) fn ranges() -> impl Iterator<Item = (String, RangeInclusive<f32>)> {
        features::ranges()
    }

    /// How likely each part of a page is an article, 0 to 1; none where fewer than two keep a text, of which one could be compared with the other.
    pub(super) fn probabilities(&self, page: &Page, judged: &Judged) -> Option<Vec<f32>> {
        let keeps = |own: &&Segment| !own.is_around && words_kept(page, own, &judged.verdicts) > 0;
        let kept = judged.segments.iter().map(|(own, _)| own).filter(keeps).count();
        (kept > 1).then(|| self.scorer.probabilities(&rows_of(page, judged)))
    }
}

/// What the scorer sees of each part of a page.
pub(super) fn rows_of(page: &Page, judged: &Judged) -> Vec<Row> {
    let segments: Vec<&Segment> = judged.segments.iter().map(|(own, _)| own).collect();
    rows(page, &segments, (&judged.marks, &judged.verdicts, &judged.likely))
}

/// Settles which parts of a page are articles, by how likely each is one. What splitting left open around them is one where it is likely; likely ones
/// of which the model of blocks struck the whole text keep their paragraphs, and unlikely ones keep none.
pub(super) fn settle_items(
    page: &Page,
    judged: &mut Judged,
    probabilities: Option<&[f32]>,
    t: &ItemThresholds,
) {
    let Judged { marks, segments, verdicts, .. } = judged;
    let all: u32 = segments.iter().map(|(own, _)| words_kept(page, own, verdicts)).sum();
    let mut is_any_taken = false;
    for (at, (own, _)) in segments.iter_mut().enumerate() {
        let probability = probabilities.map(|all| all[at]);
        if own.is_open && probability.is_some_and(|probability| probability >= t.around) {
            *own = Segment { is_around: false, is_named: false, is_item: true, ..own.clone() };
            is_any_taken = true;
        } else if own.is_open {
            own.title = None;
            mark_around(own, marks);
            leave_out(own, verdicts, |kind| kind != Kind::Meta);
        }
        let Some(probability) = probability.filter(|_| !own.is_around) else { continue };
        let kept = words_kept(page, own, verdicts);
        own.is_likely = probability >= t.struck;
        let is_none = probability < t.none && kept as f32 <= all as f32 * t.most;
        if kept > 0 && is_none && record_of(page, own).is_none() {
            leave_out(own, verdicts, Kind::is_kept);
        } else if kept == 0 && own.is_likely {
            keep_paragraphs(page, own, verdicts);
        }
    }
    if is_any_taken {
        own_titles(page, segments);
    }
}

/// Marks what stands around articles; lines about them stay what they are.
pub(super) fn mark_around(own: &Segment, marks: &mut Marks) {
    for at in own.blocks.clone() {
        if marks.kind(at) != Some(Kind::Meta) {
            marks.set(at, &AROUND_RECORDS);
        }
    }
}

/// Leaves out what is of these kinds in a part that is no article.
fn leave_out(own: &Segment, verdicts: &mut [Verdict], is_left: impl Fn(Kind) -> bool) {
    for verdict in verdicts[own.blocks.clone()].iter_mut().filter(|v| is_left(v.kind)) {
        *verdict = Verdict::detected(Kind::Nav, AROUND_RECORDS.name);
    }
}

/// Keeps the paragraphs below a headline that the model of blocks struck.
fn keep_paragraphs(page: &Page, own: &Segment, verdicts: &mut [Verdict]) {
    let below = own.title.unwrap_or(own.blocks.start)..own.blocks.end;
    for (verdict, block) in verdicts[below.clone()].iter_mut().zip(&page.blocks[below]) {
        let is_by_model = matches!(verdict.by, Some(Decider::Model | Decider::ModelBy(_)));
        if is_by_model && block.is_prose() && verdict.kind.is_debris() {
            *verdict = Verdict::settled(Kind::Body, 0.0);
        }
    }
}

/// Whether a part of a page holds a paragraph.
pub(super) fn holds_prose(page: &Page, own: &Segment) -> bool {
    page.blocks[own.blocks.clone()].iter().any(Block::is_prose)
}

/// Words of the paragraphs that a part of a page keeps.
fn words_kept(page: &Page, own: &Segment, verdicts: &[Verdict]) -> u32 {
    let kept = own.blocks.clone().filter(|&at| verdicts[at].kind.is_kept());
    let blocks = kept.map(|at| &page.blocks[at]).filter(|block| block.is_prose());
    blocks.map(|block| block.shape.words).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::build::{Forms, Structure};
    use crate::{Cleaner, Options};

    const TEXT: &str = "The keeper of the lock has asked the council for a second boat, since the first one leaks.";

    /// Which of the articles keep a text: each with how likely it is one, and what its text was found to be.
    fn kept(articles: &[(f32, Kind)]) -> Vec<bool> {
        let text = format!("Second boat for the lock\n\n{TEXT}\n\n").repeat(articles.len());
        let page = Page::new(&text);
        assert_eq!(page.blocks.len(), articles.len() * 2);
        let model = |kind| Verdict { kind, by: Some(Decider::Model), needed: None };
        let segment = |at: usize| Segment {
            title: Some(at * 2),
            blocks: at * 2..at * 2 + 2,
            ..Segment::default()
        };
        let segments = (0..articles.len()).map(|at| (segment(at), 0..0)).collect();
        let verdicts: Vec<Verdict> =
            articles.iter().flat_map(|own| [model(Kind::Title), model(own.1)]).collect();
        let probabilities: Vec<f32> = articles.iter().map(|own| own.0).collect();
        let marks = Marks::new(page.blocks.len());
        let structure = Structure::Forms(Forms::of(&page, &marks));
        let likely = vec![0.5; page.blocks.len()];
        let mut judged = Judged { marks, segments, structure, verdicts, likely };
        settle_items(&page, &mut judged, Some(&probabilities), &ItemThresholds::default());
        let Judged { verdicts, .. } = judged;
        verdicts.chunks(2).map(|own| own[1].kind.is_kept()).collect()
    }

    #[test]
    fn a_likely_article_keeps_its_text_and_an_unlikely_one_none() {
        let likely = [(0.9, Kind::Body); 4];
        let with = |own: (f32, Kind)| kept(&[&likely[..], &[own]].concat())[4];
        assert!(with((0.9, Kind::Other)), "though the model of blocks struck it");
        assert!(with((0.4, Kind::Body)));
        assert!(!with((0.3, Kind::Other)) && !with((0.1, Kind::Body)));
    }

    #[test]
    fn what_is_much_of_the_text_is_not_left_out() {
        assert_eq!(kept(&[(0.9, Kind::Body), (0.1, Kind::Body)]), [true; 2]);
    }

    #[test]
    fn what_a_dump_says_of_itself_below_its_stories_is_none() {
        let stories = [
            (
                "Second boat for the lock",
                "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
            ),
            (
                "Meadow stands under water",
                "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
            ),
            (
                "Nets for the sound",
                "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
            ),
            (
                "Early bread",
                "The bakers of the old town light their ovens at three in the morning from now on, because the first ferry leaves at five.",
            ),
            (
                "One doctor for two islands",
                "Two islands share one doctor from the first of next month, who is to live on the ferry until a house has been found.",
            ),
        ];
        let asking = "We ask our readers not to post what insults others or belongs to somebody else. Comments are read before they are shown, and may be shortened.\n";
        let story = |(title, text): &(&str, &str)| format!("{title}\n\n{text}\n\n---\n\n");
        let dump: String = stories.iter().map(story).chain([asking.to_owned()]).collect();
        let cleaned = Cleaner::new(Options::default()).unwrap().clean(&dump);
        assert_eq!(cleaned.articles.len(), stories.len());
        assert!(cleaned.articles.iter().all(|own| !own.text.contains("We ask our readers")));
    }
}
