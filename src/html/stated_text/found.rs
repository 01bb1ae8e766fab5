//! The text of its article that a page states in a script: `articleBody` of JSON-LD, or, where the page prints next to nothing, the data that a
//! script would show. Pages print what they state in linked data too, as a rule, and then it tells the article from what stands around it. Some
//! print its beginning only; then the rest is read where it is stated.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::adjustable::adjustable;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::stated_text::data_lists::{ListedString, lists_in};
use crate::html::stated_text::runs::{RUN, Runs, part_in, runs_of, words_of};
use crate::html::stated_text::script_text::{StatedString, Text};
use crate::html::stated_text::strings::{strings_in, texts_in};
use crate::span::Span;
use crate::text::sentence::sentences;

adjustable! {
    /// When the text that a page states is taken for one that it does not print.
    StatedTextThresholds {
        /// The part of its words that the page prints: less than this.
        printed: f64 = 0.6,
        /// Words of it that the page does not print, at least.
        words: usize = 60,
        /// The part of a sentence that the page prints before the sentence counts as printed.
        of_sentence: f64 = 0.6,
        /// Bytes of the shortest string of data that may be text.
        data_bytes: usize = 200,
        /// Bytes of the shortest list of strings that may be one, each a paragraph or a part of one.
        list_bytes: usize = 300,
        /// Characters of text for each bracket and the like in it, at least.
        per_symbol: usize = 40,
    }
}

/// Texts of one page that are read.
const MOST: usize = 100;

/// The text that a page states of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StatedText {
    /// Where the strings of each text stand in the source, without their quotes.
    pub(super) places: Vec<Vec<StatedString>>,
    pub(super) runs: Runs,
    /// Whether they are all the data of the page, not what linked data says of an article.
    pub(super) is_data: bool,
}

impl StatedText {
    /// The texts in the scripts of linked data, given where these stand.
    pub(in crate::html) fn of(source: &str, scripts: &[Span], t: &StatedTextThresholds) -> Self {
        let mut stated = Self::default();
        for script in scripts {
            for text in texts_in(script.of(source)) {
                let place = Span::new(script.start + text.start, script.start + text.end);
                stated.add(source, StatedString::alone(place), t);
            }
        }
        stated
    }

    /// Adds a text, unless most of it is known.
    fn add(&mut self, source: &str, strings: Vec<StatedString>, t: &StatedTextThresholds) {
        if self.places.len() >= MOST || strings.is_empty() {
            return;
        }
        let words = words_of(&Text::of(source, &strings).plain());
        if part_in(&self.runs, &words) < t.printed {
            self.places.push(strings);
            self.runs.extend(runs_of(&words));
        }
    }

    /// The strings of the scripts of a page that read as text, each once; and the longest list of strings that does, where no string is as long.
    pub(in crate::html) fn in_data(source: &str, t: &StatedTextThresholds) -> Self {
        let reads =
            |strings: &Vec<StatedString>| reads_as_text(&Text::of(source, strings).plain(), t);
        let (mut list, mut single) = (Vec::new(), Vec::new());
        let mut scanner = Scanner::new(source);
        while let Some(token) = scanner.next() {
            let Token::Start { name, .. } = token else { continue };
            if Tag::of(name).1 != Display::Raw {
                continue;
            }
            let script = scanner.raw(name);
            if !name.eq_ignore_ascii_case("script") {
                continue;
            }
            let at = |string: Range<usize>| {
                Span::new(script.start + string.start, script.start + string.end)
            };
            let strings = strings_in(script.of(source)).map(at);
            let long = strings.filter(|place| place.len() >= t.data_bytes);
            single.extend(long.map(StatedString::alone).filter(reads));
            let lists = lists_in(script.of(source)).into_iter().map(|strings| {
                let string = |string: ListedString| StatedString {
                    place: at(string.place),
                    goes_on: string.goes_on,
                };
                strings.into_iter().map(string).collect::<Vec<_>>()
            });
            let is_list = |strings: &Vec<StatedString>| {
                strings.len() > 1 && bytes_of(strings) >= t.list_bytes.max(bytes_of(&list) + 1)
            };
            let longest = lists.filter(is_list).filter(reads).max_by_key(|list| bytes_of(list));
            list = longest.unwrap_or(list);
        }
        if single.iter().any(|string| bytes_of(string) >= bytes_of(&list)) {
            list.clear();
        }
        let listed: FxHashSet<Span> = list.iter().map(|string| string.place).collect();
        let begins = list.first().map_or(0, |string| string.place.start);
        let outside = single.into_iter().filter(|string| !listed.contains(&string[0].place));
        let (above, below): (Vec<_>, Vec<_>) =
            outside.partition(|string| string[0].place.start < begins);
        let mut stated = Self { is_data: true, ..Self::default() };
        for strings in above.into_iter().chain([list]).chain(below) {
            stated.add(source, strings, t);
        }
        stated
    }

    /// Whether the page states none.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The part of `words` that stands in it in runs of [`RUN`], 0 to 1; None of fewer words.
    pub(crate) fn part_of(&self, words: &[u32]) -> Option<f32> {
        (words.len() >= RUN).then(|| part_in(&self.runs, words) as f32)
    }

    /// The part of it that stands in `words`, 0 to 1.
    pub(crate) fn printed_in<'w>(&self, blocks: impl Iterator<Item = &'w [u32]>) -> f32 {
        let mut printed = Runs::default();
        blocks
            .for_each(|words| printed.extend(runs_of(words).filter(|run| self.runs.contains(run))));
        printed.len() as f32 / self.runs.len().max(1) as f32
    }
}

fn bytes_of(strings: &[StatedString]) -> usize {
    strings.iter().map(|string| string.place.len()).sum()
}

/// Whether a string is running text rather than code: sentences, and few brackets.
fn reads_as_text(text: &str, t: &StatedTextThresholds) -> bool {
    let symbols = text.chars().filter(|c| "{}[]()<>=;_\\".contains(*c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    sentences(text).take(2).count() > 1
        && text.split_whitespace().count() > 1
        && symbols * t.per_symbol < letters
}
