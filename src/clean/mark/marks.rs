//! The evidence on a page: what rules and detectors said of each block, and of parts of one.

use crate::clean::mark::detector::Detector;
use crate::clean::mark::strength::Strength;
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// One piece of evidence on a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What the block is said to be.
    pub kind: Kind,
    /// Who says so.
    pub by: Decider,
    /// How far it binds.
    pub strength: Strength,
}

/// Debris inside a block: a sentence, or words glued to its end.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    /// The block.
    pub block: usize,
    /// Where the debris stands, in the view.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Who says so.
    pub by: Decider,
}

/// All evidence on a page.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// For each block its evidence, the strongest first, of equals the earlier.
    blocks: Vec<Vec<Mark>>,
    pub(super) cuts: Vec<Cut>,
    pub(super) separators: Vec<usize>,
    pub(super) ends: Vec<usize>,
}

impl Marks {
    /// No evidence yet on any of `blocks` blocks.
    #[must_use]
    pub(crate) fn new(blocks: usize) -> Self {
        Self { blocks: vec![Vec::new(); blocks], ..Self::default() }
    }

    /// Adds evidence, unless the same decider has said as much of the block already.
    pub(crate) fn add(&mut self, block: usize, kind: Kind, by: Decider, strength: Strength) {
        let marks = &mut self.blocks[block];
        if marks.iter().any(|m| m.strength >= strength && m.kind == kind && m.by == by) {
            return;
        }
        let place = marks.partition_point(|m| m.strength >= strength);
        marks.insert(place, Mark { kind, by, strength });
    }

    /// Adds what a detector says.
    pub(crate) fn detect(&mut self, block: usize, detector: &Detector) {
        self.add(block, detector.kind, Decider::Detector(detector.name), detector.strength);
    }

    /// Adds what a detector says, ahead of all that was said before.
    pub(crate) fn set(&mut self, block: usize, detector: &Detector) {
        let by = Decider::Detector(detector.name);
        self.blocks[block].insert(0, Mark { kind: detector.kind, by, strength: Strength::Sure });
    }

    /// Adds a mark, ahead of all that was said before.
    pub(crate) fn decide(&mut self, block: usize, mark: Mark) {
        self.blocks[block].insert(0, mark);
    }

    /// Cuts more out of blocks. Of cuts that overlap the one that begins first stays, and the longer of two that begin together.
    pub(crate) fn cut_out(&mut self, cuts: impl Iterator<Item = Cut>) {
        self.cuts.extend(cuts);
        self.cuts.sort_by_key(|cut| (cut.span.start, std::cmp::Reverse(cut.span.end)));
        let mut end = 0;
        self.cuts.retain(|cut| {
            let is_free = cut.span.start >= end;
            end = end.max(cut.span.end);
            is_free
        });
    }

    /// Takes back what some detectors said of a block.
    pub(super) fn take_back(&mut self, block: usize, detectors: &[&Detector]) {
        let said = |m: &Mark| {
            detectors.iter().any(|d| matches!(m.by, Decider::Detector(n) if n == d.name))
        };
        self.blocks[block].retain(|mark| !said(mark));
    }

    /// Clears the blocks from `title` on of the hints that a section above it left, and of what was said beside those hints. The lines about the
    /// article below its headline stay what they are, and do not end that.
    pub(super) fn clear_section(&mut self, title: usize) {
        /// Blocks below the headline among which such lines stand.
        const NEAR: usize = 4;
        let Some(Mark { strength: Strength::Hint, by, .. }) = self.of(title).cloned() else {
            return;
        };
        let is_hint = |mark: &Mark| mark.by == by && mark.strength == Strength::Hint;
        for (below, marks) in self.blocks[title..].iter_mut().enumerate() {
            let Some(first) = marks.first() else { return };
            if is_hint(first) {
                marks.clear();
            } else if below <= NEAR && first.kind.is_about() {
                marks.retain(|mark| !is_hint(mark));
            } else {
                return;
            }
        }
    }

    /// The strongest evidence on a block; of equals the earlier.
    #[must_use]
    pub(crate) fn of(&self, block: usize) -> Option<&Mark> {
        self.blocks[block].first()
    }

    /// All evidence on a block, the strongest first.
    #[must_use]
    pub(crate) fn all_of(&self, block: usize) -> &[Mark] {
        &self.blocks[block]
    }

