//! The verdict on each block: what evidence decides, and what stands outside the text.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::mark::{DetectorBounds, Mark, Marks, Strength, stage};
use crate::clean::model::Prediction;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind};
use crate::text::sentence::ends_plainly;

/// What a block is, and what decided.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// What it is.
    pub kind: Kind,
    /// What decided; none for text that nothing spoke against.
    pub by: Option<Decider>,
    /// Where the model decided, the probability of being text that was asked for at this place, or of a run of one form in the mean, 0 to 1.
    pub needed: Option<f32>,
}

impl Verdict {
    /// The verdict on what would be kept of a segment without any paragraph.
    pub(crate) fn without_text() -> Self {
        Self::detected(Kind::Nav, stage::NO_TEXT)
    }

    /// Text that nothing spoke against.
    pub(crate) fn kept() -> Self {
        Self { kind: Kind::Body, by: None, needed: None }
    }

    /// What a mark says a block is.
    pub(crate) fn marked(mark: &Mark) -> Self {
        Self { kind: mark.kind, by: Some(mark.by.clone()), needed: None }
    }

    /// What a block is by all that the model says of its run, of which it asks for a mean probability of `needed`.
    pub(crate) fn settled(kind: Kind, needed: f32) -> Self {
        Self { kind, by: Some(Decider::ModelBy("form")), needed: Some(needed) }
    }

    /// What a detector says a block is.
    pub(crate) fn detected(kind: Kind, detector: &'static str) -> Self {
        Self { kind, by: Some(Decider::Detector(detector)), needed: None }
    }
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

adjustable! {
    /// What the verdict on a block hangs on. A probability is the model's, of being text, 0 to 1.
    JudgeThresholds {
        /// The least probability at which a block is kept, where in doubt blocks are kept.
        keep: f32 = 0.25,
        /// The same where neither is preferred; chosen on held-out answers.
        balanced: f32 = 0.4,
        /// The same where in doubt blocks are dropped.
        strict: f32 = 0.75,
        /// On a page whose likeliest paragraphs are unlikely, the least probability is this share of theirs: most pages hold a text.
        of_likeliest: f32 = 0.45,
        /// Characters of the likeliest paragraphs.
        likeliest_chars: u32 = 250,
        /// The least probability falls by this factor at most.
        likeliest_falls: f32 = 0.25,
        /// Probability from which on the model overrules a rule that is not sure. From 0.7 or 0.8 on: no change on WCXB.
        rule_gives_way_at: f32 = 0.9,
        /// Factor on the least probability for a block between two kept paragraphs, or right below the headline.
        in_text: f32 = 0.3,
        /// Factor for a short sentence right below a kept paragraph, of which nothing says that it is debris: a text may close with one.
        closing: f32 = 0.4,
        /// Words of the longest sentence that is judged so.
        closing_words: u32 = 12,
        /// Such sentences, one below the other, at most.
        closing_sentences: usize = 2,
        /// Factor for a block outside the likely stretch of text, and for a short one that a rule hints is debris. That stretch: text F1 +0.002 on
        /// WCXB.
        doubtful: f32 = 1.5,
        /// Factor for a short line, or a paragraph alone, above the headline.
        above_title: f32 = 2.25,
        /// The least probability is never more than this, whatever the factors.
        most: f32 = 0.95,
        /// Words of the longest line that counts as short above the headline.
        short_line: u32 = 10,
        /// Blocks before and after a block among which its neighbouring paragraphs are looked for.
        near: usize = 4,
        /// Blocks below the headline that stand right below it.
        below_title: usize = 2,
        /// Words of the shortest line right below the headline that is judged as a paragraph amid text.
        below_title_words: u32 = 6,
        /// Without a model: words of the shortest line between headline and text that is kept.
        lead_words: u32 = 6,
    }
}

impl JudgeThresholds {
    /// The least probability of being text at which a block is kept.
    pub(crate) fn least(&self, strictness: Strictness) -> f32 {
        match strictness {
            Strictness::Keep => self.keep,
            Strictness::Balanced => self.balanced,
            Strictness::Strict => self.strict,
        }
    }

