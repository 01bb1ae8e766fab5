//! The title of a page of HTML as some programs write it: the first line of its Markdown. A browser shows it above the page, and it is no text.

use memchr::memmem;

use crate::span::Span;

/// Bytes of the longest such line.
const LONGEST: usize = 400;
/// What parts a headline from the name of its site and the like.
const BARS: [&str; 11] = ["|", "｜", "-", "–", "—", "―", " :: ", " : ", "»", " · ", "_"];
/// Bytes below it in which its headline is looked for.
const FAR: usize = 1 << 20;
/// Words, or letters of a script without spaces, of the shortest headline.
const WORDS: usize = 3;
const LETTERS: usize = 8;

/// The first line of a page if it is such a title: a line of its own without marks, of which a part, the headline, stands in the page once more.
pub(in crate::html) fn title_line(page: &str) -> Option<Span> {
    let start = page.len() - page.trim_start().len();
    let mut lines = page[start..].split_inclusive('\n');
    let line = lines.next()?.trim_end();
    // What stands first in the page may be glued to it.
    let link = line.find('[').filter(|_| line.contains("]("));
    let line = link.map_or(line, |link| line[..link].trim_end_matches('!').trim_end());
    let below = lines.next()?;
    let begins_block = line
        .starts_with(['#', '[', '!', '*', '-', '+', '|', '>', '<', '`', '~', '='])
        || line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    if line.len() > LONGEST || !below.trim().is_empty() || begins_block || line.is_empty() {
        return None;
    }
    let rest = &page[start + line.len()..];
    let rest = &rest[..rest.floor_char_boundary(FAR)];
    let mut parts = vec![line];
    for bar in BARS {
        parts = parts.into_iter().flat_map(|part| part.split(bar)).collect();
    }
    let is_headline =
        |part: &str| is_long(part) && memmem::find(rest.as_bytes(), part.as_bytes()).is_some();
    // A backslash stands before a sign that would be a mark.
    let mut parts = parts.into_iter().map(|part| part.trim_matches(['\\', ' ']));
    let ends_sentence = line.ends_with(['.', '。']);
    let is_title = is_headline(line) || !ends_sentence && parts.any(is_headline);
    is_title.then(|| Span::new(start, start + line.len()))
}

/// Whether a text is as long as a headline is at least.
fn is_long(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    // Few spaces among many letters part no words.
    let is_unspaced = letters > 10 * words || !text.is_ascii() && letters > 6 * words;
    words >= WORDS || is_unspaced && letters >= LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::page::HtmlPage;

    #[test]
    fn the_headline_with_the_name_of_its_site_is_a_title() {
        for (line, page) in [
            ("The old quay | The Gazette", "# The old quay\n\nIt was shut."),
            ("The Gazette - The old quay", "| The old quay | 3 May |\n\nIt was shut."),
            ("The old quay", "![q](/q.jpg)\n\n## The old quay\n\nIt was shut."),
            ("旧码头在暴风雨之后重新开放\\_新闻\\_报", "旧码头在暴风雨之后重新开放\n\n它关了。"),
        ] {
            let source = format!("\n{line}\n\n{page}\n");
            assert_eq!(title_line(&source), Some(Span::new(1, 1 + line.len())), "{line}");
            let read = HtmlPage::of_markdown(&source);
            assert_eq!(read.shown.text.matches("quay").count(), page.matches("quay").count());
            assert_eq!(read.stated.headlines.len(), 1);
        }
    }

    #[test]
    fn what_is_glued_to_a_title_stays() {
        let source = "The old quay - Gazette![q](/q.jpg)\n\n# The old quay\n";
        assert_eq!(title_line(source), Some(Span::new(0, "The old quay - Gazette".len())));
    }

    #[test]
    fn other_first_lines_are_text() {
        for page in [
            "# The old quay\n\nThe old quay was shut.\n",
            "The old quay\nThe old quay was shut.\n",
            "The old quay\n\nIt was shut.\n",
            "The quay\n\nThe quay was shut.\n",
            "[The old quay](/quay)\n\nThe old quay was shut.\n",
            "The old quay was shut.",
            "The mayor of Quay-on-Sea has gone.\n\nThe mayor of Quay-on-Sea was tired.\n",
            "1. The old quay\n\nThe old quay was shut.\n",
        ] {
            assert_eq!(title_line(page), None, "{page}");
        }
    }
}
