//! When two short texts are the same but for a letter or a cut end.

use rustc_hash::FxHashSet;

use crate::guard::look;
use crate::text::chars::is_unspaced;

/// Longest folded text, in bytes, that edit distance is spent on.
const LONGEST: usize = 300;

/// Whether two folded texts are the same headline: equal, or apart by a few letters.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    look();
    if a == b {
        return true;
    }
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let comparable = shorter.len() >= 16
        && longer.len() <= LONGEST
        && (longer.len() - shorter.len()) * 12 <= longer.len();
    comparable
        && bytes_only_in(longer, shorter) * 12 <= longer.len() * bytes_an_edit(longer)
        && strsim::normalized_levenshtein(a, b) >= 0.92
}

/// How many bytes of `a` have no fellow in `b`, wherever they stand: no fewer than edits that part the two can bring.
fn bytes_only_in(a: &str, b: &str) -> usize {
    let mut counts = [0i16; 256];
    a.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    b.bytes().for_each(|byte| counts[usize::from(byte)] -= 1);
    counts.iter().map(|&count| usize::from(count.max(0).unsigned_abs())).sum()
}

/// Bytes that one edit changes at most.
fn bytes_an_edit(text: &str) -> usize {
    if text.is_ascii() { 1 } else { 4 }
}

/// Whether `long` begins as `short` does, for at least `least` bytes of `short`; a cut end (`...`) of `short` is left out.
pub(crate) fn is_prefix_alike(short: &str, long: &str, least: usize) -> bool {
    let short = short.trim_end_matches(['.', ' ']);
    let common = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    common >= least.min(short.len()) && !short.is_empty()
}

/// The stems of a text's longer words: their first letters, so that inflected forms meet; in scripts without spaces, pairs of characters.
#[derive(Debug, Default)]
pub(crate) struct Stems(FxHashSet<u32>);

impl Stems {
    /// The stems of folded texts.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self(texts.flat_map(stems).collect())
    }

    /// How many longer words a folded text has, and how many of them share a stem with these.
    pub(crate) fn shared_with(&self, folded: &str) -> (usize, usize) {
        stems(folded).fold((0, 0), |(all, shared), stem| {
            (all + 1, shared + usize::from(self.0.contains(&stem)))
        })
    }

    /// Whether a stem is among these.
    pub(crate) fn contains(&self, stem: u32) -> bool {
        self.0.contains(&stem)
    }
}

/// The hashed stems of a folded text's longer words, as they come.
pub(crate) fn stems(folded: &str) -> impl Iterator<Item = u32> + '_ {
    let mut rest = folded;
    let spaced = std::iter::from_fn(move || {
        let (mut stem, mut letters) = (0, 0);
        loop {
            let plain = ascii_word(rest.as_bytes());
            let (own, behind) = rest.split_at(plain);
            for &byte in &own.as_bytes()[..plain.min(STEM.saturating_sub(letters))] {
                stem = longer(stem, byte.into());
            }
            letters += plain;
            let mut chars = behind.chars();
            let next = chars.next();
            rest = chars.as_str();
            match next {
                Some(c) if !c.is_ascii() && c.is_alphanumeric() && !is_unspaced(c) => {
                    stem = if letters < STEM { longer(stem, c) } else { stem };
                    letters += 1;
                }
                _ if letters >= WORD => return Some(stem),
                Some(_) => (stem, letters) = (0, 0),
                None => return None,
            }
        }
    });
    // A letter of a script without spaces takes at least three bytes, of which the first is no less than this.
    let may_be_unspaced = folded.bytes().any(|byte| byte >= 0xe0);
    let unspaced = if may_be_unspaced { folded } else { "" };
    let pairs = unspaced
        .chars()
        .zip(unspaced.chars().skip(1))
        .filter(|&(a, b)| is_unspaced(a) && is_unspaced(b));
    spaced.chain(pairs.map(|(a, b)| (u32::from(a) << 11) ^ u32::from(b)))
}

/// How many ASCII letters and digits stand at the head of a text.
fn ascii_word(text: &[u8]) -> usize {
    static IS_IN_WORD: [bool; 256] = {
        let mut is_in_word = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            is_in_word[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        is_in_word
    };
    text.iter().position(|&byte| !IS_IN_WORD[usize::from(byte)]).unwrap_or(text.len())
}

/// Letters of the shortest word that has a stem.
const WORD: usize = 4;
/// Letters of a stem.
const STEM: usize = 5;

/// The hashed first letters of a long enough folded word.
pub(crate) fn stem(word: &str) -> Option<u32> {
    stem_of(word.chars())
}

/// The same of the letters of a folded word.
pub(crate) fn stem_of(letters: impl Iterator<Item = char> + Clone) -> Option<u32> {
    letters.clone().nth(WORD - 1)?;
    Some(letters.take(STEM).fold(0, longer))
}

/// The hash of letters and the next one.
fn longer(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9e37_79b1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_apart_is_the_same_headline() {
        assert!(same_text("harbour board closes the old quay", "harbor board closes the old quay"));
        assert!(!same_text(
            "harbour board closes the old quay",
            "harbour board opens the new bridge"
        ));
    }

    #[test]
    fn the_stems_of_a_text_are_those_of_its_longer_words() {
        let words = ["harbour", "boards", "été2", "the", "of"];
        let own: Vec<u32> = words.iter().filter_map(|word| stem(word)).collect();
        assert_eq!(stems("harbour's boards, of the été2.").collect::<Vec<_>>(), own);
        assert_eq!(stems("harbo harbor").collect::<Vec<_>>(), [own[0]; 2]);
    }

    #[test]
    fn an_excerpt_begins_as_the_text_does() {
        assert!(is_prefix_alike(
            "the crews went ba...",
            "the crews went back to work on monday",
            40
        ));
        assert!(!is_prefix_alike("the crews stayed", "the crews went back to work on monday", 16));
    }
}
