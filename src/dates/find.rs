//! Dates found in lines of text.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::dates::calendar::Calendar;
use crate::dates::lex::{Kind, Line, Number};
use crate::dates::order::Order;
use crate::dates::words::Class;
use crate::dates::{lex, relative, words};
use crate::languages::FirstWords;

/// A date found in a line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// First byte of the date in the text.
    pub start: usize,
    /// The byte after the date, with its clock time and zone.
    pub end: usize,
    /// `2025-06-16`, `2025-06-16T15:53` or `2025-06-16T15:53:00`, in the zone of the text.
    pub iso: String,
}

/// All absolute dates in `text`, left to right, non-overlapping.
///
/// `order` decides only numeric dates that read both ways; dots always put the day first.
pub(crate) fn find(text: &str, order: Order) -> Vec<Found> {
    if let Some(found) = epoch(text) {
        return vec![found];
    }
    let mut found = Vec::new();
    if !may_hold_date(text) {
        return found;
    }
    let line = Line::new(text, order);
    let mut at = 0;
    while let Some(first) = line.tokens.get(at) {
        at = match line.stamp(at) {
            Some((stamp, next)) => {
                found.push(Found {
                    start: first.start,
                    end: line.tokens[next - 1].end,
                    iso: stamp.iso(),
                });
                next
            }
            None => at + 1,
        };
    }
    found
}

/// Whether the text tells a time from the moment of reading: `17 minutes ago`, `yesterday`.
pub(crate) fn is_relative(text: &str) -> bool {
    let tells_day = || contents(text).is_some_and(|line| line.has_today && !line.has_date);
    NEEDED.may_stand_in(text) && (relative::tells_age(text) || tells_day())
}

/// The first words of what a relative time cannot be without.
static NEEDED: LazyLock<FirstWords> =
    LazyLock::new(|| FirstWords::of(relative::needed().chain(words::of_today())));

/// Whether a word says that something was published, or changed: `posted`, `aktualisiert`.
pub(crate) fn tells_publication(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    words::look_up(word).is_some_and(|word| word.is(Class::Publication))
}

/// Whether `text` is nothing but dates (one at least), times, week-day and zone names,
/// connecting words and publication words.
pub(crate) fn is_date_line(text: &str) -> bool {
    epoch(text).is_some() || may_hold_date(text) && contents(text).is_some_and(|line| line.has_date)
}

/// Milliseconds since 1970, when they are the whole text and fall in 2000..=2035.
fn epoch(text: &str) -> Option<Found> {
    let digits = text.trim();
    if digits.len() != 13 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let stamp = Timestamp::from_millisecond(digits.parse().ok()?).ok()?;
    let moment = Offset::UTC.to_datetime(stamp);
    let start = text.len() - text.trim_start().len();
    let iso = moment.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    (2000..=2035).contains(&moment.year()).then(|| Found { start, end: start + digits.len(), iso })
}

/// Whether there are two numbers or more and one could be a year, by its digits and the mark before it.
fn may_hold_date(text: &str) -> bool {
    // Digits of other scripts begin with the byte D9 or a higher one.
    let may_be_digit = |byte: u8| byte.is_ascii_digit() || byte >= 0xd9;
    let (mut at, mut numbers, mut has_year) = (0, 0, false);
    while let Some(skipped) = text.as_bytes()[at..].iter().position(|&byte| may_be_digit(byte)) {
        at += skipped;
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let mut number = Number { value: 0, digits: 0 };
        for c in text[at..].chars() {
            at += c.len_utf8();
            match lex::digit(c) {
                Some(digit) => number = number.with(digit),
                None => break,
            }
        }
        numbers += u32::from(number.digits > 0);
        has_year |= match number.digits {
            4 => Calendar::any_has(number.value),
            2 => words::plain(before).is_some_and(|mark| "-/.'".contains(mark)),
            _ => false,
        };
        if has_year && numbers > 1 {
            return true;
        }
    }
    false
}

