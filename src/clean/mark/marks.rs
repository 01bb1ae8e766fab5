//! TODO

use crate::clean::mark::detect;
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// All evidence on a page.
#[derive(Debug, Default)]
pub struct Marks {
    blocks: Vec<Option<Mark>>,
    cuts: Vec<Cut>,
    separators: Vec<usize>,
    ends: Vec<usize>,
}

impl Marks {
    /// No evidence yet on any of `blocks` blocks.
    #[must_use]
    pub fn new(blocks: usize) -> Self {
        Self { blocks: vec![None; blocks], ..Self::default() }
    }

    /// Adds evidence; of two marks on a block the stronger stays, of equals the earlier.
    pub fn add(&mut self, block: usize, kind: Kind, by: Decider, force: Force) {
        if self.blocks[block].as_ref().is_none_or(|old| old.force < force) {
            self.blocks[block] = Some(Mark { kind, by, force });
        }
    }

    /// The same for a detector.
    pub fn detect(&mut self, block: usize, kind: Kind, detector: &'static str, force: Force) {
        self.add(block, kind, Decider::Detector(detector), force);
    }

    /// Replaces whatever was said of a block.
    pub fn set(&mut self, block: usize, kind: Kind, detector: &'static str) {
        self.blocks[block] =
            Some(Mark { kind, by: Decider::Detector(detector), force: Force::Sure });
    }

    /// Takes back what a detector said of a block.
    fn take_back(&mut self, block: usize, detectors: &[&str]) {
        let said =
            |mark: &Mark| matches!(mark.by, Decider::Detector(name) if detectors.contains(&name));
        if self.blocks[block].as_ref().is_some_and(said) {
            self.blocks[block] = None;
        }
    }

    /// Takes back the hints that a section above `title` left on the blocks from it on.
    pub(crate) fn clear_section(&mut self, title: usize) {
        let Some(Mark { force: Force::Hint, by, .. }) = self.blocks[title].clone() else { return };
        for mark in self.blocks[title..]
            .iter_mut()
            .map_while(|m| m.as_ref().is_some_and(|m| m.by == by).then_some(m))
        {
            *mark = None;
        }
    }

    /// The evidence on a block.
    #[must_use]
    pub fn of(&self, block: usize) -> Option<&Mark> {
        self.blocks[block].as_ref()
    }

    /// The kind a block is said to be.
    #[must_use]
    pub fn kind(&self, block: usize) -> Option<Kind> {
        self.of(block).map(|m| m.kind)
    }

    /// Whether a block is said to be debris.
    #[must_use]
    pub fn is_debris(&self, block: usize) -> bool {
        self.kind(block).is_some_and(Kind::is_debris)
    }

    /// Debris inside a block, in order.
    pub fn cuts_of(&self, block: usize) -> impl Iterator<Item = &Cut> {
        let from = self.cuts.partition_point(|c| c.block < block);
        self.cuts[from..].iter().take_while(move |c| c.block == block)
    }

    /// Blocks that part articles by what they say.
    #[must_use]
    pub fn separators(&self) -> &[usize] {
        &self.separators
    }

    /// The first of [`Self::ends`] from block `from` on.
    #[must_use]
    pub fn first_end(&self, from: usize) -> Option<usize> {
        self.ends.get(self.ends.partition_point(|&e| e < from)).copied()
    }

    /// Whether a block is running text that nothing says is debris.
    #[must_use]
    pub fn is_text(&self, page: &Page, block: usize) -> bool {
        page.blocks[block].is_prose() && !self.is_debris(block)
    }

    /// Blocks after which nothing of the article follows.
    #[must_use]
    pub fn ends(&self) -> &[usize] {
        &self.ends
    }
}

/// One piece of evidence on a block.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What the block is said to be.
    pub kind: Kind,
    /// Who says so.
    pub by: Decider,
    /// How far it binds.
    pub force: Force,
}

/// How far a mark binds the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// Counts for debris where nothing speaks against it.
    Hint,
    /// Decides, unless something says [`Force::Sure`].
    Strong,
    /// Decides.
    Sure,
}

/// Debris inside a block: a sentence, or words glued to its end.
#[derive(Debug, Clone)]
pub struct Cut {
    /// The block.
    pub block: usize,
    /// Where the debris stands, in the view.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Who says so.
    pub by: Decider,
}
