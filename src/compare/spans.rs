//! Long stretches of text that several stories have word for word, wherever they stand in them.
//!
//! Of all runs of forty letters those are sampled whose hash is the least of a window (winnowing: Schleimer, Wilkerson and Aiken 2003), so
//! two texts that share two hundred letters in a row share a sample. From there the shared stretch is followed letter by letter both ways.

use std::collections::VecDeque;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::compare::grow::grow;
use crate::text::chars::is_unspaced;
use crate::text::letters::NormalizedText;

/// Letters of a run that is hashed.
const RUN: usize = 40;
/// Runs of which one is sampled.
const WINDOW: usize = 160;
/// Words of the shortest stretch that counts,
const WORDS: usize = 50;
/// or its letters, in a script that does not part words.
const LETTERS: usize = 300;
/// What the letters of a run are multiplied by, one after the other: any odd number.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stretch of an article that an earlier one has too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSpan<A> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// The first article that has it.
    pub first: A,
    /// Articles that have a sample of it.
    pub stories: u32,
}

/// Where a sampled run of letters stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRun<A> {
    /// The article.
    pub article: A,
    /// The letter in it at which the run begins.
    pub at: u32,
    /// How many articles have the run.
    pub stories: u32,
}

/// The sampled runs of letters of a text: their hashes, each once, and where each begins first.
#[must_use]
pub fn sampled_runs(text: &str) -> Vec<(u64, u32)> {
    let mut letters = NormalizedText::default();
    letters.read(text);
    let mut found = samples(letters.bytes());
    found.sort_unstable();
    found.dedup_by_key(|(hash, _)| *hash);
    found
}

/// A sampled run of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sample {
    hash: u64,
    article: u32,
    at: u32,
}

/// Takes articles of different stories, in order: some 16 bytes for 80 letters of each.
#[derive(Debug, Default)]
pub(crate) struct SpanFinder {
    samples: Vec<Sample>,
}

impl SpanFinder {
    /// Adds an article.
    pub(crate) fn push(&mut self, article: u32, text: &str) {
        let found = sampled_runs(text);
        grow(&mut self.samples, found.len());
        self.samples.extend(found.into_iter().map(|(hash, at)| Sample { hash, article, at }));
    }

    /// What several articles share.
    pub(crate) fn finish(mut self) -> SharedSamples {
        self.samples.sort_unstable();
        let shared = self.samples.chunk_by(|a, b| a.hash == b.hash).filter(|same| same.len() > 1);
        let first = |same: &[Sample]| {
            let Sample { hash, article, at } = same[0];
            (hash, FirstRun { article, at, stories: same.len() as u32 })
        };
        SharedSamples { firsts: shared.map(first).collect(), spans: SharedSpans::default() }
    }
}

/// The samples that several articles have.
#[derive(Debug, Default)]
pub(crate) struct SharedSamples {
    firsts: FxHashMap<u64, FirstRun<u32>>,
    spans: SharedSpans<u32>,
}

impl SharedSamples {
    /// The stretches of an article that an earlier one has too, in order; `other` gives the text of an earlier one.
    pub(crate) fn of(
        &mut self,
        article: u32,
        text: &str,
        other: impl FnMut(u32) -> String,
    ) -> Vec<SharedSpan<u32>> {
        let earlier =
            |hash| self.firsts.get(&hash).copied().filter(|first| first.article < article);
        self.spans.of(text, earlier, other)
    }
}

/// Follows what articles share. It keeps the first article that was looked at last, which that of the next stretch is most often.
#[derive(Debug)]
pub struct SharedSpans<A> {
    last: Option<A>,
    /// Its letters.
    of_first: NormalizedText,
}

impl<A> Default for SharedSpans<A> {
    fn default() -> Self {
        Self { last: None, of_first: NormalizedText::default() }
    }
}

impl<A: Copy + PartialEq> SharedSpans<A> {
    /// The stretches of an article that an earlier one has too, in order. `earlier` says of the hash of a run where it stands first, if that is in
    /// an earlier article; `other` gives the text of such a one.
    pub fn of(
        &mut self,
        text: &str,
        earlier: impl Fn(u64) -> Option<FirstRun<A>>,
        mut other: impl FnMut(A) -> String,
    ) -> Vec<SharedSpan<A>> {
        let mut letters = NormalizedText::default();
        letters.read(text);
        let (mut found, mut places) = (Vec::<SharedSpan<A>>::new(), Vec::new());
        let mut end = 0;
        for (hash, at) in samples(letters.bytes()) {
            let at = at as usize;
            let Some(first) = earlier(hash).filter(|_| at + RUN > end) else { continue };
            if self.last.replace(first.article) != Some(first.article) {
                self.of_first.read(&other(first.article));
            }
            let kept = self.of_first.bytes();
            let Some(shared) = extended(letters.bytes(), at, kept, first.at as usize) else {
                continue;
            };
            let shared = shared.start.max(end)..shared.end;
            end = shared.end;
            if places.is_empty() {
                places = letters.read_with_places(text);
            }
            let last_char = text[places[shared.end - 1]..].chars().next().map_or(0, char::len_utf8);
            let range = whole_words(text, places[shared.start]..places[shared.end - 1] + last_char);
            let stretch = &text[range.clone()];
            let is_unspaced = stretch.chars().any(is_unspaced);
            if stretch.split_whitespace().count() >= WORDS || is_unspaced && shared.len() >= LETTERS
            {
                found.push(SharedSpan { range, first: first.article, stories: first.stories });
            }
        }
        found
    }
}

