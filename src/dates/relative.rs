//! Times told from the moment of reading, as `17 minutes ago`.

use std::sync::LazyLock;

use regex::Regex;

use crate::languages::{Language, any_of};

static PATTERN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&pattern()).expect("the words of the languages are tested"));

/// Whether the text tells how long ago something was.
pub(super) fn tells_age(text: &str) -> bool {
    PATTERN.is_match(text)
}

fn pattern() -> String {
    let any = |list: fn(&'static Language) -> &'static str| any_of(list).replace(' ', r"\s+");
    let (before, after) = (any(|l| l.relative.before), any(|l| l.relative.after));
    let (filler, whole) = (any(|l| l.relative.filler), any(|l| l.relative.whole));
    let count = format!(r"(?:\d+\s*|(?:{})\s+)", any(|l| l.relative.count));
    let unit = format!(r"(?:{})\p{{L}}*", any(|l| l.relative.unit));
    let (glued_unit, glued_after) =
        (any(|l| l.relative.glued_unit), any(|l| l.relative.glued_after));
    // Spelt-out edges, as `\b` is slow outside ASCII.
    let (left, right) = (r"(?:^|[^\p{L}\p{N}])", r"(?:$|\P{L})");
    format!(
        r"(?i){left}(?:(?:{before})\s+(?:(?:{filler})\s+)?{count}{unit}|{count}{unit}\.?\s+(?:{after}){right}|(?:{whole}){right})|\d\s*(?:{glued_unit})\s*(?:{glued_after})"
    )
}

#[cfg(test)]
mod tests {
    use crate::dates::find::is_relative;

    #[test]
    fn times_from_the_reading_are_relative_in_every_language() {
        let languages = crate::languages::files::read();
        let texts = languages.iter().flat_map(|language| language.hits_and_spares("relative"));
        let faults: Vec<_> = texts.filter(|&(text, is_hit)| is_relative(text) != is_hit).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(!is_relative("hi") && !is_relative(""));
    }
}
