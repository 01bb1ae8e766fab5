//! What the articles of a page have at the same place of their heads. Names of writers, days and sections recur there in one form; headlines differ.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::clean::model::range::Column;
use crate::page::shape::BlockStats;

/// Articles that are looked at: the first of a page tell.
pub(super) const SEEN: usize = 64;
/// Blocks below the first block of an article, and above its text, that are its head.
const REACH: usize = 12;
/// Words of a line that its form is told by.
const FORM: usize = 8;
/// Words of a line: more of them say nothing more.
const WORDS: f32 = 24.0;

/// The features of a candidate beside what other articles have at its place: first counted from the first block, then from the text.
pub(super) const COLUMNS: [Column; 18] = [
    Column::to("articles", SEEN as f32),
    Column::share("form_share"),
    Column::share("start_share"),
    Column::to("start_words", WORDS),
    Column::to("start_spread", 3.0),
    Column::share("start_capitalised"),
    Column::share("start_digits"),
    Column::share("start_uses"),
    Column::share("start_behind"),
    Column::share("start_printed"),
    Column::share("text_share"),
    Column::to("text_words", WORDS),
    Column::to("text_spread", 3.0),
    Column::share("text_capitalised"),
    Column::share("text_digits"),
    Column::share("text_uses"),
    Column::share("text_behind"),
    Column::share("text_printed"),
];

/// What of a line is compared with the lines at its place in other articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Its distances from the first block of its article, and from the text below.
    pub(super) place: [Option<usize>; 2],
    /// What its words begin with, and its signs.
    pub(super) form: u64,
    /// Its words.
    pub(super) words: f32,
    /// The share of them with a capital.
    pub(super) capitalised: f32,
    /// Whether it holds a digit.
    pub(super) has_digit: bool,
    /// The share of its words that the text uses often.
    pub(super) uses: f32,
    /// Whether the page prints it elsewhere too.
    pub(super) is_printed_again: bool,
}

impl Look {
    /// Where blocks stand in an article that begins at block `start` and whose text begins at block `text`.
    pub(super) fn place(blocks: Range<usize>, start: usize, text: usize) -> [Option<usize>; 2] {
        let near = |distance: Option<usize>| distance.filter(|&distance| distance < REACH);
        [near(blocks.start.checked_sub(start)), near(text.checked_sub(blocks.end))]
    }
}

/// The form of a line: what each of its first words begins with, and which sign it ends with.
pub(super) fn form_of(text: &str, shape: &BlockStats) -> u64 {
    let mut hasher = FxHasher::default();
    for word in text.split_whitespace().take(FORM) {
        let begins = word.chars().find(|c| c.is_alphanumeric());
        hasher.write_u8(match begins {
            None => 0,
            Some(c) if c.is_numeric() => 1,
            Some(c) if c.is_lowercase() => 2,
            Some(c) if c.is_uppercase() => 3 + u8::from(word.chars().all(|c| !c.is_lowercase())),
            Some(_) => 5 + word.chars().take(4).count() as u8,
        });
        let sign = word.chars().next_back().filter(|c| !c.is_alphanumeric());
        sign.into_iter().for_each(|c| hasher.write_u32(c as u32));
    }
    hasher.write_u8(u8::from(shape.words > FORM as u32));
    hasher.finish()
}

/// What lines at one place sum up to.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    lines: f32,
    words: f32,
    squares: f32,
    capitalised: f32,
    digits: f32,
    uses: f32,
    printed: f32,
}

impl Sum {
    fn add(&mut self, look: &Look, sign: f32) {
        self.lines += sign;
        self.words += sign * look.words;
        self.squares += sign * look.words * look.words;
        self.capitalised += sign * look.capitalised;
        self.digits += sign * f32::from(u8::from(look.has_digit));
        self.uses += sign * look.uses;
        self.printed += sign * f32::from(u8::from(look.is_printed_again));
    }
}

/// The lines in the heads of the first articles of a page.
#[derive(Debug, Default)]
pub(super) struct Places {
    articles: usize,
    /// By the distance from the first block, and from the text.
    sums: [[Sum; REACH]; 2],
    /// In how many articles a form stands.
    forms: FxHashMap<u64, u32>,
}

