//! What stands by the main heading of a page.

use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::{Rendered, common};
use crate::html::stated::credits::{CreditThresholds, Credited, OTHERS};
use crate::span::Span;
use crate::{bylines, dates};

impl Rendered {
    /// Splits credits into those that stand by the main heading, and others. Those among comments and other stories are left out.
    pub(in crate::html) fn by_heading(
        &self,
        credits: Vec<Credited>,
        t: &CreditThresholds,
    ) -> (Vec<Credited>, Vec<Credited>) {
        let headings: Vec<(usize, u32)> = self.main_headings().collect();
        let is_near = |credited: &Credited| {
            headings.iter().any(|&(start, _)| {
                credited.text.start + t.before > start && credited.text.start < start + t.after
            })
        };
        credits
            .into_iter()
            .filter(|credited| !self.is_of_others(credited.element, &headings))
            .partition(is_near)
    }

    /// The headings of the first level: where each line of them begins, and the element.
    pub(in crate::html) fn main_headings(&self) -> impl Iterator<Item = (usize, u32)> {
        let heading = |element| {
            self.around(element)
                .find(|&at| matches!(self.elements[at as usize].tag, Tag::Heading(1)))
        };
        self.lines.iter().filter_map(move |line| heading(line.element).map(|at| (line.start, at)))
    }

    /// Whether an element is among comments, other stories and the like, and the headings are not.
    pub(in crate::html) fn is_of_others(&self, element: u32, headings: &[(usize, u32)]) -> bool {
        let shared = headings
            .iter()
            .map(|&(_, heading)| common(&self.elements, heading, element))
            .max()
            .unwrap_or(0);
        self.around(element)
            .take_while(|&at| at > shared)
            .any(|at| OTHERS.iter().any(|hint| self.elements[at as usize].hints.any(*hint)))
    }

    /// Whether nothing but the words that open a byline stands before a stretch of text on its line.
    pub(in crate::html) fn is_opened(&self, text: Span) -> bool {
        let line = self.text[..text.start].rfind('\n').map_or(0, |end| end + 1);
        let before = &self.text[line..text.start];
        let date = dates::find(before, dates::Order::Unknown).pop();
        bylines::is_opening(date.map_or(before, |date| &before[date.end..]))
    }

    /// An element and those that hold it, from the inside out.
    fn around(&self, element: u32) -> impl Iterator<Item = u32> {
        let parent =
            |at: &u32| Some(self.elements[*at as usize].parent).filter(|parent| parent != at);
        std::iter::successors(Some(element), parent)
    }
}
