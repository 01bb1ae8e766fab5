//! The verdict on each block: what evidence decides, and what stands outside the text.

use std::ops::Range;

use crate::clean::mark::marks::{Force, Mark, Marks};
use crate::clean::model::Opinion;
use crate::clean::segment::Segment;
use crate::page::{Block, Page};
use crate::span::{Decider, Kind};

/// What a block is, and what decided.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// What decided; none for text that nothing spoke against.
    pub by: Option<Decider>,
}

impl Verdict {
    /// What is left of a stretch between articles that holds no paragraph.
    pub(crate) fn without_text() -> Self {
        Self::detected(Kind::Nav, "no-text")
    }

    /// What a detector says a block is.
    pub(crate) fn detected(kind: Kind, detector: &'static str) -> Self {
        Self { kind, by: Some(Decider::Detector(detector)) }
    }
}

/// The stretch of blocks that holds an article's text: where the sum over paragraphs, less that over short and marked blocks, is largest
/// (maximum subsequence, as in Pasternack and Roth 2009). Empty where nothing is text.
#[must_use]
pub fn text_region(page: &Page, blocks: Range<usize>, marks: &Marks) -> Range<usize> {
    let mut best = (0i64, blocks.start..blocks.start);
    let (mut sum, mut start) = (0i64, blocks.start);
    let mut listed = false;
    for index in blocks {
        if sum <= 0 {
            sum = 0;
            start = index;
        }
        let block = &page.blocks[index];
        listed = block.shape.ends_colon || listed && block.marker.is_some();
        sum += if listed && block.marker.is_some() && !marks.is_debris(index) {
            1
        } else {
            weight(block, index, marks)
        };
        if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}

fn weight(block: &Block, index: usize, marks: &Marks) -> i64 {
    let words = i64::from(block.shape.words);
    match marks.of(index) {
        Some(mark) if mark.kind.is_debris() => {
            if mark.force == Force::Hint {
                -8
            } else {
                -6
            }
        }
        Some(_) => 0,
        None if block.is_prose() => words.min(80),
        None if block.shape.ends_sentence && words >= 4 => words.min(8),
        None if words >= 8 => -2,
        None if block.marker.is_some() => -5,
        None => -4,
    }
}

/// The stretch of blocks that holds an article's text by the model: where the sum of its log-odds, less those of the threshold, over the
/// characters is largest. Empty where nothing is text.
#[must_use]
pub fn likely_region(
    page: &Page,
    blocks: Range<usize>,
    opinions: &[Opinion],
    strictness: Strictness,
) -> Range<usize> {
    /// So that no block outweighs all others.
    const CERTAIN: f32 = 4.0;
    const LONGEST: u32 = 1500;
    let log_odds =
        |probability: f32| (probability / (1.0 - probability)).ln().clamp(-CERTAIN, CERTAIN);
    let least = log_odds(strictness.threshold());
    let mut best = (0.0, blocks.start..blocks.start);
    let (mut sum, mut start) = (0.0, blocks.start);
    for (index, opinion) in blocks.zip(opinions) {
        if sum <= 0.0 {
            (sum, start) = (0.0, index);
        }
        sum += page.blocks[index].shape.chars.min(LONGEST) as f32
            * (log_odds(opinion.probability) - least);
        if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    best.1
}

/// How much must speak for a block before it is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Strictness {
    /// In doubt a block is kept: recall before precision.
    Keep,
    /// Neither is preferred.
    #[default]
    Balanced,
    /// In doubt a block is dropped: precision before recall.
    Strict,
}

impl Strictness {
    /// The least probability of being text at which a block is kept.
    #[must_use]
    pub fn threshold(self) -> f32 {
        match self {
            Strictness::Keep => 0.25,
            Strictness::Balanced => 0.4,
            Strictness::Strict => 0.75,
        }
    }
}

/// Probability from which on the model overrules a rule that is not sure.
const OVERRULE_RULE: f32 = 0.9;
/// The same for a detector, which knows the article where a rule knows words.
const OVERRULE_DETECTOR: f32 = 0.97;
/// The same for what elements of a page say, which the model sees itself, and for what is below a repeated line.
const OVERRULE_MARKUP: f32 = 0.6;
/// The same for a paragraph that looks like a teaser of another story, as the summaries in a text that lists things do.
const OVERRULE_TEASER: f32 = 0.8;

/// What the threshold is multiplied by for a paragraph amid text.
const IN_TEXT: f32 = 0.4;
/// The same for a block outside the stretch that holds the text, and for a short one that is said to be debris; and what it is at most.
const DOUBTFUL: f32 = 1.5;
const DOUBTFUL_AT_MOST: f32 = 0.95;
/// The same for a line of so few words, or a paragraph alone, above the headline.
const ABOVE_TITLE: f32 = 2.25;
const SHORT_LINE: u32 = 10;
/// Blocks among which the paragraphs around one are looked for.
const NEAR: usize = 4;

/// All that is known of an article when its blocks are judged.
#[derive(Debug)]
pub struct Case<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The article's blocks.
    pub segment: &'a Segment,
    /// Where its text stands by the sum over its paragraphs.
    pub region: &'a Range<usize>,
    /// What rules and detectors say.
    pub marks: &'a Marks,
    /// What the model says, by block of the article; empty without a model.
    pub opinions: &'a [Opinion],
    /// Where its text stands by the model; see [`likely_region`].
    pub likely: Range<usize>,
    /// How much must speak for a block.
    pub strictness: Strictness,
}

