//! What the headlines of the articles of one dump have in common, and what is thus no part of them: numbers, hours and labels in front, sources
//! and authors behind.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::languages::LANGUAGES;
use crate::text::chars::is_unspaced;

/// Headlines of the shortest list that tells.
const LEAST: usize = 3;
/// Words of the shortest headline that is left.
const WORDS: usize = 2;
/// Bytes of the longest label, source or name.
const LABEL: usize = 60;
/// Words of the longest source or name behind a sign.
const NAME_WORDS: usize = 5;
/// How often something may be taken off in front.
const LEADS: usize = 3;
/// What a label stands in.
const BRACKETS: [(char, char); 6] =
    [('[', ']'), ('【', '】'), ('〔', '〕'), ('(', ')'), ('（', '）'), ('«', '»')];
/// What parts a source or a name from the headline before it.
const SIGNS: [&str; 5] = [" | ", " — ", " – ", " - ", " · "];
/// The first digits of scripts that have digits of their own.
const ZEROS: [char; 7] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];
const NUMERALS: &str = "一二三四五六七八九十";

/// Names of months.
static MONTHS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let names = LANGUAGES.iter().flat_map(|language| language.dates.months);
    names.flat_map(str::split_whitespace).collect()
});

/// What stands in front of a headline or behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// A number behind a word or none, and the signs after it.
    Number { word: String, signs: String },
    /// An hour, or a day of a month.
    Moment,
    /// A label in brackets.
    Bracket(char),
    /// A name behind a sign.
    Name(&'static str),
}

#[derive(Debug, Clone)]
struct Found {
    form: Form,
    /// The bytes that it takes up, the white space beside the headline counted.
    len: usize,
    /// Its number.
    value: Option<u32>,
}

/// The part of each headline that is its own.
pub(crate) fn own_parts(titles: &[&str]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = titles.iter().map(|title| 0..title.len()).collect();
    for _ in 0..LEADS {
        let found =
            shared(titles.iter().zip(&parts).map(|(title, part)| lead(&title[part.clone()])));
        parts.iter_mut().zip(&found).for_each(|(part, len)| part.start += len);
        if found.iter().all(|&len| len == 0) {
            break;
        }
    }
    let found = shared(titles.iter().zip(&parts).map(|(title, part)| tail(&title[part.clone()])));
    parts.iter_mut().zip(&found).for_each(|(part, len)| part.end -= len);
    parts
}

/// How many bytes of each are of the form that most have; 0 where most have none.
fn shared(found: impl Iterator<Item = Option<Found>>) -> Vec<usize> {
    let found: Vec<Option<Found>> = found.collect();
    let of = |form: &Form| found.iter().flatten().filter(|own| own.form == *form).count();
    let Some(form) = found.iter().flatten().map(|own| &own.form).max_by_key(|form| of(form)) else {
        return vec![0; found.len()];
    };
    let same: Vec<&Found> = found.iter().flatten().filter(|own| own.form == *form).collect();
    let is_most = same.len() >= LEAST && same.len() * 4 >= found.len() * 3;
    let counts = same.windows(2).filter(|pair| pair[0].value.map(|n| n + 1) == pair[1].value);
    let is_told =
        !matches!(form, Form::Number { .. }) || (counts.count() + 1) * 4 >= same.len() * 3;
    let len = |own: &Option<Found>| match own {
        Some(own) if own.form == *form && is_most && is_told => own.len,
        _ => 0,
    };
    found.iter().map(len).collect()
}

/// What stands in front of a headline.
fn lead(title: &str) -> Option<Found> {
    let found = bracketed(title).or_else(|| numbered(title))?;
    is_headline(&title[found.len..]).then_some(found)
}

fn bracketed(title: &str) -> Option<Found> {
    let (open, close) = BRACKETS.into_iter().find(|&(open, _)| title.starts_with(open))?;
    let end = title.find(close).filter(|&end| end <= LABEL)? + close.len_utf8();
    let rest = title[end..].trim_start_matches(is_sign);
    // Quotation marks may stand in the headline itself.
    let is_label = open != '«' || title[end..].trim_start().starts_with(':');
    let len = title.len() - rest.len();
    is_label.then_some(Found { form: Form::Bracket(open), len, value: None })
}

fn numbered(title: &str) -> Option<Found> {
    let word_end = title.find(|c: char| !c.is_alphabetic() || NUMERALS.contains(c)).unwrap_or(0);
    let word = title[..word_end].to_lowercase();
    let from = title[word_end..].trim_start_matches(['.', ' ', '\u{a0}', '#']);
    let number_end = from.find(|c: char| !is_digit(c)).unwrap_or(from.len());
    let (number, rest) = from.split_at(number_end);
    if number.is_empty() || number.chars().count() > 4 {
        return None;
    }
    let hour = rest.strip_prefix([':', '.', 'h', '：']).filter(|_| word.is_empty());
    let minutes = hour.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let (form, rest) = if let Some(hour) = hour.filter(|_| minutes == 2) {
        (Form::Moment, hour[minutes..].trim_start_matches(is_sign))
    } else {
        let headline = rest.trim_start_matches(is_sign);
        let signs = rest[..rest.len() - headline.len()].trim().to_owned();
        let is_month = MONTHS.contains(word.as_str());
        (if is_month { Form::Moment } else { Form::Number { word, signs } }, headline)
    };
    let len = title.len() - rest.len();
    Some(Found { form, len, value: value_of(number) })
}

