//! What stands around a candidate: text, lines about the article, debris, short lines.

use std::ops::Range;

use crate::clean::mark::{Marks, Strength};
use crate::page::Page;
use crate::span::Kind;

/// Blocks that are looked at from a candidate to each side.
pub(super) const NEAR: usize = 12;
/// Words of a short line.
const SHORT: u32 = 5;
/// Blocks below a dense beginning of text among which ...
const DENSE_REACH: usize = 8;
/// ... so many more are text.
const DENSE: usize = 3;

/// What a block is to its neighbours. The order is that of how much of a text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Outside the article.
    Outside,
    /// Debris.
    Debris,
    /// What a rule hints is debris.
    Doubtful,
    /// A line of few words.
    Short,
    /// Another line.
    Line,
    /// A line about the article.
    About,
    /// Text.
    Text,
}

/// The roles of the blocks of an article.
#[derive(Debug)]
pub(super) struct Surroundings {
    start: usize,
    roles: Vec<Role>,
    /// Before each block, and at the end: all words, characters of text, blocks of text.
    sums: Vec<[u32; 3]>,
}

impl Surroundings {
    /// The largest value of a role.
    pub(super) const MOST: f32 = Role::Text as u8 as f32;

    /// Looks at `blocks` of `page`.
    pub(super) fn of(page: &Page, blocks: Range<usize>, marks: &Marks) -> Self {
        let role = |index: usize| match marks.of(index) {
            Some(mark) if mark.kind == Kind::Body => Role::Text,
            Some(mark) if mark.kind.is_about() => Role::About,
            Some(mark) if mark.strength > Strength::Hint => Role::Debris,
            _ if page.blocks[index].is_prose() => Role::Text,
            Some(_) => Role::Doubtful,
            None if page.blocks[index].shape.words <= SHORT => Role::Short,
            None => Role::Line,
        };
        let roles: Vec<Role> = blocks.clone().map(role).collect();
        let sums = blocks.clone().zip(&roles).scan([0u32; 3], |sum, (index, role)| {
            let (shape, is_text) = (&page.blocks[index].shape, u32::from(*role == Role::Text));
            *sum = [sum[0] + shape.words, sum[1] + is_text * shape.chars, sum[2] + is_text];
            Some(*sum)
        });
        let sums = [[0; 3]].into_iter().chain(sums).collect();
        Self { start: blocks.start, roles, sums }
    }

    /// The role of a block of the page.
    pub(super) fn role(&self, index: usize) -> Role {
        let at = index.checked_sub(self.start).and_then(|at| self.roles.get(at));
        at.copied().unwrap_or(Role::Outside)
    }

    /// The first block that is text; the end where none is.
    pub(super) fn first_text(&self) -> usize {
        let first = self.roles.iter().position(|&role| role == Role::Text);
        self.start + first.unwrap_or(self.roles.len())
    }

    /// The first block that is text with more text soon below it; none where the text is short.
    pub(super) fn dense_text(&self) -> Option<usize> {
        let is_text = |role: &Role| *role == Role::Text;
        let reach = |at: usize| at + 1..(at + 1 + DENSE_REACH).min(self.roles.len());
        let dense = |at: &usize| {
            is_text(&self.roles[*at])
                && self.roles[reach(*at)].iter().filter(|role| is_text(role)).count() >= DENSE
        };
        (0..self.roles.len()).find(dense).map(|at| self.start + at)
    }

    /// Characters of the text above block `index`.
    pub(super) fn text_above(&self, index: usize) -> u32 {
        self.sums[index - self.start][1]
    }

    /// How many blocks are text.
    pub(super) fn paragraphs(&self) -> u32 {
        self.sums[self.roles.len()][2]
    }

    /// Words between block `above` and block `below`; 0 where it does not stand below.
    pub(super) fn words_between(&self, above: usize, below: usize) -> u32 {
        let below = (below - self.start).min(self.roles.len());
        self.sums[below][0].saturating_sub(self.sums[above - self.start + 1][0])
    }

    /// How many of the blocks below block `index` are text.
    pub(super) fn text_below(&self, index: usize) -> usize {
        self.below(index).iter().filter(|&&role| role == Role::Text).count()
    }

    /// Blocks from `blocks` to the nearest line about the article above and below them; [`NEAR`] where none is near.
    pub(super) fn to_about(&self, blocks: &Range<usize>) -> [usize; 2] {
        let is_about = |role: &Role| *role == Role::About;
        let above = self.above(blocks.start).iter().rev().position(is_about);
        let below = self.below(blocks.end - 1).iter().position(is_about);
        [above, below].map(|distance| distance.unwrap_or(NEAR))
    }

    /// How many short lines stand right above and right below `blocks`.
    pub(super) fn short_lines(&self, blocks: &Range<usize>) -> [usize; 2] {
        let is_short = |role: &&Role| **role == Role::Short;
        let above = self.above(blocks.start).iter().rev().take_while(is_short).count();
        [above, self.below(blocks.end - 1).iter().take_while(is_short).count()]
    }

    fn above(&self, index: usize) -> &[Role] {
        let at = index - self.start;
        &self.roles[at.saturating_sub(NEAR)..at]
    }

    fn below(&self, index: usize) -> &[Role] {
        let from = (index - self.start + 1).min(self.roles.len());
        &self.roles[from..(from + NEAR).min(self.roles.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Decider;

    const TEXT: &str = "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.";

    #[test]
    fn text_begins_where_paragraphs_stand_close() {
        let lines = "Home\n\n".repeat(9);
        let text = format!("{TEXT}\n\n{lines}{}", format!("{TEXT}\n\n").repeat(4));
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let around = Surroundings::of(&page, 0..page.blocks.len(), &marks);
        assert_eq!((around.first_text(), around.dense_text()), (0, Some(10)));
        assert_eq!((around.text_below(8), around.paragraphs()), (4, 5));
        assert_eq!(around.short_lines(&(5..6)), [4, 4]);
        assert_eq!((around.words_between(8, 10), around.words_between(10, 8)), (1, 0));
    }

    #[test]
    fn lines_about_the_article_are_seen_from_a_candidate() {
        let page = Page::new("A\n\nB\n\nC\n\nD");
        let mut marks = Marks::new(4);
        marks.add(3, Kind::Meta, Decider::Rule("table".into()), Strength::Strong);
        let around = Surroundings::of(&page, 0..4, &marks);
        assert_eq!(around.to_about(&(1..2)), [NEAR, 1]);
        assert_eq!((around.role(3), around.role(4)), (Role::About, Role::Outside));
    }
}
