//! Markdown as [Jina's reader](https://jina.ai/reader/) writes it: above each page its title and its address, and several pages in a file.

/// What the first lines above a page begin with, and the last of them is.
const TITLE: &str = "Title:";
const ADDRESS: &str = "URL Source:";
const CONTENT: &str = "Markdown Content:";
/// Lines above a page that hold something, at most.
const HEAD_LINES: usize = 8;

/// Whether text begins as such a page does.
pub(super) fn begins_fetched_page(view: &str) -> bool {
    is_head(view.trim_start_matches('\u{feff}').trim_start())
}

/// The pages that text holds which begins as one does; all of it otherwise.
#[cfg(feature = "archives")]
pub(super) fn fetched_pages(view: &str) -> Vec<&str> {
    if !begins_fetched_page(view) {
        return vec![view];
    }
    let mut pages = Vec::new();
    let (mut from, mut at, mut is_first) = (0, 0, true);
    for line in view.split_inclusive('\n') {
        let begins = line.trim_start_matches('\u{feff}').starts_with(TITLE);
        if begins
            && is_head(view[at..].trim_start_matches('\u{feff}'))
            && !std::mem::take(&mut is_first)
        {
            pages.push(&view[from..at]);
            from = at;
        }
        at += line.len();
    }
    pages.push(&view[from..]);
    pages
}

/// Whether a page stands below the lines that text begins with.
fn is_head(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(HEAD_LINES);
    lines.next().is_some_and(|line| line.starts_with(TITLE))
        && lines.next().is_some_and(|line| line.starts_with(ADDRESS))
        && lines.any(|line| line == CONTENT)
}

#[cfg(all(test, feature = "archives"))]
mod tests {
    use super::*;

    const QUAY: &str = "Title: The quay\n\nURL Source: https://gazette.example/quay\n\nPublished Time: 2031-06-16\n\nMarkdown Content:\nThe quay was shut.\n\n";
    const FERRY: &str = "Title: The ferry\nURL Source: https://gazette.example/ferry\nMarkdown Content:\nTitle: none\n\nMarkdown Content:\n";

    #[test]
    fn each_page_begins_with_its_title() {
        let both = format!("\u{feff}{QUAY}{FERRY}{QUAY}");
        assert_eq!(fetched_pages(&both), [&both[..QUAY.len() + 3], FERRY, QUAY]);
        assert_eq!(fetched_pages(QUAY), [QUAY]);
    }

    #[test]
    fn text_about_such_pages_is_no_such_page() {
        for text in [
            format!("The reader writes:\n\n{QUAY}{FERRY}"),
            "Title: The quay\n\nURL Source: none\n\nThe quay was shut.".to_owned(),
            "Title: The quay\n\nMarkdown Content:\n".to_owned(),
        ] {
            assert_eq!(fetched_pages(&text), [text.as_str()], "{text}");
        }
    }
}
