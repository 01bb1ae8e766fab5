//! Which heading of a page is the headline of its article.

use crate::html::stated::metadata::PageMeta;
use crate::page::{Block, Page};
use crate::text::alike::same_text;
use crate::text::fold;

/// The heading that is the headline which the page names, by the most trusted name that fits one; without such a name, or none that fits, the
/// only heading of the first level; without headings the line that is so named right above a text. `levels` are those of the headings that the blocks of the page stand in, 0 for none.
pub(crate) fn headline_of(page: &Page, levels: &[u8], meta: &PageMeta) -> Option<usize> {
    let named: Vec<String> = meta.headlines.iter().map(|headline| fold(headline)).collect();
    let headings =
        |most: u8| (0..page.blocks.len()).filter(move |&i| (1..=most).contains(&levels[i]));
    let named_by = |most: u8| {
        named.iter().find_map(|name| headings(most).find(|&i| is_named(page.folded(i), name)))
    };
    let heading = named_by(1).or_else(|| named_by(3)).or_else(|| {
        let only = headings(1)
            .next()
            .filter(|&only| headings(1).all(|other| page.folded(other) == page.folded(only)))?;
        let begins = || {
            page.folded(only).len() >= 4
                && named.iter().any(|name| name.starts_with(page.folded(only)))
        };
        (page.blocks[only].is_headline_like() && page.blocks[only].shape.words >= 3 || begins())
            .then_some(only)
    });
    heading.or_else(|| line_named(page, &named).filter(|_| headings(6).next().is_none()))
}

/// The line of several words that is one of these names, and stands right above a text: what stands far above may name the site.
fn line_named(page: &Page, names: &[String]) -> Option<usize> {
    /// Words of the shortest, and lines from there to the text at most.
    const WORDS: u32 = 3;
    const NEAR: usize = 4;
    let is_line = |&index: &usize| {
        let line = page.folded(index);
        page.blocks[index].shape.words >= WORDS && names.iter().any(|name| is_named(line, name))
    };
    let is_above_text = |&index: &usize| {
        let below = page.blocks[index + 1..].iter().take(NEAR);
        below.into_iter().any(Block::is_prose)
    };
    let nearest = (0..page.blocks.len()).filter(is_line).find(is_above_text)?;
    let last = nearest + NEAR.min(page.blocks.len() - nearest);
    (nearest..last)
        .take_while(|&index| !page.blocks[index].is_prose() || index == nearest)
        .filter(is_line)
        .last()
}

/// Whether a heading is what the page names, with or without the name of the site.
fn is_named(heading: &str, name: &str) -> bool {
    heading.len() >= 4
        && (same_text(heading, name)
            || heading.len() * 2 > name.len()
                && (name.starts_with(heading) || name.ends_with(heading)))
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    #[test]
    fn without_headings_the_named_line_right_above_the_text_is_the_headline() {
        let text = "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever two people sit in it.";
        let page = format!(
            "<title>Second boat for the lock | The Sound Post Online</title><table><tr><td>The Sound Post Online</td></tr>\
             <tr><td>News &gt; Second boat for the lock</td></tr><tr><td>Second boat for the lock</td></tr><tr><td>{text}<br><br>{text} He rows alone.</td></tr></table>"
        );
        let cleaned = Cleaner::new(Options::default()).unwrap().clean_html(&page);
        assert_eq!(cleaned.articles[0].title.as_deref(), Some("Second boat for the lock"));
    }
}
