//! What may stand in front of a headline, or behind it, and is none of it where the headlines beside it have the same.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::bylines;
use crate::dates;
use crate::languages::LANGUAGES;
use crate::text::chars::is_unspaced;

/// Words of the shortest headline that is left.
const WORDS: usize = 2;
/// Bytes of the longest label, source or name.
const LABEL: usize = 60;
/// Words of the longest source or name behind a sign.
const NAME_WORDS: usize = 5;
/// What a label stands in.
const BRACKETS: [(char, char); 6] =
    [('[', ']'), ('【', '】'), ('〔', '〕'), ('(', ')'), ('（', '）'), ('«', '»')];
/// What parts a source or a name from the headline before it.
const SIGNS: [&str; 5] = [" | ", " — ", " – ", " - ", " · "];
/// What a line is set in that is printed in bold or italics where marks can be seen.
const EMPHASES: [&str; 4] = ["**", "__", "*", "_"];
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
pub(super) enum Form {
    /// A number behind a word or none, and the signs after it.
    Number { word: String, signs: String },
    /// An hour, or a day.
    Moment,
    /// A label in brackets.
    Bracket(char),
    /// A label before a colon, in small letters.
    Label(String),
    /// A name behind a sign.
    Name(&'static str),
    /// Drawn signs, whichever.
    Drawn,
}

impl Form {
    /// Whether no two headlines have it by chance.
    pub(super) fn is_told(&self) -> bool {
        matches!(self, Self::Number { .. } | Self::Moment | Self::Drawn)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) form: Form,
    /// The bytes that it takes up, the white space beside the headline counted.
    pub(super) len: usize,
    /// Its number.
    pub(super) value: Option<u32>,
}

/// What stands between the marks of bold or italics, where these are all around a headline and nowhere in it.
pub(super) fn emphasised(title: &str) -> Range<usize> {
    let between = |mark: &str| {
        let inner = title.strip_prefix(mark)?.strip_suffix(mark)?;
        let is_apart = !inner.contains(mark) && !inner.starts_with(' ') && !inner.ends_with(' ');
        (is_apart && !inner.is_empty()).then(|| mark.len()..mark.len() + inner.len())
    };
    EMPHASES.into_iter().find_map(between).unwrap_or(0..title.len())
}

/// What stands in front of a headline.
pub(super) fn lead(title: &str) -> Option<Found> {
    let ways = [bracketed, dated, numbered, roman, labelled, drawn];
    let found = ways.into_iter().find_map(|way| way(title))?;
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

/// A day with the signs behind it.
fn dated(title: &str) -> Option<Found> {
    let day = dates::find(title, dates::Order::DayFirst).into_iter().next()?;
    let is_front = title[..day.start].chars().all(is_sign);
    let headline = title[day.end..].trim_start_matches(is_sign);
    let len = title.len() - headline.len();
    is_front.then_some(Found { form: Form::Moment, len, value: None })
}

/// A number in roman letters with a sign behind it.
fn roman(title: &str) -> Option<Found> {
    /// Letters of the longest.
    const LETTERS: usize = 7;
    let end = title.find(|c| !"IVXL".contains(c))?;
    let headline = title[end..].trim_start_matches(is_sign);
    let signs = title[end..title.len() - headline.len()].trim().to_owned();
    let value = (1..=LETTERS).contains(&end).then(|| value_of_roman(&title[..end]))?;
    let form = Form::Number { word: "roman".into(), signs };
    let len = title.len() - headline.len();
    matches!(&form, Form::Number { signs, .. } if !signs.is_empty()).then_some(Found {
        form,
        len,
        value: Some(value),
    })
}

fn value_of_roman(numeral: &str) -> u32 {
    let digits = numeral.bytes().rev().map(|letter| match letter {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        _ => 50,
    });
    let (value, _) = digits.fold((0, 0), |(value, last): (u32, u32), digit| {
        (if digit < last { value.saturating_sub(digit) } else { value + digit }, digit)
    });
    value
}

/// A label before a colon, or one letter before a stop and a question: `Q.` The sign of an answer is part of the subject, and the name of who speaks
/// part of the headline.
fn labelled(title: &str) -> Option<Found> {
    const ANSWERS: [&str; 10] =
        ["re", "fwd", "fw", "aw", "wg", "sv", "antw", "rv", "回复", "ответ"];
    let asks = title.ends_with(['?', '？', ';', '؟']);
    let end = title.find([':', '：']).filter(|&end| end > 0 && end <= LABEL).or_else(|| {
        let first = title.chars().next().filter(|c| c.is_alphabetic())?.len_utf8();
        (asks && title[first..].starts_with(['.', ')'])).then_some(first)
    })?;
    let headline = title[end..].trim_start_matches(is_sign);
    let len = title.len() - headline.len();
    let label = title[..end].to_lowercase();
    let is_own = ANSWERS.contains(&&*label) || bylines::looks_like_name(&title[..end]);
    let found = Found { form: Form::Label(label), len, value: None };
    (!is_own).then_some(found)
}

/// Drawn signs, as newsletters have them beside their headlines.
fn drawn(title: &str) -> Option<Found> {
    let headline = title.trim_start_matches(|c: char| is_drawn(c) || c.is_whitespace());
    let len = title.len() - headline.len();
    (len > 0).then_some(Found { form: Form::Drawn, len, value: None })
}

/// Whether a character is drawn: no letter, number, mark of a script, bracket, or sign of a text.
fn is_drawn(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}' | '•' | '*')
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
    // Of a version all numbers.
    let is_version = !word.is_empty() && rest.starts_with('.');
    let rest = rest.trim_start_matches(|c: char| is_version && (c == '.' || is_digit(c)));
    let hour = rest.strip_prefix([':', '.', 'h', '：']).filter(|_| word.is_empty());
    let minutes = hour.map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let (form, rest) = if let Some(hour) = hour.filter(|_| minutes == 2) {
        (Form::Moment, hour[minutes..].trim_start_matches(is_sign))
    } else {
        let headline = rest.trim_start_matches(is_sign);
        let signs = rest[..rest.len() - headline.len()].trim().to_owned();
        let is_month = MONTHS.contains(word.as_str());
        (if is_month || is_version { Form::Moment } else { Form::Number { word, signs } }, headline)
    };
    let len = title.len() - rest.len();
    Some(Found { form, len, value: value_of(number) })
}

/// What stands behind a headline: a source in brackets, or a name behind a sign.
pub(super) fn tail(title: &str) -> Option<Found> {
    let found = |form: Form, headline: &str| {
        let headline = headline.trim_end();
        is_headline(headline).then(|| Found {
            form,
            len: title.len() - headline.len(),
            value: None,
        })
    };
    let headline = title.trim_end_matches(|c: char| is_drawn(c) || c.is_whitespace());
    if headline.len() < title.len() {
        return found(Form::Drawn, headline);
    }
    if let Some(day) = dates::find(title, dates::Order::DayFirst).pop() {
        let is_last = title[day.end..].chars().all(|c| is_sign(c) || c == '.');
        let headline = title[..day.start].trim_end_matches(|c| is_sign(c) || ",([（".contains(c));
        let signs = title[headline.len()..day.start].trim();
        if is_last && !signs.is_empty() {
            return found(Form::Moment, headline);
        }
    }
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
