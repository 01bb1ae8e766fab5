//! The stems of a page's words, read once for all that ask what its blocks talk about.

use rustc_hash::FxHashMap;

use crate::guard::look;
use crate::text::alike::{stem, stems};

/// The stems of the longer words of each block, numbered as they come.
#[derive(Debug, Default)]
pub(crate) struct PageStems {
    /// The numbers, block by block, and where those of each block end.
    numbers: Vec<u32>,
    ends: Vec<usize>,
    /// The stems by their numbers, and the numbers of these.
    stems: Vec<u32>,
    number_of: FxHashMap<u32, u32>,
}

impl PageStems {
    /// Those of blocks with these folded texts.
    pub(super) fn of<'a>(folded: impl Iterator<Item = &'a str>) -> Self {
        let mut own = Self::default();
        for text in folded {
            look();
            for stem in stems(text) {
                let next = own.stems.len() as u32;
                let number = *own.number_of.entry(stem).or_insert(next);
                if number == next {
                    own.stems.push(stem);
                }
                own.numbers.push(number);
            }
            own.ends.push(own.numbers.len());
        }
        own
    }

    /// The numbers of the stems of a block, as its words come.
    pub(crate) fn of_block(&self, index: usize) -> &[u32] {
        let from = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[from..self.ends[index]]
    }

    /// All stems, by their numbers.
    pub(crate) fn all(&self) -> &[u32] {
        &self.stems
    }

    /// The number of a folded word's stem, or no number where no block has it; None where the word is too short for a stem.
    pub(crate) fn number_of(&self, word: &str) -> Option<Option<u32>> {
        stem(word).map(|stem| self.number_of.get(&stem).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_talk_of_one_thing_have_one_number() {
        let stems = PageStems::of(["the ferrymen sailed", "", "a ferry of crews"].into_iter());
        assert_eq!(stems.of_block(0), [0, 1]);
        assert!(stems.of_block(1).is_empty());
        assert_eq!(stems.of_block(2), [0, 2]);
        assert_eq!(stems.all().len(), 3);
        assert_eq!(stems.number_of("crews"), Some(Some(2)));
        assert_eq!(stems.number_of("captain"), Some(None));
        assert_eq!(stems.number_of("of"), None);
    }
}
