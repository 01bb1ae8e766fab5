//! Captions in Markdown, which has no element for them: a paragraph below a picture that says again what the picture's alternative text says, or
//! that ends as no sentence does.

use std::ops::RangeInclusive;

use crate::span::Span;

/// Words of the shortest caption and of the longest.
const WORDS: RangeInclusive<usize> = 3..=60;
/// The part of its words, in hundredths, that the alternative text has at least.
const SAME: usize = 60;

/// Whether a paragraph is the caption of the picture right above it. Both are stretches of Markdown.
pub(super) fn is_caption(source: &str, picture: Span, paragraph: Span) -> bool {
    if picture.is_empty() || picture.end > paragraph.start {
        return false;
    }
    let between = Span::new(picture.end, paragraph.start).of(source);
    // The end of a link that the picture stands in.
    let behind_link = between.strip_prefix("](").and_then(|link| link.split_once(')'));
    if !behind_link.map_or(between, |(_, rest)| rest).trim().is_empty() {
        return false;
    }
    let text = words(paragraph.of(source));
    if !WORDS.contains(&text.len()) || paragraph.of(source).contains("](") {
        return false;
    }
    if !ends_sentence(paragraph.of(source)) {
        return true;
    }
    let picture = picture.of(source);
    let alternative = words(picture.rfind("](").map_or(picture, |end| &picture[..end]));
    let same = text.iter().filter(|word| alternative.contains(word)).count();
    same * 100 >= text.len() * SAME
}

/// Whether a paragraph ends as a sentence does, or as a line that leads to the next.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['*', '_', '"', '”', '’', '»', '\'', '“']);
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', ';', ','])
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same of the last paragraph of a source that begins with a picture.
    fn ends_with_caption(source: &str) -> bool {
        let picture = source.find(".jpg)").unwrap() + 5;
        let begin = source.find("![").unwrap();
        let paragraph = source.rfind("\n\n").unwrap() + 2;
        is_caption(source, Span::new(begin, picture), Span::new(paragraph, source.len()))
    }

    #[test]
    fn a_caption_says_what_the_picture_shows() {
        assert!(ends_with_caption(
            "![The ramp of the ferry](/a.jpg)\n\nThe ramp of the *ferry*, by Ola"
        ));
        assert!(ends_with_caption(
            "[![The ramp of the ferry](/a.jpg)](/b)\n\nThe ramp of the ferry"
        ));
        assert!(!ends_with_caption(
            "![The ramp of the ferry](/a.jpg)\n\nIt was late again on Monday."
        ));
        assert!(ends_with_caption("![](/a.jpg)\n\nThe crew on the quay (Ola Berg)"));
        assert!(!ends_with_caption("![The ramp](/a.jpg)\n\nText\n\nThe ramp of the ferry"));
        assert!(!ends_with_caption("![The ramp](/a.jpg)\n\nThe ramp"));
    }
}