/// What stands behind a headline: a source in brackets, or a name behind a sign.
fn tail(title: &str) -> Option<Found> {
    let found = |form: Form, headline: &str| {
        let headline = headline.trim_end();
        is_headline(headline).then(|| Found {
            form,
            len: title.len() - headline.len(),
            value: None,
        })
    };
    for (open, close) in BRACKETS {
        if let Some((headline, label)) = title.strip_suffix(close).and_then(|t| t.rsplit_once(open))
        {
            return found(Form::Bracket(open), headline).filter(|_| label.len() <= LABEL);
        }
    }
    let sign = SIGNS.into_iter().filter(|sign| title.contains(sign));
    let sign = sign.max_by_key(|sign| title.rfind(sign))?;
    let (headline, name) = title.rsplit_once(sign)?;
    let words = || name.split_whitespace();
    let names = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    let is_name =
        (1..=NAME_WORDS).contains(&words().count()) && names + 1 >= words().count() && names > 0;
    found(Form::Name(sign), headline).filter(|_| is_name)
}

fn is_headline(text: &str) -> bool {
    let unspaced = text.chars().filter(|&c| is_unspaced(c)).count();
    text.split_whitespace().count() + unspaced / 2 >= WORDS
}

fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | ':' | ')' | ']' | '|' | '/' | '-' | '–' | '—' | '、' | '．' | '：' | '）' | '·'
        )
}

fn is_digit(c: char) -> bool {
    NUMERALS.contains(c) || ZEROS.iter().any(|&zero| digit_of(zero, c).is_some())
}

fn digit_of(zero: char, c: char) -> Option<u32> {
    (c as u32).checked_sub(zero as u32).filter(|&digit| digit < 10)
}

fn value_of(number: &str) -> Option<u32> {
    if let Some(numeral) = NUMERALS.chars().position(|c| number.starts_with(c)) {
        return u32::try_from(numeral + 1).ok();
    }
    number.chars().try_fold(0, |value, c| {
        let digit = ZEROS.iter().find_map(|&zero| digit_of(zero, c))?;
        Some(value * 10 + digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of headlines that are printed with these in front and behind.
    fn own(around: [(&str, &str); 3]) -> Vec<String> {
        let heads = ["Ferry back in port", "Baker finds a letter", "Eels under the mill"];
        let titles: Vec<String> =
            around.iter().zip(heads).map(|((a, b), head)| format!("{a}{head}{b}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let parts = own_parts(&titles).into_iter();
        let left: Vec<String> =
            parts.zip(&titles).map(|(part, title)| title[part].to_owned()).collect();
        let are_own = left.iter().zip(heads).all(|(left, head)| left == head);
        if are_own { Vec::new() } else { left }
    }

    #[test]
    fn numbers_hours_days_and_labels_in_front_are_no_part_of_a_headline() {
        for leads in [
            ["STORY 1 -- ", "STORY 2 -- ", "STORY 3 -- "],
            ["4. ", "5. ", "6. "],
            ["١. ", "٢. ", "٣. "],
            ["一、", "二、", "三、"],
            ["9:15 ", "10:22 | ", "11.03 – "],
            ["Mar 2\t", "Apr 9\t", "May 1\t"],
            ["[Sea] ", "[Town] ", "[School] "],
            ["【港】", "【町】", "【学】"],
            ["«Вестник»: ", "«Маяк»: ", "«Порт»: "],
            ["1. [Sea] ", "2. [Town] ", "3. [School] "],
        ] {
            assert_eq!(own(leads.map(|lead| (lead, ""))), [""; 0], "{leads:?}");
        }
    }

    #[test]
    fn sources_and_names_behind_are_no_part_of_a_headline() {
        for tails in [
            [" (Harbour Post)", " (Coast Wire)", " (Le Phare)"],
            [" — by Ida Holm", " — by Ole Marsh", " — by Tilda Quill"],
            [" | Harbour Post", " | Coast Wire", " | Le Phare"],
        ] {
            assert_eq!(own(tails.map(|tail| ("", tail))), [""; 0], "{tails:?}");
        }
    }

    #[test]
    fn what_few_headlines_have_is_their_own() {
        for around in [
            [("9:15 ", ""), ("", ""), ("", "")],
            [("40 ", ""), ("3 ", ""), ("7 ", "")],
            [("", " – at last"), ("", " – in the wall"), ("", " – by night")],
        ] {
            assert!(!own(around).is_empty(), "{around:?}");
        }
    }
}
