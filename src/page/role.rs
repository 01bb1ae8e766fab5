//! What a block is in the build of its text, as the elements of a page or the form of lines tell.

use crate::span::Span;

/// A cell of a table in the text of a page; white space may stand at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellPlace {
    /// Where it stands.
    pub text: Span,
    /// Whether it heads a column or a row.
    pub is_header: bool,
    /// Columns that it takes up.
    pub colspan: u32,
    /// Rows that it takes up.
    pub rowspan: u32,
}

/// What a block is in the build of its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Role {
    /// What it is.
    pub kind: RoleKind,
    /// What stands for the whole that it is part of: blocks of one kind and unit that follow each other are one.
    pub unit: u32,
    /// Lists around it; of an item its own among them.
    pub depth: u32,
    /// Quotations around it.
    pub quoted: u32,
    /// The row of a table that it stands in, or the paragraph of a quotation, 0 for none: what stands in one is one paragraph.
    pub row: u32,
    /// Bytes of the sign that an item begins with, such as `-` or `2.`, without white space.
    pub mark: u32,
}

/// The kinds of [`Role`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RoleKind {
    /// Running text.
    #[default]
    Paragraph,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// An item of a list, with its number where the list counts.
    Item(Option<u32>),
    /// Text that is quoted.
    Quotation,
    /// A line of code.
    Code,
    /// In a row of a table.
    Row,
    /// A term that is defined.
    Term,
    /// What it means.
    Definition,
    /// A line of verse.
    Verse,
    /// What is said of a picture or a table.
    Caption,
    /// A note about the text.
    Note,
    /// A reader's comment.
    Comment,
}
