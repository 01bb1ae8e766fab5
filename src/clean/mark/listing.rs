//! Listings: code is text of the article, every line of it.

use std::ops::Range;

use crate::clean::mark::marks::Marks;
use crate::html::Evidence;
use crate::page::Page;
use crate::span::Kind;

/// The detector's name.
pub(crate) const LISTING: &str = "listing";

/// Marks listings of code as text, and takes back what was said of their lines: a bracket alone is no menu, and a name with a colon no
/// byline. Where most lines are known for the residue of a page's scripts, what was said stays.
pub fn mark_listings(page: &Page, evidence: Option<&[Evidence]>, marks: &mut Marks) {
    for listing in listings(page, evidence) {
        let worded = || listing.clone().filter(|&index| page.blocks[index].shape.words > 1);
        let struck = worded().filter(|&index| marks.is_debris(index)).count();
        if struck * 2 <= worded().count() {
            listing.for_each(|index| marks.set(index, Kind::Body, LISTING));
        }
    }
}

/// What the signs of its lines or the elements of the page say to be a listing, in order.
fn listings(page: &Page, evidence: Option<&[Evidence]>) -> Vec<Range<usize>> {
    let mut found = page.listings.clone();
    let mut end = 0;
    let runs = evidence.unwrap_or_default().chunk_by(|a, b| a.is_verbatim() == b.is_verbatim());
    for run in runs {
        let blocks = end..end + run.len();
        end = blocks.end;
        if run[0].is_verbatim() && !is_prose(page, &blocks) {
            found.push(blocks);
        }
    }
    found
}

/// Whether most of the blocks' text is running text.
fn is_prose(page: &Page, blocks: &Range<usize>) -> bool {
    let blocks = &page.blocks[blocks.clone()];
    let prose: u32 = blocks.iter().filter(|b| b.is_prose()).map(|b| b.shape.chars).sum();
    prose * 2 > blocks.iter().map(|b| b.shape.chars).sum()
}
