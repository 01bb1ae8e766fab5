//! The learned score of candidates for the headline: gradient-boosted trees, in the form of those that judge blocks. `training/train_title.py`
//! trains them.

use std::ops::{Range, RangeInclusive};

use crate::clean::mark::Marks;
use crate::clean::model::scorer::{Scorer, likeliest};
use crate::clean::segment::Segment;
use crate::clean::title::candidate::span;
use crate::clean::title::echo::echoes;
use crate::clean::title::features::{Candidates, FEATURES, ranges};
use crate::clean::title::places::{Places, SEEN};
use crate::clean::title::prints::Prints;
use crate::error::Result;
use crate::page::Page;
use crate::span::Kind;
use crate::text::alike::same_text;
use crate::text::fold;

/// The least probability of the best candidate, below which a text has no headline.
const LEAST: f32 = 0.1;

/// The same in one of several articles of one form, which have no headline where others have a name or a day.
const LEAST_OF_ITEM: f32 = 0.35;

/// The same of one that reads as running text, or that a rule or a detector knows for a line about the article.
const LEAST_OF_OTHERS: f32 = 0.5;

/// The same where another headline is stated and none prints that.
const LEAST_BESIDE_STATED: f32 = 0.7;

/// Of the likeliest that begins at a known line, the share of its probability that a longer one must have.
const OF_LIKELIEST: f32 = 0.5;

/// Candidates before and after one among which those of the blocks beside it stand.
const BESIDE: usize = 5;

/// Tells the headline of a text from the lines around it.
#[derive(Debug)]
pub(crate) struct TitleScorer {
    /// Sees the article alone.
    alone: Scorer,
    /// Sees what other articles of one form have at the same place.
    items: Scorer,
}

impl TitleScorer {
    /// The scorer that is compiled in.
    ///
    /// # Errors
    /// [`crate::Error::Model`] if it does not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Self> {
        let alone = Scorer::built_in("headlines", include_bytes!("alone.model"), FEATURES)?;
        let items = Scorer::built_in(
            "headlines of several articles",
            include_bytes!("items.model"),
            FEATURES,
        )?;
        Ok(Self { alone, items })
    }

    fn probabilities(&self, candidates: &Candidates) -> Vec<f32> {
        let scorer = if candidates.are_of_item { &self.items } else { &self.alone };
        scorer.probabilities(&candidates.rows)
    }

    /// The names of the features with the range of their values, in the order of a row.
    pub(crate) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
        ranges()
    }

    /// The candidates of each article in turn, compared with those of the others; with each article stands at which block its text begins.
    pub(crate) fn candidates<'a>(
        prints: &'a Prints,
        marks: &'a Marks,
        segments: &'a [Segment],
        texts: &'a [usize],
    ) -> impl Iterator<Item = Candidates> + 'a {
        let of =
            |(segment, &text): (&Segment, &usize)| Candidates::of(prints, marks, segment, text);
        let mut articles = segments.iter().zip(texts);
        let seen: Vec<Candidates> = articles.by_ref().take(SEEN).map(of).collect();
        let are_seen = segments.iter().map(|segment| !segment.is_around);
        let heads = seen.iter().zip(are_seen.clone()).filter(|(_, is_seen)| *is_seen);
        let places = Places::of(heads.map(|(own, _)| own.lines()));
        let are_seen = are_seen.take(SEEN).chain(std::iter::repeat(false));
        let all = seen.into_iter().chain(articles.map(of)).zip(are_seen);
        all.map(move |(mut own, is_seen)| {
            own.compare(&places, is_seen);
            own
        })
    }

    /// The blocks that are the headline; none where none are likely. Where a headline is stated, those that print it come first, and others are
    /// asked for more.
    pub(crate) fn headline(
        &self,
        page: &Page,
        marks: &Marks,
        candidates: &Candidates,
        stated: Option<&str>,
    ) -> Option<Range<usize>> {
        let probabilities = self.probabilities(candidates);
        if let Some(stated) = stated.map(fold) {
            let prints_it = |found: usize| {
                echoes(&stated, &fold(span(page, &candidates.blocks[found]).of(page.text)))
            };
            let printed = || probabilities.iter().copied().enumerate();
            let own = likeliest(printed().filter(|&(found, _)| prints_it(found)));
            // What is stated may be the name of the site or of the file.
            let is_sentence =
                |found: usize| page.blocks[candidates.blocks[found].end - 1].shape.ends_sentence;
            let other = likeliest(printed()).filter(|&(found, probability)| {
                probability >= LEAST_BESIDE_STATED && !is_sentence(found)
            });
            let (found, _) = own.or(other)?;
            return Some(first_print(page, &candidates.blocks, found));
        }
        let best = likeliest(probabilities.iter().copied().enumerate());
        let least = |found: usize| {
            let first = candidates.blocks[found].start;
            let is_other =
                page.blocks[first].is_prose() || marks.kind(first).is_some_and(Kind::is_about);
            match candidates.are_of_item {
                _ if is_other => LEAST_OF_OTHERS,
                true => LEAST_OF_ITEM,
                false => LEAST,
            }
        };
        let (found, _) = best.filter(|&(found, probability)| probability >= least(found))?;
        let found = without_path(page, &candidates.blocks, found);
        Some(first_print(page, &candidates.blocks, found))
    }

    /// The blocks over which a known headline goes on.
    pub(crate) fn whole(
        &self,
        page: &Page,
        marks: &Marks,
        candidates: &Candidates,
        headline: usize,
    ) -> Range<usize> {
        let probabilities = self.probabilities(candidates);
        let is_about =
            |at: usize| marks.kind(at).is_some_and(Kind::is_about) || !page.days(at).is_empty();
        let all = || candidates.blocks.iter().zip(&probabilities);
        let own = || {
            let begin = all().filter(|(blocks, _)| blocks.start == headline);
            begin.filter(|(blocks, _)| !(headline + 1..blocks.end).any(is_about))
        };
        let best = own().map(|(_, &probability)| probability).fold(0.0, f32::max);
        let likely = own().filter(|&(_, &probability)| probability >= best * OF_LIKELIEST);
        let longest = likely.max_by_key(|(blocks, _)| blocks.len());
        longest.map_or(headline..headline + 1, |(blocks, _)| blocks.clone())
    }
}

