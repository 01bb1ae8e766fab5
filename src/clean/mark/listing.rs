//! Listings: code is text of the article, every line of it.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{FENCE, LINE_NUMBER, LISTING};
use crate::clean::mark::marks::Marks;
use crate::html::DomFeatures;
use crate::page::{Page, behind_fence};

adjustable! {
    /// What is no listing of the article, though it looks like code.
    ListingThresholds {
        /// Percent of a listing's lines with more than a word that are debris: with more it is the residue of a page's scripts.
        debris: usize = 50,
        /// Percent of the characters of preformatted text that are running text: with more it is no code.
        prose: u32 = 50,
    }
}

/// Lines of the shortest listing whose lines are numbered.
const NUMBERED_LINES: usize = 3;

/// Marks listings of code as text, and takes back what was said of their lines: a bracket alone is no menu, and a name with a colon no
/// byline. Where the signs of the lines alone say that they are code, and most lines are known for the residue of a page's scripts, what was
/// said stays.
pub(crate) fn mark_listings(
    page: &Page,
    evidence: Option<&[DomFeatures]>,
    marks: &mut Marks,
    thresholds: &ListingThresholds,
) {
    let is_residue = |listing: &Range<usize>| {
        let worded = || listing.clone().filter(|&index| page.blocks[index].shape.words > 1);
        let struck = worded().filter(|&index| marks.is_debris(index)).count();
        struck * 100 > worded().count() * thresholds.debris
    };
    let mut listings = page.listings.clone();
    listings.retain(|listing| !is_residue(listing));
    listings.extend(verbatim(page, evidence.unwrap_or_default(), thresholds));
    let is_fence = |index: usize| behind_fence(page.text_of(index)).is_some();
    for listing in listings {
        if evidence.is_some() {
            numbers_beside(page, &listing)
                .into_iter()
                .for_each(|index| marks.set(index, &LINE_NUMBER));
        }
        let ends = [listing.start, listing.end - 1];
        let is_fenced = ends.iter().all(|&end| is_fence(end));
        let numbers = line_numbers(page, listing.clone());
        for index in listing {
            let detector = match () {
                () if is_fenced && ends.contains(&index) => &FENCE,
                () if numbers.contains(&index) => &LINE_NUMBER,
                () => &LISTING,
            };
            marks.set(index, detector);
        }
    }
}

/// The numbers of the lines that a listing begins with: as many as it has lines, blank ones among them.
fn line_numbers(page: &Page, listing: Range<usize>) -> Range<usize> {
    let number = |index: usize| page.text_of(index).parse::<usize>().ok();
    let Some(first) = number(listing.start) else { return 0..0 };
    let is_next = |at: &usize| number(*at) == Some(first + (at - listing.start));
    let numbers = listing.start..listing.start + listing.clone().take_while(is_next).count();
    let lines = numbers.end..listing.end;
    let blank: usize = page.blocks[lines.clone()].iter().skip(1).map(|block| block.gap).sum();
    let is_beside = numbers.len() >= NUMBERED_LINES
        && (lines.len()..=lines.len() + blank).contains(&numbers.len());
    if is_beside { numbers } else { 0..0 }
}

/// The blocks right above or below a listing that hold the numbers of its lines.
fn numbers_beside(page: &Page, listing: &Range<usize>) -> Vec<usize> {
    let lines = listing.len();
    let blank: usize = page.blocks[listing.clone()].iter().skip(1).map(|block| block.gap).sum();
    let numbers = |index: usize| -> Option<Vec<usize>> {
        page.text_of(index).split_whitespace().map(|word| word.parse().ok()).collect()
    };
    let are_all = |blocks: &Range<usize>| {
        let all: Vec<usize> = blocks.clone().filter_map(numbers).flatten().collect();
        all.len() >= NUMBERED_LINES
            && (lines..=lines + blank).contains(&all.len())
            && all.windows(2).all(|pair| pair[0] + 1 == pair[1])
    };
    let most = lines + blank;
    let is_number = |index: &usize| numbers(*index).is_some();
    let above = (0..listing.start).rev().take(most).take_while(is_number).count();
    let below = (listing.end..page.blocks.len()).take(most).take_while(is_number).count();
    let beside = [listing.start - above..listing.start, listing.end..listing.end + below];
    beside.into_iter().filter(are_all).flatten().collect()
}

/// What the elements of the page say to be a listing, in order.
fn verbatim(
    page: &Page,
    evidence: &[DomFeatures],
    thresholds: &ListingThresholds,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut end = 0;
    for run in evidence.chunk_by(|a, b| a.is_verbatim() == b.is_verbatim()) {
        let blocks = end..end + run.len();
        end = blocks.end;
        let is_code = || {
            run.iter().any(|block| block.names_language)
                || !is_prose(page, &blocks, thresholds) && !is_mail(page, &blocks)
        };
        if run[0].is_verbatim() && is_code() {
            found.push(blocks);
        }
    }
    found
}

/// Whether most of the blocks' text is running text.
fn is_prose(page: &Page, blocks: &Range<usize>, thresholds: &ListingThresholds) -> bool {
    let blocks = &page.blocks[blocks.clone()];
    let prose: u32 = blocks.iter().filter(|b| b.is_prose()).map(|b| b.shape.chars).sum();
    let all: u32 = blocks.iter().map(|b| b.shape.chars).sum();
    u64::from(prose) * 100 > u64::from(all) * u64::from(thresholds.prose)
}

/// Whether lines are quoted below one that says whose they are, as in a mail, and most are quoted or as long as those of running text. Of two files
/// that differ some lines begin with `<`, too.
fn is_mail(page: &Page, blocks: &Range<usize>) -> bool {
    /// Words of the shortest line that runs on.
    const WORDS: u32 = 6;
    let begins = |index: usize, sign: char| page.text_of(index).starts_with(sign);
    let is_quoted = |index: usize| begins(index, '>') && !page.text_of(index).starts_with(">>>");
    let is_attribution = |index: usize| {
        page.text_of(index).ends_with(':') && blocks.contains(&(index + 1)) && is_quoted(index + 1)
    };
    let runs_on = |&index: &usize| is_quoted(index) || page.blocks[index].shape.words >= WORDS;
    blocks.clone().any(is_attribution)
        && !blocks.clone().any(|index| begins(index, '<'))
        && blocks.clone().filter(runs_on).count() * 2 > blocks.len()
}
