//! Sentences: where they begin and end in a paragraph.

use std::ops::Range;

use crate::text::chars::{is_closer, is_stop};

/// Byte ranges of the sentences of a paragraph, each with the white space after it left out.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        let skipped = rest.len() - rest.trim_start().len();
        start += skipped;
        if start >= text.len() {
            return None;
        }
        let from = start;
        let end = sentence_end(text, from);
        start = end;
        Some(from..from + text[from..end].trim_end().len())
    })
}

/// Whether a text ends as a plain statement does, closing quotation marks and brackets aside: no question, no exclamation, and not cut.
pub(crate) fn ends_plainly(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(is_closer);
    text.ends_with(['.', '。', '।', '۔', '።']) && !text.ends_with("...")
}

fn sentence_end(text: &str, from: usize) -> usize {
    let mut chars = text[from..].char_indices().peekable();
    let mut stopped = false;
    while let Some((at, c)) = chars.next() {
        if matches!(c, '。' | '！' | '？') {
            return from + at + c.len_utf8();
        }
        if is_stop(c) {
            stopped = true;
        } else if stopped && c.is_whitespace() {
            let next = chars.peek().map_or('A', |&(_, n)| n);
            if !next.is_lowercase() && !next.is_whitespace() {
                return from + at;
            }
            stopped = next.is_whitespace();
        } else if !is_closer(c) {
            stopped = false;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_falls_into_sentences() {
        let text = "The quay is closed. “Nobody may pass,” the mayor said.  Read also: Ferries stop. In 3.5 hours it rose.";
        let parts: Vec<_> = sentences(text).map(|r| &text[r]).collect();
        assert_eq!(
            parts,
            [
                "The quay is closed.",
                "“Nobody may pass,” the mayor said.",
                "Read also: Ferries stop.",
                "In 3.5 hours it rose."
            ]
        );
    }
}
