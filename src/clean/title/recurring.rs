//! Lines that were taken for headlines of articles among others, and are none: they come again, or hardly any other article has a headline.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::segment::Segment;
use crate::page::Page;

/// Articles that a line stands in, from which on it is the headline of none.
const RECURS: usize = 3;
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
    if articles.len() < RECURS {
        return;
    }
    let form = |line: usize| {
        let letters = page.folded(line).chars().filter(|c| !c.is_numeric());
        letters.collect::<String>()
    };
    let mut holders: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for &at in &articles {
        let lines = segments[at].blocks.clone().filter(|&line| !page.blocks[line].is_prose());
        for line in lines {
            let (count, last) = holders.entry(form(line)).or_insert((0, usize::MAX));
            *count += usize::from(*last != at);
            *last = at;
        }
    }
    for &at in untitled {
        let recurs = |headline: &Range<usize>| {
            headline.len() == 1
                && holders.get(&form(headline.start)).is_some_and(|&(count, _)| count >= RECURS)
        };
        headlines[at] = headlines[at].take_if(|headline| !recurs(headline));
    }
    let titled = articles.iter().filter(|&&at| headlines[at].is_some()).count();
    if titled * ONE_OF <= articles.len() {
        untitled.iter().for_each(|&at| headlines[at] = None);
    }
}
