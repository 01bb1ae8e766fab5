//! Headings of plain text that markup marks: the marks are cut out.

use crate::clean::mark::detector::stage;
use crate::clean::mark::marks::{Cut, Marks};
use crate::page::Page;
use crate::span::{Decider, Kind, Span};

/// Cuts the marks out of the lines that are headings by them. In code they are signs of its own.
pub(crate) fn mark_headings(page: &Page, marks: &mut Marks) {
    let cuts = (0..page.blocks.len()).filter_map(|block| {
        let heading = page.marked_heading(block)?;
        let span = page.blocks[block].span;
        let text = Span::new(span.start + heading.text.start, span.start + heading.text.end);
        let by = Decider::Detector(stage::HEADING_MARK);
        let cut = |span| Cut { block, span, kind: Kind::Markup, by: by.clone() };
        let around = [Span::new(span.start, text.start), Span::new(text.end, span.end)];
        Some(around.into_iter().filter(|span| !span.is_empty()).map(cut).collect::<Vec<_>>())
    });
    marks.cut_out(cuts.collect::<Vec<_>>().into_iter().flatten());
}
