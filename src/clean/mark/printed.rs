//! What a text browser printed around the text: the marks of links and the signs of controls are cut out; its list of addresses is
//! debris.

use crate::clean::mark::detector::{LINK_LIST, stage};
use crate::clean::mark::marks::{Cut, Marks};
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// Marks the lists of addresses, and cuts marks of links and signs of controls out of the blocks.
pub(crate) fn mark_printed(page: &Page, marks: &mut Marks) {
    for list in &page.printed.lists {
        let first = page.blocks.partition_point(|block| block.lines.start < list.start);
        let blocks = page.blocks[first..].iter().take_while(|block| block.lines.start < list.end);
        for index in first..first + blocks.count() {
            marks.set(index, &LINK_LIST);
        }
    }
    let cut = |&span: &Span, name| {
        let block = page.blocks.partition_point(|block| block.span.end <= span.start);
        let holds = page
            .blocks
            .get(block)
            .is_some_and(|b| b.span.start <= span.start && span.end <= b.span.end);
        holds.then_some(Cut { block, span, kind: Kind::Nav, by: Decider::Detector(name) })
    };
    let links = page.printed.links.iter().filter_map(|span| cut(span, stage::LINK_MARK));
    let controls = page.printed.controls.iter().filter_map(|span| cut(span, stage::CONTROL));
    marks.cut_out(links.chain(controls));
}
