//! What splitting hands on: the blocks of one article, and the head of a feed item.

use std::ops::Range;

use crate::span::Span;

/// The blocks of one article with the debris around them, or those before the first article.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segment {
    /// Its blocks.
    pub blocks: Range<usize>,
    /// The block that is its headline.
    pub title: Option<usize>,
    /// Where the headline stands in its line, without what the headlines of the other articles have too.
    pub(crate) own_title: Option<Span>,
    /// Whether its headline is known, so that none is looked for among its blocks where `title` is none.
    pub(crate) is_named: bool,
    /// Whether it is one of several articles of one form, which may be short and without a headline.
    pub(crate) is_item: bool,
    /// Whether it stands around the articles and holds none.
    pub(crate) is_around: bool,
    /// Whether it may hold an article all the same, as it is only looks that leave it around.
    pub(crate) is_open: bool,
    /// Whether it is likely an article by how it compares with the others, however little text it holds.
    pub(crate) is_likely: bool,
    /// The line below its text with the name of its author.
    pub(crate) signature: Option<usize>,
    pub(crate) feed: Option<FeedHead>,
}

impl Segment {
    /// What stands around the articles, and may be one all the same.
    pub(crate) fn around(blocks: Range<usize>) -> Self {
        Self { blocks, is_named: true, is_around: true, is_open: true, ..Self::default() }
    }

    /// Tells whether it stands around the articles, by its looks.
    pub(crate) fn stand_around(&mut self, is_around: bool) {
        self.is_around = is_around;
        self.is_open = is_around;
    }

    /// Tells that it stands around the articles, by its looks, and has no headline of its own.
    pub(crate) fn leave(&mut self) {
        self.stand_around(true);
        self.is_named = true;
        self.is_item = false;
    }
}

/// A feed item's head.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FeedHead {
    /// The first block that belongs to the item: its source line, or the headline in the list.
    pub(crate) start: usize,
    /// The line that names the source.
    pub(crate) source: Option<usize>,
    /// The headline in the list.
    pub(crate) listed: usize,
    /// The headline that stands alone above the text.
    pub(crate) title: usize,
}
