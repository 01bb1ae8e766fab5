//! The forms of dates. Every reading starts at a token and gives, with what it read, the index of the token after.

use jiff::civil::Date;

use crate::dates::calendar::{Calendar, civil};
use crate::dates::clock::Clock;
use crate::dates::lex::{Kind, Line, Token};
use crate::dates::order::Order;
use crate::dates::words::{Class, Word};

/// A date, perhaps with a clock time.
pub(super) struct Stamp {
    date: Date,
    clock: Option<Clock>,
}

impl Stamp {
    pub(super) fn iso(&self) -> String {
        match &self.clock {
            Some(clock) => format!("{}T{clock}", self.date),
            None => self.date.to_string(),
        }
    }
}

impl Line {
    /// A date with the clock time after, before or inside it.
    pub(super) fn stamp(&self, at: usize) -> Option<(Stamp, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(_) => return None,
            Kind::Word(word) if word == Word::default() => return None,
            _ => {}
        }
        if let Some((date, next)) = self.date(at) {
            let (clock, next) = self
                .clock(self.after_joins(next), true)
                .map_or((None, next), |(clock, next)| (Some(clock), next));
            return Some((Stamp { date, clock }, next));
        }
        self.clock_first(at).or_else(|| self.clock_inside(at))
    }

    /// `12:03 GMT, Nov 20, 2019`, perhaps with the time elsewhere in between, when no other clock time follows.
    fn clock_first(&self, at: usize) -> Option<(Stamp, usize)> {
        let (clock, next) = self.clock(at, false)?;
        let next = self.after_joins(next);
        let next = self.clock(next, false).map_or(next, |(_, next)| self.after_joins(next));
        let (date, next) = self.date(next)?;
        let own = self.clock(self.after_joins(next), true);
        own.is_none().then_some((Stamp { date, clock: Some(clock) }, next))
    }

    /// `Jun 16 15:53:00 UTC 2025`, as Unix tools write it.
    fn clock_inside(&self, at: usize) -> Option<(Stamp, usize)> {
        let (month, day_at) = self.month(at, false)?;
        let day = self.number(day_at)?.value;
        let (clock, next) = self.clock(day_at + 1, false)?;
        let date = civil(self.year(next)?, month, day)?;
        Some((Stamp { date, clock: Some(clock) }, next + 1))
    }

    /// The place after what can stand between a date and its clock time.
    fn after_joins(&self, at: usize) -> usize {
        self.skip(at, 6, ",.-–—|@·•:;/()[]", &[Class::Join, Class::Weekday])
    }

    fn date(&self, at: usize) -> Option<(Date, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Word(_) => self.month_first(at),
            Kind::Number(_) if !self.follows_letter(at) => self
                .counted_date(at)
                .or_else(|| self.numeric(at))
                .or_else(|| self.day_first(at))
                .or_else(|| self.year_first(at)),
            _ => None,
        }
    }

    /// Whether one letter stands right before, as in `v1.2.2020`.
    fn follows_letter(&self, at: usize) -> bool {
        self.is_glued(at)
            && matches!(self.tokens[at - 1], Token { start, end, kind: Kind::Word(_), .. } if end - start == 1)
    }

    /// Whether a number and a mark stand right before, as in `10:12.20`.
    fn continues_number(&self, at: usize) -> bool {
        self.is_glued(at)
            && self.is_glued(at - 1)
            && self.is_mark(at - 1, ".:,")
            && self.number(at - 2).is_some()
    }

    /// A year with four digits, or with two after a mark that tells it is one.
    fn year(&self, at: usize) -> Option<u32> {
        let is_short = || self.is_glued(at) && self.is_mark(at - 1, "-/'");
        self.full_year(at).or_else(|| self.two_digits(at).filter(|_| is_short()).map(with_century))
    }

    /// A year of `calendar`, or of the Gregorian one beside months that both have.
    fn year_in(&self, calendar: Calendar, at: usize) -> Option<u32> {
        let own = self.number(at).filter(|year| year.digits == 4 && calendar.has(year.value));
        let gregorian = || self.year(at).filter(|_| calendar != Calendar::Persian);
        own.map(|year| year.value).or_else(gregorian)
    }

    fn full_year(&self, at: usize) -> Option<u32> {
        self.number(at)
            .filter(|number| number.digits == 4 && Calendar::Gregorian.has(number.value))
            .map(|number| number.value)
    }

    /// `2023年10月18日`.
    fn counted_date(&self, at: usize) -> Option<(Date, usize)> {
        if !self.is_mark(at + 1, "年") || !self.is_mark(at + 3, "月") {
            return None;
        }
        let (month, day) = (self.number(at + 2)?.value, self.number(at + 4)?.value);
        Some((civil(self.full_year(at)?, month, day)?, self.skip(at + 5, 1, "日", &[])))
    }

    /// `2025-06-16`, `30.10.2019`, `18/10/2023`.
    fn numeric(&self, at: usize) -> Option<(Date, usize)> {
        let (first, second, last) = (self.number(at)?, self.short(at + 2)?, self.number(at + 4)?);
        let separator = ["-", "/", "."]
            .into_iter()
            .find(|separator| self.is_mark(at + 1, separator) && self.is_mark(at + 3, separator))?;
        let is_apart = separator != "." && (at + 1..at + 5).any(|at| !self.is_glued(at));
        if is_apart || self.is_inside_number(at, at + 5, separator) {
            return None;
        }
        if first.digits == 4 {
            return Some((civil(self.full_year(at)?, second, self.short(at + 4)?)?, at + 5));
        }
        let is_padded = self.two_digits(at).is_some() && self.two_digits(at + 2).is_some();
        let year = match last.digits {
            4 => self.full_year(at + 4)?,
            2 if separator == "/" || separator == "." && is_padded => with_century(last.value),
            _ => return None,
        };
        let first = self.short(at)?;
        let is_day_first = first > 12
            || first == second
            || second <= 12 && (separator == "." || self.order == Order::DayFirst);
        if !is_day_first && second <= 12 && self.order == Order::Unknown {
            return None;
        }
        let (day, month) = if is_day_first { (first, second) } else { (second, first) };
        Some((civil(year, month, day)?, at + 5))
    }

    /// Whether the tokens `at..next` are part of a longer number, a path or an address.
    fn is_inside_number(&self, at: usize, next: usize, separator: &str) -> bool {
        let is_path = |at: usize| self.is_mark(at, "/_\\");
        let is_more = |at: usize| separator == "-" && self.is_mark(at, "-");
        let before =
            self.is_glued(at) && (is_path(at - 1) || self.is_glued(at - 1) && is_more(at - 1));
        let is_number_after = || self.is_mark(next, ".") && self.number(next + 1).is_some();
        let after = self.is_glued(next)
            && self.is_glued(next + 1)
            && (is_path(next) || is_more(next) || is_number_after());
        before || after || self.continues_number(at)
    }

    /// `16 June 2025`, `16. Juni 2025`, `18 de octubre de 2023`, `16-Jun-25`.
    fn day_first(&self, at: usize) -> Option<(Date, usize)> {
        let day = self.short(at).filter(|_| !self.continues_number(at))?;
        let name = self.skip(at + 1, 4, ".-/'°", &[Class::Of, Class::Ordinal]);
        let (month, next) = self.month(name, self.is_mark(at + 1, "."))?;
        let next = self.skip(next, 4, ".,-/'", &[Class::Of]);
        let calendar = self.word(name).calendar;
        Some((calendar.date(self.year_in(calendar, next)?, month, day)?, next + 1))
    }

    /// `June 16th, 2025`, `Jun 16 2025`.
    fn month_first(&self, at: usize) -> Option<(Date, usize)> {
        let (month, next) = self.month(at, false)?;
        let next = self.skip(next, 2, ".-", &[Class::Of]);
        let day = self.short(next)?;
        let next = self.skip(next + 1, 4, ",.-/'()", &[Class::Of, Class::Ordinal, Class::Weekday]);
        Some((civil(self.year(next)?, month, day)?, next + 1))
    }

    /// `2023. október 18.`, `2023 Oct 18`.
    fn year_first(&self, at: usize) -> Option<(Date, usize)> {
        let (year, name) = (self.year(at)?, self.skip(at + 1, 1, ".-,", &[]));
        let (month, next) = self.month(name, false)?;
        let next = self.skip(next, 1, ".-", &[]);
        let date = civil(year, month, self.short(next)?)?;
        let has_other_year = self.month_first(name).is_some();
        (!has_other_year).then_some((date, next + 1))
    }

    /// A month name, one given twice (`كانون الثاني/يناير`), or `tháng 10`.
    fn month(&self, at: usize, dotted: bool) -> Option<(u32, usize)> {
        let word = self.word(at);
        if word.is(Class::Month)
            && let Some(month) = self.number(at + 1)
        {
            return Some((month.value, at + 2));
        }
        let month = word.dotted.filter(|_| dotted).unwrap_or(word.month);
        let is_twice = self.is_mark(at + 1, "/(") && self.word(at + 2).month == word.month;
        let next = if is_twice { self.skip(at + 3, 1, ")", &[]) } else { at + 1 };
        (month > 0).then_some((month.into(), next))
    }
}

