//! What several parts of a page have in common: a name or a word that stands in most of them is what one text is about.

use std::hash::Hasher;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHasher};

use crate::clean::model::range::Column;
use crate::clean::split::lines::Lines;
use crate::guard::look;
use crate::text::alike::{Stems, stem_of, stems};
use crate::text::chars::{is_quote, is_stop};

pub(super) const COLUMNS: [Column; 10] = [
    Column::share("name_in_most"),
    Column::share("name_in_third_most"),
    Column::share("names_shared"),
    Column::share("parts_with_no_name_of_others"),
    Column::to("names_of_text", 16.0),
    Column::share("word_in_most"),
    Column::share("word_in_third_most"),
    Column::share("words_shared"),
    Column::share("parts_with_no_word_of_others"),
    Column::to("words_of_text", 64.0),
];

/// Letters of the shortest name.
const LETTERS: usize = 3;

/// The terms in each paragraph of a page.
#[derive(Debug)]
pub(super) struct Terms {
    /// Numbers of the terms that stand in several paragraphs, paragraph by paragraph.
    shared: Vec<u32>,
    /// Where those of each paragraph begin, and the end of all.
    firsts: Vec<usize>,
    /// How many of these terms there are.
    count: usize,
    /// How many terms the paragraphs before each one have, and all: one is counted in each paragraph that it stands in.
    before: Vec<usize>,
}

impl Terms {
    /// Names: words within a sentence that begin with a capital.
    pub(super) fn names(lines: &Lines, texts: &[usize]) -> Self {
        let lower = |name: &str| {
            let mut hasher = FxHasher::default();
            name.chars().flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c as u32));
            hasher.finish()
        };
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut number = |name| {
            let next = numbers.len() as u32;
            *numbers.entry(lower(name)).or_insert(next)
        };
        let of_text = |&text: &usize| {
            look();
            names(lines.page.text_of(text)).map(&mut number).collect()
        };
        let texts: Vec<Vec<u32>> = texts.iter().map(of_text).collect();
        Self::of(texts.iter().map(|own| own.iter().copied()), numbers.len())
    }

    /// Stems of words that are not among the commonest of their language.
    pub(super) fn words(lines: &Lines, texts: &[usize]) -> Self {
        let stems = lines.page.stems();
        let is_common: Vec<bool> =
            stems.all().iter().map(|&stem| common().contains(stem)).collect();
        let is_term = |stem: &u32| !is_common[*stem as usize];
        let own = |&text: &usize| stems.of_block(text).iter().copied().filter(is_term);
        Self::of(texts.iter().map(own), is_common.len())
    }

    /// Of the terms of each paragraph, whose numbers are lower than `count`.
    fn of(texts: impl Iterator<Item = impl Iterator<Item = u32>>, count: usize) -> Self {
        let (mut all, mut firsts) = (Vec::new(), vec![0]);
        let (mut texts_of, mut last_text) = (vec![0u32; count], vec![0usize; count]);
        for (text, terms) in (1..).zip(texts) {
            look();
            for term in terms {
                let last = &mut last_text[term as usize];
                if *last != text {
                    *last = text;
                    texts_of[term as usize] += 1;
                    all.push(term);
                }
            }
            firsts.push(all.len());
        }
        let before = firsts.clone();
        let mut count = 0;
        let new_numbers: Vec<Option<u32>> = texts_of
            .iter()
            .map(|&texts| {
                count += u32::from(texts > 1);
                (texts > 1).then(|| count - 1)
            })
            .collect();
        let mut shared = Vec::with_capacity(all.len());
        let mut from = 0;
        for end in &mut firsts[1..] {
            let own = &all[from..*end];
            shared.extend(own.iter().filter_map(|&term| new_numbers[term as usize]));
            (from, *end) = (*end, shared.len());
        }
        Self { shared, firsts, count: count as usize, before }
    }

    /// Half of the measures of [`COLUMNS`], in their order, of parts with these paragraphs.
    pub(super) fn measure(&self, texts: &[Range<usize>]) -> [f32; COLUMNS.len() / 2] {
        let mut in_parts = vec![0u32; self.count];
        let mut last = vec![u32::MAX; self.count];
        let terms_of =
            |texts: &Range<usize>| &self.shared[self.firsts[texts.start]..self.firsts[texts.end]];
        for (at, texts) in (0..).zip(texts) {
            for &term in terms_of(texts) {
                let term = term as usize;
                in_parts[term] += u32::from(last[term] != at);
                last[term] = at;
            }
        }
        let (mut shared, mut alone) = (0.0, 0.0);
        for texts in texts {
            let is_of_others = |&&term: &&u32| in_parts[term as usize] > 1;
            let of_others = terms_of(texts).iter().filter(is_of_others).count();
            let own = self.before[texts.end] - self.before[texts.start];
            shared += of_others as f32 / own.max(1) as f32;
            alone += f32::from(u8::from(of_others == 0));
        }
        let number = texts.len().max(1) as f32;
        let all = self.before.last().copied().unwrap_or(0);
        in_parts.retain(|&count| count >= 2);
        in_parts.sort_unstable_by(|a, b| b.cmp(a));
        let most = |rank: usize| in_parts.get(rank).map_or(0.0, |&count| count as f32 / number);
        let of_text = all as f32 / (self.before.len() - 1).max(1) as f32;
        [most(0), most(2), shared / number, alone / number, of_text]
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut opens = true;
    text.split_whitespace().filter_map(move |word| {
        let is_first = std::mem::replace(&mut opens, word.ends_with(|c| is_stop(c) || c == ':'));
        let first = word.chars().next().unwrap_or_default();
        // Most words begin with a small letter, and those are looked at no further.
        if is_first || first.is_ascii_lowercase() || is_quote(first) {
            return None;
        }
        let name = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_name =
            name.starts_with(char::is_uppercase) && name.chars().nth(LETTERS - 1).is_some();
        is_name.then_some(name)
    })
}

/// The stems that stand in many texts of any language (`training/stems.py`).
fn common() -> &'static Stems {
    static COMMON: OnceLock<Stems> = OnceLock::new();
    COMMON.get_or_init(|| Stems::of(include_str!("common.stems").lines()))
}

/// Whether a word of four letters or more is one of those.
pub(crate) fn is_common_word(word: &str) -> bool {
    if word.len() <= LETTERS {
        return false;
    }
    // Most words are of plain letters, and have one stem.
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let stem = stem_of(word.chars().map(|c| c.to_ascii_lowercase()));
        return stem.is_some_and(|stem| common().contains(stem));
    }
    stems(&word.to_lowercase()).any(|stem| common().contains(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_capitalised_word_within_a_sentence() {
        let text = "The crews of Holm met Marta Quill. They said: Yes, “Never” again.";
        assert_eq!(names(text).collect::<Vec<_>>(), ["Holm", "Marta", "Quill"]);
    }

    #[test]
    fn common_words_are_no_terms() {
        let own: Vec<u32> = stems("about would ferry").collect();
        let is_common: Vec<bool> = own.iter().map(|&stem| common().contains(stem)).collect();
        assert_eq!(is_common, [true, true, false]);
        for (word, expected) in [
            ("About", true),
            ("WOULD", true),
            ("Ferry", false),
            ("the", false),
            ("would-be", true),
            ("Étés", false),
        ] {
            assert_eq!(is_common_word(word), expected, "{word}");
        }
    }
}