impl Places {
    /// Sums up the heads of articles: the lines of each.
    pub(super) fn of<'a>(heads: impl Iterator<Item = impl Iterator<Item = &'a Look>>) -> Self {
        let mut places = Self::default();
        let mut forms = FxHashSet::default();
        for head in heads.take(SEEN) {
            places.articles += 1;
            forms.clear();
            for look in head {
                for (sums, place) in places.sums.iter_mut().zip(look.place) {
                    place.into_iter().for_each(|place| sums[place].add(look, 1.0));
                }
                if look.place.iter().any(Option::is_some) && forms.insert(look.form) {
                    *places.forms.entry(look.form).or_default() += 1;
                }
            }
        }
        places
    }

    /// The features of a line beside those of other articles; `own` are the lines of its own, which may be among those summed up.
    pub(super) fn beside(&self, look: &Look, own: &[Look], is_seen: bool) -> [f32; COLUMNS.len()] {
        let mut row = [0.0; COLUMNS.len()];
        let others = self.articles.saturating_sub(usize::from(is_seen));
        if others == 0 {
            return row;
        }
        let with_form = self.forms.get(&look.form).copied().unwrap_or(0);
        let has_form = is_seen && own.iter().any(|line| line.form == look.form);
        let with_form = with_form.saturating_sub(u32::from(has_form));
        row[0] = self.articles as f32;
        row[1] = with_form as f32 / others as f32;
        for (kind, place) in look.place.into_iter().enumerate() {
            let Some(place) = place else { continue };
            let without_own = |place: usize| {
                let mut sum = self.sums[kind][place];
                let line = own.iter().find(|line| is_seen && line.place[kind] == Some(place));
                line.into_iter().for_each(|line| sum.add(line, -1.0));
                sum
            };
            let sum = without_own(place);
            let lines = sum.lines.max(1.0);
            let mean = sum.words / lines;
            let variance = (sum.squares / lines - mean * mean).max(0.0);
            let uses = |sum: &Sum| sum.uses / others as f32;
            let best = (0..REACH).map(|place| uses(&without_own(place))).fold(0.0, f32::max);
            let columns = &mut row[2 + kind * 8..][..8];
            columns.copy_from_slice(&[
                sum.lines / others as f32,
                mean,
                if mean > 0.0 { variance.sqrt() / mean } else { 0.0 },
                sum.capitalised / lines,
                sum.digits / lines,
                sum.uses / lines,
                best - uses(&sum),
                sum.printed / lines,
            ]);
        }
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    /// The lines of a head, each a block, with the share of its words that the text uses often; the text stands right below.
    fn head(lines: &[(&str, f32)]) -> Vec<Look> {
        let look = |(at, &(text, uses)): (usize, &(&str, f32))| {
            let shape = Page::new(text).blocks[0].shape;
            Look {
                place: Look::place(at..at + 1, 0, lines.len()),
                form: form_of(text, &shape),
                words: shape.words as f32,
                capitalised: 1.0,
                has_digit: shape.digits > 0,
                uses,
                is_printed_again: false,
            }
        };
        lines.iter().enumerate().map(look).collect()
    }

    /// A feature of each line of the first head beside the others.
    fn column(name: &str, heads: &[Vec<Look>]) -> Vec<f32> {
        let places = Places::of(heads.iter().map(|head| head.iter()));
        let at = COLUMNS.iter().position(|column| column.name == name).unwrap();
        heads[0].iter().map(|look| places.beside(look, &heads[0], true)[at]).collect()
    }

    #[test]
    fn names_and_days_recur_in_one_form_where_headlines_differ() {
        let heads = [
            head(&[("Ida Holm", 0.0), ("Ferry back in port", 0.5)]),
            head(&[("Ole Marsh", 0.0), ("Baker finds a letter in the wall", 0.75)]),
            head(&[("Tilda Quill", 0.0), ("Why are the eels gone?", 0.25)]),
        ];
        assert_eq!(column("form_share", &heads), [1.0, 0.0]);
        assert_eq!(column("start_words", &heads), [2.0, 6.0]);
        assert_eq!(column("start_uses", &heads), [0.0, 0.5]);
        assert_eq!(column("start_behind", &heads), [0.5, 0.0]);
        assert_eq!(column("text_share", &heads), [1.0, 1.0]);
    }

    #[test]
    fn an_article_alone_has_none_beside_it() {
        let heads = [head(&[("Ferry back in port", 0.5)])];
        assert!(COLUMNS.iter().all(|own| column(own.name, &heads) == [0.0]));
    }

    #[test]
    fn the_form_of_a_line_is_how_its_words_begin_and_end() {
        let form = |text: &str| form_of(text, &Page::new(text).blocks[0].shape);
        assert_eq!(form("3 May 2031 by Ida Holm"), form("14 June 2030 by Ole Marsh"));
        assert_ne!(form("Ida Holm"), form("Ida Holm:"));
        assert_ne!(form("Ida Holm"), form("IDA HOLM"));
    }
}
