//! Which pictures of a page belong to an article, and between which of its blocks they stand.

use std::ops::Range;

use crate::clean::build::structure::Structure;
use crate::html::picture::Picture;
use crate::page::Page;
use crate::span::Kind;

/// A picture of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    /// The block that it stands above.
    pub(super) above: usize,
    pub(super) picture: &'a Picture,
}

/// The pictures of the article that these blocks make, captions aside: those between two paragraphs, or below its headline, and figures beside a paragraph.
pub(crate) fn pictures_of<'a>(
    page: &Page,
    structure: &'a Structure,
    blocks: Range<usize>,
    kind: impl Fn(usize) -> Kind,
) -> Vec<Placed<'a>> {
    let is_text = |&index: &usize| kind(index) != Kind::Caption;
    let is = |index: Option<usize>, wanted: Kind| index.is_some_and(|index| kind(index) == wanted);
    let placed = structure.pictures().iter().filter_map(|picture| {
        let above = page.blocks.partition_point(|block| block.span.start < picture.at);
        let above = Some(above).filter(|at| (blocks.start..=blocks.end).contains(at))?;
        let before = (blocks.start..above).rev().find(is_text);
        let behind = (above..blocks.end).find(is_text);
        let is_below_text = is(before, Kind::Body);
        let is_above_text = is(behind, Kind::Body);
        let is_figure = || structure.is_figure(picture);
        let is_own = match (is_below_text, is_above_text) {
            (true, true) => true,
            (true, false) => is_figure(),
            (false, true) => is(before, Kind::Title) || is_figure(),
            (false, false) => false,
        };
        is_own.then_some(Placed { above, picture })
    });
    placed.collect()
}
