//! Which heading of a page is the headline of its article.

use crate::html::stated::metadata::PageMeta;
use crate::page::Page;
use crate::text::alike::same_text;
use crate::text::fold;

/// The heading that is the headline which the page names, by the most trusted name that fits one; without such a name, or none that fits, the
/// only heading of the first level. `levels` are those of the headings that the blocks of the page stand in, 0 for none.
pub(crate) fn headline_of(page: &Page, levels: &[u8], meta: &PageMeta) -> Option<usize> {
    let named: Vec<String> = meta.headlines.iter().map(|headline| fold(headline)).collect();
    let headings =
        |most: u8| (0..page.blocks.len()).filter(move |&i| (1..=most).contains(&levels[i]));
    let named_by = |most: u8| {
        named.iter().find_map(|name| headings(most).find(|&i| is_named(page.folded(i), name)))
    };
    named_by(1).or_else(|| named_by(3)).or_else(|| {
        let only = headings(1)
            .next()
            .filter(|&only| headings(1).all(|other| page.folded(other) == page.folded(only)))?;
        let begins = || {
            page.folded(only).len() >= 4
                && named.iter().any(|name| name.starts_with(page.folded(only)))
        };
        (page.blocks[only].is_headline_like() && page.blocks[only].shape.words >= 3 || begins())
            .then_some(only)
    })
}

/// Whether a heading is what the page names, with or without the name of the site.
fn is_named(heading: &str, name: &str) -> bool {
    heading.len() >= 4
        && (same_text(heading, name)
            || heading.len() * 2 > name.len()
                && (name.starts_with(heading) || name.ends_with(heading)))
}