fn with_century(year: u32) -> u32 {
    if year >= 70 { 1900 + year } else { 2000 + year }
}

#[cfg(test)]
mod tests {
    use crate::dates::find::find;
    use crate::dates::order::Order;
    use crate::languages::words_of;

    /// The dates of a text whose language puts the day first.
    fn dates(text: &str) -> Vec<String> {
        find(text, Order::DayFirst).into_iter().map(|found| found.iso).collect()
    }

    #[test]
    fn every_format_gives_its_iso_date() {
        for (text, iso) in [
            ("16 June 2025", "2025-06-16"),
            ("June 16th, 2025", "2025-06-16"),
            ("Jun 16 2025", "2025-06-16"),
            ("16th of June, 2025", "2025-06-16"),
            ("16-Jun-25", "2025-06-16"),
            ("JUNE 16 , 2025", "2025-06-16"),
            ("Sept. 5, 1999", "1999-09-05"),
            ("Sunday March 08, 2026 @03:34AM", "2026-03-08T03:34"),
            ("Published: Monday 3 March 2025 at 10:15 GMT", "2025-03-03T10:15"),
            ("Dov Anselm · 18 April 2031 · 3 min read", "2031-04-18"),
            ("18 April 2031, 1400 hrs", "2031-04-18T14:00"),
            ("18 April 2031, 14:30 hrs", "2031-04-18T14:30"),
            ("June 16, 2025 at 12:05 a.m. ET", "2025-06-16T00:05"),
            ("June 16, 2025 3:53 p.m.", "2025-06-16T15:53"),
            ("June 16, 2025, 3 pm", "2025-06-16T15:00"),
            ("Updated 12:03 GMT, Nov 20, 2019", "2019-11-20T12:03"),
            ("Updated 1203 GMT (2003 HKT) November 20, 2019", "2019-11-20T12:03"),
            ("10:15 on 3 March 2025", "2025-03-03T10:15"),
            ("2025-06-16", "2025-06-16"),
            ("2025-06-16T15:53:00Z", "2025-06-16T15:53:00"),
            ("2025-06-16T15:53:00.123+02:00", "2025-06-16T15:53:00"),
            ("2025-06-16T15:53:00-05:00", "2025-06-16T15:53:00"),
            ("Mon Jun 16 15:53:00 UTC 2025", "2025-06-16T15:53:00"),
            ("2025-06-16 15:53", "2025-06-16T15:53"),
            ("2025/06/16", "2025-06-16"),
            ("2025‑06‑16", "2025-06-16"),
            ("30.10.2019", "2019-10-30"),
            ("1.2.2020", "2020-02-01"),
            ("30.10.19", "2019-10-30"),
            ("30. 10. 2019", "2019-10-30"),
            ("18/10/2023", "2023-10-18"),
            ("12/19/2025", "2025-12-19"),
            ("08-03-2022", "2022-03-08"),
            ("08/03/71", "1971-03-08"),
            ("1592322780000", "2020-06-16T15:53:00"),
        ] {
            assert_eq!(dates(text), [iso], "{text}");
        }
    }

