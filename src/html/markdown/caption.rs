//! Captions in Markdown, which has no element for them: a paragraph below a picture that says again what the picture's alternative text says, or
//! that is a label and no sentence.

use std::ops::RangeInclusive;

use crate::span::Span;

/// Words of the shortest caption and of the longest.
const WORDS: RangeInclusive<usize> = 3..=60;
/// Words of the longest that is no sentence.
const LABEL: usize = 30;
/// The part of its words, in hundredths, that the alternative text has at least.
const SAME: usize = 60;

/// Whether a paragraph is the caption of the picture right above it. Both are stretches of Markdown.
pub(in crate::html) fn is_caption(source: &str, picture: Span, paragraph: Span) -> bool {
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
    if stands_alone(source, picture) && text.len() <= LABEL && is_label(paragraph.of(source)) {
        return true;
    }
    let picture = picture.of(source);
    let alternative = words(picture.rfind("](").map_or(picture, |end| &picture[..end]));
    let same = text.iter().filter(|word| alternative.contains(word)).count();
    same * 100 >= text.len() * SAME
}

/// Whether nothing but the start of a link stands before a picture in its line, and it is no drawing, as badges and logos are.
fn stands_alone(source: &str, picture: Span) -> bool {
    let line = source[..picture.start].rsplit('\n').next().unwrap_or_default();
    matches!(line.trim(), "" | "[") && !picture.of(source).contains(".svg")
}

/// Whether a paragraph is a label and no sentence, as far as a script with capitals shows it: it ends in a letter or a digit, and is not bold as a whole.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    let inner = text.trim_end_matches(['*', '_', '"', '”', '’', '»', '\'', '“', ')', ']']);
    let ends = |c: char| c.is_lowercase() || c.is_uppercase() || c.is_numeric();
    inner.ends_with(ends)
        && !text.contains("[^")
        && !text.starts_with("**")
        && !text.starts_with("__")
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
        for text in [
            "**Step 2: mix the flour**",
            "(They left at noon.)",
            "They left on Monday.[^1]",
            "Now run `make`",
            "नाव सोमवार को फिर चली।",
            "船は月曜日に出た。」",
            "See you there 😊",
        ] {
            assert!(!ends_with_caption(&format!("![](/a.jpg)\n\n{text}")), "{text}");
        }
        assert!(!ends_with_caption("Text ends with ![](/a.jpg)\n\nThe crew on the quay"));
        assert!(!ends_with_caption("![CI](/a.svg?.jpg)\n\nA small fast parser"));
        assert!(!ends_with_caption("![The ramp](/a.jpg)\n\nText\n\nThe ramp of the ferry"));
        assert!(!ends_with_caption("![The ramp](/a.jpg)\n\nThe ramp"));
    }
}