    /// The least probability of being text at which a paragraph of these blocks is kept: where none is likely, less than usual.
    pub(crate) fn least_of(
        &self,
        strictness: Strictness,
        page: &Page,
        blocks: Range<usize>,
        marks: &Marks,
        predictions: &[Prediction],
    ) -> f32 {
        let least = self.least(strictness);
        let mut paragraphs: Vec<(f32, u32)> = blocks
            .zip(predictions)
            .filter(|&(index, _)| page.blocks[index].is_prose() && !marks.is_debris(index))
            .map(|(index, said)| (said.probability, page.blocks[index].shape.chars))
            .collect();
        paragraphs.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut chars = 0;
        let likeliest = paragraphs.iter().find(|&&(_, own)| {
            chars += own;
            chars >= self.likeliest_chars
        });
        likeliest.map_or(least, |&(probability, _)| {
            (probability * self.of_likeliest).max(least * self.likeliest_falls).min(least)
        })
    }
}

/// All that is known of an article when its blocks are judged.
#[derive(Debug)]
pub(crate) struct JudgeInput<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The article's blocks.
    pub segment: &'a Segment,
    /// Where its text stands by the sum over its paragraphs.
    pub region: &'a Range<usize>,
    /// What rules and detectors say.
    pub marks: &'a Marks,
    /// What the model says, by block of the article; empty without a model.
    pub predictions: &'a [Prediction],
    /// Where its text stands by the model; see [`likely_region`](crate::clean::region::likely_region).
    pub likely: Range<usize>,
    /// The least probability of being text at which a block is kept, 0 to 1.
    pub least: f32,
    /// What the verdict hangs on.
    pub thresholds: &'a JudgeThresholds,
    /// How far each detector binds.
    pub bounds: &'a DetectorBounds,
}