    #[test]
    fn every_language_gives_its_iso_dates() {
        for language in crate::languages::files::read() {
            for (text, iso) in language.examples("dates") {
                assert_eq!(dates(text), [iso], "{}: {text}", language.name);
            }
        }
    }

    #[test]
    fn lines_give_the_dates_of_the_table_in_every_language() {
        let lines = || include_str!("../../tests/tables/dates.tsv").lines().skip(1);
        let gives_it = |line: &&str| {
            let [_, text, iso] = *line.split('\t').collect::<Vec<_>>() else { return false };
            dates(text) == [iso]
        };
        let faults: Vec<&str> = lines().filter(|line| !gives_it(line)).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn every_name_of_a_month_is_read_in_either_case() {
        for month in 1..=12 {
            for name in words_of(|l| l.dates.months[month - 1]) {
                let iso = format!("2025-{month:02}-03");
                for text in [format!("3 {name} 2025"), format!("3 {} 2025", name.to_uppercase())] {
                    assert_eq!(dates(&text), [&*iso], "{name}");
                }
            }
        }
    }

    #[test]
    fn a_date_that_reads_both_ways_needs_an_order() {
        for text in ["08/03/2022", "08-03-2022", "8/3/22"] {
            assert_eq!(find(text, Order::Unknown), [], "{text}");
            assert_eq!(find(text, Order::DayFirst)[0].iso, "2022-03-08", "{text}");
        }
        for (text, iso) in [
            ("03/03/2022", "2022-03-03"),
            ("18/10/2023", "2023-10-18"),
            ("12/19/2025", "2025-12-19"),
            ("08.03.2022", "2022-03-08"),
        ] {
            assert_eq!(find(text, Order::Unknown)[0].iso, iso, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "",
            "June 2025",
            "12/5",
            "March 12",
            "They won 3-1 and 2-2, then 12:10",
            "It costs 1.200 € or 12.50",
            "Call 01.02.20.33.44, 06/12/34/56/78, +49 30 12-10-2020-1 or 555-123-2020",
            "10.12.20.1",
            "v1.2.2020",
            "31 June 2025",
            "30.02.2020",
            "16 June 1823",
            "16/13/2020",
            "https://example.com/2023/10/18/page.html",
            "Chapter 5, May 2025",
            "12 May 25 people came",
            "1592322780000 bytes",
            "9999999999999",
            "17 minutes ago",
            "99999999999999999999999999.1.2020",
        ] {
            assert_eq!(dates(text), [""; 0], "{text}");
        }
    }
}
