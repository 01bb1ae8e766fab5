//! The order of shingles: those of few texts first.

use crate::compare::fingerprint::is_phrase;

/// A shingle in no more texts than this is rare.
pub(super) const RARE: usize = 16;
/// How many classes there are.
pub(super) const RARITY_CLASSES: usize = RARITIES.len() + 2;
/// The class of phrases, after that of rare shingles.
const PHRASES: u8 = CLASSES[RARE] + 1;
/// Shingles are sorted by how many texts hold them: those with up to the first of these, then those with up to the next.
const RARITIES: [usize; 6] = [2, 3, 5, 8, RARE, COMMON];
/// A shingle in more texts than this is of the last class.
const COMMON: usize = 64;

/// The class of shingles of so many texts.
const CLASSES: [u8; COMMON + 1] = {
    let (mut classes, mut texts) = ([0; COMMON + 1], 1);
    while texts <= COMMON {
        let last = classes[texts - 1];
        classes[texts] = if texts > RARITIES[last as usize] { last + 1 } else { last };
        texts += 1;
    }
    classes
};

/// Where shingles of so many texts stand in the order of rarity; within a class they sort by name.
fn rarity(texts: usize) -> u8 {
    CLASSES.get(texts).copied().unwrap_or(RARITIES.len() as u8)
}

/// A shingle or a phrase by its name, and how many texts hold it. Shingles sort by rarity, those of few texts first, then by name; phrases stand
/// between those that are rare and those that are not. Two are equal where neither sorts before the other.
#[derive(Debug, Clone, Copy, Default)]
pub struct HeldShingle {
    /// One of [`Fingerprint::sample`](crate::Fingerprint::sample).
    pub name: u64,
    /// How many different texts hold it.
    pub texts: usize,
}

impl HeldShingle {
    /// Whether it is a phrase.
    #[must_use]
    pub fn is_phrase(&self) -> bool {
        is_phrase(self.name)
    }

    /// Where it stands in the order.
    pub(super) fn class(&self) -> u8 {
        let rarity = rarity(self.texts);
        if self.is_phrase() { PHRASES } else { rarity + u8::from(rarity >= PHRASES) }
    }
}

impl PartialEq for HeldShingle {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for HeldShingle {}

impl Ord for HeldShingle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.class(), self.name).cmp(&(other.class(), other.name))
    }
}

impl PartialOrd for HeldShingle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::fingerprint::{name, phrase_at};

    #[test]
    fn a_class_ends_where_it_says() {
        let rarities = [1, 2, 3, 4, 5, 6, 8, 9, 16, 17, 64, 65, 1 << 40].map(rarity);
        assert_eq!(rarities, [0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6]);
    }

    #[test]
    fn two_shingles_are_equal_where_neither_sorts_first() {
        let held = |name, texts| HeldShingle { name, texts };
        let shingles = [held(7, 3), held(7, 4), held(7, 5), held(7, 20), held(8, 3)];
        for a in shingles {
            for b in shingles {
                assert_eq!(a == b, a.cmp(&b).is_eq(), "{a:?} {b:?}");
            }
        }
        assert_eq!(held(7, 4), held(7, 5), "of one class");
        assert!(held(8, 3) < held(7, 4), "the rarer one first, whatever its name");
    }

    #[test]
    fn phrases_stand_between_rare_shingles_and_common_ones() {
        let held = |name, texts| HeldShingle { name, texts };
        let phrase = phrase_at(b"theoldlighthousestandsagain", 0, 0).unwrap();
        for texts in [2, RARE, RARE + 1, 1 << 20] {
            assert!(held(phrase, texts).is_phrase() && !held(name(phrase), texts).is_phrase());
            assert!(held(u64::MAX, RARE) > held(phrase, texts), "a phrase, too");
            assert!(held(name(u64::MAX), RARE) < held(phrase, texts));
            assert!(held(0, RARE + 1) > held(phrase, texts));
        }
    }
}
