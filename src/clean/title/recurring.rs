//! Lines that were taken for headlines of articles among others, and are none: most have the same, or hardly any other has a headline.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::segment::Segment;
use crate::page::Page;

/// Words of the longest line whose numbers may differ from article to article: `Comments 12`.
const COUNTED: u32 = 2;
/// Articles of the smallest page that tells, and with one headline of the fewest.
const LEAST: usize = 3;
/// Of so many articles without a headline one may have a line that looks like one.
const ONE_OF: usize = 4;

/// Leaves those of the articles `untitled`, which had no headline before one was looked for.
pub(crate) fn forsake_recurring(
    page: &Page,
    segments: &[Segment],
    untitled: &[usize],
    headlines: &mut [Option<Range<usize>>],
) {
    let is_article = |&at: &usize| !segments[at].is_around;
    let articles: Vec<usize> = (0..segments.len()).filter(is_article).collect();
    if articles.len() < LEAST {
        return;
    }
    let form = |line: usize| {
        let is_counted = page.blocks[line].shape.words <= COUNTED;
        let letters = page.folded(line).chars().filter(|c| !is_counted || !c.is_numeric());
        letters.collect::<String>()
    };
    let mut found: FxHashMap<String, usize> = FxHashMap::default();
    for line in articles.iter().filter_map(|&at| headlines[at].as_ref()) {
        *found.entry(form(line.start)).or_default() += 1;
    }
    for &at in untitled {
        let is_own = |headline: &mut Range<usize>| {
            let count = found.get(&form(headline.start)).copied().unwrap_or(1);
            count < LEAST || count * 2 <= articles.len()
        };
        headlines[at] = headlines[at].take_if(is_own);
    }
    let titled = articles.iter().filter(|&&at| headlines[at].is_some()).count();
    if titled * ONE_OF <= articles.len() {
        untitled.iter().for_each(|&at| headlines[at] = None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which articles keep the lines found for them: each a line and a text.
    fn kept(lines: &[Option<&str>]) -> Vec<bool> {
        let parts = lines.iter().map(|line| line.unwrap_or("— —"));
        let text = parts.map(|line| format!("{line}\n\nThe keeper of the lock has asked the council for a second boat since the first leaks.\n"));
        let text = text.collect::<Vec<_>>().join("\n");
        let page = Page::new(&text);
        let segment = |at: usize| Segment { blocks: at * 2..at * 2 + 2, ..Segment::default() };
        let segments: Vec<Segment> = (0..lines.len()).map(segment).collect();
        let found = |(at, line): (usize, &Option<&str>)| line.map(|_| at * 2..at * 2 + 1);
        let mut headlines: Vec<Option<Range<usize>>> =
            lines.iter().enumerate().map(found).collect();
        let all: Vec<usize> = (0..lines.len()).collect();
        forsake_recurring(&page, &segments, &all, &mut headlines);
        headlines.iter().map(Option::is_some).collect()
    }

    #[test]
    fn what_most_articles_have_for_a_headline_is_none() {
        let lines = ["Comments 12", "Second boat", "Comments 7", "Comments 31", "Late bread"];
        assert_eq!(kept(&lines.map(Some)), [false, true, false, false, true]);
        assert_eq!(
            kept(
                &["Budget of the town 2031", "Budget of the town 2032", "Budget of the town 2033"]
                    .map(Some)
            ),
            [true; 3]
        );
        assert_eq!(
            kept(
                &["Letters from readers", "Letters from readers", "Second boat", "Late bread"]
                    .map(Some)
            ),
            [true; 4]
        );
    }

    #[test]
    fn where_hardly_any_has_a_headline_none_has() {
        assert_eq!(kept(&[Some("Quay Letter"), None, None, None]), [false; 4]);
        assert_eq!(kept(&[Some("Quay Letter"), None]), [true, false]);
    }
}