impl JudgeInput<'_> {
    /// The verdict on block `index` of the page.
    #[must_use]
    pub(crate) fn verdict(&self, index: usize) -> Verdict {
        if self.segment.title == Some(index) {
            return Verdict::detected(Kind::Title, stage::HEADLINE);
        }
        match self.predictions.get(index - self.segment.blocks.start) {
            Some(prediction) => self.weigh(index, prediction.probability),
            None => self.decide(index),
        }
    }

    /// The verdict where the model has a say: sure marks bind, strong ones unless it is certain, and it decides on the rest. Lines about the
    /// article are no part of what it learned from: of those a rule knows more.
    fn weigh(&self, index: usize, probability: f32) -> Verdict {
        let t = self.thresholds;
        let mark = self.marks.of(index);
        let binds = |m: &&Mark| match (m.strength, &m.by) {
            (Strength::Hint, _) => false,
            (Strength::Sure, Decider::Rule(_)) => true,
            (Strength::Strong, Decider::Rule(_)) if m.kind.is_about() => true,
            (_, Decider::Detector(name)) => {
                self.bounds.gives_way_at(name).is_none_or(|from| probability < from)
            }
            (_, _) => probability < self.thresholds.rule_gives_way_at,
        };
        if let Some(mark) = mark.filter(binds) {
            return Verdict::marked(mark);
        }
        let hinted = mark.is_some_and(|m| {
            m.kind.is_debris() && m.strength == Strength::Hint && matches!(m.by, Decider::Rule(_))
        });
        let is_prose = self.page.blocks[index].is_prose();
        let above_title = self.segment.title.is_some_and(|title| index < title)
            && (self.page.blocks[index].shape.words <= t.short_line || self.stands_alone(index));
        let outside = !self.likely.contains(&index);
        let (step, factor) = if above_title {
            ("above-headline", t.above_title)
        } else if outside {
            ("outside-region", t.doubtful)
        } else if hinted && !is_prose {
            ("hinted", t.doubtful)
        } else {
            ("", 1.0)
        };
        let least = (self.least * factor).min(t.most);
        let needed = if self.stands_in_text(index) {
            least * t.in_text
        } else if self.closes_text(index) {
            least * t.closing
        } else {
            least
        };
        let is_kept = probability >= needed;
        let kind = if is_kept {
            Kind::Body
        } else {
            mark.map(|m| m.kind).filter(|k| k.is_debris()).unwrap_or(self.outside(index))
        };
        let by = match (is_kept, probability >= self.least) {
            (true, false) => Decider::ModelBy("amid-text"),
            (false, true) => Decider::ModelBy(step),
            _ => Decider::Model,
        };
        Verdict { kind, by: Some(by), needed: Some(needed) }
    }

    /// Whether a paragraph closes a group of short lines, and no other stands near.
    fn stands_alone(&self, index: usize) -> bool {
        let (blocks, t) = (&self.segment.blocks, self.thresholds);
        let gap = |index: usize| self.page.blocks.get(index).map_or(0, |block| block.gap);
        if gap(index) > 0 || gap(index + 1) == 0 {
            return false;
        }
        let from = blocks.start.max(index.saturating_sub(t.near));
        let mut near = from..blocks.end.min(index + t.near + 1);
        near.all(|other| other == index || !self.page.blocks[other].is_prose())
    }

    /// Whether a paragraph stands between paragraphs that the model takes for text, or right below the headline: text has few holes.
    fn stands_in_text(&self, index: usize) -> bool {
        let (blocks, t) = (&self.segment.blocks, self.thresholds);
        let is_text = |i: usize| self.predictions[i - blocks.start].probability >= self.least;
        let paragraph = |i: &usize| self.page.blocks[*i].is_prose();
        let near = |i: &usize| i.abs_diff(index) <= t.near;
        let below_title =
            self.segment.title.is_some_and(|title| index > title && index - title <= t.below_title);
        let before = (blocks.start..index).rev().take_while(near).find(paragraph);
        let after = (index + 1..blocks.end).take_while(near).find(paragraph);
        (below_title || before.is_some_and(is_text))
            && after.is_some_and(is_text)
            && (self.page.blocks[index].is_prose()
                || below_title && self.page.blocks[index].shape.words >= t.below_title_words)
    }

    /// Whether a short sentence stands right below a paragraph that the model takes for text, or below others of its kind that do.
    fn closes_text(&self, index: usize) -> bool {
        let (blocks, t) = (&self.segment.blocks, self.thresholds);
        let is_sentence = |i: &usize| {
            let shape = &self.page.blocks[*i].shape;
            shape.words <= t.closing_words
                && self.marks.of(*i).is_none()
                && ends_plainly(self.page.text_of(*i))
        };
        let paragraph = |i: &usize| self.page.blocks[*i].is_prose();
        let is_text = |i: usize| self.predictions[i - blocks.start].probability >= self.least;
        let mut above = (blocks.start..index).rev().take(t.closing_sentences);
        is_sentence(&index)
            && above
                .find(|i| paragraph(i) || !is_sentence(i))
                .is_some_and(|i| paragraph(&i) && is_text(i))
    }

    /// The verdict by marks and place alone.
    fn decide(&self, index: usize) -> Verdict {
        let block = &self.page.blocks[index];
        if let Some(mark) = self.marks.of(index) {
            let text = self.region.contains(&index)
                && mark.strength == Strength::Hint
                && (block.is_prose() || mark.kind == Kind::Nav && block.shape.ends_sentence);
            if !text {
                return Verdict::marked(mark);
            }
        }
        let below_title = self.segment.title.is_none_or(|t| index > t);
        let lead = self.segment.title.is_some()
            && below_title
            && index < self.region.start
            && block.shape.words >= self.thresholds.lead_words;
        if self.region.contains(&index) && below_title || lead {
            return Verdict::kept();
        }
        Verdict::detected(self.outside(index), stage::OUTSIDE_TEXT)
    }

    fn outside(&self, index: usize) -> Kind {
        if self.page.blocks[index].is_prose() { Kind::Other } else { Kind::Nav }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    #[test]
    fn a_short_sentence_below_the_text_closes_it_and_what_a_rule_knows_does_not() {
        let page = |line: &str| {
            format!(
                "Home\nNews\nSport\nLog in\n\nFerry company is fined for sailing without lights\n\nBy Mara Quill\n\n12 May 2031\n\n\
                The company that runs the night ferry across the sound was fined on Monday for sailing nine times without its lights, which its \
                captain had lent to a theatre.\n\n\
                The bench at Norrby heard that nobody had been hurt, and that two fishing boats had followed the ferry home because they took it \
                for an island that they did not know.\n\n\
                A lawyer for the company said that the lights had been returned with thanks, and that two tickets for the play had been sent to \
                each member of the crew.\n\n{line}\n\nShare\nFacebook\nRelated articles\nBaker fined for singing\n\
                Mill owner gives the weir to the town\nPrivacy policy\n© 2031 Norrby Post\n"
            )
        };
        let cleaner = Cleaner::new(Options::default()).unwrap();
        for (line, is_kept) in [
            ("The case continues.", true),
            ("All rights reserved.", false),
            ("Sport and more", false),
        ] {
            let text = cleaner.clean(&page(line)).articles.remove(0).text;
            assert_eq!(text.ends_with(line), is_kept, "{line}");
        }
    }
}
