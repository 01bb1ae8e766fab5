//! Pages that follow one another in a dump, each below the same first lines, or above the same last ones: the menu of their site, its foot.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::adjustable::adjustable;
use crate::clean::split::lines::{Lines, hash_of_words};
use crate::guard::look;

adjustable! {
    /// What tells pages that follow one another in a dump.
    PagesThresholds {
        /// Lines that are the same at the head or at the foot of each page.
        same: usize = 3,
        /// Lines above those of a head, such as an address, or below those of a foot, that may differ, at most.
        beside: usize = 2,
        /// Paragraphs of each page, at least.
        texts: u32 = 2,
        /// Words of its paragraphs, at least.
        words: u32 = 35,
        /// How many times as many the largest has, at most.
        largest: u32 = 5,
        /// Words of a line that may be the headline of a page, at least.
        headline_words: u32 = 3,
        /// Lines below a foot among which the headline of the next page stands.
        below_foot: usize = 2,
    }
}

/// The first blocks of the pages after the first, where the first lines of the dump, or the last ones, come again, but for numbers, around other
/// texts with other headlines; empty where they do not.
pub(super) fn next_pages(lines: &Lines, t: &PagesThresholds) -> Vec<usize> {
    let first = |at: usize| form_of(lines, at).map(|mut form| form.next());
    let firsts: Vec<Option<Option<char>>> = (0..lines.len()).map(first).collect();
    let prints_of = |own: Range<usize>| prints_of(lines, &firsts, own);
    let heads = (0..=t.beside).filter_map(|beside| {
        let begin_at = |at: usize| {
            let is_free = |first: &usize| (*first..at).all(|line| lines.is_line(line));
            (at.saturating_sub(beside)..=at).find(is_free).unwrap_or(at)
        };
        let prints = prints_of(beside..beside + t.same)?;
        let starts: Vec<usize> = prints.into_iter().skip(1).map(begin_at).collect();
        are_pages(lines, &starts, t).then_some(starts)
    });
    let feet = (0..=t.beside).filter_map(|beside| {
        let last = lines.len().checked_sub(t.same + beside)?;
        let mut feet = prints_of(last..last + t.same)?;
        feet.pop();
        let starts: Vec<usize> = feet.into_iter().map(|at| at + t.same + beside).collect();
        let is_title = |at: usize| is_title(lines, at, t);
        let is_titled = |&start: &usize| (start..lines.len()).take(t.below_foot).any(is_title);
        (starts.iter().all(is_titled) && are_pages(lines, &starts, t)).then_some(starts)
    });
    heads.chain(feet).max_by_key(Vec::len).unwrap_or_default()
}

/// The characters of a line but for numbers; none where it says nothing.
fn form_of<'a>(lines: &'a Lines, at: usize) -> Option<impl Iterator<Item = char> + 'a> {
    let is_said = at < lines.len() && lines.is_line(at) && lines.page.blocks[at].shape.letters > 0;
    is_said.then(|| lines.page.folded(at).chars().filter(|c| !c.is_numeric()))
}

/// Where these lines are printed, themselves among them; none where they are not different lines. `firsts` are the first characters of the forms of
/// all lines, where they have one.
fn prints_of(
    lines: &Lines,
    firsts: &[Option<Option<char>>],
    own: Range<usize>,
) -> Option<Vec<usize>> {
    let first = |at: usize| firsts.get(at).copied().flatten();
    let form = |at: usize| form_of(lines, at);
    let is_same = |a: usize, b: usize| {
        first(a).is_some()
            && first(a) == first(b)
            && form(a).zip(form(b)).is_some_and(|(a, b)| a.eq(b))
    };
    let is_new =
        |at: usize| first(at).is_some() && (own.start..at).all(|above| !is_same(at, above));
    let is_print = |at: usize| own.clone().zip(at..).all(|(line, other)| is_same(line, other));
    own.clone().all(is_new).then(|| {
        let mut found: Vec<usize> = Vec::new();
        for at in 0..=lines.len() - own.len() {
            if found.last().is_none_or(|last| last + own.len() <= at) && is_print(at) {
                look();
                found.push(at);
            }
        }
        found
    })
}

fn is_title(lines: &Lines, at: usize, t: &PagesThresholds) -> bool {
    lines.is_headline(at) && lines.page.blocks[at].shape.words >= t.headline_words
}

/// Whether each part of the dump between these blocks has a text and a headline of its own, and no sentence goes on from one to the next, as it does
/// between the pages of a book.
fn are_pages(lines: &Lines, starts: &[usize], t: &PagesThresholds) -> bool {
    let blocks = &lines.page.blocks;
    let ends = starts.iter().copied().chain([lines.len()]);
    let parts: Vec<(usize, usize)> =
        [0].into_iter().chain(starts.iter().copied()).zip(ends).collect();
    let head = |start: usize| start..lines.next_text[start];
    let heads = |start: usize| {
        let titles = head(start).filter(|&at| is_title(lines, at, t));
        titles.map(|at| lines.page.folded(at)).collect::<FxHashSet<&str>>()
    };
    let mut printed: FxHashMap<&str, usize> = FxHashMap::default();
    parts
        .iter()
        .flat_map(|&(start, _)| heads(start))
        .for_each(|own| *printed.entry(own).or_default() += 1);
    let words = |&(start, end): &(usize, usize)| lines.words.within(start..end);
    let least = parts.iter().map(words).max().unwrap_or(0) / t.largest.max(1);
    // A menu may be printed twice on one page, above what it offers and above the text.
    let is_told = |&(start, end): &(usize, usize)| {
        lines.about.within(start..end) + lines.dates.within(start..end) > 0
    };
    let ends_above = |start: usize| {
        let above = (0..start).rev().find(|&at| blocks[at].is_prose());
        above.is_none_or(|at| blocks[at].shape.ends_sentence)
    };
    let mut texts = FxHashSet::default();
    !starts.is_empty()
        && (starts.len() > 1 || parts.iter().all(is_told))
        && parts.iter().all(|part| {
            let &(start, end) = part;
            let text = lines.next_text[start];
            words(part) >= t.words.max(least)
                && lines.texts.within(start..end) >= t.texts
                && text < end
                && !blocks[text].shape.starts_lower
                && ends_above(start)
                && texts.insert(hash_of_words(lines.page.folded(text)))
                && heads(start).into_iter().any(|own| printed[own] == 1)
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
    fn pages_of_one_document_below_a_running_head_are_one() {
        let head = "Annual Report of the Board\nNorrby Port Authority\nPage 3\n";
        let half = "The board met nine times in the year and saw the new quay before it was opened to all ships that call at the\n\
            In the second half of the year it asked for another survey of the old harbour wall, which is\n";
        assert_eq!(
            Cleaner::new(Options::default())
                .unwrap()
                .clean(&format!("{head}{half}").repeat(4))
                .articles
                .len(),
            1
        );
    }

    #[test]
    fn a_menu_that_comes_again_below_the_text_parts_nothing() {
        let head = "Skip to main content\nThe Norrby Post\nMenu\nNews\nSport\nLog in\n";
        assert_eq!(titles(&["Night ferry"], head, head), [Some("Night ferry sails again".into())]);
    }
}
