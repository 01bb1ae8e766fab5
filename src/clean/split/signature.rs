//! Signatures below texts: a name, and what stands with it.

use std::ops::Range;

use crate::bylines::looks_like_name;
use crate::page::Page;

/// Words of the longest line below a name: a place, a trade.
const PLACE_WORDS: u32 = 5;

/// The blocks of a signature that begins with this one: a name, and the line right below it.
pub(crate) fn signature_of(page: &Page, name: usize) -> Range<usize> {
    let is_below = page.blocks.get(name + 1).is_some_and(|below| {
        below.gap == 0 && !below.is_prose() && below.shape.words <= PLACE_WORDS
    });
    name..name + 1 + usize::from(is_below)
}

/// The name in a signature: alone, behind a dash, or before a place, `— Mara Quill, Holm`.
pub(crate) fn signed_by(signature: &str) -> Option<&str> {
    let text = signature.trim_start_matches(['-', '–', '—', '~', ' ']);
    let (name, place) = text.split_once(',').unwrap_or((text, ""));
    let is_of_name =
        |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '’');
    let fits = looks_like_name(name)
        && name.chars().all(is_of_name)
        && !name.ends_with('.')
        && place.split_whitespace().count() <= PLACE_WORDS as usize
        && !place.contains(['.', '!', '?', ':']);
    fits.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_may_name_a_place_too() {
        for (signature, name) in [
            ("Mara Quill", Some("Mara Quill")),
            ("— Ole van der Berg, Holm", Some("Ole van der Berg")),
            ("- Mara Quill, Ferry Cross", Some("Mara Quill")),
            ("Mara Quill, who keeps the lamp of the harbour", None),
            ("The end.", None),
            ("holm", None),
        ] {
            assert_eq!(signed_by(signature), name, "{signature}");
        }
    }
}
