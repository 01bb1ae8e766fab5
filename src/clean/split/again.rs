//! Pages that follow one another in a dump, each below the same first lines, or above the same last ones: the menu of their site, its foot.

use rustc_hash::FxHashSet;

use crate::clean::split::lines::Lines;
use crate::guard::look;

/// Lines that are the same on each page.
const SAME: usize = 3;
/// Lines above those of a head, such as an address, or below those of a foot, that may differ.
const BESIDE: usize = 2;
/// Paragraphs of each page, at least, and the words of these.
const TEXTS: u32 = 2;
const WORDS: u32 = 35;
/// How many times as many the largest has, at most.
const LARGEST: u32 = 5;
/// Lines at the head of a page below a foot among which its headline stands, and the words of that, at least.
const TITLE: usize = 2;
const TITLE_WORDS: u32 = 3;

/// The first blocks of the pages after the first, where the first lines of the dump come again, but for numbers, above other texts, or the last
/// lines below other texts that have headlines; empty where they do not.
pub(super) fn pages_again(lines: &Lines) -> Vec<usize> {
    let heads = (0..=BESIDE).filter_map(|beside| {
        let begin_at = |at: usize| {
            let is_free = |first: &usize| (*first..at).all(|line| lines.is_line(line));
            (at.saturating_sub(beside)..=at).find(is_free).unwrap_or(at)
        };
        let starts: Vec<usize> = again(lines, beside)?.into_iter().skip(1).map(begin_at).collect();
        are_pages(lines, &starts, false).then_some(starts)
    });
    let feet = (0..=BESIDE).filter_map(|beside| {
        let last = lines.len().checked_sub(SAME + beside)?;
        let mut feet = again(lines, last)?;
        feet.pop();
        let starts: Vec<usize> = feet.into_iter().map(|at| at + SAME + beside).collect();
        are_pages(lines, &starts, true).then_some(starts)
    });
    heads.chain(feet).max_by_key(Vec::len).unwrap_or_default()
}

/// Where the lines from `first` on stand in the dump, themselves among them; none where they are not different lines.
fn again(lines: &Lines, first: usize) -> Option<Vec<usize>> {
    let form = |at: usize| {
        let is_said =
            at < lines.len() && lines.is_line(at) && lines.page.blocks[at].shape.letters > 0;
        is_said.then(|| lines.page.folded(at).chars().filter(|c| !c.is_numeric()))
    };
    let is_same = |a: usize, b: usize| form(a).zip(form(b)).is_some_and(|(a, b)| a.eq(b));
    let own = first..first + SAME;
    let differ = own.clone().all(|at| form(at).is_some() && (first..at).all(|b| !is_same(at, b)));
    let is_print = |at: usize| own.clone().zip(at..).all(|(line, other)| is_same(line, other));
    differ.then(|| {
        let mut found = Vec::new();
        for at in 0..=lines.len() - SAME {
            if found.last().is_none_or(|last| last + SAME <= at) && is_print(at) {
                look();
                found.push(at);
            }
        }
        found
    })
}

/// Whether each part of the dump between these blocks has a text of its own, and a headline where that is asked for.
fn are_pages(lines: &Lines, starts: &[usize], are_titled: bool) -> bool {
    let ends = starts.iter().copied().chain([lines.len()]);
    let mut parts = [0].into_iter().chain(starts.iter().copied()).zip(ends);
    let mut texts = FxHashSet::default();
    // What the foot above says of the lines below it, such as that readers write there, holds no more.
    let is_title =
        |at: usize| lines.is_headline(at) && lines.page.blocks[at].shape.words >= TITLE_WORDS;
    let words = |(start, end): (usize, usize)| lines.words.within(start..end);
    let sizes: Vec<u32> = parts.clone().map(words).collect();
    let least = sizes.iter().copied().max().unwrap_or(0) / LARGEST;
    // A menu may be printed twice on one page, above what it offers and above the text.
    let is_told = |(start, end): (usize, usize)| {
        lines.about.within(start..end) + lines.dates.within(start..end) > 0
    };
    !starts.is_empty()
        && (starts.len() > 1 || parts.clone().all(is_told))
        && parts.all(|(start, end)| {
            let text = lines.next_text[start];
            lines.words.within(start..end) >= WORDS.max(least)
                && lines.texts.within(start..end) >= TEXTS
                && text < end
                && texts.insert(lines.begins[text].whole)
                && (!are_titled || (start..text).take(TITLE).any(is_title))
        })
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const TEXT: &str = "went back to work on Monday, nine days after its crew had left the ship in port.\n\
        The harbour master told the council in the evening that nobody had been hurt, and that the line would pay.\n";

    fn titles(pages: &[&str], head: &str, foot: &str) -> Vec<Option<String>> {
        let page = |name: &&str| {
            format!("{head}{name} sails again\nBy Mara Quill\nThe old {name} {TEXT}{foot}")
        };
        let dump: String = pages.iter().map(page).collect();
        let cleaned = Cleaner::new(Options::default()).unwrap().clean(&dump);
        cleaned.articles.into_iter().map(|article| article.title).collect()
    }

    #[test]
    fn pages_of_one_site_part_where_its_head_comes_again() {
        let head = "Skip to main content\nMenu\nNews\nSport\nHarbour\nWeather\nLog in\n\n";
        let foot = "Recommended\nNight ferry sails again\nBaker fined for singing\nComments\n© 2031 Norrby Post\nPrivacy policy\n";
        let titled = |name: &str| Some(format!("{name} sails again"));
        for pages in
            [&["Night ferry", "Morning boat"][..], &["Night ferry", "Morning boat", "Harbour tug"]]
        {
            assert_eq!(
                titles(pages, head, foot),
                pages.iter().map(|name| titled(name)).collect::<Vec<_>>()
            );
        }
    }

    #[test]
    fn pages_part_where_their_foot_comes_again_above_a_headline() {
        let foot = "Share\nTweet\nTerms of use\n";
        let titled = ["Night ferry sails again", "Morning boat sails again"];
        assert_eq!(
            titles(&["Night ferry", "Morning boat"], "", foot),
            titled.map(|title| Some(title.into()))
        );
        let halves = format!(
            "Night ferry sails again\nBy Mara Quill\nThe ferry {TEXT}{foot}The boat {TEXT}{foot}"
        );
        assert_eq!(Cleaner::new(Options::default()).unwrap().clean(&halves).articles.len(), 1);
    }

    #[test]
    fn a_menu_that_comes_again_below_the_text_parts_nothing() {
        let head = "Skip to main content\nThe Norrby Post\nMenu\nNews\nSport\nLog in\n";
        assert_eq!(titles(&["Night ferry"], head, head), [Some("Night ferry sails again".into())]);
    }
}
