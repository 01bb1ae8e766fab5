//! Times told from the moment of reading, as `17 minutes ago`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::languages::{Language, any_of, words_of};
use crate::text::Room;
use crate::text::pattern::Pattern;

static PATTERN: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(pattern()));

/// The words without one of which no ASCII text tells how long ago something was, hashed: the first of each phrase that stands before or after the
/// count, or alone.
static NEEDED: LazyLock<FxHashSet<u32>> = LazyLock::new(|| {
    let lists: [fn(&'static Language) -> &'static str; 3] =
        [|l| l.relative.before, |l| l.relative.after, |l| l.relative.whole];
    let phrases = lists.into_iter().flat_map(words_of);
    phrases.filter_map(|phrase| Some(hash(runs_of_letters(&phrase).next()?))).collect()
});

/// Whether the text tells how long ago something was.
pub(super) fn tells_age(text: &str) -> bool {
    let may_tell = !text.is_ascii() || runs_of_letters(text).any(|run| NEEDED.contains(&hash(run)));
    may_tell && PATTERN.is_match(text, &mut Room::default())
}

/// The runs of ASCII letters of a text.
fn runs_of_letters(text: &str) -> impl Iterator<Item = &[u8]> {
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    runs.filter(|run| !run.is_empty())
}

/// The hash of a word whatever its case.
fn hash(word: &[u8]) -> u32 {
    word.iter().fold(0, |hash: u32, byte| {
        (hash.rotate_left(5) ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x9e37_79b1)
    })
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

    #[test]
    fn every_phrase_of_ascii_has_letters_and_none_is_glued_to_its_unit() {
        let lists = [words_of(|l| l.relative.before), words_of(|l| l.relative.after)];
        for phrase in lists.concat().into_iter().chain(words_of(|l| l.relative.whole)) {
            assert!(!phrase.is_ascii() || runs_of_letters(&phrase).next().is_some(), "{phrase}");
        }
        assert!(words_of(|l| l.relative.glued_after).iter().all(|word| !word.is_ascii()));
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
