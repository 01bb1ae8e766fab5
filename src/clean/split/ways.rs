//! In which ways a set of lines tells where articles begin: by which families of forms, and how far from each line.

use crate::clean::split::forms::Family;
use crate::clean::split::lines::Lines;

/// Where an article begins, seen from the line that tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Offset {
    /// At the line.
    At,
    /// At the first line that no blank line parts from it.
    Group,
    /// At the headline above.
    Headline,
    /// Right below the text before.
    Top,
    /// Below the line.
    After,
    /// Below the lines that no blank line parts from it.
    AfterGroup,
}

impl Offset {
    /// All, in order.
    pub(crate) const ALL: [Offset; 6] = [
        Offset::At,
        Offset::Group,
        Offset::Headline,
        Offset::Top,
        Offset::After,
        Offset::AfterGroup,
    ];

    pub(super) fn place(self, lines: &Lines, line: usize) -> usize {
        /// Lines between a line and the headline above it, or the end of its group, at most.
        const REACH: usize = 4;
        match self {
            Offset::At => line,
            Offset::Group => lines.group[line],
            Offset::Headline => {
                let from = lines.top[line].max(line.saturating_sub(REACH));
                let is_headline = |&i: &usize| lines.is_headline(i) && lines.dated[i].is_none();
                (from..line).rev().find(is_headline).map_or(line, |i| lines.group[i])
            }
            Offset::Top => lines.top[line],
            Offset::After => line + 1,
            Offset::AfterGroup => {
                let end = lines.len().min(line + 1 + REACH);
                let opens = |&i: &usize| lines.page.blocks[i].gap > 0;
                (line + 1..end).find(opens).unwrap_or(line + 1)
            }
        }
    }
}

/// The families and the offsets that give one set of places.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ways {
    pub(super) families: u32,
    pub(super) offsets: u32,
}

impl Ways {
    pub(super) fn of(family: Family, offset: Offset) -> Self {
        Self { families: 1 << family as u32, offsets: 1 << offset as u32 }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.families |= other.families;
        self.offsets |= other.offsets;
    }

    /// Whether the lines of the set stand between articles rather than at their heads.
    pub(super) fn stand_between(self) -> bool {
        const BETWEEN: [Family; 7] = [
            Family::Symbols,
            Family::Separator,
            Family::FormFeed,
            Family::Gap,
            Family::Cohesion,
            Family::Signature,
            Family::Credit,
        ];
        BETWEEN.iter().any(|&family| self.has_family(family)) || self.has_offset(Offset::After)
    }

    /// Whether nothing but lines of one family tells of the set.
    pub(super) fn is_alone(self, family: Family) -> bool {
        self.families == 1 << family as u32
    }

    pub(super) fn has_family(self, family: Family) -> bool {
        self.families & 1 << family as u32 != 0
    }

    pub(super) fn has_offset(self, offset: Offset) -> bool {
        self.offsets & 1 << offset as u32 != 0
    }
}
