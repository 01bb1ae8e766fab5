//! What words mean in a date, from `months.toml`.

use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::dates::words::Phrases;

/// A text of more bytes is no name.
const LONGEST: usize = 64;

/// The contents of `months.toml`.
#[derive(Deserialize)]
pub(super) struct Data {
    fold: BTreeMap<String, String>,
    months: BTreeMap<String, [String; 12]>,
    dotted_day: BTreeMap<String, u8>,
    vocabulary: BTreeMap<Class, BTreeMap<String, String>>,
    pub(super) relative: Phrases,
}

pub(super) static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("months.toml")).expect("months.toml is tested"));

/// The part a word can play around a date.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    Weekday,
    Publication,
    Join,
    Of,
    Ordinal,
    Month,
    Zone,
    Hour,
    Oclock,
    Am,
    Pm,
    Ante,
    Post,
    Meridiem,
    Today,
    /// The beginning of a name of several words.
    Prefix,
}

/// What a word can mean in a date; all zero for a word that has no part in dates.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// From 1 to 12; 0 for a word that names no month.
    pub(super) month: u8,
    /// The month after a day with a dot, where it differs.
    pub(super) dotted: Option<u8>,
    classes: u16,
}

impl Word {
    pub(super) fn is(self, class: Class) -> bool {
        self.classes & 1 << class as u16 != 0
    }

    fn add(&mut self, class: Class) {
        self.classes |= 1 << class as u16;
    }
}

/// Plain forms of characters; `None` drops the character.
static PLAIN: LazyLock<FxHashMap<char, Option<char>>> = LazyLock::new(|| {
    DATA.fold
        .iter()
        .flat_map(|(base, from)| from.chars().map(|c| (c, base.chars().next())))
        .collect()
});

static NAMES: LazyLock<FxHashMap<String, Word>> = LazyLock::new(|| {
    let mut words = FxHashMap::<String, Word>::default();
    let mut add = |names: &str, change: &dyn Fn(&mut Word)| {
        for name in names.split_whitespace() {
            let name = fold(&name.replace('_', " "));
            for (space, _) in name.match_indices(' ') {
                words.entry(name[..space].to_owned()).or_default().add(Class::Prefix);
            }
            change(words.entry(name).or_default());
        }
    };
    for names in DATA.months.values() {
        for (month, names) in (1..).zip(names) {
            add(names, &|word| word.month = month);
        }
    }
    for (name, &month) in &DATA.dotted_day {
        add(name, &|word| word.dotted = Some(month));
    }
    for (&class, languages) in &DATA.vocabulary {
        for names in languages.values() {
            add(names, &|word| word.add(class));
        }
    }
    words
});

/// What `name` means in a date, in any case and with or without accents.
pub(super) fn look_up(name: &str) -> Option<Word> {
    if name.len() >= LONGEST {
        return None;
    }
    if !name.is_ascii() {
        return NAMES.get(&fold(name)).copied();
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..name.len()];
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    NAMES.get(str::from_utf8(lower).ok()?).copied()
}

/// The plain form of a character; `None` if it is to be dropped.
pub(super) fn plain(c: char) -> Option<char> {
    if c.is_ascii() { Some(c) } else { PLAIN.get(&c).copied().unwrap_or(Some(c)) }
}

/// Lower case without the accents that are often left out.
fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(plain).collect()
}

/// The words of relative times, as lists of alternatives.
#[derive(Deserialize)]
pub(crate) struct Phrases {
    count: String,
    unit: String,
    before: String,
    filler: String,
    after: String,
    whole: String,
    cjk: [String; 2],
}

impl Phrases {
    fn pattern(&self) -> Regex {
        let any = |names: &str| {
            names
                .split_whitespace()
                .map(|name| name.replace('_', r"\s+"))
                .collect::<Vec<_>>()
                .join("|")
        };
        let (before, after) = (any(&self.before), any(&self.after));
        let (filler, whole) = (any(&self.filler), any(&self.whole));
        let count = format!(r"(?:\d+\s*|(?:{})\s+)", any(&self.count));
        let unit = format!(r"(?:{})\p{{L}}*", any(&self.unit));
        let [cjk_unit, cjk_after] = &self.cjk;
        // Spelt-out edges, as `\b` is slow outside ASCII.
        let (left, right) = (r"(?:^|[^\p{L}\p{N}])", r"(?:$|\P{L})");
        let pattern = format!(
            r"(?i){left}(?:(?:{before})\s+(?:(?:{filler})\s+)?{count}{unit}|{count}{unit}\.?\s+(?:{after}){right}|(?:{whole}){right})|\d\s*(?:{cjk_unit})\s*(?:{cjk_after})"
        );
        Regex::new(&pattern).expect("the words of months.toml are tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let mut seen = FxHashMap::default();
        for names in DATA.months.values() {
            for (month, names) in (1..=12).zip(names) {
                for name in names.split_whitespace() {
                    assert_eq!(*seen.entry(fold(name)).or_insert(month), month, "{name}");
                }
            }
        }
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (name, month) in [
            ("JUNE", 6),
            ("Août", 8),
            ("aout", 8),
            ("ΜΑΪΟΥ", 5),
            ("Kası\u{307}m", 11),
            ("tháng mười hai", 12),
        ] {
            assert_eq!(look_up(name).map(|word| word.month), Some(month), "{name}");
        }
        assert!(look_up("tháng").is_some_and(|word| word.is(Class::Prefix)));
        assert!(look_up("junes").is_none());
    }

    #[test]
    fn every_name_can_be_looked_up() {
        assert!(NAMES.keys().all(|name| look_up(name).is_some()));
    }
}
