//! A second look at a page that seemed to be one article: what stands above and below a text can hide that it is several.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::judge::Verdict;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::text::chars::line_end;

adjustable! {
    /// Which pages are looked at a second time, without what stands around their text. They part where both looks together reach what is asked.
    SecondLookThresholds {
        /// Log-odds by which the first look may miss what is asked, at most.
        missed_by: f32 = 3.0,
        /// How much the second look tells, where the first tells 1.
        weight: f32 = 2.0,
        /// Log-odds above what is asked that both together must reach, the second by its weight.
        least: f32 = -0.2,
        /// Blocks above the first that was kept which belong to the text: its head.
        above: usize = 4,
        /// Blocks below the last that was kept.
        below: usize = 1,
    }
}

impl SecondLookThresholds {
    /// The log-odds above what is asked that the second look must reach where the first missed it by so much; none where no look can.
    pub(crate) fn asked_of_second(&self, missed_by: f32) -> Option<f32> {
        (missed_by <= self.missed_by && self.weight > 0.0)
            .then(|| (self.least + missed_by) / self.weight)
    }
}

/// The bytes between which a page is text by the first verdicts, with a few lines around; None where that is all of it, or nothing.
pub(crate) fn text_alone(
    page: &Page,
    verdicts: &[Verdict],
    t: &SecondLookThresholds,
) -> Option<Range<usize>> {
    let is_kept = |verdict: &Verdict| verdict.kind.is_kept();
    let first = verdicts.iter().position(is_kept)?.saturating_sub(t.above);
    let last = (verdicts.iter().rposition(is_kept)? + t.below).min(verdicts.len() - 1);
    let above = &page.text.as_bytes()[..page.blocks[first].span.start];
    let line = memchr::memrchr(line_end(page.text), above).map_or(0, |end| end + 1);
    let is_less = first > 0 || last + 1 < verdicts.len();
    is_less.then(|| line..page.blocks[last].span.end)
}

/// The articles of a part of a page that begins at byte `from` as articles of the page: what stands above them is around them, what stands below
/// is left to the last. None where there are no two, or where the part has other blocks than the page.
pub(crate) fn of_page(
    page: &Page,
    part: &Page,
    from: usize,
    segments: Vec<Segment>,
) -> Option<Vec<Segment>> {
    let place = |block: usize| {
        let byte = from + part.blocks[block].span.start;
        let found = page.blocks.binary_search_by_key(&byte, |block| block.span.start);
        found.ok()
    };
    let count = segments.len();
    let ends = segments.iter().skip(1).map(|segment| place(segment.blocks.start));
    let ends: Option<Vec<usize>> = ends.chain([Some(page.blocks.len())]).collect();
    let of_page = |(segment, end): (Segment, usize)| {
        let title = match segment.title {
            Some(title) => Some(place(title)?),
            None => None,
        };
        let signature = match segment.signature {
            Some(signature) => Some(place(signature)?),
            None => None,
        };
        let blocks = place(segment.blocks.start)?..end;
        (segment.feed.is_none() && !blocks.is_empty()).then_some(Segment {
            blocks,
            title,
            signature,
            ..segment
        })
    };
    let own: Option<Vec<Segment>> = segments.into_iter().zip(ends?).map(of_page).collect();
    let mut own = own.filter(|_| count > 1)?;
    let first = own[0].blocks.start;
    if own[0].is_around {
        own[0].blocks.start = 0;
    } else if first > 0 {
        let mut above = Segment { blocks: 0..first, ..Segment::default() };
        above.leave();
        own.insert(0, above);
    }
    Some(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Kind;

    const PAGE: &str = "Home\nLog in\n\nSecond boat for the lock\n\nThe keeper of the lock has asked the council for a second boat.\n\nLate bread\n\nThe bakers of the old town will light their ovens at three in the morning.\n\nAbout us\nContact\n";

    fn page_with_verdicts() -> (Page<'static>, Vec<Verdict>) {
        let page = Page::new(PAGE);
        let kind =
            |block: &crate::page::Block| if block.is_prose() { Kind::Body } else { Kind::Nav };
        let verdicts =
            page.blocks.iter().map(|block| Verdict { kind: kind(block), by: None, needed: None });
        let verdicts = verdicts.collect();
        (page, verdicts)
    }

    #[test]
    fn the_text_alone_stands_between_whole_lines_around_what_was_kept() {
        let (page, verdicts) = page_with_verdicts();
        let t = SecondLookThresholds { above: 1, below: 0, ..SecondLookThresholds::default() };
        let text = text_alone(&page, &verdicts, &t).unwrap();
        assert!(page.text[text.clone()].starts_with("Second boat"));
        assert!(page.text[text].ends_with("in the morning."));
        let all = SecondLookThresholds { above: 9, below: 9, ..t };
        assert_eq!(text_alone(&page, &verdicts, &all), None);
    }

    #[test]
    fn the_more_the_first_look_missed_the_more_is_asked_of_the_second() {
        let t =
            SecondLookThresholds { missed_by: 2.0, weight: 2.0, least: 0.0, above: 0, below: 0 };
        assert_eq!(t.asked_of_second(0.5), Some(0.25));
        assert_eq!(t.asked_of_second(2.0), Some(1.0));
        assert_eq!(t.asked_of_second(2.5), None);
    }

    #[test]
    fn the_articles_of_a_part_cover_the_page() {
        let page = Page::new(PAGE);
        let from = PAGE.find("Second boat").unwrap();
        let part = Page::new(&PAGE[from..]);
        let article = |blocks: Range<usize>| Segment {
            title: Some(blocks.start),
            blocks,
            ..Segment::default()
        };
        let found = of_page(&page, &part, from, vec![article(0..2), article(2..4)]).unwrap();
        let shown: Vec<_> =
            found.iter().map(|own| (own.blocks.clone(), own.title, own.is_around)).collect();
        assert_eq!(shown, [(0..2, None, true), (2..4, Some(2), false), (4..8, Some(4), false)]);
        assert!(of_page(&page, &part, from, vec![article(0..4)]).is_none());
        assert!(of_page(&page, &part, from + 1, vec![article(0..2), article(2..4)]).is_none());
    }
}
