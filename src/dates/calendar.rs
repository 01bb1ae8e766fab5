//! Calendars whose years are not those of the Gregorian one.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The calendar by which a date with the name of a month is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Calendar {
    #[default]
    Gregorian,
    /// That of Thailand: Gregorian months, and years that are 543 ahead where they are so written.
    Buddhist,
    /// That of Iran and Afghanistan, which begins in March.
    Persian,
}

/// Years that the Buddhist era is ahead.
const AHEAD: u32 = 543;

impl Calendar {
    /// Whether `year` lies in 1900..=2099, counted by this calendar.
    pub(super) fn has(self, year: u32) -> bool {
        match self {
            Self::Gregorian => (1900..=2099).contains(&year),
            Self::Buddhist => (1900 + AHEAD..=2099 + AHEAD).contains(&year),
            Self::Persian => (1279..=1478).contains(&year),
        }
    }

    /// Whether `year` can be one of any of these calendars.
    pub(super) fn any_has(year: u32) -> bool {
        [Self::Gregorian, Self::Buddhist, Self::Persian].iter().any(|calendar| calendar.has(year))
    }

    /// The Gregorian date of a day of a year that the calendar or the Gregorian one has.
    pub(super) fn date(self, year: u32, month: u32, day: u32) -> Option<Date> {
        match self {
            Self::Persian => persian(year, month, day),
            Self::Buddhist if self.has(year) => civil(year - AHEAD, month, day),
            _ => civil(year, month, day),
        }
    }
}

/// A date of the Gregorian calendar.
pub(super) fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// A date of the Persian calendar by its cycle of 33 years, which agrees with the observed one in 1178..=1633 (as ICU reckons it).
fn persian(year: u32, month: u32, day: u32) -> Option<Date> {
    let days = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + u32::from((25 * year + 11) % 33 < 8),
        _ => return None,
    };
    if !Calendar::Persian.has(year) || !(1..=days).contains(&day) {
        return None;
    }
    let before = |year: u32| i64::from(365 * (year - 1) + (8 * year + 21) / 33);
    let in_year = 30 * (month - 1) + (month - 1).min(6) + day - 1;
    date(2021, 3, 21).checked_add((before(year) - before(1400) + i64::from(in_year)).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persian_days_are_gregorian_ones() {
        for ((year, month, day), iso) in [
            ((1400, 1, 1), "2021-03-21"),
            ((1399, 12, 30), "2021-03-20"),
            ((1403, 1, 1), "2024-03-20"),
            ((1403, 5, 12), "2024-08-02"),
            ((1404, 1, 1), "2025-03-21"),
            ((1357, 11, 22), "1979-02-11"),
            ((1408, 12, 30), "2030-03-20"),
        ] {
            let found = Calendar::Persian.date(year, month, day);
            assert_eq!(found.map(|date| date.to_string()).as_deref(), Some(iso));
        }
        for (year, month, day) in
            [(1400, 12, 30), (1400, 7, 31), (1400, 13, 1), (1500, 1, 1), (1400, 1, 0)]
        {
            assert_eq!(Calendar::Persian.date(year, month, day), None);
        }
    }

    #[test]
    fn buddhist_years_are_ahead_and_others_stay() {
        let date = |year| Calendar::Buddhist.date(year, 11, 12).map(|date| date.to_string());
        assert_eq!(date(2574).as_deref(), Some("2031-11-12"));
        assert_eq!(date(2031).as_deref(), Some("2031-11-12"));
        assert!(Calendar::any_has(2574) && !Calendar::any_has(2700) && !Calendar::any_has(1500));
    }
}