impl Case<'_> {
    /// The verdict on block `index` of the page.
    #[must_use]
    pub fn verdict(&self, index: usize) -> Verdict {
        if self.segment.title == Some(index) {
            return Verdict::detected(Kind::Title, "headline");
        }
        match self.opinions.get(index - self.segment.blocks.start) {
            Some(opinion) => self.weigh(index, opinion.probability),
            None => self.decide(index),
        }
    }

    /// The verdict where the model has a say: sure marks bind, strong ones unless it is certain, and it decides on the rest. Lines about the
    /// article are no part of what it learned from: of those a rule knows more.
    fn weigh(&self, index: usize, probability: f32) -> Verdict {
        let mark = self.marks.of(index);
        let binds = |m: &&Mark| match (m.force, &m.by) {
            (Force::Sure, _) => true,
            (Force::Strong, Decider::Rule(_)) if m.kind.is_about() => true,
            (Force::Strong, Decider::Rule(_)) => probability < OVERRULE_RULE,
            (Force::Strong, Decider::Detector("markup" | "button" | "caption-below-repeat")) => {
                probability < OVERRULE_MARKUP
            }
            (Force::Strong, Decider::Detector("bare-teaser")) => probability < OVERRULE_TEASER,
            (Force::Strong, _) => probability < OVERRULE_DETECTOR,
            (Force::Hint, _) => false,
        };
        if let Some(mark) = mark.filter(binds) {
            return Verdict { kind: mark.kind, by: Some(mark.by.clone()) };
        }
        let hinted = mark.is_some_and(|m| {
            m.kind.is_debris() && m.force == Force::Hint && matches!(m.by, Decider::Rule(_))
        });
        let is_prose = self.page.blocks[index].is_prose();
        let above_title = self.segment.title.is_some_and(|title| index < title)
            && (self.page.blocks[index].shape.words <= SHORT_LINE || self.stands_alone(index));
        let doubtful = !self.likely.contains(&index) || hinted && !is_prose;
        let factor = if above_title {
            ABOVE_TITLE
        } else if doubtful {
            DOUBTFUL
        } else {
            1.0
        };
        let least = (self.strictness.threshold() * factor).min(DOUBTFUL_AT_MOST);
        let threshold = if self.stands_in_text(index) { least * IN_TEXT } else { least };
        if probability >= threshold {
            return Verdict { kind: Kind::Body, by: Some(Decider::Model) };
        }
        let kind = mark.map(|m| m.kind).filter(|k| k.is_debris()).unwrap_or(self.outside(index));
        Verdict { kind, by: Some(Decider::Model) }
    }

    /// Whether a paragraph closes a group of short lines, and no other stands near.
    fn stands_alone(&self, index: usize) -> bool {
        let blocks = &self.segment.blocks;
        let gap = |index: usize| self.page.blocks.get(index).map_or(0, |block| block.gap);
        if gap(index) > 0 || gap(index + 1) == 0 {
            return false;
        }
        let from = blocks.start.max(index.saturating_sub(NEAR));
        let mut near = from..blocks.end.min(index + NEAR + 1);
        near.all(|other| other == index || !self.page.blocks[other].is_prose())
    }

    /// Whether a paragraph stands between paragraphs that the model takes for text, or right below the headline: text has few holes.
    fn stands_in_text(&self, index: usize) -> bool {
        let blocks = &self.segment.blocks;
        let is_text =
            |i: usize| self.opinions[i - blocks.start].probability >= self.strictness.threshold();
        let paragraph = |i: &usize| self.page.blocks[*i].is_prose();
        let near = |i: &usize| i.abs_diff(index) <= NEAR;
        let below_title =
            self.segment.title.is_some_and(|title| index > title && index - title <= 2);
        let before = (blocks.start..index).rev().take_while(near).find(paragraph);
        let after = (index + 1..blocks.end).take_while(near).find(paragraph);
        (below_title || before.is_some_and(is_text))
            && after.is_some_and(is_text)
            && (self.page.blocks[index].is_prose()
                || below_title && self.page.blocks[index].shape.words >= 6)
    }

    /// The verdict by marks and place alone.
    fn decide(&self, index: usize) -> Verdict {
        let block = &self.page.blocks[index];
        if let Some(mark) = self.marks.of(index) {
            let text = self.region.contains(&index)
                && mark.force == Force::Hint
                && (block.is_prose() || mark.kind == Kind::Nav && block.shape.ends_sentence);
            if !text {
                return Verdict { kind: mark.kind, by: Some(mark.by.clone()) };
            }
        }
        let below_title = self.segment.title.is_none_or(|t| index > t);
        let lead = self.segment.title.is_some()
            && below_title
            && index < self.region.start
            && block.shape.words >= 6;
        if self.region.contains(&index) && below_title || lead {
            return Verdict { kind: Kind::Body, by: None };
        }
        Verdict::detected(self.outside(index), "outside-text")
    }

    fn outside(&self, index: usize) -> Kind {
        if self.page.blocks[index].is_prose() { Kind::Other } else { Kind::Nav }
    }
}
