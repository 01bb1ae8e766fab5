//! Pages that a server sends in the place of the page that was asked for: not found, access denied, a check for robots.

use std::sync::LazyLock;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::ERROR_PAGE;
use crate::clean::mark::marks::Marks;
use crate::languages::words_of;
use crate::page::Page;
use crate::text::fold;

adjustable! {
    /// How much a page may hold that is none.
    ErrorPageThresholds {
        /// Characters of all its paragraphs.
        chars: u32 = 600,
        /// Blocks from the first on that may say what it is.
        blocks: usize = 12,
        /// Characters of a phrase from which on more may follow it.
        phrase: usize = 24,
    }
}

/// What servers say, in all languages, folded.
static SAID: LazyLock<Vec<String>> = LazyLock::new(|| {
    words_of(|language| language.errors).iter().map(|said| fold(said).to_string()).collect()
});

/// Marks all of a page that says of itself that it is none, if it says little else.
pub(crate) fn mark_error_page(page: &Page, marks: &mut Marks, thresholds: &ErrorPageThresholds) {
    let t = thresholds;
    let paragraphs = page.blocks.iter().filter(|block| block.is_prose());
    let is_short = paragraphs.map(|block| block.shape.chars).sum::<u32>() <= t.chars;
    let mut first = (0..page.blocks.len()).take(t.blocks);
    if is_short && first.any(|block| says_so(page.folded(block), t)) {
        (0..page.blocks.len()).for_each(|block| marks.set(block, &ERROR_PAGE));
    }
}

/// Whether a folded line is what a server says: that alone, but for a number, or a long phrase and more.
fn says_so(line: &str, thresholds: &ErrorPageThresholds) -> bool {
    let is_letter = |c: char| c.is_alphabetic();
    // What stands before the number names it: `Error 404:`.
    let is_status = |part: &&str| part.len() == 3 && part.starts_with(['4', '5']);
    let number = line.split(|c: char| !c.is_ascii_digit()).find(is_status);
    let after = number.and_then(|number| line.split_once(number)).map(|(_, after)| after);
    [Some(line), after].into_iter().flatten().any(|said| {
        let said = said.trim_matches(|c| !is_letter(c));
        SAID.iter().any(|known| {
            let is_long = || known.chars().count() >= thresholds.phrase;
            said.starts_with(known.as_str()) && (said.len() == known.len() || is_long())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::files;

    #[test]
    fn what_servers_say_is_told_from_what_articles_say() {
        let mut tried = 0;
        for file in files::read() {
            let Some(section) = file.section("errors") else { continue };
            for (list, expected) in [("hit", true), ("spare", false)] {
                for line in section[list].as_array().unwrap() {
                    let line = line.as_str().unwrap();
                    let said = says_so(&fold(line), &ErrorPageThresholds::default());
                    assert_eq!(said, expected, "{line}");
                    tried += 1;
                }
            }
        }
        assert!(tried >= 60, "{tried}");
    }
}