/// A stretch without the parts of words that it begins and ends within.
fn whole_words(text: &str, range: Range<usize>) -> Range<usize> {
    let is_within = |at: usize| {
        let (before, after) = text.split_at(at);
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
    };
    let words = &text[range.clone()];
    let (first, last) = (words.find(char::is_whitespace), words.rfind(char::is_whitespace));
    let start = first.filter(|_| is_within(range.start)).map_or(range.start, |at| range.start + at);
    let end = last.filter(|_| is_within(range.end)).map_or(range.end, |at| range.start + at);
    if start >= end {
        return range;
    }
    let kept = &text[start..end];
    start + kept.len() - kept.trim_start().len()..start + kept.trim_end().len()
}

/// The stretch that two texts share around a run; None where it only has the same hash.
fn extended(a: &[u8], at: usize, b: &[u8], of_b: usize) -> Option<Range<usize>> {
    if a.get(at..at + RUN)? != b.get(of_b..of_b + RUN)? {
        return None;
    }
    let back = a[..at].iter().rev().zip(b[..of_b].iter().rev()).take_while(|(a, b)| a == b);
    let on = a[at..].iter().zip(&b[of_b..]).take_while(|(a, b)| a == b);
    Some(at - back.count()..at + on.count())
}

/// The sampled runs of a text, in order: hash, and where it begins.
fn samples(letters: &[u8]) -> Vec<(u64, u32)> {
    let out_of = (0..RUN).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut sum = 0u64;
    let mut window: VecDeque<(u64, usize)> = VecDeque::new();
    let mut found: Vec<(u64, u32)> = Vec::new();
    for (end, &letter) in letters.iter().enumerate() {
        sum = sum.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1);
        let Some(at) = (end + 1).checked_sub(RUN) else { continue };
        if at > 0 {
            sum = sum.wrapping_sub(out_of.wrapping_mul(u64::from(letters[at - 1]) + 1));
        }
        let hash = (sum ^ sum >> 32).wrapping_mul(0xe703_7ed1_a0b4_28db);
        while window.back().is_some_and(|&(other, _)| other >= hash) {
            window.pop_back();
        }
        window.push_back((hash, at));
        while window.front().is_some_and(|&(_, first)| first + WINDOW <= at) {
            window.pop_front();
        }
        let is_whole = at + 1 >= WINDOW || end + 1 == letters.len();
        if let Some(&(hash, at)) = window.front().filter(|_| is_whole) {
            let at = at as u32;
            if found.last().is_none_or(|(_, last)| *last != at) {
                found.push((hash, at));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words that no other text has.
    fn words(seed: u64, count: u64) -> String {
        let word = |n: u64| {
            let digits = (seed * 1000 + n + 1).wrapping_mul(BASE).to_string();
            digits.bytes().take(6).map(|b| (b + 49) as char).collect::<String>()
        };
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    }

    fn shared(texts: &[String]) -> Vec<Vec<(String, u32, u32)>> {
        let mut finder = SpanFinder::default();
        (0..).zip(texts).for_each(|(number, text)| finder.push(number, text));
        let mut shared = finder.finish();
        (0..)
            .zip(texts)
            .map(|(number, text)| {
                let other = |number: u32| texts[number as usize].clone();
                let spans = shared.of(number, text, other);
                spans.into_iter().map(|s| (text[s.range].to_string(), s.first, s.stories)).collect()
            })
            .collect()
    }

    #[test]
    fn a_stretch_of_sixty_words_is_found_wherever_it_stands_and_all_of_it() {
        let passage = words(9, 60);
        for before in [0, 1, 17, 90, 200] {
            let texts = [
                format!("{} {passage} {}", words(1, 40), words(2, 30)),
                format!("{} {} {}", words(3, before), passage.to_uppercase(), words(4, 50)),
            ];
            let found = shared(&texts);
            assert_eq!(found[0], [], "the first keeps it");
            assert_eq!(found[1], [(passage.to_uppercase(), 0, 2)], "after {before} words");
        }
    }

    #[test]
    fn a_stretch_of_forty_words_is_none_nor_one_that_a_text_repeats_itself() {
        let with = |seed, count| {
            format!("{} {} {}", words(seed, 60), words(9, count), words(seed + 1, 60))
        };
        assert_eq!(shared(&[with(1, 40), with(3, 40)]), [[], []] as [[(String, u32, u32); 0]; 2]);
        let refrain = words(9, 80);
        assert_eq!(shared(&[format!("{refrain} {} {refrain}", words(1, 60))])[0], []);
    }
}
