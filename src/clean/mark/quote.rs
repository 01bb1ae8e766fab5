//! Quotations in plain text: the marks that their lines begin with are cut out.

use std::ops::Range;

use crate::clean::mark::detector::stage;
use crate::clean::mark::marks::{Cut, Marks};
use crate::page::{Page, is_quoted};
use crate::span::{Decider, Kind, Span};

/// Cuts the `>` out of lines of which two and more follow each other, or of a paragraph. In code it is a prompt, and before a button an arrow.
pub(crate) fn mark_quotations(page: &Page, marks: &mut Marks) {
    let is_code = |index: usize| {
        let next = page.listings.partition_point(|listing| listing.end <= index);
        page.listings.get(next).is_some_and(|listing| listing.start <= index)
    };
    let quoted: Vec<bool> = (0..page.blocks.len())
        .map(|index| is_quoted(page.text_of(index)) && !is_code(index))
        .collect();
    let mut cuts = Vec::new();
    let mut end = 0;
    for run in quoted.chunk_by(|a, b| a == b) {
        let blocks = end..end + run.len();
        end = blocks.end;
        if run[0] && page.blocks[blocks.clone()].iter().any(|block| block.is_prose()) {
            cuts.extend(blocks.flat_map(|block| cuts_of(page, block)));
        }
    }
    marks.cut_out(cuts.into_iter());
}

/// The marks at the starts of a block's lines.
fn cuts_of(page: &Page, block: usize) -> impl Iterator<Item = Cut> {
    let Range { start, end } = page.blocks[block].lines.clone();
    page.lines[start..end].iter().filter_map(move |line| {
        let marks = depth_and_bytes(line.span.of(page.text)).1;
        let span = Span::new(line.span.start, line.span.start + marks);
        let by = Decider::Detector(stage::QUOTE_MARK);
        (marks > 0).then_some(Cut { block, span, kind: Kind::Markup, by })
    })
}

/// How many marks of a quotation a line begins with, and the bytes that they take up.
pub(crate) fn depth_and_bytes(line: &str) -> (u32, usize) {
    let (mut depth, mut bytes) = (0, 0);
    while let Some(rest) = line[bytes..].trim_start_matches(' ').strip_prefix('>') {
        (depth, bytes) = (depth + 1, line.len() - rest.len());
    }
    (depth, bytes)
}
