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

/// Whether the last word is a short form of a company, a country or a name: `Inc.`, `U.S.`, `Jr.`; these end headlines too.
pub(crate) fn ends_in_short_form(text: &str) -> bool {
    /// Characters of the longest without a stop inside.
    const LONGEST: usize = 4;
    let last = text.rsplit(' ').next().unwrap_or_default();
    last.trim_end_matches('.').contains('.')
        || last.chars().count() <= LONGEST && last.starts_with(char::is_uppercase)
}

fn sentence_end(text: &str, from: usize) -> usize {
    let mut at = from;
    let mut stopped = false;
    while at < text.len() {
        if !stopped {
            at += text.as_bytes()[at..].iter().position(may_stop).unwrap_or(text.len() - at);
        }
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        let place = at;
        at += c.len_utf8();
        if matches!(c, '。' | '！' | '？') {
            return at;
        }
        if is_stop(c) {
            stopped = true;
        } else if stopped && c.is_whitespace() {
            let next = chars.next().unwrap_or('A');
            if !next.is_lowercase() && !next.is_whitespace() {
                return place;
            }
            stopped = next.is_whitespace();
        } else if !is_closer(c) {
            stopped = false;
        }
    }
    text.len()
}

/// Whether a byte may be the first of a mark that ends a sentence: all but the ASCII characters that end none.
fn may_stop(byte: &u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_ends_plainly_and_a_headline_may_end_in_a_short_form() {
        for text in ["The case continues.", "They argued until dawn.", "事故は続く。"] {
            assert!(ends_plainly(text) && !ends_in_short_form(text), "{text}");
        }
        for text in ["Court rules against Acme Inc.", "A strike in the U.S.", "Quill v. Fenn Jr."] {
            assert!(ends_plainly(text) && ends_in_short_form(text), "{text}");
        }
        assert!(ends_plainly("He said: “It is over.”"));
        for text in ["Who pays?", "Stop!", "The crews went ba...", "Quay reopens"] {
            assert!(!ends_plainly(text), "{text}");
        }
    }

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
