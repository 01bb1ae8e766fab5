//! Where in the text of a page the elements stand that selectors select.

use crate::html::markup::selector::{Open, Selector};
use crate::span::Span;

/// The text of an element that a selector selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Selected {
    /// The place of the selector among those that were given.
    pub(crate) selector: usize,
    /// How many elements opened before it: of elements one within another, the innermost has the highest.
    pub(crate) order: usize,
    /// Where its text stands in what the page shows; white space may stand at its ends.
    pub(crate) text: Span,
}

/// Follows the elements of a page as they open and close.
#[derive(Debug)]
pub(in crate::html) struct Selecting<'s> {
    /// None where nothing is to be selected.
    open: Option<Open<'s>>,
    /// For each open element the selectors that select it, how many opened before it, and where its text begins.
    pending: Vec<(Vec<usize>, usize, usize)>,
    opened: usize,
    found: Vec<Selected>,
}

impl<'s> Selecting<'s> {
    pub(in crate::html) fn new(selectors: &'s [&'s Selector]) -> Self {
        let open = (!selectors.is_empty()).then(|| Open::new(selectors));
        Self { open, pending: Vec::new(), opened: 0, found: Vec::new() }
    }

    /// Opens an element whose text begins at `from`.
    pub(in crate::html) fn begin(&mut self, name: &str, attributes: &str, from: usize) {
        if let Some(open) = &mut self.open {
            self.pending.push((open.begin(name, attributes), self.opened, from));
            self.opened += 1;
        }
    }

    /// Closes the element that was opened last, whose text ends at `end`.
    pub(in crate::html) fn end(&mut self, end: usize) {
        let Some(open) = &mut self.open else { return };
        open.end();
        let Some((selectors, order, from)) = self.pending.pop() else { return };
        let text = Span::new(from, end.max(from));
        let selected = selectors.into_iter().map(|selector| Selected { selector, order, text });
        self.found.extend(selected);
    }

    /// What was selected, in the order in which it opens.
    pub(in crate::html) fn finish(mut self) -> Vec<Selected> {
        self.found.sort_by_key(|s| (s.order, s.selector));
        self.found
    }
}
