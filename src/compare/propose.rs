//! Which texts may be copies of which: those that share some of their rarest sampled shingles (as the spot signatures of
//! Theobald, Siddharth and Paepcke 2008 do with words), and enough of all that are sampled. A proposal decides nothing.

use crate::compare::fingerprint::level;
use crate::compare::rarity::RARE;
use crate::compare::tables::{Longest, Tables};
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::weight_of;

/// How many shared shingles may propose candidates for a text: 12 rare ones, 18 in total. More common ones would lead it to the longest of
/// hundreds of copies rather than to others that were misread in the same way.
const SPENT_AT_MOST: [usize; 2] = [12, 18];
/// A shingle proposes the longest texts that hold it: so many where it is rare, and so many where it is not.
const LONGEST: [usize; 2] = [4, 2];
/// Shingles that are so few that chance decides how many of them a sample shows.
const FEW_SHOWN: usize = 6;
/// What a sample may lack by chance, where it shows so few.
const CHANCE: f32 = 0.5;
/// Proposals in a row, from an anchor to a text that it is compared with.
const HOPS: usize = 3;

/// The longer texts, ascending, that a text may be a copy of by its own shingles and the longest texts that hold each of these. To know more of
/// them [`is_likely`] needs the shingles of both.
pub fn proposed<T: Longest>(tables: &T, text: T::Text, thresholds: &Thresholds) -> Vec<T::Text> {
    let mut anchors = Vec::with_capacity(SPENT_AT_MOST[1] * LONGEST[0]);
    let mut spent = 0;
    for (number, shingle) in tables.held(text).iter().enumerate() {
        let is_common = usize::from(shingle.texts > RARE);
        if is_common == 1 && shingle.is_phrase() {
            continue;
        }
        if spent >= SPENT_AT_MOST[is_common] {
            if is_common == 1 {
                break;
            }
            continue;
        }
        let before = anchors.len();
        let longest = tables.longest(text, number);
        anchors.extend(longest.iter().take(LONGEST[is_common]).take_while(|&&other| other < text));
        spent += usize::from(anchors.len() > before);
    }
    anchors.sort_unstable();
    let enough = |same: &&[T::Text]| {
        let shown = shown(tables, same[0], text).min(spent.min(SPENT_AT_MOST[0]));
        same.len() as f32 >= at_least(thresholds.proposed * shown as f32, shown)
    };
    anchors.chunk_by(|a, b| a == b).filter(enough).map(|same| same[0]).collect()
}

/// Shingles of a text that a longer one would show in its sample if it held them all.
fn shown<T: Tables>(tables: &T, anchor: T::Text, text: T::Text) -> usize {
    tables.letters(text) as usize >> level(tables.letters(anchor) as usize)
}

/// What a sample that shows so few shingles must at least have of what is expected of it.
fn at_least(expected: f32, shown: usize) -> f32 {
    if shown <= FEW_SHOWN { expected.min((expected - CHANCE).max(1.0)) } else { expected }
}

/// What two texts share of their samples.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shared {
    /// How many shingles.
    pub(super) shingles: usize,
    /// What these weigh.
    pub(super) weight: f32,
}

/// What two texts share, where shingles of up to so many texts weigh fully.
pub(super) fn shared<T: Tables>(tables: &T, a: T::Text, b: T::Text, few_texts: usize) -> Shared {
    let (a, b) = (tables.held(a), tables.held(b));
    let (mut at_a, mut at_b, mut shared) = (0, 0, Shared::default());
    while at_a < a.len() && at_b < b.len() {
        let order = a[at_a].cmp(&b[at_b]);
        if order.is_eq() && !a[at_a].is_phrase() {
            shared.shingles += 1;
            shared.weight += weight_of(a[at_a].texts, few_texts);
        }
        at_a += usize::from(order.is_le());
        at_b += usize::from(order.is_ge());
    }
    shared
}

/// Whether two texts, the longer one first, share so much of their samples, counted and weighed, that they are worth a comparison.
pub fn is_likely<T: Tables>(
    tables: &T,
    anchor: T::Text,
    text: T::Text,
    thresholds: &Thresholds,
) -> bool {
    let least = thresholds.least_share(tables.letters(anchor), tables.letters(text));
    let shared = shared(tables, anchor, text, thresholds.few_texts);
    let shown_of = |other: T::Text| shown(tables, anchor, other) as f32;
    let at_least = |expected: f32| at_least(expected, shown(tables, anchor, text));
    if (shared.shingles as f32) < at_least(thresholds.shown * least * shown_of(text)) {
        return false;
    }
    let weight_of = |other: T::Text| {
        let share = tables.discount(other, thresholds) / shown(tables, other, other) as f32;
        shown_of(other) * (1.0 - share)
    };
    let weighs_enough =
        |other: T::Text| shared.weight >= at_least(thresholds.weighed * least * weight_of(other));
    weighs_enough(text) || weighs_enough(anchor)
}

