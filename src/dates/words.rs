//! What words mean in a date, in any language.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::dates::calendar::Calendar;
use crate::languages::{LANGUAGES, Language, words_of};

/// A text of more bytes is no name.
const LONGEST: usize = 64;

/// The part a word can play around a date.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// The beginning of a name of several words, or of one with stops inside.
    Prefix,
}

/// What a word can mean in a date; all zero for a word that has no part in dates.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// From 1 to 12; 0 for a word that names no month.
    pub(super) month: u8,
    /// The month after a day with a dot, where it differs.
    pub(super) dotted: Option<u8>,
    /// That of the month.
    pub(super) calendar: Calendar,
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

/// Characters that are read as the first text of their row; under the empty text those that are passed over: combining accents, Arabic
/// vowel signs.
#[rustfmt::skip]
const FOLD: [(&str, &str); 35] = [
    ("", "\u{0300}\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}\u{030a}\u{030b}\u{030c}\u{0323}\u{0327}\u{0328}\u{031b}\u{0640}\u{064b}\u{064c}\u{064d}\u{064e}\u{064f}\u{0650}\u{0651}\u{0652}"),
    ("a", "àáâãäåāăą"),
    ("c", "çćč"),
    ("d", "ďđ"),
    ("e", "èéêëēėęě"),
    ("g", "ğ"),
    ("i", "ìíîïīı"),
    ("l", "łľ"),
    ("n", "ñńň"),
    ("o", "òóôõöøő"),
    ("r", "ř"),
    ("s", "śšşș"),
    ("t", "ťţț"),
    ("u", "ùúûüůűū"),
    ("y", "ý"),
    ("z", "źżž"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("σ", "ς"),
    ("е", "ё"),
    ("ا", "أإآ"),
    ("ي", "ى"),
    ("-", "‐‑－−"),
    (".", "．"),
    (":", "："),
    ("/", "／"),
    (",", "，،"),
    ("'", "’"),
    ("(", "（"),
    (")", "）"),
];

/// Plain forms of characters; `None` drops the character.
static PLAIN: LazyLock<FxHashMap<char, Option<char>>> = LazyLock::new(|| {
    FOLD.iter().flat_map(|(base, from)| from.chars().map(|c| (c, base.chars().next()))).collect()
});

static NAMES: LazyLock<FxHashMap<String, Word>> = LazyLock::new(|| {
    let mut words = FxHashMap::<String, Word>::default();
    let mut add = |names: &str, change: &dyn Fn(&mut Word)| {
        for name in names.split_whitespace() {
            let name = fold(&name.replace('_', " "));
            for (space, _) in name.match_indices([' ', '.']) {
                words.entry(name[..space].to_owned()).or_default().add(Class::Prefix);
            }
            change(words.entry(name).or_default());
        }
    };
    for Language { dates, .. } in &LANGUAGES {
        for (month, names) in (1..).zip(dates.months) {
            add(names, &|word| {
                word.month = month;
                if dates.buddhist_years {
                    word.calendar = Calendar::Buddhist;
                }
            });
        }
        for (month, names) in (1..).zip(dates.persian_months) {
            add(names, &|word| (word.month, word.calendar) = (month, Calendar::Persian));
        }
        for &(name, month) in dates.dotted_day {
            add(name, &|word| word.dotted = Some(month));
        }
        for (class, names) in [
            (Class::Weekday, dates.weekday),
            (Class::Publication, dates.publication),
            (Class::Join, dates.join),
            (Class::Of, dates.of),
            (Class::Ordinal, dates.ordinal),
            (Class::Month, dates.month),
            (Class::Zone, dates.zone),
            (Class::Hour, dates.hour),
            (Class::Oclock, dates.oclock),
            (Class::Am, dates.am),
            (Class::Pm, dates.pm),
            (Class::Ante, dates.ante),
            (Class::Post, dates.post),
            (Class::Meridiem, dates.meridiem),
            (Class::Today, dates.today),
        ] {
            add(names, &|word| word.add(class));
        }
    }
    words
});

/// Which first letters and lengths there are among the names, a bit each.
static FORMS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut forms = vec![0; 1 << 9];
    NAMES.keys().map(|name| form_of(name)).for_each(|form| forms[form / 64] |= 1 << (form % 64));
    forms
});

/// The first two letters of a name and its length, in 15 bits; the same in any case of ASCII.
fn form_of(name: &str) -> usize {
    let letter = |at: usize| name.as_bytes().get(at).map_or(0, |byte| usize::from(byte & 31));
    letter(0) | letter(1) << 5 | (name.len() & 31) << 10
}

/// What `name` means in a date, in any case and with or without accents.
pub(super) fn look_up(name: &str) -> Option<Word> {
    if name.len() >= LONGEST {
        return None;
    }
    if !name.is_ascii() {
        return NAMES.get(&fold(name)).copied();
    }
    let form = form_of(name);
    if FORMS[form / 64] >> (form % 64) & 1 == 0 {
        return None;
    }
    let mut lower = [0; LONGEST];
    let lower = &mut lower[..name.len()];
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    NAMES.get(str::from_utf8(lower).ok()?).copied()
}

/// The names that tell a day from that of reading, such as `yesterday`, as they are looked up.
pub(super) fn of_today() -> impl Iterator<Item = String> {
    words_of(|language| language.dates.today).into_iter().map(|name| fold(&name))
}

/// The plain form of a character; `None` if it is to be dropped.
pub(super) fn plain(c: char) -> Option<char> {
    if c.is_ascii() { Some(c) } else { PLAIN.get(&c).copied().unwrap_or(Some(c)) }
}

/// Lower case without the accents that are often left out.
fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter_map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let mut seen = FxHashMap::default();
        for Language { dates, .. } in &LANGUAGES {
            for (month, names) in (1..=12).zip(dates.months) {
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