/// The candidate right beside candidate `found` that it ends with, if that is most of it: the rest is the path of sections that leads there.
fn without_path(page: &Page, candidates: &[Range<usize>], found: usize) -> usize {
    let whole = &candidates[found];
    let is_end = |&at: &usize| {
        let (own, folded) = (&candidates[at], page.folded(whole.start));
        let part = page.folded(own.start);
        let is_beside = own.start.abs_diff(whole.start) == 1;
        is_beside
            && own.len() == 1
            && page.blocks[own.start].is_headline_like()
            && folded.len() > part.len()
            && folded.len() < part.len() * 2
            && folded.strip_suffix(part).is_some_and(|path| path.ends_with(' '))
    };
    let near = found.saturating_sub(BESIDE)..(found + BESIDE + 1).min(candidates.len());
    if whole.len() == 1 { near.into_iter().find(is_end).unwrap_or(found) } else { found }
}

/// The first candidate that has the text of candidate `found`, unless it is an item of a list.
fn first_print(page: &Page, candidates: &[Range<usize>], found: usize) -> Range<usize> {
    let text = &candidates[found];
    let is_print = |&own: &&Range<usize>| {
        own.len() == text.len()
            && page.blocks[own.start].marker.is_none()
            && own.clone().zip(text.clone()).all(|(a, b)| same_text(page.folded(a), page.folded(b)))
    };
    candidates[..found].iter().find(is_print).unwrap_or(text).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.\n\n";

    #[test]
    fn the_headline_is_likelier_than_the_lines_around_it() {
        let menu = "Home\nNews\nSport\nContact\n\n";
        let text = format!("{menu}Night ferry sails again\n\nBy Anna Keller\n\n{}", TEXT.repeat(4));
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let scorer = TitleScorer::built_in().unwrap();
        let segment = Segment { blocks: 0..page.blocks.len(), ..Segment::default() };
        let candidates = Candidates::of(&Prints::of(&page), &marks, &segment, 6);
        let probabilities = scorer.probabilities(&candidates);
        let probability = |index: usize| {
            let scored = candidates.blocks.iter().zip(&probabilities);
            let own = scored.filter(|(blocks, _)| blocks.start == index);
            own.map(|scored| *scored.1).fold(0.0, f32::max)
        };
        assert!(probability(4) > 0.5, "{}", probability(4));
        assert!([0, 1, 2, 3, 5, 6].into_iter().all(|other| probability(other) < 0.2));
        assert_eq!(scorer.headline(&page, &marks, &candidates, None), Some(4..5));
    }

    #[test]
    fn the_path_to_a_headline_is_no_part_of_it() {
        let page = Page::new("Home Notes Waiting for fog\nWaiting for fog\nNotes");
        let blocks = [0..1, 1..2, 2..3];
        assert_eq!(without_path(&page, &blocks, 0), 1);
        assert_eq!(without_path(&page, &blocks, 1), 1);
    }

    #[test]
    fn no_row_leaves_the_range_of_its_columns() {
        let text = format!(
            "{}\n\n{}",
            "A line | of - signs: «www.port.example»?\n".repeat(300),
            TEXT.repeat(90)
        );
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let segment = |blocks| Segment { blocks, is_item: true, ..Segment::default() };
        let segments = [segment(0..301), segment(301..page.blocks.len())];
        let prints = Prints::of(&page);
        for own in TitleScorer::candidates(&prints, &marks, &segments, &[300, 310]) {
            for row in own.rows {
                for ((name, range), value) in TitleScorer::ranges().zip(row) {
                    assert!(range.contains(&value), "{name}: {value}");
                }
            }
        }
    }
}