    /// The kind a block is said to be.
    #[must_use]
    pub(crate) fn kind(&self, block: usize) -> Option<Kind> {
        self.of(block).map(|m| m.kind)
    }

    /// Whether a block is said to be debris.
    #[must_use]
    pub(crate) fn is_debris(&self, block: usize) -> bool {
        self.kind(block).is_some_and(Kind::is_debris)
    }

    /// Debris inside a block, in order.
    pub(crate) fn cuts_of(&self, block: usize) -> impl Iterator<Item = &Cut> {
        let from = self.cuts.partition_point(|c| c.block < block);
        self.cuts[from..].iter().take_while(move |c| c.block == block)
    }

    /// Blocks that part articles by what they say.
    #[must_use]
    pub(crate) fn separators(&self) -> &[usize] {
        &self.separators
    }

    /// The first of [`Self::ends`] from block `from` on.
    #[must_use]
    pub(crate) fn first_end(&self, from: usize) -> Option<usize> {
        self.ends.get(self.ends.partition_point(|&e| e < from)).copied()
    }

    /// Whether a block is running text that nothing says is debris.
    #[must_use]
    pub(crate) fn is_text(&self, page: &Page, block: usize) -> bool {
        page.blocks[block].is_prose() && !self.is_debris(block)
    }

    /// Blocks after which nothing of the article follows.
    #[must_use]
    pub(crate) fn ends(&self) -> &[usize] {
        &self.ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::detector::{BARE_TEASER, BYLINE, LINK_CARD, MENU_RUN, SYMBOLS_ONLY};

    fn said(marks: &Marks) -> Vec<String> {
        marks.all_of(0).iter().map(|mark| mark.by.to_string()).collect()
    }

    #[test]
    fn of_two_marks_the_stronger_comes_first_and_of_equals_the_earlier() {
        let mut marks = Marks::new(1);
        for detector in [&MENU_RUN, &BARE_TEASER, &SYMBOLS_ONLY, &LINK_CARD, &BARE_TEASER] {
            marks.detect(0, detector);
        }
        let all = ["link-card", "bare-teaser", "symbols-only", "menu-run"];
        assert_eq!(said(&marks), all.map(|name| format!("detector:{name}")));
        assert_eq!(marks.kind(0), Some(Kind::Card));
    }

    #[test]
    fn what_is_set_comes_before_all_that_was_said() {
        let mut marks = Marks::new(1);
        marks.detect(0, &LINK_CARD);
        marks.set(0, &BYLINE);
        marks.detect(0, &LINK_CARD);
        assert_eq!(said(&marks), ["detector:byline", "detector:link-card"]);
    }

    #[test]
    fn only_what_a_detector_said_itself_is_taken_back() {
        let mut marks = Marks::new(1);
        marks.detect(0, &MENU_RUN);
        marks.detect(0, &BARE_TEASER);
        marks.take_back(0, &[&BARE_TEASER]);
        assert_eq!(said(&marks), ["detector:menu-run"]);
    }

    #[test]
    fn a_headline_ends_the_section_above_it() {
        let rule = |id: &str| Decider::Rule(id.into());
        let mut marks = Marks::new(4);
        for block in 0..4 {
            marks.add(block, Kind::Related, rule("en.related.more"), Strength::Hint);
        }
        marks.add(3, Kind::Legal, rule("en.legal.rights"), Strength::Strong);
        marks.clear_section(1);
        assert_eq!(
            [0, 1, 2, 3].map(|block| marks.kind(block)),
            [Some(Kind::Related), None, None, Some(Kind::Legal)]
        );
    }

    #[test]
    fn a_byline_between_the_headline_and_the_text_does_not_go_on_with_the_section() {
        let rule = |id: &str| Decider::Rule(id.into());
        let mut marks = Marks::new(3);
        for block in 0..3 {
            marks.add(block, Kind::Related, rule("en.related.head"), Strength::Hint);
        }
        marks.add(1, Kind::Meta, rule("en.meta.byline"), Strength::Strong);
        marks.clear_section(0);
        assert_eq!([0, 1, 2].map(|block| marks.kind(block)), [None, Some(Kind::Meta), None]);
        assert_eq!(marks.all_of(1).len(), 1);
    }
}
