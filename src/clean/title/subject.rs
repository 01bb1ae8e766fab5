//! What a text is about: the stems of its longer words.

use rustc_hash::FxHashMap;

use crate::text::alike::stems;

/// Paragraphs whose words count.
pub(super) const PARAGRAPHS: usize = 20;
/// Bytes of each paragraph that count.
const BYTES: usize = 500;

/// Where a stem is used.
#[derive(Debug, Clone, Copy, Default)]
struct Used {
    /// The first paragraph with it, from 1; 0 where none has it.
    paragraph: u32,
    /// How often paragraphs have it.
    count: u32,
    /// How often candidates have it.
    candidates: u32,
}

/// The stems of the first paragraphs of a text, and of the candidates for its headline.
#[derive(Debug, Default)]
pub(super) struct Subject(FxHashMap<u32, Used>);

/// What a candidate has in common with the text, and with other candidates.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Common {
    /// Its longer words.
    pub(super) words: u32,
    /// Those that stand in the first paragraph.
    pub(super) in_first: u32,
    /// Those in the first four paragraphs.
    pub(super) in_four: u32,
    /// Those in any of the paragraphs.
    pub(super) in_text: u32,
    /// The sum over its words of how often each is used in the text, each at most [`OFTEN`] times.
    pub(super) uses: u32,
    /// How often the word is used that the text uses most.
    pub(super) most: u32,
    /// Those that stand in other candidates.
    pub(super) in_others: u32,
}

/// How often a word is used that counts in full.
pub(super) const OFTEN: u32 = 4;

impl Subject {
    /// The stems of `paragraphs`, and of the texts of `candidates`; all folded.
    pub(super) fn of<'a>(
        paragraphs: impl Iterator<Item = &'a str>,
        candidates: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut subject = Self::default();
        for (paragraph, folded) in (1..).zip(paragraphs.take(PARAGRAPHS)) {
            for stem in stems(&folded[..folded.floor_char_boundary(BYTES)]) {
                let used = subject.0.entry(stem).or_default();
                used.count += 1;
                if used.paragraph == 0 {
                    used.paragraph = paragraph;
                }
            }
        }
        for stem in candidates.flat_map(stems) {
            subject.0.entry(stem).or_default().candidates += 1;
        }
        subject
    }

    /// What a folded candidate has in common with the text.
    pub(super) fn common_with(&self, folded: &str) -> Common {
        let mut common = Common::default();
        for stem in stems(folded) {
            let used = self.0.get(&stem).copied().unwrap_or_default();
            let stands = |within: u32| u32::from((1..=within).contains(&used.paragraph));
            common.words += 1;
            common.in_first += stands(1);
            common.in_four += stands(4);
            common.in_text += stands(u32::MAX);
            common.uses += used.count.min(OFTEN);
            common.most = common.most.max(used.count);
            common.in_others += u32::from(used.candidates > 1);
        }
        common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_shares_words_with_the_paragraphs_and_with_other_candidates() {
        let paragraphs = ["the ferries sailed", "a captain", "", "", "striking crews of ferries"];
        let subject = Subject::of(paragraphs.into_iter(), ["ferry strike", "strike"].into_iter());
        let common = subject.common_with("ferries, crews and strike");
        assert_eq!((common.words, common.in_first, common.in_four, common.in_text), (3, 1, 1, 3));
        assert_eq!((common.uses, common.most, common.in_others), (4, 2, 1));
    }
}