/// The texts that an anchor is compared with, ascending: those that up to three proposals in a row lead to, whatever is found on the way, and that are
/// likely. `proposed_to` gives, ascending, the texts that a text was proposed to as their anchor and that are likely for it.
pub fn candidates<T: Tables, P: AsRef<[T::Text]>>(
    tables: &T,
    anchor: T::Text,
    proposed_to: impl Fn(T::Text) -> P,
    thresholds: &Thresholds,
) -> Vec<T::Text> {
    let direct = proposed_to(anchor);
    let mut found = direct.as_ref().to_vec();
    let mut last = found.clone();
    for _ in 1..HOPS {
        let mut next: Vec<T::Text> = Vec::new();
        last.iter().for_each(|&text| next.extend(proposed_to(text).as_ref()));
        next.sort_unstable();
        next.dedup();
        next.retain(|text| found.binary_search(text).is_err());
        found.extend(&next);
        found.sort_unstable();
        last = next;
    }
    found.retain(|text| {
        direct.as_ref().binary_search(text).is_ok() || is_likely(tables, anchor, *text, thresholds)
    });
    found
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::compare::fingerprint::phrase_at;
    use crate::compare::rarity::HeldShingle;
    use crate::compare::shingle::PHRASE;

    /// Texts with so many letters each, and what of their shingles others hold too.
    struct Set<'s> {
        letters: &'s [u32],
        held: Vec<Vec<HeldShingle>>,
        samples: &'s [&'s [u64]],
    }

    impl<'s> Set<'s> {
        fn new(letters: &'s [u32], samples: &'s [&'s [u64]]) -> Self {
            let texts = |name| samples.iter().filter(|sample| sample.contains(&name)).count();
            let held = |sample: &&[u64]| {
                let held = sample.iter().map(|&name| HeldShingle { name, texts: texts(name) });
                let mut held: Vec<_> = held.filter(|shingle| shingle.texts > 1).collect();
                held.sort();
                held
            };
            Self { letters, held: samples.iter().map(held).collect(), samples }
        }
    }

    impl Tables for Set<'_> {
        type Text = usize;

        fn letters(&self, text: usize) -> u32 {
            self.letters[text]
        }

        fn held(&self, text: usize) -> Cow<'_, [HeldShingle]> {
            self.held[text].as_slice().into()
        }
    }

    impl Longest for Set<'_> {
        fn longest(&self, text: usize, shingle: usize) -> Cow<'_, [usize]> {
            let name = self.held[text][shingle].name;
            let holds = |text: &usize| self.samples[*text].contains(&name);
            (0..self.samples.len()).filter(holds).collect()
        }
    }

    #[test]
    fn texts_that_share_rare_shingles_are_proposed_to_the_longest_of_them() {
        let proposed_among = |letters: &[u32]| {
            let set = Set::new(letters, &[&[1, 2], &[3], &[1, 2, 4]]);
            let thresholds = Thresholds::default();
            [0, 1, 2].map(|text| {
                let mut anchors = proposed(&set, text, &thresholds);
                anchors.retain(|&anchor| is_likely(&set, anchor, text, &thresholds));
                anchors
            })
        };
        assert_eq!(proposed_among(&[8, 6, 4]), [vec![], vec![], vec![0]]);
        assert!(
            proposed_among(&[100, 60, 50])[2].is_empty(),
            "of a sample of 25 shingles two are shared"
        );
    }

    #[test]
    fn rare_phrases_propose_where_all_shingles_are_common() {
        let phrases = [0, 1, 2].map(|letter| phrase_at(&[letter; PHRASE], 0, 0).unwrap());
        let with_phrases = [&[1, 2, 3][..], &phrases].concat();
        let mut samples: [&[u64]; 40] = [&[1, 2, 3]; 40];
        samples[30] = &with_phrases;
        samples[39] = &with_phrases;
        let anchors =
            |samples| proposed(&Set::new(&[100; 40], samples), 39, &Thresholds::default());
        assert_eq!(anchors(&samples), [0, 1, 30], "the two longest, and whoever has the phrases");
        let in_all: [&[u64]; 40] = [&with_phrases; 40];
        assert_eq!(anchors(&in_all), [0, 1], "phrases of a form propose nothing more");
    }

    #[test]
    fn where_a_sample_shows_few_shingles_of_a_short_text_one_is_enough() {
        let is_likely_of = |short: u32| {
            let letters = [2400, short];
            let set = Set::new(&letters, &[&[1, 2, 3], &[1, 9, 10]]);
            is_likely(&set, 0, 1, &Thresholds::default())
        };
        assert!(is_likely_of(340), "five would show, of which fewer than two are wanted");
        assert!(!is_likely_of(900), "fourteen would");
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let samples: [&[u64]; 32] = [&[7]; 32];
        let set = Set::new(&[100; 32], &samples);
        assert_eq!(
            (shared(&set, 0, 1, 8), set.discount(0, &Thresholds::default())),
            (Shared { shingles: 1, weight: 0.5 }, 0.5)
        );
    }
}
