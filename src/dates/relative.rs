//! Times told from the moment of reading, as `17 minutes ago`.

use std::sync::LazyLock;

use crate::languages::{FirstWords, Language, any_of, words_of};
use crate::text::Room;
use crate::text::pattern::Pattern;

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(pattern()));

/// The first words of the phrases without one of which no text tells how long ago something was, but for texts with letters beyond ASCII.
static NEEDED: LazyLock<FirstWords> = LazyLock::new(|| FirstWords::of(needed()));

/// The phrases that stand before or after the count, or alone.
pub(super) fn needed() -> impl Iterator<Item = String> {
    let lists: [fn(&'static Language) -> &'static str; 3] =
        [|l| l.relative.before, |l| l.relative.after, |l| l.relative.whole];
    lists.into_iter().flat_map(words_of)
}

/// Whether the text tells how long ago something was.
pub(super) fn tells_age(text: &str) -> bool {
    NEEDED.may_stand_in(text) && PATTERN.is_match(text, &mut Room::default())
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
    use super::*;
    use crate::dates::find::is_relative;
    use crate::languages::has_other_letters;

    #[test]
    fn every_phrase_has_a_first_word_or_other_letters_and_none_of_ascii_is_glued_to_its_unit() {
        for phrase in needed() {
            assert!(FirstWords::of([&phrase]).may_stand_in(&phrase), "{phrase}");
        }
        assert!(words_of(|l| l.relative.glued_after).iter().all(|word| has_other_letters(word)));
    }

    #[test]
    fn times_from_the_reading_are_relative_in_every_language() {
        let languages = crate::languages::files::read();
        let texts = languages.iter().flat_map(|language| language.hits_and_spares("relative"));
        let faults: Vec<_> = texts.filter(|&(text, is_hit)| is_relative(text) != is_hit).collect();
        assert!(faults.is_empty(), "{faults:#?}");
        assert!(!is_relative("hi") && !is_relative(""));
    }
}