struct Contents {
    has_date: bool,
    has_today: bool,
}

/// What a line of nothing but date vocabulary holds; `None` for any other line.
fn contents(text: &str) -> Option<Contents> {
    let line = Line::of_known_words(text, Order::DayFirst)?;
    let mut contents = Contents { has_date: false, has_today: false };
    let mut at = 0;
    while let Some(token) = line.tokens.get(at) {
        if let Some((_, next)) = line.stamp(at) {
            (contents.has_date, at) = (true, next);
        } else if let Some((_, next)) = line.clock(at, true) {
            at = next;
        } else {
            match token.kind {
                Kind::Number(_) | Kind::Mark('$' | '€' | '£' | '¥' | '%') => return None,
                Kind::Mark(_) => {}
                Kind::Word(word) => contents.has_today |= word.is(Class::Today),
            }
            at += 1;
        }
    }
    Some(contents)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text whose language puts the day first.
    fn dates(text: &str) -> Vec<String> {
        find(text, Order::DayFirst).into_iter().map(|found| found.iso).collect()
    }

    #[test]
    fn dates_are_found_inside_prose_with_their_bytes() {
        let text = "Né le 16 juin 1975 à Lyon, élu le 02/03/2020 à 10h.";
        let found = find(text, Order::DayFirst);
        let spans: Vec<_> = found.iter().map(|found| &text[found.start..found.end]).collect();
        assert_eq!(spans, ["16 juin 1975", "02/03/2020 à 10h"]);
        assert_eq!(dates("10.05.2020 - 12.05.2020"), ["2020-05-10", "2020-05-12"]);
        assert_eq!(dates("Published16 June 2025Updated"), ["2025-06-16"]);
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        for text in [
            "Published: Monday 3 March 2025 at 10:15 GMT",
            "16 juin 2025 à 15:53",
            "Updated 12:03 GMT, Nov 20, 2019",
            "Updated 1203 GMT (2003 HKT) November 20, 2019",
            "30.10.2019, 05.00 Uhr",
            "Publié le 08/03/22 à 15h29 — Mis à jour le 08/03/22 à 16h30",
            "Veröffentlicht am 16. Juni 2025 um 10.15 Uhr",
            "Última actualización: 18 de octubre de 2023",
            "Опубликовано 8 декабря 2020 г. в 14:30",
            "Yayınlanma Tarihi: 3 Mart 2021 10:15 | Güncelleme: 4 Mart 2021",
            "تاريخ النشر: ١٨ كانون الثاني ٢٠٢٤",
            "发布时间：2023-10-18 15:30",
            "公開日：2023年10月18日(水)",
            "입력 2023.10.18. 오후 3:30",
            "1592322780000",
        ] {
            assert!(is_date_line(text), "{text}");
        }
        for text in [
            "",
            "Monday at 10:15",
            "17 minutes ago",
            "John Smith, 3 March 2025",
            "3 March 2025 - 5 comments",
            "Sales on 3 March 2025: $5",
            "Born on 16 June 1975 in Lyon",
        ] {
            assert!(!is_date_line(text), "{text}");
        }
    }

    #[test]
    fn no_text_panics() {
        let pieces = [
            "٣",
            "９",
            "2025",
            "-",
            "/",
            ".",
            "年",
            "tháng ",
            "كانون ",
            "\u{301}",
            "\u{200f}",
            "🎉",
            "T",
            "Z",
            "+",
            ":",
            "16",
            "June",
            " ",
            "²",
            "ⅷ",
            "99999999999999",
            "p",
            "m",
            "h",
            "ß",
            "İ",
            "\0",
            "(",
            "GMT",
        ];
        let mut seed = 7_usize;
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..9 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            for found in find(&text, Order::Unknown) {
                assert!(text.get(found.start..found.end).is_some_and(|date| !date.is_empty()));
            }
            is_relative(&text);
            is_date_line(&text);
        }
    }
}
