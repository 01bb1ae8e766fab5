//! What the blocks of a page are, whatever tells it: the elements of a page of HTML, or the form of the lines of a text.

use crate::clean::build::elements::Elements;
use crate::clean::build::forms::Forms;
use crate::html::shown::outline::Mark;
use crate::page::{CellPlace, Page, Role};
use crate::span::Span;

/// What the blocks of a page are.
#[derive(Debug)]
pub(crate) enum Structure<'a> {
    /// As the elements of a page of HTML say.
    Elements(Elements<'a>),
    /// As the forms of lines say.
    Forms(Forms),
}

impl Structure<'_> {
    /// What a block is.
    pub(crate) fn role(&self, index: usize) -> Role {
        match self {
            Self::Elements(elements) => elements.roles[index],
            Self::Forms(forms) => forms.roles[index],
        }
    }

    /// A line of code with its indentation and the white space between its words.
    pub(crate) fn verbatim(&self, page: &Page, span: Span) -> String {
        match self {
            Self::Elements(elements) => elements.verbatim(span),
            Self::Forms(_) => {
                let before = &page.text[..span.start];
                let start = before.trim_end_matches([' ', '\t', '\u{a0}']).len();
                page.text[start..span.end].replace(['\u{a0}', '\r'], " ")
            }
        }
    }

    /// The list that an item stands in, where elements tell.
    pub(crate) fn list_of(&self, item: u32) -> Option<u32> {
        match self {
            Self::Elements(elements) => Some(elements.list_of(item)),
            Self::Forms(_) => None,
        }
    }

    /// The language of a listing, by its unit.
    pub(crate) fn language(&self, unit: u32) -> Option<String> {
        match self {
            Self::Elements(elements) => elements.language(unit),
            Self::Forms(forms) => forms.language(unit),
        }
    }

    /// The rows of a table, by its unit.
    pub(crate) fn rows(&self, unit: u32) -> &[Vec<CellPlace>] {
        match self {
            Self::Elements(elements) => elements.rows(unit),
            Self::Forms(forms) => forms.rows(unit),
        }
    }

    /// Whether rules of signs draw a table, by its unit.
    pub(crate) fn is_drawn(&self, unit: u32) -> bool {
        match self {
            Self::Elements(_) => false,
            Self::Forms(forms) => forms.is_drawn(unit),
        }
    }

    /// Links, emphasis, code and formulas of the whole page, in the order of their starts.
    pub(crate) fn marks(&self) -> &[Mark] {
        match self {
            Self::Elements(elements) => elements.marks(),
            Self::Forms(_) => &[],
        }
    }
}
