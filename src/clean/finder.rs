//! Many short texts looked for in a longer one at once, in one pass over it.

use crate::guard::look;

/// Texts that are looked for, none of which is empty.
#[derive(Debug)]
pub(crate) struct Finder<'n> {
    /// The texts in their order, each with its number.
    sorted: Vec<(&'n str, usize)>,
    /// For each of them the one before it, the longest, that it begins with.
    within: Vec<Option<usize>>,
    /// For each byte how many texts begin with it or a lower one.
    ends: [usize; 256],
    /// The bytes that one begins with.
    firsts: [bool; 256],
    /// The pairs of bytes that one begins with, a bit each.
    begins: Vec<u64>,
}

impl<'n> Finder<'n> {
    /// Looks for `texts`, which are numbered from 0.
    pub(crate) fn new(texts: impl Iterator<Item = &'n str>) -> Self {
        let mut sorted: Vec<(&str, usize)> = texts.zip(0..).collect();
        sorted.sort_unstable();
        let mut within: Vec<Option<usize>> = Vec::with_capacity(sorted.len());
        for (at, &(text, _)) in sorted.iter().enumerate() {
            let mut shorter = at.checked_sub(1);
            while let Some(before) = shorter.filter(|&before| !text.starts_with(sorted[before].0)) {
                shorter = within[before];
            }
            within.push(shorter);
        }
        let first = |text: &str| text.bytes().next();
        let ends = std::array::from_fn(|byte| {
            sorted.partition_point(|&(text, _)| first(text) <= Some(byte as u8))
        });
        let (mut firsts, mut begins) = ([false; 256], vec![0; 1 << 10]);
        for (text, _) in &sorted {
            text.bytes().take(1).for_each(|first| firsts[usize::from(first)] = true);
            match *text.as_bytes() {
                [first, second, ..] => add(&mut begins, first, second),
                [first] => (0..=255).for_each(|second| add(&mut begins, first, second)),
                [] => {}
            }
        }
        Self { sorted, within, ends, firsts, begins }
    }

    /// Where each of the texts stands in `text`, from left to right and not over itself, `most` times at most.
    pub(crate) fn places_in(&self, text: &str, most: usize) -> Vec<Vec<usize>> {
        look();
        let mut places = vec![Vec::new(); self.sorted.len()];
        let bytes = text.as_bytes();
        let may_begin = |byte: &u8| self.firsts[usize::from(*byte)];
        let mut from = 0;
        while let Some(left_out) = bytes[from..].iter().position(may_begin) {
            let at = from + left_out;
            from = at + 1;
            let first = bytes[at];
            let second = bytes.get(at + 1).copied().unwrap_or(0);
            if !has(&self.begins, first, second) {
                continue;
            }
            let rest = &text[at..];
            // The last text that is in order not behind the rest begins with all others that the rest begins with.
            let begin = first.checked_sub(1).map_or(0, |lower| self.ends[usize::from(lower)]);
            let alike = &self.sorted[begin..self.ends[usize::from(first)]];
            let mut next = (begin + alike.partition_point(|&(own, _)| own <= rest)).checked_sub(1);
            while let Some(place) = next {
                let (own, number) = self.sorted[place];
                let found: &mut Vec<usize> = &mut places[number];
                let is_apart = found.last().is_none_or(|last| last + own.len() <= at);
                if rest.starts_with(own) && is_apart && found.len() < most {
                    found.push(at);
                }
                next = self.within[place];
            }
        }
        places
    }
}

fn add(pairs: &mut [u64], first: u8, second: u8) {
    let pair = usize::from(u16::from_be_bytes([first, second]));
    pairs[pair / 64] |= 1 << (pair % 64);
}

fn has(pairs: &[u64], first: u8, second: u8) -> bool {
    let pair = usize::from(u16::from_be_bytes([first, second]));
    pairs[pair / 64] >> (pair % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_within_others_are_found_too() {
        let finder = Finder::new(["Norrby", "Norrby Bugle", "Bugle", "y"].into_iter());
        let places = finder.places_in("Norrby Bugle of Norrby", 20);
        assert_eq!(places, [vec![0, 16], vec![0], vec![7], vec![5, 21]]);
    }

    proptest! {
        #[test]
        fn each_text_is_found_where_it_stands(
            texts in prop::collection::vec("[abé]{1,4}", 0..12),
            text in "[abé ]{0,40}",
            most in 1..4_usize,
        ) {
            let places = Finder::new(texts.iter().map(String::as_str)).places_in(&text, most);
            for (own, places) in texts.iter().zip(places) {
                let found: Vec<usize> = text.match_indices(own).map(|(at, _)| at).take(most).collect();
                prop_assert_eq!(places, found, "{}", own);
            }
        }
    }
}
