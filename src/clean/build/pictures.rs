//! Which pictures of a page belong to an article, and between which of its blocks they stand.

use std::ops::Range;

use crate::clean::build::elements::Elements;
use crate::guard::look;
use crate::html::shown::picture::Picture;
use crate::page::{Page, Role, RoleKind};
use crate::span::Kind;

/// A picture of an article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'a> {
    /// The block that it stands above.
    pub(super) above: usize,
    /// What a paragraph in its place would be.
    pub(super) role: Role,
    pub(super) picture: &'a Picture,
}

/// The pictures of the article that these blocks make: lines about it aside, those between two paragraphs, or below its headline, and figures
/// beside a paragraph. None in a cell of a table, and none that the elements around it say is no part of the text.
pub(crate) fn pictures_of<'a>(
    page: &Page,
    elements: &'a Elements,
    blocks: Range<usize>,
    kind: impl Fn(usize) -> Kind,
) -> Vec<Placed<'a>> {
    let is_text = |&index: &usize| !kind(index).is_about();
    let is = |index: Option<usize>, wanted: Kind| index.is_some_and(|index| kind(index) == wanted);
    // What stands between two articles is none of the upper one.
    let end_of = |index: usize| page.blocks[index].span.end;
    let from = blocks.start.checked_sub(1).map_or(0, end_of);
    let is_last = blocks.end == page.blocks.len();
    let end = blocks.end.checked_sub(1).filter(|_| !is_last).map_or(usize::MAX, end_of);
    let all = elements.pictures();
    let first = all.partition_point(|picture| picture.at < from);
    let own = all[first..].iter().take_while(|picture| picture.at < end);
    let placed = own.filter_map(|picture| {
        look();
        let above = page.blocks.partition_point(|block| block.span.start < picture.at);
        let before = (blocks.start..above).rev().find(is_text);
        let behind = (above..blocks.end).find(is_text);
        let is_figure = || elements.is_figure(picture);
        let is_own = match (is(before, Kind::Body), is(behind, Kind::Body)) {
            (true, true) => true,
            (true, false) => is_figure(),
            (false, true) => is(before, Kind::Title) || is_figure(),
            (false, false) => false,
        };
        let role = elements.role_at(picture);
        let is_cell = role.kind == RoleKind::Row;
        (is_own && !is_cell && !elements.is_beside_text(picture)).then_some(Placed {
            above,
            role,
            picture,
        })
    });
    placed.collect()
}
